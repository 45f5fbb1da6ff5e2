// SPDX-License-Identifier: MIT
// What every page shares: taking over from the plain page, telling what goes wrong, the line below with the revision, and
// "the same as" data.
import type * as api from "./api";
import { Problem, get } from "./client";
import { Child, h, replace } from "./dom";

function problemBox(cause: unknown): HTMLElement {
  const known = cause instanceof Problem;
  return h("div", { class: "problem", role: "alert" },
    h("h2", {}, known ? cause.message : "This page failed"),
    h("p", {}, known ? cause.detail : String(cause)),
    known && cause.hint !== "" && h("p", {}, cause.hint),
    h("p", {}, h("button", { type: "button", onclick: () => location.reload() }, "Try again")));
}

export function showProblem(target: Element, cause: unknown): void {
  if (cause instanceof DOMException && cause.name === "AbortError") return;
  replace(target, problemBox(cause));
}

async function showRevision(): Promise<void> {
  const { data } = await get<api.Index>("/v1");
  document.querySelector("footer.site p")?.append(
    " ", h("span", { class: "revision" }, "Revision ", h("a", { href: "/v1" }, data.revision), "."));
}

// Runs a page. `wait` holds the room of what is to come, so that nothing jumps.
export function start(render: (app: HTMLElement) => Promise<void> | void): void {
  const app = document.getElementById("app");
  if (app === null) return;
  document.querySelector(".plain")?.remove();
  replace(app, h("p", { class: "loading", role: "status" }, "Loading…"));
  Promise.resolve(render(app)).catch((cause) => showProblem(app, cause)).finally(() => app.classList.add("shown"));
  showRevision().catch(() => undefined);
}

function copyButton(text: string): HTMLElement {
  const button = h("button", { type: "button", class: "copy" }, "Copy");
  button.addEventListener("click", () => {
    navigator.clipboard.writeText(text).then(() => replace(button, "Copied"), () => replace(button, "Select and copy"));
  });
  return button;
}

const FORMATS: Record<string, string> = { ".csv": "CSV", ".txt": "text", ".md": "Markdown", ".vcf": "vCard", ".geojson": "GeoJSON",
  ".stix.json": "STIX" };

// `path` is the address in JSON; each further format by its suffix.
export function sameAs(path: string, suffixes: string[] = []): HTMLElement {
  const at = path.indexOf("?") < 0 ? path.length : path.indexOf("?");
  const other = (suffix: string) => path.slice(0, at) + suffix + path.slice(at);
  const command = `curl '${location.origin}${path}'`;
  const links: Child[] = [h("a", { href: path }, "JSON")];
  for (const suffix of suffixes) links.push(" · ", h("a", { href: other(suffix) }, FORMATS[suffix]));
  return h("div", { class: "same" }, h("span", {}, "The same as ", links, " · curl"),
    h("code", { tabindex: 0, role: "textbox", "aria-readonly": "true", "aria-label": "curl command" }, command),
    copyButton(command));
}

export function sourceLink(source: string, at?: string, date?: string): HTMLElement {
  return h("a", { class: "source", href: `/method#source=${encodeURIComponent(source)}`, title: at },
    source, date !== undefined && h("span", {}, ` ${date}`));
}

export function lead(heading: string, ...text: Child[]): HTMLElement {
  return h("div", { class: "lead" }, h("h1", {}, heading), h("p", {}, ...text));
}

export function field(label: string, control: HTMLElement): HTMLElement {
  return h("label", { class: "field" }, h("span", {}, label), control);
}

export function select(options: [string, string][], chosen: string, change: (value: string) => void): HTMLSelectElement {
  const element = h("select", {}, options.map(([value, label]) => h("option", { value, selected: value === chosen }, label)));
  element.addEventListener("change", () => change(element.value));
  return element;
}
