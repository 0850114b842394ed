// Group the records of an answer: first those asked for, then those farther away. A group is {key,
// records}; record-list.js has the title of each. Plain functions, independent of the page.
import { measureKilometres, measureToRings } from "./geometry.js";

/* Near a place: those that are near, then the others. */
// Known by its département alone, which touches the one of the place or is within the limit.
const BESIDE = "voisin";
const NEAR = ["chez-vous", "departement", "proche", BESIDE];
const FAR = "loin";
const AROUND_PLACE = [...NEAR, "partout", FAR];
/* As on the page of a territory (views/territory/groups.py). */
const IN_TERRITORY = ["tout", "sur-place", "partie", "partout"];
const EXAMPLES = "exemples";

/* How near a record is to `place`: whether it is in that commune, whether it acts there, its
   distance in kilometres (null without a point), whether that is within the limit, and its
   group. */
export function measureNearness(record, place, limit) {
  const here = record.commune === place.nom && record.code === place.departement;
  const acts = here || record.territoires.some((code) => place.territoires.includes(code));
  const point = place.latitude === null ? null : [place.latitude, place.longitude];
  const km = point && record.point ? measureKilometres(point, record.point) : null;
  const close = km !== null && km <= limit;
  const mayBeClose =
    record.beside.includes(place.departement) ||
    (point && record.ring.length && measureToRings([record.ring], point) <= limit);
  const group = [
    acts && "chez-vous",
    record.code === place.departement && "departement",
    close && "proche",
    mayBeClose && BESIDE,
    record.national && "partout",
    FAR,
  ].find(Boolean);
  return { here, acts, km, close, group };
}

/* The départements of a région or an intercommunalité, as rows of the data; or the one of this
   code. */
export function findDepartments(code, { departements, regions, intercommunalites }) {
  const body = intercommunalites.find(([siren]) => siren === code);
  return body
    ? body[2].map((number) => departements[number])
    : departements.filter(([own, , region]) => own === code || regions[region][0] === code);
}

/* Whether a record acts in the « whole » of a territory or in a « part » of it; "" when it names
   neither. Naming an intercommunalité covers its communes alone, never the whole of a département.
   */
export function measureReach(record, code, all) {
  if (!record.acting.includes(code)) return "";
  const { regions } = all;
  const names = ([own, , region]) =>
    record.territoires.includes(own) || record.territoires.includes(regions[region][0]);
  return record.territoires.includes(code) || findDepartments(code, all).every(names)
    ? "whole"
    : "part";
}

function findTerritoryGroup(record, code, all) {
  const reach = measureReach(record, code, all);
  if (reach === "whole") return "tout";
  if (record.standing.includes(code)) return "sur-place";
  return reach ? "partie" : "partout";
}

/* The records found, in groups that are not empty; those of examples come last. `near` has the
   result of `measureNearness`, by number of record. */
export function groupRecords(found, { all, view, place, near, compareNames }) {
  const findGroup = (record) => {
    if (record.example) return EXAMPLES;
    if (place) return near.get(record.number).group;
    return view.territoire ? findTerritoryGroup(record, view.territoire, all) : "";
  };
  const keys = place ? AROUND_PLACE : view.territoire ? IN_TERRITORY : [""];
  const groups = new Map([...keys, EXAMPLES].map((key) => [key, []]));
  for (const record of found) groups.get(findGroup(record)).push(record);
  const measure = ({ number }) => {
    const { here, km } = near.get(number);
    return here ? -1 : (km ?? 1e5);
  };
  return [...groups]
    .filter(([, records]) => records.length)
    .map(([key, records]) => {
      if (view.tri === "nom") records.sort(compareNames);
      else if (place) records.sort((a, b) => measure(a) - measure(b));
      else if (key === EXAMPLES && view.territoire) {
        const isAway = ({ standing }) => Number(!standing.includes(view.territoire));
        records.sort((a, b) => isAway(a) - isAway(b));
      }
      return { key, records };
    });
}

const count = (groups, isCounted) =>
  groups.reduce((sum, { key, records }) => sum + (isCounted(key) ? records.length : 0), 0);

/* Whether a record is near the place from which `near` was measured. */
export const isNear = ({ group }) => NEAR.includes(group);

/* How many of them may be farther than the limit: no more than their département is known. */
export const countBeside = ({ groups }) => count(groups, (key) => key === BESIDE);

/* How many records are near the place. */
export const countNear = ({ groups }) => count(groups, (key) => NEAR.includes(key));

/* How many records act in the whole country, and are not near the place. */
export const countEverywhere = ({ groups }) => count(groups, (key) => key === "partout");

/* How many records are shown at first: near a place or in a territory, those farther away and the
   examples are shown after a click on a button. */
export const countAtOnce = ({ answer, place, view }) =>
  place || view.territoire ? countRealAtOnce({ answer }) : answer.found.length;

/* How many of these are real. */
export const countRealAtOnce = ({ answer }) =>
  count(answer.groups, (key) => key !== FAR && key !== EXAMPLES);
