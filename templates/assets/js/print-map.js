// The records found as a small still map, for paper: the outlines and projection of
// views/drawings/country_map.py, framed around the points.
import { DEGREE, measureKilometres, measureSqueeze } from "./geometry.js";
import { makeSvg } from "./page.js";

const SIZE = 400; // units of the drawing, which is square
const MARGIN = 28;
export const INSIDE = SIZE - 2 * MARGIN;
const LEAST = 100; // kilometres across, at least: any closer, no outline might be in view
const RING = 9; // units, around the place
const APART = 1500; // kilometres: a point farther away is overseas, and left out

/* The points that the map must show: that of the place asked for, or the outlines of
   départements. */
const listCorners = ({ point, codes = [] }, { features }) =>
  point
    ? [{ point }]
    : features
        .filter(({ properties }) => codes.includes(properties.code))
        .flatMap(({ geometry }) => geometry.coordinates.flat(2))
        .map(([longitude, latitude]) => ({ point: [latitude, longitude] }));

/* The points that are not far from the given corner; without a corner, the largest group of
   points. */
function keepTogether(points, [corner]) {
  if (corner) return points.filter(({ point }) => measureKilometres(corner.point, point) < APART);
  const groups = [];
  for (const one of points) {
    const group = groups.find(([first]) => measureKilometres(first.point, one.point) < APART);
    if (group) group.push(one);
    else groups.push([one]);
  }
  return groups.sort((a, b) => b.length - a.length)[0] ?? [];
}

/* A function from degrees to units (equirectangular), with which the points fit inside the
   margins. */
export function makeProjection(points) {
  const sides = [0, 1].map((index) => points.map(({ point }) => point[index]));
  const [[south, north], [west, east]] = sides.map((those) => [
    Math.min(...those),
    Math.max(...those),
  ]);
  const [middle, centre] = [(south + north) / 2, (west + east) / 2];
  const squeeze = measureSqueeze(middle);
  const across = Math.max((north - south) * DEGREE, (east - west) * DEGREE * squeeze, LEAST);
  const scale = (INSIDE / across) * DEGREE;
  return ([latitude, longitude]) => [
    SIZE / 2 + (longitude - centre) * squeeze * scale,
    SIZE / 2 + (middle - latitude) * scale,
  ];
}

/* The départements that may be in view, one path for each; those of `codes` are darker. */
function drawLand(land, project, codes = []) {
  const drawRing = (corners) => {
    const points = corners.map(([longitude, latitude]) => project([latitude, longitude]));
    const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
    if (
      Math.max(...xs) < 0 ||
      Math.min(...xs) > SIZE ||
      Math.max(...ys) < 0 ||
      Math.min(...ys) > SIZE
    )
      return "";
    return `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}z`;
  };
  return land.features
    .map(({ geometry, properties }) => [
      codes.includes(properties.code),
      geometry.coordinates.flat().map(drawRing).join(""),
    ])
    .filter(([, d]) => d)
    .map(([own, d]) => makeSvg("path", { class: own ? "figure-land own" : "figure-land", d }));
}

/* Group the points whose numbers would overlap: they share a label. */
function groupLabels(points, project) {
  const found = [];
  for (const { number, point } of points) {
    const [x, y] = project(point);
    const near = found.find((one) => Math.abs(one.x - x) < 24 && Math.abs(one.y - y) < 12);
    if (near) near.numbers.push(number);
    else found.push({ x, y, numbers: [number] });
  }
  return found.map(({ x, y, numbers }) => ({
    x,
    y,
    text: numbers.length > 4 ? `${numbers.slice(0, 3).join(", ")}…` : numbers.join(", "),
  }));
}

/* Draw the place asked for: a ring around its point, its name below. */
function drawPlace({ name, point }, project) {
  const [x, y] = project(point);
  const half = Math.min(SIZE / 2 - 4, name.length * 4.6); // about half of what the name takes
  const middle = Math.min(Math.max(x, half), SIZE - half);
  return [
    makeSvg("circle", { class: "sheet-place", cx: x.toFixed(1), cy: y.toFixed(1), r: RING }),
    makeSvg(
      "text",
      {
        x: middle.toFixed(1),
        y: (y + 25).toFixed(1),
        "text-anchor": "middle",
        class: "sheet-name",
      },
      name,
    ),
  ];
}

/* The drawing of `points` ({number, point: [latitude, longitude], example}) on `land` (GeoJSON),
   and the numbers of those that are too far away to be on it. Null when there is nothing to frame.
   What was `asked` is on it too: a place ({name, point}) or départements ({codes}). */
export function drawMap(points, land, label, asked = {}) {
  const corners = listCorners(asked, land);
  const shown = keepTogether(points, corners);
  if (!shown.length && !corners.length) return null;
  const project = makeProjection([...shown, ...corners]);
  const svg = makeSvg("svg", {
    viewBox: `0 0 ${SIZE} ${SIZE}`,
    role: "img",
    "aria-label": label,
    class: "sheet-map",
  });
  svg.append(...drawLand(land, project, asked.codes));
  for (const { point, example } of shown) {
    const [cx, cy] = project(point).map((value) => value.toFixed(1));
    svg.append(
      makeSvg("circle", { class: example ? "sheet-dot example" : "sheet-dot", cx, cy, r: 4.5 }),
    );
  }
  if (asked.point) svg.append(...drawPlace(asked, project));
  const centre = asked.point ? project(asked.point) : [-SIZE, -SIZE];
  for (const { x, y, text } of groupLabels(shown, project)) {
    const end = x > SIZE - 60; // towards the middle, so that no number is cut
    const aside = Math.hypot(x - centre[0], y - centre[1]) < RING + 7 ? RING + 5 : 7;
    svg.append(
      makeSvg(
        "text",
        {
          x: (end ? x - aside : x + aside).toFixed(1),
          y: (y + 5).toFixed(1),
          "text-anchor": end ? "end" : "start",
        },
        text,
      ),
    );
  }
  const kept = new Set(shown.map(({ number }) => number));
  return {
    svg,
    away: points.filter(({ number }) => !kept.has(number)).map(({ number }) => number),
  };
}
