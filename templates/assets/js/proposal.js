// The pages « Proposer une correction » and « Ajouter une structure »: the form is filled from the
// record, and the answers become a message, which the visitor sends.
import { formatIsoDate } from "./dates.js";
import { makeElement } from "./page.js";
import {
  fence,
  fillAddress,
  listChanges,
  makeSlug,
  straighten,
  writeFile,
  writeMessage,
} from "./proposal-text.js";
import { typeset } from "./text.js";

const find = (id) => document.querySelector(id);
const form = find("#_proposition");
const message = find("#_message");
const status = find("#_dit");
const { envoi, moyen, fichier, limite, dossier, prefixe, fiches, page, nouvelle } = form.dataset;
const questions = [...form.querySelectorAll("[data-cle]")];
const ISSUE = "issue"; // a way of site/writing.py

const findFields = (question) => [...question.querySelectorAll("input, select, textarea")];

const toList = (value) => [value ?? []].flat().map(straighten).filter(Boolean);

/* Show a value of the record; one that the lists do not offer is added to them. */
function fillQuestion(question, values, names) {
  const [field, ...others] = findFields(question);
  if (field.type !== "checkbox") {
    if (
      field.tagName === "SELECT" &&
      values[0] &&
      ![...field.options].some((o) => o.value === values[0])
    )
      field.append(new Option(values[0], values[0]));
    field.value = values.join("\n");
    return;
  }
  const boxes = [field, ...others];
  for (const value of values) {
    let box = boxes.find((one) => one.value === value);
    if (!box) {
      box = makeElement("input", { type: "checkbox", name: field.name, value });
      question.append(
        makeElement(
          "label",
          { class: "check" },
          box,
          makeElement("span", {}, names[value] ?? value),
        ),
      );
    }
    box.checked = true;
    for (const part of question.querySelectorAll("details"))
      if (part.contains(box)) part.open = true;
  }
}

/* The answer to a question, as a list. */
function readQuestion(question) {
  const fields = findFields(question);
  if (fields[0].type === "checkbox")
    return fields.filter((one) => one.checked).map((one) => straighten(one.value));
  const { value, dataset } = fields[0];
  return ("lignes" in dataset ? value.split("\n") : [value]).map(straighten).filter(Boolean);
}

const isList = (question) => {
  const [field] = findFields(question);
  return field.type === "checkbox" || "lignes" in field.dataset;
};

/* What the page of a record says of its file; null if there is no such record. */
async function fetchRecord(slug) {
  if (!/^[a-z0-9-]+$/.test(slug)) return null;
  const answer = await fetch(`${fiches}${slug}/`);
  if (!answer.ok) return null;
  const html = new DOMParser().parseFromString(await answer.text(), "text/html");
  const data = html.querySelector("#_valeurs");
  return data && JSON.parse(data.textContent);
}

function readAnswers(record) {
  return questions.map((question) => ({
    key: question.dataset.cle,
    title: question.dataset.titre,
    isList: isList(question),
    old: toList(record.valeurs[question.dataset.cle]),
    answer: readQuestion(question),
  }));
}

/* Point a link at an address, and say whether the text is too long for it. */
function pointLink(link, address, marks) {
  const { href, isLong } = fillAddress(address, marks, Number(limite));
  link.href = href;
  return isLong;
}

function showFile(answers, name, source) {
  const text = writeFile({ answers, source, today: formatIsoDate(new Date()) });
  find("#_nom-fichier").textContent = `${dossier}/${name}`;
  find("#_texte-fichier").value = text;
  const link = find("#_fichier");
  return link ? pointLink(link, fichier, { _NOM_: name, _TEXTE_: text }) : false;
}

function prepare(record, slug) {
  const answers = readAnswers(record);
  const changes = listChanges(answers);
  const remark = straighten(find("#_autre").value);
  if (!changes.length && !remark) {
    find("#_rien").textContent = typeset("Rien n'a changé : changez d'abord ce qui est faux.");
    return;
  }
  find("#_rien").textContent = "";
  const name = nouvelle ? answers.find(({ key }) => key === "nom").answer[0] : record.nom;
  const fileName = `${makeSlug(name)}.md`;
  const source = straighten(find("#_source").value);
  const text = writeMessage({
    name: straighten(name),
    page: nouvelle ? "" : `${page}${slug}/`,
    address: `${prefixe}${nouvelle ? makeSlug(name) : slug}/`,
    changes,
    remark,
    source,
    who: form.elements.qui.value,
  });
  find("#_texte").value = text;
  const subject = `${nouvelle ? "Nouvelle fiche" : "Correction"} : ${straighten(name)}`;
  const body = moyen === ISSUE ? fence(text) : text.replace(/\n/g, "\r\n");
  const link = find("#_envoyer");
  let isLong = link ? pointLink(link, envoi, { _OBJET_: subject, _TEXTE_: body }) : false;
  if (find("#_texte-fichier")) isLong = showFile(answers, fileName, source) || isLong;
  find("#_long").hidden = !isLong;
  form.hidden = true;
  message.hidden = false;
  status.textContent = "";
  find("#_pret").focus();
}

async function copy(field) {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    status.textContent = typeset("Texte copié.");
  } catch {
    field.focus(); // refused, or not over https: the visitor copies
    status.textContent = typeset("Le texte est choisi : copiez-le.");
  }
}

function open(record, slug) {
  for (const question of questions)
    fillQuestion(question, toList(record.valeurs[question.dataset.cle]), record.noms);
  find("#_simple").hidden = true;
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    prepare(record, slug);
  });
  message.addEventListener("click", ({ target }) => {
    if (target.id === "_copier") copy(find("#_texte"));
    else if (target.id === "_copier-fichier") copy(find("#_texte-fichier"));
    else if (target.id === "_reprendre") {
      message.hidden = true;
      form.hidden = false;
      findFields(questions[0])[0].focus();
    }
  });
}

async function start() {
  if (nouvelle) {
    open({ valeurs: {}, noms: {} }, "");
    return;
  }
  const slug = new URLSearchParams(location.search).get("fiche") ?? "";
  const record = slug ? await fetchRecord(slug).catch(() => null) : null;
  if (record) {
    find("#_fiche").textContent = record.nom;
    open(record, slug);
  } else if (slug) {
    find("#_fiche").textContent = typeset("Cette fiche n'est pas connue, ou n'est pas arrivée.");
  }
}

start();
