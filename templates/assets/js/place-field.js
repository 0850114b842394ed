// A field in which a commune is found by its name, its postcode or the device's position: the
// combobox of the ARIA Authoring Practices (list, chosen by hand), over `lieux` of communes.js.

import { plural } from "./text.js";

const LOST = "Les communes n’ont pas pu être lues\u202f: vérifiez votre connexion, puis recommencez.";
const NO_NAME = "Aucune commune de ce nom\u202f: vérifiez l’orthographe, ou tapez son code postal.";
const UNKNOWN = "Commune non trouvée\u202f: vérifiez l’orthographe, ou tapez son code postal.";
const ABROAD = "Votre position est hors de France\u202f: tapez le nom d’une commune.";
const HOMONYMS = "portent ce nom ou ce code postal\u202f: choisissez la vôtre dans la liste.";
const PICK = "Choisissez une commune dans la liste.";
const REFUSED = {
  1: "Votre navigateur n’a pas le droit de donner votre position\u202f: autorisez-le pour ce site, ou tapez le nom d’une commune.",
  2: "Votre position n’a pas pu être trouvée\u202f: tapez le nom d’une commune.",
  3: "Votre position se fait trop attendre\u202f: réessayez, ou tapez le nom d’une commune.",
};

const made = (name, properties = {}, attributes = {}) => {
  const element = Object.assign(document.createElement(name), properties);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
};

const label = ({ nom, departement }) => `${nom} (${departement})`.replaceAll("'", "’");

const option = (one, id) => {
  const item = made("li", { id }, { role: "option", "aria-selected": "false" });
  const title = made("strong", { textContent: (one.ancien ?? one.nom).replaceAll("'", "’") });
  const now = one.ancien ? [`aujourd’hui ${one.nom}`] : [];
  const where = [...now, ...(one.poste ? [one.poste] : []), `${one.nomDepartement} (${one.departement})`];
  // The comma is for those who hear it; the eye has two lines.
  item.append(title, made("span", { textContent: ", ", className: "hidden" }),
    made("span", { textContent: where.join(", ").replaceAll("'", "’") }));
  return item;
};

// The device's position, to a hundredth of a degree (a kilometre): enough to say what is near.
const position = () => new Promise((done, fail) => {
  if (!navigator.geolocation) fail({ code: 2 });
  else navigator.geolocation.getCurrentPosition(done, fail, { timeout: 15000, maximumAge: 300000 });
}).then(({ coords }) => [coords.latitude, coords.longitude].map((x) => Math.round(x * 100) / 100));

/** Make a combobox of `input` (which has a label and an id, and is alone in its block).
 *  `lieux` is what communes.js gives. `choisir(lieu)` is called with the place once one is chosen,
 *  `effacer()` once the field is emptied. With `localiser({latitude, longitude, lieu})` a button
 *  asks for the position, only when pressed. Returns {montrer(lieu, ici), vider(), refuser(texte)},
 *  which set the field without calling back: for a place that was read in the address, and for a
 *  text there that names none; and saisie(), what is typed and was not chosen. */
