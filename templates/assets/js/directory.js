// The directory's form, list and address, on the page of the list and on that of the map.
// The page is whole without it. The map listens to the event « maille:vue » of the document.
import { before, distance, element, fold, json, plural, typo } from "./text.js";
import { LISTS, dropped, isAsked, nothing, question, read, settled, write } from "./view.js";
import { directory, isLocal, nearest, select, understood, wordsOf } from "./directory-search.js";
import { NO_INDEX, placeLabel, sentence } from "./answer-sentence.js";
import { rows } from "./record-list.js";
import { champ } from "./place-field.js";
import { lieux } from "./communes.js";

const PAGE = 50; // rows drawn at a time
const form = document.querySelector("#_filtres");
const places = lieux(form.elements.pres.dataset.lieux);
const field = champ(form.elements.pres, places, {
  choisir: ({ code }) => go({ pres: code, ici: null }),
  effacer: () => go({ pres: "", ici: null }),
  localiser: ({ latitude, longitude }) => go({ pres: "", ici: [latitude, longitude] }),
});
const at = (id) => document.querySelector(id);
const [status, homonyms, chips, empty, looser, list, still, more] = ["#_resultat", "#_homonymes", "#_actifs", "#_vide", "#_elargir", "#_resultats", "#_liste", "#_suite"].map(at);
// The network's own words, and the « e » of the feminine: « structure », « structures recensées ».
const { un, plusieurs, accord, fiches } = form.dataset;

const frame = { fiches, title: plusieurs[0].toUpperCase() + plusieurs.slice(1) };

/* What is asked (`view`) and answered: near which place (and which `others` a name may mean), what
   was left `aside` as unknown, what did not arrive (`missing`: « lieu », « textes »), and whether
   words were looked for in a part of the texts only (`partial`). */
const state = { view: nothing(), place: null, others: [], aside: [], missing: new Set(), partial: false, all: null, texts: [], answer: null, shown: PAGE };

/* --- The data, as they are needed: what the network fails is asked for again --- */

const promises = new Map();
function once(key, make) {
  if (!promises.has(key)) {
    promises.set(key, make());
    promises.get(key).catch(() => promises.delete(key));
  }
  return promises.get(key);
}

const data = () => once("index", async () => directory(await json(`${fiches}index.json`)));

/* The summary and the other names of records, by number. */
const part = (number) => once(number, async () => {
  const { resume, autres } = await json(`${fiches}textes-${number}.json`);
  resume.forEach((text, index) => { state.texts[number * state.all.textes + index] = [text, ...autres[index]]; });
});
const partsOf = (records) => Promise.all([...new Set(records.map(({ number }) => Math.floor(number / state.all.textes)))].map(part));

/* Words are looked for in the names at once, in the summaries as soon as they are there. */
async function readWords() {
  const { all } = state;
  if (!all || all.isRead) return; // what is typed before the data come is read with them
  all.words ??= wordsOf(all);
  try {
    await partsOf(all.records);
    if (all.isRead) return;
    all.words = wordsOf(all, state.texts);
    all.isRead = true;
  } catch {
    state.missing.add("textes");
  }
  if (state.view.q) update();
}

/* --- The form and the view --- */

const boxes = (name) => [...form.querySelectorAll(`[name="${name}"]`)];

function fill() {
  const { view } = state;
  const { q, territoire, tri, exemples } = form.elements;
  q.value = view.q;
  offer(view.territoire);
  territoire.value = view.territoire;
  tri.value = view.tri;
  if (exemples) exemples.checked = view.exemples;
  for (const name of [...LISTS, "verification"]) {
    for (const box of boxes(name)) box.checked = [view[name]].flat().includes(box.value);
  }
}

function choice(code, name) {
  const made = new Option(typo(name), code);
  made.dataset.nom = typo(name);
  return made;
}

