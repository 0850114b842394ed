// The page of the map: Folium's script makes the Leaflet map, then calls `Maille.carte`.
import { current, go, ready } from "./directory.js";
import { draw } from "./map-drawing.js";
import "./map-unplaced.js";
import "./map-embed-code.js";

globalThis.Maille = { ...globalThis.Maille, carte: (map, options) => draw(map, options, { current, go, ready }) };
