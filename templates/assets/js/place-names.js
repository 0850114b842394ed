// The names of the communes and territories of France, from the small files of /lieux/ (made by
// views/communes.py): a name or a postcode, even begun, becomes places.
import { getStart } from "./communes.js";
import { memoize } from "./page.js";
import { dropArticle, fold, isOneSlipApart } from "./text.js";

const SUGGESTIONS = 8;
const LARGER = 3; // towns
const SLIP = 5; // letters from which one typing error is forgiven
// An arrondissement after or before its town: « Lyon 3e », « 11e arrondissement de Paris ».
const ARRONDISSEMENT =
  /^(paris|lyon|marseille) \d\d?(?:er|e|eme)?(?: arr.*)?$|^\d\d?(?:er|e|eme)?(?: arr\w*)?(?: de)? (paris|lyon|marseille)$/;
// The type of an intercommunalité, which is left out of the name under which it is filed.
const BODY =
  /^(?:communaute (?:de communes|d agglomeration|urbaine)|metropole) (?:(?:du|de la|de l|des|de|d|le|la|les) )?/;

export const foldName = (name) => dropArticle(fold(name));

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

// Every text that differs by one slip after its first two letters: they tell which volumes to read.
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

// The words between a commune and its territory: « Saint-Denis de la Réunion », « Rodez en
// Occitanie ».
const LINK = /(?: (?:a|dans|en|de|d|du|des|la|le|les|l))+$/;

// The names of départements and régions that may end a text, each with the départements it stands
// for.
const listEndings = (departements) => {
  const found = new Map();
  for (const [code, [name]] of Object.entries(departements)) {
    found.set(` ${foldName(name)}`, [code]);
  }
  for (const [code, [, region]] of Object.entries(departements)) {
    const end = ` ${foldName(region)}`;
    if (region) found.set(end, [...new Set([...(found.get(end) ?? []), code])]);
  }
  return [...found];
};

const makeReading = (name, departements = null) => ({ key: dropArticle(name), departements });

// The town of an arrondissement, of which no territory and no longer name is meant.
const readArrondissement = (text) => {
  const [, after, before] = ARRONDISSEMENT.exec(text) ?? [];
  const town = after ?? before;
  return town ? [{ ...makeReading(town), isWhole: true }] : [];
};

// Whether a commune is in the départements of a reading, if the reading has any.
const isWithin = ({ departements }, { departement }) =>
  !departements || departements.includes(departement);

// What a text may name, the likeliest first: {key, departements}. « Saint-Aubin (21) »,
// « Saint-Aubin, Côte-d’Or » and « Rennes en Bretagne » are a name and where it is, « Lyon 3e » is
// Lyon; in « lhay les roses » the apostrophe is left out.
const listReadings = ({ departements, endings }, typed) => {
  const text = fold(typed);
  const readings = [makeReading(text)];
  const numbered = /^(.*[a-z].*) (\d[\dab]?\d?)(?:er|e|eme|nd)?(?: arr.*)?$/.exec(text);
  if (numbered) {
    const [, name, number] = numbered;
    const code = number.toUpperCase();
    if (code in departements) readings.push(makeReading(name, [code]));
  }
  readings.push(...readArrondissement(text));
  for (const [end, codes] of endings) {
    if (!text.endsWith(end)) continue;
    const name = ` ${text.slice(0, -end.length)}`.replace(LINK, "").trim();
    readings.push(makeReading(name, codes));
  }
  if (/^l[aeiouhy]/.test(text)) readings.push(makeReading(text.slice(1)));
  return readings.filter(({ key }) => /[a-z]/.test(key));
};

const makeCommune = ({ departements }, { code, nom, key, habitants, ancien }) => {
  const departement = getStart(code);
  const [nomDepartement] = departements[departement];
  const found = { kind: "commune", key, code, nom, departement, nomDepartement, habitants };
  return ancien ? { ...found, nom: ancien, ancien: nom } : found;
};

const nameNature = ({ departements }, code) => {
  if (/^[a-z]/.test(code)) return "Région";
  if (!(code in departements)) return "Intercommunalité";
  return departements[code][1] ? "Département" : "Collectivité";
};

// `partie` is the name that was typed, if it is that of a part of this territory without a page.
const makeTerritory = (all, [key, nom, code, whole]) => ({
  kind: "territoire",
  key,
  code,
  nom: whole ?? nom,
  nature: nameNature(all, code),
  ...(whole && { partie: nom }),
});

