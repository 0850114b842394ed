// The search field: what is typed is completed in groups, and the device's position may stand for
// it. The combobox of the ARIA Authoring Practices (list, chosen by hand), over interpret.js. Enter
// and the button send the text itself, unless one of the list is chosen.
import { makeElement } from "./page.js";
import { capitalize, describeCommune, formatCount, labelDevice } from "./text.js";

const LOST =
  "Les communes n’ont pas pu être lues\u202f: vérifiez votre connexion, puis recommencez.";
const ABROAD = "Votre position est hors de France\u202f: tapez le nom d’une commune.";
const REFUSED = {
  1: "Votre navigateur n’a pas le droit de donner votre position\u202f: autorisez-le pour ce site, ou tapez le nom d’une commune.",
  2: "Votre position n’a pas pu être trouvée\u202f: tapez le nom d’une commune.",
  3: "Votre position se fait trop attendre\u202f: réessayez, ou tapez le nom d’une commune.",
};
const GROUPS = { commune: "Communes", territoire: "Territoires", fiche: "Fiches" };

const describeTerritory = ({ code, nom, nature, partie }) => {
  if (partie) return `voir ${nom}`;
  return /^\w{2,3}$/.test(code) ? `${nature} (${code})` : nature;
};

const describeOption = (one) => {
  if (one.kind === "commune") {
    const now = one.ancien ? [`aujourd’hui ${one.nom}`] : [];
    const poste = one.poste ? [one.poste] : [];
    const where = describeCommune(one);
    return now.length || poste.length ? [...now, ...poste, where].join(", ") : capitalize(where);
  }
  return one.kind === "territoire" ? describeTerritory(one) : "";
};

const makeOption = (one, id) => {
  const name = one.kind === "mot" ? `Chercher le mot «\u202f${one.typed}\u202f»` : one.nom;
  const words = one.mot ? `«\u202f${one.mot}\u202f», ` : "";
  const details = describeOption(one);
  return makeElement(
    "div",
    { id, role: "option", "aria-selected": "false" },
    makeElement("strong", {}, `${words}${one.ancien ?? one.partie ?? name}`),
    // The comma is for screen readers; on screen, these are two lines.
    ...(details ? [makeElement("span", { class: "hidden" }, ", ")] : []),
    ...(details ? [makeElement("span", {}, details)] : []),
  );
};

const makeGroup = (kind, options) => {
  if (kind === "mot") return options;
  const title = makeElement("div", { class: "over", "aria-hidden": "true" }, GROUPS[kind]);
  return [makeElement("div", { role: "group", "aria-label": GROUPS[kind] }, title, ...options)];
};

// The device's position, to a hundredth of a degree (a kilometre): enough to say what is near.
const locateDevice = () =>
  new Promise((done, fail) => {
    if (!navigator.geolocation) fail({ code: 2 });
    else
      navigator.geolocation.getCurrentPosition(done, fail, { timeout: 15000, maximumAge: 300000 });
  }).then(({ coords }) =>
    [coords.latitude, coords.longitude].map((x) => Math.round(x * 100) / 100),
  );

/** Make a combobox of the field `q` of `form`, which _recherche.html draws. `prepare`, `propose`
 *  and `findAt` are those of meaning.js and communes.js. `onChoose(one)` is called with what was
 *  chosen in the list, as `interpret` gives it; `onLocate(latitude, longitude)` with the device's
 *  position, asked for only when the button is pressed. Returns show(text), which sets what the
 *  page answers; getTyped(), what was typed since, or null; and tellLost(), for when it cannot be
 *  understood. */
