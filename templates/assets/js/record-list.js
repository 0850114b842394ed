// The rows of an answer, group by group, as the macro `catalyser_entry` of the templates draws them.
import { listPages } from "./directory-search.js";
import { findHappenings } from "./happenings.js";
import { makeElement } from "./page.js";
import { describeDistance, namePlace } from "./record-parts.js";

const EXAMPLES = "exemples";
const TITLES = {
  "chez-vous": "Interviennent chez vous",
  departement: "Dans votre département",
  proche: "À moins de ",
  tout: "Interviennent dans tout le territoire",
  "sur-place": "Sur place",
  partie: "Interviennent dans une partie du territoire",
  partout: "Partout en France",
  loin: "Plus loin",
  [EXAMPLES]: "Fiches d’exemple",
};
/* What happens here is told before these; and before those that are near only by their distance,
   when nobody acts here or is in the département (decision 0028). */
const AFAR = new Set(["partout", "loin", EXAMPLES]);
const isTold = (key, found, number) =>
  AFAR.has(key) || (key === "proche" && found.length && !number);

const nameWhere = (record) =>
  namePlace(record) || (record.national ? "Partout en France" : "Lieu non connu");

const drawMarker = (shape) =>
  shape ? makeElement("span", { class: `marker ${shape}`, "aria-hidden": "true" }) : "";

function drawTags(record, { all }) {
  const items = record.pratique.map((number) => {
    const [, name, shape] = all.pratique[number];
    return makeElement("li", {}, drawMarker(shape), name);
  });
  return items.length ? makeElement("ul", { class: "tags" }, ...items) : "";
}

const resolve = (address, folder) => new URL(address, new URL(folder, location.href)).href;

/* How to reach a record: its address and its contacts, or that none is known and the best door. */
function drawReach({ address, ways, door: [before, title, url, after] }, { fiches }) {
  const parts = [
    ...(address ? [address] : []),
    ...ways.map(([href, shown]) => makeElement("a", { href }, shown)),
  ];
  return [
    ...(parts.length
      ? [makeElement("ul", { class: "reach" }, ...parts.map((one) => makeElement("li", {}, one)))]
      : []),
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

/* « à 23 km · Clermont-Ferrand, Puy-de-Dôme · Accompagnateur ». */
const describeRecord = (record, { all, answer }) =>
  [
    describeDistance(answer.near.get(record.number)),
    nameWhere(record),
    record.profil.length ? all.profil[record.profil[0]][1] : "",
  ]
    .filter(Boolean)
    .join(" · ");

function drawRow(record, state, frame, number) {
  const link = makeElement("a", { href: `${frame.fiches}${record.slug}/` }, record.nom);
  const reach = state.contacts[record.number];
  const [summary = ""] = state.texts[record.number] ?? [];
  const item = makeElement(
    "li",
    { value: number, "data-fiche": record.slug },
    makeElement(
      "div",
      {},
      makeElement(
        "h3",
        {},
        makeElement("span", { class: "number", "aria-hidden": "true" }, `${number}`),
        link,
      ),
      makeElement("p", { class: "meta" }, describeRecord(record, state)),
      ...(reach ? drawReach(reach, frame) : []),
    ),
    makeElement("div", {}, makeElement("p", {}, summary), drawTags(record, state)),
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

/* What happens around (`around`: {found, pages}, happenings.js), and the pages that tell more. */
function drawHappenings({ found, pages }, { territoires }) {
  const line = ({ what, title, address, where }) =>
    makeElement(
      "li",
      {},
      makeElement(
        "a",
        { href: resolve(address, territoires) },
        title,
      ),
      " ",
      makeElement("span", { class: "meta" }, [what, where].filter(Boolean).join(" · ")),
    );
  const links = pages.flatMap(({ name, page }, index) => [
    index ? ", " : "",
    makeElement("a", { href: `${territoires}${page}/` }, name),
  ]);
  return [
    ...(found.length
      ? [
          makeElement("h2", { class: "group", id: "_groupe-ici" }, "Ce qui se passe ici"),
          makeElement("ul", { class: "happenings" }, ...found.map(line)),
        ]
      : []),
    ...(links.length
      ? [makeElement("p", { class: "happenings" }, "La page du territoire\u00a0: ", ...links)]
      : []),
  ];
}

/* What happens around the place or the territory of a state, and the pages that tell more unless they
   are told elsewhere. */
function findAround(state, withPages) {
  if (!state.place && !state.view.territoire) return { found: [], pages: [] };
  return {
    found: findHappenings(state, state.happenings ?? []),
    pages: withPages ? listPages(state) : [],
  };
}

/* The first `most` records of an answer, group by group, with what happens around before those who
   are far. `frame` has the addresses of records and of territories, and the title of a list without
   groups. */
export function drawAnswer(state, frame, most, withPages = true) {
  const around = findAround(state, withPages);
  const parts = [];
  let number = 0;
  let told = false;
  const tell = () => {
    if (!told) parts.push(...drawHappenings(around, frame));
    told = true;
  };
  for (const { key, records } of state.answer.groups) {
    if (isTold(key, around.found, number)) tell();
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
  tell();
  return parts;
}

/* What the button under the first `most` records says: « Voir les 12 autres, plus loin ». */
export function nameRest({ groups, found }, most, atOnce) {
  if (most < atOnce || atOnce === found.length) return `Montrer la suite (${found.length - most})`;
  const far = groups.find(({ key }) => key === "loin")?.records.length ?? 0;
  const rest = far - Math.max(0, most - atOnce);
  if (rest > 0) return rest < 2 ? "Voir l’autre, plus loin" : `Voir les ${rest} autres, plus loin`;
  const examples = found.length - most;
  return `Voir ${examples < 2 ? "la fiche" : `les ${examples} fiches`} d’exemple`;
}
