// What the list and the map both say of a record.
import { formatDistance } from "./text.js";

/* « Clermont-Ferrand, Puy-de-Dôme »; « Paris » once; "" when nothing is known. */
export const namePlace = (record) =>
  [...new Set([record.commune, record.nomDepartement])].filter(Boolean).join(", ");

/* How far a record is, at `near` (measureNearness): « dans la commune », « à 23 km »; "" when it is
   farther than what is near. */
export const describeDistance = (near) =>
  near?.here ? "dans la commune" : near?.close ? formatDistance(near.km) : "";
