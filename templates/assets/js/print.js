// « Imprimer »: load the sheet (print-sheet.js) and its modules after the first question.
import { getState, ready } from "./directory.js";
import { isAsked } from "./view.js";

const loadSheet = () => import("./print-sheet.js");

document
  .querySelector("#_imprimer")
  .addEventListener("click", async () => (await loadSheet()).printSheet());
// Ctrl+P and the menu of the browser print at once: the sheet must be loaded before.
const prepare = () => isAsked(getState().view) && loadSheet().catch(() => {}); // a click asks again
ready.then(prepare);
document.addEventListener("maille:vue", prepare);
