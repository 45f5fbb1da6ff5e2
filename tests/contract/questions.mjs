// SPDX-License-Identifier: MIT
// Questions to the addresses that take them: whatever is asked in whatever spelling, every representation is what the
// contract says of it, and one question has one canonical form, one ETag and the same bytes. Some hundred questions are put
// together by a seeded generator, so that a failure can be repeated.
import { isDeepStrictEqual } from "node:util";
import { check, checkBody, checkHeaders, contract, faultsOf, parametersOf, request, resolve, section } from "./lib.mjs";

let state = 20161231;
const random = (below) => {
  state = (Math.imul(state, 1103515245) + 12345) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};
const pick = (list) => list[random(list.length)];

/** Values of each parameter: each a list of spellings of one and the same value, the canonical one first ("" where it is
 * what is meant without it). */
const VALUES = {
  methodology: [["", "legal-conditions"], ["legal-conditions@1.0.0"], ["legal-conditions@1.0.1", "legal-conditions@1.0", "legal-conditions@1"]],
  weights: [["", "equal", "cip-strategy:1", "annual-audit:1,cip-definition:1"],
    ["cip-strategy:3,mandatory-reporting:2", "mandatory-reporting:2,cip-strategy:3", "mandatory-reporting:2,cip-definition:1,cip-strategy:3"],
    ["annual-audit:0"], ["strategy-in-place:100"], ["agency-cio-cso:0,written-infosec-plan:50", "written-infosec-plan:50,agency-cio-cso:0"]],
  as_of: [["2016-12-31", "2016-12", "2016"], ["2018-02-28", "2018-02"], ["2026-11-24"], ["1999-12-31", "1999"]],
  max_age: [["P5Y", "P60M"], ["P1Y6M", "P18M"], ["P14D", "P2W"], ["P1Y1D"], ["P200Y", "P2400M"]],
  basis: [["", "assessor,our_reading", "our_reading,assessor"], ["assessor"], ["assessor,our_reading,eu_law", "eu_law,our_reading,assessor"], ["eu_law"]],
  sure: [["", "medium"], ["high"], ["low"]],
  group: [["eu"]],
  countries: [["BE,NL", "nl,be", "NLD,BEL", "056,528", "BE,NL,BE"], ["BE,LU,NL", "LU,NL,BE"], ["AT,FR,GR", "el,fr,aut"], ["BE,BG,CY,CZ,DE,XK"]],
  explain: [["1"]], ascii: [["1"]], pretty: [["1"]], sort: [["-value"], ["coverage"]], limit: [["3"]],
  criterion: [["annual-audit"], ["annual-audit,cip-strategy", "cip-strategy,annual-audit"]], theme: [["legal-conditions"]], value: [["no"], ["partial,yes", "yes,partial"]],
};
const takes = (path, name) => parametersOf(path).some((parameter) => parameter.name === name) && (name !== "sort" || path === "/v1/scores");

const asked = Object.keys(contract.paths).filter((path) => parametersOf(path).some((parameter) => parameter.name === "as_of"));

/** A list of cells is of every theme, until a methodology is named: there it says something. */
function valuesOf(path, name) {
  const named = path.startsWith("/v1/assessments") && name === "methodology";
  return named ? VALUES[name].map((spellings) => spellings.filter((spelling) => spelling !== "")) : VALUES[name];
}

/** Some parameters for a path, as [name, spellings]. */
function question(path) {
  const names = Object.keys(VALUES).filter((name) => takes(path, name) && random(3) === 0);
  if (path === "/v1/compare" && !names.includes("countries")) names.push("countries");
  return names.filter((name) => !(path === "/v1/compare" && name === "group")).map((name) => [name, pick(valuesOf(path, name))]);
}

/** One way to write it: any spelling, any order, some commas and letters escaped. */
function spelt(parts) {
  const shuffled = parts.map((part) => [random(1e6), part]).sort(([a], [b]) => a - b).map(([, part]) => part);
  return shuffled.map(([name, spellings]) => {
    const value = pick(spellings.filter((spelling) => spelling !== ""));
    return `${name}=${random(2) ? value : value.replaceAll(",", "%2C").replace(/[a-z]$/, (c) => `%${c.charCodeAt(0).toString(16)}`)}`;
  }).join("&");
}

/** Where explain says nothing: in tables, and in text about several countries. */
const unexplained = (path, type) => type === "text/csv" || (type === "text/plain" && !path.includes("{code}"));

function canonical(parts, type, path) {
  const said = { ascii: type === "text/plain", explain: !unexplained(path, type) };
  const kept = parts.filter(([name, spellings]) => spellings[0] !== "" && (said[name] ?? true));
  return kept.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, spellings]) => `${name}=${spellings[0]}`).join("&");
}

const SUFFIXES = { "text/csv": ".csv", "application/x-ndjson": ".ndjson", "text/plain": ".txt", "application/geo+json": ".geojson" };
const join = (address, query) => (query === "" ? address : `${address}?${query}`);

