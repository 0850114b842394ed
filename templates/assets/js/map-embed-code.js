// The HTML to copy in order to show this view of the map on another site.
import { makeIframe } from "./page.js";
import { shareView, writeView } from "./view.js";

const field = document.querySelector("#_code");
const status = document.querySelector("#_code-dit");

function show(state) {
  const { adresse, titre } = field.dataset;
  field.value = makeIframe(adresse + writeView(shareView(state)).search, titre);
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

/* Offer the HTML for a state, and keep it up to date with the next ones. */
export function offerCode(state) {
  show(state);
  document.addEventListener("maille:vue", ({ detail }) => show(detail));
  document.querySelector("#_code-copier").addEventListener("click", copy);
}
