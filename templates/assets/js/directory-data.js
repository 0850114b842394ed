// The data of the directory, fetched as they are needed.
import { readDirectory } from "./directory-search.js";
import { fetchJson, memoize } from "./page.js";

/* The data in a folder of the site. Once `fetchTexts` has been called for a record, `texts` holds its
   summary, then its other names, and `contacts` how to reach it ({address, ways, door}, as in
   views/records/index_data.py), by its number. */
export function openData(folder) {
  const [texts, contacts] = [[], []];
  const fetchIndex = memoize(async () => readDirectory(await fetchJson(`${folder}index.json`)));
  const fetchPart = memoize(async (part, size) => {
    const columns = await fetchJson(`${folder}textes-${part}.json`);
    columns.resume.forEach((text, index) => {
      texts[part * size + index] = [text, ...columns.autres[index]];
      contacts[part * size + index] = {
        address: columns.adresses[index],
        ways: columns.contacts[index],
        door: columns.portes[index],
      };
    });
  });
  async function fetchTexts(records) {
    const { textes: size } = await fetchIndex();
    const parts = new Set(records.map(({ number }) => Math.floor(number / size)));
    await Promise.all([...parts].map((part) => fetchPart(part, size)));
  }
  return { texts, contacts, fetchIndex, fetchTexts };
}
