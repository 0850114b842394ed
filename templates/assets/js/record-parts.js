// What the list and the map both say of a record.
import { makeElement } from "./page.js";
import { formatDistance } from "./text.js";

/* « Clermont-Ferrand, Puy-de-Dôme »; « Paris » once; "" when nothing is known. */
export const namePlace = (record) =>
  [...new Set([record.commune, record.nomDepartement])].filter(Boolean).join(", ");

/* What a record, at `near` (measureNearness), is to the place that is asked about: [the words of
   `acting`, which are never said of an example, then its distance], without those that are empty.
   */
export function describeNearness(record, near, acting) {
  const parts = [];
  if (acting && !record.example) parts.push(makeElement("span", { class: "here" }, acting));
  if (near?.here) parts.push("dans la commune");
  else if (near && near.km !== null) parts.push(formatDistance(near.km));
  return parts;
}

export const ACTS_HERE = "Intervient chez vous";
