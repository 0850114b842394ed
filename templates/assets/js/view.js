// What is asked of the directory (a « view »), to the address of the page and back.
// Nothing here knows of the page: docs/decisions/0012-one-directory-two-views.md gives the keys.

/* Any of the values of one list; the lists narrow one another. */
export const LISTS = ["pratique", "activite", "profil", "theme", "relation"];
const WORDS = ["q", "territoire", "verification", "pres", "tri", "fiche"];
const CHOICES = { verification: ["oui", "non"], tri: ["nom"] };

export const nothing = () => ({
  q: "", territoire: "", pratique: [], activite: [], profil: [], theme: [], relation: [],
  verification: "", pres: "", ici: null, tri: "", exemples: true, fiche: "", cadre: null,
});

/* Numbers in a range, no finer than `decimals`; null when they are not. */
function numbers(text, ...shapes) {
  const parts = text.split(",");
  if (parts.length !== shapes.length) return null;
  const found = parts.map((part, index) => {
    const { least, most, decimals } = shapes[index];
    const value = Number(part);
    return part.trim() && value >= least && value <= most ? rounded(value, decimals) : NaN;
  });
  return found.some(Number.isNaN) ? null : found;
}
// Adding zero makes the 0 of -0.
const rounded = (value, decimals) => Number(value.toFixed(decimals)) + 0;
const degrees = (most, decimals) => ({ least: -most, most, decimals });
const HERE = [degrees(90, 2), degrees(180, 2)]; // a kilometre: enough to tell a commune
const FRAME = [degrees(90, 4), degrees(180, 4), { least: 0, most: 20, decimals: 2 }];

/* The view of an address: `search` and `hash` as `location` has them. What is not understood is not asked. */
export function read(search, hash = "") {
  const query = new URLSearchParams(search);
  const view = nothing();
  for (const key of WORDS) view[key] = words(query.get(key) ?? "");
  for (const key of LISTS) view[key] = [...new Set(query.getAll(key).map(words).filter(Boolean))];
  for (const [key, known] of Object.entries(CHOICES)) if (!known.includes(view[key])) view[key] = "";
  view.territoire ||= words(query.get("departement") ?? "");
  view.exemples = query.get("exemples") !== "non";
  const kept = new URLSearchParams(hash.replace(/^#/, ""));
  view.ici = numbers(kept.get("ici") ?? "", ...HERE);
  view.cadre = numbers(query.get("cadre") ?? kept.get("cadre") ?? "", ...FRAME);
  if (view.ici) view.pres = "";
  return view;
}

/* What an address has for a choice and is none of its values, which `read` does not ask: [key, value]. */
export function dropped(search) {
  const query = new URLSearchParams(search);
  return Object.entries(CHOICES).map(([key, known]) => [key, words(query.get(key) ?? ""), known]).filter(([, value, known]) => value && !known.includes(value));
}

/* What is typed: without the ends, and what no address can hold (half of a pair of surrogates). */
const words = (text) => text.toWellFormed().replace(/\s+/g, " ").trim();

/* A view as an address may hold it: what `read(...write(view))` gives back. */
export const settled = (view) => { const { search, hash } = write(view); return read(search, hash); };

/* The end of the address of a view: `search` is "" or « ?q=… », `hash` is "" or « #ici=… ». */
export function write(view) {
  const query = new URLSearchParams();
  for (const key of ["q", "territoire", ...LISTS, "verification", "pres", "tri"]) {
    for (const value of [view[key]].flat()) if (words(value)) query.append(key, words(value));
  }
  if (!view.exemples) query.set("exemples", "non");
  // Around the device's position, the frame of the map would tell it.
  const kept = new URLSearchParams(view.ici ? { ici: told(view.ici, HERE) } : {});
  if (view.cadre) (view.ici ? kept : query).set("cadre", told(view.cadre, FRAME));
  if (words(view.fiche)) query.set("fiche", words(view.fiche));
  const [search, hash] = [query, kept].map((one) => `${one}`.replaceAll("%2C", ","));
  return { search: search && `?${search}`, hash: hash && `#${hash}` };
}

const told = (values, shapes) => values.map((value, index) => rounded(value, shapes[index].decimals)).join(",");

/* Whether anything narrows or orders the list: what is chosen or framed on the map does not. */
export const isAsked = (view) => write({ ...view, fiche: "", cadre: null }).search !== "" || view.ici !== null;

/* A view for everyone: the device's position is a visitor's own, others get its commune instead. */
export const shared = ({ view, place }) => ({ ...view, ici: null, pres: place?.code ?? view.pres });

/* What is asked, as one text: two views that ask the same have the same answer. */
export const question = (view) => Object.values(write({ ...view, fiche: "", cadre: null })).join("");
