// The map alone, in the page of another site: its view is in its own address, and a link leads to
// the same view on this site. Nothing is kept, and its history is that of the page around it.
import { directory, isLocal, select, understood, wordsOf } from "./directory-search.js";
import { json, plural, typo } from "./text.js";
import { read, settled, write } from "./view.js";
import { draw } from "./map-drawing.js";
import { lieux } from "./communes.js";

const { dataset } = document.querySelector("#_carte");
const { fiches, un, plusieurs, accord } = dataset;
const state = { view: read(location.search, location.hash), place: null, all: null, texts: [], answer: null };

/* The summaries and other names, when words are asked for. */
async function texts({ records, textes }) {
  const parts = [...Array(Math.ceil(records.length / textes)).keys()];
  const read = await Promise.all(parts.map((number) => json(`${fiches}textes-${number}.json`)));
  return read.flatMap(({ resume, autres }) => resume.map((text, index) => [text, ...autres[index]]));
}

function tell() {
  const { search, hash } = write(state.view);
  for (const link of document.querySelectorAll("[data-vue]")) link.href = link.dataset.vue + search + hash;
  document.dispatchEvent(new CustomEvent("maille:vue", { detail: state }));
}

/* As the directory counts them: who stands there, who acts there from elsewhere, who acts everywhere. */
function say({ view: { territoire }, answer: { found } }) {
  const real = found.filter(({ example }) => !example);
  const local = territoire ? real.filter((record) => isLocal(record, territoire)) : real;
  const here = territoire ? local.filter(({ standing }) => standing.includes(territoire)).length : real.length;
  const [around, everywhere, examples] = [local.length - here, real.length - local.length, found.length - real.length];
  const parts = [
    here || around ? plural(here, `${un} recensé${accord}`, `${plusieurs} recensé${accord}s`) : "Aucune fiche recensée ici",
    ...(around ? [plural(around, "y intervient d’ailleurs", "y interviennent d’ailleurs")] : []),
    ...(everywhere ? [plural(everywhere, "agit dans toute la France", "agissent dans toute la France")] : []),
    ...(examples ? [plural(examples, "fiche d’exemple", "fiches d’exemple")] : []),
  ];
  document.querySelector("#_resultat").textContent = typo(parts.join(", "));
}

/* Those that are counted and that the map does not show; when it shows nothing it says so itself. */
function sayUnplaced({ answer: { found } }) {
  const without = found.filter(({ example, point }) => !example && !point).length;
  const line = document.querySelector("#_sans");
  line.hidden = !without || !found.some(({ point }) => point);
  line.firstChild.textContent = `${without} sans point sur la carte\u00a0: voir la liste`;
}

async function start() {
  const [index, asked] = await Promise.all([json(`${fiches}index.json`), lieux(dataset.lieux).demande(state.view).then(({ place }) => place).catch(() => null)]);
  const all = directory(index);
  Object.assign(state, { all, place: asked, view: understood(all, state.view).kept });
  if (state.view.q) {
    state.texts = await texts(state.all);
    state.all.words = wordsOf(state.all, state.texts);
  }
  state.answer = select(state.all, state.view, state.place);
  say(state);
  sayUnplaced(state);
  tell();
}

async function go(change) {
  state.view = settled({ ...state.view, ...change });
  tell();
}

const ready = start();
// The link above it leads to the same on the site, which may have arrived.
ready.catch(() => { document.querySelector("#_resultat").textContent = typo("La carte n’a pas pu être chargée."); });
globalThis.Maille = { ...globalThis.Maille, carte: (map, options) => draw(map, options, { current: () => state, go, ready }) };
