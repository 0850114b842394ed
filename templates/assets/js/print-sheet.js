// « Imprimer »: the list found as a sheet for a meeting, which only paper shows.
import { formatDate } from "./dates.js";
import { awaitAnswer, fetchTexts, getCriteria, getState } from "./directory.js";
import { fetchExports, getAddress } from "./list-actions.js";
import { OFFLINE, fetchJson, makeElement, makeSvg } from "./page.js";
import { drawMap } from "./print-map.js";
import { makeSquares } from "./qr.js";
import { drawLists } from "./record-list.js";
import { capitalize } from "./text.js";
import { isAsked } from "./view.js";

const QUIET = 4; // squares around the code, as the standard wants them
const DENSE = 60; // squares across: past that, larger on paper, for telephones to read
const section = document.querySelector("#_suites");
const sheet = document.querySelector("#_feuille > div");
const form = document.querySelector("#_filtres");
const status = section.querySelector("#_suites-dit");
const { fiches, plusieurs } = form.dataset;

let land = null;
let known = null; // what the exports have of the records
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

/* The contacts of a record on a line of their own; beside its place, that there are none. */
function addContacts(item, { site, courriel, telephone }) {
  const contacts = [
    telephone?.replace(/^0(\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, "0$1\u00a0$2\u00a0$3\u00a0$4\u00a0$5"),
    courriel,
    site?.replace(/^https?:\/\/(www\.)?|\/$/g, ""),
  ];
  const line = contacts.filter(Boolean).join(" · ");
  if (line) item.firstElementChild.append(makeElement("p", { class: "sheet-contacts" }, line));
  else item.querySelector(".meta").append(" · contact non renseigné");
}

/* Examples are of no use at a meeting. */
const keepPrinted = ({ answer }) => answer.found.filter((record) => !record.example);

/* The rows of the page, all of them, with their contacts once the exported data are there. */
function drawRows(state) {
  const lists = drawLists(
    keepPrinted(state),
    { ...state, view: { ...state.view, fiche: "" } },
    { fiches, title: capitalize(plusieurs) },
  );
  for (const item of known
    ? lists.flatMap((one) => [...one.querySelectorAll("li[data-fiche]")])
    : []) {
    const record = known.byId.get(item.dataset.fiche);
    if (record) addContacts(item, record);
  }
  return lists;
}

function fill() {
  const state = getState();
  sheet.replaceChildren(
    makeElement(
      "header",
      {},
      makeElement(
        "div",
        {},
        drawTitle(),
        makeElement("p", {}, document.querySelector("#_resultat").textContent),
        ...(keepPrinted(state).length < state.answer.found.length
          ? [makeElement("p", {}, "Les fiches d’exemple ne sont pas imprimées.")]
          : []),
        makeElement("p", {}, `Imprimé le ${formatDate(new Date())}.`),
        drawCode(getAddress(state.view)),
      ),
      drawFigure(keepPrinted(state)),
    ),
    ...drawRows(state),
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
  // What does not arrive is left out: summaries, contacts, or the map.
  const asked = [
    fetchTexts(keepPrinted(getState())).then(() => true),
    fetchExports(),
    land ?? fetchOutlines(),
  ];
  const [read, exported, outlines] = await Promise.allSettled(asked);
  [known, land] = [exported.value ?? null, outlines.value ?? null];
  fill();
  status.textContent =
    read.value && known && land
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
