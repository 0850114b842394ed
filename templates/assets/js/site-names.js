// The names of pages, terms and actors, besides records and territories, from the file that
// views/overview.py makes. It is fetched only for words that no record contains.
import { fileWords, findRoughly } from "./directory-search.js";
import { fetchJson, memoize } from "./page.js";

const MOST = 5;

/** A function that gives the pages whose names hold the words of a text, as [name, URL]; if none
 *  does, those whose words begin likewise. `root` is the root of the site. It throws when the names
 *  cannot be had. */
export const openSiteNames = (root) => {
  const load = memoize(async () => {
    const rows = await fetchJson(`${root}noms.json`);
    const words = new Map();
    rows.forEach(([name], number) => fileWords(words, [name], number));
    return { rows, words };
  });
  return async (typed) => {
    const { rows, words } = await load();
    const { numbers } = findRoughly(words, typed);
    const found = rows.filter((_, number) => numbers?.has(number));
    return found.slice(0, MOST).map(([name, address]) => [name, root + address.slice(1)]);
  };
};