export const makeSearchField = (form, { prepare, propose, findAt, onChoose, onLocate }) => {
  const input = form.elements.q;
  const list = makeElement("div", {
    id: `${input.id}-liste`,
    class: "suggestions",
    hidden: "",
    role: "listbox",
    "aria-label": "Propositions",
  });
  const status = makeElement("p", { class: "hint hidden", role: "status" });
  let [shown, options] = [[], []]; // the contents of the list
  let active = -1; // the option that Enter would choose
  let answered = ""; // the text of the answer that the page shows
  let turn = 0; // counts the questions: an answer to an earlier one is dropped

  const say = (text, seen) => {
    status.textContent = text;
    status.classList.toggle("hidden", !seen);
  };

  const mark = (at) => {
    active = at;
    options.forEach((item, of) => item.setAttribute("aria-selected", String(of === at)));
    if (at < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", options[at].id);
    options[at]?.scrollIntoView({ block: "nearest" });
  };

  const draw = (found) => {
    shown = found;
    options = found.map((one, at) => makeOption(one, `${list.id}-${at}`));
    const kinds = [...new Set(found.map(({ kind }) => kind))];
    list.replaceChildren(
      ...kinds.flatMap((kind) =>
        makeGroup(
          kind,
          options.filter((_, at) => found[at].kind === kind),
        ),
      ),
    );
    list.hidden = !found.length;
    // With large text, the field is low on the screen: scroll to show the proposals.
    if (list.getBoundingClientRect().bottom > innerHeight)
      input.closest(".search").scrollIntoView();
    input.setAttribute("aria-expanded", String(found.length > 0));
    mark(-1);
  };

  const close = () => {
    turn += 1;
    draw([]);
  };

  const show = (text) => {
    close();
    input.value = text;
    answered = text;
    say("", false);
  };

  // Propose what fits the text, unless a later question was asked since.
  const refresh = async () => {
    const typed = input.value.trim();
    turn += 1;
    const mine = turn;
    if (!typed) {
      close();
      say("", false);
      return;
    }
    try {
      const found = await propose(typed);
      if (mine !== turn) return;
      draw([...found, { kind: "mot", typed }]);
      say(`${formatCount(found.length, "proposition", "propositions")}.`, false);
    } catch {
      if (mine === turn) say(LOST, true);
    }
  };

  const move = async (step) => {
    if (list.hidden) await refresh();
    if (!shown.length) return;
    // The text itself counts as a position before the first option.
    const at = ((active + 1 + step + shown.length + 1) % (shown.length + 1)) - 1;
    mark(at < 0 ? (step > 0 ? 0 : shown.length - 1) : at);
  };

  const choose = (at) => {
    const one = { typed: shown[at].nom, ...shown[at], others: [] };
    show(one.typed);
    onChoose(one);
  };

  const escape = () => {
    if (list.hidden) input.value = "";
    else close();
  };

  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const action = {
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      Enter: active >= 0 ? () => choose(active) : undefined,
      Escape: input.value ? escape : undefined,
    }[event.key];
    if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) mark(-1);
    if (!action) return;
    event.preventDefault();
    action();
  });
  input.addEventListener("input", refresh);
  input.addEventListener("focus", () => prepare().catch(() => {}));
  input.addEventListener("blur", close);
  form.addEventListener("submit", close);

  // The field keeps the focus while the list is pressed.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const at = options.indexOf(event.target.closest("[role=option]"));
    if (at >= 0) choose(at);
  });

  const locate = async () => {
    close();
    const mine = turn;
    say("Recherche de votre position…", true);
    try {
      const [latitude, longitude] = await locateDevice();
      const place = await findAt(latitude, longitude);
      if (mine !== turn) return;
      if (!place) {
        say(ABROAD, true);
        return;
      }
      show(labelDevice(place));
      onLocate(latitude, longitude);
    } catch (refusal) {
      if (mine === turn) say(REFUSED[refusal.code] ?? LOST, true);
    }
  };

  for (const [key, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
  }))
    input.setAttribute(key, value);
  const button = makeElement("button", { type: "button", class: "plain" }, "Utiliser ma position");
  button.addEventListener("click", locate);
  input.closest(".search").append(list);
  // Replaces the message for pages whose scripts did not load.
  form.querySelector(".late").replaceWith(button, status);

  return {
    show,
    getTyped: () => (input.value.trim() === answered.trim() ? null : input.value),
    tellLost: () => say(LOST, true),
  };
};
