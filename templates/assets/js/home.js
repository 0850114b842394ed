// The search field of the home page. A typed text goes unchanged to the directory, which interprets
// it; an item chosen in the list opens the directory with it.
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
