// The pages « Proposer une correction » and « Ajouter une structure »: the form is filled from the
// record, its answers are checked, and become a message, which the visitor sends.
import { formatIsoDate } from "./dates.js";
import { makeElement } from "./page.js";
import {
  fillQuestion,
  isChanged,
  listFields,
  offerValues,
  readAnswer,
  readLabels,
  readQuestion,
  toList,
} from "./proposal-answers.js";
import { completeAddress, openChecks } from "./proposal-checks.js";
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
const given = form.dataset;
const { nouvelle } = given;
const questions = [...form.querySelectorAll("[data-cle]")];
const ISSUE = "issue"; // a way of site/writing.py
const PLACE = ["commune", "departement", "code_postal"];

const readAnswers = (record) => questions.map((one) => readAnswer(one, record));

/* Show the values of each group next to its title. */
function showValues() {
  for (const words of form.querySelectorAll("[data-valeurs]")) {
    const inside = words.closest("details").querySelectorAll("[data-cle]");
    const values = [...inside].flatMap((question) => {
      const labels = readLabels(question);
      return readQuestion(question).map((value) => labels[value] ?? value);
    });
    words.textContent = values.length ? typeset(` : ${values.join(", ")}`) : "";
  }
}

/* Open the folded lists around a field, inside a part of the form. */
function reveal(field, part) {
  for (const one of part.querySelectorAll("details")) if (one.contains(field)) one.open = true;
}

// --- What is wrong with an answer

const checks = openChecks(given.lieux, given.fiches);

function tell(field, ...words) {
  const note = find(`#${field.id}-note`);
  note?.replaceChildren(...words.map((one) => (typeof one === "string" ? typeset(one) : one)));
  return note;
}

/* Why an answer cannot be sent, in French; "" if it can. */
function explainFault({ validity, dataset, validationMessage }) {
  if (validity.valueMissing) return "Cette réponse est obligatoire.";
  if (validity.patternMismatch) return `${dataset.faute}.`;
  return validationMessage;
}

/* Show next to a field what is wrong with it, or that it was completed, or its former value; return
   whether it is right. */
function judge(field, record) {
  const fault = explainFault(field);
  const question = field.closest("[data-cle]");
  const { old, answer, labels } = question ? readAnswer(question, record) : { old: [], answer: [] };
  const was = old.map((one) => labels[one] ?? one).join(", ");
  const isOther = was && old.join("\n") !== answer.join("\n");
  const isWhole = completed.get(field) === field.value;
  const said = isWhole ? `Complété : ${field.value}` : isOther ? `Aujourd'hui : ${was}` : "";
  tell(field, fault || said)?.classList.toggle("fault", fault);
  if (fault) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
  return !fault;
}

/* Show what is wrong with the answers about the place; those that the record already has are not
   checked. Nothing is said of a field that is being typed, unless it is the one to check (`left`) or
   was wrong. */
async function checkPlace(record, left) {
  const [commune, departement, postcode] = PLACE.map((key) => find(`#_${key}`));
  const isOld = (field) => straighten(field.value) === toList(record.valeurs[field.name]).join();
  const fields = [commune, departement, postcode];
  commune.setCustomValidity("");
  const typed = straighten(commune.value);
  const [fault, doubt] = fields.every(isOld)
    ? ["", ""]
    : await Promise.all([
        checks.explainCommune(typed, departement.value),
        checks.explainPostcode(straighten(postcode.value), typed),
      ]);
  if (straighten(commune.value) !== typed) return; // it is checked again when it is left
  const isTyped = (field) =>
    field === document.activeElement && field !== left && !field.hasAttribute("aria-invalid");
  commune.setCustomValidity(typeset(fault));
  for (const field of fields) if (!isTyped(field)) judge(field, record);
  if (doubt && !fault && !isTyped(postcode)) tell(postcode, doubt);
}

/* Say so if a name is already in the directory; return whether it is. */
async function checkName(field) {
  const found = await checks.findNamesake(straighten(field.value));
  if (!found) return false;
  const link = makeElement("a", { href: `${given.corriger}?fiche=${found.slug}` });
  link.textContent = "corriger sa fiche";
  tell(field, `« ${found.name} » est déjà dans l'annuaire : vous pouvez `, link, ".");
  return true;
}

const completed = new Map(); // from a field to the web address that was completed there

/* Complete a web address. */
function completeField(field) {
  if (field.type !== "text") return;
  field.value = straighten(field.value);
  const isAddress = field.inputMode === "url" || /^www\./i.test(field.value);
  const whole = isAddress ? completeAddress(field.value) : field.value;
  if (whole !== field.value) completed.set(field, whole);
  field.value = whole;
}

let press = Promise.resolve(); // resolves at the end of the present press of the pointer, if any

function waitForRelease() {
  press = new Promise((end) => {
    for (const type of ["pointerup", "pointercancel"])
      document.addEventListener(type, () => setTimeout(end), { once: true });
  });
}

/* Check an answer that has changed, also against the rest of the site. It waits for the end of a
   press: a line added meanwhile would move the button that is being pressed. */
