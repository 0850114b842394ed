// « Ce qui se passe ici »: the projects, events and news of a place or of a territory, from the
// file that views/territory/happenings.py makes. Only an answer about a place or a territory needs
// them.
import { locate } from "./answer-sentence.js";
import { findHolders, fileWords } from "./directory-search.js";
import { addPreposition, formatCount } from "./text.js";

const MOST = 6; // lines: the page of the territory has them all

/* The codes of the question, the nearest first: those of the commune, its intercommunalités and its
   département; or that of the territory. */
function listCodes({ place, view, all }) {
  if (!place) return view.territoire ? [view.territoire] : [];
  const isRegion = (code) => all.regions.some(([slug]) => slug === code);
  return [place.code, ...place.territoires.filter((code) => !isRegion(code))];
}

/* « 6 projets et 1 rendez-vous ou actualité ». */
function countKinds(found) {
  const projects = found.filter(({ address }) => address.startsWith("../projets/")).length;
  const others = found.length - projects;
  return [
    ...(projects ? [formatCount(projects, "projet", "projets")] : []),
    ...(others
      ? [formatCount(others, "rendez-vous ou actualité", "rendez-vous ou actualités")]
      : []),
  ].join(" et ");
}

/* The happenings whose title or summary contains the words asked for. */
function keepNamed(found, asked) {
  if (!asked) return [];
  const words = new Map();
  found.forEach(({ title, summary }, number) => fileWords(words, [title, summary], number));
  const { numbers } = findHolders(words, asked);
  return found.filter((_, number) => numbers?.has(number));
}

/* What happens around the place or territory of a state: all (`found`: {what, title, address,
   where, codes, summary}), nearest first; those with the words asked for (`named`); the code of the
   nearest territory (`here`), and of the widest (`whole`). */
function listAround(state, rows) {
  const codes = listCodes(state);
  const rank = ({ codes: own }) => codes.findIndex((code) => own.includes(code));
  const found = rows
    .map(([what, title, address, where, own, summary = ""]) => {
      return { what, title, address, where, codes: own, summary };
    })
    .filter((one) => rank(one) >= 0)
    .sort((a, b) => rank(a) - rank(b));
  return { found, named: keepNamed(found, state.view.q), here: codes[0], whole: codes.at(-1) };
}

/* « 1 projet à Ailly-sur-Noye, 5 autres dans la Somme », of the place or the territory of a state,
   or « 1 projet parle de « tiers-lieu » dans la Somme »; "" when nothing happens in the commune. */
export function countHappenings(state, rows) {
  const { found, named, here, whole } = listAround(state, rows);
  const { all, place, view } = state;
  const around = whole ? locate(all, whole) : "";
  if (named.length) {
    const verb = named.length < 2 ? "parle" : "parlent";
    return `${countKinds(named)} ${verb} de «\u202f${view.q}\u202f» ${around}`;
  }
  const own = found.filter(({ codes }) => codes.includes(here));
  const others = found.length - own.length;
  if (!own.length) return "";
  if (!place) return `${countKinds(own)} ${around}`;
  const near = `${countKinds(own)} ${addPreposition("à", place.nom)}`;
  return others ? `${near}, ${formatCount(others, "autre", "autres")} ${around}` : near;
}

/* What happens around the place or territory of a state: the first few, the `total` number, and the
   code of the territory whose page lists all of them (`whole`). The `named` first ones contain the
   words asked for; then come the nearest; equals keep the order of the file. */
export function findHappenings(state, rows) {
  const { found, named, whole } = listAround(state, rows);
  const sorted = [...named, ...found.filter((one) => !named.includes(one))];
  return { found: sorted.slice(0, MOST), named: named.length, total: found.length, whole };
}