async function checkNdjson(target, answer, list) {
  const lines = answer.body.toString().split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
  check(isDeepStrictEqual(lines, list.data), `${target} has the items of the JSON`);
}

/** One question in one media type, in two spellings. */
async function checkOne(path, address, parts, type, json) {
  const operation = contract.paths[path].get;
  const target = join(address, spelt(parts));
  const answer = await request(target, { headers: { Accept: type } });
  if (!check(answer.status === 200, `${target} (${type}) answers 200`, `${answer.status} ${answer.body.toString().slice(0, 300)}`)) return undefined;
  checkHeaders(target, answer, operation.responses["200"]);
  checkBody(`${target} (${type})`, type, answer, operation.responses["200"].content[type]);
  const wanted = join(address + (SUFFIXES[type] ?? ""), canonical(parts, type, path));
  check(answer.headers["content-location"] === wanted, `${target} (${type}) stands at ${wanted}`, answer.headers["content-location"]);
  for (const other of [wanted, join(address + (SUFFIXES[type] ?? ".json"), spelt(parts))]) {
    const same = await request(other, { headers: { "If-None-Match": '"other"' } });
    check(same.status === 200 && same.headers.etag === answer.headers.etag && same.body.equals(answer.body), `${other} is the same answer as ${target} (${type})`);
  }
  const again = await request(target, { headers: { Accept: type, "If-None-Match": answer.headers.etag } });
  check(again.status === 304 && again.body.length === 0, `${target} (${type}) is 304 for its own ETag`, `${again.status}`);
  checkHeaders(`${target} 304`, again, resolve(operation.responses["304"]));
  if (type === "application/x-ndjson") await checkNdjson(target, answer, json);
  if (type === "text/plain" && parts.some(([name]) => name === "ascii")) check(/^[\n -~]*$/.test(answer.body.toString()), `${target} is ASCII`);
  return answer;
}

/** What is understood of a question, and that it is what was asked. */
function checkMeta(target, parts, { meta, links }) {
  const named = Object.fromEntries(parts.filter(([, spellings]) => spellings[0] !== "").map(([name, spellings]) => [name, spellings[0]]));
  const [id, version] = (named.methodology ?? "legal-conditions").split("@");
  check(meta.question.methodology === id && (version === undefined || meta.question.version === version), `${target} names its methodology`);
  for (const [name, key] of [["as_of", "as_of"], ["max_age", "max_age"], ["sure", "sure"]]) check(meta.question[key] === named[name], `${target} repeats ${name}`, meta.question[key]);
  for (const [name, key] of [["basis", "basis"], ["group", "groups"], ["countries", "countries"]]) check(meta.question[key]?.join() === named[name], `${target} repeats ${name}`);
  const weights = Object.entries(meta.question.weights ?? {}).map(([criterion, weight]) => `${criterion}:${weight}`).join();
  check(weights === (named.weights ?? ""), `${target} repeats weights`, weights);
  check(decodeURIComponent(links.self).split("?")[1] === (canonical(parts.filter(([name]) => name !== "pretty")) || undefined), `${target} has itself as links.self`, links.self);
}

async function checkQuestions() {
  for (const path of asked) {
    const types = Object.keys(contract.paths[path].get.responses["200"].content);
    for (let round = 0; round < 60; round += 1) {
      const parts = question(path);
      const address = path.replace("{code}", pick(["BE", "NL", "LU", "FR", "US", "AQ"]));
      const json = await checkOne(path, address, parts, "application/json");
      if (json === undefined) continue;
      checkMeta(join(address, canonical(parts)), parts, JSON.parse(json.body));
      const plain = parts.filter(([name]) => name !== "pretty"); // which goes with JSON alone
      for (const type of types.slice(1)) await checkOne(path, address, plain, type, JSON.parse(json.body));
    }
  }
}

async function checkOtherMethodology() {
  for (const path of asked.filter((path) => !path.endsWith("/legal-conditions"))) {
    const target = `${path.replace("{code}", "BE")}?methodology=strategy-goals${takes(path, "weights") ? "&weights=goal-ciip:2" : ""}${path === "/v1/compare" ? "&countries=BE,LU" : ""}`;
    for (const [type, content] of Object.entries(contract.paths[path].get.responses["200"].content)) {
      const answer = await request(target, { headers: { Accept: type } });
      if (check(answer.status === 200, `${target} (${type}) answers`, `${answer.status}`)) checkBody(`${target} (${type})`, type, answer, content);
    }
  }
}

const zero = "strategy-in-place cip-strategy written-infosec-plan system-inventory risk-mapped-practices annual-audit public-capacity-report agency-cio-cso mandatory-reporting cip-definition procurement-international"
  .split(" ").map((criterion) => `${criterion}:0`).join();
