// The directory on its page and on that of the map, which are whole without it: what the form or
// the address asks (a view, view.js), the data that it takes, its answer. The map listens to the
// event « maille:vue » of the document.
import { openCommunes } from "./communes.js";
import { openData } from "./directory-data.js";
import { chooseTerritory, fillForm, form, offerTerritories, readForm } from "./directory-form.js";
import {
  PAGE,
  focusChips,
  focusRow,
  listCriteria,
  more,
  showAnswer,
  showChoice,
  showRows,
  status,
} from "./answer.js";
import { indexWords, select, setUnknownAside } from "./directory-search.js";
import { NO_INDEX } from "./answer-sentence.js";
import { memoize } from "./page.js";
import { makePlaceField } from "./place-field.js";
import {
  findDropped,
  identifyQuestion,
  isAsked,
  makeEmptyView,
  readView,
  settleView,
  writeView,
} from "./view.js";

const { texts, fetchIndex, fetchTexts } = openData(form.dataset.fiches);
const communes = openCommunes(form.elements.pres.dataset.lieux);
const field = makePlaceField(form.elements.pres, communes, {
  onChoose: ({ code }) => go({ pres: code, ici: null }),
  onClear: () => go({ pres: "", ici: null }),
  onLocate: ({ latitude, longitude }) => go({ pres: "", ici: [latitude, longitude] }),
});

/* What is asked (`view`) and answered: near which place (and which `others` a name may mean), what
   was left `aside` as unknown, what did not arrive (`missing`: « lieu », « textes »), and whether
   words were looked for in a part of the texts only (`partial`). */
const state = {
  view: makeEmptyView(),
  place: null,
  others: [],
  aside: [],
  missing: new Set(),
  partial: false,
  all: null,
  texts,
  answer: null,
  shown: PAGE,
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

const findPlace = memoize((pres, ici) => communes.findAsked({ pres, ici }));

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

/* Leave aside what the data do not know, and show in the form the place and the territory that they
   know. */
function setAside() {
  const { all, view, place, missing } = state;
  const { kept, aside } = setUnknownAside(all, view);
  const unknown = !place && !missing.has("lieu") && (view.pres || view.ici);
  if (["", view.pres].includes(field.getTyped())) {
    // nothing else was typed since
    if (place) field.show(place, view.ici !== null);
    else if (unknown && view.pres) field.refuse(view.pres);
    else field.clear();
  }
  if (unknown) aside.push(view.pres ? ["pres", view.pres] : ["ici", ""]);
  chooseTerritory(kept.territoire, all.regions);
  state.view = { ...kept, ...(unknown && { pres: "", ici: null }) };
  state.aside = [...aside, ...findDropped(location.search)];
}

let turn = 0; // what arrives for another view than the last is dropped

/* Answer the view once all that it needs is there, unless another came since. */
async function renew() {
  const mine = (turn += 1);
  const [all, near] = await Promise.allSettled([
    fetchIndex(),
    findPlace(state.view.pres, state.view.ici),
  ]);
  if (mine !== turn) return;
  state.missing = new Set(near.status === "rejected" ? ["lieu"] : []);
  Object.assign(state, { place: null, others: [] }, near.value);
  if (!all.value) {
    status.textContent = NO_INDEX;
    return;
  }
  if (!state.all) offerTerritories(all.value);
  state.all = all.value;
  setAside();
  if (state.view.q) readWords();
  answer();
}

function answer() {
  const { view, all, place } = state;
  state.answer = select(all, view, place);
  state.partial = view.q !== "" && !all.isRead;
  showAnswer(state, { remove, clear, fetchTexts });
  tell();
  arrive();
}

/* Tell the rows, the links between the views and the map what is chosen. */
function tell() {
  showChoice(state);
  document.dispatchEvent(new CustomEvent("maille:vue", { detail: state }));
}

/* --- The address --- */

/* Go to another view: `how` is « push » for what Back should undo, « replace » for letters as they
   are typed. */
export async function go(change, how = "push") {
  const view = settleView({ ...state.view, ...change });
  const isAnswered =
    state.answer && !state.missing.size && identifyQuestion(view) === identifyQuestion(state.view);
  state.view = view;
  const { search, hash } = writeView(view);
  const kept = location.hash.startsWith("#ici=") || hash ? hash : location.hash;
  if (search + kept !== location.search + location.hash)
    history[`${how}State`](null, "", location.pathname + search + kept);
  if (isAnswered) {
    tell();
    return;
  } // what is chosen or framed changes no answer
  state.shown = PAGE;
  await renew();
}

/* Show the view of the address: as the page opens, or as Back leads to it. */
async function follow() {
  state.view = readView(location.search, location.hash);
  state.shown = PAGE;
  field.clear();
  fillForm(state.view, state.all?.regions);
  await renew();
}

async function remove(change) {
  await go(change);
  fillForm(state.view, state.all?.regions);
  focusChips();
}

async function clear() {
  field.clear();
  await go({ ...makeEmptyView(), cadre: state.view.cadre });
  fillForm(state.view, state.all?.regions);
  form.elements.q.focus();
}

/* --- All together --- */

async function start() {
  await follow();
  const [{ type }] = performance.getEntriesByType("navigation");
  if (type !== "navigate") return; // after Back or a reload, the browser knows where one was
  // What a link points at may have been drawn just now; a list that was asked for comes into sight.
  if (/^#_\w+$/.test(location.hash)) document.querySelector(location.hash)?.scrollIntoView();
  else if (isAsked(state.view)) status.scrollIntoView({ block: "nearest" });
}

form.addEventListener("input", ({ target }) => {
  if (target.name === "pres") return; // the field says itself which place was chosen
  if (target.name === "q") readWords();
  go(readForm(state.view), target.name === "q" ? "replace" : "push");
});
form.elements.q.addEventListener("focus", () => state.all && readWords(), { once: true });
form.addEventListener("submit", (event) => {
  event.preventDefault();
  // A name that was not chosen in the list is looked for all the same.
  const typed = field.getTyped();
  go({ ...readForm(state.view), ...(typed && { pres: typed, ici: null }) });
  status.focus();
});
more.addEventListener("click", async () => {
  const next = state.shown;
  state.shown += PAGE;
  await showRows(state, fetchTexts);
  focusRow(next);
});
addEventListener("popstate", follow);
start();
