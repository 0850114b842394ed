// The popup of a record, and the name beside the marker that is pointed at.
import { makeElement } from "./page.js";

/* The popup. `open` takes a marker and the element that opened it, or null if the address did, and
   the focus then does not move. `closed` is called with this element when a visitor closes it. */
export function addPopup(map, fallback, frame, closed) {
  // Outside the map's own panes, which lie under its buttons.
  map.createPane("panneauPane", map.getContainer().parentElement);
  const popup = L.popup({
    closeButton: false,
    closeOnEscapeKey: false,
    offset: [0, -8],
    className: "carte-popup",
  });
  let opener = null;
  let shown = null; // the marker
  let shut = false; // by the program
  let turn = 0; // counts the calls of `open`: only the last one shows its popup
  function close() {
    if (!popup.isOpen()) return;
    map.closePopup(popup);
    // Leaflet may have made the icon again meanwhile.
    (opener === fallback ? fallback : (shown.getElement() ?? fallback)).focus({
      preventScroll: true,
    });
  }
  function put() {
    turn += 1;
    shut = true;
    map.closePopup(popup);
    shut = false;
  }
  /* A bubble that leaves the buttons their corners; where there is no room for one, a panel. */
  function shape() {
    const letter = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const { x, y } = map.getSize();
    const isPanel = x < 30 * letter || y < 24 * letter;
    Object.assign(popup.options, {
      pane: isPanel ? "panneauPane" : "popupPane",
      autoPan: !isPanel,
      minWidth: 17 * letter,
      maxWidth: 17 * letter,
      autoPanPaddingTopLeft: [6.5 * letter, 4 * letter],
      autoPanPaddingBottomRight: [letter, letter],
    });
    return isPanel;
  }
  /* Move the map so that its marker stands above the panel, if the panel leaves it some room. */
  function panAbove(panel) {
    const { top } = map.getContainer().getBoundingClientRect();
    const lowest = Math.max(40, panel.getBoundingClientRect().top - top - 30);
    const { y } = map.latLngToContainerPoint(popup.getLatLng());
    if (y > lowest) map.fire("autopanstart").panBy([0, y - lowest], { animate: false });
  }
  async function open(marker, state, from) {
    put();
    const mine = turn;
    // Few visits need this module: it is loaded with the first popup.
    const card = await import("./map-card.js").catch(() => null);
    if (mine !== turn || !card) return;
    const content = card.drawCard(marker.record, state, frame, close);
    [shown, opener] = [marker, from];
    const isPanel = shape();
    popup.setContent(content).setLatLng(marker.getLatLng()).openOn(map);
    if (isPanel) panAbove(content);
    if (from) content.focus({ preventScroll: true });
  }
  popup.on("remove", () => shut || closed(opener));
  return { open, close, put, isOpen: () => popup.isOpen() };
}

/* The name next to the marker that is chosen or under the pointer, unless its popup is open. */
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
