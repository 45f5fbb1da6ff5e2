// SPDX-License-Identifier: MIT
// Routes, contract and answers agree, both ways: what the program says it answers, what api/openapi.json says, and what a
// running service does. Every JSON answer is validated by ajv against its schema with every object closed.
import { execFileSync } from "node:child_process";
import { Validator } from "@seriousme/openapi-schema-validator";
import { check, checkBody, checkHeaders, contract, faultsOf, parametersOf, request, resolve, schemasOf, section, validator, walkSchema } from "./lib.mjs";

const routes = JSON.parse(execFileSync(process.env.CYBERATLAS_PROGRAM, ["routes", "--json"], { encoding: "utf8" }));
const answers = schemasOf("answer");

const sorted = (list) => [...list].sort().join(" ");

async function checkDocument() {
  const served = JSON.parse((await request("/openapi.json")).body);
  const result = await new Validator().validate(structuredClone(served));
  check(result.valid, "openapi.json is valid OpenAPI 3.1", JSON.stringify(result.errors ?? "").slice(0, 500));
  check(served.openapi.startsWith("3.1."), "openapi.json says 3.1");
  await checkAlone(served);
}

/** The service's own copy holds the schemas too: no pointer leads out of it, and its schemas take the same answers. */
async function checkAlone(served) {
  const at = (pointer) => pointer.slice(2).split("/").reduce((node, key) => node?.[key.replaceAll("~1", "/")], served);
  const pointers = [...JSON.stringify(served).matchAll(/"\$ref":"([^"]*)"/g)].map(([, pointer]) => pointer);
  check(pointers.length > 1000 && pointers.every((pointer) => pointer.startsWith("#/") && at(pointer) !== undefined), "every pointer stays in the document",
    pointers.find((pointer) => !pointer.startsWith("#/") || at(pointer) === undefined));
  check(!JSON.stringify(served).includes('"$defs"'), "no schema has schemas of its own");
  const ajv = validator([]);
  ajv.addKeyword("components").addSchema({ components: served.components }, "served");
  for (const [path, item] of Object.entries(served.paths)) {
    const schema = item.get.responses["200"]?.content["application/json"]?.schema;
    const target = path.replace(/\{\w+\}/, path.includes("{") ? (await idsFor(path))[0] : "");
    if (schema === undefined || !check(schema.$ref !== undefined, `${path} points at a schema`)) continue;
    const valid = ajv.getSchema(`served${schema.$ref}`);
    check(valid(JSON.parse((await request(asking(path, target), { headers: { Accept: "application/json" } })).body)), `${path} meets its schema in the served contract`, JSON.stringify(valid.errors));
    check(!valid({}), `${path} is not met by nothing`);
  }
}

/** Parts of 3.1 that generators for 3.0 do not know, and schemas that say nothing. */
function checkSchemas() {
  const visit = (name) => (schema, place) => {
    const empty = schema === true || (typeof schema === "object" && Object.keys(schema).filter((key) => key !== "description").length === 0);
    check(!empty, `${name}${place} says something`);
    check(!Array.isArray(schema.type), `${name}${place} has no list of types`);
    check(schema.type !== "null" && !(schema.enum ?? []).includes(null), `${name}${place} knows no null`);
  };
  for (const schema of answers) {
    walkSchema(schema, visit(schema.$id));
    check(typeof schema.description === "string", `${schema.$id} is described`);
  }
  for (const [name, parameter] of Object.entries(contract.components.parameters)) walkSchema(parameter.schema, visit(`parameter ${name}`));
}

function checkRoutes() {
  const ours = new Map(routes.map((route) => [route.path, route]));
  for (const path of Object.keys(contract.paths)) check(ours.has(path), `the program answers ${path} of the contract`);
  for (const route of routes) {
    const item = contract.paths[route.path];
    if (!check(item !== undefined, `the contract describes ${route.path}`)) continue;
    const query = parametersOf(route.path).map((parameter) => parameter.name);
    check(sorted(query) === sorted(route.parameters), `parameters of ${route.path}`, `contract ${sorted(query)}, program ${sorted(route.parameters)}`);
    const content = Object.keys(item.get.responses["200"]?.content ?? {});
    check(sorted(content) === sorted(route.media), `media types of ${route.path}`, `contract ${sorted(content)}, program ${sorted(route.media)}`);
  }
}

