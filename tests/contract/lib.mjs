// SPDX-License-Identifier: MIT
// What the contract tests share: a tally, requests to the running service, the schemas for ajv, and what every answer of
// the service must be like.
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import Ajv2020 from "ajv/dist/2020.js";

export const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "../..");
export const readJson = (file) => JSON.parse(fs.readFileSync(path.join(root, file), "utf8"));

let passed = 0;
let failed = 0;

/** Counts one check and prints it when it fails. */
export function check(ok, name, detail = "") {
  if (ok) passed += 1;
  else {
    failed += 1;
    console.log(`# ${name}${detail ? `: ${detail}` : ""}`);
  }
  return ok;
}

/** Runs one group of checks and prints its line of TAP; a group without a check has failed. */
export async function section(name, run) {
  passed = 0;
  failed = 0;
  await run();
  const good = failed === 0 && passed > 0;
  console.log(`${good ? "ok" : "not ok"} contract: ${name} (${passed} checks passed, ${failed} failed)`);
  if (!good) process.exitCode = 1;
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });

/** GET (or another method) over the service's Unix socket. */
export function request(target, { method = "GET", headers = {} } = {}) {
  return new Promise((resolve, reject) => {
    const options = { socketPath: process.env.CYBERATLAS_SOCKET, path: target, method, headers: { Host: "test", ...headers }, agent };
    const outgoing = http.request(options, (answer) => {
      const pieces = [];
      answer.on("data", (piece) => pieces.push(piece));
      answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(pieces) }));
      answer.on("error", reject);
    });
    outgoing.on("error", reject);
    outgoing.end();
  });
}

/** Every schema of one folder ("answer", "seed"), by its $id. */
export function schemasOf(kind) {
  const folder = path.join(root, "api/schemas", kind);
  return fs.readdirSync(folder).sort().map((name) => JSON.parse(fs.readFileSync(path.join(folder, name), "utf8")));
}

const BRANCHES = ["allOf", "anyOf", "oneOf", "if", "then", "else", "not"];
const MAPS = ["properties", "$defs", "patternProperties"];

/** Calls `visit(schema, place, inBranch)` for a schema and every schema within it. */
export function walkSchema(schema, visit, place = "", inBranch = false) {
  visit(schema, place, inBranch);
  if (typeof schema !== "object") return;
  for (const [key, value] of Object.entries(schema)) {
    if (MAPS.includes(key)) {
      for (const [name, inner] of Object.entries(value)) walkSchema(inner, visit, `${place}/${key}/${name}`, false);
    } else if (BRANCHES.includes(key)) {
      [value].flat().forEach((inner, index) => walkSchema(inner, visit, `${place}/${key}/${index}`, true));
    } else if (["items", "additionalProperties", "propertyNames", "contains"].includes(key)) {
      walkSchema(value, visit, `${place}/${key}`, false);
    }
  }
}

/** A copy in which no object may hold a property that the schema does not name. */
export function closed(schema) {
  const copy = structuredClone(schema);
  walkSchema(copy, (inner, place, inBranch) => {
    const names = typeof inner === "object" && (inner.properties || inner.allOf || inner.anyOf || inner.oneOf);
    if (names && !inBranch && inner.additionalProperties === undefined) inner.unevaluatedProperties = false;
  });
  return copy;
}

/** ajv with the given schemas, each addressed by its $id. */
export function validator(schemas) {
  const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, allErrors: false, validateFormats: false, allowUnionTypes: false });
  for (const schema of schemas) ajv.addSchema(schema);
  return ajv;
}

export const contract = readJson("api/openapi.json");
export const resolve = (node) => (node.$ref ? node.$ref.slice(2).split("/").reduce((at, key) => at[key], contract) : node);
/** Names of the query parameters that the contract gives a path. */
export const parametersOf = (path) =>
  (contract.paths[path].get.parameters ?? []).map(resolve).filter((parameter) => parameter.in === "query");

const declared = new Set(["date", "connection", "content-length", "content-type", "content-encoding", "keep-alive"]);

export function checkHeaders(target, answer, response) {
  const known = new Set(Object.keys(response.headers ?? {}).map((name) => name.toLowerCase()));
  for (const name of Object.keys(answer.headers)) check(known.has(name) || declared.has(name), `${target}: the contract declares ${name}`);
  check(answer.headers["access-control-allow-origin"] === "*", `${target}: open to scripts of all origins`);
}

/** The rows of a CSV text (RFC 4180), each a list of cells; undefined where it is none. */
export function rowsOf(text) {
  const rows = [];
  let row = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text);
    if (found === null) return undefined;
    row.push(found[1] === undefined ? found[2] : found[1].replaceAll('""', '"'));
    if (found[3] === ",") continue;
    rows.push(row);
    row = [];
  }
  return row.length === 0 ? rows : undefined;
}

function checkTable(target, body, schema) {
  const [, named, more] = schema.description?.match(/^Columns: ([a-z0-9_,]+)(\.|, then )/) ?? [];
  const rows = rowsOf(body);
  if (!check(rows !== undefined && rows.length > 0, `${target} is CSV with a row of names`)) return;
  const found = rows[0].join();
  check(more === "." ? found === named : found.startsWith(`${named},`), `${target} has the columns of the contract`, found);
  check(rows.every((row) => row.length === rows[0].length), `${target} has as many cells in every row`);
}

const segmenter = new Intl.Segmenter("en");

function checkText(target, body, schema) {
  if (!schema.description?.startsWith("At most 80 columns")) return;
  const long = body.split("\n").find((line) => [...segmenter.segment(line)].length > 80 && !/(^| )\S{40,}$/.test(line));
  check(long === undefined, `${target} has at most 80 columns, addresses aside`, long);
  check(body.endsWith("\n") && !body.endsWith("\n\n"), `${target} ends with one line break`);
  check(!/[ \t]\n/.test(body), `${target} has no blanks at the end of a line`);
}

const closedSchemas = validator(schemasOf("answer").map(closed));
/** What ajv has against a value by a schema with every object closed; undefined where it is valid. */
export const faultsOf = (name, value) => (closedSchemas.validate(name, value) ? undefined : JSON.stringify(closedSchemas.errors?.slice(0, 2)));

/** The body of an answer is what the contract says of its media type. */
export function checkBody(target, type, answer, content) {
  check(answer.headers["content-type"]?.startsWith(type), `${target}: comes as ${type}`, answer.headers["content-type"]);
  const schema = content.schema;
  if (type === "text/csv") checkTable(target, answer.body.toString(), schema);
  if (type === "text/plain") checkText(target, answer.body.toString(), schema);
  if (!schema.$ref) return;
  const link = answer.headers.link ?? "";
  check(link.includes(`</${schema.$ref}>; rel="describedby"`), `${target} names its schema`, link);
  const faults = faultsOf(`/${schema.$ref}`, JSON.parse(answer.body));
  check(faults === undefined, `${target} meets /${schema.$ref} with every object closed`, faults);
}
