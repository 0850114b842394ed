// The directory on its page and on that of the map, which are whole without it: what the form or
// the address asks (a view, view.js), the data that it takes, its answer. The map listens to the
// event « maille:vue » of the document.
import { openCommunes } from "./communes.js";
import { openData } from "./directory-data.js";
import { chooseTerritory, fillForm, form, offerTerritories, readForm } from "./directory-form.js";
import {
  focusChips,
  heading,
  listCriteria,
  more,
  showAnswer,
  showChoice,
  showMore,
  status,
} from "./answer.js";
import { indexWords, select, setUnknownAside } from "./directory-search.js";
import { NO_INDEX } from "./answer-sentence.js";
import { isInForce, makeChange, openMeanings } from "./meaning.js";
import { openSiteNames } from "./site-names.js";
import { makeSearchField } from "./search-field.js";
import { labelCommune, labelDevice } from "./text.js";
import {
  findDropped,
  identifyQuestion,
  isAsked,
  makeEmptyView,
  readView,
  settleView,
  tidy,
  writeView,
} from "./view.js";

const { texts, contacts, fetchIndex, fetchTexts } = openData(form.dataset.fiches);
const communes = openCommunes(form.dataset.lieux);
const { interpret, guess, resolve, ...proposer } = openMeanings(communes, fetchIndex);
const findPages = openSiteNames(`${form.dataset.territoires}../`);
const field = makeSearchField(form, {
  ...proposer,
  findAt: communes.findAt,
  onChoose: (one) => search(one.typed, one),
  onLocate: (...ici) => show(go({ q: keepWords(), pres: "", territoire: "", ici })),
});

/* What is asked (`view`) and answered: near which place, what the text that was searched was
   understood as (`said`, of interpret.js) and which `others` it may mean, what was left `aside` as
   unknown, what did not arrive (`missing`: « lieu », « textes »), and whether words were looked for
   in a part of the texts only (`partial`). */
const state = {
  view: makeEmptyView(),
  place: null,
  said: null,
  others: [],
  aside: [],
  missing: new Set(),
  partial: false,
  all: null,
  texts,
  contacts,
  answer: null,
  shown: 0,
};

export const getState = () => state;
export const getCriteria = () => listCriteria(state, state.view);

/* Once there is a first answer. */
let arrive;
export const ready = new Promise((done) => {
  arrive = done;
});

/* Whether there is an answer: one that the network failed is asked for again. */
export async function awaitAnswer() {
  if (!state.answer) await renew();
  return state.answer !== null;
}

/* Fetch the summaries of some records into `texts`. */
export { fetchTexts };

/* --- From a view to its answer --- */

/* Words are looked for in the names at once, in the summaries as soon as they are there. */
async function readWords() {
  const { all } = state;
  if (!all || all.isRead) return; // what is typed before the data come is read with them
  all.words ??= indexWords(all);
  try {
    await fetchTexts(all.records);
    if (all.isRead) return;
    all.words = indexWords(all, texts);
    all.isRead = true;
  } catch {
    state.missing.add("textes");
  }
  if (state.view.q) answer();
}

/* Leave aside what the data do not know, and show in the form the territory that they know. */
function setAside(dropped) {
  const { all, view, place, missing } = state;
  const { kept, aside } = setUnknownAside(all, view);
  const isAbroad = view.ici && !place && !missing.has("lieu");
  chooseTerritory(kept.territoire, all.regions);
  state.view = { ...kept, ...(isAbroad && { ici: null }) };
  state.aside = [...aside, ...(isAbroad ? [["ici", ""]] : []), ...dropped];
}

/* The text of the search field: what was last searched, as far as the address says. */
function writeSearched({ view, place, said, all }) {
  if (view.q && said?.mot === view.q) return said.typed;
  if (view.q && !said?.code) return view.q;
  if (place) return view.ici ? labelDevice(place) : labelCommune(place);
  const territories = [...all.regions, ...all.departements, ...all.intercommunalites];
  return territories.find(([code]) => code && code === view.territoire)?.[1] ?? "";
}

let turn = 0; // what arrives for another view than the last is dropped

/* Answer the view once all that it needs is there, unless another came since. */
async function renew() {
  const mine = (turn += 1);
  const { view } = state;
  const dropped = findDropped(location.search);
  const [all, asked] = await Promise.allSettled([fetchIndex(), resolve(view, state.said)]);
  if (mine !== turn) return;
  state.missing = new Set(asked.status === "rejected" ? ["lieu"] : []);
  Object.assign(state, { place: null, said: null }, asked.value);
  state.others = state.said?.others ?? [];
  if (state.view !== view) write("replace"); // what was understood
  if (!all.value) {
    status.textContent = NO_INDEX;
    return;
  }
  if (!state.all) offerTerritories(all.value);
  state.all = all.value;
  setAside(dropped);
  if (field.getTyped() === null) field.show(writeSearched(state)); // nothing was typed since
  if (state.view.q) readWords();
  answer();
}

function answer() {
  const { view, all, place, said } = state;
  state.answer = select(all, view, place);
  state.partial = view.q !== "" && !all.isRead;
  if (said?.kind === "mot" && !state.answer.found.length && !state.partial) suggest(said);
  showAnswer(state, { remove, loosen, clear, mean, fetchTexts });
  tell();
  arrive();
}

