// Beside the list, the map is a still picture until a visitor asks for the living one: only then are
// Leaflet, its styles and our scripts of the map loaded.
import { makeElement } from "./page.js";

const root = document.querySelector("#_carte");
const button = document.querySelector("#_eveiller");

/* Add an element that loads a file; resolves when the file has arrived. */
const load = (element) =>
  new Promise((resolve, reject) => {
    element.addEventListener("load", resolve);
    element.addEventListener("error", reject);
    document.head.append(element);
  });

const split = (addresses) => addresses.trim().split(/\s+/);

/* Load a script: those of one call of `map` run in their order. */
function loadScript(src, type = "text/javascript") {
  const script = makeElement("script", { src, type });
  script.async = false;
  return load(script);
}

async function wake() {
  const styles = split(root.dataset.styles);
  const scripts = split(root.dataset.scripts);
  const [ours, shell] = scripts.splice(-2);
  await Promise.all([
    ...styles.map((href) => load(makeElement("link", { rel: "stylesheet", href }))),
    ...scripts.map((src) => loadScript(src)), // Leaflet, then what builds on it
  ]);
  root.classList.remove("is-asleep"); // the map measures the place that it is given
  await loadScript(ours, "module");
  await loadScript(shell);
}

button?.addEventListener("click", async () => {
  button.disabled = true;
  button.textContent = "La carte arrive…";
  try {
    await wake();
    await globalThis.Maille.drawn;
    button.parentElement.remove();
    root.querySelector(".folium-map").focus({ preventScroll: true });
  } catch {
    root.classList.add("is-asleep");
    button.disabled = false;
    button.textContent = "La carte n’est pas arrivée : réessayer";
  }
});
