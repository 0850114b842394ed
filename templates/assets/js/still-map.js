// The still picture beside the list follows the answer: its dots are those of the list, with the same
// numbers near a place. Nothing is loaded for it: _figure.html gives the projection and the shapes.
import { makeSvg } from "./page.js";
import { followPointing } from "./pointing.js";
import { countAtOnce } from "./result-groups.js";
import { isAsked } from "./view.js";

const CLOSE = 14; // units between two dots whose numbers share a label
/* As in views/drawings/country_map.py, which drew the picture. */
const [CROWD, APART, SPOTS, STEP] = [500, 14, 64, 5];
const PILL = { height: 16, letter: 7, padding: 10 };

const figure = document.querySelector(".is-asleep .figure");
const shapes = figure && JSON.parse(figure.dataset.formes);

/* A part of the country: a function from [latitude, longitude] to units, null outside. */
function readPanel(svg) {
  const [west, north, squeeze, scale, margin] = svg.dataset.plan.split(" ").map(Number);
  const { width, height } = svg.viewBox.baseVal;
  const project = ([latitude, longitude]) => {
    const x = (longitude - west) * squeeze * scale + margin;
    const y = (north - latitude) * scale + margin;
    return x > 0 && y > 0 && x < width && y < height ? [x, y].map(Math.round) : null;
  };
  return { svg, project };
}
const panels = figure ? [...figure.querySelectorAll("[data-plan]")].map(readPanel) : [];

/* A number takes the place of its dot: beside it, it would cover that of another record. */
function drawPill(x, y, text) {
  const width = text.length * PILL.letter + PILL.padding;
  const left = x - width / 2;
  const top = y - PILL.height / 2;
  return makeSvg(
    "g",
    { class: "figure-number" },
    makeSvg("rect", { x: left, y: top, width, height: PILL.height, rx: PILL.height / 2 }),
    makeSvg("text", { x, y: top + 12, "text-anchor": "middle" }, text),
  );
}

/* Group the numbers whose labels would cover one another. */
function groupNumbers(dots) {
  const found = [];
  for (const { x, y, number } of dots.filter((one) => one.number)) {
    const near = found.find((one) => Math.hypot(one.x - x, one.y - y) < CLOSE);
    if (near) near.numbers.push(number);
    else found.push({ x, y, numbers: [number] });
  }
  return found.map(({ x, y, numbers }) =>
    drawPill(x, y, numbers.length > 2 ? `${numbers[0]}…` : numbers.join(", ")),
  );
}

/* Move the dots that would hide others, as spread_dots of country_map.py does. */
function spreadDots(dots) {
  const found = [];
  const isFree = ([x, y]) => found.every((one) => Math.hypot(one.x - x, one.y - y) >= APART);
  for (const dot of dots.length > CROWD ? [] : dots) {
    const spots = Array.from({ length: SPOTS }, (_, step) => {
      const [angle, reach] = [2.4 * step, STEP * Math.sqrt(step)];
      return [dot.x + reach * Math.cos(angle), dot.y + reach * Math.sin(angle)].map(Math.round);
    });
    [dot.x, dot.y] = spots.find(isFree) ?? spots[0];
    found.push(dot);
  }
  return dots;
}

/* Where each real record is on a part of the country, by number: {x, y, record, isVague}. Of one that
   is known by its département alone, the number is in the middle of it. */
function placeRecords({ records }, project) {
  const real = records.filter(({ example }) => !example);
  const dots = real.flatMap((record) => {
    const at = record.point && project(record.point);
    return at ? [{ x: at[0], y: at[1], record }] : [];
  });
  dots.sort((a, b) => (a.record.slug < b.record.slug ? -1 : 1));
  const vague = real.flatMap((record) => {
    const at = record.ring.length ? project(findMiddle(record.ring)) : null;
    return at ? [{ x: at[0], y: at[1], record, isVague: true }] : [];
  });
  return new Map(spreadDots([...dots, ...vague]).map((one) => [one.record.number, one]));
}

const findMiddle = (ring) =>
  [1, 0].map((axis) => {
    const values = ring.map((point) => point[axis]);
    return (Math.min(...values) + Math.max(...values)) / 2;
  });

const findShape = ({ pratique }, all) =>
  pratique.map((one) => all.pratique[one][2]).find((name) => name in shapes) ?? "";

function drawPlace({ latitude, longitude }, project) {
  const at = latitude === null ? null : project([latitude, longitude]);
  return at ? [makeSvg("circle", { class: "figure-place", cx: at[0], cy: at[1], r: 11 })] : [];
}

/* Draw the real records found over the picture, whose own dots go while a question is asked. */
function drawAnswer(state) {
  const asked = isAsked(state.view);
  const { answer, all, place } = state;
  const numbered = place ? countAtOnce(state) : 0;
  const vague = new Set(
    answer.found.filter(({ example, ring }) => !example && ring.length).map(({ code }) => code),
  );
  const known = document.querySelector("#_teinte");
  if (known) known.hidden = asked && !vague.size;
  for (const panel of panels) {
    const { svg, project } = panel;
    svg.classList.toggle("is-answered", asked);
    for (const land of svg.querySelectorAll("[data-code]"))
      land.classList.toggle("figure-tint", !asked || vague.has(land.dataset.code));
    for (const old of svg.querySelectorAll(".figure-answer")) old.remove();
    if (!asked) continue;
    panel.placed ??= placeRecords(all, project);
    const dots = answer.found.flatMap(({ number }, index) => {
      const one = panel.placed.get(number);
      return one ? [{ ...one, number: index < numbered ? index + 1 : 0 }] : [];
    });
    svg.append(
      makeSvg(
        "g",
        { class: "figure-answer" },
        ...(place ? drawPlace(place, project) : []),
        ...dots
          .filter(({ isVague, number }) => !isVague && !number)
          .map(({ x, y, record }) => {
            const name = findShape(record, all);
            return makeSvg("path", { class: `figure-dot ${name}`, d: `M${x} ${y}${shapes[name]}` });
          }),
        ...groupNumbers(dots),
      ),
    );
  }
}

const readSpot = (at) => (at ? { x: at[0], y: at[1] } : {}); // of an example, which has no dot

/* Put a ring around the records that are pointed at in the list. */
function showPointed(slugs, all) {
  const records = (all?.records ?? []).filter(({ slug, point }) => point && slugs.includes(slug));
  for (const panel of panels) {
    for (const old of panel.svg.querySelectorAll(".figure-ring")) old.remove();
    for (const { number, point } of records) {
      panel.placed ??= placeRecords(all, panel.project);
      const { x: cx, y: cy } = panel.placed.get(number) ?? readSpot(panel.project(point));
      if (cx) panel.svg.append(makeSvg("circle", { class: "figure-ring", cx, cy, r: 11 }));
    }
  }
}

/* Start the picture, if the page has one. */
export function followAnswer(getState) {
  if (!figure) return;
  document.addEventListener("maille:vue", ({ detail }) => {
    drawAnswer(detail);
    showPointed([detail.view.fiche], detail.all);
  });
  followPointing("map", ({ slugs }) => {
    const { view, all } = getState();
    showPointed(slugs.length ? slugs : [view.fiche], all);
  });
}
