// The page of the map: Folium's script makes the Leaflet map, then calls `Maille.carte`.
import { current, go, ready } from "./annuaire.js";
import { draw } from "./carte-dessin.js";
import "./carte-sans-point.js";
import "./carte-code.js";

globalThis.Maille = { ...globalThis.Maille, carte: (map, options) => draw(map, options, { current, go, ready }) };
