// The map as a whole: it listens to clicks and keys, and draws the answer of a source of views: the
// form of /carte/ (directory.js), or the address of an embedded map (embed.js). A source has
// `ready`, `getState()` and `go(change, how)`; each new answer is an event « maille:vue » of the
// document.
import { addDetails, addTiles, keepStill, readLand } from "./map-background.js";
import { addBar } from "./map-bar.js";
import { addFrame } from "./map-frame.js";
import { drawMarkers, isAtOneSpot, makePin, reveal } from "./map-markers.js";
import { addLabel, addPopup } from "./map-popup.js";
import { addWalk } from "./map-walk.js";
import { fetchJson } from "./page.js";
import { followPointing, tellPointed } from "./pointing.js";
import { countAtOnce } from "./result-groups.js";

const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
const tellOnMap = (slugs) => tellPointed(slugs, { from: "map" });
const isSame = (one, other) =>
  one.length === other.length && one.every((record, index) => record === other[index]);

/* Start the map that Folium made; `options` are those of views/map.py. */
export async function drawMap(map, options, source) {
  const root = document.getElementById("_carte");
  const [outlines] = await Promise.all([fetchJson(root.dataset.contours), source.ready]);
  if (still) keepStill(map);
  // Only now does the map replace the still picture.
  root.classList.add("is-live");
  map.invalidateSize({ animate: false });
  const land = readLand(outlines);
  const holder = map.getContainer();
  holder.setAttribute("role", "region");
  holder.setAttribute("aria-label", "Carte : flèches pour la déplacer, plus et moins pour zoomer");
  if (options.tiles) addTiles(root, map, options.tiles);
  const atlas = new Atlas(map, options, source, { root, land });
  document.addEventListener("maille:vue", ({ detail }) => atlas.show(detail));
  // Move the map first: each move draws all its markers again.
  atlas.frame.follow(source.getState());
  for (const outline of land.values()) outline.addTo(map);
  addDetails(map, land, root.dataset.details, options.detailZoom);
  await atlas.show(source.getState());
  atlas.anchor();
}

/* The contents of the map, and the last state that it was asked to show. */
class Atlas {
  constructor(map, { views, words, shapes }, source, { root, land }) {
    const [un, plusieurs] = words;
    Object.assign(this, { map, source, root, shapes, words: { un, plusieurs } });
    this.box = root.querySelector("[role=listbox]");
    this.status = root.querySelector(".carte-say");
    this.none = root.querySelector(".carte-none");
    this.target = null; // the answer that is drawn, or being drawn
    this.chosen = ""; // the slug of the record that is chosen
    this.frame = addFrame(map, views, land, (cadre) => source.go({ cadre }, "replace"));
    this.label = addLabel(map);
    const open = (marker, from) => this.open(marker, from);
    this.popup = addPopup(
      map,
      this.box,
      root.dataset,
      (opener) => opener !== this.box && this.choose(""),
    );
    this.walk = addWalk(this.box, { select: (marker) => this.select(marker), open });
    this.count = addBar(root, map, views, { show: (view, name) => this.part(view, name) });
    root.addEventListener("keydown", (event) => this.key(event));
    followPointing("map", (pointed) => this.showPointed(pointed));
    addEventListener("hashchange", () => this.anchor());
  }

  /* Draw the answer of a state, move to its frame, and mark its chosen record. */
  async show(state) {
    this.state = state;
    const {
      answer: { found },
      place,
    } = state;
    const redraw = !this.target || this.target.place !== place || !isSame(this.target.found, found);
    if (redraw) {
      this.clear({ found, place });
      this.tellNone(found); // the answer is the same: the status about the last move stays
    }
    this.frame.follow(state);
    if (redraw) this.drawing = this.draw(this.target);
    const { drawing } = this;
    await drawing;
    if (drawing !== this.drawing) return; // another answer has come since
    if (this.state.view.fiche !== this.chosen) await this.restore(this.state.view.fiche);
    this.root.setAttribute("aria-busy", "false");
  }

  /* If no record found has a point, say that the list has them. */
  tellNone(found) {
    this.none.hidden = !found.length || found.some(({ point }) => point);
    const said =
      found.length > 1
        ? "Aucun de ces résultats n’a de point sur la carte"
        : "Ce résultat n’a pas de point sur la carte";
    this.none.querySelector("span").textContent = said;
    this.status.textContent = this.none.hidden ? "" : said;
  }

