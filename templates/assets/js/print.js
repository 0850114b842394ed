// « Imprimer »: the sheet (print-sheet.js) and what draws it come once something is asked.
import { getState, ready } from "./directory.js";
import { isAsked } from "./view.js";

const loadSheet = () => import("./print-sheet.js");

document
  .querySelector("#_imprimer")
  .addEventListener("click", async () => (await loadSheet()).printSheet());
// Ctrl+P and the menu of the browser print at once: by then what fills the sheet must be there.
const prepare = () => isAsked(getState().view) && loadSheet().catch(() => {}); // a click asks again
ready.then(() => {
  prepare();
  document.addEventListener("maille:vue", prepare);
});
