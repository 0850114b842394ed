// The directory's filters: text, département, practices, profiles, kept in the address.
// The page is whole without them: each <li data-departement> is a record, already in order.
// A classic deferred script in a block, so that it leaves no global name.
"use strict";
{
  const form = document.querySelector("#_filtres");
  // The network's own words, and the « e » of the feminine: « structure », « structures recensées ».
  const { un, plusieurs, accord } = form.dataset;
  const [recense, recenses] = [`${un} recensé${accord}`, `${plusieurs} recensé${accord}s`];
  const status = document.querySelector("#_resultat");
  const chips = document.querySelector("#_actifs");
  const empty = document.querySelector("#_vide");
  const looser = document.querySelector("#_elargir");
  const regions = document.querySelector("#_regions");
  const sections = [...document.querySelectorAll("#_liste > section")];

  // Blind to case, accents, ligatures, apostrophes, hyphens, and « St » for « Saint ».
  const fold = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "")
    .replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/[^a-z0-9]+/g, " ")
    .replace(/\bst(e?)\b/g, "saint$1").trim();

  const records = sections.flatMap((section) =>
    [...section.querySelectorAll("li[data-departement]")].map((row) => ({
      row,
      section,
      example: section.classList.contains("samples"),
      text: ` ${fold(`${row.textContent} ${row.dataset.noms ?? ""}`)}`,
      departement: row.dataset.departement,
      territories: row.dataset.territoires.split(" "),
      pratique: row.dataset.pratiques.split(" "),
      profil: [row.dataset.profil],
    })));

  // What is asked, as a list of criteria; each can be removed alone.
  const criteria = () => {
    const asked = new FormData(form);
    const found = [];
    const words = fold(asked.get("q") ?? "");
    if (words) found.push({ name: "q", value: asked.get("q"), label: `«\u202f${asked.get("q").trim()}\u202f»`, words: words.split(" ") });
    const select = form.elements.departement;
    if (select.value) found.push({ name: "departement", value: select.value, label: select.selectedOptions[0].text, where: select.selectedOptions[0].dataset.ou });
    for (const name of ["pratique", "profil"]) {
      for (const box of form.querySelectorAll(`[name="${name}"]:checked`)) {
        found.push({ name, value: box.value, label: box.closest("label").querySelector("[data-nom]").textContent });
      }
    }
    return found;
  };

  // A programme for the whole country is there too, but says nothing of this place.
  const named = (record, code) => record.territories.includes(code);
  const local = (record, code) => record.departement === code || named(record, code);
  const acts = (record, code) => local(record, code) || record.territories.includes("national");

  // Criteria of one name widen each other (one practice or another); names narrow one another.
  const matches = (record, asked) => {
    const values = (name) => asked.filter((one) => one.name === name).map((one) => one.value);
    const any = (name) => !values(name).length || values(name).some((value) => record[name].includes(value));
    const [code] = values("departement");
    const words = asked.find((one) => one.name === "q")?.words ?? [];
    return words.every((word) => record.text.includes(word))
      && (!code || acts(record, code))
      && any("pratique") && any("profil");
  };

  const plural = (number, one, many) => `${number} ${number < 2 ? one : many}`;
  const real = (asked) => records.filter((record) => !record.example && matches(record, asked)).length;

  const sentence = (shown, place) => {
    const ours = shown.filter((record) => !record.example);
    const others = shown.length - ours.length;
    let text = ours.length ? plural(ours.length, recense, recenses) : "Aucune fiche recensée";
    if (place) {
      const here = ours.filter((record) => record.departement === place.value).length;
      const near = ours.filter((record) => record.departement !== place.value && named(record, place.value)).length;
      const everywhere = ours.length - here - near;
      text = here + near ? plural(here, recense, recenses) : "Aucune fiche recensée";
      text += ` ${place.where}`;
      if (near) text += ` ; ${near} ${near < 2 ? "y intervient" : "y interviennent"} d’ailleurs`;
      if (everywhere) text += ` ; ${plural(everywhere, "agit", "agissent")} dans toute la France`;
    }
    if (others) text += ` ; ${plural(others, "fiche d’exemple", "fiches d’exemple")}`;
    return `${text.replaceAll(" ;", "\u202f;")}.`;
  };

  const button = (text, action, name) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.className = name;
    made.addEventListener("click", action);
    const item = document.createElement("li");
    item.append(made);
    return item;
  };

  const remove = (one) => {
    const control = form.querySelector(`[name="${one.name}"][value="${CSS.escape(one.value)}"]`);
    if (control?.type === "checkbox") control.checked = false;
    else form.elements[one.name].value = "";
    update();
    // The button that was pressed is gone: go on from the next one, or from the form.
    (chips.querySelector("button") ?? form.elements.q).focus();
  };

  const clear = () => {
    for (const control of form.elements) {
      if (control.type === "checkbox") control.checked = false;
      else control.value = "";
    }
    update();
    form.elements.q.focus();
  };

  const mark = (record, code) => {
    const near = Boolean(code) && !record.example && named(record, code);
    const label = record.row.querySelector(".here");
    if (near && !label) {
      const made = document.createElement("span");
      made.className = "here";
      made.textContent = "Intervient chez vous";
      const meta = record.row.querySelector(".meta");
      meta.prepend(made, meta.textContent.trim() ? " · " : "");
    } else if (!near && label) {
      label.nextSibling.remove();
      label.remove();
    }
  };

  const update = () => {
    const asked = criteria();
    const place = asked.find((one) => one.name === "departement");
    const shown = records.filter((record) => matches(record, asked));
    for (const record of records) {
      record.row.hidden = !shown.includes(record);
      mark(record, place?.value);
    }
    for (const section of sections) section.hidden = !shown.some((record) => record.section === section);
    // Few of them are left once something is asked: no need to open the drawer.
    for (const drawer of document.querySelectorAll(".samples details")) drawer.open = asked.length > 0;
    regions.hidden = asked.length > 0;
    status.textContent = sentence(shown, place);
    chips.replaceChildren(...asked.map((one) => {
      const item = button(one.label, () => remove(one), "");
      item.firstChild.setAttribute("aria-label", `Retirer le filtre ${one.label}`);
      return item;
    }));
    if (asked.length > 1) chips.append(button("Tout effacer", clear, "plain"));
    empty.hidden = shown.some((record) => !record.example && (!place || local(record, place.value)));
    looser.replaceChildren();
    if (!empty.hidden) {
      for (const one of asked) {
        const number = real(asked.filter((other) => other !== one));
        if (number > real(asked)) looser.append(button(`Sans ${one.label}\u00a0: ${plural(number, un, plusieurs)}`, () => remove(one), "plain"));
      }
      looser.append(button(`Tout effacer\u00a0: ${plural(real([]), un, plusieurs)}`, clear, "plain"));
    }
    const query = new URLSearchParams(asked.map((one) => [one.name, one.value]));
    history.replaceState(null, "", location.pathname + (asked.length ? `?${query}` : "") + location.hash);
  };

  const read = () => {
    const query = new URLSearchParams(location.search);
    form.elements.q.value = query.get("q") ?? "";
    form.elements.departement.value = query.get("departement") ?? "";
    if (form.elements.departement.selectedIndex < 0) form.elements.departement.value = "";
    for (const box of form.querySelectorAll("[type=checkbox]")) {
      box.checked = query.getAll(box.name).includes(box.value);
    }
  };

  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    update();
    status.focus();
  });
  addEventListener("pageshow", () => { read(); update(); }, { once: true });
  read();
  update();
}
