// Describe an answer of the directory in a few sentences: functions that only return text.
import { isLocal } from "./directory-search.js";
import { countRecorded, sayAround } from "./record-parts.js";
import { countBeside, countEverywhere, countNear } from "./result-groups.js";
import { addPreposition, formatCount, labelCommune, typeset } from "./text.js";
import { isNarrowed } from "./view.js";

const AGAIN = "Vérifiez votre connexion, puis appuyez sur « Chercher ».";
export const NO_INDEX = typeset(
  `Les filtres n’ont pas pu être chargés : la liste ci-dessous n’est pas filtrée. ${AGAIN}`,
);

const NOWHERE = "Aucune fiche ne contient";
const SEARCHING = "Recherche en cours"; // in the summaries, which may still hold the words

/* Return sentences on the limits of the answer: unknown values, missing data, homonyms. */
function writeNotices({ view, place, said: meant, others, aside, missing }) {
  const said = [];
  const values = aside
    .filter(([key]) => key !== "ici")
    .map(([key, value]) => `${key} « ${value} »`);
  if (aside.some(([key]) => key === "ici"))
    said.push("La position demandée est hors de France : elle est laissée de côté.");
  if (values.length)
    said.push(
      `${values.length > 1 ? "Valeurs inconnues de l’annuaire, laissées" : "Valeur inconnue de l’annuaire, laissée"} de côté : ${values.join(", ")}.`,
    );
  if (missing.has("lieu"))
    said.push(
      `La commune demandée n’a pas pu être chargée : la liste n’est pas triée par distance. ${AGAIN}`,
    );
  if (missing.has("textes"))
    said.push(
      `Les résumés des fiches n’ont pas pu être chargés${view.q ? " : vos mots n’y sont pas cherchés" : ""}. ${AGAIN}`,
    );
  return [...said, ...writeMeaning(meant, place, others)];
}

/* If the text means words: say that names of communes begin like them, or that they are unknown. */
function writeWords({ typed, isGuessed, isAbroad }, others) {
  if (isAbroad) return [`« ${typed} » n’est pas en France.`];
  if (!isGuessed)
    return others.some(({ mot }) => !mot)
      ? [`« ${typed} » commence aussi le nom de communes.`]
      : [];
  return [
    /^\d{5}$/.test(typed)
      ? `Le code postal ${typed} n’est celui d’aucune commune.`
      : `${NOWHERE} « ${typed} ».`,
    ...(others.length ? ["Vouliez-vous dire un des lieux proposés ?"] : []),
  ];
}

/* Return sentences on how the text was understood, where that is not obvious. */
function writeMeaning(said, place, others) {
  if (!said) return [];
  const { kind, typed, nom, ancien, partie, poste } = said;
  if (kind === "mot") return writeWords(said, others);
  const now = ancien ? [`« ${ancien} » est aujourd’hui ${nom}.`] : [];
  if (partie) now.push(`« ${partie} » : voici ${nom}.`);
  if (poste && kind === "territoire")
    now.push(`Le code postal ${poste} n’est celui d’aucune commune : voici ${nom}.`);
  if (others.length)
    now.push(
      `« ${typed} » peut désigner plusieurs lieux${place ? ` : la liste part ${addPreposition("de", labelCommune(place))}` : ""}.`,
    );
  return now;
}

/* « de la Communauté de communes … », « du Grand Reims ». */
const addArticle = (body) =>
  /^(?:communauté|métropole)/i.test(body) ? `de la ${body}` : addPreposition("de", body);

/* « dans le Rhône », « sur le territoire de la … ». */
export function locate({ departements, regions, intercommunalites }, code) {
  const findIn = (table) => table.find(([own]) => own === code);
  return (
    findIn(departements)?.[3] ??
    findIn(regions)?.[2] ??
    `sur le territoire ${addArticle(findIn(intercommunalites)?.[1] ?? "choisi")}`
  );
}

