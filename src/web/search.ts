// SPDX-License-Identifier: MIT
// What /v1/search finds of any kind, and which countries: it knows them by their names in many languages.
import type * as api from "./api";
import { get, query } from "./client";
import { type Child, h, replace, title } from "./dom";
import { sameAs, showProblem } from "./shell";

type Find = api.Search["data"][number];

function place(find: Find): string {
  if (find.kind === "cert") return `/teams#id=${find.id}`;
  if (find.kind === "source") return `/method#source=${find.id}`;
  return find.kind === "country" ? `/${find.id}` : `/${find.country ?? ""}#${find.id}`;
}

function item(find: Find): Child {
  return h("li", {}, h("span", { class: "pill" }, title(find.kind === "cert" ? "team" : find.kind)),
    h("a", { href: place(find) }, find.title), find.country !== undefined && h("small", {}, ` ${find.country}`));
}

export interface Finder {
  view: HTMLElement;
  ask: (words: string) => void;
}

// `tell` gets the codes of countries found.
export function finder(tell: (codes: string[]) => void): Finder {
  const view = h("div", { class: "found", "aria-live": "polite" });
  let running = new AbortController();
  const show = async (words: string, signal: AbortSignal) => {
    const path = query("/v1/search", { q: words });
    const { data } = await get<api.Search>(query("/v1/search", { q: words, limit: "20" }), signal);
    tell(data.filter((one) => one.kind === "country").map((one) => one.id));
    const others = data.filter((one) => one.kind !== "country");
    replace(view, others.length > 0 && [h("h3", {}, "Beyond countries"), h("ul", {}, others.map(item)), sameAs(path, [".csv", ".txt"])]);
  };
  const ask = (words: string) => {
    running.abort();
    running = new AbortController();
    if (words.length >= 2) show(words, running.signal).catch((cause) => showProblem(view, cause));
    else replace(view);
  };
  return { view, ask };
}
