// A correction or a new record, as the text of a message that `python build.py corriger` reads
// (cli/correction_text.py): plain functions, independent of the page.

const UNSEEN = /[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g;

/* A text as one line without invisible characters: an answer cannot pass for a line of the
   message. */
export const straighten = (text) =>
  text
    .replace(UNSEEN, "")
    .replace(/\p{Surrogate}/gu, "\ufffd")
    .replace(/\s+/g, " ")
    .replace(/\p{Cc}/gu, "")
    .trim();

/* What an answer changes: the values removed (`gone`) and added (`come`). `old` and `answer` are
   lists, of one item at most for a text; `labels` has the text that the page shows for values that
   are codes. */
function compare({ key, title, isList, old, answer, labels = {} }) {
  const gone = old.filter((one) => !answer.includes(one));
  const come = answer.filter((one) => !old.includes(one));
  return { key, title, isList, gone, come, labels };
}

export const listChanges = (answers) =>
  answers.map(compare).filter(({ gone, come }) => gone.length || come.length);

/* The lines that describe a change to people. */
function tellChange({ title, isList, gone, come, labels }, isNew) {
  const name = (values) => values.map((one) => labels[one] ?? one).join(", ");
  if (isNew || (!isList && come.length)) return [`${title} : ${name(come)}`];
  return [
    ...(gone.length ? [`${title}, à retirer : ${name(gone)}`] : []),
    ...(come.length ? [`${title}, à ajouter : ${name(come)}`] : []),
  ];
}

const quote = (text) => JSON.stringify(text);

/* The lines that describe a change to the program. */
function writeChange({ key, isList, gone, come }) {
  const [before, after] =
    !isList && gone.length && come.length ? ["avant", "apres"] : ["retire", "ajoute"];
  return [
    ...gone.map((one) => `${key} ${before} : ${quote(one)}`),
    ...come.map((one) => `${key} ${after} : ${quote(one)}`),
  ];
}

/* The whole message: a letter, then the lines for the program. `address` is that of the record on
   its site, `page` its full URL, "" for a new one; `changes` are those of `listChanges`. */
export function writeMessage({ name, page, address, changes, remark, source, who }) {
  return [
    "Bonjour,",
    "",
    page
      ? `Je propose de corriger la fiche « ${name} » :`
      : `Je propose une nouvelle fiche, « ${name} » :`,
    ...(page ? [page, ""] : [""]),
    ...changes.flatMap((one) => tellChange(one, !page)),
    ...(remark ? [`Autre chose : ${remark}`] : []),
    "",
    `D'où vient l'information : ${source}`,
    `Qui écrit : ${who}`,
    "",
    "Pour le programme du site, à laisser tel quel :",
    `${page ? "Fiche" : "Nouvelle fiche"} : ${address}`,
    ...changes.flatMap(writeChange),
    ...(remark ? [`autre : ${quote(remark)}`] : []),
    `source : ${quote(source)}`,
    `auteur : ${quote(who)}`,
    "Fin de la correction",
    "",
  ].join("\n");
}

/* The text as a fenced block, with a fence longer than any in it, so that a forge shows it as it
   is. */
export function fence(text) {
  const longest = Math.max(2, ...[...text.matchAll(/\x60+/g)].map(([ticks]) => ticks.length));
  const mark = "\x60".repeat(longest + 1);
  return `${mark}text\n${text}${mark}\n`;
}

/* The slug of a name, as the engine makes it. */
export const makeSlug = (name) =>
  name
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/œ/g, "oe")
    .replace(/æ/g, "ae")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 80)
    .replace(/^-|-$/g, "") || "nouvelle-fiche";

/* The file of a new record. The escapes of JSON are those of YAML between double quotes. */
export function writeFile({ answers, source, today }) {
  const keys = answers
    .filter(({ answer }) => answer.length)
    .map(({ key, isList, answer }) =>
      isList ? `${key}: [${answer.map(quote).join(", ")}]` : `${key}: ${quote(answer[0])}`,
    );
  const isUrl = /^https?:\/\/\S+$/.test(source);
  const titre = isUrl ? source.replace(/^https?:\/\/(www\.)?/, "").replace(/[/?#].*/, "") : source;
  const rest = isUrl ? `, url: ${quote(source)}, consulte_le: ${today}` : `, date: ${today}`;
  return [
    "---",
    ...keys,
    "relation: a-confirmer",
    "sources:",
    `  - {titre: ${quote(titre)}${rest}}`,
    "---",
    "",
  ].join("\n");
}

/* An address made by the engine, with its marks replaced; if it would be too long, it goes without
   the text, and `isLong` is true. */
export function fillAddress(address, marks, limit) {
  const known = new RegExp(Object.keys(marks).join("|"), "g"); // in one pass: a value may have a mark
  const fill = (values) => address.replace(known, (mark) => encodeURIComponent(values[mark]));
  const whole = fill(marks);
  const isLong = whole.length > limit;
  return { href: isLong ? fill({ ...marks, _TEXTE_: "" }) : whole, isLong };
}
