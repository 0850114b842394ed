// Markers and clusters. Icons and their names are made when they come into sight: of ten thousand
// records, only a few hundred ever do. No icon is a tab stop: the walk (map-walk.js) reaches them
// all.
import { EXAMPLE, labelRecord, nameCluster } from "./map-names.js";
import { makeElement, makeSvg } from "./page.js";

const NUMBERED = 50; // at most this many real records show their number in the list
const CROWD = 1000; // with more markers than this, clusters gather from farther away
const ABOVE = 1000; // added to Leaflet's z-index of real records, to put them above examples

const APART = 40; // pixels between the middles of two markers: those of clusters are 34 px wide
const PILL = 8; // pixels more near a place, for the numbers that stand out of the markers
const LOOSE = 1.3; // clusters are made again if the zoom leaves them farther apart than this

/* No marker covers another: distances are those of squares, and a cluster stands where its first
   record does, from which its distances were measured (the middle of all could be anywhere). */
L.DistanceGrid.prototype._sqDist = (one, other) =>
  Math.max(Math.abs(one.x - other.x), Math.abs(one.y - other.y)) ** 2;
const { _recalculateBounds: measureBounds } = L.MarkerCluster.prototype;
L.MarkerCluster.include({
  _recalculateBounds() {
    measureBounds.call(this);
    if (this._cLatLng) this._latlng = this._cLatLng;
  },
});

const drawShape = (path, viewBox = "-8 -8 16 16") =>
  makeSvg("svg", { viewBox, "aria-hidden": "true" }, makeSvg("path", { d: `M0 0${path}` }));

/* An icon with a name for screen readers. */
const Icon = L.DivIcon.extend({
  createIcon(old) {
    const icon = L.DivIcon.prototype.createIcon.call(this, old);
    const { content, name, role = "button" } = this.options;
    icon.replaceChildren(...content);
    for (const [key, value] of Object.entries({ role, "aria-label": name, tabindex: "-1" }))
      icon.setAttribute(key, value);
    return icon;
  },
});
const makeIcon = (className, name, size, content, role) =>
  new Icon({ className, name, content, role, iconSize: [size, size], html: false });

// Pressed like its marker: gesture handling asks for Leaflet's class.
const makePill = (text) => makeElement("span", { class: "carte-numero leaflet-interactive" }, text);

/* A record on the map; `number` is its own in the list, or 0. */
const Point = L.Marker.extend({
  onAdd(map) {
    const { record, number, shape, path } = this;
    const name = [
      labelRecord(record),
      ...(record.example ? [EXAMPLE] : []),
      ...(number ? [`numéro ${number}`] : []),
    ].join(", ");
    const content = [drawShape(path), ...(number ? [makePill(`${number}`)] : [])];
    this.options.icon = makeIcon(
      `carte-point ${shape}${record.example ? " is-example" : ""}`,
      name,
      30,
      content,
    );
    L.Marker.prototype.onAdd.call(this, map);
  },
});

function makePoint(record, number, { pratique }, shapes) {
  const names = record.pratique.map((one) => pratique[one][2]);
  const shape = names.find((name) => name in shapes) ?? "";
  const marker = new Point(record.point, {
    keyboard: false,
    zIndexOffset: record.example ? 0 : ABOVE,
  });
  return Object.assign(marker, {
    record,
    number,
    shape,
    path: shapes[shape],
    home: marker.getLatLng(),
  });
}

function makeClusterIcon(cluster, words) {
  const markers = cluster.getAllChildMarkers();
  const records = markers.map(({ record }) => record);
  const numbers = markers
    .map(({ number }) => number)
    .filter(Boolean)
    .sort((a, b) => a - b);
  const real = records.filter((record) => !record.example).length;
  const others = records.length - real;
  cluster.shortName = nameCluster(records, cluster.getLatLng(), words, numbers);
  // Clusters of real records are above those of examples, as single markers are.
  cluster.options.zIndexOffset = real ? ABOVE : 0;
  const content = [
    `${real || others}`,
    ...(numbers.length
      ? [makePill(numbers.length > 2 ? `${numbers[0]}…` : numbers.join(", "))]
      : []),
  ];
  const [kind, size] = real ? [others ? " is-mixed" : "", 34] : [" is-example", 26];
  return makeIcon(`carte-cluster${kind}`, cluster.shortName, size, content);
}

/* Draw the records that have a point, the first `numbered` with their number in the list. Of the
   result, `ready` resolves once they are drawn, and `of` finds a marker by the slug of its
   record. */