/** What cannot be answered without a question is asked this one. */
const QUESTIONS = { "/v1/compare": "countries=BE,NL", "/v1/contacts": "country=BE", "/v1/search": "q=s",
  "/intelmq/lookup": "domain=www.example.be", "/intelmq/national": "ip=193.99.144.80" };
const asking = (path, target) => (QUESTIONS[path] ? `${target}?${QUESTIONS[path]}` : target);

const subjects = {};

/** The dashboard's files of one kind, as the pages name them. */
async function assetsFor(kind) {
  const names = new Set();
  for (const page of ["/", "/BE", ...Object.keys(contract.paths).filter((path) => /^\/[a-z-]+$/.test(path))]) {
    const { body } = await request(page, { headers: { Accept: "text/html" } });
    for (const [, name] of body.toString().matchAll(new RegExp(`"/assets/${kind}/([^"]+)"`, "g"))) names.add(name);
  }
  return [...names];
}

/** Ids for the one {…} of a path: all there are, read from the lists. */
async function idsFor(path) {
  const lists = { "/v1/certs/{id}": "/v1/certs", "/v1/criteria/{id}": "/v1/criteria", "/v1/methodologies/{id}": "/v1/methodologies",
    "/v1/sources/{id}": "/v1/sources", "/v1/vocabularies/{id}": "/v1/vocabularies",
    "/v1/indices/{id}": "/v1/indices" };
  const list = path.includes("{code}") ? "/v1/countries" : lists[path];
  if (path.startsWith("/schemas/")) return schemasOf(path.split("/")[2]).map((schema) => schema.$id.split("/").pop());
  if (path === "/v1/exports/{name}") return ["datapackage.json"];
  if (path.startsWith("/assets/")) return assetsFor(path.split("/")[2]);
  if (path === "/problems/{id}") return ["not-found", "bad-value", "cursor-gone", "internal"];
  subjects[list] ??= JSON.parse((await request(list)).body).data.map((item) => item.code ?? item.id);
  return subjects[list];
}

async function checkAnswer(target, operation, type) {
  const answer = await request(target, { headers: { Accept: type } });
  const response = resolve(operation.responses[answer.status] ?? operation.responses.default);
  const wanted = target === "/.well-known/security.txt" && answer.status === 404 ? 404 : 200;
  check(answer.status === wanted, `${target} (${type}) answers ${wanted}`, `${answer.status}`);
  checkHeaders(target, answer, response);
  if (answer.status === 200) checkBody(target, type, answer, operation.responses["200"].content[type]);
  if (answer.status !== 200 || !answer.headers.etag) return;
  const again = await request(target, { headers: { Accept: type, "If-None-Match": answer.headers.etag } });
  check(again.status === 304 && again.body.length === 0, `${target} (${type}) is 304 for its own ETag`, `${again.status}`);
  checkHeaders(`${target} 304`, again, resolve(operation.responses["304"]));
}

async function checkAnswers() {
  for (const [path, item] of Object.entries(contract.paths)) {
    const types = Object.keys(item.get.responses["200"]?.content ?? {});
    const targets = path.includes("{") ? (await idsFor(path)).map((id) => path.replace(/\{\w+\}/, id)) : [asking(path, path)];
    const optional = path.startsWith("/assets/") && process.env.CI !== "true"; // built without a dashboard
    check(targets.length > 0 || optional, `${path} has something to ask for`);
    for (const target of path.startsWith("/v1/exports/") ? [] : targets) // see exports.mjs
      for (const type of types) await checkAnswer(target, item.get, type);
  }
  const health = await request("/healthz");
  check(health.status === 204, "/healthz answers 204", `${health.status}`);
}

