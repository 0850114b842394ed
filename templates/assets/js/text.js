// Words, as visitors type and read them, and the little that most scripts share.

/* Blind to case, accents, ligatures, apostrophes, hyphens, and « St » for « Saint » (as geo.fold). */
export const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "")
  .replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/ß/g, "ss").replace(/&/g, " et ").replace(/[^a-z0-9]+/g, " ")
  .trim().replace(/\bst(e?)\b/g, "saint$1");

/* The data keep the apostrophes as typed; visitors read those of print, as on the other pages. */
export const typo = (text) => text.replace(/(\p{L})'(?=\p{L})/gu, "$1’");

export const plural = (number, one, many) => `${number} ${number < 2 ? one : many}`;

/* « du Puy-en-Velay », « d’Albi », « aux Sables-d’Olonne »: « de » or « à » before a town. */
export function before(preposition, town) {
  const [article] = /^Les? /.exec(town) ?? [""];
  const rest = town.slice(article.length);
  const of = preposition === "de";
  if (article === "Le ") return `${of ? "du" : "au"} ${rest}`;
  if (article === "Les ") return `${of ? "des" : "aux"} ${rest}`;
  return of && /^[aeiouy]/.test(fold(town)) ? `d’${town}` : `${preposition} ${town}`;
}

const thousands = (number) => `${number}`.replace(/\B(?=(\d{3})+$)/g, "\u202f");

/* « à 23 km », « à moins de 1 km »: told no finer than a commune's own size allows. */
export const distance = (kilometres) => (kilometres < 1 ? "à moins de 1\u00a0km" : `à ${thousands(Math.round(kilometres))}\u00a0km`);

/* Whether one letter too many, too few, changed, or two neighbours swapped, makes one word of two. */
export function oneSlipApart(a, b) {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  return restA.slice(1) === restB.slice(1) // changed
    || restA.slice(1) === restB || restA === restB.slice(1) // too many, too few
    || (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2));
}

/* What a file of the site holds; an error when it does not arrive. */
export async function json(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} : ${answer.status}`);
  return answer.json();
}

/* The lines to copy that show a page of this site in a page of another. */
export const frame = (src, title) => element("iframe", { src, title, width: "100%", height: "480", loading: "lazy" }).outerHTML;

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}
