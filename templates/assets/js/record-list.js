// The rows of a list of records, as the macro `catalyser_entry` of the templates draws them.
import { describeReach } from "./answer-sentence.js";
import { makeElement } from "./page.js";
import { ACTS_HERE, describeNearness, namePlace } from "./record-parts.js";

const nameWhere = (record) =>
  namePlace(record) || (record.national ? "Partout en France" : "Lieu non connu");

const drawMarker = (shape) =>
  shape ? makeElement("span", { class: `marker ${shape}`, "aria-hidden": "true" }) : "";

function drawTags(record, { all }) {
  const items = record.pratique.map((number) => {
    const [, name, shape] = all.pratique[number];
    return makeElement("li", {}, drawMarker(shape), name);
  });
  return items.length ? makeElement("ul", { class: "tags" }, ...items) : "";
}

/* Near a place, or in a territory: each part with what sets it apart from the next. */
function drawNearness(record, { all, answer, view }) {
  const near = answer.near.get(record.number);
  const acting = near ? near.acts && ACTS_HERE : describeReach(record, view.territoire, all);
  return describeNearness(record, near, acting).flatMap((part) => [part, " · "]);
}

function drawRow(record, state, { fiches }, number) {
  const profile = record.profil.length ? ` · ${state.all.profil[record.profil[0]][1]}` : "";
  const link = makeElement("a", { href: `${fiches}${record.slug}/` }, record.nom);
  const [summary = ""] = state.texts[record.number] ?? [];
  const item = makeElement(
    "li",
    { value: number, "data-fiche": record.slug },
    makeElement(
      "div",
      {},
      makeElement(
        "h3",
        {},
        makeElement("span", { class: "number", "aria-hidden": "true" }, `${number}`),
        link,
      ),
      makeElement(
        "p",
        { class: "meta" },
        ...drawNearness(record, state),
        `${nameWhere(record)}${profile}`,
      ),
    ),
    makeElement("div", {}, makeElement("p", {}, summary), drawTags(record, state)),
  );
  if (record.slug === state.view.fiche) item.setAttribute("aria-current", "true");
  return item;
}

/* The lists of some records: the real ones, then under their title those that are examples. */
export function drawLists(records, state, frame) {
  const draw = (those, start) =>
    makeElement(
      "ol",
      { class: "entries" },
      ...those.map((one, index) => drawRow(one, state, frame, start + index)),
    );
  const ours = records.filter((record) => !record.example);
  const examples = records.filter((record) => record.example);
  const title = makeElement("h2", { class: "apart", id: "_exemples" }, "Fiches d’exemple");
  const words = makeElement(
    "p",
    { class: "soft" },
    "Inventées pour montrer l’annuaire complet, et comptées à part.",
  );
  return [
    ...(ours.length ? [makeElement("h2", { class: "hidden" }, frame.title), draw(ours, 1)] : []),
    ...(examples.length ? [title, words, draw(examples, ours.length + 1)] : []),
  ];
}
