// The communes of France, from the small files of /lieux/ (made by views/communes.py): a code
// becomes a place, a point becomes a commune; place-names.js has the names. Independent of the
// page. Only static files are asked for, so the host learns no more than the first letters of a
// name and a département: never what was typed, nor where the visitor is.
import { isInside, measureKilometres, measureToRings } from "./geometry.js";
import { fetchJson, memoize } from "./page.js";

const REACH = 6; // km: a point so near the outline of a département may be in it (see `findAt`)
const REACH_OF_ATOLLS = 34; // the same, for Polynésie, whose outline has not all of them

/** The first digits of a postcode; of an INSEE code, they are the département. */
export const getStart = (code) => code.slice(0, /^9[78]/.test(code) ? 3 : 2);

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

const findRings = ({ geometry }) => geometry.coordinates.flat();
const findReach = ({ properties }) => (properties.code === "987" ? REACH_OF_ATOLLS : REACH);

/** The communes, from the files at `base` (« /lieux/ » after the base path of the site);
 *  `read(name)` gives what a file holds. All functions throw when a file cannot be had. */
export const openCommunes = (base) => {
  const read = memoize((name) => fetchJson(`${base}${name}.json`));
  const readOutlines = memoize(() => fetchJson(`${base}../carte/departements.geojson`));
  const readCommunes = (departement) => read(departement.toLowerCase());

  /** The commune of an INSEE code, or null: {code, nom, departement, nomDepartement, region (slug),
   *  intercommunalite (SIREN, or ""), nomIntercommunalite, territoires (the codes of all that it is
   *  part of, the nearest first), latitude, longitude (null for four communes)}. */
  const findByCode = async (code) => {
    const [all, departement] = [await read("index"), getStart(code)];
    if (!(departement in all.departements)) return null;
    const file = await readCommunes(departement);
    const at = file.codes.indexOf(code);
    return at < 0 ? null : describe(all, departement, file, at);
  };

  /** The commune whose town hall is nearest to a point, as `findByCode` gives it, or null far from
   *  France. The outlines of the départements are simplified (some 2 km): all those within REACH
   *  are looked at. Their files are all that is asked for, so the host learns a département, not a
   *  point. */
  const findAt = async (latitude, longitude) => {
    const [all, land] = await Promise.all([read("index"), readOutlines()]);
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

  return { read, findByCode, findAt };
};
