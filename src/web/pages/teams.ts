// SPDX-License-Identifier: MIT
// The directory of response teams: search and filters are the API's own, and one team in full with its sources.
import type * as api from "../api";
import { type Thing, fieldViews, label, learn } from "../claims";
import { get, query, readState, stateText, writeState } from "../client";
import { calm, h, plural, replace } from "../dom";
import { field, lead, sameAs, select, showProblem, start } from "../shell";

type Team = api.Certs["data"][number];
const PAGE = "60";
const FACETS = "status,type";
const names = new Map<string, string>();
const state = { q: "", country: "", type: "", status: "", id: "" };

const filters = () => ({ q: state.q, country: state.country, type: state.type, status: state.status });

function item(team: Team): HTMLElement {
  return h("li", { class: "team" }, h("a", { href: `#id=${team.id}` }, team.short_name ?? team.name),
    team.short_name !== undefined && h("span", {}, ` ${team.name}`),
    h("div", {}, h("span", { class: "pill place" }, names.get(team.country ?? "") ?? team.organisation ?? ""),
      (team.types ?? []).map((type) => h("span", { class: "pill" }, label(type))),
      team.status !== undefined && h("span", { class: `pill ${team.status}` }, label(team.status)),
      team.url !== undefined && h("a", { class: "pill", href: team.url, rel: "noreferrer" }, "web page")));
}

async function showTeam(target: Element, id: string): Promise<void> {
  const path = `/v1/certs/${encodeURIComponent(id)}` as const;
  const [{ data }, bodies, levels] = await Promise.all([get<{ data: Thing & { country?: string } }>(path),
    get<api.Vocabulary>("/v1/vocabularies/membership-bodies"), get<api.Vocabulary>("/v1/vocabularies/membership-levels")]);
  learn([...bodies.data.terms, ...levels.data.terms]);
  const name = (data.name as { value?: string }).value ?? id;
  const back = h("a", { href: `#${stateText(filters())}` }, "← All teams");
  replace(target, h("p", {}, back), h("h1", { tabindex: -1 }, name),
    typeof data.country === "string" && h("p", {}, h("a", { href: `/${data.country}` }, names.get(data.country) ?? data.country), " · ",
      h("a", { href: `/tell#country=${data.country}` }, "Whom do I tell?")),
    fieldViews(data), sameAs(path, [".txt", ".md", ".vcf", ".stix.json"]));
}

// A vocabulary as choices.
function choices(vocabulary: api.Vocabulary): [string, string][] {
  return [["", "Any"], ...vocabulary.data.terms.map((term): [string, string] => [term.id, term.label])];
}

// How many there would be with each choice, while none is made.
function count(choice: HTMLSelectElement, counts: Record<string, number> = {}): void {
  for (const option of choice.options) {
    if (option.value === "") continue;
    const many = choice.value === "" ? ` (${counts[option.value] ?? 0})` : "";
    replace(option, label(option.value), many);
  }
}

start(async (app) => {
  const read = () => { for (const key of Object.keys(state) as (keyof typeof state)[]) state[key] = readState().get(key) ?? ""; };
  read();
  const [{ data: countries }, types, statuses] = await Promise.all([get<api.Countries>("/v1/countries"),
    get<api.Vocabulary>("/v1/vocabularies/cert-types"), get<api.Vocabulary>("/v1/vocabularies/cert-statuses")]);
  learn([...types.data.terms, ...statuses.data.terms]);
  for (const one of countries) names.set(one.code, one.name);
  const list = h("ul", { class: "teams" });
  const total = h("p", { class: "quiet", role: "status" });
  const more = h("button", { type: "button", hidden: true }, "Show more");
  const data = h("div");
  let next: string | undefined;
  const take = (answer: api.Certs, first: boolean) => {
    if (first) replace(list);
    list.append(...answer.data.map(item));
    next = answer.links.next;
    more.hidden = next === undefined;
    replace(total, answer.meta.total === 0 ? "No team fits. Use fewer words, or take a filter away." : plural(answer.meta.total, "team"));
  };
  const show = async () => {
    const path = query("/v1/certs", filters());
    writeState(filters());
    try {
      const answer = await get<api.Certs>(query("/v1/certs", { ...filters(), facets: FACETS, limit: PAGE }));
      take(answer, true);
      const facets = answer.meta.facets as Record<string, Record<string, number>> | undefined;
      count(kinds, facets?.type);
      count(standings, facets?.status);
      replace(data, sameAs(path, [".csv"]));
    } catch (cause) {
      showProblem(data, cause);
    }
  };
  more.addEventListener("click", () => { if (next !== undefined) get<api.Certs>(next as api.Address).then((page) => take(page, false), (cause) => showProblem(data, cause)); });
  const search = h("input", { type: "search", value: state.q, autocomplete: "off" });
  search.addEventListener("input", calm(() => { state.q = search.value.trim(); void show(); }));
  const choose = (key: "country" | "type" | "status", options: [string, string][]) =>
    select(options, state[key], (value) => { state[key] = value; void show(); });
  const places: [string, string][] = [["", "Any"], ...countries.filter((one) => one.certs > 0).map((one): [string, string] => [one.code, one.name])];
  const kinds = choose("type", choices(types));
  const standings = choose("status", choices(statuses));
  const directory = h("div", {}, lead("Response teams", "The teams (CERT/CSIRT) that sources name. “Unverified” means that only an old list knows of it."),
    h("form", { class: "filters", role: "search", onsubmit: (event: Event) => event.preventDefault() }, field("Search names, hosts, sectors", search),
      field("Country", choose("country", places)), field("Type", kinds),
      field("Status", standings)), total, list, h("p", {}, more), data);
  const route = async () => {
    const id = readState().get("id");
    if (id === null) { replace(app, directory); if (list.childElementCount === 0) await show(); return; }
    await showTeam(app, id).then(() => window.scrollTo(0, 0), (cause) => showProblem(app, cause));
  };
  window.addEventListener("hashchange", () => void route());
  await route();
});
