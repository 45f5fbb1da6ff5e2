// SPDX-License-Identifier: MIT
// The API as this dashboard uses it: plain GETs of public addresses. What goes wrong is a Problem (RFC 9457) in words.

import type { Address } from "./api";

export class Problem extends Error {
  constructor(readonly status: number, title: string, readonly detail: string, readonly hint = "") {
    super(title);
  }
}

export async function get<T>(path: Address, signal?: AbortSignal): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(path, { signal });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new Problem(0, "No answer", "The service could not be reached. Is the connection up?");
  }
  if (answer.ok) return answer.json() as Promise<T>;
  const said = await answer.json().catch(() => ({})) as { title?: string; detail?: string; hint?: string };
  throw new Problem(answer.status, said.title ?? "The service refused", said.detail ?? path, said.hint);
}

// The state of a page stands behind # in its address: it can be shared, and the server never needs to know it.
export function readState(): URLSearchParams {
  return new URLSearchParams(location.hash.slice(1));
}

export function stateText(state: Record<string, string>): string {
  const text = new URLSearchParams(Object.entries(state).filter(([, value]) => value !== "")).toString();
  return text.replace(/%2C/g, ",").replace(/%3A/g, ":");
}

// Replaces the state without a new entry in the history; `push` where going back should lead here.
export function writeState(state: Record<string, string>, push = false): void {
  const text = stateText(state);
  const address = text === "" ? location.pathname : `#${text}`;
  if (push) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}

export function query<P extends string>(path: P, parameters: Record<string, string>): P | `${P}?${string}` {
  const text = stateText(parameters);
  return text === "" ? path : `${path}?${text}`;
}
