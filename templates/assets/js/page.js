// Functions on the page and the network that most scripts need.

export const OFFLINE = "Les données ne sont pas arrivées. Vérifiez la connexion, puis recommencez.";

function fillElement(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

export const makeElement = (tag, attributes = {}, ...children) =>
  fillElement(document.createElement(tag), attributes, children);

export const makeSvg = (tag, attributes, ...children) =>
  fillElement(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);

/* The HTML to copy in order to show a page of this site inside a page of another. */
export const makeIframe = (src, title) =>
  makeElement("iframe", { src, title, width: "100%", height: "480", loading: "lazy" }).outerHTML;

/* The content of a JSON file of the site; throws when it does not arrive. */
export async function fetchJson(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} : ${answer.status}`);
  return answer.json();
}

/* A function that calls `make` once for the same arguments. A promise that fails is not kept: the
   network may come back. */
export function memoize(make) {
  const kept = new Map();
  return (...parts) => {
    const key = parts.join("|");
    if (!kept.has(key)) {
      const made = make(...parts);
      kept.set(key, made);
      made?.catch?.(() => kept.delete(key));
    }
    return kept.get(key);
  };
}

/* Point the links between list and map (`data-vue`) at the view that is shown. */
export function linkViews({ search, hash }) {
  for (const link of document.querySelectorAll("[data-vue]"))
    link.href = link.dataset.vue + search + hash;
}
