// Show only the letters that have news of one project; the address keeps the choice. Without this
// script, the page shows all letters, and each project has its own page.
const form = document.querySelector("#_par-projet");

function show(slug) {
  let count = 0;
  for (const letter of document.querySelectorAll("[data-lettre]")) {
    const parts = [...letter.querySelectorAll("[data-projet]")];
    letter.hidden = slug !== "" && !parts.some((part) => part.dataset.projet === slug);
    count += letter.hidden ? 0 : 1;
    for (const part of parts) part.hidden = slug !== "" && part.dataset.projet !== slug;
  }
  for (const year of document.querySelectorAll("main section.region")) {
    year.hidden = !year.querySelector("[data-lettre]:not([hidden])");
  }
  const said = count > 1 ? `${count} lettres en parlent.` : `${count} lettre en parle.`;
  document.querySelector("#_trouvees").textContent = slug === "" ? "" : said;
}

function readAsked() {
  const slug = new URLSearchParams(location.search).get("projet") ?? "";
  return [...form.elements.projet.options].some((option) => option.value === slug) ? slug : "";
}

if (form) {
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.elements.projet.addEventListener("change", ({ target: { value } }) => {
    const address = new URL(location.href);
    if (value) address.searchParams.set("projet", value);
    else address.searchParams.delete("projet");
    history.replaceState(null, "", address);
    show(value);
  });
  // A page that comes back may have kept its choice without its address (pageshow, not load).
  addEventListener("pageshow", () => {
    form.elements.projet.value = readAsked();
    show(readAsked());
  });
}
