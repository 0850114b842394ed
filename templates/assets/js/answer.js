// Show the answer on the page: the sentences about it, the criteria, the rows, and what to try when
// nothing is found.
import { NO_INDEX, writeSentence } from "./answer-sentence.js";
import { form, nameTerritory, showActive, showCounts } from "./directory-form.js";
import { isLocal, listPages, select } from "./directory-search.js";
import { makeChange } from "./meaning.js";
import { fetchJson, linkViews, makeElement, memoize } from "./page.js";
import { countAtOnce, countNear, countRealAtOnce } from "./result-groups.js";
import {
  addPreposition,
  capitalize,
  describeCommune,
  fold,
  formatCount,
  labelCommune,
  typeset,
} from "./text.js";
import { LISTS, isAsked, writeView } from "./view.js";

const PAGE = 50; // rows drawn at a time
const LIKELIEST = 3; // other meanings of a text that are shown at once
const SHORTEST = 4; // letters of a word that is looked for alone

const findPart = (id) => document.querySelector(id);
export const [heading, status, more] = ["#_reponse", "#_resultat", "#_suite"].map(findPart);
const [homonyms, chips, list, still] = ["#_homonymes", "#_actifs", "#_resultats", "#_liste"].map(
  findPart,
);
// What to try when nothing is found: it comes among the rows.
const { firstElementChild: empty } = findPart(".answer template").content;
const [looser, elsewhere] = empty.querySelectorAll("ul");
// The network's own words, and the « e » of the feminine: « structure », « structures recensées ».
const { un, plusieurs, accord, fiches, territoires } = form.dataset;
export const frame = { fiches, territoires, title: capitalize(plusieurs) };

/* --- The criteria --- */

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
    add(view.verification === "oui" ? "Relues" : "Pas encore relues", { verification: "" });
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

/* After a chip is removed, focus the first of the others, or else the heading of the answer. */
export const focusChips = () => (chips.querySelector("button") ?? heading).focus();

const describeMeaning = (one) => {
  const { kind, nom, ancien, nature, mot } = one;
  const words = mot ? `«\u202f${mot}\u202f», ` : "";
  if (kind === "commune") return `${words}${ancien ?? nom}, ${describeCommune(one)}`;
  return nature ? `${words}${nom}, ${nature.toLowerCase()}` : nom;
};

const isPlain = ({ button, ctrlKey, metaKey, shiftKey }) =>
  !(button || ctrlKey || metaKey || shiftKey);

/* Show the other meanings of a text, each as a link to the same view with that meaning: the
   likeliest first, the others after a click on a button. They are above the heading of the answer;
   if the words find nothing, they are the answer. */
function showHomonyms({ view, said, others, answer }, { mean }) {
  homonyms.hidden = !others.length;
  const words = said?.kind === "mot" ? "" : view.q;
  const draw = (one) => {
    const change = makeChange(one);
    const wanted = { ...change, q: change.q || words };
    const { search } = writeView({ ...view, ...wanted });
    const link = makeElement("a", { href: location.pathname + search }, describeMeaning(one));
    link.addEventListener("click", (event) => {
      if (!isPlain(event)) return;
      event.preventDefault();
      mean(one, wanted);
    });
    return makeElement("li", {}, link);
  };
  const drawList = (some) => makeElement("ul", { class: "chips" }, ...some.map(draw));
  const first = others.length > LIKELIEST + 1 ? others.slice(0, LIKELIEST) : others;
  const rest = others.slice(first.length);
  const label = makeElement("summary", {}, `${rest.length} autres`);
  if (said?.kind === "mot" && !answer.found.length) status.after(homonyms);
  else heading.before(homonyms);
  homonyms.replaceChildren(
    makeElement("p", { class: "meta" }, "Ou bien\u00a0:"),
    drawList(first),
    ...(rest.length ? [makeElement("details", { class: "drawer" }, label, drawList(rest))] : []),
  );
}

/* --- The records found --- */

/* How many real records a view finds: near the place if there is one, else in its territory. */
function countClose(all, view, place) {
  const answer = select(all, view, place);
  if (place) return countNear(answer);
  const { territoire } = view;
  return answer.found.filter((one) => !one.example && (!territoire || isLocal(one, territoire)))
    .length;
}

