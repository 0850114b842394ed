// « Ce qui se passe ici »: the projects, events and news of a place or of a territory, and the actors
// tied to them, from the file that views/territory/happenings.py makes. Only an answer about a place
// or a territory needs them.
import { locate } from "./answer-sentence.js";
import { fileWords, findRoughly } from "./directory-search.js";
import { addPreposition, formatCount } from "./text.js";

const NOTHING = { roles: [], acteurs: [], lignes: [] }; // until the file has arrived
const MOST = 6; // lines: the page of the territory has them all

/* The codes of the question, the nearest first: those of the commune, its intercommunalités and its
   département; or that of the territory. */
function listCodes({ place, view, all }) {
  if (!place) return view.territoire ? [view.territoire] : [];
  const isRegion = (code) => all.regions.some(([slug]) => slug === code);
  return [place.code, ...place.territoires.filter((code) => !isRegion(code))];
}

const isProject = ({ address }) => address.startsWith("../projets/");

/* « 6 projets et 1 rendez-vous ou actualité ». */
function countKinds(found) {
  const projects = found.filter(isProject).length;
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
  const { numbers } = findRoughly(words, asked);
  return found.filter((_, number) => numbers?.has(number));
}

/* What happens around the place or territory of a state: all (`found`: {what, title, address,
   where, codes, summary, actors}), nearest first; those with the words asked for (`named`); whether
   one is in the commune or the territory itself (`isHere`); the code of the territory that has all
   of them (`whole`). */
function listAround(state, { lignes }) {
  const codes = listCodes(state);
  const { place } = state;
  const isAlone = place && place.nom === place.nomDepartement; // Paris is the whole département
  const here = [codes[0], ...(isAlone ? [place.departement] : [])];
  const rank = ({ codes: own }) => codes.findIndex((code) => own.includes(code));
  const found = lignes
    .map(([what, title, address, where, own, summary, actors]) => {
      return { what, title, address, where, codes: own, summary, actors };
    })
    .filter((one) => rank(one) >= 0)
    .sort((a, b) => rank(a) - rank(b));
  return {
    found,
    named: keepNamed(found, state.view.q),
    isHere: ({ codes: own }) => here.some((code) => own.includes(code)),
    whole: findCommon(codes, found) ?? codes.at(-1),
  };
}

/* The widest of some territories, the nearest first, that has all of some happenings; or null. */
function findCommon(codes, found) {
  let common = null;
  for (const code of codes) if (found.every(({ codes: own }) => own.includes(code))) common = code;
  return common;
}

/* The territory around a place that has all of some happenings: « dans la Somme », the département
   if it can be; « autour » if none has them all, or none that can be named. */
function sayAround(state, found) {
  const { all } = state;
  const known = [...all.departements, ...all.regions, ...all.intercommunalites];
  const around = findCommon(listCodes(state), found);
  return known.some(([code]) => code === around) ? locate(all, around) : "autour";
}

/* Where things happen: « ici », « ici et dans la Somme », or « dans la Somme » if nothing is known
   to happen in the commune itself. */
function sayWhere(state, found, isHere) {
  const others = found.filter((one) => !isHere(one));
  if (!state.place || !others.length) return "ici";
  const around = sayAround(state, others);
  return others.length < found.length ? `ici et ${around}` : around;
}

/* « 5 autres » if all are of the one kind that was counted before, else « 4 projets et … ». */
function countOthers(others, own) {
  const kinds = new Set([...others, ...own].map(isProject));
  return kinds.size === 1 ? formatCount(others.length, "autre", "autres") : countKinds(others);
}

/* « 1 projet à Ailly-sur-Noye, 5 autres dans la Somme », of the place or the territory of a state,
   or « 1 projet parle de « tiers-lieu » dans la Somme »; "" when nothing happens in the commune. */
export function countHappenings(state, data = NOTHING) {
  const { found, named, isHere } = listAround(state, data);
  const { place, view } = state;
  if (named.length) {
    const verb = named.length < 2 ? "parle" : "parlent";
    return `${countKinds(named)} ${verb} de «\u202f${view.q}\u202f» ${sayAround(state, named)}`;
  }
  const own = found.filter(isHere);
  const others = found.filter((one) => !isHere(one));
  if (!own.length) return "";
  if (!place) return `${countKinds(own)} ${sayAround(state, own)}`;
  const near = `${countKinds(own)} ${addPreposition("à", place.nom)}`;
  return others.length ? `${near}, ${countOthers(others, own)} ${sayAround(state, others)}` : near;
}

/* « 11 projets suivis ». */
const sayRole = (number, [before, one, many]) =>
  one ? before + formatCount(number, one, many) : before;

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

/* The actors that some happenings name: {name, address, summary, ways, slug, why}, those of the most
   happenings first. */
function listActors(found, { roles, acteurs }) {
  const counts = new Map();
  for (const [actor, role] of found.flatMap(({ actors }) => actors)) {
    if (!counts.has(actor)) counts.set(actor, Array(roles.length).fill(0));
    counts.get(actor)[role] += 1;
  }
  const describe = (numbers) =>
    numbers.flatMap((number, role) => (number ? [sayRole(number, roles[role])] : [])).join(", ");
  return [...counts]
    .sort(([, a], [, b]) => sum(b) - sum(a))
    .map(([actor, numbers]) => {
      const [name, address, summary, ways, slug] = acteurs[actor];
      return { name, address, summary, ways, slug, why: describe(numbers) };
    });
}

/* What happens around the place or territory of a state: the first few, the `total` number, the code
   of the territory whose page lists all of them (`whole`), where they are (`place`, in words), and
   the `actors` tied to them. The `named` first ones contain the words asked for; then come the
   nearest; equals keep the order of the file. */
export function findHappenings(state, data = NOTHING) {
  const { found, named, isHere, whole } = listAround(state, data);
  const sorted = [...named, ...found.filter((one) => !named.includes(one))];
  return {
    found: sorted.slice(0, MOST),
    named: named.length,
    total: found.length,
    whole,
    place: sayWhere(state, found, isHere),
    actors: listActors(found, data),
  };
}
