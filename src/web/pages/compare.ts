// SPDX-License-Identifier: MIT
// Two to six countries side by side: their intervals on one scale, who is surely above whom, and each criterion.
import { answer } from "../answer";
import type * as api from "../api";
import { get, query, readState, writeState } from "../client";
import { type Child, h, percent, replace } from "../dom";
import { assessed, interval, scale } from "../interval";
import { field, lead, sameAs, select, showProblem, start } from "../shell";

type Comparison = api.Compare["data"];
type Pair = Comparison["pairs"][number];
const MOST = 6;
const FIRST = ["BE", "LU", "NL"];

function intervals(data: Comparison): HTMLElement {
  return h("div", { class: "ladder" }, data.countries.map((one) => [
    h("a", { href: `/${one.country}` }, one.name), h("span", { class: "number" }, one.value?.toFixed(1) ?? (assessed(one) ? "open" : "–")), interval(one),
    h("span", { class: "quiet" }, assessed(one) ? `${one.low.toFixed(1)} – ${one.high.toFixed(1)}, ${percent(one.coverage)} known` : "not assessed")]),
  h("span"), h("span"), scale(), h("span"));
}

function pairs(data: Comparison): Child {
  const name = (code: string) => data.countries.find((one) => one.country === code)?.name ?? code;
  const verdict = (pair: Pair) => pair.order === "open" ? "not surely ordered"
    : `${name(pair.order === "a" ? pair.a : pair.b)} is surely higher`;
  return h("ul", { class: "pairs" }, data.pairs.map((pair) => h("li", {}, h("details", {},
    h("summary", {}, h("b", {}, `${name(pair.a)} and ${name(pair.b)}`), ": ", verdict(pair)),
    h("p", {}, pair.says), pair.says_settled !== undefined && h("p", {}, pair.says_settled)))));
}

function matrix(data: Comparison): HTMLElement {
  return h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Criterion by criterion" },
    h("table", { class: "matrix" }, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Criterion"),
      data.countries.map((one) => h("th", { scope: "col" }, h("a", { href: `/${one.country}` }, one.name))))),
    h("tbody", {}, data.criteria.map((row) => {
      const values = new Set(row.cells.map((cell) => cell.value));
      return h("tr", { class: values.size > 1 ? "" : "alike" }, h("th", { scope: "row" },
        h("a", { href: `/method#criterion=${row.criterion}` }, row.label)),
      row.cells.map((cell) => h("td", {}, h("a", { class: "cell", href: `/${cell.country}#${row.criterion}` }, answer(cell.value)),
        cell.disputed === true && h("small", {}, " disputed"))));
    }))));
}

start(async (app) => {
  const { data: countries } = await get<api.Countries>("/v1/countries");
  const chips = h("ul", { class: "chips", "aria-label": "Compared" });
  const result = h("div", { "aria-live": "polite" });
  const read = () => (readState().get("countries") ?? FIRST.join(",")).split(",").filter(Boolean).slice(0, MOST);
  let codes = read();
  const change = (next: string[]) => { codes = next; writeState({ countries: codes.join(",") }, true); void show(); };
  const options: [string, string][] = [["", "Choose a country…"], ...countries.map((one): [string, string] =>
    [one.code, one.name + (one.legal_conditions.coverage === 0 ? " (not assessed)" : "")])];
  const add = select(options, "", (code) => {
    if (code !== "" && !codes.includes(code) && codes.length < MOST) change([...codes, code]);
    add.value = "";
  });
  const show = async () => {
    replace(chips, codes.map((code) => h("li", {}, h("button", { type: "button",
      onclick: () => change(codes.filter((one) => one !== code)) }, countries.find((one) => one.code === code)?.name ?? code,
    h("span", { "aria-hidden": "true" }, " ×"), h("span", { class: "said" }, ", remove")))));
    add.disabled = codes.length >= MOST;
    if (codes.length < 2) return replace(result, h("p", { class: "empty" }, "Choose at least two countries, six at most."));
    const path = query("/v1/compare", { countries: codes.join(",") });
    try {
      const { data } = await get<api.Compare>(path);
      replace(result, intervals(data), h("h2", {}, "Who is surely above whom"), pairs(data), h("h2", {}, "Criterion by criterion"),
        h("p", { class: "quiet" }, "Rows in which all agree are dimmed. Each answer leads to its claims."), matrix(data),
        sameAs(path, [".csv", ".txt"]));
    } catch (cause) {
      showProblem(result, cause);
    }
  };
  window.addEventListener("popstate", () => { codes = read(); void show(); });
  replace(app, lead("Compare countries", "Their intervals on one scale. One country is surely above another only if the whole of its "
    + "interval is; where they overlap, what is known does not tell."),
  h("div", { class: "filters one" }, field("Add a country", add)), chips, result);
  await show();
});
