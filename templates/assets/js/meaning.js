// What a view asks for, once its text is understood. The module that understands texts
// (interpret.js) is loaded with the first text. Independent of the page.
import { memoize } from "./page.js";

/* The change of a view (view.js) for a meaning: near a commune or in a territory, perhaps with
   words, or words alone. */
export function makeChange({ kind, code, nom, typed = nom, mot = "" }) {
  if (kind === "commune") return { q: mot, pres: code, ici: null, territoire: "" };
  if (kind === "territoire") return { q: mot, pres: "", ici: null, territoire: code };
  return { q: typed };
}

/* Whether a view still has the meaning `said`. */
export function isInForce(said, view) {
  if (said.kind === "commune") return view.pres === said.code;
  if (said.kind === "territoire") return view.territoire === said.code && !view.pres && !view.ici;
  return view.q === said.typed;
}

/** The functions of interpret.js, over communes.js and `fetchIndex`, which gives the data of the
 *  directory; and `resolve`. They throw when the places or interpret.js cannot be loaded. */
export const openMeanings = (communes, fetchIndex) => {
  const load = memoize(async () => {
    const { openInterpreter } = await import("./interpret.js");
    return openInterpreter(communes.read, fetchIndex);
  });
  const make =
    (name) =>
    async (...given) =>
      (await load())[name](...given);
  const interpret = make("interpret");

  /** What a view asks for, once its text is understood: {view, place, said}. `known` is what was
   *  said of the view before, if it is still in force. A text beside a place or a territory is
   *  words to look for; a `pres` that is no code is a text. */
  const resolve = async (view, known = null) => {
    let said = known && isInForce(known, view) ? known : null;
    let asked = view;
    const read = async (text) => {
      said = await interpret(text);
      asked = { ...asked, pres: "", ...makeChange(said) };
    };
    const { q, pres, ici, territoire } = view;
    if (!said && q && !pres && !ici && !territoire) await read(q);
    let place = asked.pres ? await communes.findByCode(asked.pres) : null;
    if (asked.pres && !place) {
      await read(asked.pres);
      place = asked.pres ? await communes.findByCode(asked.pres) : null;
    }
    if (ici) {
      const here = await communes.findAt(...ici);
      place = here && { ...here, latitude: ici[0], longitude: ici[1] };
    }
    return { view: asked, place, said };
  };

  const [prepare, propose, guess] = ["prepare", "propose", "guess"].map(make);
  return { prepare, propose, guess, interpret, resolve };
};
