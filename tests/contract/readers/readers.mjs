// SPDX-License-Identifier: MIT
// The contract as programs of others read it, from the running service: Spectral lints it, openapi-typescript makes types of
// it, oazapfts a client; ask.ts asks by that client and is compiled strictly against both. Usage: readers.mjs FOLDER
import fs from "node:fs";
import path from "node:path";
import { execFileSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import spectral from "@stoplight/spectral-core";
import rulesets from "@stoplight/spectral-rulesets";
import { check, request, section } from "../lib.mjs";

const folder = process.argv[2];
const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
fs.mkdirSync(folder);
fs.symlinkSync(path.join(here, "node_modules"), path.join(folder, "node_modules"));
fs.writeFileSync(path.join(folder, "package.json"), '{"type": "module"}');
fs.copyFileSync(path.join(here, "ask.ts"), path.join(folder, "ask.ts"));
fs.writeFileSync(path.join(folder, "openapi.json"), (await request("/openapi.json")).body);

/** Runs a program of node_modules in the folder: true where it ends well; what it says otherwise. */
function run(name, ...options) {
  try {
    execFileSync(process.execPath, [path.join(here, "node_modules", name), ...options], { cwd: folder, encoding: "utf8", stdio: "pipe" });
    return true;
  } catch (error) {
    return `${error.stdout}${error.stderr}`;
  }
}

// Every rule that Spectral has, but for these two.
const OFF = {
  "info-contact": "off", // who runs a service is told by its /.well-known/security.txt
  "openapi-tags-alphabetical": "off", // ours stand in the order in which they are needed
};

async function lint(text) {
  const linter = new spectral.Spectral();
  linter.setRuleset({ extends: [[rulesets.oas, "all"]], rules: OFF });
  return (await linter.run(text)).map((fault) => `${fault.path.join("/")}: ${fault.code}: ${fault.message}`);
}

async function checkLint() {
  const text = fs.readFileSync(path.join(folder, "openapi.json"), "utf8");
  const faults = await lint(text);
  check(faults.length === 0, "the linter finds nothing", faults.slice(0, 5).join("; "));
  check((await lint(text.replaceAll('"getIndex"', '"getHelp"'))).length > 0, "it does find an operation that is named twice");
}

const COMPILED = { strict: true, noUncheckedIndexedAccess: true, target: "es2022", module: "esnext", moduleResolution: "bundler",
  lib: ["es2022", "dom", "dom.iterable"], types: [], skipLibCheck: true };

function checkMade() {
  const types = run("openapi-typescript/bin/cli.js", "openapi.json", "--output", "contract.ts");
  check(types === true, "openapi-typescript makes types", types);
  const client = run("oazapfts/dist/cli.js", "openapi.json", "client.ts");
  check(client === true, "oazapfts makes a client", client);
  fs.writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: COMPILED, files: ["ask.ts"] }));
  const compiled = run("typescript/bin/tsc", "--project", ".");
  check(compiled === true, "both compile strictly, and so does the program between them", compiled);
}

/** `fetch` over the service's Unix socket. */
async function fetchHere(address, { headers } = {}) {
  const { pathname, search } = new URL(address);
  const answer = await request(pathname + search, { headers: Object.fromEntries(new Headers(headers)) });
  return new Response(answer.status === 304 ? null : answer.body, { status: answer.status, headers: answer.headers });
}

async function checkAnswers() {
  const { ask } = await import(pathToFileURL(path.join(folder, "ask.js")));
  for (const [found, name] of await ask({ baseUrl: "http://localhost", fetch: fetchHere })) check(found, name);
}

await section("the linter Spectral has nothing against the contract", checkLint);
await section("types and a client are made of it, compile strictly and agree", checkMade);
await section("the client that was made gets typed answers", checkAnswers);
process.exit();
