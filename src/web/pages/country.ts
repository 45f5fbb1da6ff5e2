// SPDX-License-Identifier: MIT
// One country: its score drawn and explained, whom to contact, and all that is known by section, each value by its source.
import { answer } from "../answer";
import type * as api from "../api";
import { type Thing, fieldViews, thingView } from "../claims";
import { get } from "../client";
import { type Contact, contactViews } from "../contacts";
import { type Child, h, percent, plural, replace, title, words } from "../dom";
import { assessed, interval, scale } from "../interval";
import { sameAs, sourceLink, start } from "../shell";
import { type Happening, timeline } from "../timeline";

type Country = api.Country["data"];
type Score = api.Score["data"];
type Cell = Score["criteria"][number];
type Claim = Cell["claims"][number];

function scoreCard(country: Country, score: Score): HTMLElement {
  const rank = score.rank;
  if (!assessed(score)) return h("section", { class: "verdict nothing" }, h("p", {},
    "Not assessed: no source in this dataset speaks of its legal conditions. That is unknown, not “no”."));
  return h("section", { class: "verdict", "aria-label": "Score" },
    h("p", { class: "figure" }, score.value === undefined ? "open" : score.value.toFixed(1),
      h("small", {}, score.value === undefined ? "too little is known for one value" : "of 100")),
    interval(score), scale(),
    h("p", {}, "Legal conditions on paper: between ", h("b", {}, score.low.toFixed(1)), " and ", h("b", {}, score.high.toFixed(1)),
      `, ${percent(score.coverage)} known`, rank !== undefined && `; place ${rank.best} to ${rank.worst} of ${rank.of}`, "."),
    h("p", { class: "no-print" }, h("a", { href: `/compare#countries=${country.code},${country.code === "NL" ? "BE" : "NL"}` }, "Compare"),
      " · ", h("a", { href: "/what-if" }, "What if?"), " · ", h("a", { href: "/method" }, "How this is made")));
}

function claimRow(claim: Claim): HTMLElement {
  return h("tr", { class: claim.live ? "" : "quiet" }, h("td", {}, answer(claim.value)),
    h("td", {}, words(claim.standing)), h("td", {}, words(claim.basis), h("br"), h("small", {}, `${claim.sure} sureness`)),
    h("td", {}, sourceLink(claim.source, claim.at, claim.observed ?? claim.since),
      claim.at !== undefined && h("small", {}, ` ${claim.at}`), claim.note !== undefined && h("small", { class: "note" }, claim.note)));
}

function criterion(cell: Cell, narrows: Map<string, number>): HTMLElement {
  const gain = narrows.get(cell.criterion);
  const [low, high] = [(cell.low ?? 0) * 100, (cell.high ?? 1) * 100];
  const drawn = interval({ value: low === high ? low : undefined, low, high, coverage: 1 });
  return h("details", { class: "criterion", id: cell.criterion },
    h("summary", {}, h("span", { class: "label" }, cell.label), answer(cell.value), h("span", { class: "bar" }, drawn),
      h("span", { class: "quiet why" }, cell.observed ?? (cell.unknown === undefined ? "" : words(cell.unknown)))),
    h("p", {}, `Weight ${cell.weight}; `, cell.points === undefined ? "an answer is not known, so it counts for neither" :
      `counts ${cell.points.toFixed(2)} of 1`, cell.decided_by !== undefined && `, decided by: ${words(cell.decided_by)}`, ".",
    gain !== undefined && ` An answer would narrow the interval by ${gain.toFixed(1)}.`, " ",
    h("a", { href: `/method#criterion=${cell.criterion}` }, "What is asked")),
    cell.claims.length === 0 ? h("p", { class: "quiet" }, "No source in this dataset answers it.")
      : h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": `Claims on ${cell.label}` },
        h("table", {}, h("thead", {}, h("tr", {}, ["Says", "Standing", "Rests on", "Source"].map((text) => h("th", { scope: "col" }, text)))),
          h("tbody", {}, cell.claims.map(claimRow)))));
}

function criteria(score: Score): Child {
  const narrows = new Map((score.explain?.open ?? []).map((one) => [one.criterion, one.narrows]));
  return [h("p", { class: "quiet" }, "Each criterion with what decides it. Open one to see every claim, also those that decide nothing."),
    score.criteria.map((cell) => criterion(cell, narrows)),
    sameAs(`/v1/scores/${score.country}?explain=1`, [".csv", ".txt"])];
}

function teams(country: Country, contacts: Contact[]): Child {
  const certs = country.certs ?? [];
  const item = (cert: (typeof certs)[number]) => h("li", { class: "team" },
    h("a", { href: `/teams#id=${cert.id}` }, cert.short_name ?? cert.name), cert.short_name !== undefined && h("span", {}, ` ${cert.name}`),
    h("div", {}, (cert.types ?? []).map((type) => h("span", { class: "pill" }, words(type))), cert.status !== undefined && h("span", { class: "pill" }, words(cert.status))));
  return [contacts.length > 0 && [h("p", { class: "quiet" }, "Whom to tell first, and why:"), contactViews(contacts.slice(0, 2)),
    h("p", { class: "no-print" }, h("a", { class: "go", href: `/tell#country=${country.code}` }, "Whom do I tell?"), " Everybody in order, for each purpose.")],
  certs.length > 0 && [h("h3", {}, plural(certs.length, "team")), h("ul", { class: "teams" }, certs.map(item))],
  sameAs(`/v1/countries/${country.code}/certs`, [".csv"])];
}

