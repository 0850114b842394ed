// The panels of the menu, which open without a script, close on Escape, and when the visitor
// goes elsewhere on the page. Each is the list beside its button (_menu.html).
import "./paper.js";

const panels = document.querySelectorAll(".head details");

function closeAllBut(target) {
  for (const panel of panels) if (!panel.parentElement.contains(target)) panel.open = false;
}

document.addEventListener("click", ({ target }) => closeAllBut(target));
document.addEventListener("focusin", ({ target }) => closeAllBut(target));
document.addEventListener("keydown", ({ key, target }) => {
  if (key !== "Escape") return;
  for (const panel of panels)
    if (panel.open && panel.parentElement.contains(target)) panel.querySelector("summary").focus();
  closeAllBut(null);
});
