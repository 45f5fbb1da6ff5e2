// SPDX-License-Identifier: MIT
// How a score comes about: the rules in words, each criterion with how the world answers it, and every source.
import type * as api from "../api";
import { get, query, readState } from "../client";
import { type Child, calm, h, plural, replace, s, title, words } from "../dom";
import { field, lead, sameAs, showProblem, start } from "../shell";

type Criterion = api.Criteria["data"][number];
type Source = api.Source["data"];
const ORDER = ["yes", "partial", "no", "not_applicable", "year", "unknown"];

function distribution(criterion: Criterion): HTMLElement {
  const counts = criterion.distribution as Record<string, number>;
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  let x = 0;
  const bars = ORDER.filter((value) => (counts[value] ?? 0) > 0).map((value) => {
    const width = (counts[value] ?? 0) / all * 100;
    const bar = s("rect", { class: `share ${value}`, x: `${x.toFixed(2)}%`, width: `${width.toFixed(2)}%`, height: 14 });
    x += width;
    return bar;
  });
  const text = ORDER.filter((value) => (counts[value] ?? 0) > 0).map((value) => `${counts[value] ?? 0} ${words(value)}`).join(", ");
  return h("div", {}, s("svg", { class: "distribution", height: 14, "aria-hidden": "true" }, bars), h("small", {}, text));
}

function criterionView(criterion: Criterion, weights: Record<string, number>): HTMLElement {
  const weight = weights[criterion.id];
  return h("article", { class: "thing", id: `criterion-${criterion.id}` }, h("h3", { tabindex: -1 }, criterion.label,
    weight !== undefined && h("small", {}, ` weight ${weight}`)), h("p", {}, criterion.question), distribution(criterion),
  h("dl", { class: "fields" }, Object.entries(criterion.meanings).map(([value, meaning]) => [h("dt", {}, words(value)), h("dd", {}, meaning)])),
  criterion.note !== undefined && h("p", { class: "quiet" }, criterion.note),
  h("p", {}, h("a", { href: `/v1/assessments.csv?criterion=${criterion.id}` }, "Every claim, as CSV")));
}

function sourceRow(source: Pick<Source, "id" | "title" | "publisher" | "published" | "claims">): HTMLElement {
  return h("li", { class: "team" }, h("a", { href: `#source=${source.id}` }, source.title),
    h("div", {}, h("small", {}, [source.publisher, source.published, plural(source.claims, "claim")].filter(Boolean).join(", "))));
}

async function showSource(target: Element, id: string): Promise<void> {
  const path = `/v1/sources/${encodeURIComponent(id)}` as const;
  const { data } = await get<api.Source>(path);
  const rows: [string, Child][] = [["Publisher", data.publisher], ["Address", data.url !== undefined && h("a", { href: data.url, rel: "noreferrer" }, data.url)],
    ["Published", data.published], ["Captured", data.captured], ["Terms", data.terms], ["Note", data.note],
    ["Fingerprint", data.sha256 !== undefined && h("code", {}, data.sha256)]];
  const uses = data.used_by.map((use) => h("li", {}, `${use.kind === "cert" ? "Team" : title(use.kind)}${use.country === undefined ? "" : `, ${use.country}`}: ${plural(use.claims, "claim")} `,
    use.country !== undefined && h("a", { href: `/${use.country}` }, "see the country")));
  replace(target, h("p", {}, h("a", { href: "#sources" }, "← Method and sources")), h("div", { class: "lead" }, h("h1", { tabindex: -1 }, data.title),
    h("p", {}, `A source. ${plural(data.claims, "claim")} in this dataset rest on it.`)),
  h("dl", { class: "fields" }, rows.filter(([, value]) => value !== undefined && value !== false).map(([label, value]) => [h("dt", {}, label), h("dd", {}, value)])),
  h("h2", {}, "What rests on it"), h("ul", {}, uses), sameAs(path));
}

