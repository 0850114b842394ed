// Show only the rows of a list that have the chosen terms; the address keeps the choice. Without
// this script, the page shows the whole list, by section.
const form = document.querySelector("#_filtre");
const rows = [...document.querySelectorAll("[data-termes]")];

/* The chosen terms, as `facet:term`: a row has the terms of all its facets in `data-termes`. */
const readChosen = () =>
  [...form.querySelectorAll("select")]
    .filter((select) => select.value)
    .map((select) => `${select.name}:${select.value}`);

const has = (row, terms) => terms.every((term) => row.dataset.termes.split(" ").includes(term));

function show() {
  const chosen = readChosen();
  const shown = rows.filter((row) => has(row, chosen));
  for (const row of rows) row.hidden = !shown.includes(row);
  for (const section of document.querySelectorAll("main section.region"))
    section.hidden = !section.querySelector("[data-termes]:not([hidden])");
  countOptions();
  const { un, plusieurs } = form.dataset;
  const found = shown.length > 1 ? `${shown.length} ${plusieurs}` : `${shown.length} ${un}`;
  document.querySelector("#_trouvees").textContent = chosen.length ? found : "";
}

/* Write beside each term how many rows it would show, with the terms of the other facets. */
function countOptions() {
  for (const select of form.querySelectorAll("select")) {
    const others = readChosen().filter((term) => !term.startsWith(`${select.name}:`));
    for (const option of select.options) {
      if (!option.value) continue;
      const terms = [...others, `${select.name}:${option.value}`];
      const count = rows.filter((row) => has(row, terms)).length;
      option.textContent = `${option.dataset.nom} (${count})`;
      option.disabled = !count && !option.selected;
    }
  }
}

function keepInAddress() {
  const address = new URL(location.href);
  for (const { name, value } of form.querySelectorAll("select")) {
    if (value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
  }
  history.replaceState(null, "", address);
}

function readAddress() {
  const asked = new URLSearchParams(location.search);
  for (const select of form.querySelectorAll("select")) {
    const value = asked.get(select.name) ?? "";
    select.value = [...select.options].some((option) => option.value === value) ? value : "";
  }
}

if (form) {
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", () => {
    keepInAddress();
    show();
  });
  // A page that comes back may have kept its choice without its address (pageshow, not load).
  addEventListener("pageshow", () => {
    readAddress();
    show();
  });
}
