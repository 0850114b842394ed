// What markers and clusters are called, for the ear and under the pointer.
import { before, plural, typo } from "./text.js";
import { placeName } from "./directory-search.js";

export const EXAMPLE = "fiche d’exemple";
const EXAMPLES = "fiches d’exemple";

/* « La Fabrique, Le Puy-en-Velay, Haute-Loire ». */
export const label = (record) => typo([record.nom, placeName(record)].filter(Boolean).join(", "));

export function enumerate(names) {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} et ${names.at(-1)}`;
}

/* « 3 lieux et 9 fiches d’exemple »: those that are real and the examples, counted apart. */
export function counted(records, { un, plusieurs }) {
  const examples = records.filter((record) => record.example).length;
  const real = records.length - examples;
  return enumerate([
    ...(real ? [plural(real, un, plusieurs)] : []),
    ...(examples ? [plural(examples, EXAMPLE, EXAMPLES)] : []),
  ]);
}

/* The values that are not empty: those of the real records before those of examples alone, then the
   most frequent first; between equals, the nearest. */
function ranked(records, value, far) {
  const found = new Map();
  for (const record of records) {
    const name = value(record);
    if (!name) continue;
    const known = found.get(name) ?? { real: 0, times: 0, least: Infinity };
    found.set(name, { real: known.real + !record.example, times: known.times + 1, least: Math.min(known.least, far(record)) });
  }
  return [...found].sort(([, a], [, b]) => b.real - a.real || b.times - a.times || a.least - b.least).map(([name]) => typo(name));
}

/* « 12 lieux autour de Lyon, Rhône et Loire », with the numbers of the list where it has some. */
export function clusterName(records, { lat, lng }, words, numbers = []) {
  const far = ({ point }) => (point[0] - lat) ** 2 + (point[1] - lng) ** 2;
  const towns = ranked(records, (record) => record.commune, far);
  const departments = ranked(records, (record) => record.nomDepartement, far);
  const others = departments.length - 2;
  const shown = others > 1 ? [...departments.slice(0, 2), `${others} autres départements`] : departments;
  const where = towns.length > 1 ? ` autour ${before("de", towns[0])}` : towns.length ? ` ${before("à", towns[0])}` : "";
  const name = [counted(records, words) + where, enumerate(shown)].filter(Boolean).join(", ");
  return numbers.length ? `${name} (${plural(numbers.length, "numéro", "numéros").replace(/^\d+ /, "")} ${enumerate(numbers.map(String))})` : name;
}
