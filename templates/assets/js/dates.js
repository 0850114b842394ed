// The days of a visitor, without a time zone of our own.

const MONTHS = [
  "janvier",
  "février",
  "mars",
  "avril",
  "mai",
  "juin",
  "juillet",
  "août",
  "septembre",
  "octobre",
  "novembre",
  "décembre",
];

/* « 1er juillet 2024 », as the pages set it. */
export const formatDate = (date) =>
  [date.getDate() === 1 ? "1er" : date.getDate(), MONTHS[date.getMonth()], date.getFullYear()].join(
    " ",
  );

/* « 2024-07-01 »: Swedish dates are written so. */
export const formatIsoDate = (date) => date.toLocaleDateString("sv-SE");
