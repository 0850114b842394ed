// The rows of a list of records, as the macro of the templates draws them.
import { distance, element, typo } from "./text.js";
import { placeName } from "./directory-search.js";
import { acts } from "./answer-sentence.js";

const where = (record) => typo(placeName(record)) || (record.national ? "Partout en France" : "Lieu non connu");

function marker(shape) {
  return shape ? element("span", { class: `marker ${shape}`, "aria-hidden": "true" }) : "";
}

function tags(record, { all }) {
  const items = record.pratique.map((number) => {
    const [, name, shape] = all.pratique[number];
    return element("li", {}, marker(shape), typo(name));
  });
  return items.length ? element("ul", { class: "tags" }, ...items) : "";
}

/* « Intervient chez vous » near a place, where it acts in a territory, « à 23 km »: never of an example. */
function nearness(record, { all, answer, view }) {
  const near = answer.near.get(record.number);
  const acting = near ? near.acts && "Intervient chez vous" : acts(record, view.territoire, all);
  const said = [];
  if (acting && !record.example) said.push(element("span", { class: "here" }, acting));
  if (near?.here) said.push("dans la commune");
  else if (near && near.km !== null) said.push(distance(near.km));
  return said.flatMap((one) => [one, " · "]);
}

function row(record, state, { fiches }, number) {
  const profile = record.profil.length ? ` · ${typo(state.all.profil[record.profil[0]][1])}` : "";
  const link = element("a", { href: `${fiches}${record.slug}/` }, typo(record.nom));
  const [summary = ""] = state.texts[record.number] ?? [];
  const item = element("li", { value: number, "data-fiche": record.slug },
    element("div", {},
      element("h3", {}, element("span", { class: "number", "aria-hidden": "true" }, `${number}`), link),
      element("p", { class: "meta" }, ...nearness(record, state), `${where(record)}${profile}`)),
    element("div", {}, element("p", {}, typo(summary)), tags(record, state)));
  if (record.slug === state.view.fiche) item.setAttribute("aria-current", "true");
  return item;
}

/* The lists of some records: the real ones, then under their title those that are examples. */
export function rows(records, state, frame) {
  const made = (those, start) => element("ol", { class: "entries" }, ...those.map((one, index) => row(one, state, frame, start + index)));
  const ours = records.filter((record) => !record.example);
  const examples = records.filter((record) => record.example);
  const title = element("h2", { class: "apart", id: "_exemples" }, "Fiches d’exemple");
  const words = element("p", { class: "soft" }, "Inventées pour montrer l’annuaire complet, et comptées à part.");
  return [
    ...(ours.length ? [element("h2", { class: "hidden" }, frame.title), made(ours, 1)] : []),
    ...(examples.length ? [title, words, made(examples, ours.length + 1)] : []),
  ];
}
