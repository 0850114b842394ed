// The search over the whole site. Without this script, the page shows links to all the pages.
import { openCommunes } from "./communes.js";
import { makeChange, openMeanings } from "./meaning.js";
import { fetchJson, makeElement, memoize, OFFLINE } from "./page.js";
import { findPages } from "./search-index.js";
import { fold, formatCount, labelCommune } from "./text.js";
import { makeEmptyView, writeView } from "./view.js";

const MOST = 5; // results of a type before « Voir les autres »
const PAUSE = 200; // milliseconds without typing before an answer

const form = document.querySelector(".finder.site");
const { index: folder, racine: root, lieux, fiches } = form.dataset;
const status = document.querySelector("#_resultat");
const heading = document.querySelector("#_reponse");
const elsewhere = document.querySelector("#_ailleurs");
const results = document.querySelector("#_resultats");
const all = document.querySelector("#_tout");

const load = memoize(() => fetchJson(`${folder}index.json`));
const loadPart = memoize((name) => fetchJson(`${folder}${name}.json`));

/* The groups of words that begin with two letters, from the index or from their own file. */
const readWords = async (start) => {
  const { mots, debuts } = await load();
  if (mots) return mots;
  return debuts.includes(start) ? loadPart(`mots-${start}`) : [];
};

const readPage = async (number) => {
  const { pages, volume } = await load();
  if (pages) return pages[number];
  const rows = await loadPart(`pages-${Math.floor(number / volume)}`);
  return rows[number % volume];
};

const communes = openCommunes(lieux);
const fetchIndex = memoize(() => fetchJson(`${fiches}index.json`));
const { interpret } = openMeanings(communes, fetchIndex);

/* A text with its found words marked. */
function markWords(text, words) {
  const parts = text.split(/([\p{L}\p{N}]+)/u);
  return parts.map((part, at) =>
    at % 2 && words.includes(fold(part)) ? makeElement("mark", {}, part) : part,
  );
}

function makeRow({ title, address, summary, words }) {
  const link = makeElement("a", { href: root + address.slice(1) }, ...markWords(title, words));
  const shown = fold(`${title} ${summary}`).split(" ");
  const hidden = [...new Set(words)].filter((word) => !shown.includes(word));
  const inText = hidden.length === words.length && hidden.length;
  return makeElement(
    "li",
    {},
    makeElement("p", {}, link),
    ...(summary ? [makeElement("p", { class: "meta" }, ...markWords(summary, words))] : []),
    ...(inText
      ? [makeElement("p", { class: "meta" }, `Dans le texte : ${hidden.slice(0, 3).join(", ")}`)]
      : []),
  );
}

function makeSection(type, rows, number) {
  const id = `_trouves-${number}`;
  const items = rows.map(makeRow);
  for (const item of items.slice(MOST)) item.hidden = true;
  const more = makeElement("button", { type: "button", class: "plain" }, `Voir les ${rows.length}`);
  more.addEventListener("click", () => {
    for (const item of items) item.hidden = false;
    items[MOST].querySelector("a").focus();
    more.remove();
  });
  return makeElement(
    "section",
    { class: "region", "aria-labelledby": id },
    makeElement("h2", { id }, type),
    makeElement(
      "div",
      {},
      makeElement("ul", { class: "rows" }, ...items),
      ...(rows.length > MOST ? [makeElement("p", {}, more)] : []),
    ),
  );
}

/* The door to the directory, when the text is a place. */
async function showPlace(text) {
  const said = await interpret(text).catch(() => null);
  const isPlace = said && ["commune", "territoire"].includes(said.kind);
  if (isPlace && text === form.elements.q.value.trim()) {
    const { search, hash } = writeView({ ...makeEmptyView(), ...makeChange(said) });
    const name = said.kind === "commune" ? labelCommune(said) : said.nom;
    const link = makeElement(
      "a",
      { href: fiches + search + hash },
      `Qui agit près de chez vous : ${name}`,
    );
    elsewhere.replaceChildren(link);
    elsewhere.hidden = false;
  }
}

let turn = 0; // counts the questions: an answer to an earlier one is dropped

async function answer() {
  const text = form.elements.q.value.trim();
  turn += 1;
  const mine = turn;
  elsewhere.hidden = true;
  if (!text) {
    results.replaceChildren();
    status.textContent = "";
    heading.hidden = true;
    all.hidden = false;
    return;
  }
  try {
    const { types, communs } = await load();
    const found = await findPages(text, communs, readWords);
    const rows = await Promise.all(
      found.map(async ({ page, words }) => {
        const [type, title, address, summary] = await readPage(page);
        return { type: types[type], title, address, summary, words };
      }),
    );
    if (mine !== turn) return;
    // First the page whose title is the whole text.
    const isNamed = ({ title }) => fold(title) === fold(text);
    rows.sort((one, other) => isNamed(other) - isNamed(one));
    const kinds = [...new Set(rows.map(({ type }) => type))];
    results.replaceChildren(
      ...kinds.map((kind, at) =>
        makeSection(
          kind,
          rows.filter(({ type }) => type === kind),
          at,
        ),
      ),
    );
    status.textContent = rows.length
      ? `${formatCount(rows.length, "page trouvée", "pages trouvées")}.`
      : `Aucune page ne contient «\u202f${text}\u202f». Essayez un autre mot, ou un seul.`;
    heading.hidden = false;
    all.hidden = rows.length > 0;
    await showPlace(text);
  } catch {
    if (mine === turn) status.textContent = OFFLINE;
  }
}

function keepInAddress() {
  const address = new URL(location.href);
  const text = form.elements.q.value.trim();
  if (text) address.searchParams.set("q", text);
  else address.searchParams.delete("q");
  history.replaceState(null, "", address);
}

let timer = 0;
form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(() => {
    keepInAddress();
    answer();
  }, PAUSE);
});
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearTimeout(timer);
  keepInAddress();
  await answer();
  heading.focus();
});
addEventListener("pageshow", () => {
  form.elements.q.value = new URLSearchParams(location.search).get("q") ?? "";
  answer();
});