const pickTerritories = (all, { territoires }, fits) =>
  territoires.filter(([key]) => fits(key)).map((row) => makeTerritory(all, row));

// The only volume that may have a name: the last one that does not begin after it.
const findVolume = (all, key) => {
  const next = all.volumes.findIndex((start) => start > key);
  return Math.max(0, (next < 0 ? all.volumes.length : next) - 1);
};

const identify = ({ code, partie }) => partie ?? code;
const keepDistinct = (found) => {
  const all = found.map(identify);
  return found.filter((one, at) => all.indexOf(identify(one)) === at);
};

const byPopulation = (a, b) => b.habitants - a.habitants || (a.code < b.code ? -1 : 1);

// Present names of communes come first, even if only their start was typed (« Évry » is
// Évry-Courcouronnes); former names come after.
const rankName = ({ key, nom, ancien }) => (ancien && !foldName(nom).startsWith(key) ? 1 : 0);

/** The names, from the files that `read` gives (communes.js). A commune is {kind: "commune", key,
 *  code, nom, departement, nomDepartement, habitants}, with `ancien` when it is the name of a
 *  commune that was merged into it, and `poste` for a postcode; a territory is {kind: "territoire",
 *  key, code, nom, nature}, with `partie` when that was named. All functions throw when a file
 *  cannot be had. */
