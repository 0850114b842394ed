// The field of the home page: a commune, and the directory opens near it.
import { champ } from "./place-field.js";
import { lieux } from "./communes.js";

const form = document.querySelector(".finder");
const field = form.elements.pres;

champ(field, lieux(field.dataset.lieux), {
  choisir: ({ code }) => location.assign(`${form.action}?pres=${code}`),
  effacer: () => {},
  localiser: ({ latitude, longitude }) => location.assign(`${form.action}#ici=${latitude},${longitude}`),
});
