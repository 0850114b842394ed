// The QR code of an address (ISO/IEC 18004): bytes, level M, versions 1 to 20, always mask 0.
// docs/decisions/0013-a-qr-encoder-of-our-own.md says why it is ours; tests compare it, square by
// square, with segno's.

// By version: the check bytes of a block at level M, and the number of blocks.
const CHECKS = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26];
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16];
const FORMAT = 0x5412; // level M and mask 0, with their own check bits, under the standard's mask
const VERSION_CHECK = 0x1f25;

/* --- Reed and Solomon's check bytes, in the field of 256 elements --- */

const powers = [1];
while (powers.length < 255) {
  const next = powers.at(-1) << 1;
  powers.push(next < 256 ? next : next ^ 0x11d);
}
const logarithms = new Map(powers.map((value, exponent) => [value, exponent]));
const multiply = (a, b) => (a && b ? powers[(logarithms.get(a) + logarithms.get(b)) % 255] : 0);

/* The coefficients of (x - 1)(x - 2)(x - 4)… after the first, which is 1. */
function makeDivisor(degree) {
  let found = [1];
  for (let root = 0; root < degree; root += 1) {
    found = [...found, 0].map(
      (value, index) => value ^ multiply(found[index - 1] ?? 0, powers[root]),
    );
  }
  return found.slice(1);
}

function computeChecks(data, degree) {
  const coefficients = makeDivisor(degree);
  let rest = coefficients.map(() => 0);
  for (const byte of data) {
    const factor = byte ^ rest[0];
    rest = [...rest.slice(1), 0].map(
      (value, index) => value ^ multiply(coefficients[index], factor),
    );
  }
  return rest;
}

/* --- The text as bytes, in the order of the symbol --- */

/* How many squares hold data: all but those of the corners, the marks, the lines and the
   formats. */
function countDataSquares(version) {
  const marks = version > 1 ? Math.floor(version / 7) + 2 : 0;
  const taken = marks && (25 * marks - 10) * marks - 55;
  return (16 * version + 128) * version + 64 - taken - (version >= 7 ? 36 : 0);
}

function countDataBytes(version) {
  return (countDataSquares(version) >> 3) - CHECKS[version - 1] * BLOCKS[version - 1];
}

/* How many bytes of text fit: the mode and the length take two bytes, three from version 10 on. */
const countTextBytes = (version) => countDataBytes(version) - (version < 10 ? 2 : 3);

const toHex = (number, digits) => number.toString(16).padStart(digits, "0");

/* The data: the mode « bytes », the length, the bytes of the text, the end, and the filling. */
function makeDataBytes(bytes, version) {
  const length = toHex(bytes.length, version < 10 ? 2 : 4);
  const digits = `4${length}${[...bytes].map((byte) => toHex(byte, 2)).join("")}0`.padEnd(
    countDataBytes(version) * 2,
    "ec11",
  );
  return digits.match(/../g).map((pair) => parseInt(pair, 16));
}

const interleave = (those, length) =>
  Array.from({ length }, (_, index) => those.map((one) => one[index])).flat();

/* Split the data into blocks of nearly equal length, shorter ones first; interleave their bytes,
   then their check bytes. */
function makeCodewords(bytes, version) {
  const data = makeDataBytes(bytes, version);
  const number = BLOCKS[version - 1];
  const short = Math.floor(data.length / number);
  const long = data.length % number;
  const blocks = Array.from({ length: number }, (_, index) => {
    const start = index * short + Math.max(0, index - number + long);
    return data.slice(start, start + short + (index >= number - long ? 1 : 0));
  });
  const checks = blocks.map((block) => computeChecks(block, CHECKS[version - 1]));
  return [
    ...interleave(blocks, short + 1).filter((byte) => byte !== undefined),
    ...interleave(checks, CHECKS[version - 1]),
  ];
}

/* --- The symbol --- */

/* The positions of the marks along one side. */
function placeMarks(version, size) {
  if (version === 1) return [];
  const number = Math.floor(version / 7) + 2;
  const step = Math.ceil((size - 13) / (number * 2 - 2)) * 2;
  return [
    6,
    ...Array.from({ length: number - 1 }, (_, index) => size - 7 - step * (number - 2 - index)),
  ];
}

/* The squares that do not depend on the text; the others are left undefined. */
function drawFrame(version) {
  const size = 17 + 4 * version;
  const rows = Array.from({ length: size }, () => Array(size));
  const set = (x, y, dark) => {
    if (rows[y] && x >= 0 && x < size) rows[y][x] = Number(dark);
  };
  const drawRings = (x, y, reach, dark) => {
    for (let dy = -reach; dy <= reach; dy += 1) {
      for (let dx = -reach; dx <= reach; dx += 1)
        set(x + dx, y + dy, dark(Math.max(Math.abs(dx), Math.abs(dy))));
    }
  };
  for (const [x, y] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ])
    drawRings(x, y, 4, (ring) => ring !== 2 && ring !== 4);
  const marks = placeMarks(version, size);
  for (const y of marks)
    for (const x of marks) if (rows[y][x] === undefined) drawRings(x, y, 2, (ring) => ring !== 1);
  for (let index = 0; index < size; index += 1) {
    rows[6][index] ??= Number(index % 2 === 0);
    rows[index][6] ??= Number(index % 2 === 0);
  }
  setFormat(set, size);
  if (version >= 7) setVersion(set, size, version);
  return rows;
}

function setFormat(set, size) {
  for (let index = 0; index < 15; index += 1) {
    const bit = (FORMAT >> index) & 1;
    const beside = index < 6 ? index : index < 8 ? index + 1 : size - 15 + index;
    const under = index < 8 ? size - 1 - index : index === 8 ? 7 : 14 - index;
    set(8, beside, bit);
    set(under, 8, bit);
  }
  set(8, size - 8, 1);
}

function setVersion(set, size, version) {
  let rest = version;
  for (let turn = 0; turn < 12; turn += 1) rest = (rest << 1) ^ ((rest >> 11) * VERSION_CHECK);
  const bits = (version << 12) | rest;
  for (let index = 0; index < 18; index += 1) {
    const [far, near] = [size - 11 + (index % 3), Math.floor(index / 3)];
    set(far, near, (bits >> index) & 1);
    set(near, far, (bits >> index) & 1);
  }
}

/* Yield the squares up and down, two columns at a time from the right; skip column 6, a timing
   line. */
function* walkColumns(size) {
  let up = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step += 1) {
      const y = up ? size - 1 - step : step;
      yield [right, y];
      yield [right - 1, y];
    }
    up = !up;
  }
}

/* The rows of squares, 1 for dark, without the quiet zone of four squares around; null past 666
   bytes. */
export function makeSquares(text) {
  const bytes = new TextEncoder().encode(text);
  const version = CHECKS.findIndex((_, index) => bytes.length <= countTextBytes(index + 1)) + 1;
  if (!version) return null;
  const rows = drawFrame(version);
  const bits = makeCodewords(bytes, version).flatMap((byte) =>
    [...toHex(byte | 256, 3)]
      .slice(1)
      .flatMap((digit) => [8, 4, 2, 1].map((bit) => Number((parseInt(digit, 16) & bit) > 0))),
  );
  for (const [x, y] of walkColumns(rows.length)) {
    if (rows[y][x] === undefined) rows[y][x] = (bits.shift() ?? 0) ^ ((x + y) % 2 === 0);
  }
  return rows;
}
