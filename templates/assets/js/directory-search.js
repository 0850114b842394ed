// Which records answer a view, in which order, and how many would answer another choice. Plain
// functions of the columns that views/records/index_data.py writes, independent of the page.
import { memoize } from "./page.js";
import { findDepartments, groupRecords, isNear, measureNearness } from "./result-groups.js";
import { fold, isOneSlipApart } from "./text.js";
import { LISTS, SEARCHED } from "./view.js";

const SLIP = 5; // letters: in shorter words one typing error makes another word
const NATIONAL = "national";
const NONE = [];

/* The records as objects, with the codes of the territories where each one is or acts. */
export function readDirectory(index) {
  const { fiches, reelles, departements, regions, intercommunalites } = index;
  const codes = reachTerritories(index);
  // Many records are and act in the same territories: they share the lists of codes.
  const actingIn = memoize((named) => dropRepeats(named.flatMap((one) => codes.get(one) ?? [one])));
  const territories = memoize((standing, named) => {
    const acting = actingIn(named);
    return { acting, around: [...standing.filter((code) => !acting.includes(code)), ...acting] };
  });
  const records = fiches.slug.map((slug, number) => {
    const get = (column) => fiches[column]?.[number];
    const row = departements[get("departement")] ?? ["", "", -1];
    const [code, nomDepartement, region, , , touching = [], ring = NONE] = row;
    const isCoarse = get("precision") === "departement";
    const standing = [
      code,
      regions[region]?.[0],
      ...get("intercommunalite").map((one) => intercommunalites[one][0]),
    ].filter(Boolean);
    const territoires = get("territoires");
    const { acting, around } = territories(standing, territoires);
    const record = {
      number,
      slug,
      code,
      nomDepartement,
      // When no more than its département is known: those that touch it, and a ring around it.
      beside: isCoarse ? touching.map((one) => departements[one][0]) : NONE,
      ring: isCoarse ? ring : NONE,
      territoires,
      standing,
      acting,
      around,
      example: number >= reelles,
      region: regions[region]?.[0] ?? "",
      national: territoires.includes(NATIONAL),
      nom: get("nom"),
      commune: get("commune"),
      departement: get("departement"),
      intercommunalite: get("intercommunalite"),
      point: get("point"),
      precision: get("precision"),
      verifie: get("verifie"),
    };
    // Keys are always set in the same order: objects of one shape are made and read faster.
    for (const list of LISTS) record[list] = get(list);
    return record;
  });
  return { ...index, records, real: reelles, words: null };
}

const dropRepeats = (values) => (values.length > 1 ? [...new Set(values)] : values);

/* By territory, the codes of those that a record acting there reaches: from a région its
   départements, from a département its région and what is in it. The same as
   views/territory/presences.py. */
function reachTerritories({ departements, regions, intercommunalites }) {
  const reached = new Map();
  const reach = (from, to) => (reached.get(from) ?? reached.set(from, [from]).get(from)).push(to);
  for (const [code, , region] of departements) {
    reach(regions[region][0], code);
    reach(code, regions[region][0]);
  }
  for (const [siren, , numbers] of intercommunalites) {
    for (const number of numbers) {
      const [code, , region] = departements[number];
      for (const from of [code, regions[region][0]]) reach(from, siren);
      for (const to of [code, regions[region][0]]) reach(siren, to);
    }
  }
  return reached;
}

/* Whether a record is in a territory or names it as an area of action (the whole country is not
   enough). */
export const isLocal = (record, code) => record.around.includes(code);

/* Split a view: the view without the values that the data lack, and these values as [key,
   value]. */
export function setUnknownAside(all, view) {
  const kept = { ...view };
  const aside = [];
  for (const name of ["territoire", ...LISTS]) {
    const table =
      name === "territoire"
        ? [...all.regions, ...all.departements, ...all.intercommunalites]
        : (all[name] ?? []);
    const isKnown = (value) => table.some(([key]) => key === value);
    const values = [view[name]].flat().filter(Boolean);
    const known = values.filter(isKnown);
    aside.push(...values.filter((value) => !isKnown(value)).map((value) => [name, value]));
    kept[name] = Array.isArray(view[name]) ? known : (known[0] ?? "");
  }
  return { kept, aside };
}

