// What is said of an answer, in a few sentences: words alone, nothing of the page.
import { before, distance, plural, typo } from "./text.js";
import { isLocal, reach } from "./directory-search.js";

export const placeLabel = (place) => `${place.nom} (${place.departement})`;

const AGAIN = "Vérifiez votre connexion, puis appuyez sur « Chercher ».";
export const NO_INDEX = printed(`Les filtres n’ont pas pu être chargés : la liste ci-dessous n’est pas filtrée. ${AGAIN}`);

/* French spaces, which the sentences below are written without. */
export function printed(text) {
  return typo(text).replace(/ ([;?])/g, "\u202f$1").replace(/ :/g, "\u00a0:").replace(/« /g, "«\u202f").replace(/ »/g, "\u202f»");
}

/* What was asked and cannot be answered: it is left aside, or did not arrive. */
function notices({ view, place, others, aside, missing }) {
  const said = [];
  const values = aside.filter(([key]) => key !== "pres" && key !== "ici").map(([key, value]) => `${key} « ${value} »`);
  for (const [key, value] of aside) {
    if (key === "pres") said.push(`Commune non trouvée, « ${value} » : vérifiez l’orthographe, ou tapez son code postal.`);
    if (key === "ici") said.push("La position demandée est hors de France : elle est laissée de côté.");
  }
  if (values.length) said.push(`${values.length > 1 ? "Valeurs inconnues de l’annuaire, laissées" : "Valeur inconnue de l’annuaire, laissée"} de côté : ${values.join(", ")}.`);
  if (missing.has("lieu")) said.push(`La commune demandée n’a pas pu être chargée : la liste n’est pas triée par distance. ${AGAIN}`);
  if (missing.has("textes")) said.push(`Les résumés des fiches n’ont pas pu être chargés${view.q ? " : vos mots n’y sont pas cherchés" : ""}. ${AGAIN}`);
  if (others.length) said.push(`« ${view.pres} » peut désigner plusieurs communes : la liste part ${before("de", placeLabel(place))}, les autres sont proposées dessous.`);
  return said;
}

/* « dans le Rhône », « sur le territoire de … ». */
function locative({ departements, regions, intercommunalites }, code) {
  const at = (table) => table.find(([own]) => own === code);
  return at(departements)?.[3] ?? at(regions)?.[2] ?? `sur le territoire de ${at(intercommunalites)[1]}`;
}

/* Who stands in a territory, who acts there from elsewhere, who acts everywhere. */
function inTerritory({ view, all }, ours, recorded, none) {
  const here = ours.filter((record) => record.standing.includes(view.territoire)).length;
  const around = ours.filter((record) => isLocal(record, view.territoire)).length - here;
  const said = [`${here + around ? recorded(here) : none} ${locative(all, view.territoire)}`];
  if (around) said.push(`${around} ${around < 2 ? "y intervient" : "y interviennent"} d’ailleurs`);
  return [...said, ...everywhere(ours.length - here - around)];
}

const everywhere = (number) => (number ? [plural(number, "agit dans toute la France", "agissent dans toute la France")] : []);

/* Who is known to act in the commune; then the others, in the order of the list. */
function nearPlace({ view, place, answer }, ours, { un, plusieurs, accord }) {
  const near = ({ number }) => answer.near.get(number);
  const acting = ours.filter((record) => near(record).acts).length;
  const rest = ours.filter((record) => !near(record).acts);
  const national = rest.filter((record) => record.national).length;
  const away = rest.filter((record) => !record.national).map((record) => near(record).km);
  const far = away.filter((km) => km !== null);
  const at = before("à", placeLabel(place));
  return [
    acting ? `${plural(acting, `${un} intervient`, `${plusieurs} interviennent`)} ${at}`
      : `Aucun${accord} ${un} recensé${accord} n’est connu${accord} pour intervenir ${at}`,
    ...(far.length ? [ranked(far, acting ? "autre " : "", view.tri)] : []),
    ...everywhere(national),
    ...(far.length < away.length ? [`${away.length - far.length} sans distance connue`] : []),
  ];
}

/* « 23 autres fiches, de la plus proche (à 12 km) à la plus lointaine ». */
function ranked(far, other, order) {
  const nearest = distance(Math.min(...far));
  if (far.length === 1) return `1 ${other}fiche, ${nearest}`;
  const those = `${far.length} ${other && "autres "}fiches`;
  return order ? `${those}, la plus proche ${nearest}` : `${those}, de la plus proche (${nearest}) à la plus lointaine`;
}

/* All that the status says of a state. `words` are the network's own: `un`, `plusieurs` and `accord`
   (the « e » of the feminine). */
export function sentence(state, words) {
  const { view, place, answer, missing, partial } = state;
  const { un, plusieurs, accord } = words;
  const recorded = (number) => plural(number, `${un} recensé${accord}`, `${plusieurs} recensé${accord}s`);
  const none = partial ? "Aucune fiche trouvée par son nom ou son lieu" : "Aucune fiche recensée";
  const ours = answer.found.filter((record) => !record.example);
  const said = view.territoire ? inTerritory(state, ours, recorded, none) : [];
  if (place && ours.length) said.push(...nearPlace(state, ours, words).slice(0, said.length ? 1 : undefined));
  if (!said.length) said.push(ours.length ? recorded(ours.length) : none);
  if (answer.found.length > ours.length) said.push(plural(answer.found.length - ours.length, "fiche d’exemple", "fiches d’exemple"));
  for (const [typed, word] of answer.slips) said.push(`« ${typed} » n’est nulle part, « ${word} » y est`);
  if (partial && !missing.has("textes")) said.push("recherche dans les résumés en cours");
  return printed([...notices(state), `${said.join(" ; ")}.`].join(" "));
}

/* How a record acts in a territory: never more than what it names. */
export const acts = (record, code, all) => ({ whole: "Y intervient", part: "Intervient dans une partie du territoire" })[reach(record, code, all)];
