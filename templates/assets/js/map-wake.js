// The map is a still picture until Leaflet, its styles and our scripts of the map are loaded: beside
// the list when a visitor asks for the living map, on its own page once the picture is painted.
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

const split = (addresses = "") => addresses.split(" ").filter(Boolean);

/* Load a script: those of one call of `map` run in their order. */
function loadScript(src) {
  const script = makeElement("script", { src });
  script.async = false;
  return load(script);
}

async function wake() {
  for (const kept of root.querySelectorAll("template")) kept.replaceWith(kept.content);
  const styles = split(root.dataset.styles);
  const scripts = split(root.dataset.scripts);
  const shell = scripts.pop();
  const outlines = { rel: "preload", as: "fetch", crossorigin: "", href: root.dataset.contours };
  document.head.append(makeElement("link", outlines)); // map-controller.js reads them at the end
  await Promise.all([
    ...styles.map((href) => load(makeElement("link", { rel: "stylesheet", href }))),
    ...scripts.map((src) => loadScript(src)), // Leaflet, then what builds on it
  ]);
  root.classList.remove("is-asleep"); // the map measures the place that it is given
  await import("./map.js"); // it builds on Leaflet
  await loadScript(shell);
}

if (root && !button) requestAnimationFrame(() => setTimeout(() => wake().catch(() => {})));
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
