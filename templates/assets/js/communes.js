// The communes of France, from the small files of /lieux/ (made by views/communes.py): a name is
// completed, a code becomes a place, a point becomes a commune. It knows nothing of the page.
// Only static files are asked for, so the host learns no more than the first letters of a name and
// a département: never what was typed, nor where the visitor is.

import { fold, json, oneSlipApart } from "./text.js";

const SUGGESTIONS = 8;
const SLIP = 5; // letters from which one typing error is forgiven
const REACH = 6; // km from its outline within which a département may hold a point: see `lieuDe`

// Names are filed without their article: « Le Havre » stands at H.
const bare = (folded) => folded.replace(/^(?:les?|la|los|l) (?=.)/, "");

const departementOf = (code) => code.slice(0, code.startsWith("97") ? 3 : 2);

// Kilometres between two [latitude, longitude] on the sphere.
export const kilometres = ([a, b], [c, d]) => {
  const half = (degrees) => Math.sin((degrees * Math.PI) / 360) ** 2;
  const across = Math.cos((a * Math.PI) / 180) * Math.cos((c * Math.PI) / 180);
  return 12742 * Math.asin(Math.sqrt(half(c - a) + across * half(d - b)));
};

// Whether a name begins with what was typed, but for one letter too many, missing, wrong or swapped.
const near = (typed, name) => {
  let same = 0;
  while (same < typed.length && typed[same] === name[same]) same += 1;
  const rest = typed.slice(same + 1);
  return name.startsWith(rest, same + 1)
    || name.startsWith(rest, same)
    || name.startsWith(typed.slice(same), same + 1)
    || (typed[same + 1] === name[same] && typed[same] === name[same + 1]
      && name.startsWith(typed.slice(same + 2), same + 2));
};

// Every text one slip away, past its first two letters: to know in which volumes to look.
const slips = function* (typed) {
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
};

// The number typed after a name: « Saint-Aubin (21) », « saint aubin 21 », or « Lyon 3e ».
const parts = (typed) => {
  const found = /^(.*\p{L}.*?)[\s(]+(\d[\dab]?\d?)(?:er|e|ème)?\)?$/iu.exec(typed.trim());
  return found ? [bare(fold(found[1])), found[2].toUpperCase()] : [bare(fold(typed)), ""];
};

const inside = (rings, [latitude, longitude]) => rings.reduce((odd, ring) => ring.reduce(
  (found, [x, y], at) => {
    const [before, above] = ring[at ? at - 1 : ring.length - 1];
    const crosses = (above > latitude) !== (y > latitude)
      && longitude < before + ((latitude - above) * (x - before)) / (y - above);
    return crosses ? !found : found;
  }, odd), false);

// Kilometres from a point to the nearest side of the rings, on a plane that is true near the point.
const distance = (rings, [latitude, longitude]) => {
  const [east, north] = [111.2 * Math.cos((latitude * Math.PI) / 180), 111.2];
  let least = Infinity;
  for (const ring of rings) {
    for (let at = 1; at < ring.length; at += 1) {
      const [[a, b], [c, d]] = [ring[at - 1], ring[at]];
      const [x, y] = [(a - longitude) * east, (b - latitude) * north];
      const [u, v] = [(c - a) * east, (d - b) * north];
      const along = Math.min(1, Math.max(0, -(x * u + y * v) / (u * u + v * v || 1)));
      least = Math.min(least, Math.hypot(x + along * u, y + along * v));
    }
  }
  return least;
};

