// The lines to copy that show this view of the map on another site.
import { write } from "./vue.js";

const field = document.querySelector("#_code");
const status = document.querySelector("#_code-dit");
const quoted = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

/* The device's position is a visitor's own: others get the commune instead. */
function show({ view, place }) {
  const { search } = write({ ...view, ici: null, pres: place?.code ?? view.pres });
  const { adresse, titre } = field.dataset;
  field.value = `<iframe src="${quoted(adresse + search)}" title="${quoted(titre)}" width="100%" height="480" loading="lazy"></iframe>`;
}

async function copy() {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    status.textContent = "Copié.";
  } catch {
    status.textContent = "Le texte est choisi : copiez-le (Ctrl + C).";
  }
}

if (field) {
  document.addEventListener("maille:vue", ({ detail }) => show(detail));
  document.querySelector("#_code-copier").addEventListener("click", copy);
}
