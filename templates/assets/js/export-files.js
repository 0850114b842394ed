// Records as files: the columns, cells and rules of views/rows.py, which tests hold side by side.
import { json as fetched } from "./text.js";

const BETWEEN = " | "; // between the values of a list, in a cell
const NUMBERS = ["latitude", "longitude", "telephone"];
const NUMBER = /^[+-]?[0-9]+(\.[0-9]+)?$/;
const FORMULA = /^[=+\-@\t\r\n\0＝＋－＠]/;

async function read(address) {
  const document = await fetched(address);
  return { about: document, records: Object.values(document).find(Array.isArray) };
}

let asked = null;
/* What the exports say of themselves and their records by « identifiant », examples included: fetched once.
   `addresses` are those of the export, then of the examples, "" where there are none. */
export function exported(addresses) {
  asked ??= Promise.all(addresses.filter(Boolean).map(read)).then(([{ about, records }, examples]) => {
    const every = [...records, ...(examples?.records ?? [])];
    return { about, columns: Object.keys(records[0] ?? every[0] ?? {}).filter((name) => name !== "exemple"), byId: new Map(every.map((one) => [one.identifiant, one])) };
  });
  asked.catch(() => { asked = null; }); // the network may come back
  return asked;
}

/* --- As Python writes them --- */

const decimal = (number) => (Number.isInteger(number) ? `${number}.0` : `${number}`);

/* JSON with the spaces of Python's; all numbers of records are decimal. */
function encode(value) {
  if (Array.isArray(value)) return `[${value.map(encode).join(", ")}]`;
  if (typeof value === "number") return decimal(value);
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.entries(value).map(([key, inside]) => `${JSON.stringify(key)}: ${encode(inside)}`).join(", ")}}`;
}

/* A document that ends with a list, an item a line. */
const lines = (head, items) => `${encode(head).slice(0, -2)}\n${items.map(encode).join(",\n")}\n]}\n`;

/* --- The three files --- */

function cell(value) {
  if (value === null) return "";
  if (Array.isArray(value)) return value.map(cell).join(BETWEEN);
  if (typeof value === "number") return decimal(value);
  if (typeof value === "object") return Object.entries(value).filter(([, one]) => one !== null && one.length !== 0).map(([key, one]) => `${key}: ${cell(one)}`).join(" ; ");
  return value;
}

/* A cell that no spreadsheet runs: a quote before what would open a formula. */
const harmless = (text, column) => (FORMULA.test(text) && !(NUMBERS.includes(column) && NUMBER.test(text)) ? `'${text}` : text);
const quoted = (text) => `"${text.replaceAll('"', '""')}"`;

export function csv({ columns }, records) {
  const some = records.some((one) => one.exemple);
  const names = some ? [...columns, "exemple"] : columns;
  const told = (record, name) => (name === "exemple" ? (record.exemple ? "oui" : "") : harmless(cell(record[name]), name));
  const rows = [names, ...records.map((record) => names.map((name) => told(record, name)))];
  return `\ufeff${rows.map((row) => `${row.map(quoted).join(";")}\r\n`).join("")}`;
}

/* What the file is, as the export says it, with the address of the view; then the list. */
function head({ about }, view, list, first = {}) {
  const said = Object.entries(about).filter(([, value]) => !Array.isArray(value));
  return { ...first, ...Object.fromEntries(said), vue: view, [list]: [] };
}

export function json(data, records, view) {
  const list = Object.keys(data.about).find((key) => Array.isArray(data.about[key]));
  return lines(head(data, view, list), records);
}

/* RFC 7946: records without a point have no place in it. */
export function geojson(data, records, view) {
  const features = records.filter((one) => one.latitude !== null).map(({ latitude, longitude, ...properties }) => ({
    type: "Feature",
    id: properties.identifiant,
    geometry: { type: "Point", coordinates: [longitude, latitude] },
    properties,
  }));
  return lines(head(data, view, "features", { type: "FeatureCollection" }), features);
}