/* The territories of the question that have a page, the widest last: {name, page}. A région with
   the name of its département is left out. */
export function listPages({ place, view, all }) {
  const codes = place ? place.territoires : [view.territoire, ...findRegions(all, view.territoire)];
  const pages = codes.filter(Boolean).flatMap((code) => findPage(all, code));
  return pages.filter(({ name }, at) => pages.findIndex((one) => one.name === name) === at);
}

/* The page of a territory, as a list of one {name, page}; [] if it has none. */
export function findPage({ departements, regions, intercommunalites }, code) {
  const isOwn = ([own]) => own === code;
  const region = regions.find(isOwn);
  if (region) return [{ name: region[1], page: code }];
  const [, name, , , page] = departements.find(isOwn) ?? intercommunalites.find(isOwn) ?? [];
  return page ? [{ name, page }] : [];
}

/* The régions of a département or of an intercommunalité; none for a région. */
function findRegions(all, code) {
  const found = findDepartments(code, all).map(([, , region]) => all.regions[region][0]);
  return [...new Set(found)].filter((slug) => slug !== code);
}

/* --- Words --- */

/* Words that make no other word with their neighbour: « en semble » is not « ensemble ». */
const LINKS = new Set(
  "a au aux avec ce d dans de des du elle en est et il l la le les leur ou par pour qui s sa se ses son sur un une y".split(
    " ",
  ),
);

/* Each two neighbours as one word: « co-working », « fab lab » are « coworking », « fablab »
   too. */
const glue = (words) =>
  words
    .slice(1)
    .map((word, at) => (LINKS.has(words[at]) || LINKS.has(word) ? "" : words[at] + word));

const split = (text) => {
  const words = text ? fold(text).split(" ") : [];
  return [...words, ...glue(words).filter(Boolean)];
};

/* File a number under each word of some texts. */
export function fileWords(found, texts, number) {
  for (const word of new Set(texts.flatMap(split))) {
    if (found.has(word)) found.get(word).push(number);
    else found.set(word, [number]);
  }
}

/* Each word of the records, with the numbers of those that contain it. `texts` has summaries and
   other names. */
export function indexWords(
  { records, departements, regions, intercommunalites, ...tables },
  texts = [],
) {
  const found = new Map();
  const splitOnce = memoize(split); // communes and terms come back from one record to the next
  for (const record of records) {
    const words = new Set(split(record.nom));
    const add = (those) => {
      for (const word of those) words.add(word);
    };
    const [code, department, region] = departements[record.departement] ?? [];
    for (const text of [
      record.commune,
      code,
      department,
      regions[region]?.[1],
      ...record.intercommunalite.map((one) => intercommunalites[one][1]),
    ])
      add(splitOnce(text ?? ""));
    for (const list of SEARCHED) {
      for (const number of record[list] ?? []) add(splitOnce(tables[list][number][1]));
    }
    for (const text of texts[record.number] ?? []) add(split(text));
    for (const word of words) {
      if (found.has(word)) found.get(word).push(record.number);
      else found.set(word, [record.number]);
    }
  }
  return found;
}

/* The numbers of the records that hold words which begin as each of those asked, and the typing
   errors that were forgiven: [typed, read]. A word may be a part of one: « co-working » is
   « coworking ». */
export function findHolders(words, asked) {
  const slips = [];
  let numbers = null;
  const typed = fold(asked).split(" ").filter(Boolean);
  const glued = glue(typed);
  for (const [at, word] of typed.entries()) {
    const known = [...words.keys()];
    const forms = [word, glued[at - 1], glued[at]].filter(Boolean);
    let read = known.filter((one) => forms.some((form) => one.startsWith(form)));
    if (!read.length && word.length >= SLIP) {
      read = known.filter((one) => isOneSlipApart(word, one));
      if (read.length) slips.push([word, read[0]]);
    }
    const holders = new Set(read.flatMap((one) => words.get(one)));
    numbers = numbers ? new Set([...numbers].filter((number) => holders.has(number))) : holders;
  }
  return { numbers, slips };
}