/* The territories of the data: each région, its départements, then the bodies that begin in it. */
function offerAll({ regions, departements, intercommunalites }) {
  const { territoire } = form.elements;
  const bodies = intercommunalites.map((one) => [fold(one[1]), one]).sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
  const groups = regions.map(([slug, region], number) => {
    const inside = departements.filter((one) => one[2] === number).map(([code, name]) => choice(code, `${code} ${name}`));
    const whole = inside.length > 1 ? [choice(slug, `Toute la région ${region}`)] : [];
    const around = bodies.filter(([, , [first]]) => departements[first][2] === number).map(([siren, name]) => choice(siren, name));
    return element("optgroup", { label: typo(region) }, ...whole, ...inside, ...around);
  });
  territoire.replaceChildren(territoire.options[0], ...groups);
}

/* What the address has may not be offered: before the data come, or a région of one département. */
function offer(code) {
  const { territoire } = form.elements;
  if (!code || [...territoire.options].some((one) => one.value === code)) return;
  territoire.append(choice(code, state.all?.regions.find(([slug]) => slug === code)?.[1] ?? code));
}

function asked() {
  const data = new FormData(form);
  const { pres, ici, fiche, cadre } = state.view;
  const lists = Object.fromEntries(LISTS.map((name) => [name, data.getAll(name)]));
  const exemples = form.elements.exemples?.checked ?? true;
  const [q, territoire, tri, verification] = ["q", "territoire", "tri", "verification"].map((name) => data.get(name) ?? "");
  return settled({ ...nothing(), ...lists, q, territoire, tri, verification, exemples, pres, ici, fiche, cadre });
}

/* --- From a view to its answer --- */

/* The place of a view, which has to be fetched. */
const placeOf = (view) => once(`${view.pres} ${view.ici}`, () => places.demande(view));

let turn = 0; // what arrives for another view than the last is dropped

/* Answer the view once all that it needs is there, unless another came since. */
async function renew() {
  const mine = (turn += 1);
  const [all, near] = await Promise.allSettled([data(), placeOf(state.view)]);
  if (mine !== turn) return;
  state.missing = new Set(near.status === "rejected" ? ["lieu"] : []);
  Object.assign(state, { place: null, others: [] }, near.value);
  if (!all.value) {
    status.textContent = NO_INDEX;
    return;
  }
  if (!state.all) offerAll(all.value);
  state.all = all.value;
  setAside();
  if (state.view.q) readWords();
  update();
}

/* What the data do not know is not asked of them, but told; the form shows the place and the territory that they know. */
function setAside() {
  const { view, place, missing } = state;
  const { kept, aside } = understood(state.all, view);
  const unknown = !place && !missing.has("lieu") && (view.pres || view.ici);
  if (["", view.pres].includes(field.saisie())) { // nothing else was typed since
    if (place) field.montrer(place, view.ici !== null);
    else if (unknown && view.pres) field.refuser(view.pres);
    else field.vider();
  }
  if (unknown) aside.push(view.pres ? ["pres", view.pres] : ["ici", ""]);
  offer(kept.territoire);
  form.elements.territoire.value = kept.territoire;
  state.view = { ...kept, ...(unknown && { pres: "", ici: null }) };
  state.aside = [...aside, ...dropped(location.search)];
}

/* Go to another view: `how` is « push » for what Back should undo, « replace » for letters as they are typed. */
export async function go(change, how = "push") {
  const view = settled({ ...state.view, ...change });
  const answered = state.answer && !state.missing.size && question(view) === question(state.view);
  state.view = view;
  const { search, hash } = write(view);
  const kept = /^#ici=/.test(location.hash) || hash ? hash : location.hash;
  if (search + kept !== location.search + location.hash) history[`${how}State`](null, "", location.pathname + search + kept);
  if (answered) { tell(); return; } // what is chosen or framed changes no answer
  state.shown = PAGE;
  await renew();
}

/* The view of the address: as the page opens, or as Back leads to it. */
async function follow() {
  state.view = read(location.search, location.hash);
  state.shown = PAGE;
  field.vider();
  fill();
  await renew();
}

