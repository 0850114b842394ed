// The address of the page and the day, at the foot of each sheet where the browser draws margin
// boxes (site.css), else in the last line. Written before anybody prints: phones tell no script.
const root = document.documentElement;
const line = document.querySelector(".paper");

function write() {
  const address = location.href.replace(/#.*/, "").replace(/^https?:\/\//, "");
  const day = new Date().toLocaleDateString("fr-FR", { dateStyle: "long" }).replace(/^1 /, "1er ");
  line.textContent = `${address} · imprimé le ${day}`;
  root.style.setProperty("--paper-foot", JSON.stringify(line.textContent));
}

root.classList.toggle("with-margin-boxes", "CSSMarginRule" in window);
write();
addEventListener("beforeprint", write); // a page left open since yesterday
