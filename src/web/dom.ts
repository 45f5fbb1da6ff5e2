// SPDX-License-Identifier: MIT
// Elements made from data. Text only ever becomes a text node and an address only what leads somewhere harmless, so no
// value can become markup; the page's policy (trusted types) would refuse it anyway.

export type Child = Node | string | number | null | undefined | false | Child[];
type Listener = (event: Event) => void;
export type Attributes = Record<string, string | number | boolean | undefined | Listener>;

const SVG = "http://www.w3.org/2000/svg";

function harmless(address: string): string {
  return /^(https?:\/\/|mailto:|tel:|\/(?!\/)|#)/i.test(address) ? address : "#";
}

function dress(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined)
      element.setAttribute(name, name === "href" ? harmless(String(value)) : String(value));
  }
}

function fill(element: Element, children: Child[]): void {
  for (const child of children) {
    if (Array.isArray(child)) fill(element, child);
    else if (child instanceof Node) element.append(child);
    else if (child !== null && child !== undefined && child !== false) element.append(String(child));
  }
}

export function h<K extends keyof HTMLElementTagNameMap>(
  name: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  dress(element, attributes);
  fill(element, children);
  return element;
}

export function s<K extends keyof SVGElementTagNameMap>(
  name: K, attributes: Attributes = {}, ...children: Child[]): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, name);
  dress(element, attributes);
  fill(element, children);
  return element;
}

export function replace(element: Element, ...children: Child[]): void {
  element.textContent = "";
  fill(element, children);
}

// Keys whose words are not their name.
const NAMES: Record<string, string> = { url: "Web site", rfc2350: "RFC 2350 document", pgp_fingerprints: "OpenPGP fingerprints",
  asns: "AS numbers", period_start: "Period from", period_end: "Period to", issuer: "Issued by", in_force: "In force from",
  host: "Host organisation", ciip: "CIIP", nren: "NREN" };

// "public_organisations" → "public organisations": the words of our lists as one reads them.
export function words(term: string): string {
  return NAMES[term] ?? term.replace(/[_-]/g, " ");
}

export function title(term: string): string {
  const text = words(term);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

// Waits until nothing has happened for a moment.
export function calm(action: () => void, ms = 180): () => void {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = window.setTimeout(action, ms);
  };
}
