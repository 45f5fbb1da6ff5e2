// SPDX-License-Identifier: MIT
// What bots of IntelMQ are told by a running service with a real file of addresses: the three addresses name the same
// team for the same country, what is about an address is for its asker alone, and the README's figures are the data's.
// (How the bots read it is tested in tests/cli/cases_intelmq.py.)
import fs from "node:fs";
import path from "node:path";
import { check, faultsOf, request, root, section } from "./lib.mjs";

const read = async (target, schema) => {
  const answer = await request(target);
  check(answer.status === 200, `${target} is answered`, `${answer.status} ${answer.body}`);
  const value = JSON.parse(answer.body);
  const faults = faultsOf(`/schemas/answer/${schema}.json`, value);
  check(faults === undefined, `${target} fits its schema`, faults);
  return value;
};
const lookup = (query) => read(`/intelmq/lookup?${query}`, "intelmq-lookup");
const mails = (part) => part.destinations.flatMap((destination) => destination.contacts.map((contact) => contact.email));
const teams = await read("/intelmq/teams.json", "intelmq-teams");
const endings = teams.flatMap((team) => team.constituency.domains.filter((domain) => !domain.includes(".")).map((ending) => [ending, team]));

async function checkEndings() {
  check(new Set(endings.map(([ending]) => ending)).size === endings.length, "no ending leads to two teams");
  for (const [ending, team] of endings) {
    const answer = await lookup(`domain=www.example.${ending}`);
    check(mails(answer.domain).join() === team.emails[0].address, `.${ending} leads to ${team.id} both ways`, JSON.stringify(answer));
    check(answer.interval.unit === "immediate", `.${ending} has an interval`);
  }
  const nobody = await lookup("domain=www.example.com");
  check(nobody.domain.destinations.length === 0 && nobody.interval === undefined, "nobody is known for .com");
}

async function checkAddresses() {
  for (const [ip, ending] of [["193.99.144.80", "de"], ["2a02:2e0:3fe:1001:302::", "de"], ["194.232.104.1", "at"]]) {
    const team = endings.find(([found]) => found === ending)[1];
    const mail = team.emails[0].address;
    check(mails((await lookup(`ip=${ip}`)).ip).join() === mail, `${ip} leads to ${team.id}`);
    const both = await lookup(`ip=${ip}&domain=www.example.${ending}`);
    check([...mails(both.ip), ...mails(both.domain)].join() === `${mail},${mail}`, `${ip} and .${ending} lead to ${team.id}`);
    const line = (await request(`/intelmq/national?ip=${ip}`)).body.toString();
    check(line === `${ip};${ending.toUpperCase()};${team.name};${mail}\n`, `${ip} has its line`, line);
  }
  check((await request("/intelmq/national?ip=10.0.0.1")).body.length === 0, "a private address has no line");
}

async function checkPrivacy() {
  for (const target of ["/intelmq/lookup?ip=193.99.144.80", "/intelmq/national?ip=193.99.144.80", "//intelmq/lookup?x=1&ip=193.99.144.80&domain=a.example"]) {
    const answer = await request(target);
    const head = await request(target, { method: "HEAD" });
    const again = await request(target, { headers: { "If-None-Match": answer.headers.etag } });
    check(answer.status === 200 && head.status === 200 && again.status === 304, `${target} is 200, and 304 by its tag`);
    check(head.body.length === 0 && head.headers["content-length"] === answer.headers["content-length"], `HEAD ${target} has the length`);
    for (const one of [answer, head, again]) check(one.headers["cache-control"] === "private, no-store", `${target} is private`, one.headers["cache-control"]);
  }
  const wrong = await request("/intelmq/lookup?ip=193.99.144&domain=a.example");
  check(wrong.status === 400 && wrong.headers["cache-control"] === "private, no-store", "so is what is wrong with one");
  check((await request("/intelmq/lookup?domain=a.example")).headers["cache-control"].startsWith("public"), "a domain is anybody's");
}

async function checkFigures() {
  const certs = JSON.parse((await request("/v1/certs?limit=1")).body).meta.total;
  const own = teams.filter((team) => team.constituency.asns.length > 0 || team.constituency.domains.some((domain) => domain.includes("."))).length;
  const readme = fs.readFileSync(path.join(root, "README.md"), "utf8").replace(/\s+/g, " ");
  const said = readme.match(/(\d+) endings of countries lead to (\d+) national teams; (\d+) of (\d+) teams have domains/)?.slice(1).join();
  const found = [endings.length, new Set(endings.map(([, team]) => team.id)).size, own, certs].join();
  check(said === found, "the README tells how many teams can be found", `README ${said}, data ${found}`);
}

await section("endings of countries lead to the same team both ways", checkEndings);
await section("addresses lead to their country's team three ways", checkAddresses);
await section("what IntelMQ asks about an address is nobody else's business", checkPrivacy);
await section("the README's figures for IntelMQ are the data's", checkFigures);
process.exit();
