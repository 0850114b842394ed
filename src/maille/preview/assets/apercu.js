// The preview's part of a page: it shows what is wrong, and loads the page again when what it shows
// has changed. The built page does not have it.
const own = new URL(import.meta.url);
const base = new URL("../", own).pathname;
const page = decodeURIComponent(location.pathname).slice(base.length);
const seen = document.querySelector(`script[src="${own.pathname}"]`)?.dataset.vu ?? "";
const PLACE = `apercu:${location.pathname}`;

/** Go back to where the reader was before the page was loaded again. */
function restoreScroll() {
  const place = sessionStorage.getItem(PLACE);
  sessionStorage.removeItem(PLACE);
  if (!place) return;
  const [x, y] = JSON.parse(place);
  const go = () => scrollTo({ left: x, top: y, behavior: "instant" });
  go();
  addEventListener("load", go, { once: true });
}

function reload() {
  sessionStorage.setItem(PLACE, JSON.stringify([scrollX, scrollY]));
  location.reload();
}

function makeItem({ lieu, lien, message, conseil }) {
  const item = document.createElement("li");
  const where = document.createElement(lien ? "a" : "b");
  if (lien) where.href = lien;
  where.textContent = lieu;
  const what = document.createElement("p");
  what.textContent = message;
  item.append(where, what);
  if (conseil) {
    const hint = document.createElement("p");
    hint.textContent = `→ ${conseil}`;
    item.append(hint);
  }
  return item;
}

/** Show the problems in a panel over the page, or remove the panel if there are none. */
function showProblems(problems) {
  document.querySelector("maille-apercu")?.remove();
  if (!problems.length) return;
  const host = document.createElement("maille-apercu");
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = new URL("apercu.css", own).href;
  const panel = document.createElement("section");
  panel.className = "panneau";
  panel.setAttribute("role", "alert");
  const title = document.createElement("h2");
  const count = problems.length;
  title.textContent = count > 1 ? `${count} choses sont à corriger` : "1 chose est à corriger";
  const note = document.createElement("p");
  note.textContent = "En attendant, la page reste comme elle était.";
  const list = document.createElement("ul");
  list.append(...problems.slice(0, 20).map(makeItem));
  const all = document.createElement("a");
  all.href = `${base}manque/`;
  all.textContent = "Tout ce qui manque";
  panel.append(title, note, list, all);
  host.attachShadow({ mode: "open" }).append(style, panel);
  document.body.append(host);
}

let events;

/** Listen while the page is in sight: browsers have six connections for one host, all tabs counted. */
function follow() {
  events?.close();
  if (document.visibilityState === "hidden") return;
  const query = new URLSearchParams({ page, vu: seen });
  events = new EventSource(`${new URL("suivi", own).pathname}?${query}`);
  events.addEventListener("recharge", reload);
  events.addEventListener("problemes", (event) => showProblems(JSON.parse(event.data)));
}

restoreScroll();
follow();
document.addEventListener("visibilitychange", follow);
addEventListener("pagehide", () => events?.close());
addEventListener("pageshow", (event) => event.persisted && follow());
