// SPDX-License-Identifier: MIT
// One answer as a mark and a word, never by colour alone.
import { h, words } from "./dom";

export function answer(value: string): HTMLElement {
  return h("span", { class: `answer ${["yes", "partial", "no"].includes(value) ? value : "unknown"}` }, words(value));
}