export const champ = (input, lieux, { choisir, effacer, localiser }) => {
  const list = made("ul", { id: `${input.id}-liste`, className: "suggestions", hidden: true },
    { role: "listbox", "aria-label": "Communes" });
  const status = made("p", { className: "hint hidden" }, { role: "status" });
  const fault = made("p", { id: `${input.id}-erreur`, className: "fault", hidden: true });
  let shown = []; // what the list holds
  let active = -1; // the option that Enter would choose
  let chosen = ""; // the text of the place that is chosen, "" if none
  let turn = 0; // answers that come after a later question are dropped

  const say = (text, seen) => {
    status.textContent = text;
    status.classList.toggle("hidden", !seen);
  };

  // What is wrong with the text stands between its label and the field, as in GOV.UK's forms.
  const blame = (text) => {
    fault.textContent = text;
    fault.hidden = !text;
    for (const [key, value] of [["aria-invalid", "true"], ["aria-describedby", fault.id]]) {
      if (text) input.setAttribute(key, value);
      else input.removeAttribute(key);
    }
  };

  const mark = (at) => {
    active = at;
    [...list.children].forEach((item, of) => item.setAttribute("aria-selected", String(of === at)));
    if (at < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at]?.scrollIntoView({ block: "nearest" });
  };

  const show = (found) => {
    shown = found;
    list.replaceChildren(...found.map((one, at) => option(one, `${list.id}-${at}`)));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
    mark(-1);
  };

  const close = () => {
    turn += 1;
    show([]);
  };

  const set = (text) => {
    close();
    input.value = text;
    chosen = text;
    say("", false);
    blame("");
  };

  const guarded = async (work) => {
    try {
      return await work();
    } catch {
      say(LOST, true);
      return undefined;
    }
  };

  const take = async (one) => {
    set(label(one));
    const mine = turn;
    const lieu = await guarded(() => lieux.lieu(one.code));
    if (mine !== turn) return;
    if (lieu) choisir(lieu);
    else chosen = ""; // Enter asks again
  };

  const empty = () => {
    const had = chosen;
    set("");
    if (had) effacer();
  };

  // Propose what fits the text; return it, or undefined when a later question was asked since.
  const propose = async () => {
    turn += 1;
    const mine = turn;
    const found = await guarded(() => lieux.completer(input.value));
    if (mine !== turn || !found) return undefined;
    show(found);
    if (found.length) say(`${plural(found.length, "commune proposée", "communes proposées")}.`, false);
    else say(input.value.trim() ? NO_NAME : "", true);
    return found;
  };

  const asked = () => input.value.trim() && input.value !== chosen;

  const move = async (step) => {
    if (list.hidden) await propose();
    if (!shown.length) return;
    // Before the first option stands the text itself.
    const at = (active + 1 + step + shown.length + 1) % (shown.length + 1) - 1;
    mark(at < 0 ? (step > 0 ? 0 : shown.length - 1) : at);
  };

  // Enter on a text that was not chosen yet takes the first of what is proposed, unless others bear
  // the very same name.
  const enter = async () => {
    if (active >= 0) return void take(shown[active]);
    const found = await propose();
    if (!found) return;
    const same = lieux.homonymes(input.value, found);
    if (same.length > 1) {
      show(same);
      mark(0);
      say(`${same.length} communes ${HOMONYMS}`, false);
    } else if (found.length) take(same[0] ?? found[0]);
    else {
      blame(UNKNOWN);
      say(UNKNOWN, false);
    }
  };

  const escape = () => {
    if (list.hidden) empty();
    else close();
  };

  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const action = {
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      Enter: active >= 0 || asked() ? enter : undefined,
      Escape: input.value ? escape : undefined,
    }[event.key];
    if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) mark(-1);
    if (!action) return;
    event.preventDefault();
    action();
  });

  input.addEventListener("input", () => {
    blame("");
    if (input.value.trim()) propose();
    else empty();
  });

  input.addEventListener("blur", () => {
    const left = asked();
    close();
    // What was said of a name that no commune bears stays true.
    if (left && fault.hidden && status.textContent !== NO_NAME) say(PICK, true);
  });

  // The field keeps the focus while the list is pressed.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const at = [...list.children].indexOf(event.target.closest("li"));
    if (at >= 0) take(shown[at]);
  });

  const here = (lieu) => `Ma position, à ${label(lieu)}`;

  const locate = async () => {
    close();
    const mine = turn;
    say("Recherche de votre position…", true);
    try {
      const [latitude, longitude] = await position();
      const lieu = await lieux.lieuDe(latitude, longitude);
      if (mine !== turn) return;
      if (!lieu) return void say(ABROAD, true);
      set(here(lieu));
      localiser({ latitude, longitude, lieu });
    } catch (refusal) {
      if (mine === turn) say(REFUSED[refusal.code] ?? LOST, true);
    }
  };

  input.autocomplete = "off";
  input.spellcheck = false;
  for (const [key, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) input.setAttribute(key, value);
  input.parentElement.classList.add("lieu");
  input.labels[0].after(fault);
  input.after(list, status);
  if (localiser) {
    const button = made("button", { type: "button", className: "plain", textContent: "Utiliser ma position" });
    button.addEventListener("click", locate);
    status.before(button);
  }

  return {
    montrer: (lieu, ici = false) => set(ici ? here(lieu) : label(lieu)),
    vider: () => set(""),
    refuser: (text) => {
      set(text);
      chosen = "";
      blame(UNKNOWN);
    },
    saisie: () => (asked() ? input.value.trim() : ""),
  };
};