const ROOT = 6; // letters of a long word that are left at least
const ENDING = 4;

const cut = (word) => word.slice(0, Math.max(ROOT, word.length - ENDING));

/* The same, but long words count without their ending if nothing holds them whole: « recyclage »
   finds « Recyclerie ». */
export function findRoughly(words, asked) {
  const whole = findHolders(words, asked);
  if (whole.numbers?.size) return whole;
  return findHolders(words, fold(asked).split(" ").map(cut).join(" "));
}

/* --- The answer --- */

/* The keys that a view asks for, list by list, as their numbers in the table of the list. */
function numberKeys(tables, view) {
  const numbers = (list) =>
    view[list]
      .map((key) => (tables[list] ?? []).findIndex(([one]) => one === key))
      .filter((number) => number >= 0);
  return Object.fromEntries(LISTS.map((list) => [list, numbers(list)]));
}

/* The names of the criteria of a view that a record does not meet. */
function findFailures(record, view, wanted, numbers) {
  const failed = LISTS.filter(
    (list) => wanted[list].length && !wanted[list].some((number) => record[list]?.includes(number)),
  );
  if (view.verification && (record.verifie !== "") !== (view.verification === "oui"))
    failed.push("verification");
  const isEverywhere = record.national && !record.example; // invented records show a territory alone
  if (view.territoire && !isLocal(record, view.territoire) && !isEverywhere)
    failed.push("territoire");
  if (numbers && !numbers.has(record.number)) failed.push("q");
  if (!view.exemples && record.example) failed.push("exemples");
  return failed;
}

/* The records that answer a view, in groups (result-groups.js) and in the order of these; how near
   each is to the place; and the counts of each choice.

   `counts` says, of the real records, how many each value of a criterion would give under the other
   choices: by number for the lists, by code for the territories, by « oui » and « non ». Near a
   place, these are those that are near; in a territory, those that are there or act there. */
export function select(all, view, place = null) {
  const wanted = numberKeys(all, view);
  const { numbers, slips } =
    view.q && all.words ? findHolders(all.words, view.q) : { numbers: null, slips: [] };
  const found = [];
  const near = new Map();
  const counts = {
    territoire: new Map(),
    verification: new Map(),
    ...Object.fromEntries(LISTS.map((list) => [list, new Map()])),
  };
  for (const record of all.records) {
    const failed = findFailures(record, view, wanted, numbers);
    if (failed.length > 1) continue;
    const nearness = place && measureNearness(record, place, all.proche);
    if (!failed.length) {
      found.push(record);
      if (place) near.set(record.number, nearness);
    }
    if (!record.example && (!place || isNear(nearness)))
      addCount(counts, record, failed, view.territoire);
  }
  counts.territoire = sumByCode(counts.territoire);
  const groups = groupRecords(found, { all, view, place, near, compareNames });
  return { groups, found: groups.flatMap(({ records }) => records), near, counts, slips };
}

function addCount(counts, record, failed, territory) {
  const add = (name, value) => counts[name].set(value, (counts[name].get(value) ?? 0) + 1);
  const isHere = !territory || isLocal(record, territory);
  for (const name of failed.length ? failed : Object.keys(counts)) {
    if (name === "territoire") add(name, record.around);
    else if (!isHere) continue;
    else if (name === "verification") add(name, record.verifie ? "oui" : "non");
    else if (LISTS.includes(name)) for (const number of record[name] ?? []) add(name, number);
  }
}

/* Counts by list of codes, as counts by code. */
function sumByCode(counts) {
  const found = new Map();
  for (const [codes, number] of counts) {
    for (const code of codes) found.set(code, (found.get(code) ?? 0) + number);
  }
  return found;
}

/* Made when names are first sorted: making it takes as long as all the rest of this module. */
let collator = null;
const compareNames = (a, b) =>
  (collator ??= new Intl.Collator("fr", { sensitivity: "base", numeric: true })).compare(
    a.nom,
    b.nom,
  );
