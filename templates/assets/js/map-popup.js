// The popup of a record, and the name beside the marker that is pointed at.
import { distance, element, typo } from "./text.js";
import { placeName } from "./directory-search.js";

const PRECISION = { adresse: "à l’adresse exacte", commune: "au niveau de la commune" };

/* « Intervient chez vous · à 23 km »: near a place only, and the first never of an example. */
function nearness(record, { answer }) {
  const near = answer.near.get(record.number);
  if (!near) return [];
  const said = near.here ? "dans la commune" : near.km === null ? "" : distance(near.km);
  const acts = near.acts && !record.example ? [element("span", { class: "here" }, "Intervient chez vous")] : [];
  const parts = [...acts, ...(said ? [acts.length ? ` · ${said}` : said] : [])];
  return parts.length ? [element("p", {}, ...parts)] : [];
}

function card(record, state, { fiches, ailleurs }, close) {
  const button = element("button", { type: "button" }, "Fermer");
  const link = element("a", { href: `${fiches}${record.slug}/` }, "Voir sa fiche");
  if (ailleurs) {
    link.target = "_blank";
    link.rel = "noopener";
    link.append(element("span", { class: "hidden" }, " (nouvel onglet)"));
  }
  const practices = record.pratique.map((number) => typo(state.all.pratique[number][1])).join(", ");
  const place = [typo(placeName(record)), PRECISION[record.precision]].filter(Boolean).join(", ");
  button.addEventListener("click", close);
  return element(
    "div", { role: "dialog", "aria-labelledby": "_bulle", tabindex: "-1", class: "carte-card" },
    element("p", { id: "_bulle" }, typo(record.nom)),
    ...(record.example ? [element("p", {}, "Fiche d’exemple, inventée")] : []),
    ...nearness(record, state),
    element("p", {}, place || "Lieu non connu"),
    element("p", {}, practices || "Pratiques non renseignées"),
    element("p", { class: "carte-acts" }, link, button),
  );
}

/* The popup: `open` takes a marker and what asked for it (null: the address did, and the focus stays
   where it is); `closed` is called with the same when a visitor closed it. */
export function popupOn(map, fallback, frame, closed) {
  const popup = L.popup({ closeButton: false, closeOnEscapeKey: false, minWidth: 200, maxWidth: 260, offset: [0, -8], autoPanPadding: [16, 16], className: "carte-popup" });
  let opener = null;
  let shown = null; // the marker
  let shut = false; // by the program
  function close() {
    if (!popup.isOpen()) return;
    map.closePopup(popup);
    // Leaflet may have made the icon again meanwhile.
    (opener === fallback ? fallback : shown.getElement() ?? fallback).focus({ preventScroll: true });
  }
  function put() {
    shut = true;
    map.closePopup(popup);
    shut = false;
  }
  function open(marker, state, from) {
    const content = card(marker.record, state, frame, close);
    put();
    [shown, opener] = [marker, from];
    popup.setContent(content).setLatLng(marker.getLatLng()).openOn(map);
    if (from) content.focus({ preventScroll: true });
  }
  popup.on("remove", () => shut || closed(opener));
  return { open, close, put, isOpen: () => popup.isOpen() };
}

/* The name beside the marker that is chosen, or under the pointer. */
export function labelOn(map) {
  const tip = L.tooltip({ direction: "top", offset: [0, -14], className: "carte-label" });
  let layer = null;
  let current = null;
  const shown = () => current && layer.getVisibleParent(current);
  const show = (one) => tip.setContent(element("span", {}, one.shortName ?? typo(one.record.nom))).setLatLng(one.getLatLng()).addTo(map);
  function point(marker = current) {
    for (const icon of map.getPane("markerPane").querySelectorAll(".is-current")) icon.classList.remove("is-current");
    current = marker;
    tip.remove();
    if (!shown()?.getElement()) return;
    shown().getElement().classList.add("is-current");
    show(shown());
  }
  function follow(clusters) {
    [layer, current] = [clusters, null];
    clusters.on("mouseover clustermouseover", (event) => show(event.layer));
    clusters.on("mouseout clustermouseout", () => point());
  }
  // Leaflet makes the icons again at each zoom.
  map.on("zoomend moveend", () => current && point());
  return { point, follow };
}
