// French text as visitors type it and read it: plain functions, independent of the page. Those that
// the engine has too return the same as its own: tests/data/parity.json has the cases.

/* The form in which all ways to type a name are equal: without case, accents, ligatures, hyphens
   and apostrophes, with « Saint » for « St ». */
export const fold = (text) =>
  text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/œ/g, "oe")
    .replace(/æ/g, "ae")
    .replace(/ß/g, "ss")
    .replace(/&/g, " et ")
    .replace(/[^a-z0-9]+/g, " ")
    .trim()
    .replace(/\bst(e?)\b/g, "saint$1");

/* A folded name without its article, as names are filed: « Le Havre » is at H. */
export const dropArticle = (folded) => folded.replace(/^(?:les?|la|los|l) (?=.)/, "");

/* A sentence of a script with the apostrophes and the no-break spaces of French. The texts of the
   data have them already. */
export const typeset = (text) =>
  text
    .replace(/(\p{L})'(?=[\p{L}\d«])/gu, "$1’")
    .replace(/ ([;!?])/g, "\u202f$1")
    .replace(/ :/g, "\u00a0:")
    .replace(/« /g, "«\u202f")
    .replace(/ »/g, "\u202f»");

export const formatCount = (number, one, many) => `${number} ${number < 2 ? one : many}`;

/* « a, b et c ». */
export const joinNames = (names) =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} et ${names.at(-1)}`;

export const capitalize = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/* « du Puy-en-Velay », « d’Albi », « aux Sables-d’Olonne »: « de » or « à » before a town. */
export function addPreposition(preposition, town) {
  const [article] = /^Les? /.exec(town) ?? [""];
  const rest = town.slice(article.length);
  const of = preposition === "de";
  if (article === "Le ") return `${of ? "du" : "au"} ${rest}`;
  if (article === "Les ") return `${of ? "des" : "aux"} ${rest}`;
  return of && /^[aeiouy]/.test(fold(town)) ? `d’${town}` : `${preposition} ${town}`;
}

/* « Clermont-Ferrand (63) ». */
export const labelCommune = ({ nom, departement }) => `${nom} (${departement})`;

/* The words that set a commune apart from its namesakes: « Gironde (33) »; « commune (75) » if it
   has the name of its département. */
export const describeCommune = ({ nom, nomDepartement, departement }) =>
  `${nom === nomDepartement ? "commune" : nomDepartement} (${departement})`;

export const labelDevice = (place) => `Ma position, à ${labelCommune(place)}`;

const groupThousands = (number) => `${number}`.replace(/\B(?=(\d{3})+$)/g, "\u202f");

/* « à 23 km », « à moins de 1 km »: rounded, since a commune is kilometres wide itself. */
export const formatDistance = (kilometres) =>
  kilometres < 1 ? "à moins de 1\u00a0km" : `à ${groupThousands(Math.round(kilometres))}\u00a0km`;

/* Whether one letter added, missing or changed, or two neighbours swapped, turns one word into the
   other. */
export function isOneSlipApart(a, b) {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  return (
    restA.slice(1) === restB.slice(1) || // changed
    restA.slice(1) === restB ||
    restA === restB.slice(1) || // added, missing
    (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
  );
}
