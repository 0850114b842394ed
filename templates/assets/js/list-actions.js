// « Cette liste »: download the records found, copy the link of the view, embed its map elsewhere.
import { formatIsoDate } from "./dates.js";
import { awaitAnswer, getState, ready } from "./directory.js";
import { OFFLINE, makeElement, makeIframe } from "./page.js";
import { capitalize, formatCount } from "./text.js";
import { shareView, writeView } from "./view.js";

const TYPES = { csv: "text/csv", json: "application/json", geojson: "application/geo+json" };
const NO_EXAMPLES = " Les fiches d’exemple n’y sont pas.";
// The module that makes the files is loaded at the first download.
const loadFiles = () => import("./export-files.js");
const section = document.querySelector("#_suites");
const findPart = (id) => section.querySelector(id);
const [status, byHand, link, snippet] = ["#_suites-dit", "#_a-la-main", "#_lien", "#_integrer"].map(
  findPart,
);
const { donnees, nom, integrer, titre } = section.dataset;

export const fetchExports = async () => (await loadFiles()).readExports(donnees);

/* The absolute address of a view, without what only concerns this screen: an anchor, the number of
   rows shown. */
export function getAddress(view, page = location.pathname) {
  const { search, hash } = writeView(view);
  return new URL(page, location.href).href.replace(/[?#].*/, "") + search + hash;
}

function save(text, name, type) {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  makeElement("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // once the browser has surely read it
}

async function download(form) {
  status.textContent = "Préparation du fichier…";
  const name = `${nom}-${formatIsoDate(new Date())}.${form}`;
  try {
    if (!(await awaitAnswer())) throw new Error("no answer");
    const { answer, view } = getState();
    const real = answer.found.filter(({ example }) => !example);
    const without = answer.found.length - real.length;
    if (without && !real.length) {
      status.textContent = "Aucun fichier\u00a0: cette liste n’a que des fiches d’exemple.";
      return;
    }
    const all = await fetchExports();
    const records = real.map(({ slug }) => all.byId.get(slug)).filter(Boolean);
    const { [`write${capitalize(form)}`]: write } = await loadFiles();
    save(write(all, records, getAddress(view)), name, TYPES[form]);
    const written = form === "geojson" ? records.filter((one) => one.latitude !== null) : records;
    const [one, many] =
      form === "geojson"
        ? ["fiche qui a un point", "fiches qui ont un point"]
        : ["fiche", "fiches"];
    status.textContent = `${name}\u00a0: ${formatCount(written.length, one, many)}.${without ? NO_EXAMPLES : ""}`;
  } catch {
    status.textContent = OFFLINE;
  }
}

async function copy(text, done) {
  byHand.hidden = true;
  try {
    await navigator.clipboard.writeText(text);
    status.textContent = done;
  } catch {
    // copying was refused, or the page is not over https: the visitor copies by hand
    byHand.hidden = false;
    link.value = text;
    link.select();
    link.focus();
    status.textContent =
      "Votre navigateur ne laisse pas copier\u00a0: le texte est choisi dans le champ, copiez-le.";
  }
}

async function copyLink() {
  const { view } = getState();
  const place = view.ici ? " Il contient votre position, à un kilomètre près." : "";
  await copy(getAddress(view), `Lien copié.${place}`);
}

/* The map alone, under the same filters. */
function showSnippet(state) {
  snippet.value = makeIframe(getAddress(shareView(state), integrer), titre);
}

section.hidden = false; // hidden in the page, since its buttons need this script
section.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (button?.dataset.format) download(button.dataset.format);
  else if (button?.id === "_copier") copyLink();
  else if (button?.id === "_copier-code") copy(snippet.value, "Code copié.");
});
document.addEventListener("maille:vue", ({ detail }) => {
  showSnippet(detail);
  byHand.hidden = true;
  status.textContent = "";
});
ready.then(() => showSnippet(getState()));
