// Which pages answer some words: plain functions over the index that views/site_search.py makes,
// independent of the page.
import { fold, isOneSlipApart } from "./text.js";

const SLIP = 5; // letters: in shorter words, one typing error makes another word
const PREFIX = 2; // letters from which the beginning of a word finds it
const [ROOT, ENDING] = [6, 4]; // letters that a long word keeps at least, or may lose at its end
// How much a page counts for one of the words: for the word itself or one with its stem, for a word
// that begins so, for one that is merely close; and how many times more in a title.
const [SAME, BEGUN, NEAR] = [4, 2, 1];
const IN_TITLE = 4;

/* The groups of words that a typed word finds: [group, weight, words of the group found]. `read`
   gives the groups of the words that begin with two letters. */
async function findGroups(typed, read) {
  const groups = await read(typed.slice(0, 2));
  const match = (test, weight) =>
    groups.flatMap((group) => {
      const words = group[0].split(" ").filter(test);
      return words.length ? [[group, weight, words]] : [];
    });
  const same = match((word) => word === typed, SAME);
  const begun = typed.length < PREFIX ? [] : match((word) => word.startsWith(typed), BEGUN);
  const found = [...same, ...begun.filter(([group]) => !same.some(([other]) => other === group))];
  if (found.length) return found;
  // The plural of a word that the site has in the singular alone.
  const singular = match((word) => `${word}s` === typed || `${word}x` === typed, SAME);
  if (singular.length || typed.length < SLIP) return singular;
  const near = match((word) => isOneSlipApart(typed, word), NEAR);
  // Without its ending, a word finds its family: « recyclage » finds « recyclerie ».
  const root = typed.slice(0, Math.max(ROOT, typed.length - ENDING));
  return near.length ? near : match((word) => word.startsWith(root), NEAR);
}

/** The pages that have all the words of a text, the best first: [{page, words}], where `page` is a
 *  number and `words` are those of the page that were found. The words in `common`, such as « de »,
 *  are left out. `read` is that of `findGroups`. */
export async function findPages(text, common, read) {
  const asked = fold(text)
    .split(" ")
    .filter((word) => word.length > 1 && !common.includes(word));
  const each = await Promise.all(asked.map((word) => findGroups(word, read)));
  if (!each.length) return [];
  const scores = each.map((groups) => {
    const found = new Map();
    for (const [[, first, pages], weight, words] of groups) {
      pages.forEach((page, at) => {
        const score = weight * (at < first ? IN_TITLE : 1);
        const known = found.get(page) ?? { score: 0, words: [] };
        found.set(page, { score: Math.max(known.score, score), words: [...known.words, ...words] });
      });
    }
    return found;
  });
  const [one, ...others] = scores;
  const pages = [...one.keys()].filter((page) => others.every((found) => found.has(page)));
  const sum = (page) => scores.reduce((total, found) => total + found.get(page).score, 0);
  return pages
    .map((page) => ({
      page,
      score: sum(page),
      words: scores.flatMap((found) => found.get(page).words),
    }))
    .sort((a, b) => b.score - a.score || a.page - b.page);
}
