// Distances and outlines on the globe. Points are [latitude, longitude] in degrees, outlines are
// rings of [longitude, latitude], as in GeoJSON.

export const DEGREE = 111.2; // kilometres, of latitude

/* The length of a degree of longitude, divided by that of a degree of latitude. */
export const measureSqueeze = (latitude) => Math.cos((latitude * Math.PI) / 180);

const computeHaversine = (degrees) => Math.sin((degrees * Math.PI) / 360) ** 2;

/* Kilometres between two points of the sphere. */
export function measureKilometres([a, b], [c, d]) {
  const across = measureSqueeze(a) * measureSqueeze(c) * computeHaversine(d - b);
  return 12742 * Math.asin(Math.sqrt(computeHaversine(c - a) + across));
}

/* Whether a point is inside the rings, by the even-odd rule: a ring in a ring is a hole. */
export const isInside = (rings, [latitude, longitude]) =>
  rings.reduce(
    (odd, ring) =>
      ring.reduce((found, [x, y], at) => {
        const [before, above] = ring.at(at - 1);
        const crosses =
          above > latitude !== y > latitude &&
          longitude < before + ((latitude - above) * (x - before)) / (y - above);
        return crosses ? !found : found;
      }, odd),
    false,
  );

/* Kilometres from a point to the nearest side of the rings, on a plane that fits the globe near
   it. */
export function measureToRings(rings, [latitude, longitude]) {
  const [east, north] = [DEGREE * measureSqueeze(latitude), DEGREE];
  let least = Infinity;
  for (const ring of rings) {
    for (let at = 1; at < ring.length; at += 1) {
      const [[a, b], [c, d]] = [ring[at - 1], ring[at]];
      const [x, y] = [(a - longitude) * east, (b - latitude) * north];
      const [u, v] = [(c - a) * east, (d - b) * north];
      const along = Math.min(1, Math.max(0, -(x * u + y * v) / (u * u + v * v || 1)));
      least = Math.min(least, Math.hypot(x + along * u, y + along * v));
    }
  }
  return least;
}
