// SPDX-License-Identifier: MIT
// The first page: the map, what is known of whom in one line, and the table of every country.
import type * as api from "../api";
import { get, readState, writeState } from "../client";
import { calm, h, percent, plural, replace, s } from "../dom";
import { STEPS, WIDTHS, assessed, interval, scale, scoreText } from "../interval";
import { type Place, type View, drawMap, hatches } from "../map";
import { finder } from "../search";
import { field, lead, sameAs, select, start } from "../shell";

type Country = api.Countries["data"][number];
const state = { map: "europe", sort: "-value", q: "", show: "assessed", group: "" };

const REGIONS: [string, string][] = [["", "Everywhere"], ["eu", "European Union"], ["150", "Europe"], ["142", "Asia"],
  ["019", "Americas"], ["002", "Africa"], ["009", "Oceania"]];

function card(country: Country): HTMLElement {
  const score = country.legal_conditions;
  return h("div", { class: "card" },
    h("h2", {}, h("a", { href: `/${country.code}` }, country.name)),
    assessed(score)
      ? [h("p", { class: "figure" }, score.value === undefined ? "open" : score.value.toFixed(1),
          h("small", {}, ` ${score.low.toFixed(1)} – ${score.high.toFixed(1)}`)),
        interval(score), scale(), h("p", {}, `${percent(score.coverage)} of the criteria are known.`)]
      : h("p", {}, "Not assessed: no source in this dataset speaks of its legal conditions. That is unknown, not “no”."),
    h("p", { class: "quiet" }, plural(country.certs, "response team"), ", ",
      plural(country.strategies, "strategy", "strategies")));
}

function swatch(colour: string, label: string, hatching?: string): HTMLElement {
  return h("li", {}, s("svg", { class: "swatch", width: 26, height: 16, "aria-hidden": "true" },
    s("rect", { class: `land ${colour}`, width: 26, height: 16 }),
    hatching !== undefined && s("rect", { class: "over", width: 26, height: 16, fill: `url(#${hatching})` })), label);
}

function legend(): HTMLElement {
  const limits = [`under ${STEPS[0]}`, ...STEPS.slice(1).map((limit, i) => `${STEPS[i]} to ${limit}`), `${STEPS[STEPS.length - 1]} and over`];
  return h("div", { class: "legend" },
    h("ul", { "aria-label": "Colour: the score" }, limits.map((label, i) => swatch(`s${i}`, label))),
    h("ul", { "aria-label": "Hatching: how much is open" },
      swatch("s2", `open by more than ${WIDTHS[0]}`, "key-1"), swatch("s2", `by more than ${WIDTHS[1]}`, "key-2"),
      swatch("wide", "too open for one value", "key-2"), swatch("none", "not assessed")));
}

function reading(): HTMLElement {
  return h("div", { class: "reading" }, h("h2", {}, "How to read it"),
    h("p", {}, "The stronger the colour, the more rules are known to exist. Lines say how far the score could still move: the denser, the more is "
      + "open. Grey is not assessed, which is no verdict."),
    h("p", {}, "Some borders are disputed. How they are drawn here is a choice, ", h("a", { href: "/method#borders" }, "told with the method"), "."));
}

function mapPart(countries: Country[]): HTMLElement {
  const places = new Map<string, Place>(countries.map((country) =>
    [country.code, { code: country.code, name: country.name, score: country.legal_conditions }]));
  const aside = h("div", { "aria-live": "polite" });
  const canvas = h("div");
  const show = (code: string) => {
    const country = countries.find((one) => one.code === code);
    if (country !== undefined) replace(aside, card(country));
  };
  const buttons = (["europe", "world"] as View[]).map((view) => h("button", { type: "button", "data-view": view,
    onclick: () => { state.map = view; writeState(shown()); draw(); } }, view === "europe" ? "Europe" : "World"));
  const draw = () => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.view === state.map));
    replace(canvas, drawMap(state.map === "world" ? "world" : "europe", places, show));
  };
  draw();
  show("BE");
  return h("section", { class: "atlas", "aria-label": "Map" },
    h("div", { class: "stage" }, h("div", { class: "frame" },
      h("div", { class: "switch", role: "group", "aria-label": "Part of the world" }, buttons), canvas), legend()),
    h("div", { class: "aside" }, aside, reading()));
}

const shown = () => ({ map: state.map === "europe" ? "" : state.map, sort: state.sort === "-value" ? "" : state.sort,
  q: state.q, show: state.show === "assessed" ? "" : state.show, group: state.group });

// Countries that the search knows by another name.
let named: string[] = [];

function wanted(country: Country): boolean {
  const score = country.legal_conditions;
  const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  if (state.show === "assessed" && state.q === "" && !assessed(score)) return false;
  if (state.group !== "" && !country.groups.includes(state.group) && country.region !== state.group) return false;
  return named.includes(country.code) || plain(`${country.name} ${country.code} ${country.alpha3}`).includes(plain(state.q));
}

