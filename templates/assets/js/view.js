// A « view » is a question to the directory: convert an address of the page to a view, and back.
// docs/decisions/0012-one-directory-two-views.md gives the keys.

const { facettes, cherchees } = document.querySelector("[data-facettes]")?.dataset ?? {};
/* The facets, which the page names. A view has any of the values of each; facets narrow one
   another. */
export const LISTS = facettes?.split(" ") ?? [];
/* The facets whose terms are also found by words. */
export const SEARCHED = cherchees?.split(" ") ?? [];
const WORDS = ["q", "territoire", "verification", "pres", "tri", "fiche"];
const CHOICES = { verification: ["oui", "non"], tri: ["nom"] };

export const makeEmptyView = () => ({
  ...Object.fromEntries(WORDS.map((key) => [key, ""])),
  ...Object.fromEntries(LISTS.map((key) => [key, []])),
  ici: null,
  exemples: true,
  cadre: null,
});

// Adding zero turns -0 into 0.
const round = (value, decimals) => Number(value.toFixed(decimals)) + 0;

/* Read numbers, rounded to `decimals`; null if one is not in the range of its shape. */
function readNumbers(text, shapes) {
  const parts = text.split(",");
  if (parts.length !== shapes.length) return null;
  const found = parts.map((part, index) => {
    const { least, most, decimals } = shapes[index];
    const value = Number(part);
    return part.trim() && value >= least && value <= most ? round(value, decimals) : NaN;
  });
  return found.some(Number.isNaN) ? null : found;
}
const writeNumbers = (values, shapes) =>
  values.map((value, index) => round(value, shapes[index].decimals)).join(",");
const makeShape = (most, decimals) => ({ least: -most, most, decimals });
const HERE = [makeShape(90, 2), makeShape(180, 2)]; // a kilometre: enough to find a commune
const FRAME = [makeShape(90, 4), makeShape(180, 4), { least: 0, most: 20, decimals: 2 }];

/* A typed text without blanks at its ends, nor what no address can hold (half a surrogate pair). */
export const tidy = (text) =>
  text
    .replace(/\p{Cs}/gu, "\ufffd")
    .replace(/\s+/g, " ")
    .trim();

/* The view of an address: `search` and `hash` as `location` has them. Values that are not
   understood are left out. */
export function readView(search, hash = "") {
  const query = new URLSearchParams(search);
  const view = makeEmptyView();
  for (const key of WORDS) view[key] = tidy(query.get(key) ?? "");
  for (const key of LISTS) view[key] = [...new Set(query.getAll(key).map(tidy).filter(Boolean))];
  for (const [key, known] of Object.entries(CHOICES))
    if (!known.includes(view[key])) view[key] = "";
  view.territoire ||= tidy(query.get("departement") ?? "");
  view.exemples = query.get("exemples") !== "non";
  const kept = new URLSearchParams(hash.replace(/^#/, ""));
  view.ici = readNumbers(kept.get("ici") ?? "", HERE);
  view.cadre = readNumbers(query.get("cadre") ?? kept.get("cadre") ?? "", FRAME);
  if (view.ici) view.pres = "";
  return view;
}

/* The values of an address that `readView` leaves out because they are not valid: [key, value]. */
export function findDropped(search) {
  const query = new URLSearchParams(search);
  return Object.entries(CHOICES)
    .map(([key, known]) => [key, tidy(query.get(key) ?? ""), known])
    .filter(([, value, known]) => value && !known.includes(value));
}

/* The end of the address of a view: `search` is "" or « ?q=… », `hash` is "" or « #ici=… ». */
export function writeView(view) {
  const query = new URLSearchParams();
  for (const key of ["q", "territoire", ...LISTS, "verification", "pres", "tri"]) {
    for (const value of [view[key]].flat()) if (tidy(value)) query.append(key, tidy(value));
  }
  if (!view.exemples) query.set("exemples", "non");
  // Around the device's position, the frame of the map would reveal it.
  const kept = new URLSearchParams(view.ici ? { ici: writeNumbers(view.ici, HERE) } : {});
  if (view.cadre) (view.ici ? kept : query).set("cadre", writeNumbers(view.cadre, FRAME));
  if (tidy(view.fiche)) query.set("fiche", tidy(view.fiche));
  const [search, hash] = [query, kept].map((one) => `${one}`.replaceAll("%2C", ","));
  return { search: search && `?${search}`, hash: hash && `#${hash}` };
}

/* A view with its values as they are after a trip through an address. */
export function settleView(view) {
  const { search, hash } = writeView(view);
  return readView(search, hash);
}

/* The address without the chosen record and the frame of the map, which do not change the list. */
const writeQuestion = (view) => writeView({ ...view, fiche: "", cadre: null });

/* Whether anything narrows or orders the list. */
export const isAsked = (view) => writeQuestion(view).search !== "" || view.ici !== null;

/* Whether anything narrows the list of real records. */
export const isNarrowed = (view) =>
  isAsked({ ...view, pres: "", ici: null, tri: "", exemples: true });

/* The question of a view as one text: views with the same text have the same answer. */
export const identifyQuestion = (view) => Object.values(writeQuestion(view)).join("");

/* A view to share with others: it has the commune instead of the device's position. */
export const shareView = ({ view, place }) => ({
  ...view,
  ici: null,
  pres: place?.code ?? view.pres,
});
