// SPDX-License-Identifier: MIT
// What the contract tests share: a tally, requests to the running service, and the schemas for ajv.
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

/** The contract with every schema inside it, for tools that read one document only. */
export function bundled(contract, schemas) {
  const rewrite = (node, own) => {
    if (Array.isArray(node)) return node.map((inner) => rewrite(inner, own));
    if (typeof node !== "object" || node === null) return node;
    return Object.fromEntries(Object.entries(node).filter(([key]) => !["$id", "$schema"].includes(key)).map(([key, value]) => {
      if (key !== "$ref") return [key, rewrite(value, own)];
      const [, file, place] = value.match(/^(?:schemas\/answer\/)?(?:([a-z-]+)\.json)?#?(.*)$/);
      return [key, !file && !own ? value : `#/components/schemas/${file ?? own}${place}`];
    }));
  };
  const copy = rewrite(contract, "");
  copy.components.schemas = {};
  for (const schema of schemas) {
    const name = schema.$id.split("/").pop().replace(".json", "");
    copy.components.schemas[name] = rewrite(schema, name);
  }
  return copy;
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
