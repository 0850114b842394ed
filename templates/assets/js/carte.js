/* The map page. Folium's script makes the Leaflet map, then calls `Maille.carte(map, options)`.

   What Leaflet lacks is here: names for markers and clusters, one tab stop to walk them all, focus
   that enters a popup and comes back. Text reaches the page as text nodes, never as HTML. */

const SVG = 'http://www.w3.org/2000/svg';
const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
const PRECISION = { adresse: 'à l’adresse exacte', commune: 'au niveau de la commune' };

/* --- Small things --- */

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function drawing(path) {
  const svg = document.createElementNS(SVG, 'svg');
  const shape = document.createElementNS(SVG, 'path');
  svg.setAttribute('viewBox', '-8 -8 16 16');
  svg.setAttribute('aria-hidden', 'true');
  shape.setAttribute('d', `M0 0${path}`);
  svg.append(shape);
  return svg;
}

async function json(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} : ${answer.status}`);
  return answer.json();
}

const plural = (count, one, many) => `${count} ${count > 1 ? many : one}`;
const bare = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('’', "'").toLowerCase();
/* The data keep the apostrophes as typed; visitors read those of print, as on the other pages. */
const typo = (text) => text.replace(/(\p{L})'(?=\p{L})/gu, '$1’');

function enumerate(names) {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} et ${names.at(-1)}`;
}

/* « du Puy-en-Velay », « d’Albi », « aux Sables-d’Olonne »: a preposition before a town. */
function before(preposition, town) {
  const [article] = /^Les? /.exec(town) ?? [''];
  const rest = town.slice(article.length);
  const of = preposition === 'de';
  if (article === 'Le ') return `${of ? 'du' : 'au'} ${rest}`;
  if (article === 'Les ') return `${of ? 'des' : 'aux'} ${rest}`;
  return of && /^[aeiouyœ]/.test(bare(town)) ? `d’${town}` : `${preposition} ${town}`;
}

/* The values that are not empty, the most frequent first, then as they come. */
function ranked(values) {
  const counts = new Map();
  for (const value of values) if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([value]) => value);
}

/* « 12 lieux autour de Lyon, Rhône et Loire », in the words of the network. */
function clusterName(people, words) {
  const towns = ranked(people.map((one) => one.commune));
  const departments = ranked(people.map((one) => one.departement));
  const others = departments.length - 2;
  const shown = others > 1 ? [...departments.slice(0, 2), `${others} autres départements`] : departments;
  const where = towns.length > 1 ? ` autour ${before('de', towns[0])}` : towns.length ? ` ${before('à', towns[0])}` : '';
  return [plural(people.length, ...words) + where, enumerate(shown)].filter(Boolean).join(', ');
}

/* --- What is drawn --- */

const label = (one) => (one.lieu ? `${one.nom}, ${one.lieu}` : one.nom);

/* An icon with a name for those who do not see it. It is no tab stop: the walk reaches them all. */
const namedIcon = (className, name, size, content) => {
  const Named = L.DivIcon.extend({
    createIcon(old) {
      const icon = L.DivIcon.prototype.createIcon.call(this, old);
      icon.replaceChildren(content.cloneNode(true));
      for (const [key, value] of Object.entries({ role: 'button', 'aria-label': name, tabindex: '-1' })) icon.setAttribute(key, value);
      return icon;
    },
  });
  return new Named({ className, iconSize: [size, size], html: false });
};

function markerOf(feature, shapes) {
  const { nom, lieu, pratiques, ...rest } = feature.properties;
  const one = { ...rest, nom: typo(nom), lieu: typo(lieu), pratiques: pratiques.map(typo) };
  const [x, y] = feature.geometry.coordinates;
  const shape = one.reperes.find((name) => name in shapes) ?? '';
  const icon = namedIcon(`carte-point ${shape}`, label(one), 30, drawing(shapes[shape]));
  const marker = L.marker([y, x], { icon, keyboard: false });
  return Object.assign(marker, { one, home: marker.getLatLng(), shortName: one.nom });
}