async function sourcesPart(): Promise<HTMLElement> {
  const list = h("ul", { class: "teams" });
  const count = h("p", { class: "quiet", role: "status" });
  const data = h("div");
  const search = h("input", { type: "search", autocomplete: "off" });
  const show = async () => {
    const q = search.value.trim();
    try {
      const found = await get<api.Sources>(query("/v1/sources", { q, limit: "30" }));
      replace(list, found.data.map(sourceRow));
      replace(count, found.meta.total > 30 ? `30 of ${plural(found.meta.total, "source")}: search for more` : plural(found.meta.total, "source"));
      replace(data, sameAs(query("/v1/sources", { q }), [".csv"]));
    } catch (cause) {
      showProblem(data, cause);
    }
  };
  search.addEventListener("input", calm(() => void show()));
  await show();
  return h("section", { id: "sources", "aria-labelledby": "sources-title" }, h("h2", { id: "sources-title" }, "Sources"),
    h("form", { class: "filters", role: "search", onsubmit: (event: Event) => event.preventDefault() }, field("Search titles and publishers", search)), count, list, data);
}

// A short first sentence is the paragraph's name.
function paragraph(text: string): HTMLElement {
  const [, name, rest] = /^([^.]{3,40}\.) ([^]*)$/.exec(text) ?? [undefined, undefined, text];
  return h("p", {}, name !== undefined && [h("b", {}, name), " "], rest);
}

function borders(): HTMLElement {
  return h("section", { class: "prose", "aria-labelledby": "borders" }, h("h2", { id: "borders" }, "Borders on the map"),
    h("p", {}, "Outlines are Natural Earth's, which draws who holds a place. In three cases the map departs from it, so that each place stands with "
      + "the state that the United Nations see it in: Crimea with Ukraine, Northern Cyprus with Cyprus, Somaliland with Somalia. Kosovo is drawn apart, "
      + "since sources speak of it apart. Other disputed lines are as Natural Earth has them. A line on this map takes no side."));
}

async function method(): Promise<Element> {
  const [{ data }, { data: criteria }] = await Promise.all([get<api.Methodology>("/v1/methodologies/legal-conditions"), get<api.Criteria>("/v1/criteria")]);
  const weights = Object.fromEntries(data.weights.map((one) => [one.criterion, one.weight]));
  const themes = [...new Set(criteria.map((one) => one.theme))];
  return h("div", {}, lead("Method and sources", "A score tells which rules exist on paper, as far as sources say. It does not tell how good they are, how well "
    + "they work, or how secure a country is."),
  h("nav", { class: "contents", "aria-label": "On this page" }, h("ul", {}, [["rules", "The rules"], ["criteria", "Criteria"], ["borders", "Borders on the map"],
    ["sources-title", "Sources"]].map(([id, text]) => h("li", {}, h("a", { href: `#${id}` }, text))))),
  h("section", { class: "prose", "aria-labelledby": "rules" }, h("h2", { id: "rules" }, `${data.title}, version ${data.version}`),
    data.text.split("\n\n").map(paragraph), sameAs(`/v1/methodologies/${data.id}`)),
  h("section", { "aria-labelledby": "criteria" }, h("h2", { id: "criteria" }, "Criteria"),
    themes.map((theme) => h("details", { open: theme === data.theme }, h("summary", {}, title(theme)),
      criteria.filter((one) => one.theme === theme).map((one) => criterionView(one, weights)))), sameAs("/v1/criteria", [".csv"])),
  borders(), await sourcesPart());
}

start(async (app) => {
  let page: Element | undefined;
  const route = async () => {
    const source = readState().get("source");
    const criterion = readState().get("criterion");
    if (source !== null) return showSource(app, source).then(() => { window.scrollTo(0, 0); app.querySelector("h1")?.focus(); });
    page ??= await method();
    replace(app, page);
    const target = criterion === null ? document.getElementById(location.hash.slice(1)) : document.getElementById(`criterion-${criterion}`);
    target?.closest("details")?.setAttribute("open", "");
    target?.scrollIntoView();
    target?.querySelector<HTMLElement>("h3")?.focus({ preventScroll: true });
  };
  window.addEventListener("hashchange", () => route().catch((cause) => showProblem(app, cause)));
  await route();
});
