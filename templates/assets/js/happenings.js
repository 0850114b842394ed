// « Ce qui se passe ici »: the projects, events and news of a place or of a territory, from the file
// that views/territory/happenings.py makes. They are fetched for an answer near a place alone.
import { formatCount } from "./text.js";

const MOST = 6; // lines: the page of the territory has them all

/* The codes of what is asked, the nearest first: the commune, its intercommunalités, its
   département; or the territory. */
function listCodes({ place, view, all }) {
  if (!place) return view.territoire ? [view.territoire] : [];
  const isRegion = (code) => all.regions.some(([slug]) => slug === code);
  return [place.code, ...place.territoires.filter((code) => !isRegion(code))];
}

/* « 6 projets et 1 rendez-vous ou actualité ici », of the place or the territory of a state; "" when
   nothing happens there. */
export function countHappenings(state, rows) {
  const [here] = listCodes(state);
  const found = rows.filter(([, , , , codes]) => codes.includes(here));
  const projects = found.filter(([, , address]) => address.startsWith("../projets/")).length;
  const others = found.length - projects;
  const said = [
    ...(projects ? [formatCount(projects, "projet", "projets")] : []),
    ...(others
      ? [formatCount(others, "rendez-vous ou actualité", "rendez-vous ou actualités")]
      : []),
  ];
  return said.length ? `${said.join(" et ")} ici` : "";
}

/* What happens around what a state asks: the first few ({what, title, address, where}), of how many
   in all (`total`), and the code of the territory whose page has them all. The nearest come first, and
   what is in the file keeps its order. */
export function findHappenings(state, rows) {
  const codes = listCodes(state);
  const rank = ({ codes: own }) => codes.findIndex((code) => own.includes(code));
  const found = rows
    .map(([what, title, address, where, own]) => ({ what, title, address, where, codes: own }))
    .filter((one) => rank(one) >= 0)
    .sort((a, b) => rank(a) - rank(b));
  return { found: found.slice(0, MOST), total: found.length, whole: codes.at(-1) };
}