const BAD = [
  ["methodology", "legal-condition", "legal-conditions"], ["methodology", "legal-conditions@7"], ["methodology", "legal-conditions@1.0.1.0"], ["methodology", ""],
  ["methodology", "legal-conditions@"], ["weights", "cip-strateg:2", "cip-strategy"], ["weights", "cip-strategy:101"], ["weights", "cip-strategy:-1"], ["weights", "cip-strategy:1.5"],
  ["weights", "cip-strategy:2,cip-strategy:2"], ["weights", "cip-strategy"], ["weights", "cip-strategy:"], ["weights", "cip-strategy:2,"], ["weights", "strategy-year:2"],
  ["weights", zero], ["weights", "Equal"], ["as_of", "2016-13"], ["as_of", "2016-02-30"], ["as_of", "yesterday"], ["as_of", "2027"], ["as_of", "2026-11-25"], ["as_of", ""],
  ["max_age", "5Y"], ["max_age", "P"], ["max_age", "P0Y"], ["max_age", "P201Y"], ["max_age", "P1Y2W"], ["max_age", "PT5H"], ["max_age", "P-5Y"], ["max_age", "P1.5Y"], ["max_age", "p5y"],
  ["max_age", "P99999999999D"], ["basis", "assesor", "assessor"], ["basis", "assessor,"], ["sure", "hig", "high"], ["sure", "high,low"], ["group", "eus", "eu"], ["countries", "BE,QQ"],
  ["countries", ","], ["countries", "BE,,NL"], ["explain", "0"], ["explain", "yes"], ["ascii", "true"],
];

async function checkRefused() {
  for (const path of asked)
    for (const [name, value, near] of BAD.filter(([name]) => takes(path, name))) {
      const also = path === "/v1/compare" && name !== "countries" ? "countries=BE,NL&" : "";
      const target = `${path.replace("{code}", "BE")}?${also}${name}=${encodeURIComponent(value)}`;
      const answer = await request(target);
      const problem = JSON.parse(answer.body);
      check(answer.status === 400 && problem.parameter === name, `${target.slice(0, 120)} is 400 for ${name}`, JSON.stringify(problem));
      check(near === undefined || problem.did_you_mean === near, `${target} knows what is near`, problem.did_you_mean);
      check(faultsOf("/schemas/answer/problem.json", problem) === undefined, `${target} meets the problem's schema`);
    }
}

const codes = async (query) => JSON.parse((await request(`/v1/countries?${query}`)).body).data.map((item) => item.code);

async function checkCeilings() {
  const all = await codes("sort=code");
  const most = await request(`/v1/scores?countries=${all.slice(0, 60).join()}`);
  check(most.status === 200 && JSON.parse(most.body).meta.total === 60, "60 countries are taken");
  check((await request(`/v1/scores?countries=${all.slice(0, 61).join()}`)).status === 400, "61 countries are refused");
  for (const [query, status] of [["", 400], ["countries=BE", 400], ["countries=BE,be,BEL", 400], ["group=eu", 400], ["countries=BE,US&group=eu", 400],
    ["countries=BE,NL", 200], ["countries=BE,NL,US&group=eu", 200], ["countries=BE,NL,LU,FR,DE,AT", 200], ["countries=BE,NL,LU,FR,DE,AT,IT", 400]]) {
    const answer = await request(join("/v1/compare", query));
    check(answer.status === status, `/v1/compare?${query} answers ${status}`, `${answer.status}`);
    check(status === 200 || JSON.parse(answer.body).parameter === "countries", `/v1/compare?${query} names countries`);
  }
  const both = await request("/v1/scores?countries=BE&country=BE");
  check(both.status === 400, "countries and country are not taken together", `${both.status}`);
}

/** `country` is another name: the same bytes at the same address. */
async function checkAlias() {
  for (const path of ["/v1/scores", "/v1/assessments"]) {
    const one = await request(`${path}?country=nl,BE`);
    const other = await request(`${path}?countries=BE,NL`);
    check(one.status === 200 && one.body.equals(other.body) && one.headers["content-location"] === other.headers["content-location"], `${path} takes country for countries`);
  }
}

/** What is asked for by default is what is asked for by name, and membership is that of the day. */
async function checkMeaning() {
  const members = await codes("group=eu");
  const scores = JSON.parse((await request("/v1/scores?group=eu")).body);
  check(scores.data.map((item) => item.country).join() === members.sort().join(), "group=eu lists the members");
  const then = JSON.parse((await request("/v1/scores?group=eu&as_of=2016")).body).data.map((item) => item.country);
  check(then.includes("GB") && !members.includes("GB"), "membership is that of the day");
  const whole = JSON.parse((await request("/v1/assessments?methodology=legal-conditions")).body);
  check(whole.data.every((item) => item.theme === "legal-conditions") && whole.data.length > 0, "with a methodology only its theme is listed");
}

await section("questions in any spelling: one canonical form, one ETag, every representation as the contract says", checkQuestions);
await section("another methodology runs through the same addresses", checkOtherMethodology);
await section("what is no question is refused by name", checkRefused);
await section("ceilings of questions hold", checkCeilings);
await section("country is another name of countries", checkAlias);
await section("questions mean what they say", checkMeaning);
process.exit();