function clusterIcon(cluster, words) {
  const center = cluster.getLatLng();
  // From the middle outwards, so that between equals the nearest town names the cluster.
  const markers = cluster.getAllChildMarkers().sort((a, b) => center.distanceTo(a.home) - center.distanceTo(b.home));
  const people = markers.map((marker) => marker.one);
  cluster.shortName = clusterName(people, words);
  const size = people.length < 10 ? 36 : people.length < 100 ? 42 : 50;
  return namedIcon('carte-cluster', cluster.shortName, size, element('span', {}, String(people.length)));
}

function clustersOf(markers, words) {
  L.MarkerCluster.mergeOptions({ keyboard: false });
  // Without animation each move is done when the call returns: the walk can then go on.
  return L.markerClusterGroup({
    animate: false,
    showCoverageOnHover: false,
    spiderfyOnMaxZoom: false,
    zoomToBoundsOnClick: false,
    maxClusterRadius: 32,
    iconCreateFunction: (cluster) => clusterIcon(cluster, words),
    spiderLegPolylineOptions: { className: 'carte-leg', interactive: false },
  }).addLayers(markers);
}

/* --- Where the map looks --- */

/* Leaflet takes its options when the map is made, before anyone can ask about motion. */
function keepStill(map) {
  const { setView, panBy } = L.Map.prototype;
  map.options.inertia = false;
  map.setView = (center, zoom, options) => setView.call(map, center, zoom, { ...options, animate: false });
  map.panBy = (offset, options) => panBy.call(map, offset, { ...options, animate: false });
}

const atOneSpot = (cluster) => cluster.getBounds().getSouthWest().equals(cluster.getBounds().getNorthEast());

/* The widest zoom at which a marker stands apart from those of other places. */
function zoomApart(marker, map) {
  let around = marker.__parent; // markercluster has no public name for this
  while (around.__parent && atOneSpot(around)) around = around.__parent;
  return Math.min(around._zoom + 1, map.getMaxZoom());
}

function openCluster(cluster, map) {
  if (atOneSpot(cluster) || map.getZoom() >= map.getMaxZoom()) cluster.spiderfy();
  else map.fitBounds(cluster.getBounds(), { padding: [40, 40] });
}

/* Whether a place is in sight, clear of the edges and of the bar that the walk shows below. */
function inSight(map, place) {
  const { x, y } = map.latLngToContainerPoint(place);
  const size = map.getSize();
  return x > 40 && x < size.x - 40 && y > 60 && y < size.y - 120;
}

/* Make a marker stand alone in sight, moving as little as that takes. */
function reveal(marker, map, clusters) {
  const shown = () => clusters.getVisibleParent(marker);
  if (shown() === marker && inSight(map, marker.home)) return;
  const apart = zoomApart(marker, map);
  const now = map.getZoom();
  const zoom = now >= apart && now <= apart + 3 ? now : Math.min(Math.max(apart, 7), map.getMaxZoom());
  clusters.unspiderfy();
  map.setView(marker.home, zoom, { animate: false });
  if (shown() !== marker) shown().spiderfy();
}

/* --- The name beside the marker that is pointed at --- */

function labelOn(map, clusters) {
  const tip = L.tooltip({ direction: 'top', offset: [0, -14], className: 'carte-label' });
  let current = null;
  const icon = () => current && clusters.getVisibleParent(current)?.getElement();
  const hide = () => tip.remove();
  const show = (layer) => tip.setContent(element('span', {}, layer.shortName)).setLatLng(layer.getLatLng()).addTo(map);
  function point(marker) {
    icon()?.classList.remove('is-current');
    current = marker;
    hide();
    if (!icon()) return;
    icon().classList.add('is-current');
    show(clusters.getVisibleParent(current));
  }
  // Leaflet makes the icons again at each zoom.
  map.on('zoomend moveend', () => current && point(current));
  clusters.on('mouseover clustermouseover', (event) => show(event.layer));
  clusters.on('mouseout clustermouseout', () => point(current));
  return point;
}

