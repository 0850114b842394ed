// The rows of an answer, group by group, as the macro `catalyser_row` of the templates draws them.
import { findPage, listPages } from "./directory-search.js";
import { countHappenings, findHappenings } from "./happenings.js";
import { makeElement } from "./page.js";
import { describeDistance, namePlace } from "./record-parts.js";
import { capitalize, formatCount } from "./text.js";
import { isNarrowed } from "./view.js";

export { countHappenings };

const EXAMPLES = "exemples";
const TITLES = {
  "chez-vous": "Interviennent chez vous",
  departement: "Dans votre département",
  proche: "À moins de ",
  voisin: "Dans un département proche, commune non connue",
  tout: "Interviennent dans tout le territoire",
  "sur-place": "Sur place",
  partie: "Interviennent dans une partie du territoire",
  partout: "Partout en France",
  loin: "Plus loin",
  [EXAMPLES]: "Fiches d’exemple",
};
const HERE = "#_groupe-ici"; // here, and on the page of a territory
const ALL = "Tout ce qui est connu ici, sans les filtres ni les mots cherchés.";
/* The groups before which happenings are shown: those of AFAR; if nobody acts here or is in the
   département, also those that are near only by distance or département (decision 0028). */
const AROUND = new Set(["proche", "voisin"]);
const AFAR = new Set(["partout", "loin", EXAMPLES]);
/* The groups before which it is told where else to ask, if nobody is near: names come first. */
const LAST = new Set(["loin", EXAMPLES]);
const isTold = (key, found, number) =>
  AFAR.has(key) || (AROUND.has(key) && found.length && !number);

const nameWhere = (record) =>
  namePlace(record) || (record.national ? "Partout en France" : "Lieu non connu");

const drawTerm = (tag, kind, [, name, shape]) =>
  makeElement(tag, { class: kind + (shape ? ` sign ${shape}` : "") }, name);

/* The practices of a record: a line for one, a list for several. */
function drawTags(record, { all }) {
  const terms = record.pratique.map((number) => all.pratique[number]);
  if (terms.length < 2) return terms.length ? drawTerm("p", "tags", terms[0]) : "";
  return makeElement("ul", { class: "tags" }, ...terms.map((term) => drawTerm("li", "", term)));
}

const resolve = (address, folder) => new URL(address, new URL(folder, location.href)).href;

/* An address and contacts ([URL, text]), as a list; [] without any. */
function drawWays(ways, address = "") {
  const parts = [
    ...(address ? [address] : []),
    ...ways.map(([href, shown]) => makeElement("a", { href }, shown)),
  ];
  if (ways.length === 1 && !address) return [makeElement("p", { class: "reach" }, ...parts)];
  return parts.length
    ? [makeElement("ul", { class: "reach" }, ...parts.map((one) => makeElement("li", {}, one)))]
    : [];
}

/* How to reach a record: its address and contacts; without a contact, say so and link elsewhere. */
function drawReach({ address, ways, door: [before, title, url, after] }, { fiches }) {
  return [
    ...drawWays(ways, address),
    ...(url
      ? [
          makeElement(
            "p",
            { class: "way-on" },
            `Aucun contact public connu. ${before} `,
            makeElement("a", { href: resolve(url, fiches) }, title),
            `${after}.`,
          ),
        ]
      : []),
  ];
}

/* « à 23 km · Clermont-Ferrand, Puy-de-Dôme · Accompagnateur »: the style sheet draws the dots. */
function drawWhere(record, { all, answer }) {
  const facts = [
    describeDistance(answer.near.get(record.number)),
    nameWhere(record),
    record.profil.length ? all.profil[record.profil[0]][1] : "",
  ].filter(Boolean);
  if (facts.length < 2) return makeElement("p", { class: "meta" }, ...facts);
  const spans = facts.flatMap((fact) => [makeElement("span", {}, fact), " "]);
  return makeElement("p", { class: "meta dotted" }, ...spans);
}

function drawRow(record, state, frame, number) {
  const link = makeElement("a", { href: `${frame.fiches}${record.slug}/` }, record.nom);
  const reach = state.contacts[record.number];
  const [summary = ""] = state.texts[record.number] ?? [];
  const item = makeElement(
    "li",
    { value: number, "data-fiche": record.slug },
    makeElement(
      "h3",
      {},
      makeElement("span", { class: "number", "aria-hidden": "true" }, `${number}`),
      link,
    ),
    drawWhere(record, state),
    makeElement("p", {}, summary),
    drawTags(record, state),
    ...(reach ? drawReach(reach, frame) : []),
  );
  if (record.slug === state.view.fiche) item.setAttribute("aria-current", "true");
  return item;
}

function drawTitle(key, { all }, { title }) {
  if (!key) return makeElement("h2", { class: "hidden" }, title);
  const words = key === "proche" ? `${TITLES[key]}${all.proche}\u00a0km` : TITLES[key];
  const attributes =
    key === EXAMPLES
      ? { class: "group apart", id: "_exemples" }
      : { class: "group", id: `_groupe-${key}` };
  return makeElement("h2", attributes, words);
}

