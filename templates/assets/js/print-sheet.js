// « Imprimer »: the list found, as a sheet for a meeting that is only shown on paper.
import { countShown, frame } from "./answer.js";
import { formatDate } from "./dates.js";
import { isLocal, listPages } from "./directory-search.js";
import { awaitAnswer, fetchTexts, getCriteria, getState } from "./directory.js";
import { getAddress } from "./list-actions.js";
import { OFFLINE, fetchJson, makeElement, memoize } from "./page.js";
import { drawMap } from "./print-map.js";
import { drawAnswer } from "./record-list.js";
import { findDepartments, isNear } from "./result-groups.js";
import { capitalize } from "./text.js";
import { isAsked } from "./view.js";

const NEAREST = 2; // pages of territories whose addresses are written out
const section = document.querySelector("#_suites");
const page = document.querySelector("#_feuille");
const sheet = page.querySelector("div");
const form = document.querySelector("#_filtres");
const status = section.querySelector("#_suites-dit");
const { plusieurs } = form.dataset;

let land = null;
const fetchOutlines = memoize(() => fetchJson(section.dataset.contours));

/* --- The top of the sheet --- */

function drawTitle() {
  const asked = getCriteria()
    .filter(({ change }) => !("tri" in change))
    .map(({ label }) => label)
    .join(" · ");
  return makeElement("h1", {}, `${capitalize(plusieurs)}\u00a0: ${asked || "tout l’annuaire"}`);
}

/* The address of the list, and those of the other places to ask. */
function drawAddresses(state) {
  const address = getAddress(state.view);
  const words = makeElement(
    "p",
    {},
    "La même liste, à jour\u00a0: ",
    makeElement("span", { class: "sheet-address" }, address),
  );
  return makeElement("div", { class: "sheet-code" }, words, ...drawDoors(state));
}

/* The place or départements to draw on the map, and a function: whether a record is around them. */
function findAsked({ all, answer, place, view }) {
  if (place)
    return {
      ...(place.latitude !== null && { name: place.nom, point: [place.latitude, place.longitude] }),
      isAround: ({ number }) => isNear(answer.near.get(number)),
    };
  if (view.territoire)
    return {
      codes: findDepartments(view.territoire, all).map(([code]) => code),
      isAround: (record) => isLocal(record, view.territoire),
    };
  return { isAround: () => true };
}

/* The map of the rows around the place or territory; the numbers of the others are below it. */
function drawFigure(found, state) {
  if (!land) return "";
  const points = found.flatMap((record, index) =>
    record.point
      ? [{ record, number: index + 1, point: record.point, example: record.example }]
      : [],
  );
  const { isAround, ...asked } = findAsked(state);
  const near = points.filter(({ record }) => isAround(record));
  const drawn = drawMap(near, land, "Carte de la liste, avec ses numéros", asked);
  if (!drawn) return "";
  const away = points
    .filter((one) => !near.includes(one) || drawn.away.includes(one.number))
    .map(({ number }) => number);
  const rest = away.length
    ? [makeElement("figcaption", {}, `Hors de cette carte, plus loin\u00a0: ${away.join(", ")}.`)]
    : [];
  return makeElement("figure", {}, drawn.svg, ...rest);
}

/* --- Other places to ask --- */

const shorten = (address) => address.replace(/^https?:\/\//, "").replace(/\/$/, "");

/* The pages of the territories and the network; paper has no links, so addresses are written
   out. */
function drawDoors(state) {
  const { view, place } = state;
  const resolve = (address) => shorten(new URL(address, location.href).href);
  const pages = place || view.territoire ? listPages(state).slice(0, NEAREST) : [];
  const doors = [
    ...pages.map((one) => [one.name, resolve(`${frame.territoires}${one.page}/`)]),
    [
      "Le réseau",
      [page.dataset.reseau, resolve(page.dataset.contact)].filter(Boolean).map(shorten),
    ],
  ];
  const lines = doors.map(([title, address]) =>
    makeElement("li", {}, `${title}\u00a0: ${[address].flat().join(" et ")}`),
  );
  return [makeElement("h2", {}, "Où s’adresser"), makeElement("ul", {}, ...lines)];
}

/* --- The records --- */

/* The records to print: near a place, those that the page shows; else all. Examples are left
   out. */
function keepPrinted(state) {
  const { found } = state.answer;
  const most = state.place ? countShown(state) : found.length;
  return found.slice(0, most).filter((record) => !record.example);
}

function fill() {
  const state = getState();
  const printed = keepPrinted(state);
  const rows = drawAnswer(
    { ...state, view: { ...state.view, fiche: "" } },
    frame,
    printed.length,
    null,
    false,
  );
  const isBare = state.answer.found.some(({ example }) => example);
  const without = isBare ? ", sans les fiches d’exemple" : "";
  sheet.replaceChildren(
    makeElement(
      "header",
      {},
      makeElement(
        "div",
        {},
        drawTitle(),
        makeElement(
          "p",
          {},
          `${document.querySelector("#_resultat").textContent} Imprimé le ${formatDate(new Date())}${without}.`,
        ),
        drawAddresses(state),
      ),
      drawFigure(printed, state),
    ),
    ...rows,
  );
  show(true);
}

let shown = null; // the view of the sheet

function show(ready) {
  shown = ready ? getState().view : null;
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
  // Summaries and contacts, or the map, are left out if they do not arrive.
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
// Phones print by the button, which can wait for the outlines: they are spared the download.
if (matchMedia("(hover: hover)").matches)
  fetchOutlines().then(
    (found) => (land ??= found),
    () => {},
  );
// Ctrl+P cannot wait for data: it prints the sheet as it is, or the page itself without a question.
addEventListener("beforeprint", () => {
  const { answer, view } = getState();
  if (answer && isAsked(view) && !sheet.childElementCount) fill();
});
// A phone may not have drawn its pages yet when more comes to be known of the answer.
document.addEventListener("maille:vue", ({ detail }) => {
  if (detail.view === shown) fill();
  else show(false);
});
