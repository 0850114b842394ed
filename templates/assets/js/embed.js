// The map alone, in the page of another site: its view is in its own address, and a link leads to
// the same view on this site. Nothing is stored, and no entry is added to the browser's history.
import { openCommunes } from "./communes.js";
import { openData } from "./directory-data.js";
import { indexWords, isLocal, select, setUnknownAside } from "./directory-search.js";
import { drawMap } from "./map-controller.js";
import { openMeanings } from "./meaning.js";
import { linkViews } from "./page.js";
import { countRecorded, sayAround } from "./record-parts.js";
import { formatCount } from "./text.js";
import { readView, settleView, writeView } from "./view.js";

const { dataset } = document.querySelector("#_carte");
const { fiches, un, plusieurs, accord } = dataset;
const data = openData(fiches);
const { resolve } = openMeanings(openCommunes(dataset.lieux), data.fetchIndex);
const state = {
  view: readView(location.search, location.hash),
  place: null,
  all: null,
  texts: data.texts,
  answer: null,
};

function tell() {
  linkViews(writeView(state.view));
  document.dispatchEvent(new CustomEvent("maille:vue", { detail: state }));
}

/* Count as the directory does: records that are there, that act there from elsewhere,
   everywhere. */
function say({ view: { territoire }, answer: { found } }) {
  const real = found.filter(({ example }) => !example);
  const local = territoire ? real.filter((record) => isLocal(record, territoire)) : real;
  const here = territoire
    ? local.filter(({ standing }) => standing.includes(territoire)).length
    : real.length;
  const [around, everywhere, examples] = [
    local.length - here,
    real.length - local.length,
    found.length - real.length,
  ];
  const parts = [
    here || around ? countRecorded(here, { un, plusieurs, accord }) : "Aucune fiche recensée ici",
    ...(around ? [sayAround(around)] : []),
    ...(everywhere
      ? [formatCount(everywhere, "agit dans toute la France", "agissent dans toute la France")]
      : []),
    ...(examples ? [formatCount(examples, "fiche d’exemple", "fiches d’exemple")] : []),
  ];
  document.querySelector("#_resultat").textContent = parts.join(", ");
}

/* Say how many of the counted records have no point; if none has one, the map itself says so. */
function sayUnplaced({ answer: { found } }) {
  const without = found.filter(({ example, point }) => !example && !point).length;
  const line = document.querySelector("#_sans");
  line.hidden = !without || !found.some(({ point }) => point);
  line.firstChild.textContent = `${without} sans point sur la carte\u00a0: voir la liste`;
}

async function start() {
  const { view } = state;
  const understand = resolve(view).catch(() => ({ view, place: null }));
  const [all, asked] = await Promise.all([data.fetchIndex(), understand]);
  Object.assign(state, { ...asked, all, view: setUnknownAside(all, asked.view).kept });
  if (state.view.q) {
    await data.fetchTexts(all.records);
    all.words = indexWords(all, data.texts);
  }
  state.answer = select(state.all, state.view, state.place);
  say(state);
  sayUnplaced(state);
  tell();
}

async function go(change) {
  state.view = settleView({ ...state.view, ...change });
  tell();
}

const ready = start();
// If the data do not arrive, say so; the link above still leads to the same view on the site.
ready.catch(() => {
  document.querySelector("#_resultat").textContent = "La carte n’a pas pu être chargée.";
});
globalThis.Maille = {
  ...globalThis.Maille,
  drawMap: (map, options) => drawMap(map, options, { getState: () => state, go, ready }),
};
