// The map on a page of this site: Folium's script makes the Leaflet map, then calls `Maille.drawMap`.
import { getState, go, ready } from "./directory.js";
import { drawMap } from "./map-controller.js";

globalThis.Maille = {
  ...globalThis.Maille,
  drawMap(map, options) {
    this.drawn = drawMap(map, options, { getState, go, ready }); // for js/map-wake.js
  },
};