/** The places of France, from the files at `base` (« /lieux/ » after the base path of the site). */
export const lieux = (base) => {
  const kept = new Map();

  const read = (name) => {
    if (!kept.has(name)) {
      const asked = json(`${base}${name}`);
      asked.catch(() => kept.delete(name)); // so that it is asked again once the network is back
      kept.set(name, asked);
    }
    return kept.get(name);
  };

  const index = () => read("index.json");
  const communes = (departement) => read(`${departement.toLowerCase()}.json`);

  const keyed = new WeakMap(); // names are folded once a file
  const keys = (names) => {
    if (!keyed.has(names)) keyed.set(names, names.map((name) => bare(fold(name))));
    return keyed.get(names);
  };

  const suggestion = ({ departements }, key, nom, code, ancien) => {
    const departement = departementOf(code);
    const found = { key, code, nom, departement, nomDepartement: departements[departement][0] };
    return ancien ? { ...found, nom: ancien, ancien: nom } : found;
  };

  const pick = (all, { noms, codes, anciens = {} }, fits) => keys(noms).flatMap((key, at) =>
    fits(key) ? [suggestion(all, key, noms[at], codes[at], anciens[at])] : []);

  const volume = async (all, at) => read(`noms-${all.volumes[at].replaceAll(" ", "-")}.json`);

  // The volume that holds a name, if any does: the last one that does not begin after it.
  const volumeOf = (all, key) => Math.max(0, all.volumes.findLastIndex((start) => start <= key));

  // Those that begin as was typed, from as few volumes as it takes.
  const beginning = async (all, key, departement) => {
    const here = (one) => !departement || one.departement.startsWith(departement);
    const fits = (name) => name.startsWith(key);
    const found = [];
    for (let at = volumeOf(all, key); at < all.volumes.length; at += 1) {
      const started = all.volumes[at] <= key || all.volumes[at].startsWith(key);
      const enough = found.length >= SUGGESTIONS && found.at(-1).key !== key;
      if (!started || enough) break;
      found.push(...pick(all, await volume(all, at), fits).filter(here));
    }
    const towns = pick(all, all.villes, fits).filter(here);
    const exact = [...towns, ...found].filter((one) => one.key === key);
    // All homonyms are proposed, even when there are twelve Sainte-Colombe.
    return distinct([...exact, ...towns, ...found])
      .slice(0, Math.max(SUGGESTIONS, distinct(exact).length));
  };

  const distinct = (all) =>
    [...new Map(all.map((one) => [`${one.code} ${one.ancien ?? ""}`, one])).values()];

  // One typing error, when nothing else was found: the first two letters are taken as right, or
  // swapped, so that one to eight volumes (four on average) are enough.
  const nearly = async (all, key, departement) => {
    if (key.length < SLIP) return [];
    const places = new Set([...slips(key)].map((slip) => volumeOf(all, slip)));
    const volumes = await Promise.all([...places].sort((a, b) => a - b).map((at) => volume(all, at)));
    const found = volumes.flatMap((one) => pick(all, one, (name) => near(key, name)))
      .filter((one) => !departement || one.departement.startsWith(departement));
    // Whole names first, those of one slip before all: « Ambret » is Ambert, before Les Abrets.
    const order = (one) => (oneSlipApart(key, one.key) ? 0 : Math.abs(one.key.length - key.length) > 1 ? 2 : 1);
    return distinct(found.sort((a, b) => order(a) - order(b))).slice(0, SUGGESTIONS);
  };

  const named = async (all, key, departement) => {
    const found = await beginning(all, key, departement);
    if (found.length) return found;
    // « lhay les roses »: the apostrophe is often left out.
    const elided = /^l[aeiouhy]/.test(key) ? await beginning(all, key.slice(1), departement) : [];
    return elided.length ? elided : nearly(all, key, departement);
  };

  // A postcode, or its first digits. 97 waits for the third one: it is five départements.
  const posted = async (all, digits) => {
    const start = digits.slice(0, digits.startsWith("97") ? 3 : 2);
    const codes = [start, ...(all.postes[start] ?? [])].filter((code) => code in all.departements);
    const files = await Promise.all(codes.map(communes));
    return files.flatMap((file) => file.codes.flatMap((code, at) => {
      const poste = file.postes[at].split(" ").find((one) => one.startsWith(digits));
      if (!poste) return [];
      return [{ ...suggestion(all, keys(file.noms)[at], file.noms[at], code), poste }];
    })).sort((a, b) => a.poste.localeCompare(b.poste) || (a.key < b.key ? -1 : 1));
  };

  /** Up to 8 communes for what was typed (a name or a postcode, even begun), the likeliest first:
   *  {code, nom, departement, nomDepartement}, with `ancien` when it is the name of a commune that
   *  was merged into it, and `poste` for a postcode. All the homonyms of a whole name are given,
   *  were there more than 8. Throws when a file cannot be had. */
  const completer = async (typed) => {
    const all = await index();
    const digits = typed.replace(/\s/g, "");
    // A whole postcode may be that of fifty communes: all of them, then.
    if (/^\d{2,5}$/.test(digits)) {
      const found = await posted(all, digits);
      return digits.length === 5 ? found : found.slice(0, SUGGESTIONS);
    }
    const [key, departement] = parts(typed);
    if (!key) return [];
    const found = await named(all, key, departement);
    // The number may be that of an arrondissement.
    return found.length || !departement ? found : named(all, key, "");
  };

  /** Those of what `completer` gave that bear exactly the name, or the postcode, that was typed. */
  const homonymes = (typed, found) => {
    const [key] = parts(typed);
    const same = found.filter((one) => (one.poste ?? one.key) === key);
    return same.filter(({ code }, at) => same.findIndex((one) => one.code === code) === at);
  };

  /** The communes that a text may mean when none was chosen in a list: those that bear this name,
   *  else those whose names begin so. */
  const comprendre = async (typed) => {
    const found = await completer(typed);
    const same = homonymes(typed, found);
    return same.length ? same : found;
  };

  const described = (all, departement, file, at) => {
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

  /** The commune of an INSEE code, or null: {code, nom, departement, nomDepartement, region (slug),
   *  intercommunalite (SIREN, or ""), nomIntercommunalite, territoires (the codes of all that it is
   *  part of, the nearest first), latitude, longitude (null for four communes)}. */
  const lieu = async (code) => {
    const [all, departement] = [await index(), departementOf(code)];
    if (!(departement in all.departements)) return null;
    const file = await communes(departement);
    const at = file.codes.indexOf(code);
    return at < 0 ? null : described(all, departement, file, at);
  };

  /** The commune whose town hall is nearest to a point, as `lieu` gives it, or null far from France.
   *  The outlines of the départements are simplified (some 3 km): all those within REACH are looked
   *  at. Their files are all that is asked for, so the host learns a département, not a point. */
  const lieuDe = async (latitude, longitude) => {
    const [all, land] = await Promise.all([index(), read("../carte/departements.geojson")]);
    const here = [latitude, longitude];
    const rings = ({ geometry }) => geometry.coordinates.flat();
    const close = land.features.filter((one) =>
      inside(rings(one), here) || distance(rings(one), here) <= REACH);
    const codes = close.map((one) => one.properties.code);
    const files = await Promise.all(codes.map(communes));
    let [best, least] = [null, Infinity];
    files.forEach((file, of) => file.codes.forEach((_, at) => {
      if (file.latitudes[at] === null) return;
      const away = kilometres(here, [file.latitudes[at], file.longitudes[at]]);
      if (away < least) [best, least] = [() => described(all, codes[of], file, at), away];
    }));
    return best?.() ?? null;
  };

  /** The place that a view asks for (view.js): the commune of a code, or that of the device's point, at
   *  that point. What was sent before a commune was chosen is a name: the first commune that bears it
   *  is meant, and `others` are the ones that might have been. */
  const demande = async ({ pres, ici }) => {
    if (ici) {
      const here = await lieuDe(...ici);
      return { place: here && { ...here, latitude: ici[0], longitude: ici[1] }, others: [] };
    }
    const known = pres ? await lieu(pres) : null;
    if (known || !pres) return { place: known, others: [] };
    const [first, ...others] = await comprendre(pres);
    return { place: first ? await lieu(first.code) : null, others };
  };

  return { completer, homonymes, lieu, lieuDe, demande };
};