/* --- What is said of it --- */

const territory = (code) => [...form.elements.territoire.options].find((one) => one.value === code)?.dataset.nom ?? code;

/* What is asked, each with its name and the view without it. */
export function criteria(view) {
  const found = [];
  const add = (label, change) => found.push({ label, change });
  if (view.q) add(`«\u202f${view.q}\u202f»`, { q: "" });
  if (view.pres || view.ici) add(state.place ? `Près ${typo(before("de", placeLabel(state.place)))}` : "Près d’une commune", { pres: "", ici: null });
  if (view.territoire) add(territory(view.territoire), { territoire: "" });
  for (const name of LISTS) {
    for (const key of view[name]) {
      const known = (state.all?.[name] ?? []).find(([one]) => one === key);
      add(typo(known?.[1] ?? key), { [name]: view[name].filter((other) => other !== key) });
    }
  }
  if (view.verification) add(view.verification === "oui" ? "Vérifiées" : "Jamais vérifiées", { verification: "" });
  if (!view.exemples) add("Sans les exemples", { exemples: true });
  if (view.tri) add("Par nom", { tri: "" });
  return found;
}

function button(text, action, name = "") {
  const made = element("button", { type: "button", class: name }, text);
  made.addEventListener("click", action);
  return element("li", {}, made);
}

async function remove(change) {
  await go(change);
  fill();
  // The button that was pressed is gone: go on from the next one, or from the form.
  (chips.querySelector("button") ?? form.elements.q).focus();
}

async function clear() {
  field.vider();
  await go({ ...nothing(), cadre: state.view.cadre });
  fill();
  form.elements.q.focus();
}

function showChips(view) {
  const those = criteria(view);
  chips.replaceChildren(...those.map(({ label, change }) => {
    const item = button(label, () => remove(change));
    item.firstChild.setAttribute("aria-label", `Retirer : ${label}`);
    return item;
  }));
  if (those.length > 1) chips.append(button("Tout effacer", clear, "plain"));
}

/* Once there is a first answer. */
let arrived;
export const ready = new Promise((done) => { arrived = done; });

const real = (view) => select(state.all, view).found.filter((record) => !record.example).length;

/* Nothing found is no dead end: what to loosen, and who is nearest. */
function showWays({ view, place, answer }) {
  const ours = answer.found.filter((record) => !record.example);
  const local = view.territoire ? ours.filter((record) => isLocal(record, view.territoire)) : ours;
  empty.hidden = local.length > 0 || state.partial;
  looser.replaceChildren();
  if (!empty.hidden) {
    for (const { label, change } of criteria(view)) {
      const number = real({ ...view, ...change });
      if (number > ours.length) looser.append(button(`Sans ${label}\u00a0: ${plural(number, un, plusieurs)}`, () => remove(change), "plain"));
    }
    looser.append(button(`Tout effacer\u00a0: ${plural(state.all.real, un, plusieurs)}`, clear, "plain"));
    const point = place ? [place.latitude, place.longitude] : middle(view.territoire);
    for (const { record, km } of point ? nearest(state.all, point) : []) {
      looser.append(element("li", {}, "La plus proche\u00a0: ", element("a", { href: `${fiches}${record.slug}/` }, typo(record.nom)), ` ${distance(km)}`));
    }
  }
}

/* The middle of a département; null for what has none. */
const middle = (code) => state.all.departements.find(([own]) => own === code)?.[4] ?? null;

function showCounts({ all, answer: { counts } }) {
  const tell = (box, number) => {
    const told = box.closest("label").querySelector("[data-nombre]");
    if (told) told.textContent = number;
    box.closest("label").classList.toggle("soft", number === 0 && !box.checked);
  };
  for (const name of LISTS) {
    for (const box of boxes(name)) {
      const number = (all[name] ?? []).findIndex(([key]) => key === box.value);
      tell(box, counts[name].get(number) ?? 0);
    }
  }
  for (const box of boxes("verification")) tell(box, box.value ? counts.verification.get(box.value) ?? 0 : "");
  for (const option of form.elements.territoire.options) {
    if (option.value) option.textContent = `${option.dataset.nom} (${counts.territoire.get(option.value) ?? 0})`;
  }
}

