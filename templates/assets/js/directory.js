// The directory, on its own page and on that of the map (both work without it): from the form or
// the address to a view (view.js), then to the data and the answer. The map listens to the event
// « maille:vue » of the document.
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
import { watchList } from "./pointing.js";
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

/* The question (`view`) and its answer: the `place`, the meaning of the text that was searched
   (`said`, from interpret.js), its `others` that are possible, the unknown values that were left
   `aside`, the data that did not arrive (`missing`: « lieu », « textes »), and whether words were
   searched for in only a part of the texts (`partial`); the `pages` of the site that contain the
   `words` beside a place. */
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
  pages: null,
  shown: 0,
  isBack: false,
};

export const getState = () => state;
export const getCriteria = () => listCriteria(state, state.view);

/* Called when there is a first answer. */
let arrive;
export const ready = new Promise((done) => {
  arrive = done;
});

/* Whether there is an answer, to all that was searched; if the network failed before, try again. */
export async function awaitAnswer() {
  if (!state.answer) await renew();
  if (state.partial) await readWords();
  return state.answer !== null;
}

/* Fetch the summaries of some records into `texts`. */
export { fetchTexts };

/* --- From a view to its answer --- */

/* Search for the words in the names at once, and in the summaries as soon as they have arrived. */
async function readWords() {
  const { all } = state;
  if (!all || all.isRead) return; // before the data arrive, there is nothing to search yet
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

/* Remember the values that the data do not know, and show the territory of the view in the form. */
function setAside(dropped) {
  const { all, view, place, missing } = state;
  const { kept, aside } = setUnknownAside(all, view);
  const isAbroad = view.ici && !place && !missing.has("lieu");
  chooseTerritory(kept.territoire, all.regions);
  state.view = { ...kept, ...(isAbroad && { ici: null }) };
  state.aside = [...aside, ...(isAbroad ? [["ici", ""]] : []), ...dropped];
}

/* The text to show in the search field: the last search, as far as the address has it. */
function writeSearched({ view, place, said, all }) {
  if (view.q && said?.mot === view.q) return said.typed;
  if (view.q && !said?.code) return view.q;
  if (place) return view.ici ? labelDevice(place) : labelCommune(place);
  const territories = [...all.regions, ...all.departements, ...all.intercommunalites];
  return territories.find(([code]) => code && code === view.territoire)?.[1] ?? "";
}

let turn = 0; // counts the questions: an answer to an earlier one is dropped

/* Answer the view once its data are there, unless another view was asked for since. */
async function renew() {
  const mine = (turn += 1);
  const { view } = state;
  const dropped = findDropped(location.search);
  const [all, asked] = await Promise.allSettled([fetchIndex(), resolve(view, state.said)]);
  if (mine !== turn) return;
  state.missing = new Set(asked.status === "rejected" ? ["lieu"] : []);
  Object.assign(state, { place: null, said: null }, asked.value);
  state.others = state.said?.others ?? [];
  if (state.view !== view) write("replace"); // the view as it was understood
  if (!all.value) {
    status.textContent = NO_INDEX;
    return;
  }
  if (!state.all) offerTerritories(all.value);
  state.all = all.value;
  setAside(dropped);
  if (field.getTyped() === null) field.show(writeSearched(state)); // no new text was typed
  if (state.view.q) readWords();
  answer();
}

function answer() {
  const { view, all, place, said } = state;
  state.answer = select(all, view, place);
  state.partial = view.q !== "" && !all.isRead;
  if (said?.kind === "mot" && !state.answer.found.length && !state.partial) suggest(said);
  else if (view.q && !state.partial && isMissed(state)) findBeside(view.q);
  showAnswer(state, { remove, loosen, clear, mean, fetchTexts });
  tell();
  arrive();
}

/* For words that no record has, propose the communes with a similar name, and the pages that
   contain these words. */
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

/* Whether the words may be found by no record that is asked for: only invented ones hold them, or
   those of a place or a territory may not. */
const isMissed = ({ view, place, answer: { found } }) =>
  place || view.territoire || found.every(({ example }) => example);

/* For words that records may not hold, find the pages of the site that contain them: they are
   shown if nobody has the words there. */
async function findBeside(words) {
  if (state.pages?.words === words) return;
  state.pages = { words, found: await findPages(words).catch(() => []) };
  if (state.view.q === words && state.pages.found.length) answer();
}

/* Pass the state on to the rows, to the links between list and map, and to the map. */
function tell() {
  showChoice(state);
  document.dispatchEvent(new CustomEvent("maille:vue", { detail: state }));
}

/* --- The address --- */

/* Write the view in the address, and its meaning (`said`) in the history, for Back and reloads. */
function write(how) {
  const { search: query, hash } = writeView(state.view);
  const kept = location.hash.startsWith("#ici=") || hash ? hash : location.hash;
  const isSame = query + kept === location.search + location.hash;
  const { said } = state;
  history[`${isSame ? "replace" : how}State`]({ said }, "", location.pathname + query + kept);
}

/* Go to another view. `how` is « push » if Back should undo it; `said` is the meaning of the text
   that was searched. */
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
  } // a chosen record or a frame of the map does not change the answer
  state.shown = 0;
  await renew();
}

/* Scroll to a part of the answer; on the page of the map, where it is not beside the answer, to the
   map, under which the answer starts. */
function scrollTo(part, how) {
  const map = matchMedia("(max-width: 63.99rem)").matches
    ? document.querySelector(".is-map #_carte")
    : null;
  if (map) map.scrollIntoView();
  else part.scrollIntoView(how);
}

/* Once the answer is there, focus its heading. On a small screen, scroll to the top of the answer,
   with the criteria and the other meanings. */
async function show(answering) {
  await answering;
  heading.focus({ preventScroll: true });
  const isNarrow = matchMedia("(max-width: 48rem)").matches;
  if (isNarrow) scrollTo(heading.parentElement);
  else scrollTo(heading, { block: "nearest" });
}

/* The words to keep when the place changes: those of the view, if they found something. */
const keepWords = () =>
  state.answer?.found.length && state.said?.kind !== "fiche" ? state.view.q : "";

const NOTHING = { q: "", pres: "", ici: null, territoire: "" };

/* Search for the text that was typed, or for the item `chosen` in the list. */
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

/* Show the view of the address, when the page opens. */
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

/* Search for another meaning of the text. */
const mean = (one, change) => show(go(change, "push", { typed: one.nom, ...one, others: [] }));

/* --- All together --- */

// A search typed on another page of the site opens this page.
const home = new URL("..", new URL(form.dataset.lieux, location.href)).href;

async function start() {
  const [{ type }] = performance.getEntriesByType("navigation");
  state.isBack = type === "back_forward";
  await follow();
  if (type !== "navigate") return; // after Back or a reload, the browser knows where one was
  // The target of the link may have been drawn just now: scroll to it, or to the list asked for.
  if (/^#_\w+$/.test(location.hash)) document.querySelector(location.hash)?.scrollIntoView();
  else if (isAsked(state.view) && document.referrer.startsWith(home)) await show();
  else if (isAsked(state.view)) scrollTo(heading, { block: "nearest" });
}

/* After Back or Forward, show the view of the address; a link to a part of the page changes
   nothing. The element that had the focus may be gone with the former view. */
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
form.querySelector("#_voir").addEventListener("click", () => show());
watchList(document.querySelector(".answer"), (slug) => go({ fiche: slug }, "replace"));
more.addEventListener("click", () => showMore(state, fetchTexts));
addEventListener("popstate", goBack);
start();
