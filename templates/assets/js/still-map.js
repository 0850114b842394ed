// The still picture beside the list follows the answer: its dots are those of the list, with the same
// numbers near a place. Nothing is loaded for it: _figure.html gives the projection and the shapes.
import { makeSvg } from "./page.js";
import { followPointing } from "./pointing.js";
import { countAtOnce } from "./result-groups.js";
import { isAsked } from "./view.js";

const CLOSE = 15; // units between two dots whose numbers share a label
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

function drawPill(x, y, text) {
  const width = text.length * PILL.letter + PILL.padding;
  const left = x + 6;
  const top = y - 6 - PILL.height;
  return makeSvg(
    "g",
    { class: "figure-number" },
    makeSvg("rect", { x: left, y: top, width, height: PILL.height, rx: PILL.height / 2 }),
    makeSvg("text", { x: left + width / 2, y: top + 12, "text-anchor": "middle" }, text),
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
  for (const { svg, project } of panels) {
    svg.classList.toggle("is-answered", asked);
    for (const old of svg.querySelectorAll(".figure-answer")) old.remove();
    if (!asked) continue;
    const dots = answer.found.flatMap((record, index) => {
      const at = record.example || !record.point ? null : project(record.point);
      return at ? [{ x: at[0], y: at[1], record, number: index < numbered ? index + 1 : 0 }] : [];
    });
    svg.append(
      makeSvg(
        "g",
        { class: "figure-answer" },
        ...(place ? drawPlace(place, project) : []),
        ...dots.map(({ x, y, record }) => {
          const name = findShape(record, all);
          return makeSvg("path", { class: `figure-dot ${name}`, d: `M${x} ${y}${shapes[name]}` });
        }),
        ...groupNumbers(dots),
      ),
    );
  }
}

/* Put a ring around the records that are pointed at in the list. */
function showPointed(slugs, all) {
  const records = (all?.records ?? []).filter(({ slug, point }) => point && slugs.includes(slug));
  for (const { svg, project } of panels) {
    for (const old of svg.querySelectorAll(".figure-ring")) old.remove();
    for (const { point } of records) {
      const at = project(point);
      if (at) svg.append(makeSvg("circle", { class: "figure-ring", cx: at[0], cy: at[1], r: 11 }));
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
