// The names of markers and clusters, for screen readers and under the pointer.
import { namePlace } from "./record-parts.js";
import { addPreposition, formatCount, joinNames } from "./text.js";

export const EXAMPLE = "fiche d’exemple";
const EXAMPLES = "fiches d’exemple";

/* « La Fabrique, Le Puy-en-Velay, Haute-Loire ». */
export const labelRecord = (record) => [record.nom, namePlace(record)].filter(Boolean).join(", ");

/* « 3 lieux et 9 fiches d’exemple »: those that are real and the examples, counted apart. */
function countRecords(records, { un, plusieurs }) {
  const examples = records.filter((record) => record.example).length;
  const real = records.length - examples;
  return joinNames([
    ...(real ? [formatCount(real, un, plusieurs)] : []),
    ...(examples ? [formatCount(examples, EXAMPLE, EXAMPLES)] : []),
  ]);
}

/* The values that are not empty, those of real records first, the others after; both by frequency,
   then by distance. */
function rankValues(records, value, far) {
  const found = new Map();
  for (const record of records) {
    const name = value(record);
    if (!name) continue;
    const known = found.get(name) ?? { real: 0, times: 0, least: Infinity };
    found.set(name, {
      real: known.real + !record.example,
      times: known.times + 1,
      least: Math.min(known.least, far(record)),
    });
  }
  return [...found]
    .sort(([, a], [, b]) => b.real - a.real || b.times - a.times || a.least - b.least)
    .map(([name]) => name);
}

/* « 12 lieux autour de Lyon, Rhône et Loire », then the numbers of its records in the list. */
export function nameCluster(records, { lat, lng }, words, numbers = []) {
  const measureFar = ({ point }) => (point[0] - lat) ** 2 + (point[1] - lng) ** 2;
  const towns = rankValues(records, (record) => record.commune, measureFar);
  const departments = rankValues(records, (record) => record.nomDepartement, measureFar);
  const others = departments.length - 2;
  const shown =
    others > 1 ? [...departments.slice(0, 2), `${others} autres départements`] : departments;
  const where =
    towns.length > 1
      ? ` autour ${addPreposition("de", towns[0])}`
      : towns.length
        ? ` ${addPreposition("à", towns[0])}`
        : "";
  const name = [countRecords(records, words) + where, joinNames(shown)].filter(Boolean).join(", ");
  return numbers.length
    ? `${name} (${formatCount(numbers.length, "numéro", "numéros").replace(/^\d+ /, "")} ${joinNames(numbers.map(String))})`
    : name;
}
