// « Cette liste »: what was found as a file, the link of the view, and its map for another site.
import { answered, current, ready } from "./directory.js";
import { element, frame, plural } from "./text.js";
import { shared, write } from "./view.js";

const FORMS = { csv: "text/csv", json: "application/json", geojson: "application/geo+json" };
// What makes the files comes once one is wanted.
const files = () => import("./export-files.js");
const section = document.querySelector("#_suites");
const at = (id) => section.querySelector(id);
const [said, byHand, link, snippet] = ["#_suites-dit", "#_a-la-main", "#_lien", "#_integrer"].map(at);
const { donnees, exemples, nom, integrer, titre } = section.dataset;

export const data = async () => (await files()).exported([donnees, exemples]);

/* The address of a view, whole, without what is only of this screen: an anchor, how far one has read. */
export function addressOf(view, page = location.pathname) {
  const { search, hash } = write(view);
  return new URL(page, location.href).href.replace(/[?#].*/, "") + search + hash;
}

/* « 2026-12-01 »: Swedish dates are written so. */
const day = () => new Date().toLocaleDateString("sv-SE");

function save(text, name, type) {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // once the browser has surely read it
}

async function download(form) {
  said.textContent = "Préparation du fichier…";
  const name = `${nom}-${day()}.${form}`;
  try {
    if (!await answered()) throw new Error("no answer");
    const { answer, view } = current();
    const all = await data();
    const records = answer.found.map(({ slug }) => all.byId.get(slug)).filter(Boolean);
    const { [form]: make } = await files();
    save(make(all, records, addressOf(view)), name, FORMS[form]);
    const told = form === "geojson" ? records.filter((one) => one.latitude !== null) : records;
    const [one, many] = form === "geojson" ? ["fiche qui a un point", "fiches qui ont un point"] : ["fiche", "fiches"];
    said.textContent = `${name}\u00a0: ${plural(told.length, one, many)}.`;
  } catch {
    said.textContent = "Les données ne sont pas arrivées. Vérifiez la connexion, puis recommencez.";
  }
}

async function copy(text, done) {
  byHand.hidden = true;
  try {
    await navigator.clipboard.writeText(text);
    said.textContent = done;
  } catch { // refused, or not over https: the visitor copies
    byHand.hidden = false;
    link.value = text;
    link.select();
    link.focus();
    said.textContent = "Votre navigateur ne laisse pas copier\u00a0: le texte est choisi dans le champ, copiez-le.";
  }
}

async function copyLink() {
  const { view } = current();
  const place = view.ici ? " Il contient votre position, à un kilomètre près." : "";
  await copy(addressOf(view), `Lien copié.${place}`);
}

/* The map alone, under the same filters. */
function embed(state) {
  snippet.value = frame(addressOf(shared(state), integrer), titre);
}

section.hidden = false; // without this script there is nothing to press
section.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (button?.dataset.format) download(button.dataset.format);
  else if (button?.id === "_copier") copyLink();
  else if (button?.id === "_copier-code") copy(snippet.value, "Code copié.");
});
document.addEventListener("maille:vue", ({ detail }) => {
  embed(detail);
  byHand.hidden = true;
  said.textContent = "";
});
ready.then(() => embed(current()));
