// The map of a page of this site: Folium's script makes the Leaflet map, then calls `Maille.drawMap`.
// Modules that few visits need are loaded on demand.
import { getState, go, ready } from "./directory.js";
import { drawMap } from "./map-controller.js";
import { isAsked } from "./view.js";

globalThis.Maille = {
  ...globalThis.Maille,
  drawMap(map, options) {
    this.drawn = drawMap(map, options, { getState, go, ready }); // for js/map-wake.js
  },
};

let wasAsked = false;
document.addEventListener("maille:vue", async ({ detail }) => {
  wasAsked ||= isAsked(detail.view);
  if (!wasAsked) return;
  const { showUnplaced } = await import("./map-unplaced.js");
  showUnplaced(getState());
});
document.querySelector(".carte-code")?.addEventListener(
  "toggle",
  async () => {
    const { offerCode } = await import("./map-embed-code.js");
    offerCode(getState());
  },
  { once: true },
);
