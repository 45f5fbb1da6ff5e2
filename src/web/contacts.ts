// SPDX-License-Identifier: MIT
// Desks to tell, as /v1/contacts gives them: each with why it stands there and how to reach it.
import type * as api from "./api";
import { type Child, h, words } from "./dom";
import { sourceLink } from "./shell";

export type Contact = api.Contacts["data"]["contacts"][number];
type Channel = Contact["channels"][number];

// An address as a link where a browser can follow it.
export function addressLink(kind: string, address: string): Child {
  if (kind === "email") return h("a", { href: `mailto:${address}` }, address);
  if (kind === "phone") return h("a", { href: `tel:${address.replace(/[^+\d]/g, "")}` }, address);
  return /^https?:/.test(address) ? h("a", { href: address, rel: "noreferrer" }, address) : address;
}

function channelView(channel: Channel): HTMLElement {
  return h("li", {}, h("span", { class: "pill" }, words(channel.kind)), addressLink(channel.kind, channel.address),
    channel.hours !== undefined && h("small", {}, ` ${channel.hours}`),
    (channel.purposes ?? []).length > 0 && h("small", {}, ` for ${(channel.purposes ?? []).map(words).join(", ")}`),
    sourceLink(channel.source, channel.at, channel.verified ?? channel.observed));
}

function checked(contact: Contact): string {
  if (contact.verified !== undefined) return `Verified ${contact.verified}.`;
  return contact.unverified_since !== undefined ? `Not verified; last listed ${contact.unverified_since}.` : "Not verified.";
}

function contactView(contact: Contact): HTMLElement {
  const self = contact.kind === "cert" ? `/teams#id=${contact.id}` : `/${contact.self.split("/")[3] ?? ""}#${contact.id}`;
  const channels = contact.channels.length === 0
    ? h("p", {}, "No channel is known", contact.url !== undefined && [": see ", addressLink("website", contact.url)], ".")
    : h("ul", { class: "channels" }, contact.channels.map(channelView));
  return h("li", { class: "contact" }, h("span", { class: "place", "aria-hidden": "true" }, contact.place),
    h("div", {}, h("h3", {}, h("a", { href: self }, contact.short_name ?? contact.name),
      contact.short_name !== undefined && h("small", {}, ` ${contact.name}`)),
    h("p", { class: "quiet" }, contact.reason), channels, h("p", {}, h("small", {}, checked(contact)))));
}

export function contactViews(contacts: Contact[]): HTMLElement {
  return h("ol", { class: "contacts" }, contacts.map(contactView));
}
