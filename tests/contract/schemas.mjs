// SPDX-License-Identifier: MIT
// The program's validator and ajv's 2020-12 mode say the same of every seed: the real ones, those of the test corpora, and
// copies of the real ones with one thing spoiled (by a seeded generator, so that a failure can be repeated).
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { check, root, section, schemasOf, validator } from "./lib.mjs";

const ajv = validator(schemasOf("seed"));
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "cyberatlas-schemas-"));
process.on("exit", () => fs.rmSync(folder, { recursive: true, force: true }));

const FOLDERS = { profiles: "profile", certs: "certs", assessments: "assessment", methodologies: "methodology", indices: "index" };
const FILES = ["dataset", "sources", "vocabularies", "criteria", "countries", "organisations"];

/** Name of the seed schema for a file, undefined where it is no seed. */
function schemaFor(file) {
  const name = path.basename(file, ".json");
  return FOLDERS[path.basename(path.dirname(file))] ?? (FILES.includes(name) ? name : undefined);
}

/** Seeds below a folder that parse as JSON (what does not, or holds a NUL, is refused before any schema is asked). */
function seedsBelow(top) {
  const found = [];
  for (const entry of fs.readdirSync(path.join(root, top), { withFileTypes: true, recursive: true })) {
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    if (!entry.isFile() || !file.endsWith(".json") || schemaFor(file) === undefined) continue;
    try {
      const text = fs.readFileSync(file, "utf8");
      if (!text.includes("\\u0000")) found.push([schemaFor(file), JSON.parse(text), path.relative(root, file)]);
    } catch {
      continue;
    }
  }
  return found;
}

let state = 20261124;
const random = (below) => {
  state = (Math.imul(state, 1103515245) + 12345) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};

const SPOILS = [null, 7, -1, 1.5, "", "x", "2012-13", "UPPER", true, [], {}, ["x", "x"], { value: "x" }, { unknown: "x" }, { claims: [] }, "a".repeat(9000)];

/** A copy with one member replaced, removed or added somewhere. */
function spoiled(value) {
  const copy = structuredClone(value);
  let at = copy;
  for (let depth = 0; depth < 1 + random(6); depth += 1) {
    const inner = Object.values(at).filter((child) => typeof child === "object" && child !== null && Object.keys(child).length > 0);
    if (inner.length === 0) break;
    at = inner[random(inner.length)];
  }
  const keys = Object.keys(at);
  const key = keys[random(keys.length)];
  const kind = random(4);
  if (kind === 0 && !Array.isArray(at)) delete at[key];
  else if (kind === 1 && !Array.isArray(at)) at.surprise = SPOILS[random(SPOILS.length)];
  else at[key] = structuredClone(SPOILS[random(SPOILS.length)]);
  return copy;
}

const real = seedsBelow("data");
const cases = [...real, ...seedsBelow("tests/seeds")];
for (let count = 0; count < 1500; count += 1) {
  const [schema, value, name] = real[random(real.length)];
  if (JSON.stringify(value).length < 200000) cases.push([schema, spoiled(value), `${name} spoiled (${count})`]);
}

const lines = cases.map(([schema, value], index) => {
  const file = path.join(folder, `${index}.json`);
  fs.writeFileSync(file, JSON.stringify(value));
  return `seed/${schema}.json\topen\t${file}\n`;
});
const verdicts = execFileSync(process.env.CYBERATLAS_VERDICTS, { input: lines.join(""), encoding: "utf8", maxBuffer: 1 << 26 }).trim().split("\n");

function compare() {
  let invalid = 0;
  cases.forEach(([schema, value, name], index) => {
    const theirs = ajv.validate(`/schemas/seed/${schema}.json`, value) ? "valid" : "invalid";
    invalid += theirs === "invalid" ? 1 : 0;
    const detail = `the program ${verdicts[index]}; ${JSON.stringify(ajv.errors?.[0])}`;
    check(verdicts[index] === theirs, `${name} against seed/${schema}.json: ajv says ${theirs}`, detail);
  });
  check(invalid > 300 && cases.length - invalid > 100, "there are enough valid and invalid cases", `${cases.length} cases, ${invalid} invalid`);
}

await section("the program's validator and ajv agree on every seed", compare);
