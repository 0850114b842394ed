"""Files → documents: front matter as text, Markdown as HTML, with the line of everything."""
