// SPDX-License-Identifier: MIT
// Other weights and younger evidence: what would the scores be? The address holds the question, /v1/scores the answer.
import type * as api from "../api";
import { get, query, readState, writeState } from "../client";
import { calm, h, percent, replace } from "../dom";
import { interval, scale } from "../interval";
import { field, lead, sameAs, select, showProblem, start } from "../shell";

type Score = api.Scores["data"][number];
const state = { weights: "", max_age: "", as_of: "", group: "eu" };
// The last step of the slider is no limit at all.
const OLDEST = 16;
const ages = (years: number) => years === OLDEST ? "of any age" : years === 1 ? "at most a year old" : `at most ${years} years old`;
const readAge = () => Math.min(Number(/^P(\d+)Y$/.exec(state.max_age)?.[1] ?? OLDEST), OLDEST);

function readWeights(): Map<string, number> {
  return new Map(state.weights.split(",").filter(Boolean).map((part): [string, number] => {
    const [id = "", weight = "1"] = part.split(":");
    return [id, Number(weight)];
  }));
}

function change(score: Score, usual: Score | undefined): string {
  if (score.value === undefined || usual?.value === undefined) return "";
  const difference = score.value - usual.value;
  return Math.abs(difference) < 0.05 ? "" : `${difference > 0 ? "+" : "−"}${Math.abs(difference).toFixed(1)}`;
}

// The published score, where this is another.
function moved(score: Score, usual: Score | undefined): Score | undefined {
  return usual === undefined || (usual.low === score.low && usual.high === score.high && usual.value === score.value) ? undefined : usual;
}

function ladder(scores: Score[], usual: Map<string, Score>): HTMLElement {
  const shown = scores.filter((one) => one.coverage > 0 || (usual.get(one.country)?.coverage ?? 0) > 0);
  if (shown.length === 0) return h("p", { class: "empty" }, "With this, nothing is known of any country chosen.");
  return h("div", { class: "ladder moving" }, shown.map((one) => [h("a", { href: `/${one.country}` }, one.name),
    h("span", { class: "number" }, one.value?.toFixed(1) ?? "open", h("small", { class: "change" }, change(one, usual.get(one.country)))),
    interval(one, moved(one, usual.get(one.country))), h("span", { class: "quiet" }, `${percent(one.coverage)} known`)]),
  h("span"), h("span"), scale(), h("span"));
}

start(async (app) => {
  for (const [key, value] of readState()) if (key in state) state[key as keyof typeof state] = value;
  const [{ data: all }, { data: method }, { data: criteria }] = await Promise.all([get<api.Scores>("/v1/scores"),
    get<api.Methodology>("/v1/methodologies/legal-conditions"), get<api.Criteria>("/v1/criteria")]);
  const usual = new Map(all.map((one) => [one.country, one]));
  const weighed = criteria.filter((one) => one.scored_by.includes(method.id));
  const result = h("div", { "aria-live": "polite", "aria-busy": "false" });
  let running = new AbortController();
  const show = async () => {
    writeState({ ...state, group: state.group === "eu" ? "" : state.group || "all" });
    running.abort();
    running = new AbortController();
    const path = query("/v1/scores", { ...state, group: state.group === "all" ? "" : state.group, sort: "-value" });
    result.setAttribute("aria-busy", "true");
    try {
      const { data } = await get<api.Scores>(path, running.signal);
      replace(result, ladder(data, usual), h("p", { class: "quiet" }, "A broken outline is the score as it is published, where this is another."),
        sameAs(path, [".csv", ".txt"]));
      result.setAttribute("aria-busy", "false");
    } catch (cause) {
      showProblem(result, cause);
    }
  };
  const later = calm(() => void show(), 220);
  const given = readWeights();
  const slider = (id: string, label: string) => {
    const out = h("output", {}, given.get(id) ?? 1);
    const range = h("input", { type: "range", min: 0, max: 5, step: 1, value: given.get(id) ?? 1, "data-criterion": id, "aria-label": `Weight of ${label}` });
    range.addEventListener("input", () => {
      out.value = range.value;
      given.set(id, Number(range.value));
      state.weights = [...given].filter(([, weight]) => weight !== 1).map(([one, weight]) => `${one}:${weight}`).join(",");
      later();
    });
    return h("div", { class: "weight" }, h("span", {}, label), out, range);
  };
  const old = h("output", {}, ages(readAge()));
  const age = h("input", { type: "range", min: 1, max: OLDEST, step: 1, value: readAge(), "aria-label": "Greatest age of evidence, in years",
    "aria-valuetext": ages(readAge()) });
  age.addEventListener("input", () => {
    const years = Number(age.value);
    old.value = ages(years);
    age.setAttribute("aria-valuetext", ages(years));
    state.max_age = years === OLDEST ? "" : `P${years}Y`;
    later();
  });
  const year = h("input", { type: "text", inputmode: "numeric", value: state.as_of, pattern: "\\d{4}(-\\d{2}(-\\d{2})?)?" });
  year.addEventListener("change", () => { if (year.checkValidity()) { state.as_of = year.value.trim(); void show(); } else year.reportValidity(); });
  const reset = h("button", { type: "button", onclick: () => { writeState({}); location.reload(); } }, "As published");
  replace(app, lead("What if?", "What if a reporting duty counted three times as much as a yearly audit? What if no evidence older than "
    + "five years counted? Move a slider; the address of this page keeps your question."),
  h("div", { class: "lab" },
    h("form", { class: "controls", "aria-label": "The question", onsubmit: (event: Event) => event.preventDefault() },
      h("div", { class: "weight" }, h("span", {}, "Evidence"), old, age),
      field("As known then (2016, or 2016-12-31)", year),
      field("Countries", select([["eu", "European Union"], ["all", "All that are assessed"]], state.group, (value) => { state.group = value; void show(); })),
      h("details", { open: matchMedia("(min-width: 60rem)").matches || state.weights !== "" }, h("summary", {}, "Weights, from 0 to 5"),
      weighed.map((one) => slider(one.id, one.label))), reset),
    h("section", { "aria-label": "The answer" }, result)));
  await show();
});
