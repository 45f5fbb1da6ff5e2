// SPDX-License-Identifier: MIT
// Things and their claims: each value with its source a click away, and where sources disagree both side by side.
import { addressLink } from "./contacts";
import { type Child, h, title, words } from "./dom";
import { sourceLink } from "./shell";

export type Plain = string | number | boolean | Plain[] | { [key: string]: Plain };
export interface Claim {
  value?: Plain;
  unknown?: string;
  qualifier?: string;
  source: string;
  at?: string;
  observed?: string;
  since?: string;
  note?: string;
  others?: Claim[];
}
export type Thing = { id?: string } & Record<string, unknown>;

const isClaim = (field: unknown): field is Claim => typeof field === "object" && field !== null && "source" in field;
// Lists of terms read as words; names and sentences stay as they are.
const isTerm = (text: string) => /^[a-z][a-z0-9]*([_-][a-z0-9]+)*$/.test(text);

// Labels of terms, from the vocabularies that a page has asked for.
const labels = new Map<string, string>();
export function learn(terms: { id: string; label: string }[]): void {
  for (const { id, label } of terms) labels.set(id, label);
}
export const label = (term: string): string => labels.get(term) ?? (isTerm(term) ? words(term) : term);

const languages = new Intl.DisplayNames("en", { type: "language" });
// Ids of other things lead to them: teams have a page, the rest stands on this one.
const TEAMS = ["merged_into", "incorporates"];
const HERE = ["supersedes"];

function text(value: string, key: string): Child {
  if (/^https?:\/\/\S+$/.test(value)) return h("a", { href: value, rel: "noreferrer" }, value);
  if (TEAMS.includes(key)) return h("a", { href: `/teams#id=${value}` }, h("code", {}, value));
  if (HERE.includes(key)) return h("a", { href: `#${value}` }, h("code", {}, value));
  return key === "languages" && /^[a-z]{2,3}$/.test(value) ? languages.of(value) : label(value);
}

// A contact reads as an address, a membership as a body; what else a record holds is named.
function record(value: { [key: string]: Plain }, key: string): Child {
  const { kind, address, body, level, ...rest } = value;
  const known: Child = key === "contacts" && typeof kind === "string" && typeof address === "string"
    ? [h("span", { class: "pill" }, label(kind)), addressLink(kind, address)]
    : key === "memberships" && typeof body === "string" ? [label(body), typeof level === "string" && `: ${label(level)}`] : undefined;
  const others = Object.entries(known === undefined ? value : rest);
  return [known, others.map(([name, one], i) => [(i > 0 || known !== undefined) && "; ", `${words(name)}: `, plain(one, name)])];
}

function plain(value: Plain, key: string): Child {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return value.map((one, i) => [i > 0 && ", ", plain(one, key)]);
  return typeof value === "string" ? text(value, key) : record(value, key);
}

function said(claim: Claim, key: string): Child {
  if (claim.value === undefined) return h("em", { class: "quiet" }, `unknown: ${words(claim.unknown ?? "")}`);
  const measured = typeof claim.value === "number" || /^\d/.test(String(claim.value));
  if (claim.qualifier === undefined) return plain(claim.value, key);
  return measured ? [`${words(claim.qualifier)} `, plain(claim.value, key)]
    : [plain(claim.value, key), h("small", {}, ` (${words(claim.qualifier)})`)];
}

function origin(claim: Claim): HTMLElement {
  return sourceLink(claim.source, claim.at, claim.observed ?? claim.since);
}

const sameValue = (a: Claim, b: Claim) => JSON.stringify([a.value, a.unknown]) === JSON.stringify([b.value, b.unknown]);

// One claim with all that say the same, then each other one beside it.
function claimView(claim: Claim, key: string): HTMLElement {
  const others = claim.others ?? [];
  const agree = others.filter((other) => sameValue(claim, other));
  const differ = others.filter((other) => !sameValue(claim, other));
  const main = [said(claim, key), origin(claim), agree.map(origin), claim.note !== undefined && h("small", { class: "note" }, claim.note)];
  if (differ.length === 0) return h("div", { class: "claim" }, main);
  return h("div", { class: "claims" }, h("div", { class: "claim" }, main),
    differ.map((other) => h("div", { class: "claim other" }, h("small", {}, "also stated "), said(other, key), origin(other),
      other.note !== undefined && h("small", { class: "note" }, other.note))));
}

export function fieldViews(thing: Thing, skip: string[] = []): HTMLElement {
  const rows: Child[] = [];
  for (const [key, field] of Object.entries(thing)) {
    if (skip.includes(key)) continue;
    const claims = (Array.isArray(field) ? field : [field]).filter(isClaim);
    if (claims.length > 0) rows.push(h("dt", {}, title(key)), h("dd", {}, claims.map((claim) => claimView(claim, key))));
  }
  return h("dl", { class: "fields" }, rows);
}

export function heading(thing: Thing): string {
  for (const key of ["name", "title", "short_name"]) {
    const field = thing[key];
    if (isClaim(field) && typeof field.value === "string") return field.value;
  }
  const kind = thing.kind;
  return isClaim(kind) && typeof kind.value === "string" ? title(kind.value) : title(thing.id ?? "");
}

export function thingView(thing: Thing): HTMLElement {
  const key = ["name", "title"].find((one) => isClaim(thing[one]));
  const field = key === undefined ? undefined : thing[key] as Claim;
  const alone = field !== undefined && field.value !== undefined && field.others === undefined && field.note === undefined;
  return h("article", { class: "thing", id: thing.id }, h("h3", {}, heading(thing), alone && origin(field)),
    fieldViews(thing, alone ? [key ?? ""] : []));
}
