// SPDX-License-Identifier: MIT
// A program of a user: it asks by the client that oazapfts made, and holds its answers as the types that openapi-typescript
// made. It does not compile where the two read the contract differently, or where anything has lost its type.
import { ok, type RequestOpts } from "@oazapfts/runtime";
import * as client from "./client.js";
import type { paths } from "./contract.js";

type Answer<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { "application/json": infer Body } } } };
} ? Body : never;

type Check = [found: boolean, name: string];

async function countries(options: RequestOpts): Promise<Check[]> {
  const answer = await ok(client.listCountries({ group: ["eu"], sort: "-value", limit: 5 }, options));
  const same: Answer<"/v1/countries"> = answer;
  const score = answer.data[0]?.legal_conditions;
  const low: number | undefined = score?.low;
  const value: number | undefined = score?.value;
  // @ts-expect-error: there is no such member
  void score?.lowest;
  // @ts-expect-error: a score may have no value
  const certain: number = score?.value;
  return [
    [same.data.length === 5 && answer.meta.total === 27, "the list has its items and its count"],
    [typeof low === "number" && typeof value === "number" && low <= value && certain === value, "an item has its score"],
  ];
}

async function others(options: RequestOpts): Promise<Check[]> {
  const country: Answer<"/v1/countries/{code}"> = await ok(client.getCountry("BE", {}, options));
  const strategy = country.data.strategies?.[0];
  const told: Answer<"/v1/contacts"> = await ok(client.findContacts({ country: "BE", audience: "business" }, options));
  const found: Answer<"/v1/search"> = await ok(client.search("belg", { kind: ["country"] }, options));
  return [
    [country.data.name === "Belgium" && strategy?.adopted?.source !== undefined, "a country has claims with their sources"],
    [told.data.contacts[0]?.place === 1, "contacts have their places"],
    [found.data.some((item) => item.id === "BE"), "a search finds"],
  ];
}

async function problem(options: RequestOpts): Promise<Check[]> {
  const answer = await client.getCountry("QQ", {}, options);
  const text = answer.status === 404 && "title" in answer.data ? answer.data.title : "";
  return [[text.length > 0, "a problem is typed as well"]];
}

export async function ask(options: RequestOpts): Promise<Check[]> {
  return [...(await countries(options)), ...(await others(options)), ...(await problem(options))];
}
