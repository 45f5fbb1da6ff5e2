// SPDX-License-Identifier: MIT
// GET /v1/scores?weights=&as_of=&max_age=&basis=&sure= and /v1/certs?country=&status= in the usual way: fastify,
// better-sqlite3, every question computed. Usage: node server.mjs DATASET PORT. Not hardened: tests/bench alone asks it.
import Database from "better-sqlite3";
import fastify from "fastify";
import { certs, prepareCerts } from "./certs.mjs";
import { before, prepare, readMethod, scores } from "./method.mjs";

const [file, port] = process.argv.slice(2);
const database = new Database(file, { readonly: true, fileMustExist: true });
const method = readMethod(database, "legal-conditions");
const statements = prepare(database, method);
const teams = prepareCerts(database);
const today = database.prepare(`SELECT value FROM dataset WHERE key = 'date'`).pluck().get();

const gcd = (a, b) => (b === 0 ? a : gcd(b, a % b));

function weightsOf(text) {
  const given = new Map(text.split(",").map((item) => item.split(":")).map(([id, weight]) => [id, Number(weight)]));
  const weights = method.criteria.map((id) => given.get(id) ?? 1);
  const all = weights.reduce(gcd);
  return weights.map((weight) => weight / all);
}

function questionOf(query) {
  const asOf = query.as_of ?? today;
  const age = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?$/.exec(query.max_age ?? "P").slice(1);
  const [years, months, days] = age.map((x) => Number(x ?? 0));
  return {
    method, asOf, weights: query.weights === undefined ? method.weights : weightsOf(query.weights),
    dated: query.as_of !== undefined || query.max_age !== undefined,
    youngest: query.max_age === undefined ? undefined : before(asOf, years * 12 + months, days),
    bases: query.basis?.split(",") ?? method.bases, sure: query.sure ?? method.sure, windows: new Map(),
  };
}

function toldOf(question, query) {
  const weights = {};
  method.criteria.forEach((id, i) => { if (question.weights[i] !== 1) weights[id] = question.weights[i]; });
  return {
    methodology: method.id, version: method.version, weights: Object.keys(weights).length ? weights : undefined,
    as_of: query.as_of, max_age: query.max_age, basis: query.basis?.split(","), sure: query.sure,
  };
}

const service = fastify({ logger: false });
service.get("/v1/scores", (request, reply) => {
  const question = questionOf(request.query);
  const data = scores(statements, question);
  const meta = { total: data.length, count: data.length, complete: true, question: toldOf(question, request.query) };
  const query = Object.entries(request.query).map(([name, value]) => `${name}=${value}`).join("&");
  const self = "/v1/scores" + (query === "" ? "" : "?" + query);
  reply.header("Cache-Control", "public, max-age=60").type("application/json");
  return JSON.stringify({ data, meta, links: { self } }) + "\n";
});
service.get("/v1/certs", (request, reply) => {
  const { data, total } = certs(teams, request.query);
  const query = Object.entries(request.query).map(([name, value]) => `${name}=${value}`).join("&");
  reply.header("Cache-Control", "public, max-age=60").type("application/json");
  return JSON.stringify({ data, meta: { total, count: data.length, complete: data.length === total },
    links: { self: "/v1/certs" + (query === "" ? "" : "?" + query) } }) + "\n";
});
await service.listen({ host: "127.0.0.1", port: Number(port) });
