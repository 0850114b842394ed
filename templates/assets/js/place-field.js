// A field in which a commune is found by its name, its postcode or the device's position: the
// combobox of the ARIA Authoring Practices (list, chosen by hand), over communes.js.
import { findHomonyms } from "./communes.js";
import { makeElement } from "./page.js";
import { formatCount, labelCommune } from "./text.js";

const LOST =
  "Les communes n’ont pas pu être lues\u202f: vérifiez votre connexion, puis recommencez.";
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

const makeOption = (one, id) => {
  const now = one.ancien ? [`aujourd’hui ${one.nom}`] : [];
  const where = [
    ...now,
    ...(one.poste ? [one.poste] : []),
    `${one.nomDepartement} (${one.departement})`,
  ];
  return makeElement(
    "li",
    { id, role: "option", "aria-selected": "false" },
    makeElement("strong", {}, one.ancien ?? one.nom),
    // The comma is for those who hear it; the eye has two lines.
    makeElement("span", { class: "hidden" }, ", "),
    makeElement("span", {}, where.join(", ")),
  );
};

const labelDevice = (place) => `Ma position, à ${labelCommune(place)}`;

// The device's position, to a hundredth of a degree (a kilometre): enough to say what is near.
const locateDevice = () =>
  new Promise((done, fail) => {
    if (!navigator.geolocation) fail({ code: 2 });
    else
      navigator.geolocation.getCurrentPosition(done, fail, { timeout: 15000, maximumAge: 300000 });
  }).then(({ coords }) =>
    [coords.latitude, coords.longitude].map((x) => Math.round(x * 100) / 100),
  );

/** Make a combobox of `input` (which has a label and an id, and is alone in its block). `communes`
 *  is what communes.js gives. `onChoose(place)` is called once a place is chosen, `onClear()` once
 *  the field is emptied. With `onLocate({latitude, longitude, place})` a button asks for the
 *  position, only when pressed. Returns {show(place, isDevice), clear(), refuse(text)}, which set
 *  the field without calling back, for a place of the address and for a text there that names none;
 *  and getTyped(), what is typed and was not chosen. */
export const makePlaceField = (input, communes, { onChoose, onClear, onLocate }) => {
  const list = makeElement("ul", {
    id: `${input.id}-liste`,
    class: "suggestions",
    hidden: "",
    role: "listbox",
    "aria-label": "Communes",
  });
  const status = makeElement("p", { class: "hint hidden", role: "status" });
  const fault = makeElement("p", { id: `${input.id}-erreur`, class: "fault", hidden: "" });
  let shown = []; // what the list holds
  let active = -1; // the option that Enter would choose
  let chosen = ""; // the text of the place that is chosen, "" if none
  let turn = 0; // answers that come after a later question are dropped

  const say = (text, seen) => {
    status.textContent = text;
    status.classList.toggle("hidden", !seen);
  };

  // What is wrong with the text is shown between its label and the field, as in GOV.UK's forms.
  const blame = (text) => {
    fault.textContent = text;
    fault.hidden = !text;
    for (const [key, value] of [
      ["aria-invalid", "true"],
      ["aria-describedby", fault.id],
    ]) {
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
    list.replaceChildren(...found.map((one, at) => makeOption(one, `${list.id}-${at}`)));
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

  const guard = async (work) => {
    try {
      return await work();
    } catch {
      say(LOST, true);
      return undefined;
    }
  };

  const take = async (one) => {
    set(labelCommune(one));
    const mine = turn;
    const place = await guard(() => communes.findByCode(one.code));
    if (mine !== turn) return;
    if (place) onChoose(place);
    else chosen = ""; // Enter asks again
  };

  const empty = () => {
    const had = chosen;
    set("");
    if (had) onClear();
  };

  // Propose what fits the text; return it, or undefined when a later question was asked since.
  const propose = async () => {
    turn += 1;
    const mine = turn;
    const found = await guard(() => communes.complete(input.value));
    if (mine !== turn || !found) return undefined;
    show(found);
    if (found.length)
      say(`${formatCount(found.length, "commune proposée", "communes proposées")}.`, false);
    else say(input.value.trim() ? NO_NAME : "", true);
    return found;
  };

  const isPending = () => input.value.trim() && input.value !== chosen;

  const move = async (step) => {
    if (list.hidden) await propose();
    if (!shown.length) return;
    // Before the first option stands the text itself.
    const at = ((active + 1 + step + shown.length + 1) % (shown.length + 1)) - 1;
    mark(at < 0 ? (step > 0 ? 0 : shown.length - 1) : at);
  };

  // Enter on a text that was not chosen yet takes the first of what is proposed, unless others have
  // the very same name.
  const enter = async () => {
    if (active >= 0) return void take(shown[active]);
    const found = await propose();
    if (!found) return;
    const same = findHomonyms(input.value, found);
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
      Enter: active >= 0 || isPending() ? enter : undefined,
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
    const left = isPending();
    close();
    // What was said of a name that no commune has stays true.
    if (left && fault.hidden && status.textContent !== NO_NAME) say(PICK, true);
  });

  // The field keeps the focus while the list is pressed.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const at = [...list.children].indexOf(event.target.closest("li"));
    if (at >= 0) take(shown[at]);
  });

  const locate = async () => {
    close();
    const mine = turn;
    say("Recherche de votre position…", true);
    try {
      const [latitude, longitude] = await locateDevice();
      const place = await communes.findAt(latitude, longitude);
      if (mine !== turn) return;
      if (!place) {
        say(ABROAD, true);
        return;
      }
      set(labelDevice(place));
      onLocate({ latitude, longitude, place });
    } catch (refusal) {
      if (mine === turn) say(REFUSED[refusal.code] ?? LOST, true);
    }
  };

  input.autocomplete = "off";
  input.spellcheck = false;
  for (const [key, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
  }))
    input.setAttribute(key, value);
  input.parentElement.classList.add("lieu");
  input.labels[0].after(fault);
  input.after(list, status);
  if (onLocate) {
    const button = makeElement(
      "button",
      { type: "button", class: "plain" },
      "Utiliser ma position",
    );
    button.addEventListener("click", locate);
    status.before(button);
  }

  return {
    show: (place, isDevice = false) => set(isDevice ? labelDevice(place) : labelCommune(place)),
    clear: () => set(""),
    refuse: (text) => {
      set(text);
      chosen = "";
      blame(UNKNOWN);
    },
    getTyped: () => (isPending() ? input.value.trim() : ""),
  };
};
