// The directory's form, list and address, on the page of the list and on that of the map.
// The page is whole without it. The map listens to the event « maille:vue » of the document.
import { before, distance, element, json, plural, typo } from "./texte.js";
import { LISTS, isAsked, nothing, question, read, settled, write } from "./vue.js";
import { directory, isLocal, nearest, select, wordsOf } from "./recherche.js";
import { rows } from "./liste.js";
import { champ } from "./champ-lieu.js";
import { lieux } from "./lieux.js";

const PAGE = 50; // rows drawn at a time
const form = document.querySelector("#_filtres");
const places = lieux(form.elements.pres.dataset.lieux);
const field = champ(form.elements.pres, places, {
  choisir: ({ code }) => go({ pres: code, ici: null }),
  effacer: () => go({ pres: "", ici: null }),
  localiser: ({ latitude, longitude }) => go({ pres: "", ici: [latitude, longitude] }),
});
const at = (id) => document.querySelector(id);
const [status, chips, empty, looser, list, still, more] = ["#_resultat", "#_actifs", "#_vide", "#_elargir", "#_resultats", "#_liste", "#_suite"].map(at);
// The network's own words, and the « e » of the feminine: « structure », « structures recensées ».
const { un, plusieurs, accord, fiches } = form.dataset;
const recorded = (number) => plural(number, `${un} recensé${accord}`, `${plusieurs} recensé${accord}s`);

const frame = { fiches, title: plusieurs[0].toUpperCase() + plusieurs.slice(1) };

const state = { view: nothing(), place: null, all: null, texts: [], answer: null, shown: PAGE };

/* --- The data, as they are needed --- */

/* The summary and the other names of records, by number; each file is asked for once. */
const parts = new Map();
function part(number) {
  if (!parts.has(number)) {
    const start = number * state.all.textes;
    parts.set(number, json(`${fiches}textes-${number}.json`).then(({ resume, autres }) =>
      resume.forEach((text, index) => { state.texts[start + index] = [text, ...autres[index]]; })));
  }
  return parts.get(number);
}
const partsOf = (records) => Promise.all([...new Set(records.map(({ number }) => Math.floor(number / state.all.textes)))].map(part));

/* Words are looked for in the names at once, in the summaries as soon as they are there. */
async function readWords() {
  if (state.words || !state.all) return; // what is typed before the data come is read with them
  state.words = true;
  state.all.words = wordsOf(state.all);
  await partsOf(state.all.records);
  state.all.words = wordsOf(state.all, state.texts);
  if (state.view.q) update();
}

/* --- The form and the view --- */

const boxes = (name) => [...form.querySelectorAll(`[name="${name}"]`)];

function fill({ view, place } = state) {
  const { q, territoire, tri, exemples } = form.elements;
  q.value = view.q;
  offer(territoire, view.territoire);
  territoire.value = view.territoire;
  tri.value = view.tri;
  if (exemples) exemples.checked = view.exemples;
  if (place) field.montrer(place, view.ici !== null);
  else field.vider();
  for (const name of [...LISTS, "verification"]) {
    for (const box of boxes(name)) box.checked = [view[name]].flat().includes(box.value);
  }
}

/* A territory that the form does not offer, but an address or a page leads to, such as an intercommunalité. */
function offer(select, code) {
  if (!code || [...select.options].some((one) => one.value === code)) return;
  const name = typo(state.all?.intercommunalites.find(([siren]) => siren === code)?.[1] ?? code);
  const option = new Option(name, code);
  Object.assign(option.dataset, { nom: name, ou: `sur le territoire de ${name}` });
  select.append(option);
}

function asked() {
  const data = new FormData(form);
  const { pres, ici, fiche, cadre } = state.view;
  const lists = Object.fromEntries(LISTS.map((name) => [name, data.getAll(name)]));
  const exemples = form.elements.exemples?.checked ?? true;
  const [q, territoire, tri, verification] = ["q", "territoire", "tri", "verification"].map((name) => data.get(name) ?? "");
  return settled({ ...nothing(), ...lists, q, territoire, tri, verification, exemples, pres, ici, fiche, cadre });
}

const placeLabel = (place) => `${place.nom} (${place.departement})`;

/* The place of a view, which has to be fetched: a commune, or the device's own point in one.
   What was sent before a commune was chosen is a name: the first commune that bears it is meant. */
async function placeOf({ pres, ici }) {
  if (ici) {
    const here = await places.lieuDe(...ici);
    return here && { ...here, latitude: ici[0], longitude: ici[1] };
  }
  if (!pres) return null;
  return (await places.lieu(pres)) ?? places.lieu((await places.completer(pres))[0]?.code ?? "");
}

/* Go to another view: `how` is « push » for what Back should undo, « replace » for letters as they are typed. */
export async function go(change, how = "push") {
  const view = settled({ ...state.view, ...change });
  const moved = view.pres !== state.view.pres || `${view.ici}` !== `${state.view.ici}`;
  const answered = state.answer && question(view) === question(state.view);
  state.view = view;
  const { search, hash } = write(view);
  const kept = /^#ici=/.test(location.hash) || hash ? hash : location.hash;
  if (search + kept !== location.search + location.hash) history[`${how}State`](null, "", location.pathname + search + kept);
  if (answered) { tell(); return; } // what is chosen or framed changes no answer
  state.shown = PAGE;
  if (moved) state.place = await placeOf(view).catch(() => null);
  update();
}

