// Split a text such as « tiers-lieu à Amiens » or « Amiens tiers-lieu » into words and the name of
// a place. Plain functions: interpret.js tells which names are places.
import { dropArticle, fold } from "./text.js";

const LONGEST = 9; // words in the name of a place
const COUNTLESS = 1e9; // inhabitants of a territory, which is larger than any commune
const TOWN = 5000; // inhabitants: from this size on, one word in lower case is a place

// « d’Ailly » is two words; « tiers-lieu » and « aujourd’hui » are one.
const WORDS = /[dl]['’](?=\p{L})|[^\s,;]+/giu;
const LINK =
  /(?:^|[\s,;])(?:à|a|aux?|en|dans|de|du|des|d['’]|les?|la|l['’]|pr[eè]s|proche|autour|sur|vers|[–:-])$/iu;
// After these, one word is a place even in lower case: « près de », « à ».
const IS_WHERE =
  /(?:^|\s)(?:à|aux?|vers|sur|(?:pr[eè]s|proche|autour) d\S*)(?: ?(?:l['’]|la|les?))?$/iu;

const dropLinks = (text) => {
  const cut = text.replace(/[\s,;]+$/, "");
  const rest = cut.replace(LINK, "");
  return rest === cut ? cut.trim() : dropLinks(rest);
};

/* The ways to split a text: {words, name, isWhere, isFirst}. They are grouped by the number of
   words in the name, the longest first. */
function listPartings(typed) {
  const tokens = [...typed.matchAll(WORDS)];
  const starts = tokens.map(({ index }) => index);
  const ends = tokens.map(({ index, 0: token }) => index + token.length);
  const found = [];
  for (let size = Math.min(LONGEST, tokens.length - 1); size > 0; size -= 1) {
    const [start, end] = [starts[tokens.length - size], ends[size - 1]];
    const before = typed.slice(0, start).trim();
    found.push([
      { words: dropLinks(before), name: typed.slice(start), isWhere: IS_WHERE.test(before) },
      {
        words: typed.slice(end).replace(/^[\s,;:–-]+/, ""),
        name: typed.slice(0, end),
        isFirst: true,
      },
    ]);
  }
  return found;
}

/* Whether a name surely means a place. A single word may mean something else: « bio », « école »
   and « Sens » are communes too. `used` are the words of the records. */
function isSure({ name, isWhere, isFirst }, { habitants = COUNTLESS }, used) {
  const key = dropArticle(fold(name));
  if (/^\d{5}$/.test(key)) return true;
  // The first word of a text may have a capital only because it comes first.
  if (key.includes(" ") || (!isFirst && /(?:^|[\s'’])\p{Lu}(?!\p{Lu})/u.test(name))) return true;
  return !used.includes(key) && (isWhere || habitants >= TOWN);
}

const measureTown = ([{ habitants = COUNTLESS }]) => habitants;

/* Split off the longest end or beginning of a text that names a place: return {words, found,
   isSure}, or null. `find` returns what a name may mean, the likeliest first; of two names with as
   many words, the larger place wins. `used` are the words of the records. */
export async function partText(typed, find, used) {
  for (const partings of listPartings(typed)) {
    // Shorter names are tried only if no longer one is a place.
    // oxlint-disable-next-line no-await-in-loop
    const found = await Promise.all(partings.map(({ name }) => find(name)));
    const [best] = partings
      .map((one, at) => ({ parting: one, found: found[at] }))
      .filter((one) => one.found.length)
      .sort((a, b) => measureTown(b.found) - measureTown(a.found));
    if (!best) continue;
    const { words, ...name } = best.parting;
    return { words, found: best.found, isSure: isSure(name, best.found[0], used) };
  }
  return null;
}