/* Count the records in a territory, those that act there from elsewhere, and those of all
   France. */
function countInTerritory({ view, all }, ours, words, none) {
  const here = ours.filter((record) => record.standing.includes(view.territoire)).length;
  const around = ours.filter((record) => isLocal(record, view.territoire)).length - here;
  const said = [
    `${here + around ? countRecorded(here, words) : none} ${locate(all, view.territoire)}`,
  ];
  if (around) said.push(sayAround(around));
  return [...said, ...sayEverywhere(ours.length - here - around)];
}

const sayEverywhere = (number) =>
  number ? [formatCount(number, "agit dans toute la France", "agissent dans toute la France")] : [];

/* Count the records near the place, or say that there are none; then those of all France, and
   others. */
function countNearPlace({ view, all, place, answer }, ours, { un, plusieurs }, none) {
  const beside = countBeside(answer);
  const near = countNear(answer) - beside;
  const of = addPreposition("de", labelCommune(place));
  const known = beside && none !== SEARCHING ? " dont le lieu soit connu" : "";
  const nobody = isNarrowed(view)
    ? `${none}${known}`
    : beside
      ? "Personne n’a de lieu connu"
      : "Personne n’est recensé";
  const within =
    place.latitude === null
      ? `dans le département ${of}`
      : `à moins de ${all.proche}\u00a0km ${of}`;
  const everywhere = countEverywhere(answer);
  const rest = ours.length - near - beside - everywhere;
  return [
    near ? `${formatCount(near, un, plusieurs)} près ${of}` : `${nobody} ${within}`,
    ...(beside ? [`${beside} dans un département proche, commune non connue`] : []),
    ...sayEverywhere(everywhere),
    ...(rest ? [`${rest} ailleurs en France`] : []),
  ];
}

/* Count the examples; those that act in a territory from elsewhere are counted apart. */
function countExamples(examples, { territoire }) {
  const here = territoire
    ? examples.filter(({ standing }) => standing.includes(territoire)).length
    : examples.length;
  const away = examples.length - here;
  if (!here)
    return away
      ? [
          formatCount(
            away,
            "fiche d’exemple d’un autre territoire",
            "fiches d’exemple d’autres territoires",
          ),
        ]
      : [];
  const said = formatCount(here, "fiche d’exemple", "fiches d’exemple");
  return [away ? `${said}, et ${away} d’un autre territoire` : said];
}

/* All the sentences about a state (directory.js), as two texts: what answers the question, then how
   many records are elsewhere and how many are examples, or "". `words` are the network's words for its records:
   `un`, `plusieurs` and `accord` (the « e » of the feminine). */
export function writeSentence(state, words) {
  const { view, place, answer, missing, partial } = state;
  const isSearching = partial && !missing.has("textes");
  const none = isSearching
    ? SEARCHING
    : `Aucune fiche ${partial ? "trouvée par son nom ou son lieu" : "recensée"}`;
  const ours = answer.found.filter((record) => !record.example);
  const said = view.territoire ? countInTerritory(state, ours, words, none) : [];
  if (place)
    said.push(...countNearPlace(state, ours, words, none).slice(0, said.length ? 1 : undefined));
  const notices = writeNotices(state);
  const isTold = notices.some((one) => one.startsWith(NOWHERE));
  if (!said.length && !isTold) said.push(ours.length ? countRecorded(ours.length, words) : none);
  const examples = answer.found.filter((record) => record.example);
  if (!place) said.push(...countExamples(examples, view));
  for (const [typed, word] of answer.slips)
    said.push(`« ${typed} » n’est nulle part, « ${word} » y est`);
  if (isSearching && !said[0].startsWith(SEARCHING))
    said.push("recherche dans les résumés en cours");
  const [first, ...rest] = said;
  return [
    typeset([...notices, ...(first ? [`${first}.`] : [])].join(" ")),
    rest.length ? typeset(`${rest.join(" ; ")}.`) : "",
  ];
}
