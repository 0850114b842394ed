// « Imprimer »: the list found as a sheet for a meeting, which only paper shows.
import { answered, criteria, current } from "./directory.js";
import { draw, figure } from "./print-map.js";
import { rows } from "./record-list.js";
import { squares } from "./qr.js";
import { addressOf, data } from "./list-actions.js";
import { element, json, typo } from "./text.js";
import { isAsked } from "./view.js";

const QUIET = 4; // squares around the code, as the standard wants them
const DENSE = 60; // squares across: past that, larger on paper, for telephones to read
const section = document.querySelector("#_suites");
const sheet = document.querySelector("#_feuille > div");
const form = document.querySelector("#_filtres");
const said = section.querySelector("#_suites-dit");
const { fiches, plusieurs } = form.dataset;

let land = null;
const outlines = () => json(section.dataset.contours);

/* --- What is at the top --- */

const opening = (text) => text[0].toUpperCase() + text.slice(1);

function today() {
  const words = new Date().toLocaleDateString("fr-FR", { day: "numeric", month: "long", year: "numeric" });
  return words.replace(/^1 /, "1er\u00a0").replace(/^(\d+) /, "$1\u00a0");
}

function title(view) {
  const asked = criteria(view).filter(({ change }) => !("tri" in change)).map(({ label }) => label).join(" · ");
  return element("h1", {}, `${opening(typo(plusieurs))}\u00a0: ${asked || "tout l’annuaire"}`);
}

function code(address) {
  const found = squares(address);
  const words = element("p", {}, "La même liste, à jour\u00a0: ", element("span", { class: "sheet-address" }, address));
  if (!found) return element("div", { class: "sheet-code" }, words);
  const size = found.length + 2 * QUIET;
  const d = found.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : ""))).join("");
  const svg = draw("svg", { viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": "Code QR de cette adresse", class: size > DENSE ? "sheet-qr large" : "sheet-qr" });
  svg.append(draw("path", { class: "sheet-light", d: `M0 0h${size}v${size}h-${size}z` }), draw("path", { class: "sheet-dark", d }));
  return element("div", { class: "sheet-code" }, svg, words);
}

function map(found) {
  if (!land) return "";
  const points = found.flatMap((record, index) => (record.point ? [{ number: index + 1, point: record.point, example: record.example }] : []));
  const drawn = figure(points, land, "Carte des fiches de la liste, avec leurs numéros");
  if (!drawn) return "";
  const { svg, away } = drawn;
  const rest = away.length ? [element("figcaption", {}, `Hors de cette carte, au loin\u00a0: ${away.join(", ")}.`)] : [];
  return element("figure", {}, svg, ...rest);
}

/* --- The records --- */

/* Beside the place, that there is none; else a line of its own. */
function addContacts(item, { site, courriel, telephone }) {
  const known = [telephone?.replace(/^0(\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, "0$1\u00a0$2\u00a0$3\u00a0$4\u00a0$5"), courriel, site?.replace(/^https?:\/\/(www\.)?|\/$/g, "")];
  const told = known.filter(Boolean).join(" · ");
  if (told) item.firstElementChild.append(element("p", { class: "sheet-contacts" }, told));
  else item.querySelector(".meta").append(" · contact non renseigné");
}

/* What is invented to show the full directory is of no use at a meeting. */
const printed = ({ answer }) => answer.found.filter((record) => !record.example);

/* The rows of the page, all of them, with their contacts once the exported data are there. */
function list(state, exported) {
  const texts = [...state.texts];
  const found = printed(state);
  for (const { number, slug } of found) texts[number] ??= [exported?.byId.get(slug)?.resume ?? ""];
  const lists = rows(found, { ...state, texts, view: { ...state.view, fiche: "" } }, { fiches });
  for (const item of exported ? lists.flatMap((one) => [...one.querySelectorAll("li[data-fiche]")]) : []) {
    const record = exported.byId.get(item.dataset.fiche);
    if (record) addContacts(item, record);
  }
  return lists;
}

function fill(exported = null) {
  const state = current();
  sheet.replaceChildren(
    element("header", {},
      element("div", {},
        title(state.view),
        element("p", {}, document.querySelector("#_resultat").textContent),
        ...(printed(state).length < state.answer.found.length ? [element("p", {}, "Les fiches d’exemple ne sont pas imprimées.")] : []),
        element("p", {}, `Imprimé le ${today()}.`),
        code(addressOf(state.view))),
      map(printed(state))),
    ...list(state, exported));
  show(true);
}

function show(ready) {
  document.documentElement.classList.toggle("sheeted", ready);
  if (!ready) sheet.replaceChildren();
}

/* --- When --- */

let known = null;
export async function printSheet() {
  said.textContent = "Préparation de la feuille…";
  if (!await answered()) {
    said.textContent = "Les données ne sont pas arrivées. Vérifiez la connexion, puis recommencez.";
    return;
  }
  // What does not arrive is left out: contacts, or the map.
  [known, land] = await Promise.all([data(), land ?? outlines()].map((one) => Promise.resolve(one).catch(() => null)));
  fill(known);
  said.textContent = known && land ? "" : "Une partie de la feuille manque\u00a0: les données ne sont pas arrivées.";
  print();
}
// Ctrl+P cannot wait: it prints what is there, and the page itself when nothing is asked.
addEventListener("beforeprint", () => {
  const { answer, view } = current();
  if (answer && isAsked(view) && !sheet.childElementCount) fill(known);
});
document.addEventListener("maille:vue", () => show(false));