/* --- What is said of it --- */

const near = (record) => state.answer.near.get(record.number);

function territory(code) {
  const option = [...form.elements.territoire.options].find((one) => one.value === code);
  return { label: option?.dataset.nom ?? code, where: option?.dataset.ou ?? `dans ${code}` };
}

/* Nobody is known to act here: who is nearest, and who acts everywhere. */
function nobody(ours) {
  const far = ours.map((record) => near(record).km).filter((km) => km !== null);
  const nearest = far.length ? `, la plus proche est ${distance(Math.min(...far))}` : "";
  const everywhere = ours.filter(({ national }) => national).length;
  return [`aucune fiche recensée chez vous${nearest}`, ...(everywhere ? [`${plural(everywhere, "agit", "agissent")} dans toute la France`] : [])];
}

function sentence({ view, place, answer }) {
  const ours = answer.found.filter((record) => !record.example);
  const others = answer.found.length - ours.length;
  const said = [];
  if (view.territoire) {
    const here = ours.filter((record) => record.standing.includes(view.territoire)).length;
    const around = ours.filter((record) => isLocal(record, view.territoire)).length - here;
    const everywhere = ours.length - here - around;
    said.push(`${here + around ? recorded(here) : "Aucune fiche recensée"} ${territory(view.territoire).where}`);
    if (around) said.push(`${around} ${around < 2 ? "y intervient" : "y interviennent"} d’ailleurs`);
    if (everywhere) said.push(`${plural(everywhere, "agit", "agissent")} dans toute la France`);
  } else said.push(ours.length ? recorded(ours.length) : "Aucune fiche recensée");
  if (place) {
    const acting = ours.filter((record) => near(record).acts).length;
    said[0] += `, au plus près ${before("de", placeLabel(place))}`;
    if (acting) said.push(`${acting} ${acting < 2 ? "intervient" : "interviennent"} chez vous`);
    else if (ours.length) said.push(...nobody(ours));
  }
  if (others) said.push(plural(others, "fiche d’exemple", "fiches d’exemple"));
  for (const [typed, word] of answer.slips) said.push(`« ${typed} » n’est nulle part, « ${word} » y est`);
  return `${typo(said.join(" ; ")).replace(/ ;/g, "\u202f;").replace(/« /g, "«\u202f").replace(/ »/g, "\u202f»")}.`;
}

/* What is asked, each with its name and the view without it. */
export function criteria(view) {
  const found = [];
  const add = (label, change) => found.push({ label, change });
  if (view.q) add(`«\u202f${view.q}\u202f»`, { q: "" });
  if (state.place) add(`Près ${typo(before("de", placeLabel(state.place)))}`, { pres: "", ici: null });
  if (view.territoire) add(territory(view.territoire).label, { territoire: "" });
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

const real = (view) => select(state.all, view).found.filter((record) => !record.example).length;

/* Nothing found is no dead end: what to loosen, and who is nearest. */
function showWays({ view, place, answer }) {
  const ours = answer.found.filter((record) => !record.example);
  const local = view.territoire ? ours.filter((record) => isLocal(record, view.territoire)) : ours;
  empty.hidden = local.length > 0;
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

/* The middle of a département, told by the form; null for what has none. */
function middle(code) {
  const option = [...form.elements.territoire.options].find((one) => one.value === code);
  return option?.dataset.milieu ? option.dataset.milieu.split(",").map(Number) : null;
}

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

async function showRows() {
  const { found } = state.answer;
  const some = found.slice(0, state.shown);
  const lists = rows(some, state, frame);
  list.replaceChildren(...lists);
  more.hidden = found.length <= state.shown;
  more.textContent = `Montrer la suite (${found.length - some.length})`;
  if (some.some((record) => !state.texts[record.number])) {
    await partsOf(some);
    if (state.answer.found === found) list.replaceChildren(...rows(some, state, frame));
  }
}

function update() {
  const { view, all, place } = state;
  if (!all) return;
  state.answer = select(all, view, place);
  const asking = isAsked(view);
  still.hidden = asking;
  list.hidden = !asking;
  more.hidden = true;
  for (const one of document.querySelectorAll("[data-entier]")) one.hidden = asking;
  status.textContent = sentence(state);
  showChips(view);
  showWays(state);
  showCounts(state);
  if (asking) showRows();
  tell();
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
  state.view = read(location.search, location.hash);
  const [all, place] = await Promise.all([json(`${fiches}index.json`), placeOf(state.view).catch(() => null)]);
  Object.assign(state, { all: directory(all), place });
  if (state.view.q) readWords();
  fill();
  update();
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
  go(asked());
  status.focus();
});
more.addEventListener("click", async () => {
  const next = state.shown;
  state.shown += PAGE;
  await showRows();
  list.querySelectorAll("li h3 a, li h4 a")[next]?.focus();
});
addEventListener("popstate", async () => {
  state.view = read(location.search, location.hash);
  state.place = await placeOf(state.view).catch(() => null);
  state.shown = PAGE;
  fill();
  update();
});
export const ready = start();
export const current = () => state;
