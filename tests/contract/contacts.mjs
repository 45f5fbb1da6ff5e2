// SPDX-License-Identifier: MIT
// Whom to tell, asked of a running service with a real file of addresses: by country, by domain and by address the same
// list; every list valid by ajv, none empty without its reason; and what is about an address is for its asker alone.
import { check, contract, faultsOf, readJson, request, section } from "./lib.mjs";

const data = async (query, headers) => {
  const answer = await request(`/v1/contacts?${query}`, { headers });
  check(answer.status === 200, `${query} is answered`, `${answer.status} ${answer.body}`);
  const value = JSON.parse(answer.body);
  const faults = faultsOf("/schemas/answer/contacts.json", value);
  check(faults === undefined, `${query} fits its schema`, faults);
  check(value.data.contacts.length > 0 || value.data.note !== undefined, `${query} has somebody or says why not`);
  check(value.data.contacts.every((contact, at) => contact.place === at + 1), `${query} counts its places`);
  return { ...answer, data: value.data };
};
const ids = (answer) => answer.data.contacts.map((contact) => contact.id).join();

const order = readJson("data/contact-order.json");
const AUDIENCES = ["any", ...order.audiences.map((audience) => audience.id)];
const PURPOSES = ["any", ...order.purposes.map((purpose) => purpose.id)];

function checkWords() {
  for (const [name, words] of [["audience", AUDIENCES], ["purpose", PURPOSES]])
    check(contract.components.parameters[name].schema.enum.join() === words.join(), `the contract has each ${name} of data/contact-order.json`);
}

async function checkCountries() {
  for (const country of ["BE", "EE", "BR", "XK", "AQ"])
    for (const audience of AUDIENCES)
      for (const purpose of PURPOSES) {
        const answer = await data(`country=${country}&audience=${audience}&purpose=${purpose}`);
        const listed = ids(answer).split(",");
        check(new Set(listed).size === listed.length, `${country} ${audience} ${purpose} lists each once`);
      }
  check(ids(await data("country=BE")).startsWith("cert-be,"), "Belgium's national team stands first");
  check(ids(await data("country=BE&audience=research&purpose=incident")).startsWith("belnet-cert,"), "research is told its own team");
  check((await data("country=AQ")).data.contacts.length === 0, "Antarctica has nobody");
}

async function checkWays() {
  const german = ids(await data("country=DE"));
  check(german === ids(await data("domain=www.example.de")) && german === ids(await data("ip=193.99.144.80")), "country, domain and address name the same teams");
  check((await data("domain=bbc.co.uk")).data.country === "GB", ".uk is the United Kingdom's");
  check((await data("domain=europa.eu")).data.organisation === "eu", ".eu is the Union's");
  check((await data("ip=2a02:2e0:3fe:1001:302::")).data.country === "DE", "IPv6 is placed");
  check((await data("ip=10.0.0.1")).data.country === undefined, "a private address has no country");
}

async function checkPrivacy() {
  const open = await data("country=DE");
  const own = await data("ip=193.99.144.80");
  check(own.headers["cache-control"] === "private, no-store", "an answer about an address is private", own.headers["cache-control"]);
  check(open.headers["cache-control"].startsWith("public"), "one about a country is public");
  check(own.headers.etag !== open.headers.etag, "their tags differ");
  const again = await request("/v1/contacts?ip=193.99.144.80", { headers: { "If-None-Match": own.headers.etag } });
  check(again.status === 304 && again.headers["cache-control"] === "private, no-store", "it can be asked for again by tag");
  const wrong = await request("/v1/contacts?ip=193.99.144");
  check(wrong.status === 400 && wrong.headers["cache-control"] === "private, no-store", "so is what is wrong with one");
}

async function checkForms() {
  for (const [suffix, type] of [[".txt", "text/plain; charset=utf-8"], [".csv", "text/csv; charset=utf-8; header=present"], [".vcf", "text/vcard; charset=utf-8"]])
    for (const path of ["/v1/contacts", "/v1/countries/EE/contacts"]) {
      const answer = await request(`${path}${suffix}${path === "/v1/contacts" ? "?country=EE" : ""}`);
      check(answer.status === 200 && answer.headers["content-type"] === type, `${path}${suffix} is ${type}`);
    }
  const text = (await request("/v1/contacts.txt?country=EE&purpose=incident")).body.toString();
  check(text.split("\n").every((line) => [...line].length <= 80 || /https?:/.test(line)), "the text fits a terminal");
  const cards = (await request("/v1/contacts.vcf?country=EE")).body.toString();
  check(cards.split("\r\n").every((line) => Buffer.byteLength(line) <= 75), "no line of a card is longer than 75 octets");
}

await section("audiences and purposes are those of the data", checkWords);
await section("contacts of countries, for whom and to what end", checkCountries);
await section("contacts by country, domain and address", checkWays);
await section("an address is nobody else's business", checkPrivacy);
await section("contacts as text, table and cards", checkForms);
process.exit();
