// The form of the directory: its choices, its values, and how many records each choice would leave.
import { makeElement } from "./page.js";
import { fold } from "./text.js";
import { LISTS, makeEmptyView, settleView } from "./view.js";

export const form = document.querySelector("#_filtres");
const { territoire: territories } = form.elements;

const findBoxes = (name) => [...form.querySelectorAll(`[name="${name}"]`)];

function makeOption(code, name) {
  const made = new Option(name, code);
  made.dataset.nom = name;
  return made;
}

/* Choose an option of the territories; one that the list does not have comes at its end. */
function choose(option) {
  territories.value = option.value;
  if (territories.value === option.value) return;
  territories.append(option);
  territories.value = option.value;
}

/* The two hundred territories come into the list when somebody is about to open it. */
let groups = [];
function fillTerritories() {
  if (groups[0]?.isConnected) return;
  const [chosen] = territories.selectedOptions;
  territories.replaceChildren(territories.options[0], ...groups);
  choose(chosen);
}
for (const type of ["pointerenter", "focus"]) territories.addEventListener(type, fillTerritories);

/* Offer the territories of the data: each région, its départements, then the intercommunalités
   whose first département is in it. */
export function offerTerritories({ regions, departements, intercommunalites }) {
  const bodies = intercommunalites
    .map((one) => [fold(one[1]), one])
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, one]) => one);
  groups = regions.map(([slug, region], number) => {
    const inside = departements
      .filter((one) => one[2] === number)
      .map(([code, name]) => makeOption(code, `${code} ${name}`));
    // The overseas collectivités are a group without a code.
    const whole = slug && inside.length > 1 ? [makeOption(slug, `Région ${region}`)] : [];
    const around = bodies
      .filter(([, , [first]]) => departements[first][2] === number)
      .map(([siren, name]) => makeOption(siren, name));
    return makeElement("optgroup", { label: region }, ...whole, ...inside, ...around);
  });
  territories.length = 1; // one in the address had no name yet
  if (document.activeElement === territories) fillTerritories();
}

const listOptions = () =>
  [territories, ...groups].flatMap((part) => Array.from(part.querySelectorAll("option")));
const findOption = (code) => listOptions().find((one) => one.value === code);
export const nameTerritory = (code) => findOption(code)?.dataset.nom ?? code;

/* Choose a territory. One in an address may not be offered: the data have not arrived, or it is a
   région of one département. */
export function chooseTerritory(code, regions = []) {
  const name = regions.find(([slug]) => slug === code)?.[1] ?? code;
  choose(findOption(code)?.cloneNode(true) ?? makeOption(code, name));
}

/* Choices that are folded come into the form when somebody unfolds them, or a view has one. */
let shown = null; // the state whose counts are shown
function unfold() {
  for (const kept of form.querySelectorAll(".within template")) kept.replaceWith(kept.content);
  if (shown) showCounts(shown);
}
for (const folded of form.querySelectorAll(".within")) folded.addEventListener("toggle", unfold);

/* Fill in the form from a view, except the search field. */
export function fillForm(view, regions) {
  if (LISTS.some((name) => view[name].length && !findBoxes(name).length)) unfold();
  const { tri, exemples } = form.elements;
  chooseTerritory(view.territoire, regions);
  tri.value = view.tri;
  if (exemples) exemples.checked = view.exemples;
  for (const name of [...LISTS, "verification"]) {
    for (const box of findBoxes(name)) box.checked = [view[name]].flat().includes(box.value);
  }
}

/* The view that the form asks for; criteria without a field keep their values of the given view. */
export function readForm({ q, pres, ici, fiche, cadre }) {
  const data = new FormData(form);
  const lists = Object.fromEntries(LISTS.map((name) => [name, data.getAll(name)]));
  const words = Object.fromEntries(
    ["territoire", "tri", "verification"].map((name) => [name, data.get(name) ?? ""]),
  );
  return settleView({
    ...makeEmptyView(),
    ...lists,
    ...words,
    q,
    exemples: form.elements.exemples?.checked ?? true,
    pres,
    ici,
    fiche,
    cadre,
  });
}

/* On a narrow screen the facets are behind a button. */
const opener = form.querySelector("#_filtrer");
opener.addEventListener("click", () => {
  const isOpen = opener.getAttribute("aria-expanded") === "true";
  opener.setAttribute("aria-expanded", String(!isOpen));
  form.querySelector(".facets").classList.toggle("is-open", !isOpen);
});

/* Say on that button how many criteria of the facets are in force. */
export function showActive({ territoire, verification, tri, exemples, ...view }) {
  const lists = LISTS.map((name) => view[name].length).reduce((sum, one) => sum + one, 0);
  const number = lists + [territoire, verification, tri, !exemples].filter(Boolean).length;
  opener.querySelector("#_filtrer-nombre").textContent = number ? ` (${number})` : "";
}

function showCount(box, number) {
  const label = box.closest("label");
  label.dataset.nombre = number; // the style sheet shows it
  label.classList.toggle("soft", number === 0 && !box.checked);
}

/* Show beside each choice how many records it would leave. */
export function showCounts(state) {
  shown = state;
  const { all, answer } = state;
  const { counts } = answer;
  for (const name of LISTS) {
    for (const box of findBoxes(name)) {
      const number = (all[name] ?? []).findIndex(([key]) => key === box.value);
      showCount(box, counts[name].get(number) ?? 0);
    }
  }
  for (const box of findBoxes("verification"))
    showCount(box, box.value ? (counts.verification.get(box.value) ?? 0) : "");
  for (const option of listOptions()) {
    if (option.value)
      option.textContent = `${option.dataset.nom} (${counts.territoire.get(option.value) ?? 0})`;
  }
}
