// The records found as a small still map, for paper: the outlines and projection of
// views/drawings/country_map.py, framed around the points.
import { DEGREE, measureKilometres, measureSqueeze } from "./geometry.js";
import { makeSvg } from "./page.js";

const SIZE = 400; // units of the drawing, which is square
const MARGIN = 28;
export const INSIDE = SIZE - 2 * MARGIN;
const LEAST = 100; // kilometres across: closer, the outlines say nothing
const APART = 1500; // kilometres: what is farther is overseas, on another drawing

/* The largest group of points that are not far from one another. */
function keepTogether(points) {
  const groups = [];
  for (const one of points) {
    const group = groups.find(([first]) => measureKilometres(first.point, one.point) < APART);
    if (group) group.push(one);
    else groups.push([one]);
  }
  return groups.sort((a, b) => b.length - a.length)[0] ?? [];
}

/* Degrees to units, equirectangular at the middle latitude, the points within the margins. */
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

/* The land that may show, as the data of one path for each département. */
function drawLand(land, project) {
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
    .map(({ geometry }) => geometry.coordinates.flat().map(drawRing).join(""))
    .filter(Boolean);
}

/* Numbers that would cover one another share a label. */
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

/* The drawing of `points` ({number, point: [latitude, longitude], example}) on `land` (GeoJSON),
   and the numbers of those that are too far away to be on it. Null when there is no point. */
export function drawMap(points, land, label) {
  const shown = keepTogether(points);
  if (!shown.length) return null;
  const project = makeProjection(shown);
  const svg = makeSvg("svg", {
    viewBox: `0 0 ${SIZE} ${SIZE}`,
    role: "img",
    "aria-label": label,
    class: "sheet-map",
  });
  svg.append(...drawLand(land, project).map((d) => makeSvg("path", { class: "figure-land", d })));
  for (const { point, example } of shown) {
    const [cx, cy] = project(point).map((value) => value.toFixed(1));
    svg.append(
      makeSvg("circle", { class: example ? "sheet-dot example" : "sheet-dot", cx, cy, r: 4.5 }),
    );
  }
  for (const { x, y, text } of groupLabels(shown, project)) {
    const end = x > SIZE - 60; // towards the middle, so that no number is cut
    svg.append(
      makeSvg(
        "text",
        {
          x: (end ? x - 7 : x + 7).toFixed(1),
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
