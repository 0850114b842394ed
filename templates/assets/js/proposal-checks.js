// Check an answer against the rest of the site: whether a commune exists, whether a name is in the
// directory. The engine has the same rules (site/places.py) and decides. All functions that use the
// network throw when it does not answer.
import { openCommunes } from "./communes.js";
import { fetchJson, memoize } from "./page.js";
import { foldName, openPlaceNames } from "./place-names.js";
import { fold, labelCommune } from "./text.js";

const NEAR = 3; // communes that are proposed

/* A web address with the « https:// » that visitors seldom type; any other text as it is. */
export function completeAddress(text) {
  const start =
    /^(?:(https?)(?:[:;]+[/\\]*|[/\\]+)|[/\\]{2})?(?=[^\s/@]+\.[^\s/@.]{2,}(?:[/?#:]|$))/i;
  const [begun, scheme] = start.exec(text) ?? [];
  if (begun === undefined) return text;
  return `${(scheme ?? "https").toLowerCase()}://${text.slice(begun.length)}`;
}

const quoteAll = (communes) =>
  communes.map((one) => `« ${labelCommune(one)} »`).join(communes.length < 3 ? " ou " : ", ");

/* The checks, from the files in the folders of places and of records. */
export function openChecks(places, records) {
  const { read } = openCommunes(places);
  const { complete, findNamed, findPosted } = openPlaceNames(read);

  /* Why the engine refuses a commune, with its département if one is given; "" if it does not. */
  async function explainCommune(typed, departement) {
    if (!typed) return "";
    const isNamed = ({ nom, ancien }) => fold(ancien ?? nom) === fold(typed);
    const isHere = (one) => !departement || one.departement === departement;
    const named = (await findNamed(typed)).communes.filter(isNamed);
    const here = named.filter(isHere);
    const today = here.filter(({ ancien }) => !ancien);
    if (today.length === 1 || (departement && today.length)) return "";
    if (today.length) return `Plusieurs communes s'appellent « ${typed} » : dites le département.`;
    if (here.length) {
      const now = quoteAll(here.slice(0, NEAR));
      return `« ${typed} » n'est plus une commune : c'est aujourd'hui ${now}.`;
    }
    if (named.length)
      return `« ${typed} » n'est pas dans ce département, mais il y a ${quoteAll(named.slice(0, NEAR))}.`;
    const near = (await complete(typed)).communes.filter(isHere).slice(0, NEAR);
    const meant = near.length ? ` Vouliez-vous dire ${quoteAll(near)} ?` : "";
    return `Aucune commune ne s'appelle « ${typed} »${departement ? " dans ce département" : ""}.${meant}`;
  }

  /* A warning if a postcode is not one of its commune, or "". The engine only warns too. */
  async function explainPostcode(code, commune) {
    if (!/^\d{5}$/.test(code) || !commune) return "";
    const owners = await findPosted(code);
    if (!owners.length || owners.some(({ nom }) => fold(nom) === fold(commune))) return "";
    return `C'est le code postal de ${quoteAll(owners.slice(0, NEAR))}.`;
  }

  /* The slug and the names of each record that is not an example. */
  const listNames = memoize(async () => {
    const { fiches, reelles, textes } = await fetchJson(`${records}index.json`);
    const parts = Array.from({ length: Math.ceil(reelles / textes) }, (_, part) =>
      fetchJson(`${records}textes-${part}.json`),
    );
    const others = (await Promise.all(parts)).flatMap(({ autres }) => autres);
    return fiches.slug
      .slice(0, reelles)
      .map((slug, at) => ({ slug, names: [fiches.nom[at], ...others[at]] }));
  });

  /* The record that already has this name: {slug, name}, or null. */
  async function findNamesake(typed) {
    const key = foldName(typed);
    for (const { slug, names } of key ? await listNames() : []) {
      const name = names.find((one) => foldName(one) === key);
      if (name) return { slug, name };
    }
    return null;
  }

  return { explainCommune, explainPostcode, findNamesake };
}
