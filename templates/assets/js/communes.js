// The communes of France, from the small files of /lieux/ (made by views/communes.py): a name is
// completed, a code becomes a place, a point becomes a commune. Nothing here knows of the page.
// Only static files are asked for, so the host learns no more than the first letters of a name and
// a département: never what was typed, nor where the visitor is.
import { isInside, measureKilometres, measureToRings } from "./geometry.js";
import { fetchJson, memoize } from "./page.js";
import { dropArticle, fold, isOneSlipApart } from "./text.js";

const SUGGESTIONS = 8;
const SLIP = 5; // letters from which one typing error is forgiven
const REACH = 6; // km from its outline within which a département may hold a point: see `findAt`
const REACH_OF_ATOLLS = 34; // the same, for Polynésie, whose outline has not all of them

const foldName = (name) => dropArticle(fold(name));

// The first digits of a postcode; of an INSEE code, they are the département.
const getStart = (code) => code.slice(0, /^9[78]/.test(code) ? 3 : 2);

// Whether a name begins with what was typed, but for one letter too many, missing, wrong or
// swapped.
const startsNearly = (typed, name) => {
  let same = 0;
  while (same < typed.length && typed[same] === name[same]) same += 1;
  const rest = typed.slice(same + 1);
  return (
    name.startsWith(rest, same + 1) ||
    name.startsWith(rest, same) ||
    name.startsWith(typed.slice(same), same + 1) ||
    (typed[same + 1] === name[same] &&
      typed[same] === name[same + 1] &&
      name.startsWith(typed.slice(same + 2), same + 2))
  );
};

// Every text one slip away, past its first two letters: to know in which volumes to look.
function* makeSlips(typed) {
  yield `${typed[1]}${typed[0]}${typed.slice(2)}`;
  for (let at = 2; at <= typed.length; at += 1) {
    const [before, after] = [typed.slice(0, at), typed.slice(at)];
    for (const letter of " abcdefghijklmnopqrstuvwxyz") {
      yield before + letter + after;
      yield before + letter + after.slice(1);
    }
    yield before + after.slice(1);
    yield before + after.slice(1, 2) + after.slice(0, 1) + after.slice(2);
  }
}

// The number typed after a name: « Saint-Aubin (21) », « saint aubin 21 », or « Lyon 3e ».
const splitNumber = (typed) => {
  const found = /^(.*\p{L}.*?)[\s(]+(\d[\dab]?\d?)(?:er|e|ème)?\)?$/iu.exec(typed.trim());
  return found ? [foldName(found[1]), found[2].toUpperCase()] : [foldName(typed), ""];
};

const makeSuggestion = ({ departements }, key, nom, code, ancien) => {
  const departement = getStart(code);
  const found = { key, code, nom, departement, nomDepartement: departements[departement][0] };
  return ancien ? { ...found, nom: ancien, ancien: nom } : found;
};

// The volume that holds a name, if any does: the last one that does not begin after it.
const findVolume = (all, key) => {
  const next = all.volumes.findIndex((start) => start > key);
  return Math.max(0, (next < 0 ? all.volumes.length : next) - 1);
};

const keepDistinct = (all) =>
  all.filter(({ code }, at) => all.findIndex((one) => one.code === code) === at);

const describe = (all, departement, file, at) => {
  const [nomDepartement, region] = all.departements[departement];
  const siren = file.intercommunalites[at];
  return {
    code: file.codes[at],
    nom: file.noms[at],
    departement,
    nomDepartement,
    region,
    intercommunalite: siren,
    nomIntercommunalite: file.siren[siren] ?? "",
    territoires: [file.ept?.[at], siren, departement, region].filter(Boolean),
    latitude: file.latitudes[at],
    longitude: file.longitudes[at],
  };
};

// The largest first; a town of the index, whose population is not told, is larger than others.
const compareSizes = (a, b) => (b.habitants ?? Infinity) - (a.habitants ?? Infinity) || 0;

const findRings = ({ geometry }) => geometry.coordinates.flat();
const findReach = ({ properties }) => (properties.code === "987" ? REACH_OF_ATOLLS : REACH);

