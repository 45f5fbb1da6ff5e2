// SPDX-License-Identifier: MIT
// Whom do I tell? A form over /v1/contacts: from where, who asks and what for, to the desks in the order to try them.
import type * as api from "../api";
import { get, query, readState, writeState } from "../client";
import { contactViews } from "../contacts";
import { h, replace } from "../dom";
import { field, lead, sameAs, select, showProblem, start } from "../shell";

const AUDIENCES: [string, string][] = [["", "Anybody"], ["citizen", "A citizen"], ["business", "A business"], ["government", "An authority"],
  ["operator", "An operator of critical infrastructure"], ["research", "Research or education"]];
const PURPOSES: [string, string][] = [["", "Anything"], ["incident", "Report an incident"], ["vulnerability", "Report a vulnerability"],
  ["nis-notification", "Notify an incident under the NIS rules"], ["cooperation", "Work together across borders"]];
const state = { country: "", domain: "", audience: "", purpose: "incident" };

start(async (app) => {
  for (const [key, value] of readState()) if (key in state) state[key as keyof typeof state] = value;
  const { data: countries } = await get<api.Countries>("/v1/countries");
  const result = h("section", { "aria-live": "polite", "aria-label": "Whom to tell" });
  const show = async () => {
    writeState({ ...state });
    if (state.country === "" && state.domain === "")
      return replace(result, h("p", { class: "empty" }, "Choose a country, or give the domain name that the matter is about."));
    const path = query("/v1/contacts", state.domain === "" ? { country: state.country, audience: state.audience, purpose: state.purpose }
      : { domain: state.domain, audience: state.audience, purpose: state.purpose });
    try {
      const { data } = await get<api.Contacts>(path);
      replace(result, h("h2", {}, data.name !== undefined ? `In ${data.name}, in this order` : "In this order"),
        data.contacts.length === 0 ? h("p", { class: "empty" }, data.note ?? "No desk is known.") : contactViews(data.contacts),
        data.contacts.length > 0 && data.note !== undefined && h("p", {}, data.note),
        h("p", { class: "quiet" }, data.fallback), sameAs(path, [".txt", ".csv", ".vcf"]));
    } catch (cause) {
      showProblem(result, cause);
    }
  };
  const domain = h("input", { type: "text", value: state.domain, autocomplete: "off", autocapitalize: "none" });
  const set = (key: keyof typeof state, value: string) => {
    state[key] = value;
    if (key === "country" && value !== "") domain.value = state.domain = "";
    void show();
  };
  const country = select([["", "Choose…"], ...countries.map((one): [string, string] => [one.code, one.name])], state.country, (value) => set("country", value));
  domain.addEventListener("change", () => { if (domain.value.trim() !== "") country.value = state.country = ""; set("domain", domain.value.trim()); });
  replace(app, lead("Whom do I tell?", "From an incident, or a weakness you found, to the desk that deals with it: in the order to try them, each with why, "
    + "and when its address was last verified. In danger of life or crime in progress, call the police first."),
  h("form", { class: "filters", "aria-label": "What it is about", onsubmit: (event: Event) => { event.preventDefault(); void show(); } },
    field("Country", country), field("or domain (example.be)", domain), field("You are", select(AUDIENCES, state.audience, (value) => set("audience", value))),
    field("You want to", select(PURPOSES, state.purpose, (value) => set("purpose", value)))), result);
  await show();
});