function answers(part: Country["operational_capacities"]): Child {
  return h("ul", { class: "answers" }, (part?.answers ?? []).map((cell) => h("li", {}, h("span", {}, cell.label),
    h("span", {}, answer(cell.value), cell.source !== undefined && sourceLink(cell.source, cell.at, cell.observed)))));
}

function figures(country: Country): Child {
  return [h("p", { class: "quiet" }, "Each on its own scale. They take no part in the score above."),
    (country.indices ?? []).map((index) => h("article", { class: "thing" }, h("h3", {}, index.title, h("small", {}, ` ${index.publisher}`)),
      h("dl", { class: "fields" }, index.values.map((one) => [h("dt", {}, [one.edition, one.pillar].filter(Boolean).join(", ")),
        h("dd", {}, one.value ?? one.date, sourceLink(one.source))]))))];
}

function sections(country: Country, score: Score, events: Happening[], contacts: Contact[]): [string, string, Child][] {
  const things = (list: unknown) => ((list ?? []) as Thing[]).map(thingView);
  const all: [string, string, boolean, () => Child][] = [
    ["score", "The score, explained", assessed(score), () => criteria(score)],
    ["teams", "Response teams", (country.certs ?? []).length + contacts.length > 0, () => teams(country, contacts)],
    ["timeline", "What happened when", events.length > 0, () => [timeline(events), sameAs(`/v1/countries/${country.code}/timeline`, [".csv", ".txt"])]],
    ["overview", "Overview", country.overview !== undefined, () => fieldViews(country.overview as Thing)],
    ...(["strategies", "institutions", "laws", "partnerships", "programmes", "guidance"] as const).map(
      (key): [string, string, boolean, () => Child] => [key, title(key), country[key] !== undefined, () => things(country[key])]),
    ["capacities", "Operational capacities", country.operational_capacities !== undefined, () => answers(country.operational_capacities)],
    ["goals", "Goals of the strategy", country.strategy_goals !== undefined, () => answers(country.strategy_goals)],
    ["figures", "Figures of others", country.indices !== undefined, () => figures(country)]];
  return all.filter(([, , there]) => there).map(([id, label, , make]) => [id, label, make()]);
}

function head(country: Country): HTMLElement {
  const where = [country.subregion?.name ?? country.region?.name, ...country.groups.map((one) =>
    one.name + (one.since === undefined ? "" : ` since ${one.since.slice(0, 4)}`) + (one.until === undefined ? "" : ` until ${one.until.slice(0, 4)}`))];
  return h("div", { class: "lead" }, h("h1", {}, country.name),
    h("p", {}, country.official_name !== undefined && `${country.official_name}. `, where.filter(Boolean).join(". "), where[0] !== undefined && "."),
    h("p", { class: "codes" }, [country.code, country.alpha3, country.numeric].filter(Boolean).map((code) => h("span", { class: "pill" }, code))));
}

start(async (app) => {
  const code = location.pathname.slice(1).replace(/\.html$/, "").toUpperCase();
  const link = document.querySelector<HTMLLinkElement>('link[rel="preload"][href^="/v1/countries/"]');
  const id = link?.getAttribute("href")?.split("/")[3] ?? code;
  const [{ data: country }, { data: score }, { data: story }, { data: desks }] = await Promise.all([
    get<api.Country>(`/v1/countries/${id}`), get<api.Score>(`/v1/scores/${id}?explain=1`), get<api.Timeline>(`/v1/countries/${id}/timeline`),
    get<api.Contacts>(`/v1/countries/${id}/contacts`)]);
  const parts = sections(country, score, story.events as Happening[], desks.contacts);
  replace(app, h("div", { class: "opening" }, head(country), parts.length > 0 && scoreCard(country, score)),
    parts.length === 0
      ? h("div", { class: "empty" }, h("p", {}, `No source in this dataset speaks of ${country.name} beyond its codes and groups. That is unknown, not “no”.`),
        h("p", {}, h("a", { href: "/" }, "Countries that are assessed"), " · ", h("a", { href: `/tell#country=${country.code}` }, "Whom to tell all the same"), " · ", h("a", { href: "/docs" }, "How to ask for the data")))
      : h("nav", { class: "contents", "aria-label": "On this page" }, h("ul", {}, parts.map(([part, label]) => h("li", {}, h("a", { href: `#${part}` }, label))))),
    parts.map(([part, label, content]) => h("section", { id: part, "aria-labelledby": `${part}-title` }, h("h2", { id: `${part}-title` }, label), content)),
    sameAs(`/v1/countries/${id}`, [".txt", ".md"]));
  // On paper nothing can be opened.
  let opened: HTMLDetailsElement[] = [];
  window.addEventListener("beforeprint", () => {
    opened = [...app.querySelectorAll<HTMLDetailsElement>("details:not([open])")];
    for (const one of opened) one.open = true;
  });
  window.addEventListener("afterprint", () => { for (const one of opened) one.open = false; });
  if (location.hash.length > 1) document.getElementById(location.hash.slice(1))?.scrollIntoView();
});