/** Those of what `complete` gave whose name, or postcode, is exactly what was typed. */
export const findHomonyms = (typed, found) => {
  const [key] = splitNumber(typed);
  const same = found.filter((one) => (one.poste ?? one.key) === key);
  return same.filter(({ code }, at) => same.findIndex((one) => one.code === code) === at);
};

/** The communes, from the files at `base` (« /lieux/ » after the base path of the site). */
export const openCommunes = (base) => {
  const read = memoize((name) => fetchJson(`${base}${name}`));
  const readIndex = () => read("index.json");
  const readCommunes = (departement) => read(`${departement.toLowerCase()}.json`);

  const keyed = new WeakMap(); // names are folded once a file
  const foldAll = (names) => {
    if (!keyed.has(names)) keyed.set(names, names.map(foldName));
    return keyed.get(names);
  };

  const pick = (all, { noms, codes, anciens = {}, habitants = [] }, fits) =>
    foldAll(noms).flatMap((key, at) =>
      fits(key)
        ? [
            {
              ...makeSuggestion(all, key, noms[at], codes[at], anciens[at]),
              habitants: habitants[at],
            },
          ]
        : [],
    );

  const readVolume = async (all, at) => read(`noms-${all.volumes[at].replaceAll(" ", "-")}.json`);

  // Those that begin as was typed, from as few volumes as it takes.
  const findBeginning = async (all, key, departement) => {
    const here = (one) => !departement || one.departement.startsWith(departement);
    const fits = (name) => name.startsWith(key);
    const found = [];
    for (let at = findVolume(all, key); at < all.volumes.length; at += 1) {
      const started = all.volumes[at] <= key || all.volumes[at].startsWith(key);
      const enough = found.length >= SUGGESTIONS && found.at(-1).key !== key;
      if (!started || enough) break;
      // One more is read only when those before were not enough.
      // oxlint-disable-next-line no-await-in-loop
      found.push(...pick(all, await readVolume(all, at), fits).filter(here));
    }
    const towns = pick(all, all.villes, fits).filter(here);
    found.sort(compareSizes);
    const same = [...towns, ...found].filter((one) => one.key === key);
    const exact = keepDistinct(same).sort(compareSizes);
    // All homonyms are proposed, even when there are twelve Sainte-Colombe.
    return keepDistinct([...exact, ...towns, ...found]).slice(
      0,
      Math.max(SUGGESTIONS, exact.length),
    );
  };

  // One typing error, when nothing else was found: the first two letters are taken as right, or
  // swapped, so that one to eight volumes (four on average) are enough.
  const findNearly = async (all, key, departement) => {
    if (key.length < SLIP) return [];
    const places = new Set([...makeSlips(key)].map((slip) => findVolume(all, slip)));
    const volumes = await Promise.all(
      [...places].sort((a, b) => a - b).map((at) => readVolume(all, at)),
    );
    const found = volumes
      .flatMap((one) => pick(all, one, (name) => startsNearly(key, name)))
      .filter((one) => !departement || one.departement.startsWith(departement));
    // Whole names first, those of one slip before all: « Ambret » is Ambert, before Les Abrets.
    const order = (one) =>
      isOneSlipApart(key, one.key) ? 0 : Math.abs(one.key.length - key.length) > 1 ? 2 : 1;
    return keepDistinct(found.sort((a, b) => order(a) - order(b))).slice(0, SUGGESTIONS);
  };

  const findNamed = async (all, key, departement) => {
    const found = await findBeginning(all, key, departement);
    if (found.length) return found;
    // « lhay les roses »: the apostrophe is often left out.
    const elided = /^l[aeiouhy]/.test(key)
      ? await findBeginning(all, key.slice(1), departement)
      : [];
    return elided.length ? elided : findNearly(all, key, departement);
  };

  // A postcode, or its first digits. 97 and 98 wait for the third one.
  const findPosted = async (all, digits) => {
    const start = getStart(digits);
    const codes = [start, ...(all.postes[start] ?? [])].filter((code) => code in all.departements);
    const files = await Promise.all(codes.map(readCommunes));
    return files
      .flatMap((file) =>
        file.codes.flatMap((code, at) => {
          const poste = file.postes[at].split(" ").find((one) => one.startsWith(digits));
          if (!poste) return [];
          return [{ ...makeSuggestion(all, foldAll(file.noms)[at], file.noms[at], code), poste }];
        }),
      )
      .sort((a, b) => a.poste.localeCompare(b.poste) || (a.key < b.key ? -1 : 1));
  };

  /** Up to 8 communes for what was typed (a name or a postcode, even begun), the likeliest first:
   *  {code, nom, departement, nomDepartement}, with `ancien` when it is the name of a commune that
   *  was merged into it, and `poste` for a postcode. All the homonyms of a whole name are given,
   *  were there more than 8. Throws when a file cannot be had. */
  const complete = async (typed) => {
    const all = await readIndex();
    const digits = typed.replace(/\s/g, "");
    // A whole postcode may be that of fifty communes: all of them, then.
    if (/^\d{2,5}$/.test(digits)) {
      const found = await findPosted(all, digits);
      return digits.length === 5 ? found : found.slice(0, SUGGESTIONS);
    }
    const [key, departement] = splitNumber(typed);
    if (!key) return [];
    const found = await findNamed(all, key, departement);
    // The number may be that of an arrondissement.
    return found.length || !departement ? found : findNamed(all, key, "");
  };

  /** The communes that a text may mean when none was chosen in a list: those that have this name,
   *  else those whose names begin so. */
  const interpret = async (typed) => {
    const found = await complete(typed);
    const same = findHomonyms(typed, found);
    return same.length ? same : found;
  };

  /** The commune of an INSEE code, or null: {code, nom, departement, nomDepartement, region (slug),
   *  intercommunalite (SIREN, or ""), nomIntercommunalite, territoires (the codes of all that it is
   *  part of, the nearest first), latitude, longitude (null for four communes)}. */
  const findByCode = async (code) => {
    const [all, departement] = [await readIndex(), getStart(code)];
    if (!(departement in all.departements)) return null;
    const file = await readCommunes(departement);
    const at = file.codes.indexOf(code);
    return at < 0 ? null : describe(all, departement, file, at);
  };

  /** The commune whose town hall is nearest to a point, as `findByCode` gives it, or null far from
   *  France. The outlines of the départements are simplified (some 3 km): all those within REACH
   *  are looked at. Their files are all that is asked for, so the host learns a département, not a
   *  point. */
  const findAt = async (latitude, longitude) => {
    const [all, land] = await Promise.all([readIndex(), read("../carte/departements.geojson")]);
    const here = [latitude, longitude];
    const close = land.features.filter(
      (one) =>
        isInside(findRings(one), here) || measureToRings(findRings(one), here) <= findReach(one),
    );
    const codes = close.map((one) => one.properties.code);
    const files = await Promise.all(codes.map(readCommunes));
    let [best, least] = [null, Infinity];
    files.forEach((file, of) =>
      file.codes.forEach((_, at) => {
        if (file.latitudes[at] === null) return;
        const away = measureKilometres(here, [file.latitudes[at], file.longitudes[at]]);
        if (away < least) [best, least] = [() => describe(all, codes[of], file, at), away];
      }),
    );
    return best?.() ?? null;
  };

  /** The place that a view asks for (view.js): the commune of a code, or that of the device's
   *  point, at that point. What was sent before a commune was chosen is a name: the first commune
   *  of that name is meant, and `others` are the ones that might have been. */
  const findAsked = async ({ pres, ici }) => {
    if (ici) {
      const here = await findAt(...ici);
      return { place: here && { ...here, latitude: ici[0], longitude: ici[1] }, others: [] };
    }
    const known = pres ? await findByCode(pres) : null;
    if (known || !pres) return { place: known, others: [] };
    const [first, ...others] = await interpret(pres);
    return { place: first ? await findByCode(first.code) : null, others };
  };

  return { complete, findByCode, findAt, findAsked };
};
