// The page of the map: the form and its answer; the living map comes once they are painted.
// Modules that few visits need are loaded on demand.
import { getState } from "./directory.js";
import "./map-wake.js";
import { isAsked } from "./view.js";

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