export function drawMarkers(records, map, { all, words, shapes, numbered }) {
  L.MarkerCluster.mergeOptions({ keyboard: false });
  const numbers = new Map(
    records
      .slice(0, Math.min(numbered, NUMBERED))
      .flatMap((record, index) => (record.example ? [] : [[record.number, index + 1]])),
  );
  const markers = new Map(
    records
      .filter(({ point }) => point)
      .map((record) => [
        record.slug,
        makePoint(record, numbers.get(record.number) ?? 0, all, shapes),
      ]),
  );
  // Clusters are made for whole zooms: at a zoom between two, their pixels are larger or smaller.
  const measureScale = () => 2 ** (map.getZoom() - Math.round(map.getZoom()));
  const apart = markers.size > CROWD ? 64 : APART + (numbered ? PILL : 0);
  let done;
  const ready = new Promise((resolve) => {
    done = resolve;
  });
  // Without animation, each move is finished when the call returns, as the walk needs.
  const layer = L.markerClusterGroup({
    animate: false,
    showCoverageOnHover: false,
    spiderfyOnMaxZoom: false,
    zoomToBoundsOnClick: false,
    maxClusterRadius: apart / measureScale(),
    chunkedLoading: true,
    chunkInterval: 100,
    chunkDelay: 1,
    // It is called for the last part just before that part is drawn.
    chunkProgress: (some, every) =>
      some === every && every === markers.size && queueMicrotask(done),
    iconCreateFunction: (cluster) => makeClusterIcon(cluster, words),
    spiderLegPolylineOptions: { className: "carte-leg", interactive: false },
  });
  // In this order: a group that is not on a map yet compares each new marker with all the others.
  layer.addTo(map).addLayers([...markers.values()]);
  function regroup() {
    const shown = layer.options.maxClusterRadius * measureScale();
    if (shown > apart - 1 && shown < apart * LOOSE) return;
    layer.options.maxClusterRadius = apart / measureScale();
    layer.clearLayers().addLayers([...markers.values()]);
  }
  if (markers.size <= CROWD) {
    map.on("zoomend", regroup);
    layer.on("remove", () => map.off("zoomend", regroup));
  }
  return { layer, ready, markers: [...markers.values()], of: (slug) => markers.get(slug) };
}

const RING = 48; // pixels: large enough to surround a cluster at the place
const SIDES = ["below", "above", "right", "left", "far-below", "far-above"];
const PIN = "C-4-5-6-7-6-10a6 6 0 1 1 12 0C6-7 4-5 0 0z";

/* The area that two boxes share. */
const measureShared = (one, other) =>
  Math.max(0, Math.min(one.right, other.right) - Math.max(one.left, other.left)) *
  Math.max(0, Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top));

/* The area of a box that is outside the stage or under other boxes: 0 where a name fits. */
function measureHidden(box, stage, others) {
  return (
    box.width * box.height -
    measureShared(box, stage) +
    others.reduce((sum, other) => sum + measureShared(box, other), 0)
  );
}

/* The place of the question: a ring below the markers, and its name on the side where it hides the
   fewest of them. It is neither a record nor a button. */
const Place = L.Marker.extend({
  getEvents() {
    return { ...L.Marker.prototype.getEvents.call(this), moveend: this.settle };
  },
  settle() {
    const icon = this.getElement();
    const stage = this._map.getContainer().getBoundingClientRect();
    const others = [...this.getPane().children]
      .filter((one) => one !== icon)
      .map((one) => one.getBoundingClientRect());
    let least = Infinity;
    let best = SIDES[0];
    for (const side of SIDES) {
      icon.dataset.side = side;
      const cost = measureHidden(icon.firstChild.getBoundingClientRect(), stage, others);
      if (cost < least) [least, best] = [cost, side];
    }
    icon.dataset.side = best;
  },
});

export function makePin(place) {
  const svg = drawShape(PIN, "-8 -18 16 20");
  const icon = makeIcon(
    "carte-lieu",
    `Lieu cherché : ${place.nom}`,
    RING,
    [makeElement("span", {}, svg, place.nom)],
    "img",
  );
  return new Place([place.latitude, place.longitude], {
    icon,
    interactive: false,
    keyboard: false,
    zIndexOffset: -2 * ABOVE,
  });
}

/* --- Clusters --- */

export const isAtOneSpot = (cluster) =>
  cluster.getBounds().getSouthWest().equals(cluster.getBounds().getNorthEast());

/* The widest zoom at which a marker is not in a cluster with those of other places. */
function findZoomApart(marker, map) {
  let around = marker.__parent; // markercluster has no public name for this
  while (around.__parent && isAtOneSpot(around)) around = around.__parent;
  return Math.min(around._zoom + 1, map.getMaxZoom());
}

/* Whether a point is in sight, away from the edges and from the bar that the walk shows below. */
function isInSight(map, place) {
  const { x, y } = map.latLngToContainerPoint(place);
  const size = map.getSize();
  return x > 40 && x < size.x - 40 && y > 60 && y < size.y - 120;
}

/* Show a marker out of its cluster and in sight, with as small a move as possible. Return whether
   the map moved. */
export function reveal(marker, map, layer) {
  const findShown = () => layer.getVisibleParent(marker);
  if (findShown() === marker && isInSight(map, marker.home)) return false;
  const apart = findZoomApart(marker, map);
  const now = map.getZoom();
  const zoom =
    now >= apart && now <= apart + 3 ? now : Math.min(Math.max(apart, 7), map.getMaxZoom());
  layer.unspiderfy();
  map.setView(marker.home, zoom, { animate: false });
  if (findShown() !== marker) findShown().spiderfy();
  return true;
}