const KEYS: Record<string, (country: Country) => number | string | undefined> = {
  name: (country) => country.name, value: (country) => country.legal_conditions.value,
  width: (country) => assessed(country.legal_conditions)
    ? country.legal_conditions.high - country.legal_conditions.low : undefined,
  coverage: (country) => country.legal_conditions.coverage, certs: (country) => country.certs };

// What has no value comes last both ways.
function compare(a: Country, b: Country): number {
  const down = state.sort.startsWith("-");
  const key = KEYS[down ? state.sort.slice(1) : state.sort] ?? KEYS.name;
  const [x, y] = [key?.(a), key?.(b)];
  if (x === undefined || y === undefined) return x === y ? b.legal_conditions.coverage - a.legal_conditions.coverage ||
    a.name.localeCompare(b.name, "en") : x === undefined ? 1 : -1;
  const order = typeof x === "string" ? x.localeCompare(String(y), "en") : x - Number(y);
  return (down ? -order : order) || a.name.localeCompare(b.name, "en");
}

function row(country: Country): HTMLElement {
  const score = country.legal_conditions;
  return h("tr", {}, h("th", { scope: "row" }, h("a", { href: `/${country.code}` }, country.name)),
    h("td", { class: "number" }, score.value === undefined ? (assessed(score) ? "open" : "–") : score.value.toFixed(1)),
    h("td", { class: "drawn" }, assessed(score) ? interval(score) : h("span", { class: "quiet" }, scoreText(score))),
    h("td", { class: "number wide-only" }, assessed(score) ? `${score.low.toFixed(1)} – ${score.high.toFixed(1)}` : ""),
    h("td", { class: "number wide-only" }, percent(score.coverage)),
    h("td", { class: "number wide-only" }, country.certs));
}

const COLUMNS: [string, string, string][] = [["name", "Country", ""], ["value", "Score", "number"], ["", "0 to 100", "drawn"],
  ["width", "Interval", "number wide-only"], ["coverage", "Known", "number wide-only"], ["certs", "Teams", "number wide-only"]];

function tablePart(countries: Country[]): HTMLElement {
  const body = h("tbody");
  const count = h("p", { class: "quiet", role: "status" });
  const headings = COLUMNS.map(([key, label, name]) => h("th", { scope: "col", class: name, "data-key": key },
    key === "" ? label : h("button", { type: "button", onclick: () => sort(key) }, label)));
  const draw = () => {
    const rows = countries.filter(wanted).sort(compare);
    replace(body, rows.map(row));
    replace(count, rows.length === 0 ? "No country fits. Look for less, or show every country." :
      `${rows.length} of ${countries.length} countries`);
    for (const heading of headings) {
      const way = state.sort.replace("-", "") !== heading.dataset.key ? "none" : state.sort.startsWith("-") ? "descending" : "ascending";
      if (heading.dataset.key !== "") heading.setAttribute("aria-sort", way);
    }
    writeState(shown());
  };
  const sort = (key: string) => {
    state.sort = state.sort === `-${key}` ? key : state.sort === key ? `-${key}` : key === "name" ? key : `-${key}`;
    draw();
  };
  const search = h("input", { type: "search", value: state.q, autocomplete: "off" });
  const found = finder((codes) => { named = codes; draw(); });
  const seek = () => { named = []; state.q = search.value.trim(); draw(); found.ask(state.q); };
  search.addEventListener("input", calm(seek));
  seek();
  return h("section", { "aria-labelledby": "countries" }, h("h2", { id: "countries" }, "Countries"),
    h("form", { class: "filters", role: "search", onsubmit: (event: Event) => event.preventDefault() },
      field("Find a country, team, law …", search),
      field("Where", select(REGIONS, state.group, (value) => { state.group = value; draw(); })),
      field("Show", select([["assessed", "Those assessed"], ["all", "Every country"]], state.show,
        (value) => { state.show = value; draw(); }))),
    count, h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Table of countries" },
      h("table", { class: "countries" }, h("thead", {}, h("tr", {}, headings)), body)),
    found.view, sameAs("/v1/countries", [".csv", ".geojson"]));
}

start(async (app) => {
  for (const [key, value] of readState()) if (key in state) state[key as keyof typeof state] = value;
  const { data } = await get<api.Countries>("/v1/countries");
  const scored = data.filter((country) => country.legal_conditions.value !== undefined).length;
  const partly = data.filter((country) => assessed(country.legal_conditions)).length - scored;
  const teams = data.reduce((sum, country) => sum + country.certs, 0);
  replace(app, s("svg", { class: "hidden", "aria-hidden": "true" }, hatches("key", 1)),
    lead("National cyber security, by source", "Which rules for cyber security exist on paper, from 0 to 100, drawn as the "
      + "interval that is left open by what no source says. It is not how secure a country is."),
    h("ul", { class: "facts" }, [[scored, "countries scored"], [partly, "known in part"],
      [data.length - scored - partly, "not assessed"], [teams, "response teams"]].map(([number, label]) =>
      h("li", {}, h("b", {}, number), " ", label))),
    mapPart(data), tablePart(data));
});
