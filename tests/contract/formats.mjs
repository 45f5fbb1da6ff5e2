// SPDX-License-Identifier: MIT
// Lists cut down and counted, and what other programs' readers make of our formats: ical.js reads the cards,
// check-geojson (RFC 7946) the maps, MITRE's attack-data-model the identities of STIX. Each is held against the same list
// in JSON.
import { identitySchema } from "@mitre-attack/attack-data-model/dist/schemas/sdo/identity.schema.js";
import { check as readGeo } from "@placemarkio/check-geojson";
import ICAL from "ical.js";
import { check, contract, parametersOf, request, rowsOf, section } from "./lib.mjs";

const body = async (target) => {
  const answer = await request(target);
  check(answer.status === 200, `${target} is answered`, `${answer.status}`);
  return answer.body.toString();
};
const json = async (target) => JSON.parse(await body(target));
const listsWith = (name) => Object.keys(contract.paths).filter((path) => parametersOf(path).some((parameter) => parameter.name === name));
const QUESTIONS = { "/v1/search": "q=team&" };

/** The names that a parameter takes, from the problem that lists them. */
async function allowed(target) {
  const problem = JSON.parse((await request(target)).body);
  check(problem.status === 400 && problem.allowed?.length > 0, `${target} says what there is`);
  return problem.allowed ?? [];
}

async function checkFields() {
  for (const path of listsWith("fields")) {
    const asked = QUESTIONS[path] ?? "";
    const whole = await json(`${path}?${asked}limit=40`);
    for (const name of await allowed(`${path}?${asked}fields=zz`)) {
      const wanted = whole.data.map((item) => (name in item ? { [name]: item[name] } : {}));
      const cut = await json(`${path}?${asked}fields=${name}&limit=40`);
      check(JSON.stringify(cut.data) === JSON.stringify(wanted), `${path}?fields=${name} is that of each item`);
      const lines = (await body(`${path}.ndjson?${asked}fields=${name}&limit=40`)).trimEnd().split("\n");
      check(JSON.stringify(lines.map((line) => JSON.parse(line))) === JSON.stringify(wanted), `${path}.ndjson?fields=${name} is the same`);
    }
    const rows = rowsOf(await body(`${path}.csv?${asked}limit=40`));
    for (const name of await allowed(`${path}.csv?${asked}fields=zz`)) {
      const at = rows[0].indexOf(name);
      const cut = rowsOf(await body(`${path}.csv?${asked}fields=${name}&limit=40`));
      check(at >= 0 && JSON.stringify(cut) === JSON.stringify(rows.map((row) => [row[at]])), `${path}.csv?fields=${name} is that column`);
    }
  }
}

async function checkFacets() {
  for (const path of listsWith("facets")) {
    const asked = QUESTIONS[path] ?? "";
    for (const name of await allowed(`${path}?${asked}facets=zz`)) {
      const list = await json(`${path}?${asked}facets=${name}&limit=1`);
      const counts = Object.entries(list.meta.facets?.[name] ?? {});
      check(counts.length > 0, `${path}?facets=${name} counts`);
      for (const [value, count] of counts.slice(0, 12)) {
        const found = await json(`${path}?${asked}${name}=${encodeURIComponent(value)}&limit=1`);
        check(found.meta.total === count, `${path} counts what ${name}=${value} finds`, `${count}, ${found.meta.total}`);
      }
    }
  }
  const span = (await json("/v1/certs?established=2010..2015")).data;
  check(span.length > 0 && span.every((team) => team.established >= "2010" && team.established < "2016"), "established=2010..2015 finds those years");
  const ends = await Promise.all(["..2009", "2010..2015", "2016.."].map((years) => json(`/v1/certs?established=${years}&limit=1`)));
  const dated = (await json("/v1/certs")).data.filter((team) => team.established !== undefined);
  check(ends.every((list) => list.meta.total > 0), "open ends find some");
  check(ends.reduce((sum, list) => sum + list.meta.total, 0) === dated.length, "three spans find every team with a year, once");
}

