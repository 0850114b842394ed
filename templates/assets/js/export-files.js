// Records as files: the columns, cells and rules of views/records/export_rows.py, which tests hold
// side by side.
import { fetchJson, memoize } from "./page.js";

const BETWEEN = " | "; // between the values of a list, in a cell
const NUMBERS = new Set(["latitude", "longitude", "telephone"]);
const NUMBER = /^[+-]?[0-9]+(\.[0-9]+)?$/;
const FORMULA = /^[=+\-@\t\r\n\0＝＋－＠]/;

/* The description and the columns of the export at `address`, and its records by
   « identifiant ». */
export const readExports = memoize(async (address) => {
  const about = await fetchJson(address);
  const records = Object.values(about).find(Array.isArray);
  const columns = Object.keys(records[0] ?? {});
  return { about, columns, byId: new Map(records.map((one) => [one.identifiant, one])) };
});

/* --- As Python writes them --- */

const writeNumber = (number) => (Number.isInteger(number) ? `${number}.0` : `${number}`);

/* JSON with the spaces of Python's; all numbers of records are decimal. */
function encode(value) {
  if (Array.isArray(value)) return `[${value.map(encode).join(", ")}]`;
  if (typeof value === "number") return writeNumber(value);
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const pairs = Object.entries(value).map(
    ([key, inside]) => `${JSON.stringify(key)}: ${encode(inside)}`,
  );
  return `{${pairs.join(", ")}}`;
}

/* A document that ends with a list, an item a line. */
const writeLines = (head, items) =>
  `${encode(head).slice(0, -2)}\n${items.map(encode).join(",\n")}\n]}\n`;

/* --- The three files --- */

function writeCell(value) {
  if (value === null) return "";
  if (Array.isArray(value)) return value.map(writeCell).join(BETWEEN);
  if (typeof value === "number") return writeNumber(value);
  if (typeof value === "object")
    return Object.entries(value)
      .filter(([, one]) => one !== null && one.length !== 0)
      .map(([key, one]) => `${key}: ${writeCell(one)}`)
      .join(" ; ");
  return value;
}

/* A cell that no spreadsheet takes for a formula: one that would begin a formula gets a quote. */
const defuse = (text, column) =>
  FORMULA.test(text) && !(NUMBERS.has(column) && NUMBER.test(text)) ? `'${text}` : text;
const quote = (text) => `"${text.replaceAll('"', '""')}"`;

const writeField = (record, name) => defuse(writeCell(record[name]), name);

export function writeCsv({ columns }, records) {
  const rows = [
    columns,
    ...records.map((record) => columns.map((name) => writeField(record, name))),
  ];
  return `\ufeff${rows.map((row) => `${row.map(quote).join(";")}\r\n`).join("")}`;
}

/* The description of the export, with the address of the view, then the list. */
function makeHead({ about }, view, list, first = {}) {
  const said = Object.entries(about).filter(([, value]) => !Array.isArray(value));
  return { ...first, ...Object.fromEntries(said), vue: view, [list]: [] };
}

export function writeJson(data, records, view) {
  const list = Object.keys(data.about).find((key) => Array.isArray(data.about[key]));
  return writeLines(makeHead(data, view, list), records);
}

/* GeoJSON (RFC 7946), which leaves out records without a point. */
export function writeGeojson(data, records, view) {
  const features = records
    .filter((one) => one.latitude !== null)
    .map(({ latitude, longitude, ...properties }) => ({
      type: "Feature",
      id: properties.identifiant,
      geometry: { type: "Point", coordinates: [longitude, latitude] },
      properties,
    }));
  return writeLines(makeHead(data, view, "features", { type: "FeatureCollection" }), features);
}
