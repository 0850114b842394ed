// The background under the markers: the outlines of the site, and detailed tiles after a click.

import { fetchJson } from "./page.js";

/* The corners of a line or a ring of the files of outlines, which give them as steps in cells. */
function readLine(steps) {
  let [x, y] = [0, 0];
  const corners = [];
  for (let at = 0; at < steps.length; at += 2) {
    x += steps[at];
    y += steps[at + 1];
    corners.push([x, y]);
  }
  return corners;
}

const reverse = (line) => line.map((_, at) => line.at(-1 - at));

/* The outlines, by code of the département. */
export function readLand({ lignes, ...outlines }) {
  const lines = lignes.map(readLine);
  // The last corner of each line is the first of the next.
  const readSide = (number) =>
    (number < 0 ? reverse(lines[-1 - number]) : lines[number]).slice(0, -1);
  return new Map(
    Object.entries(outlines).map(([code, [cells, ...polygons]]) => {
      const place = ([x, y]) => [y / cells, x / cells];
      const rings = polygons.map((polygon) =>
        polygon.map((ring) => ring.flatMap(readSide).map(place)),
      );
      return [code, L.polygon(rings, { interactive: false, className: "carte-land" })];
    }),
  );
}

/* Beyond `zoom`, replace the outlines of the country, whose error would show, with the finest ones.
   They weigh twelve times as much, so they are fetched only then. */
export function addDetails(map, land, address, zoom) {
  async function refine() {
    if (map.getZoom() <= zoom) return;
    map.off("zoomend", refine);
    for (const [code, [cells, ...polygons]] of Object.entries(await fetchJson(address))) {
      const read = (ring) => readLine(ring).map(([x, y]) => [y / cells, x / cells]);
      land.get(code)?.setLatLngs(polygons.map((polygon) => polygon.map(read)));
    }
  }
  map.on("zoomend", refine);
  refine();
}

/* Add the detailed tiles. No request goes to their host before the click. */
export function addTiles(root, map, options) {
  const button = root.querySelector(".carte-tiles button");
  const credit = root.querySelector(".carte-credit");
  const tiles = L.tileLayer(options.url, {
    maxZoom: options.maxZoom,
    referrerPolicy: "strict-origin-when-cross-origin",
  });
  button.addEventListener("click", () => {
    const on = !map.hasLayer(tiles);
    if (on) tiles.addTo(map);
    else tiles.remove();
    credit.hidden = !on;
    root.classList.toggle("has-tiles", on);
    button.setAttribute("aria-pressed", String(on));
  });
}

/* Stop the animations for visitors who prefer less motion: the options of Folium's map are
   fixed. */
export function keepStill(map) {
  const { setView, panBy } = L.Map.prototype;
  map.options.inertia = false;
  map.setView = (center, zoom, options) =>
    setView.call(map, center, zoom, { ...options, animate: false });
  map.panBy = (offset, options) => panBy.call(map, offset, { ...options, animate: false });
}
