// SPDX-License-Identifier: MIT
// Whole files and what changed since, read by other programs' readers: Frictionless's own library reads the Data Package
// and casts every cell of its tables, jsonld expands the catalogue, feed-parser reads the feed. Parts of files make up the
// whole, and each answer is as the contract says.
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseFeed } from "@rowanmanning/feed-parser";
import datapackage from "datapackage";
import jsonld from "jsonld";
import { check, checkBody, checkHeaders, contract, faultsOf, request, resolve, section } from "./lib.mjs";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "cyberatlas-exports-"));
process.on("exit", () => fs.rmSync(folder, { recursive: true, force: true }));

const sha256 = (bytes, form) => createHash("sha256").update(bytes).digest(form);
const json = async (target) => JSON.parse((await request(target)).body);
const responses = contract.paths["/v1/exports/{name}"].get.responses;
const files = (await json("/v1/exports")).data;

async function checkFiles() {
  check(files.length === 8, "there are eight files", `${files.length}`);
  for (const file of files) {
    const answer = await request(file.self);
    const { headers, body } = answer;
    fs.writeFileSync(path.join(folder, file.name), body);
    check(answer.status === 200 && body.length === file.bytes && sha256(body, "hex") === file.sha256, `${file.name} is as the index says`);
    check(headers["repr-digest"] === `sha-256=:${sha256(body, "base64")}:`, `${file.name} has its digest`, headers["repr-digest"]);
    check(headers["content-disposition"] === `attachment; filename="${file.name}"`, `${file.name} is an attachment`);
    check(headers["accept-ranges"] === "bytes", `${file.name} comes in parts`);
    check(headers["access-control-expose-headers"].includes("Repr-Digest"), `${file.name} tells scripts its digest`);
    checkHeaders(file.self, answer, responses["200"]);
    const content = responses["200"].content[file.media_type];
    if (content.schema.$ref) checkBody(file.self, file.media_type, answer, content);
    if (file.media_type === "text/csv") check(body.equals((await request(`/v1/${file.name}`)).body), `${file.name} is the list itself`);
    const head = await request(file.self, { method: "HEAD" });
    const same = ["etag", "content-length", "repr-digest", "content-disposition", "content-type"].every((name) => head.headers[name] === headers[name]);
    check(head.status === 200 && head.body.length === 0 && same, `HEAD of ${file.name} is the same without content`);
    const again = await request(file.self, { headers: { "If-None-Match": headers.etag, Range: "bytes=0-0" } });
    check(again.status === 304, `${file.name} is current before it is cut`, `${again.status}`);
  }
}

const part = (target, range, more = {}) => request(target, { headers: { Range: range, ...more } });

async function checkParts() {
  const file = files.find((one) => one.name === "assessments.csv");
  const whole = fs.readFileSync(path.join(folder, file.name));
  const { etag } = (await request(file.self)).headers;
  const pieces = [];
  for (let first = 0; first < whole.length; first += 50_000) {
    const answer = await part(file.self, `bytes=${first}-${first + 49_999}`, { "If-Range": etag });
    const last = Math.min(first + 49_999, whole.length - 1);
    check(answer.status === 206 && answer.headers["content-range"] === `bytes ${first}-${last}/${whole.length}`, `part from ${first}`, `${answer.status}`);
    check(answer.headers["repr-digest"] === `sha-256=:${sha256(whole, "base64")}:`, "a part has the digest of the whole");
    checkHeaders(`part from ${first}`, answer, responses["206"]);
    pieces.push(answer.body);
  }
  check(pieces.length > 2 && Buffer.concat(pieces).equals(whole), "the parts make up the whole");
  const end = await part(file.self, "bytes=-100");
  check(end.status === 206 && end.body.equals(whole.subarray(-100)), "a suffix is the end");
  for (const other of ['"another"', `W/${etag}`, "Wed, 25 Nov 2026 00:00:00 GMT"]) {
    const answer = await part(file.self, "bytes=0-9", { "If-Range": other });
    check(answer.status === 200 && answer.body.equals(whole), `If-Range: ${other} gives the whole`);
  }
}

/** What is no range of ours is no harm: the whole, a part that is there, or a problem. */
async function checkHostileParts() {
  const file = files.find((one) => one.name === "countries.csv");
  const whole = fs.readFileSync(path.join(folder, file.name));
  const many = `bytes=${Array.from({ length: 600 }, (_, at) => `${at}-${at}`).join()}`;
  for (const range of ["bytes=", "bytes=-", "bytes=5-2", "bytes=a-b", "bytes=0-1,3-4", many, "bytes=0x1-0x2", "bytes=--1", "bytes=1-2;", "lines=0-1", "bytes 0-1"]) {
    const answer = await part(file.self, range);
    check(answer.status === 200 && answer.body.equals(whole), `${range.slice(0, 30)} gives the whole`, `${answer.status}`);
  }
  for (const range of [`bytes=${whole.length}-`, "bytes=99999999999999999999999999-", "bytes=-0"]) {
    const answer = await part(file.self, range);
    check(answer.status === 416 && answer.headers["content-range"] === `bytes */${whole.length}`, `${range} is outside`, `${answer.status}`);
    check(faultsOf("/schemas/answer/problem.json", JSON.parse(answer.body)) === undefined, `${range} is a problem`);
    check(answer.headers["cache-control"] === "no-store", `${range} is kept by no cache`);
    check(answer.headers["access-control-expose-headers"].includes("Content-Range"), `${range} tells scripts the length`);
    checkHeaders(range, answer, resolve(responses["416"]));
  }
  const beyond = await part(file.self, "bytes=0-99999999999999999999999999");
  check(beyond.status === 206 && beyond.body.equals(whole), "an end beyond the end is the end");
  const list = await part("/v1/countries.csv", "bytes=0-9");
  check(list.status === 200 && list.body.equals(whole), "a list has no parts");
}

