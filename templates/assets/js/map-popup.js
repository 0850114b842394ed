// The popup of a record, and the name beside the marker that is pointed at.
import { makeElement } from "./page.js";
import { describeDistance, namePlace } from "./record-parts.js";

const PRECISION = { adresse: "à l’adresse exacte", commune: "au niveau de la commune" };

/* « Intervient chez vous · à 23 km », near a place only. */
function drawNearness({ number, example }, { answer }) {
  const near = answer.near.get(number);
  const distance = describeDistance(near);
  const acts = near?.acts && !example;
  if (!acts && !distance) return [];
  const here = acts ? [makeElement("span", { class: "here" }, "Intervient chez vous")] : [];
  return [makeElement("p", {}, ...here, acts && distance ? " · " : "", distance)];
}

function drawCard(record, state, { fiches, ailleurs }, close) {
  const button = makeElement("button", { type: "button" }, "Fermer");
  const link = makeElement("a", { href: `${fiches}${record.slug}/` }, "Voir sa fiche");
  if (ailleurs) {
    link.target = "_blank";
    link.rel = "noopener";
    link.append(makeElement("span", { class: "hidden" }, " (nouvel onglet)"));
  }
  const practices = record.pratique.map((number) => state.all.pratique[number][1]).join(", ");
  const place = [namePlace(record), PRECISION[record.precision]].filter(Boolean).join(", ");
  button.addEventListener("click", close);
  return makeElement(
    "div",
    { role: "dialog", "aria-labelledby": "_bulle", tabindex: "-1", class: "carte-card" },
    makeElement("p", { id: "_bulle" }, record.nom),
    ...(record.example ? [makeElement("p", {}, "Fiche d’exemple, inventée")] : []),
    ...drawNearness(record, state),
    makeElement("p", {}, place || "Lieu non connu"),
    makeElement("p", {}, practices || "Pratiques non renseignées"),
    makeElement("p", { class: "carte-acts" }, link, button),
  );
}

/* The popup: `open` takes a marker and what asked for it (null: the address did, and the focus
   stays where it is); `closed` is called with the same when a visitor closed it. */
export function addPopup(map, fallback, frame, closed) {
  const popup = L.popup({
    closeButton: false,
    closeOnEscapeKey: false,
    minWidth: 200,
    maxWidth: 260,
    offset: [0, -8],
    autoPanPadding: [16, 16],
    className: "carte-popup",
  });
  let opener = null;
  let shown = null; // the marker
  let shut = false; // by the program
  function close() {
    if (!popup.isOpen()) return;
    map.closePopup(popup);
    // Leaflet may have made the icon again meanwhile.
    (opener === fallback ? fallback : (shown.getElement() ?? fallback)).focus({
      preventScroll: true,
    });
  }
  function put() {
    shut = true;
    map.closePopup(popup);
    shut = false;
  }
  function open(marker, state, from) {
    const content = drawCard(marker.record, state, frame, close);
    put();
    [shown, opener] = [marker, from];
    popup.setContent(content).setLatLng(marker.getLatLng()).openOn(map);
    if (from) content.focus({ preventScroll: true });
  }
  popup.on("remove", () => shut || closed(opener));
  return { open, close, put, isOpen: () => popup.isOpen() };
}

/* The name beside the marker that is chosen, or under the pointer; a popup has the name already. */
export function addLabel(map) {
  const tip = L.tooltip({ direction: "top", offset: [0, -14], className: "carte-label" });
  let layer = null;
  let current = null;
  let covered = false; // by the popup
  const findShown = () => current && layer.getVisibleParent(current);
  function show(one) {
    if (covered && one === findShown()) return;
    tip
      .setContent(makeElement("span", {}, one.shortName ?? one.record.nom))
      .setLatLng(one.getLatLng())
      .addTo(map);
  }
  function point(marker = current) {
    for (const icon of map.getPane("markerPane").querySelectorAll(".is-current"))
      icon.classList.remove("is-current");
    current = marker;
    tip.remove();
    if (!findShown()?.getElement()) return;
    findShown().getElement().classList.add("is-current");
    show(findShown());
  }
  function follow(clusters) {
    [layer, current] = [clusters, null];
    clusters.on("mouseover clustermouseover", (event) => show(event.layer));
    clusters.on("mouseout clustermouseout", () => point());
  }
  map.on("popupopen popupclose", ({ type }) => {
    covered = type === "popupopen";
    point();
  });
  // Leaflet makes the icons again at each zoom.
  map.on("zoomend moveend", () => current && point());
  return { point, follow };
}
