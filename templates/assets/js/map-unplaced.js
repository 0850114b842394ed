// The records of the answer that have no point on the map: how many, which ones, and why.
import { makeElement } from "./page.js";
import { namePlace } from "./record-parts.js";
import { formatCount } from "./text.js";
import { isAsked } from "./view.js";

const MOST = 50; // names under each reason: the list above has them all
const section = document.querySelector("#_sans");
const link = document.querySelector("#_sans-lien");
const groups = section ? [...section.querySelectorAll("[data-precision]")] : [];
// The names that the page lists before any question.
const whole = groups.map((group) => [...group.querySelector("ul").childNodes]);

function drawLine(record, fiches) {
  const place = [namePlace(record), ...(record.example ? ["fiche d’exemple"] : [])]
    .filter(Boolean)
    .join(", ");
  const name = makeElement("a", { href: `${fiches}${record.slug}/` }, record.nom);
  return makeElement(
    "li",
    {},
    name,
    ...(place ? [" ", makeElement("span", { class: "meta" }, place)] : []),
  );
}

function drawLines(records, fiches) {
  const others = records.length - MOST;
  const more =
    others > 0
      ? [makeElement("li", {}, `et ${formatCount(others, "autre", "autres")}, dans la liste`)]
      : [];
  return [...records.slice(0, MOST).map((record) => drawLine(record, fiches)), ...more];
}

export function showUnplaced({ view, answer }) {
  if (!section) return;
  const without = answer.found.filter(({ point }) => !point);
  const asked = isAsked(view);
  groups.forEach((group, index) => {
    const those = without.filter(({ precision }) => precision === group.dataset.precision);
    group.hidden = !those.length;
    group
      .querySelector("ul")
      .replaceChildren(
        ...(asked
          ? drawLines(those, document.querySelector("#_carte").dataset.fiches)
          : whole[index]),
      );
  });
  section.hidden = !without.length;
  const real = answer.found.filter(({ example }) => !example).length;
  const absent = without.filter(({ example }) => !example).length;
  link.parentElement.hidden = !asked || !absent;
  link.textContent = `${absent} sur ${real} ${absent < 2 ? "n’a" : "n’ont"} pas de point sur la carte\u00a0: pourquoi, et lesquels`;
}