async function checkPackage() {
  const read = await datapackage.Package.load(path.join(folder, "datapackage.json"));
  check(read.valid, "the Data Package is valid", String(read.errors[0]));
  const described = files.filter((file) => !["datapackage.json", "dataset.jsonld"].includes(file.name)).map((file) => file.name);
  check(JSON.stringify(read.descriptor.resources.map((one) => one.path)) === JSON.stringify(described), "it describes every file of data");
  for (const table of read.resources.filter((one) => one.tabular)) {
    const rows = await table.read({ keyed: true }); // throws where a cell is not of its column's type
    const { total } = (await json(`/v1/${table.name}?limit=1`)).meta;
    check(table.name === "assessments" ? rows.length >= total : rows.length === total, `${table.name} has a row for each item`, `${rows.length}, ${total}`);
  }
}

async function checkCatalogue() {
  const document = JSON.parse(fs.readFileSync(path.join(folder, "dataset.jsonld"), "utf8"));
  const documentLoader = async (address) => {
    throw new Error(`nothing may be fetched: ${address}`);
  };
  const [dataset] = await jsonld.expand(document, { base: "https://atlas.example/v1/exports/dataset.jsonld", documentLoader });
  const dcat = "http://www.w3.org/ns/dcat#";
  const spdx = "http://spdx.org/rdf/terms#";
  check(dataset["@type"].includes(`${dcat}Dataset`) && dataset["@type"].includes("https://schema.org/Dataset"), "it is a dataset in both words");
  const found = dataset[`${dcat}distribution`].map((one) => [one[`${dcat}downloadURL`][0]["@id"], Number(one[`${dcat}byteSize`][0]["@value"]),
    one[`${spdx}checksum`][0][`${spdx}checksumValue`][0]["@value"]]);
  const wanted = files.filter((file) => file.name !== "dataset.jsonld").map((file) => [`https://atlas.example${file.self}`, file.bytes, file.sha256]);
  check(JSON.stringify(found) === JSON.stringify(wanted), "each file has its address, size and hash");
  const quads = await jsonld.toRDF(document, { base: "https://atlas.example/", documentLoader });
  check(quads.length > 100, "it says something as RDF", `${quads.length}`);
}

async function pagesOf(target) {
  const items = [];
  for (let next = target; next !== undefined;) {
    const list = await json(next);
    items.push(...list.data);
    next = list.links.next;
  }
  return items;
}

async function checkChanges() {
  const revisions = await json("/v1/revisions");
  const [now, before] = revisions.data;
  const changes = await json(before.changes_since);
  check(revisions.meta.log === "kept" && revisions.data.length === 2, "the log knows two revisions");
  check(now.revision === revisions.meta.revision && changes.meta.since === before.revision, "it ends with this one");
  check(changes.data.length > 1000 && changes.data.length === now.added + now.changed + now.removed, "every change is told", `${changes.data.length}`);
  check(["added", "changed", "removed"].every((what) => changes.data.some((one) => one.change === what)), "things came, changed and went");
  check(new Set(changes.data.map((one) => `${one.kind} ${one.id}`)).size === changes.data.length, "each thing stands once");
  check(changes.data.every((one) => one.change !== "removed" || one.self === undefined), "what went has no address");
  const kinds = new Set();
  for (const one of changes.data.filter((item) => item.self !== undefined)) {
    if (kinds.has(one.kind)) continue;
    kinds.add(one.kind);
    check((await request(one.self)).status === 200, `${one.kind} ${one.id} is at ${one.self}`);
  }
  check(kinds.size > 8, "of many kinds", [...kinds].join(" "));
  const paged = await pagesOf(`${before.changes_since}&limit=700`);
  check(JSON.stringify(paged) === JSON.stringify(changes.data), "pages make up the list");
  check((await json(now.changes_since)).data.length === 0, "nothing has changed since now");
  check(JSON.stringify((await json("/v1/changes")).data) === JSON.stringify(changes.data), "without since it is all there is");
  const gone = await request("/v1/changes?since=0123456789ab");
  const problem = JSON.parse(gone.body);
  check(gone.status === 410 && problem.type === "/problems/revision-gone" && problem.hint.includes("/v1/exports"), "an unknown revision is gone");
  check(faultsOf("/schemas/answer/problem.json", problem) === undefined, "which is a problem");
  await checkFeed(before, changes.data);
}

async function checkFeed(before, changes) {
  const answer = await request(`${before.changes_since.replace("?", ".atom?")}`);
  const feed = parseFeed(answer.body.toString());
  check(feed.meta.type === "atom" && feed.meta.version === "1.0" && feed.title.length > 0, "the feed is Atom");
  check(feed.items.length === changes.length, "the feed has an entry for each change", `${feed.items.length}`);
  check(new Set(feed.items.map((item) => item.id)).size === changes.length, "no two entries have one id");
  check(feed.items.every((item, at) => item.title.startsWith(changes[at].change) && item.title.includes(changes[at].id)), "entries stand in the list's order");
  check(feed.items.every((item, at) => item.updated.toISOString().startsWith(changes[at].date)), "each has its date");
  const urls = feed.items.every((item, at) => (item.url ?? undefined) === changes[at].self);
  check(urls, "each leads to where the thing is");
}

await section("exports are as their index says", checkFiles);
await section("parts of exports, and what asks for none", checkParts);
await section("hostile ranges do no harm", checkHostileParts);
await section("the Data Package, read by Frictionless's library", checkPackage);
await section("the catalogue, read by jsonld", checkCatalogue);
await section("changes and revisions, and their feed, read by feed-parser", checkChanges);
process.exit();
