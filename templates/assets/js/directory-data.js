// The data of the directory, fetched when they are needed.
import { readDirectory } from "./directory-search.js";
import { fetchJson, memoize } from "./page.js";

/* The data in a folder of the site. Once `fetchTexts` has been called for a record, `texts` holds
   its summary, then its other names, and `contacts` how to reach it ({address, ways, door}, as in
   views/records/index_data.py), by its number. */
export function openData(folder) {
  const [texts, contacts] = [[], []];
  const fetchIndex = memoize(async () => readDirectory(await fetchJson(`${folder}index.json`)));
  const fetchPart = memoize(async (part, size) => {
    const {
      resume,
      autres,
      adresses,
      contacts: ways,
      portes,
    } = await fetchJson(`${folder}textes-${part}.json`);
    resume.forEach((text, index) => {
      const number = part * size + index;
      texts[number] = [text, ...autres[index]];
      contacts[number] = { address: adresses[index], ways: ways[index], door: portes[index] };
    });
  });
  async function fetchTexts(records) {
    const { textes: size } = await fetchIndex();
    const parts = new Set(records.map(({ number }) => Math.floor(number / size)));
    await Promise.all([...parts].map((part) => fetchPart(part, size)));
  }
  return { texts, contacts, fetchIndex, fetchTexts };
}
