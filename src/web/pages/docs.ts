// SPDX-License-Identifier: MIT
// The API reference, from the contract itself, with a form to try each address against this very service.
import { get } from "../client";
import { type Child, h, replace } from "../dom";
import { field, lead, start } from "../shell";

interface Schema { type?: string; enum?: string[]; default?: unknown; examples?: unknown[]; $ref?: string; items?: Schema }
interface Parameter { name: string; in: string; required?: boolean; description?: string; schema?: Schema; example?: unknown; $ref?: string }
interface Operation {
  operationId: string; summary: string; description?: string; tags: string[]; parameters?: Parameter[];
  responses: Record<string, { description?: string; $ref?: string; content?: Record<string, { schema?: Schema }> }>;
}
interface Contract {
  info: { title: string; version: string; summary: string; description: string };
  tags: { name: string; description: string }[];
  paths: Record<string, { get?: Operation }>;
}
const MOST = 20000;

function resolve<T extends { $ref?: string }>(contract: Contract, part: T): T {
  if (part.$ref?.startsWith("#/") !== true) return part;
  return part.$ref.slice(2).split("/").reduce((at: unknown, key) => (at as Record<string, unknown>)[key], contract) as T;
}

// `code` and **strong** in the contract's words; everything else is text.
function rich(text: string): Child {
  return text.split("\n\n").map((paragraph) => h("p", {}, paragraph.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part) =>
    part.startsWith("`") ? h("code", {}, part.slice(1, -1)) : part.startsWith("**") ? h("b", {}, part.slice(2, -2)) : part)));
}

const example = (one: Parameter) => String(one.example ?? one.schema?.examples?.[0] ?? ({ code: "BE", id: "", name: "" })[one.name] ?? "");

async function ask(target: Element, address: string): Promise<void> {
  const began = performance.now();
  replace(target, h("p", { class: "quiet" }, "Asking…"));
  const answer = await fetch(address, { headers: { Accept: "*/*" } });
  const body = await answer.text();
  const type = answer.headers.get("content-type") ?? "";
  let shown = body;
  if (/json/.test(type) && !/ndjson/.test(type)) shown = JSON.stringify(JSON.parse(body), null, 2);
  replace(target, h("p", {}, h("b", {}, `${answer.status} ${answer.statusText}`), ` ${type}, ${body.length.toLocaleString("en")} characters, ${Math.round(performance.now() - began)} ms`),
    h("pre", { tabindex: 0, role: "region", "aria-label": "The answer" }, shown.slice(0, MOST) + (shown.length > MOST ? "\n…" : "")));
}

function tryIt(path: string, parameters: Parameter[]): HTMLElement {
  const inputs = parameters.map((one) => ({ one, input: h("input", { type: "text", name: one.name, required: one.required === true || one.in === "path",
    value: one.in === "path" ? example(one) : "", autocomplete: "off" }) }));
  const result = h("div", { "aria-live": "polite" });
  const line = h("code", {});
  const address = () => {
    let filled = path;
    const query = new URLSearchParams();
    for (const { one, input } of inputs) {
      if (one.in === "path") filled = filled.replace(`{${one.name}}`, encodeURIComponent(input.value));
      else if (input.value !== "") query.set(one.name, input.value);
    }
    const text = query.toString().replace(/%2C/g, ",").replace(/%3A/g, ":");
    return text === "" ? filled : `${filled}?${text}`;
  };
  const tell = () => replace(line, `curl '${location.origin}${address()}'`);
  tell();
  return h("form", { class: "try", oninput: tell, onsubmit: (event: Event) => {
    event.preventDefault();
    ask(result, address()).catch((cause) => replace(result, h("p", { role: "alert" }, String(cause))));
  } }, inputs.length > 0 && h("div", { class: "filters" }, inputs.map(({ one, input }) => field(one.name + (input.required ? " (needed)" : ""), input))),
  h("p", {}, h("button", { class: "main", type: "submit" }, "Try it"), " ", line), result);
}

// A schema of its own is a file too, a part of one is not.
const schemaOf = (schema?: Schema) => /^#\/components\/schemas\/([a-z_]+)$/.exec(schema?.$ref ?? "")?.[1];

function operationView(contract: Contract, path: string, operation: Operation): HTMLElement {
  const parameters = (operation.parameters ?? []).map((one) => resolve(contract, one)).filter((one) => one.in !== "header");
  const content = Object.entries(operation.responses["200"]?.content ?? {});
  const body = h("div", { class: "inside" });
  const details = h("details", { class: "operation", id: operation.operationId },
    h("summary", {}, h("code", {}, `GET ${path}`), h("span", { class: "quiet" }, operation.summary)), body);
  // Filled when opened: the page stays light.
  details.addEventListener("toggle", () => {
    if (!details.open || body.childElementCount > 0) return;
    replace(body, operation.description !== undefined && rich(operation.description),
      parameters.length > 0 && h("dl", { class: "fields" }, parameters.map((one) => [h("dt", {}, h("code", {}, one.name)),
        h("dd", {}, rich(one.description ?? ""), resolve(contract, one.schema ?? {}).enum !== undefined && h("small", {}, resolve(contract, one.schema ?? {}).enum?.join(", ")))])),
      content.length > 0 && h("p", {}, "Answers ", content.map(([media, { schema }], i) => [i > 0 && ", ", h("code", {}, media),
        schemaOf(schema) !== undefined && [" (", h("a", { href: `/schemas/answer/${schemaOf(schema) ?? ""}.json` }, "schema"), ")"]]), "."),
      tryIt(path, parameters));
  });
  return details;
}

start(async (app) => {
  const contract = await get<Contract>("/openapi.json");
  const operations = Object.entries(contract.paths).filter((entry): entry is [string, { get: Operation }] => entry[1].get !== undefined);
  replace(app, lead("API reference", contract.info.summary, ". Everything on these pages comes from these addresses; no key is needed."),
    h("p", {}, "The same as ", h("a", { href: "/docs.md" }, "Markdown"), " · ", h("a", { href: "/openapi.json" }, "OpenAPI 3.1"), ` · version ${contract.info.version}`),
    h("details", { class: "prose" }, h("summary", {}, "Promises, formats, ceilings"), rich(contract.info.description)),
    contract.tags.map((tag) => h("section", { "aria-labelledby": `tag-${tag.name}` }, h("h2", { id: `tag-${tag.name}` }, tag.description),
      operations.filter(([, item]) => item.get.tags.includes(tag.name)).map(([path, item]) => operationView(contract, path, item.get)))));
  const target = document.getElementById(location.hash.slice(1));
  if (target instanceof HTMLDetailsElement) { target.open = true; target.scrollIntoView(); }
});