async function checkCards() {
  const teams = (await json("/v1/certs")).data;
  const cards = ICAL.parse(await body("/v1/certs.vcf")).map((card) => new ICAL.Component(card));
  check(cards.length === teams.length, "there is a card for each team", `${cards.length}, ${teams.length}`);
  const names = cards.map((card) => card.getFirstPropertyValue("fn"));
  check(names.every((name, at) => name === teams[at].name), "ical.js reads each name as JSON gives it");
  check(cards.every((card) => card.getFirstPropertyValue("version") === "4.0"), "every card is of version 4.0");
  check(new Set(cards.map((card) => card.getFirstPropertyValue("uid"))).size === cards.length, "no two cards have one UID");
  const addresses = cards.map((card) => card.getAllProperties("url").map((property) => property.getFirstValue()));
  check(teams.every((team, at) => !team.url || addresses[at].includes(team.url)), "ical.js reads each team's address as JSON gives it");
}

async function checkMaps() {
  for (const [path, key] of [["/v1/countries", "code"], ["/v1/scores", "country"]]) {
    const list = await json(path);
    const map = readGeo(await body(`${path}.geojson`)); // throws where it is no GeoJSON
    check(map.features.length === list.data.length, `${path}.geojson has a feature for each item`);
    check(map.features.every((one, at) => one.id === list.data[at][key]), `${path}.geojson is in the list's order`);
    check(map.features.every((one, at) => JSON.stringify(one.properties) === JSON.stringify(list.data[at])), `${path}.geojson has the items as properties`);
    check(map.features.filter((one) => one.geometry !== null).length > 200, `${path}.geojson places most of them`);
  }
}

/** What STIX 2.1 asks of the common properties, of references and of the three types that we use. */
async function checkBundles() {
  const teams = (await json("/v1/certs")).data;
  const { type, id, objects } = await json("/v1/certs.stix.json");
  const ids = new Set(objects.map((object) => object.id));
  const shaped = (object) => object.id.match(/^([a-z-]+)--[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)?.[1] === object.type;
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
  const needs = { identity: ["name"], location: ["country"], relationship: ["relationship_type", "source_ref", "target_ref"] };
  check(shaped({ type, id }) && type === "bundle", "the bundle is one");
  check(ids.size === objects.length, "no object stands twice");
  for (const object of objects) {
    check(shaped(object) && object.spec_version === "2.1" && time.test(object.created) && time.test(object.modified), `${object.id} has what all have`);
    check(needs[object.type]?.every((name) => object[name]?.length > 0), `${object.id} has what its type needs`);
    const references = Object.entries(object).filter(([name]) => name.endsWith("_ref"));
    check(references.every(([, value]) => ids.has(value)), `${object.id} refers to what is there`);
  }
  const names = objects.filter((object) => object.type === "identity").map((object) => object.name);
  check(teams.every((team) => names.includes(team.name)), "there is an identity for each team");
}

/** ATT&CK asks two properties of its own; the specification's `water` is written otherwise there. */
const asAttack = (identity) => ({
  ...identity,
  ...(identity.sectors && { sectors: identity.sectors.map((sector) => (sector === "water" ? "infrastructure-water" : sector)) }),
  x_mitre_attack_spec_version: "3.3.0",
  object_marking_refs: ["marking-definition--fa42a846-8d90-4e51-bc29-71d5b4802168"],
});

/**
 * The model checks an identity's every property and refuses others: ids, time stamps, the two vocabularies, addresses. It
 * does not know locations, nor `located-at`, nor whether an id refers to what is there: checkBundles looks at those.
 */
async function checkIdentities() {
  const { objects } = await json("/v1/certs.stix.json");
  const identities = objects.filter((object) => object.type === "identity");
  for (const identity of identities) {
    const read = identitySchema.safeParse(asAttack(identity));
    check(read.success, `${identity.id} is an identity`, JSON.stringify(read.error?.issues.slice(0, 2)));
  }
  const wrong = [{ name: "" }, { created: "2026-11-24" }, { sectors: [] }, { identity_class: "team" }, { id: objects[0].id }, { x: 1 }];
  const passed = wrong.filter((change) => identitySchema.safeParse({ ...asAttack(identities[0]), ...change }).success);
  check(passed.length === 0, "the model refuses identities that are none", JSON.stringify(passed));
}

await section("fields cut lists down to what was asked", checkFields);
await section("facets count what their filters find", checkFacets);
await section("cards, read by ical.js", checkCards);
await section("maps, read by check-geojson", checkMaps);
await section("bundles of STIX hold together", checkBundles);
await section("identities of STIX, read by attack-data-model", checkIdentities);
process.exit();