/* Draw the actors tied to what happens around, which the answer does not list as records. */
function drawActors({ actors, place }, { territoires }) {
  if (!actors.length) return [];
  const rows = actors.map(({ name, address, summary, ways, why }) => {
    const link = makeElement(
      "a",
      { href: address ? resolve(address, territoires) : ways[0][0] },
      name,
    );
    return makeElement(
      "li",
      {},
      makeElement("h3", {}, link),
      makeElement("p", { class: "meta" }, capitalize(why)),
      makeElement("p", {}, summary),
      ...drawWays(ways),
    );
  });
  return [
    makeElement("h2", { class: "group", id: "_groupe-lies" }, `Liés à ce qui se passe ${place}`),
    makeElement("ul", { class: "entries" }, ...rows),
  ];
}

/* Draw what happens around, as `findAround` returns it, and the links to pages with more. */
function drawHappenings(around, { territoires }) {
  const { found, named, total, whole, place, isPart, pages, q } = around;
  const line = ({ what, title, address, where }) =>
    makeElement(
      "li",
      {},
      makeElement("a", { href: resolve(address, territoires) }, title),
      " ",
      makeElement("span", { class: "meta" }, [what, where].filter(Boolean).join("\u00a0· ")),
    );
  const link = ({ page }, words, part = "") =>
    makeElement("a", { href: `${territoires}${page}/${part}` }, words);
  const links = pages.flatMap((one, index) => [index ? ", " : "", link(one, one.name)]);
  const rest = total - found.length;
  const first = named
    ? `${formatCount(named, "parle", "parlent")} de «\u202f${q}\u202f» et ${named < 2 ? "vient" : "viennent"} en premier. `
    : "";
  const all = whole.map((one) =>
    makeElement(
      "p",
      { class: "happenings" },
      link(
        one,
        `Voir aussi ${rest < 2 ? "l’autre" : `les ${rest} autres`}\u00a0: ${one.name}`,
        HERE,
      ),
    ),
  );
  return [
    ...drawActors(around, { territoires }),
    ...(found.length
      ? [
          makeElement("h2", { class: "group", id: HERE.slice(1) }, `Ce qui se passe ${place}`),
          ...(isPart ? [makeElement("p", { class: "soft" }, first + ALL)] : []),
          makeElement("ul", { class: "happenings" }, ...found.map(line)),
          ...(rest ? all : []),
        ]
      : []),
    ...(links.length
      ? [makeElement("p", { class: "happenings" }, "La page du territoire\u00a0: ", ...links)]
      : []),
  ];
}

/* What happens around the place or territory of a state; whether filters or words narrow the rest
   of the answer (`isPart`); the pages with more, if `withPages`. */
function findAround(state, withPages) {
  const { all, answer, place, view } = state;
  const { actors, whole, ...happenings } = findHappenings(state, state.happenings);
  if (!place && !view.territoire) return { ...happenings, actors: [], whole: [], pages: [] };
  const listed = answer.groups
    .filter(({ key }) => key !== "loin")
    .flatMap(({ records }) => records);
  return {
    ...happenings,
    actors: actors.filter(({ slug }) => !listed.some((one) => one.slug === slug)),
    q: view.q,
    whole: findPage(all, whole),
    isPart: isNarrowed({ ...view, territoire: "" }),
    pages: withPages ? listPages(state) : [],
  };
}

/* Draw the first `most` records of an answer, group by group, with what happens around before those
   that are far, and the element `ways` (where else to ask), if any, before those shown last. `frame`
   has the addresses of records and of territories, and the title of a list without groups. */
export function drawAnswer(state, frame, most, ways = null, withPages = true) {
  const around = findAround(state, withPages);
  const parts = [];
  let number = 0;
  let told = false;
  const tell = () => {
    if (!told) parts.push(...drawHappenings(around, frame));
    told = true;
  };
  const close = () => {
    tell();
    if (ways && !parts.includes(ways)) parts.push(ways);
  };
  for (const { key, records } of state.answer.groups) {
    if (isTold(key, around.found, number)) tell();
    if (LAST.has(key)) close();
    const some = records.slice(0, most - number);
    if (!some.length) break;
    parts.push(drawTitle(key, state, frame));
    if (key === EXAMPLES) {
      const words = "Inventées pour montrer l’annuaire complet, et comptées à part.";
      parts.push(makeElement("p", { class: "soft" }, words));
    }
    const rows = some.map((one, index) => drawRow(one, state, frame, number + index + 1));
    parts.push(makeElement("ol", { class: "entries" }, ...rows));
    number += some.length;
  }
  close();
  return parts;
}

/* The text of the button under the first `most` records: « Voir les 12 autres, plus loin ».
   Examples, which come last, are counted apart. */
export function nameRest({ groups, found }, most, atOnce) {
  const count = (key) => groups.find((group) => group.key === key)?.records.length ?? 0;
  const examples = count(EXAMPLES);
  const real = found.length - examples;
  if (most >= real) {
    const rest = found.length - most;
    return `Voir ${rest < 2 ? "la fiche" : `les ${rest} fiches`} d’exemple`;
  }
  if (most < atOnce || !count("loin")) return `Montrer la suite (${real - most})`;
  const rest = real - most;
  return rest < 2 ? "Voir l’autre, plus loin" : `Voir les ${rest} autres, plus loin`;
}

/* Replace the rows of the list; a link that has the focus keeps it in the new rows. */
export function replaceRows(list, rows) {
  const { activeElement: held } = document;
  const href = list.contains(held) ? held.href : null;
  list.replaceChildren(...rows);
  if (href)
    [...list.querySelectorAll("a")]
      .find((link) => link.href === href)
      ?.focus({ preventScroll: true });
}