/* The criteria that could be dropped, with the number of records that this would find. The place or
   the territory is never dropped. */
function listLooser({ all, view, place }, loosen) {
  const criteria = listCriteria({ all, place }, view);
  const isQuestion = (change) =>
    "pres" in change || ("territoire" in change && criteria.length === 1);
  return criteria
    .filter(({ change }) => !isQuestion(change))
    .map(({ label, change }) => ({
      label,
      change,
      number: countClose(all, { ...view, ...change }, place),
    }))
    .filter(({ number }) => number)
    .map(({ label, change, number }) =>
      makeButton(
        `Sans ${label}\u00a0: ${formatCount(number, un, plusieurs)}`,
        () => loosen(change),
        "plain",
      ),
    );
}

/* If no record contains all the words, a button for each word that some records contain, with their
   number: in « accompagnement Prapoutel », the need is found although the place is unknown. */
function listWords({ all, view, place }, loosen) {
  const words = view.q.split(/[\s,;]+/).filter((word) => word.length >= SHORTEST);
  if (words.length < 2) return [];
  return [...new Set(words)]
    .map((q) => [q, countClose(all, { ...view, q }, place)])
    .filter(([, number]) => number)
    .slice(0, LIKELIEST)
    .map(([q, number]) =>
      makeButton(
        `«\u202f${q}\u202f» seul\u00a0: ${formatCount(number, un, plusieurs)}`,
        () => loosen({ q }),
        "plain",
      ),
    );
}

/* The links of the menus that begin like words that no record contains: « lettre », « projets ». */
function listMenus(words) {
  const begins = ({ textContent }) => ` ${fold(textContent)}`.includes(` ${fold(words)}`);
  const links = [...document.querySelectorAll(":is(header, footer) nav a")].filter(begins);
  return new Map(links.map((link) => [link.href, link.textContent]));
}

const makeDoor = (href, text) => makeElement("li", {}, makeElement("a", { href }, text));

/* If no record is found, propose criteria to drop, and other places to ask. */
function showWays(state, { loosen }) {
  const { all, view, place, answer, pages } = state;
  empty.hidden = state.partial || countClose(all, view, place) > 0;
  if (empty.hidden) return;
  const around = place || view.territoire ? listPages(state) : [];
  const beside = pages?.words === view.q ? pages.found : [];
  const isUnknown = view.q && answer.found.every(({ example }) => example);
  elsewhere.hidden = !isUnknown;
  looser.replaceChildren(
    ...listWords(state, loosen),
    ...listLooser(state, loosen),
    ...beside.map(([name, href]) => makeDoor(href, `Le site en parle\u00a0: ${name}`)),
    ...around.map(({ name, page }) =>
      makeDoor(`${territoires}${page}/`, `La page du territoire\u00a0: ${name}`),
    ),
    ...[...(isUnknown ? listMenus(view.q) : [])].map(([href, name]) => makeDoor(href, name)),
    makeDoor(empty.dataset.contact, "Joindre le réseau"),
  );
}

export const showStatus = (state) => {
  const [said, rest] = writeSentence(state, { un, plusieurs, accord });
  status.replaceChildren(
    said,
    ...(rest ? [" ", makeElement("span", { class: "meta" }, rest)] : []),
  );
  // The header of the list has the whole count already.
  const isKnown = form.parentElement.querySelector(".title .large") && !state.aside.length;
  status.classList.toggle("hidden", Boolean(isKnown) && !isAsked(state.view));
  showPages(state);
  showHappenings(state);
};

/* After the sentence, the pages of the site that have the words which no record holds. */
function showPages({ said }) {
  if (!said?.pages?.length) return;
  const links = said.pages.map(([name, href]) => makeElement("a", { href }, name));
  const parts = links.flatMap((link, at) => [at ? ", " : "", link]);
  status.append(typeset(" Le site parle de « "), said.typed, typeset(" » : "), ...parts, ".");
}

