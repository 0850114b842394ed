// Texts about a record that the list and the map share.
import { formatCount, formatDistance } from "./text.js";

/* « Clermont-Ferrand, Puy-de-Dôme »; « Paris » once; "" when nothing is known. */
export const namePlace = (record) =>
  [...new Set([record.commune, record.nomDepartement])].filter(Boolean).join(", ");

/* The distance of a record, from `near` (measureNearness): « dans la commune », « à 23 km »; "" if
   it is farther than the limit of what is near. */
export const describeDistance = (near) =>
  near?.here ? "dans la commune" : near?.close ? formatDistance(near.km) : "";

/* « 2 acteurs recensés »; « Aucun acteur recensé ». */
export const countRecorded = (number, { un, plusieurs, accord }) =>
  number
    ? formatCount(number, `${un} recensé${accord}`, `${plusieurs} recensé${accord}s`)
    : `Aucun${accord} ${un} recensé${accord}`;

/* Who acts in a territory and is in none of its départements. */
export const sayAround = (number) =>
  formatCount(
    number,
    "autre, d’un autre territoire, y intervient",
    "autres, d’autres territoires, y interviennent",
  );
