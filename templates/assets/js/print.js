// « Imprimer »: the sheet (print-sheet.js) and what draws it come once they are likely to be
// wanted.

const loadSheet = () => import("./print-sheet.js");

document
  .querySelector("#_imprimer")
  .addEventListener("click", async () => (await loadSheet()).printSheet());
// Ctrl comes before P: when the page is printed, the sheet is there.
addEventListener("keydown", ({ key }) => {
  if (key === "Control" || key === "Meta") loadSheet();
});
