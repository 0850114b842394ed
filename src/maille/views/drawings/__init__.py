"""The SVG drawings and the Folium map: plain data in, a drawing out."""
