// The content of the popup of a record.
import { makeElement } from "./page.js";
import { describeDistance, namePlace } from "./record-parts.js";

const PRECISION = { adresse: "à l’adresse exacte", commune: "au niveau de la commune" };

/* « Intervient chez vous · à 23 km », near a place only. */
function drawNearness({ number, example }, { answer }) {
  const near = answer.near.get(number);
  const distance = describeDistance(near);
  const acts = near?.acts && !example;
  if (!acts && !distance) return [];
  const here = acts ? [makeElement("span", { class: "here" }, "Intervient chez vous")] : [];
  return [makeElement("p", {}, ...here, acts && distance ? " · " : "", distance)];
}

export function drawCard(record, state, { fiches, ailleurs }, close) {
  const button = makeElement("button", { type: "button" }, "Fermer");
  const link = makeElement("a", { href: `${fiches}${record.slug}/` }, "Voir sa fiche");
  if (ailleurs) {
    link.target = "_blank";
    link.rel = "noopener";
    link.append(makeElement("span", { class: "hidden" }, " (nouvel onglet)"));
  }
  const practices = record.pratique.map((number) => state.all.pratique[number][1]).join(", ");
  const place = [namePlace(record), PRECISION[record.precision]].filter(Boolean).join(", ");
  button.addEventListener("click", close);
  return makeElement(
    "div",
    { role: "dialog", "aria-labelledby": "_bulle", tabindex: "-1", class: "carte-card" },
    makeElement("p", { id: "_bulle" }, record.nom),
    ...(record.example ? [makeElement("p", {}, "Fiche d’exemple, inventée")] : []),
    ...drawNearness(record, state),
    makeElement("p", {}, place || "Lieu non connu"),
    makeElement("p", {}, practices || "Pratiques non renseignées"),
    makeElement("p", { class: "carte-acts" }, link, button),
  );
}