const PROBLEMS = [
  ["/v1/nothing", 404, {}], ["/v1/countries/QQ", 404, {}], ["/v1/certs/no-such-team", 404, {}], ["/v1/countries/", 404, {}],
  ["/v1/countries?colour=red", 400, {}], ["/v1/countries?limit=0", 400, {}], ["/v1/countries?limit=5&limit=6", 400, {}],
  ["/v1/countries?group=nowhere", 400, {}], ["/v1/certs?country=QQ", 400, {}], ["/v1/countries?cursor=!", 400, {}],
  ["/v1/countries", 406, { headers: { Accept: "image/png" } }], ["/v1/countries.pdf", 404, {}], ["/v1/countries", 405, { method: "DELETE" }],
  ["/v1/contacts", 400, {}], ["/v1/contacts?country=BE&domain=example.be", 400, {}], ["/v1/contacts?domain=example.com", 400, {}],
  ["/v1/countries/QQ/contacts", 404, {}], ["/v1/search", 400, {}], ["/v1/search?q=team&kind=person", 400, {}], ["/v1/search.vcf?q=team", 406, {}],
  ["/v1/exports/dataset.db", 404, {}], ["/v1/exports/countries.csv?pretty=1", 400, {}], ["/v1/exports.csv", 406, {}], ["/v1/changes?since=1", 400, {}],
  ["/v1/changes?since=0123456789ab", 410, {}], ["/v1/changes.vcf", 406, {}], ["/v1/revisions?since=0123456789ab", 400, {}],
  ["/intelmq/lookup", 400, {}], ["/intelmq/lookup?domain=a%20b", 400, {}], ["/intelmq/lookup?ip=none", 400, {}], ["/intelmq/lookup/x", 404, {}],
  ["/intelmq/teams.json?pretty=2", 400, {}], ["/intelmq/national?ip=192.0.2.1&sep=dot", 400, { headers: { Accept: "application/json" } }],
  ["/v1/countries/%zz", 400, {}], [`/v1/countries?q=${"a".repeat(2100)}`, 414, {}], ["/v1", 413, { method: "GET", headers: { "Content-Length": "0005" } }],
];

async function checkProblems() {
  for (const [target, status, options] of PROBLEMS) {
    const name = `${options.method ?? "GET"} ${target.slice(0, 60)}`;
    const answer = await request(target, options).catch((error) => ({ status: error.message, headers: {}, body: "{}" }));
    check(answer.status === status || (status === 404 && answer.status === 406), `${name} answers ${status}`, `${answer.status}`);
    check(answer.headers["content-type"] === "application/problem+json", `${name} is a problem`, answer.headers["content-type"]);
    const faults = faultsOf("/schemas/answer/problem.json", JSON.parse(answer.body));
    check(faults === undefined, `${name} meets the problem's schema`, faults);
    checkHeaders(name, answer, contract.components.responses[status === 405 ? "MethodNotAllowed" : "Problem"]);
  }
}

/** Every query parameter refuses nonsense, and takes each value that the contract lists for it. */
async function checkParameters() {
  for (const path of Object.keys(contract.paths)) {
    const target = path.includes("{") ? path.replace(/\{\w+\}/, (await idsFor(path))[0]) : path;
    const headers = { Accept: "application/json, text/plain;q=0.1" };
    for (const parameter of parametersOf(path)) {
      const bad = await request(`${target}?${parameter.name}=%7F`, { headers });
      check(bad.status === 400, `${path}?${parameter.name}= refuses nonsense`, `${bad.status}`);
      for (const value of parameter.schema.enum ?? []) {
        const whole = asking(path, target);
        const good = await request(`${whole}${whole === target ? "?" : "&"}${parameter.name}=${value}`, { headers });
        check(good.status === 200, `${path}?${parameter.name}=${value} answers`, `${good.status}`);
      }
    }
  }
}

await section("openapi.json is valid OpenAPI 3.1", checkDocument);
await section("schemas say something, without lists of types or null", checkSchemas);
await section("routes, parameters and media types are those of the contract", checkRoutes);
await section("every answer meets its closed schema and declared headers", checkAnswers);
await section("problems meet their schema", checkProblems);
await section("parameters refuse nonsense and take what the contract lists", checkParameters);
process.exit();
