// The page of the map: Folium's script makes the Leaflet map, then calls `Maille.drawMap`.
import { getState, go, ready } from "./directory.js";
import { drawMap } from "./map-controller.js";
import "./map-unplaced.js";
import "./map-embed-code.js";

globalThis.Maille = {
  ...globalThis.Maille,
  drawMap: (map, options) => drawMap(map, options, { getState, go, ready }),
};