/* --- The popup --- */

function card(one, close) {
  const button = element('button', { type: 'button' }, 'Fermer');
  const link = element('a', { href: one.adresse }, 'Voir sa fiche');
  const place = [one.lieu, PRECISION[one.precision]].filter(Boolean).join(', ');
  button.addEventListener('click', close);
  return element(
    'div', { role: 'dialog', 'aria-labelledby': '_bulle', tabindex: '-1', class: 'carte-card' },
    element('p', { id: '_bulle' }, one.nom),
    ...(one.exemple ? [element('p', {}, 'Fiche d’exemple')] : []),
    element('p', {}, place || 'Lieu non connu'),
    element('p', {}, one.pratiques.join(', ') || 'Pratiques non renseignées'),
    element('p', { class: 'carte-acts' }, link, button),
  );
}

function popupOn(map, fallback) {
  const popup = L.popup({ closeButton: false, minWidth: 200, maxWidth: 260, offset: [0, -8], autoPanPadding: [16, 16], className: 'carte-popup' });
  let opener = fallback;
  function close() {
    if (!popup.isOpen()) return;
    map.closePopup(popup);
    (opener.isConnected ? opener : fallback).focus({ preventScroll: true });
  }
  function open(marker, from) {
    const content = card(marker.one, close);
    opener = from;
    popup.setContent(content).setLatLng(marker.getLatLng()).openOn(map);
    content.focus({ preventScroll: true });
  }
  return { open, close };
}

/* --- The walk: a list box, one option a marker --- */

function walk(box, markers, { select, open }) {
  const last = markers.length - 1;
  const options = markers.map(({ one }, index) =>
    element('div', { role: 'option', id: `_point-${index + 1}`, 'aria-selected': 'false' },
      `${label(one)}${one.exemple ? ', fiche d’exemple' : ''}, ${index + 1} sur ${markers.length}`));
  let at = 0;
  let typed = '';
  let typedAt = -Infinity;
  function go(index) {
    options[at].setAttribute('aria-selected', 'false');
    at = Math.min(Math.max(index, 0), last);
    options[at].setAttribute('aria-selected', 'true');
    box.setAttribute('aria-activedescendant', options[at].id);
  }
  const typing = (time) => time - typedAt < 700;
  /* The next one whose name starts with what was just typed, from here and round. */
  function find(letter, time) {
    typed = typing(time) ? typed + letter : letter;
    typedAt = time;
    const start = typed.length > 1 ? at : at + 1;
    const turn = markers.map((_, index) => (start + index) % markers.length);
    return turn.find((index) => bare(markers[index].one.nom).startsWith(bare(typed))) ?? at;
  }
  function target({ key, timeStamp }) {
    const steps = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, PageDown: at + 10, PageUp: at - 10, Home: 0, End: last };
    return steps[key] ?? (key.length === 1 ? find(key, timeStamp) : null);
  }
  box.append(...options);
  go(0);
  box.addEventListener('focus', () => select(markers[at]));
  box.addEventListener('blur', () => select(null));
  box.addEventListener('click', ({ target: clicked }) => {
    const index = options.indexOf(clicked.closest('[role=option]'));
    if (index >= 0) { go(index); select(markers[at]); open(markers[at], box); }
  });
  box.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const opens = event.key === 'Enter' || (event.key === ' ' && !typing(event.timeStamp));
    const next = opens ? null : target(event);
    if (opens) open(markers[at], box);
    else if (next !== null) { go(next); select(markers[at]); }
    if (opens || next !== null) event.preventDefault();
  });
  return (marker) => go(markers.indexOf(marker));
}

/* --- The bar: one tab stop, arrows between its buttons --- */

