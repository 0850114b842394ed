// The questions of the pages of corrections, as elements, and the answers that they hold.
import { makeElement } from "./page.js";
import { straighten } from "./proposal-text.js";

export const listFields = (part) => [...part.querySelectorAll("input, select, textarea")];
export const toList = (value) => [value ?? []].flat().map(straighten).filter(Boolean);

/* Add the values of the record that the choices of a question lack, already chosen. */
export function offerValues(question, values, names) {
  const fields = listFields(question);
  const [{ type, tagName, name }] = fields;
  const offered = tagName === "SELECT" ? [...fields[0].options] : fields;
  const added = values.filter((value) => !offered.some((one) => one.value === value));
  if (tagName === "SELECT")
    fields[0].append(...added.map((one) => new Option(one, one, true, true)));
  if (type !== "checkbox") return;
  for (const value of added) {
    const box = makeElement("input", { type, name, value, checked: "" });
    const words = makeElement("span", {}, names[value] ?? value);
    question.append(makeElement("label", { class: "check" }, box, words));
  }
}

/* Show the values of the record. */
export function fillQuestion(question, values) {
  const fields = listFields(question);
  if (fields[0].type !== "checkbox") fields[0].value = values.join("\n");
  else for (const box of fields) box.checked = values.includes(box.value);
}

/* Whether a field differs from the page as sent: the browser refills it when the visitor comes
   back. */
export function isChanged({
  type,
  tagName,
  checked,
  defaultChecked,
  selectedIndex,
  value,
  defaultValue,
}) {
  if (type === "checkbox" || type === "radio") return checked !== defaultChecked;
  return tagName === "SELECT" ? selectedIndex > 0 : value !== defaultValue;
}

/* The answer to a question, as a list. */
export function readQuestion(question) {
  const fields = listFields(question);
  if (fields[0].type === "checkbox")
    return fields.filter((one) => one.checked).map((one) => straighten(one.value));
  const { value, dataset } = fields[0];
  return ("lignes" in dataset ? value.split("\n") : [value]).map(straighten).filter(Boolean);
}

/* The labels that the page shows for the values of a question that are codes. */
export function readLabels(question) {
  const [field] = listFields(question);
  const choices =
    field.tagName === "SELECT"
      ? [...field.options].map(({ value, text }) => [value, text])
      : [...question.querySelectorAll(".check")].map((one) => [
          one.querySelector("input").value,
          one.textContent.trim(),
        ]);
  return Object.fromEntries(choices);
}

const cutSlash = (one) => (/^https?:/i.test(one) ? one.replace(/\/$/, "") : one);

/* An address typed again without its final slash, or with one, is that of the record. */
const keepSlash = (old) => (typed) => old.find((one) => cutSlash(one) === cutSlash(typed)) ?? typed;

export function readAnswer(question, record) {
  const [field] = listFields(question);
  const old = toList(record.valeurs[question.dataset.cle]);
  return {
    key: question.dataset.cle,
    title: question.dataset.titre,
    isList: field.type === "checkbox" || "lignes" in field.dataset,
    old,
    answer: readQuestion(question).map(keepSlash(old)),
    labels: readLabels(question),
  };
}
