// The field of the home page: a commune is chosen, and the directory opens near it.
import { openCommunes } from "./communes.js";
import { makePlaceField } from "./place-field.js";

const form = document.querySelector(".finder");
const field = form.elements.pres;

makePlaceField(field, openCommunes(field.dataset.lieux), {
  onChoose: ({ code }) => location.assign(`${form.action}?pres=${code}`),
  onClear: () => {},
  onLocate: ({ latitude, longitude }) =>
    location.assign(`${form.action}#ici=${latitude},${longitude}`),
});
