// The search field of the home page. What is typed goes to the directory as it stands, which
// understands it; what is chosen in the list is what the directory opens with.
import { openCommunes } from "./communes.js";
import { makeChange, openMeanings } from "./meaning.js";
import { fetchJson, memoize } from "./page.js";
import { makeSearchField } from "./search-field.js";
import { makeEmptyView, writeView } from "./view.js";

const form = document.querySelector(".finder");
const communes = openCommunes(form.dataset.lieux);
const fetchIndex = memoize(() => fetchJson(`${form.dataset.fiches}index.json`));
const open = (change) => {
  const { search, hash } = writeView({ ...makeEmptyView(), ...change });
  location.assign(form.action + search + hash);
};

makeSearchField(form, {
  ...openMeanings(communes, fetchIndex),
  findAt: communes.findAt,
  onChoose: (one) => open(makeChange(one)),
  onLocate: (...ici) => open({ ici }),
});
