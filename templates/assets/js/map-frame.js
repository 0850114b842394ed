// The frame of the map: that of the question, or the one to which the visitor moved it. Moves by
// the program are told apart from the visitor's: only the latter are written in the address.
import { identifyQuestion, isAsked } from "./view.js";

const AROUND = 30_000; // metres across, at least, around a place
const FAR = 300; // kilometres: a record farther than this is no neighbour, even if it is the nearest
const NEAREST = 3;
const CLOSE = 8; // the closest zoom of a frame, so that the départements around are visible
const CLOSER = 11; // the same, near a place or in a territory
const MARGINS = { paddingTopLeft: [36, 72], paddingBottomRight: [36, 36] }; // zoom buttons are above
const QUIET = 250; // milliseconds without a move before the new frame is reported

/* The départements of a territory: itself, those of a région, those of an intercommunalité. */
function findDepartments(code, { departements, regions, intercommunalites }) {
  const body = intercommunalites.find(([siren]) => siren === code);
  if (body) return body[2].map((number) => departements[number][0]);
  return departements
    .filter(([own, , region]) => own === code || regions[region][0] === code)
    .map(([own]) => own);
}

/* Frame the place and the nearest records found; examples count only if no real record is near. */
function frameAround({ place, answer }) {
  const neighbours = answer.found.filter(({ number }) => (answer.near.get(number).km ?? FAR) < FAR);
  const real = neighbours.filter(({ example }) => !example);
  const nearest = (real.length ? real : neighbours)
    .map(({ number, point }) => ({ km: answer.near.get(number).km, point }))
    .sort((a, b) => a.km - b.km)
    .slice(0, NEAREST);
  const bounds = L.latLng(place.latitude, place.longitude).toBounds(AROUND);
  for (const { point } of nearest) bounds.extend(point);
  return bounds;
}

/* Frame a territory and the records in it; for an intercommunalité that has a page, the box of its
   communes. */
function frameTerritory({ view, answer, all }, land) {
  const here = answer.found
    .filter(({ point, standing }) => point && standing.includes(view.territoire))
    .map(({ point }) => point);
  const bounds = L.latLngBounds(here);
  const [, , , box = []] = all.intercommunalites.find(([siren]) => siren === view.territoire) ?? [];
  if (box.length) return bounds.extend([box.slice(0, 2), box.slice(2)]).pad(0.1);
  for (const code of findDepartments(view.territoire, all))
    if (land.has(code)) bounds.extend(land.get(code).getBounds());
  return bounds;
}

/* Frame the records found in the first part of the map that has some; the bar leads to the
   others. */
function frameFound({ answer }, views) {
  const listWithin = (view) =>
    answer.found.filter(({ point, code }) => point && view.codes.includes(code));
  for (const real of [true, false]) {
    for (const view of views) {
      const those = listWithin(view).filter(({ example }) => !(real && example));
      if (those.length) return L.latLngBounds(those.map(({ point }) => point));
    }
  }
  return null;
}

/* Make the frame of a map. Its `follow` moves the map for a state; `told` is called with each frame
   to which the visitor moves it. */
export function addFrame(map, views, land, told) {
  let last = null; // the state for which the map was last framed
  let known = null; // the frame of the address, as this module last read or reported it
  let ours = false;
  let timer = 0;

  const findNamed = () =>
    views.find((view) => view.anchor === decodeURIComponent(location.hash.slice(1)));
  function move(act) {
    ours = true;
    act();
    ours = false;
  }
  const fit = (bounds, options) =>
    move(() => map.fitBounds(bounds, { animate: false, ...options }));

  function findBounds(state) {
    const { view, place } = state;
    if (place && place.latitude !== null) return frameAround(state);
    if (view.territoire) return frameTerritory(state, land);
    return frameFound(state, views);
  }
  function frame(state, isFirst) {
    const bounds = isAsked(state.view) ? findBounds(state) : null;
    if (bounds?.isValid())
      fit(bounds, { ...MARGINS, maxZoom: state.place || state.view.territoire ? CLOSER : CLOSE });
    else if (isFirst || !isAsked(state.view))
      fit((findNamed() ?? views[0]).bounds, { padding: [12, 12] });
  }
  const seesSome = ({ answer }) =>
    answer.found.some(({ point }) => point && map.getBounds().contains(point));

  function follow(state) {
    const { view, place } = state;
    const before = last;
    const now = identifyQuestion(view);
    const given = view.cadre && `${view.cadre}` !== `${known}`;
    const left = known && !view.cadre; // by Back
    // The visitor's frame is kept as long as it shows a record and the place stays the same.
    const stays = view.cadre && before?.place === place && seesSome(state);
    last = { now, place };
    known = view.cadre;
    if (given) move(() => map.setView(view.cadre.slice(0, 2), view.cadre[2], { animate: false }));
    else if (left || (now !== before?.now && !stays)) {
      frame(state, !before);
      if (view.cadre) {
        known = null;
        told(null);
      }
    }
  }

  map.on("autopanstart resize", () => {
    ours = "later";
  });
  map.on("moveend", () => {
    if (ours) {
      if (ours === "later") ours = false;
      return;
    }
    clearTimeout(timer);
    timer = setTimeout(() => {
      const { lat, lng } = map.getCenter();
      known = [lat, lng, map.getZoom()].map(
        (value, index) => Number(value.toFixed(index < 2 ? 4 : 2)) + 0,
      );
      told(known);
    }, QUIET);
  });
  return {
    follow,
    move,
    findNamed,
    forget: () => {
      known = null;
    },
  };
}
