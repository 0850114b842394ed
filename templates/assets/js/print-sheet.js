// « Imprimer »: the list found as a sheet for a meeting, which only paper shows.
import { countShown, frame } from "./answer.js";
import { formatDate } from "./dates.js";
import { awaitAnswer, fetchTexts, getCriteria, getState } from "./directory.js";
import { getAddress } from "./list-actions.js";
import { OFFLINE, fetchJson, makeElement, makeSvg } from "./page.js";
import { drawMap } from "./print-map.js";
import { makeSquares } from "./qr.js";
import { drawAnswer } from "./record-list.js";
import { capitalize } from "./text.js";
import { isAsked } from "./view.js";

const QUIET = 4; // squares around the code, as the standard wants them
const DENSE = 60; // squares across: past that, larger on paper, for telephones to read
const section = document.querySelector("#_suites");
const sheet = document.querySelector("#_feuille > div");
const form = document.querySelector("#_filtres");
const status = section.querySelector("#_suites-dit");
const { plusieurs } = form.dataset;

let land = null;
const fetchOutlines = () => fetchJson(section.dataset.contours);

/* --- What is at the top --- */

function drawTitle() {
  const asked = getCriteria()
    .filter(({ change }) => !("tri" in change))
    .map(({ label }) => label)
    .join(" · ");
  return makeElement("h1", {}, `${capitalize(plusieurs)}\u00a0: ${asked || "tout l’annuaire"}`);
}

function drawCode(address) {
  const found = makeSquares(address);
  const words = makeElement(
    "p",
    {},
    "La même liste, à jour\u00a0: ",
    makeElement("span", { class: "sheet-address" }, address),
  );
  if (!found) return makeElement("div", { class: "sheet-code" }, words);
  const size = found.length + 2 * QUIET;
  const d = found
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : "")))
    .join("");
  const svg = makeSvg("svg", {
    viewBox: `0 0 ${size} ${size}`,
    role: "img",
    "aria-label": "Code QR de cette adresse",
    class: size > DENSE ? "sheet-qr large" : "sheet-qr",
  });
  svg.append(
    makeSvg("path", { class: "sheet-light", d: `M0 0h${size}v${size}h-${size}z` }),
    makeSvg("path", { class: "sheet-dark", d }),
  );
  return makeElement("div", { class: "sheet-code" }, svg, words);
}

function drawFigure(found) {
  if (!land) return "";
  const points = found.flatMap((record, index) =>
    record.point ? [{ number: index + 1, point: record.point, example: record.example }] : [],
  );
  const drawn = drawMap(points, land, "Carte des fiches de la liste, avec leurs numéros");
  if (!drawn) return "";
  const { svg, away } = drawn;
  const rest = away.length
    ? [makeElement("figcaption", {}, `Hors de cette carte, au loin\u00a0: ${away.join(", ")}.`)]
    : [];
  return makeElement("figure", {}, svg, ...rest);
}

/* --- The records --- */

/* Near a place, what the page shows; else the whole list. Examples are of no use at a meeting. */
function keepPrinted(state) {
  const { found } = state.answer;
  const most = state.place ? countShown(state) : found.length;
  return found.slice(0, most).filter((record) => !record.example);
}

function fill() {
  const state = getState();
  const printed = keepPrinted(state);
  sheet.replaceChildren(
    makeElement(
      "header",
      {},
      makeElement(
        "div",
        {},
        drawTitle(),
        makeElement("p", {}, document.querySelector("#_resultat").textContent),
        ...(state.answer.found.some(({ example }) => example)
          ? [makeElement("p", {}, "Les fiches d’exemple ne sont pas imprimées.")]
          : []),
        makeElement("p", {}, `Imprimé le ${formatDate(new Date())}.`),
        drawCode(getAddress(state.view)),
      ),
      drawFigure(printed),
    ),
    ...drawAnswer({ ...state, view: { ...state.view, fiche: "" } }, frame, printed.length),
  );
  show(true);
}

function show(ready) {
  document.documentElement.classList.toggle("sheeted", ready);
  if (!ready) sheet.replaceChildren();
}

/* --- When --- */

export async function printSheet() {
  status.textContent = "Préparation de la feuille…";
  if (!(await awaitAnswer())) {
    status.textContent = OFFLINE;
    return;
  }
  // What does not arrive is left out: summaries and contacts, or the map.
  const asked = [fetchTexts(keepPrinted(getState())).then(() => true), land ?? fetchOutlines()];
  const [read, outlines] = await Promise.allSettled(asked);
  land = outlines.value ?? null;
  fill();
  status.textContent =
    read.value && land
      ? ""
      : "Une partie de la feuille manque\u00a0: les données ne sont pas arrivées.";
  print();
}
// Ctrl+P cannot wait: it prints what is there, and the page itself when nothing is asked.
addEventListener("beforeprint", () => {
  const { answer, view } = getState();
  if (answer && isAsked(view) && !sheet.childElementCount) fill();
});
document.addEventListener("maille:vue", () => show(false));