/* Once the file of happenings has arrived, add to the sentence a link that counts those here. */
function showHappenings(state) {
  if (status.querySelector("a")) return;
  const words = rows?.countHappenings(state, state.happenings);
  if (words) status.append(" ", makeElement("a", { href: "#_groupe-ici" }, words), ".");
}

/* How many rows are shown: at first, no more than are near or everywhere. */
export const countShown = (state) =>
  Math.min(state.answer.found.length, state.shown || Math.min(PAGE, countAtOnce(state)));

const fetchHappenings = memoize(() => fetchJson(`${territoires}ici.json`));

let rows = null; // the module that draws them, loaded at the first question

/* Draw the first rows of the answer; draw them again when summaries and happenings have arrived. After
   Back (`isBack`), draw them once, with all that: rows that move would not be where they were left. */
export async function showRows(state, fetchTexts) {
  const { answer, isBack } = state;
  state.isBack = false;
  if (!rows) {
    rows = await import("./record-list.js").catch(() => null);
    if (state.answer !== answer) return;
  }
  if (!rows) {
    still.hidden = false;
    status.textContent = NO_INDEX;
    return;
  }
  const { drawAnswer, nameRest, replaceRows } = rows;
  const most = countShown(state);
  const some = answer.found.slice(0, most);
  const ways = empty.hidden ? null : empty;
  const draw = () => replaceRows(list, drawAnswer(state, frame, most, ways, !ways));
  if (!isBack) draw();
  more.hidden = answer.found.length <= most;
  more.textContent = nameRest(answer, most, countAtOnce(state));
  const isBare = some.some((record) => !state.texts[record.number]);
  const isPlaced = !state.happenings && (state.place || state.view.territoire);
  const [texts, happenings] = await Promise.allSettled([
    isBare ? fetchTexts(some) : null,
    isPlaced ? fetchHappenings() : state.happenings,
  ]);
  state.happenings = happenings.value;
  if (state.answer !== answer || !(isBare || isPlaced || isBack)) return;
  if (texts.status === "rejected") {
    state.missing.add("textes");
    showStatus(state);
  }
  showHappenings(state);
  draw();
}

/* Show more rows, and focus the first of them. */
export async function showMore(state, fetchTexts) {
  const before = countShown(state);
  const atOnce = countAtOnce(state);
  state.shown = before < atOnce ? Math.min(before + PAGE, atOnce) : before + PAGE;
  await showRows(state, fetchTexts);
  list.querySelectorAll("li h3 a")[before]?.focus();
}

/* Show an answer. `actions` take a criterion out of the view (`remove`, `loosen`), or all of them
   (`clear`), search what else a text may `mean`, and fetch summaries (`fetchTexts`). */
export function showAnswer(state, actions) {
  const asking = isAsked(state.view);
  still.hidden = asking;
  // From the first answer on, the heading can get the focus, even if it is out of sight.
  heading.hidden = false;
  heading.classList.toggle("hidden", !asking);
  list.hidden = !asking;
  document.documentElement.classList.toggle("answered", asking); // for paper (site.css)
  more.hidden = true;
  showStatus(state);
  showHomonyms(state, actions);
  showChips(state, actions);
  const real = countRealAtOnce(state);
  form.querySelector("#_voir").textContent =
    real > 1 ? `Voir les ${real}\u00a0${plusieurs}` : "Voir la réponse";
  showWays(state, actions);
  showActive(state.view);
  showCounts(state);
  if (asking) showRows(state, actions.fetchTexts);
}

/* Mark the chosen row, and put the view in the links between list and map. A row that was chosen on
   the map beside comes into sight. */
export function showChoice({ view }) {
  for (const row of document.querySelectorAll(".answer [data-fiche]")) {
    if (row.dataset.fiche !== view.fiche) row.removeAttribute("aria-current");
    else if (!row.hasAttribute("aria-current")) {
      row.setAttribute("aria-current", "true");
      const isFromMap = document.activeElement.closest("#_carte");
      if (isFromMap && matchMedia("(min-width: 64rem)").matches)
        row.scrollIntoView({ block: "nearest" });
    }
  }
  linkViews(writeView({ ...view, cadre: null }));
}