function bar(root, act) {
  const buttons = [...root.querySelectorAll('button')];
  root.addEventListener('click', ({ target }) => {
    const button = target.closest('button');
    if (button) act(button.dataset);
  });
  root.addEventListener('focusin', ({ target }) => {
    for (const button of buttons) button.tabIndex = button === target ? 0 : -1;
  });
  root.addEventListener('keydown', (event) => {
    const at = buttons.indexOf(document.activeElement);
    const steps = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 };
    if (!(event.key in steps)) return;
    event.preventDefault();
    buttons.at(steps[event.key] % buttons.length).focus();
  });
}

function viewsOn(root, map, views) {
  const status = root.querySelector('[role=status]');
  const button = (view) => root.querySelector(`[data-view="${view.anchor}"]`);
  const named = (anchor) => views.find((view) => view.anchor === anchor);
  const fit = (view, options) => map.fitBounds(view.bounds, { padding: [12, 12], ...options });
  function show(view) {
    fit(view);
    status.textContent = `La carte montre : ${button(view).textContent}`;
  }
  function follow() {
    const view = named(location.hash.slice(1));
    if (!view) return;
    show(view);
    root.scrollIntoView();
  }
  bar(root.querySelector('[role=toolbar]'), ({ view, zoom }) => {
    if (zoom) return map.setZoom(map.getZoom() + Number(zoom));
    history.replaceState(null, '', `#${view}`);
    return show(named(view));
  });
  addEventListener('hashchange', follow);
  fit(named(location.hash.slice(1)) ?? views[0], { animate: false });
  follow();
}

/* --- Detailed tiles: nothing is asked of their host before the click --- */

function tilesOn(root, map, options) {
  const button = root.querySelector('.carte-tiles button');
  const credit = root.querySelector('.carte-credit');
  const tiles = L.tileLayer(options.url, { maxZoom: options.maxZoom, referrerPolicy: 'strict-origin-when-cross-origin' });
  button.addEventListener('click', () => {
    const on = !map.hasLayer(tiles);
    if (on) tiles.addTo(map);
    else tiles.remove();
    credit.hidden = !on;
    root.classList.toggle('has-tiles', on);
    button.setAttribute('aria-pressed', String(on));
  });
}

/* --- All together --- */

async function carte(map, options) {
  const root = document.getElementById('_carte');
  const box = root.querySelector('[role=listbox]');
  const holder = map.getContainer();
  const [land, data] = await Promise.all([json(options.land), json(options.data)]);
  const markers = data.features.map((feature) => markerOf(feature, options.shapes));
  if (still) keepStill(map);
  // Only now does the map take the place of the picture: until here, the picture serves.
  root.classList.add('is-live');
  map.invalidateSize({ animate: false });
  L.geoJSON(land, { interactive: false, style: { className: 'carte-land' } }).addTo(map);
  const clusters = clustersOf(markers, options.words);
  viewsOn(root, map, options.views);
  clusters.addTo(map);
  holder.setAttribute('role', 'region');
  holder.setAttribute('aria-label', 'Carte : flèches pour la déplacer, plus et moins pour zoomer');
  const point = labelOn(map, clusters);
  const popup = popupOn(map, box);
  const select = (marker) => { if (marker) { map.closePopup(); reveal(marker, map, clusters); } point(marker); };
  const open = (marker, from) => { reveal(marker, map, clusters); popup.open(marker, from); };
  box.parentElement.hidden = !markers.length;
  if (markers.length) {
    const goTo = walk(box, markers, { select, open });
    clusters.on('click', ({ layer }) => { goTo(layer); popup.open(layer, layer.getElement()); });
  }
  clusters.on('clusterclick', ({ layer }) => {
    root.querySelector('[role=status]').textContent = layer.shortName;
    openCluster(layer, map);
  });
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') popup.close();
    const icon = event.target.closest('.leaflet-marker-icon');
    if (icon && (event.key === 'Enter' || event.key === ' ')) { event.preventDefault(); icon.click(); }
  });
  if (options.tiles) tilesOn(root, map, options.tiles);
}

globalThis.Maille = { ...globalThis.Maille, carte };