async function checkField(field, record) {
  await press;
  completeField(field);
  judge(field, record);
  showValues();
  if (PLACE.includes(field.name)) await checkPlace(record, field).catch(() => {}); // offline
  if (nouvelle && field.name === "nom") await checkName(field).catch(() => {});
}

/* Check an answer that was wrong again while it is typed, as it stands. */
async function checkAgain(field, record) {
  if (!field.hasAttribute("aria-invalid")) return;
  if (PLACE.includes(field.name)) await checkPlace(record, field).catch(() => {});
  else judge(field, record);
}

/* Show what is wrong in each field; return the first wrong one, if any. */
async function findWrong(record) {
  const fields = listFields(form).filter(({ id }) => id);
  fields.forEach(completeField);
  await checkPlace(record).catch(() => {});
  const wrong = fields.filter((field) => !judge(field, record));
  return wrong.at(0);
}

// --- The record, and the message

/* The values of a record, from its page; null if there is no such record. */
async function fetchRecord(slug) {
  if (!/^[a-z0-9-]+$/.test(slug)) return null;
  const answer = await fetch(`${given.fiches}${slug}/`);
  if (!answer.ok) return null;
  const html = new DOMParser().parseFromString(await answer.text(), "text/html");
  const data = html.querySelector("#_valeurs");
  return data && JSON.parse(data.textContent);
}

/* Point a link at an address; return whether the text is too long for it. */
function pointLink(link, address, marks, limit) {
  const { href, isLong } = fillAddress(address, marks, Number(limit));
  link.href = href;
  return isLong;
}

function showFile(answers, name, source) {
  const text = writeFile({ answers, source, today: formatIsoDate(new Date()) });
  find("#_nom-fichier").textContent = `${given.dossier}/${name}`;
  find("#_texte-fichier").value = text;
  const link = find("#_fichier");
  const marks = { _NOM_: name, _TEXTE_: text };
  return link ? pointLink(link, given.fichier, marks, given.limiteFichier) : false;
}

function prepare(record, slug) {
  const answers = readAnswers(record);
  const changes = listChanges(answers);
  const remark = straighten(find("#_autre").value);
  const isSame = !changes.length && !remark;
  const told = isSame ? "Rien n'a changé : changez d'abord ce qui est faux." : "";
  find("#_rien").textContent = typeset(told);
  if (isSame) return;
  const name = straighten(nouvelle ? find("#_nom").value : record.nom);
  const source = straighten(find("#_source").value);
  const text = writeMessage({
    name,
    page: nouvelle ? "" : `${given.page}${slug}/`,
    address: `${given.prefixe}${nouvelle ? makeSlug(name) : slug}/`,
    changes,
    remark,
    source,
    who: form.elements.qui.value,
  });
  find("#_texte").value = text;
  const subject = `${nouvelle ? "Nouvelle fiche" : "Correction"} : ${name}`;
  const body = given.moyen === ISSUE ? fence(text) : text.replace(/\n/g, "\r\n");
  const link = find("#_envoyer");
  const marks = { _OBJET_: subject, _TEXTE_: body };
  let isLong = link ? pointLink(link, given.envoi, marks, given.limite) : false;
  if (find("#_texte-fichier")) isLong = showFile(answers, `${makeSlug(name)}.md`, source) || isLong;
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
    field.focus(); // copying was refused, or not over https: the visitor copies by hand
    status.textContent = typeset("Le texte est choisi : copiez-le.");
  }
}

function open(record, slug) {
  const isFilled = listFields(form).some(isChanged);
  for (const question of questions) {
    const values = toList(record.valeurs[question.dataset.cle]);
    offerValues(question, values, record.noms);
    if (!isFilled) fillQuestion(question, values);
    for (const field of listFields(question)) if (field.checked) reveal(field, question);
  }
  showValues();
  for (const field of form.querySelectorAll("[data-clavier]"))
    field.inputMode = field.dataset.clavier;
  find("#_simple").hidden = true;
  form.noValidate = true; // this script shows what is wrong next to each field
  form.hidden = false;
  let isKnown = false;
  form.addEventListener("pointerdown", waitForRelease);
  form.addEventListener("change", ({ target }) => checkField(target, record));
  form.addEventListener("input", ({ target }) => checkAgain(target, record));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const wrong = await findWrong(record);
    // Before the message is shown, say once that the name is already known.
    const isNew = nouvelle && !isKnown && !wrong;
    isKnown = isNew && (await checkName(find("#_nom")).catch(() => false));
    const first = wrong ?? (isKnown ? find("#_nom") : null);
    if (first) {
      reveal(first, form);
      first.focus();
    } else prepare(record, slug);
  });
  message.addEventListener("click", ({ target }) => {
    if (target.id === "_copier") copy(find("#_texte"));
    else if (target.id === "_copier-fichier") copy(find("#_texte-fichier"));
    else if (target.id === "_reprendre") {
      message.hidden = true;
      form.hidden = false;
      listFields(questions[0])[0].focus();
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
    return;
  }
  if (slug)
    find("#_fiche").textContent = typeset("Cette fiche n'est pas connue, ou n'est pas arrivée.");
  find("#_simple").hidden = true;
  find("#_sans-fiche").hidden = false;
}

start();