  clear(target) {
    this.root.setAttribute("aria-busy", "true");
    this.target = target;
    this.popup.put();
    this.label.point(null);
    this.chosen = "";
    this.made?.layer.remove();
    this.pin?.remove();
  }

  async draw(target) {
    const { map, words, shapes, state } = this;
    const { found, place } = target;
    const numbered = place ? countAtOnce(state) : 0;
    const made = drawMarkers(found, map, { all: state.all, words, shapes, numbered });
    this.made = made;
    this.pin = place && place.latitude !== null ? makePin(place).addTo(map) : null;
    await made.ready;
    if (target !== this.target) return;
    this.pin?.settle();
    this.listen(made.layer);
    this.count(found.filter(({ point }) => point));
    this.walk.put(made.markers, this.state);
  }

  listen(layer) {
    this.label.follow(layer);
    layer.on("spiderfied unspiderfied", ({ type, cluster }) =>
      cluster.getElement()?.classList.toggle("is-open", type === "spiderfied"),
    );
    layer.on("click", ({ layer: marker }) => {
      this.walk.at(marker);
      this.popup.open(marker, this.state, marker.getElement());
      this.choose(marker.record.slug, marker);
    });
    layer.on("mouseover", ({ layer: marker }) => tellOnMap([marker.record.slug]));
    layer.on("clustermouseover", ({ layer: cluster }) =>
      tellOnMap(cluster.getAllChildMarkers().map(({ record }) => record.slug)),
    );
    layer.on("mouseout clustermouseout", () => tellOnMap([]));
    layer.on("clusterclick", ({ layer: cluster }) => {
      this.status.textContent = cluster.shortName;
      if (isAtOneSpot(cluster) || this.map.getZoom() >= this.map.getMaxZoom()) cluster.spiderfy();
      else this.map.fitBounds(cluster.getBounds(), { padding: [40, 40] });
    });
  }

  /* Show the record that is pointed at in the list: one focused by the keyboard comes into sight. */
  showPointed({ slugs: [slug], byKey }) {
    const marker = this.made?.of(slug ?? this.chosen) ?? null;
    if (marker && byKey && !this.map.getBounds().contains(marker.home))
      this.frame.move(() => this.map.panInside(marker.home, { padding: [60, 60], animate: false }));
    this.label.point(marker);
  }

  /* Write the chosen record in the address; drop the frame if the map `moved` out of it. */
  choose(slug, marker = null, moved = false) {
    this.label.point(marker);
    const stays = slug === this.chosen && !moved;
    this.chosen = slug;
    if (moved) this.frame.forget();
    if (!stays) this.source.go({ fiche: slug, ...(moved ? { cadre: null } : {}) }, "replace");
  }

  /* Open the record that the address names, without moving the focus. */
  async restore(slug) {
    this.chosen = slug;
    const marker = slug && this.made.of(slug);
    this.popup.put();
    if (!marker) {
      this.label.point(null);
      return;
    }
    // If the frame of the address shows the record, the map does not move.
    const alone =
      this.made.layer.getVisibleParent(marker) === marker &&
      this.map.getBounds().contains(marker.home);
    if (!(this.state.view.cadre && alone))
      this.frame.move(() => reveal(marker, this.map, this.made.layer));
    this.walk.at(marker);
    this.label.point(marker);
    await this.popup.open(marker, this.state, null);
  }

  reveal(marker) {
    let moved = false;
    this.frame.move(() => {
      moved = reveal(marker, this.map, this.made.layer);
    });
    this.choose(marker.record.slug, marker, moved && this.state.view.cadre !== null);
  }

  select(marker) {
    this.popup.put();
    this.reveal(marker);
  }

  open(marker, from) {
    this.reveal(marker);
    this.popup.open(marker, this.state, from);
  }

  part(view, name) {
    this.map.fitBounds(view.bounds, { padding: [12, 12], animate: false });
    this.status.textContent = `La carte montre : ${name}`;
  }

  /* If the address ends with « #la-reunion », show that part, unless the address has a frame
     too. */
  anchor() {
    const view = this.frame.findNamed();
    if (!view || this.state.view.cadre) return;
    this.frame.move(() => this.part(view, view.title));
    this.root.scrollIntoView();
  }

  key(event) {
    if (event.key === "Escape") this.popup.close();
    const icon = event.target.closest(".leaflet-marker-icon");
    if (icon && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      icon.click();
    }
  }
}
