// What is under the markers: the outlines of the site, and detailed tiles after a click.

/* A ring of the file (views/drawings/outlines.py): steps in cells, longitude first, as Leaflet has
   it. */
function readRing(steps, cells) {
  let [x, y] = [0, 0];
  const corners = [];
  for (let at = 0; at < steps.length; at += 2) {
    x += steps[at];
    y += steps[at + 1];
    corners.push([y / cells, x / cells]);
  }
  return corners;
}

/* The outlines, by code of the département. */
export function readLand(outlines) {
  return new Map(
    Object.entries(outlines).map(([code, [cells, ...polygons]]) => {
      const rings = polygons.map((polygon) => polygon.map((steps) => readRing(steps, cells)));
      return [code, L.polygon(rings, { interactive: false, className: "carte-land" })];
    }),
  );
}

/* Nothing is asked of the host of the tiles before the click. */
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

/* Leaflet takes its options when the map is made, before anyone can ask about motion. */
export function keepStill(map) {
  const { setView, panBy } = L.Map.prototype;
  map.options.inertia = false;
  map.setView = (center, zoom, options) =>
    setView.call(map, center, zoom, { ...options, animate: false });
  map.panBy = (offset, options) => panBy.call(map, offset, { ...options, animate: false });
}
