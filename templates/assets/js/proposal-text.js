// A correction or a new record, as the text of a message that `python build.py corriger` reads
// (cli/correction_text.py): plain functions, which know nothing of the page.

const BIDI = /[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/* One line, without what nobody sees: an answer cannot pass for a line of the message. */
export const straighten = (text) =>
  text
    .replace(BIDI, "")
    .replace(/\p{Surrogate}/gu, "\ufffd")
    .replace(/\s+/g, " ")
    .replace(/\p{Cc}/gu, "")
    .trim();

/* The lines that say what an answer changes: `old` and `answer` are lists, of one item at most for a
   text. */
function writeChange({ key, title, isList, old, answer }) {
  const name = `${key} [${title.replace(/[[\]]/g, "")}]`;
  const gone = old.filter((one) => !answer.includes(one));
  const come = answer.filter((one) => !old.includes(one));
  const [before, after] =
    !isList && gone.length && come.length ? ["avant", "après"] : ["retiré", "ajouté"];
  return [
    ...gone.map((one) => `${name} ${before} : ${one}`),
    ...come.map((one) => `${name} ${after} : ${one}`),
  ];
}

export const listChanges = (answers) => answers.flatMap(writeChange);

/* The whole message. `address` is that of the record on its site, `page` the whole address, "" for a
   new one. */
export function writeMessage({ name, page, address, changes, remark, source, who }) {
  return [
    "Bonjour,",
    "",
    page ? `Une correction pour la fiche « ${name} » :` : `Une nouvelle fiche : « ${name} ».`,
    ...(page ? [page] : []),
    "",
    `${page ? "Fiche" : "Nouvelle fiche"} : ${address}`,
    ...changes,
    ...(remark ? [`Autre chose : ${remark}`] : []),
    `D'où vient l'information : ${source}`,
    `Qui écrit : ${who}`,
    "Fin de la correction",
    "",
  ].join("\n");
}

/* The text between fences that nothing in it closes, so that a forge shows it as it is. */
export function fence(text) {
  const longest = Math.max(2, ...[...text.matchAll(/\x60+/g)].map(([ticks]) => ticks.length));
  const mark = "\x60".repeat(longest + 1);
  return `${mark}text\n${text}${mark}\n`;
}

/* The end of an address made of a name, as the engine makes it. */
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

const encode = (text) => JSON.stringify(text);

/* The file of a new record. The escapes of JSON are those of YAML between double quotes. */
export function writeFile({ answers, source, today }) {
  const keys = answers
    .filter(({ answer }) => answer.length)
    .map(({ key, isList, answer }) =>
      isList ? `${key}: [${answer.map(encode).join(", ")}]` : `${key}: ${encode(answer[0])}`,
    );
  const isUrl = /^https?:\/\/\S+$/.test(source);
  const titre = isUrl ? source.replace(/^https?:\/\/(www\.)?/, "").replace(/[/?#].*/, "") : source;
  const rest = isUrl ? `, url: ${encode(source)}, consulte_le: ${today}` : `, date: ${today}`;
  return [
    "---",
    ...keys,
    "relation: a-confirmer",
    "sources:",
    `  - {titre: ${encode(titre)}${rest}}`,
    "---",
    "",
  ].join("\n");
}

/* An address of the engine, with the words in place of their marks; without the text if it would
   be too long, as `isLong` says. */
export function fillAddress(address, marks, limit) {
  const fill = (values) =>
    Object.entries(values).reduce(
      (made, [mark, words]) => made.replace(mark, () => encodeURIComponent(words)),
      address,
    );
  const whole = fill(marks);
  const isLong = whole.length > limit;
  return { href: isLong ? fill({ ...marks, _TEXTE_: "" }) : whole, isLong };
}