export const openPlaceNames = (read) => {
  const readIndex = memoize(async () => {
    const all = await read("index");
    return { ...all, endings: listEndings(all.departements) };
  });
  const readCommunes = (departement) => read(departement.toLowerCase());
  const readVolume = (all, at) => read(`noms-${all.volumes[at].replaceAll(" ", "-")}`);

  const keyed = new WeakMap(); // the names of each file are folded once
  const foldAll = (names) => {
    if (!keyed.has(names)) keyed.set(names, names.map(foldName));
    return keyed.get(names);
  };

  const pick = (all, { noms, codes, habitants, anciens = {} }, fits) =>
    foldAll(noms).flatMap((key, at) =>
      fits(key)
        ? [
            makeCommune(all, {
              key,
              nom: noms[at],
              code: codes[at],
              ancien: anciens[at],
              // The towns of the index are the largest of all, in their order.
              habitants: habitants?.[at] ?? 1e7 - at,
            }),
          ]
        : [],
    );

  // All the places that have a name: communes, the largest first, and territories.
  const findKey = async (all, reading) => {
    const { key, departements, isWhole } = reading;
    const volume = await readVolume(all, findVolume(all, key));
    const fits = (name) => name === key;
    const communes = keepDistinct([...pick(all, all.villes, fits), ...pick(all, volume, fits)])
      .filter((one) => isWithin(reading, one))
      .sort((a, b) => rankName(a) - rankName(b) || byPopulation(a, b));
    const isTown = departements || isWhole;
    return { communes, territoires: isTown ? [] : pickTerritories(all, volume, fits) };
  };

  /** The communes and the territories that have exactly the name that was typed. */
  const findNamed = async (typed) => {
    const all = await readIndex();
    const body = fold(typed).replace(BODY, "");
    if (body !== fold(typed)) {
      const { territoires } = await findKey(all, { key: dropArticle(body) });
      if (territoires.length) return { communes: [], territoires };
    }
    for (const reading of listReadings(all, typed)) {
      // The next reading is tried only if the previous one is not the name of a place.
      // oxlint-disable-next-line no-await-in-loop
      const found = await findKey(all, reading);
      if (found.communes.length || found.territoires.length) return found;
    }
    return { communes: [], territoires: [] };
  };

  /** The large towns whose names begin with the whole name of a smaller commune: « Clermont » may
   *  mean Clermont-Ferrand. The largest come first. */
  const findLarger = async ({ key, code, habitants }) => {
    const all = await readIndex();
    return pick(all, all.villes, (name) => name.startsWith(`${key} `))
      .filter((one) => one.code !== code && one.habitants > habitants)
      .slice(0, LARGER);
  };

  // The places whose names begin with the typed text, from as few volumes as possible.
  const findBeginning = async (all, reading) => {
    const { key, departements } = reading;
    const here = (one) => isWithin(reading, one);
    const fits = (name) => name.startsWith(key);
    const [found, territoires] = [[], []];
    for (let at = findVolume(all, key); at < all.volumes.length; at += 1) {
      const started = all.volumes[at] <= key || all.volumes[at].startsWith(key);
      if (!started || found.length >= SUGGESTIONS) break;
      // One more volume is read only if the previous ones were not enough.
      // oxlint-disable-next-line no-await-in-loop
      const volume = await readVolume(all, at);
      found.push(...pick(all, volume, fits).filter(here));
      territoires.push(...pickTerritories(all, volume, fits));
    }
    const towns = pick(all, all.villes, fits).filter(here);
    const communes = keepDistinct([...towns, ...found.sort(byPopulation)]);
    return { communes, territoires: departements ? [] : territoires };
  };

  // One typing error: the first two letters are taken as right, or swapped, so that one to eight
  // volumes (four on average) are enough.
  const findNearly = async (all, reading) => {
    const { key } = reading;
    if (key.length < SLIP) return [];
    const places = new Set([...makeSlips(key)].map((slip) => findVolume(all, slip)));
    const volumes = await Promise.all(
      [...places].sort((a, b) => a - b).map((at) => readVolume(all, at)),
    );
    const found = volumes
      .flatMap((one) => pick(all, one, (name) => startsNearly(key, name)))
      .filter((one) => isWithin(reading, one));
    // Whole names come before beginnings of names: « Ambret » is Ambert, rather than Les Abrets.
    const order = (one) =>
      isOneSlipApart(key, one.key) ? 0 : Math.abs(one.key.length - key.length) > 1 ? 2 : 1;
    return keepDistinct(found.sort((a, b) => order(a) - order(b) || byPopulation(a, b)));
  };

  /** The communes of a postcode, or of its first digits (two at least; after 97 or 98, three), the
   *  largest first. */
  const findPosted = async (digits) => {
    const all = await readIndex();
    const start = getStart(digits);
    const codes = [start, ...(all.postes[start] ?? [])].filter((code) => code in all.departements);
    const files = await Promise.all(codes.map(readCommunes));
    return files
      .flatMap((file) =>
        file.codes.flatMap((code, at) => {
          const poste = file.postes[at].split(" ").find((one) => one.startsWith(digits));
          const [key, habitants] = [foldAll(file.noms)[at], file.habitants?.[at] ?? 0];
          return poste
            ? [{ ...makeCommune(all, { key, nom: file.noms[at], code, habitants }), poste }]
            : [];
        }),
      )
      .sort((a, b) => (a.poste === b.poste ? byPopulation(a, b) : a.poste < b.poste ? -1 : 1));
  };

  /** The département, or the overseas collectivité, of a code or of the first digits of a postcode;
   *  or null. */
  const findTerritory = async (digits) => {
    const all = await readIndex();
    const code = digits.length < 4 ? digits.toUpperCase() : getStart(digits);
    const name = all.departements[code]?.[0];
    return name ? makeTerritory(all, ["", name, code]) : null;
  };

  /** The places that the letters or digits typed so far may mean: {communes, territoires}. Up to 8
   *  communes, or all those with a whole name or postcode; if none begins so, those that are one
   *  typing error away, unless only `exact` letters count. */
  const complete = async (typed, exact = false) => {
    const digits = typed.replace(/\s/g, "");
    if (/^\d{2,5}$/.test(digits)) {
      const [found, territory] = await Promise.all([findPosted(digits), findTerritory(digits)]);
      return {
        communes: digits.length === 5 ? found : found.slice(0, SUGGESTIONS),
        territoires: territory && digits.length < 4 ? [territory] : [],
      };
    }
    const all = await readIndex();
    const named = await findNamed(typed);
    const readings = listReadings(all, typed).filter(({ isWhole }) => !isWhole);
    let begun = { communes: [], territoires: [] };
    for (const reading of readings) {
      // oxlint-disable-next-line no-await-in-loop
      begun = await findBeginning(all, reading);
      if (begun.communes.length || begun.territoires.length) break;
    }
    const communes = keepDistinct([...named.communes, ...begun.communes]);
    const territoires = keepDistinct([...named.territoires, ...begun.territoires]);
    if (!exact && !communes.length && !territoires.length && readings.length) {
      const reading = readings.find(({ departements }) => departements) ?? readings[0];
      communes.push(...(await findNearly(all, reading)));
    }
    return {
      communes: communes.slice(0, Math.max(SUGGESTIONS, named.communes.length)),
      territoires,
    };
  };

  /** Whether a text is the name of a place abroad. */
  const isAbroad = async (typed) => (await read("ailleurs")).noms.includes(foldName(typed));

  return { complete, findLarger, findNamed, findPosted, findTerritory, isAbroad };
};