/* Propose the communes whose names are nearly the words that no record has, and the pages that have
   them. */
async function suggest(said) {
  if (said.isGuessed) return;
  const [near, pages] = await Promise.all([
    said.isAbroad ? [] : guess(said.typed).catch(() => []),
    findPages(said.typed).catch(() => []),
  ]);
  if (state.said !== said) return;
  const others = [...said.others.filter(({ mot }) => mot), ...near];
  state.said = { ...said, others, pages, isGuessed: true };
  state.others = others;
  answer();
}

/* Tell the rows, the links between the views and the map what is chosen. */
function tell() {
  showChoice(state);
  document.dispatchEvent(new CustomEvent("maille:vue", { detail: state }));
}

/* --- The address --- */

/* Write the view in the address, and with it, for Back and a reload, what was said of it. */
function write(how) {
  const { search: query, hash } = writeView(state.view);
  const kept = location.hash.startsWith("#ici=") || hash ? hash : location.hash;
  const isSame = query + kept === location.search + location.hash;
  const { said } = state;
  history[`${isSame ? "replace" : how}State`]({ said }, "", location.pathname + query + kept);
}

/* Go to another view: `how` is « push » for what Back should undo; `said` is what a text that was
   searched means. */
export async function go(change, how = "push", said = state.said) {
  const view = settleView({ ...state.view, ...change });
  const isAnswered =
    state.answer &&
    !state.missing.size &&
    said === state.said &&
    identifyQuestion(view) === identifyQuestion(state.view);
  Object.assign(state, { view, said: said && isInForce(said, view) ? said : null });
  write(how);
  if (isAnswered) {
    tell();
    return;
  } // what is chosen or framed changes no answer
  state.shown = 0;
  await renew();
}

/* Once the answer is there, go on from its heading: what was asked and what else that may mean
   are at the top of a phone, whose screen is small. */
async function show(answering) {
  await answering;
  heading.focus({ preventScroll: true });
  const isNarrow = matchMedia("(max-width: 48rem)").matches;
  if (isNarrow) heading.parentElement.scrollIntoView();
  else heading.scrollIntoView({ block: "nearest" });
}

/* The words that another place keeps: those that found something. */
const keepWords = () =>
  state.answer?.found.length && state.said?.kind !== "fiche" ? state.view.q : "";

const NOTHING = { q: "", pres: "", ici: null, territoire: "" };

/* Search what was typed, or what was `chosen` in the list. */
async function search(text, chosen = null) {
  const mine = (turn += 1);
  const typed = tidy(text);
  let said = chosen && { ...chosen, typed };
  try {
    said ??= typed ? await interpret(typed) : null;
  } catch {
    field.tellLost();
    return;
  }
  if (mine !== turn) return;
  field.show(typed);
  if (!said) await show(go(NOTHING, "push", null));
  else {
    const kept = said.code && !said.mot ? { q: keepWords() } : {};
    await show(go({ ...makeChange(said), ...kept }, "push", said));
  }
}

/* Show the view of the address: as the page opens. */
async function follow() {
  state.view = readView(location.search, location.hash);
  state.said = history.state?.said ?? null;
  state.shown = 0;
  fillForm(state.view, state.all?.regions);
  await renew();
}

async function takeOut(change) {
  await go(change);
  fillForm(state.view, state.all?.regions);
}

async function remove(change) {
  await takeOut(change);
  focusChips();
}

const loosen = (change) => show(takeOut(change));

async function clear() {
  field.show("");
  await show(takeOut({ ...makeEmptyView(), cadre: state.view.cadre }));
}

/* Search another of the meanings of the text. */
const mean = (one, change) => show(go(change, "push", { typed: one.nom, ...one, others: [] }));

/* --- All together --- */

// What is searched on another page of the site is answered here.
const home = new URL("..", new URL(form.dataset.lieux, location.href)).href;

async function start() {
  await follow();
  const [{ type }] = performance.getEntriesByType("navigation");
  if (type !== "navigate") return; // after Back or a reload, the browser knows where one was
  // What a link points at may have been drawn just now; a list that was asked for comes into sight.
  if (/^#_\w+$/.test(location.hash)) document.querySelector(location.hash)?.scrollIntoView();
  else if (isAsked(state.view) && document.referrer.startsWith(home)) await show();
  else if (isAsked(state.view)) heading.scrollIntoView({ block: "nearest" });
}

/* Back or Forward, or a link to a part of the page, which asks nothing else. What had the focus may
   be gone with the view that it was part of. */
async function goBack() {
  const asked = readView(location.search, location.hash);
  if (
    state.answer &&
    Object.entries(asked).every(([key, value]) => `${value}` === `${state.view[key]}`)
  )
    return;
  const before = document.activeElement;
  await follow();
  if (before !== document.body && !before.isConnected) heading.focus({ preventScroll: true });
}

form.addEventListener("input", ({ target }) => {
  if (target.name !== "q") go(readForm(state.view));
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const typed = field.getTyped();
  if (typed === null) show(go(readForm(state.view)));
  else search(typed);
});
more.addEventListener("click", () => showMore(state, fetchTexts));
addEventListener("popstate", goBack);
start();
