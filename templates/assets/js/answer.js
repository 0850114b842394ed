// The answer on the page: what is said of it, what was asked, its rows, and ways out of an empty
// list.
import { writeSentence } from "./answer-sentence.js";
import { form, nameTerritory, showCounts } from "./directory-form.js";
import { findNearest, isLocal, select } from "./directory-search.js";
import { makeChange } from "./meaning.js";
import { linkViews, makeElement } from "./page.js";
import { drawLists } from "./record-list.js";
import { addPreposition, capitalize, formatCount, formatDistance, labelCommune } from "./text.js";
import { LISTS, isAsked, writeView } from "./view.js";

export const PAGE = 50; // rows drawn at a time

const findPart = (id) => document.querySelector(id);
export const [heading, status, more] = ["#_reponse", "#_resultat", "#_suite"].map(findPart);
const [homonyms, chips, empty, looser, list, still] = [
  "#_homonymes",
  "#_actifs",
  "#_vide",
  "#_elargir",
  "#_resultats",
  "#_liste",
].map(findPart);
// The network's own words, and the « e » of the feminine: « structure », « structures recensées ».
const { un, plusieurs, accord, fiches } = form.dataset;
const frame = { fiches, title: capitalize(plusieurs) };

/* --- What is asked --- */

/* The criteria of a view: the name of each, and the change that takes it out of the view. */
export function listCriteria({ all, place }, view) {
  const found = [];
  const add = (label, change) => found.push({ label, change });
  if (view.q) add(`«\u202f${view.q}\u202f»`, { q: "" });
  if (view.pres || view.ici)
    add(place ? `Près ${addPreposition("de", labelCommune(place))}` : "Près d’une commune", {
      pres: "",
      ici: null,
    });
  if (view.territoire) add(nameTerritory(view.territoire), { territoire: "" });
  for (const name of LISTS) {
    for (const key of view[name]) {
      const known = (all?.[name] ?? []).find(([one]) => one === key);
      add(known?.[1] ?? key, { [name]: view[name].filter((other) => other !== key) });
    }
  }
  if (view.verification)
    add(view.verification === "oui" ? "Vérifiées" : "Jamais vérifiées", { verification: "" });
  if (!view.exemples) add("Sans les exemples", { exemples: true });
  if (view.tri) add("Par nom", { tri: "" });
  return found;
}

function makeButton(text, act, name = "") {
  const made = makeElement("button", { type: "button", class: name }, text);
  made.addEventListener("click", act);
  return makeElement("li", {}, made);
}

function showChips(state, { remove, clear }) {
  const criteria = listCriteria(state, state.view);
  chips.replaceChildren(
    ...criteria.map(({ label, change }) => {
      const item = makeButton(label, () => remove(change));
      item.firstChild.setAttribute("aria-label", `Retirer : ${label}`);
      return item;
    }),
  );
  if (criteria.length > 1) chips.append(makeButton("Tout effacer", clear, "plain"));
}

/* Once a chip is gone, go on from the next one, or from the form. */
export const focusChips = () => (chips.querySelector("button") ?? form.elements.q).focus();

const describeMeaning = ({ nom, ancien, nature, nomDepartement, departement }) => {
  if (nomDepartement) return `${ancien ?? nom}, ${nomDepartement} (${departement})`;
  return nature ? `${nom}, ${nature.toLowerCase()}` : nom;
};

/* What else a text may mean, each a link to the same view for it. */
function showHomonyms({ view, said, others }) {
  homonyms.hidden = !others.length;
  const words = said?.kind === "mot" ? "" : view.q;
  const link = (one) => {
    const change = makeChange(one);
    const { search } = writeView({ ...view, ...change, q: change.q || words });
    return makeElement("a", { href: location.pathname + search }, describeMeaning(one));
  };
  homonyms.replaceChildren(
    makeElement("ul", { class: "chips" }, ...others.map((one) => makeElement("li", {}, link(one)))),
  );
}

/* --- What is found --- */

/* The middle of a département; null for what has none. */
const findMiddle = ({ departements }, code) =>
  departements.find(([own]) => own === code)?.[4] ?? null;

const countReal = (all, view) => select(all, view).found.filter((record) => !record.example).length;

/* Where nothing is found: which criterion to give up, and who is nearest. */
function showWays(state, { remove, clear }) {
  const { all, view, place, answer } = state;
  const ours = answer.found.filter((record) => !record.example);
  const local = view.territoire ? ours.filter((record) => isLocal(record, view.territoire)) : ours;
  empty.hidden = local.length > 0 || state.partial;
  looser.replaceChildren();
  if (empty.hidden) return;
  for (const { label, change } of listCriteria(state, view)) {
    const number = countReal(all, { ...view, ...change });
    if (number > ours.length)
      looser.append(
        makeButton(
          `Sans ${label}\u00a0: ${formatCount(number, un, plusieurs)}`,
          () => remove(change),
          "plain",
        ),
      );
  }
  looser.append(
    makeButton(`Tout effacer\u00a0: ${formatCount(all.real, un, plusieurs)}`, clear, "plain"),
  );
  const point = place ? [place.latitude, place.longitude] : findMiddle(all, view.territoire);
  for (const { record, km } of point ? findNearest(all, point) : []) {
    looser.append(
      makeElement(
        "li",
        {},
        "La plus proche\u00a0: ",
        makeElement("a", { href: `${fiches}${record.slug}/` }, record.nom),
        ` ${formatDistance(km)}`,
      ),
    );
  }
}

export const showStatus = (state) => {
  status.textContent = writeSentence(state, { un, plusieurs, accord });
};

/* Draw the first rows of the answer; again once their summaries have come. */
export async function showRows(state, fetchTexts) {
  const { found } = state.answer;
  const some = found.slice(0, state.shown);
  list.replaceChildren(...drawLists(some, state, frame));
  more.hidden = found.length <= state.shown;
  more.textContent = `Montrer la suite (${found.length - some.length})`;
  if (!some.some((record) => !state.texts[record.number])) return;
  const failed = await fetchTexts(some).then(
    () => false,
    () => true,
  );
  if (state.answer.found !== found) return;
  if (failed) {
    state.missing.add("textes");
    showStatus(state);
  } else list.replaceChildren(...drawLists(some, state, frame));
}

export const focusRow = (index) => list.querySelectorAll("li h3 a, li h4 a")[index]?.focus();

/* Show an answer. `actions` take a criterion out of the view (`remove`), or all of them (`clear`),
   and fetch summaries (`fetchTexts`). */
export function showAnswer(state, actions) {
  const asking = isAsked(state.view);
  still.hidden = asking;
  heading.hidden = !asking;
  list.hidden = !asking;
  more.hidden = true;
  for (const one of document.querySelectorAll("[data-entier]")) one.hidden = asking;
  showStatus(state);
  showHomonyms(state);
  showChips(state, actions);
  showWays(state, actions);
  showCounts(state);
  if (asking) showRows(state, actions.fetchTexts);
}

/* Mark the row that is chosen, and carry the view over to the links between list and map. */
export function showChoice({ view }) {
  for (const row of list.querySelectorAll("[data-fiche]")) {
    if (row.dataset.fiche === view.fiche) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
  linkViews(writeView({ ...view, cadre: null }));
}