/* The other communes that a name may mean, each a link to the same view near it. */
function showHomonyms({ view, others }) {
  homonyms.hidden = !others.length;
  const link = ({ code, nom, ancien, nomDepartement, departement }) =>
    element("a", { href: location.pathname + write({ ...view, pres: code }).search }, typo(`${ancien ?? nom}, ${nomDepartement} (${departement})`));
  homonyms.replaceChildren(element("ul", { class: "chips" }, ...others.map((one) => element("li", {}, link(one)))));
}

async function showRows() {
  const { found } = state.answer;
  const some = found.slice(0, state.shown);
  const lists = rows(some, state, frame);
  list.replaceChildren(...lists);
  more.hidden = found.length <= state.shown;
  more.textContent = `Montrer la suite (${found.length - some.length})`;
  if (some.some((record) => !state.texts[record.number])) {
    const failed = await partsOf(some).then(() => false, () => true);
    if (state.answer.found !== found) return;
    if (failed) {
      state.missing.add("textes");
      say();
    } else list.replaceChildren(...rows(some, state, frame));
  }
}

const say = () => { status.textContent = sentence(state, { un, plusieurs, accord }); };

function update() {
  const { view, all, place } = state;
  state.answer = select(all, view, place);
  state.partial = view.q !== "" && !all.isRead;
  const asking = isAsked(view);
  still.hidden = asking;
  list.hidden = !asking;
  more.hidden = true;
  for (const one of document.querySelectorAll("[data-entier]")) one.hidden = asking;
  say();
  showHomonyms(state);
  showChips(view);
  showWays(state);
  showCounts(state);
  if (asking) showRows();
  tell();
  arrived();
}

/* Say to the rows, to the links between the views and to the map what is chosen. */
function tell() {
  const { view } = state;
  for (const row of list.querySelectorAll("[data-fiche]")) {
    if (row.dataset.fiche === view.fiche) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
  for (const link of document.querySelectorAll("[data-vue]")) {
    const { search, hash } = write({ ...view, cadre: null });
    link.href = link.dataset.vue + search + hash;
  }
  document.dispatchEvent(new CustomEvent("maille:vue", { detail: state }));
}

/* --- All together --- */

async function start() {
  await follow();
  const [{ type }] = performance.getEntriesByType("navigation");
  if (type !== "navigate") return; // after Back or a reload, the browser knows where one was
  // What a link points at may have been drawn just now; a list that was asked for comes into sight.
  if (/^#_\w+$/.test(location.hash)) at(location.hash)?.scrollIntoView();
  else if (isAsked(state.view)) status.scrollIntoView({ block: "nearest" });
}

form.addEventListener("input", ({ target }) => {
  if (target.name === "pres") return; // the field says itself which place was chosen
  if (target.name === "q") readWords();
  go(asked(), target.name === "q" ? "replace" : "push");
});
form.elements.q.addEventListener("focus", () => state.all && readWords(), { once: true });
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const typed = field.saisie(); // a name that was not chosen in the list is looked for all the same
  go({ ...asked(), ...(typed && { pres: typed, ici: null }) });
  status.focus();
});
more.addEventListener("click", async () => {
  const next = state.shown;
  state.shown += PAGE;
  await showRows();
  list.querySelectorAll("li h3 a, li h4 a")[next]?.focus();
});
addEventListener("popstate", follow);
start();
export const current = () => state;
/* Whether there is an answer: one that the network failed is asked for again. */
export async function answered() {
  if (!state.answer) await renew();
  return state.answer !== null;
}
