// Walk through the markers from one tab stop: a list box whose options are made when reached.
import { EXAMPLE, labelRecord } from "./map-names.js";
import { makeElement } from "./page.js";
import { describeDistance } from "./record-parts.js";
import { fold } from "./text.js";

const PAGE = 10;
const PAUSE = 700; // milliseconds after which typing starts anew

/* The text of an option: name, kind and distance of its record, and its position among all. */
function describe({ record, number }, state, index, total) {
  const distance = describeDistance(state.answer.near.get(record.number));
  return [
    labelRecord(record),
    ...(record.example ? [EXAMPLE] : []),
    ...(distance ? [distance] : []),
    number ? `numéro ${number} de la liste` : `${index + 1} sur ${total}`,
  ].join(", ");
}

/* The walk: `put` replaces its markers, `at` moves it to one of them. */
export function addWalk(box, { select, open }) {
  let markers = [];
  let state = null;
  let at = 0;
  let typed = "";
  let typedAt = -Infinity;

  function show() {
    if (!markers.length) return;
    const option = makeElement(
      "div",
      {
        role: "option",
        id: `_point-${at + 1}`,
        "aria-selected": "true",
        "aria-posinset": `${at + 1}`,
        "aria-setsize": `${markers.length}`,
      },
      describe(markers[at], state, at, markers.length),
    );
    box.replaceChildren(option);
    box.setAttribute("aria-activedescendant", option.id);
  }
  function go(index) {
    at = Math.min(Math.max(index, 0), markers.length - 1);
    show();
  }
  const isTyping = (time) => time - typedAt < PAUSE;
  /* The next marker whose name starts with the letters just typed; after the last, from the
     first. */
  function find(letter, time) {
    typed = isTyping(time) ? typed + letter : letter;
    typedAt = time;
    const start = typed.length > 1 ? at : at + 1;
    const wanted = fold(typed);
    if (!wanted) return at;
    for (let turn = 0; turn < markers.length; turn += 1) {
      const index = (start + turn) % markers.length;
      if (fold(markers[index].record.nom).startsWith(wanted)) return index;
    }
    return at;
  }
  function findTarget({ key, timeStamp }) {
    const steps = {
      ArrowDown: at + 1,
      ArrowRight: at + 1,
      ArrowUp: at - 1,
      ArrowLeft: at - 1,
      PageDown: at + PAGE,
      PageUp: at - PAGE,
      Home: 0,
      End: markers.length - 1,
    };
    return steps[key] ?? (key.length === 1 ? find(key, timeStamp) : null);
  }
  box.addEventListener("focus", () => markers.length && select(markers[at]));
  box.addEventListener("click", () => {
    select(markers[at]);
    open(markers[at], box);
  });
  box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !markers.length) return;
    const opens = event.key === "Enter" || (event.key === " " && !isTyping(event.timeStamp));
    const next = opens ? null : findTarget(event);
    if (opens) open(markers[at], box);
    else if (next !== null) {
      go(next);
      select(markers[at]);
    }
    if (opens || next !== null) event.preventDefault();
  });
  return {
    put(others, now) {
      [markers, state] = [others, now];
      box.parentElement.hidden = !markers.length;
      go(0);
    },
    at: (marker) => go(markers.indexOf(marker)),
  };
}
