// SPDX-License-Identifier: MIT
// What happened when, drawn: a lane for each kind of thing, a bar where only the year or month is known.
import { axisBottom } from "d3-axis";
import { scaleUtc } from "d3-scale";
import { select } from "d3-selection";
import { h, s, title, words } from "./dom";
import { sourceLink } from "./shell";

export interface Happening {
  date: string;
  precision: string;
  event: string;
  kind: string;
  name: string;
  value?: unknown;
  source: string;
  at?: string;
  shown: boolean;
  note?: string;
}

const LANE = 34;
const LEFT = 96;
const WIDTH = 1000;
const LEAST = new Date(Date.UTC(1998, 0, 1));

function span(date: string): [Date, Date] {
  const [year = 0, month, day] = date.split("-").map(Number);
  if (month === undefined) return [new Date(Date.UTC(year, 0, 1)), new Date(Date.UTC(year, 11, 31))];
  if (day === undefined) return [new Date(Date.UTC(year, month - 1, 1)), new Date(Date.UTC(year, month, 0))];
  return [new Date(Date.UTC(year, month - 1, day)), new Date(Date.UTC(year, month - 1, day))];
}

const sentence = (one: Happening) => `${one.date}: ${one.name}, ${words(one.event)}`;

function lanes(events: Happening[]): [string, Happening[]][] {
  const order = ["strategy", "law", "institution", "cert", "programme", "profile"];
  return order.map((kind): [string, Happening[]] => [kind, events.filter((one) => one.kind === kind)])
    .filter(([, found]) => found.length > 0);
}

function drawing(events: Happening[]): SVGSVGElement | undefined {
  const rows = lanes(events.filter((one) => one.shown && span(one.date)[1] >= LEAST));
  if (rows.length === 0) return undefined;
  const dates = rows.flatMap(([, found]) => found.flatMap((one) => span(one.date)));
  const first = new Date(Math.max(+LEAST, Math.min(...dates.map(Number)) - 2e10));
  const x = scaleUtc().domain([first, new Date(Math.max(...dates.map(Number)) + 2e10)]).range([LEFT, WIDTH - 16]);
  const height = rows.length * LANE;
  const axis = s("g", { class: "axis", transform: `translate(0,${height})` });
  select(axis as SVGGElement).call(axisBottom(x).ticks(10).tickSize(-height).tickPadding(8));
  return s("svg", { class: "timeline", viewBox: `0 0 ${WIDTH} ${height + 30}`, role: "img",
    "aria-label": "Timeline; the same stands as a list below" }, axis,
  rows.map(([kind, found], i) => s("g", { transform: `translate(0,${i * LANE + LANE / 2})` },
    s("text", { x: 0, dy: ".35em" }, title(kind === "cert" ? "team" : kind)),
    found.map((one) => {
      const [from, to] = span(one.date).map((day) => x(day < first ? first : day));
      const a = from ?? LEFT;
      return s("rect", { class: `event ${one.precision}`, x: (a - 5).toFixed(1), y: -5, height: 10, rx: 5,
        width: Math.max(10, (to ?? a) - a + 10).toFixed(1) }, s("title", {}, sentence(one)));
    }))));
}

export function timeline(events: Happening[]): HTMLElement {
  const told = events.filter((one) => one.kind !== "answer").reverse();
  const item = (one: Happening) => h("li", { class: one.shown ? "" : "quiet" }, h("b", {}, one.date), " ",
    `${one.name}: ${words(one.event)}`, typeof one.value === "string" && ` (${words(one.value)})`, !one.shown && " (also stated)",
    sourceLink(one.source, one.at));
  return h("div", {}, drawing(told), h("p", { class: "quiet" }, "Filled is a day; a broken outline is a month or a year, no more is known."),
    h("details", {}, h("summary", {}, `All ${told.length} dated statements, newest first`), h("ol", { class: "story" }, told.map(item))));
}
