// What a text typed in the search field means: one rule for the button, Enter, the list and the
// addresses of home, directory and map. Independent of the page.
import { memoize } from "./page.js";
import { foldName, openPlaceNames } from "./place-names.js";
import { dropArticle, fold } from "./text.js";
import { partText } from "./what-and-where.js";

const FEW = 4; // territories or records proposed during typing

/* The postcode in a text, and the words next to it, or null: « 44 100 », « F-80250 »,
   « 80039 Amiens CEDEX 1 », « CS 30001, 80039 Amiens ». Five digits are never an INSEE code. */
export function readPostcode(typed) {
  const text = typed.replace(/\b(?:cs|bp|tsa)\s*\d+/gi, " ");
  const found = /(?:^|[^\d])(\d{2})\s?(\d{3})(?!\d)/.exec(text);
  if (!found) return null;
  const [whole, start, end] = found;
  const beside = fold(text.replace(whole, " ")).replace(/\bcedex(?: \d+)?\b|^f\b|\bfrance$/g, "");
  return { digits: start + end, name: dropArticle(beside.trim()) };
}

// Whether the text next to a postcode is an address or the town's name, even mistyped, and so not
// words to search for.
const isAddress = (name, communes) =>
  /\d|\b(?:rue|avenue|boulevard|chemin|impasse|allee|quai|route)\b/.test(name) ||
  communes.some(({ key }) => ` ${name}`.includes(` ${key.slice(0, 3)}`));

// A région is likelier than a commune of its name: La Réunion, Bretagne.
const isRegion = ({ nature }) => nature === "Région";

/** The functions that understand texts. They use the files of places, which `read` returns
 *  (communes.js), and the data of the directory, which `fetchIndex` returns. */
export const openInterpreter = (read, fetchIndex) => {
  const places = openPlaceNames(read);
  let [records, words] = [[], []]; // filled in by `prepare`
  /** Fetch the names of the records. Without them, places are understood all the same. */
  const prepare = memoize(async () => {
    const { fiches, mots } = await fetchIndex();
    words = mots;
    records = fiches.nom.map((nom, at) => ({
      kind: "fiche",
      key: foldName(nom),
      nom,
      slug: fiches.slug[at],
    }));
  });

  const meanPosted = async ({ digits, name }) => {
    const found = await places.findPosted(digits);
    const named = found.filter(({ key }) => key === name);
    if (found.length && name && !isAddress(name, found)) return [];
    if (found.length) return [...new Set([...named, ...found])];
    // The postcode of a CEDEX is in no table: its first digits give the département.
    const territory = await places.findTerritory(digits);
    const { communes: same } = name ? await places.findNamed(name) : { communes: [] };
    const here = territory ? same.filter((one) => one.departement === territory.code) : [];
    return here.length ? here : territory ? [{ ...territory, poste: digits }] : [];
  };

  const meanNamed = async (typed) => {
    const key = foldName(typed);
    const { communes: same, territoires } = await places.findNamed(typed);
    const regions = territoires.filter(isRegion);
    // An intercommunalité with the name of a commune is left out, unless it has a page; so is a
    // département with the name of its région.
    const others = territoires.filter(
      (one) =>
        !isRegion(one) &&
        !(one.partie && same.length) &&
        !regions.some(({ nom }) => nom === one.nom),
    );
    const named = records.filter((one) => one.key === key);
    const [first, ...rest] = same;
    const meant = first ? [first] : [];
    const larger = first?.key === key ? await places.findLarger(first) : [];
    return [...regions, ...meant, ...larger, ...others, ...rest, ...named];
  };

  const listMeanings = async (typed) => {
    const posted = readPostcode(typed);
    if (posted) return meanPosted(posted);
    const territory = /^\s*(?:\d[\dab]|\d{3})\s*$/i.test(typed)
      ? await places.findTerritory(typed.trim())
      : null;
    return territory ? [territory] : meanNamed(typed);
  };

  const listPlaces = async (name) =>
    (await listMeanings(name)).filter(({ kind }) => kind !== "fiche");

  const understand = async (typed) => {
    const [first, ...others] = await listMeanings(typed);
    if (first) return { ...first, typed, others };
    const key = foldName(typed);
    const begun = (await places.complete(typed, true)).communes;
    // The beginning of a name is not split: « annecy le v ».
    const isBegun = begun.some((one) => one.key.startsWith(key));
    const parts = isBegun ? null : await partText(typed, listPlaces, words);
    const mot = parts?.words && { mot: parts.words };
    if (parts?.isSure) {
      const [place, ...rest] = parts.found;
      const beside = (one) => (mot ? { ...one, ...mot, typed: `${parts.words} ${one.nom}` } : one);
      return { ...place, ...mot, typed, others: rest.map(beside) };
    }
    const isAbroad = await places.isAbroad(typed);
    const likely = parts ? [{ ...parts.found[0], ...mot, typed }] : [];
    const near = begun.filter((one) => one.key.startsWith(`${key} `));
    return { kind: "mot", typed, isAbroad, others: [...likely, ...near] };
  };

  /** What a text means: {kind, typed, others} with what is known of a « commune », a « territoire »
   *  or a « fiche » (as place-names.js gives them; a record has `nom` and `slug`), or kind « mot »
   *  for words to look for. A place may have words beside it, as `mot`; words may be the name of a
   *  place that `isAbroad`. `others` are what else it may mean, in the same form; for words, the
   *  communes whose names begin so. Throws when the places cannot be had. */
  const interpret = async (typed) => {
    await prepare().catch(() => {});
    return understand(typed);
  };

  /** What may have been meant by words that no record holds: up to 8 communes whose names begin so,
   *  or so but for one typing error. */
  const guess = async (typed) => (await places.complete(typed)).communes;

  /** The proposals during typing: communes, territories, records. The present meaning of the text
   *  comes first, with the others of its kind. */
  const propose = async (typed) => {
    const key = foldName(typed);
    const begins = (name) => ` ${name}`.includes(` ${key}`);
    const said = await understand(typed);
    const begun = await places.complete(typed, said.isAbroad);
    const meant = [said, ...said.others].filter(({ kind }) => kind !== "mot");
    const isMeant = (one) => meant.some((other) => identify(one) === identify(other));
    const found = [
      ...begun.communes,
      ...begun.territoires.sort((a, b) => Boolean(a.partie) - Boolean(b.partie)).slice(0, FEW),
      ...records.filter((one) => key && begins(one.key)).slice(0, FEW),
    ].filter((one) => !isMeant(one));
    const all = [...meant, ...found];
    const pick = (kind) => all.filter((one) => one.kind === kind);
    const kinds = [...new Set([said.kind, "commune", "territoire", "fiche"])];
    return kinds.flatMap(pick);
  };

  return { prepare, interpret, guess, propose };
};

const identify = ({ kind, code, slug, nom, partie }) =>
  kind === "territoire" ? (partie ?? nom) : (code ?? slug);
