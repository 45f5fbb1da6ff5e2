// SPDX-License-Identifier: MIT
// The signature of this service: a score drawn as the interval that is left open, with its value as a dot where enough is
// known for one. No value: the interval's edge is broken.
import { h, s } from "./dom";

export interface Score {
  value?: number;
  low: number;
  high: number;
  coverage: number;
}

export function interval(score: Score, ghost?: Score): SVGSVGElement {
  const at = (value: number) => `${value.toFixed(1)}%`;
  const range = (of: Score, name: string) => s("rect", {
    class: name + (of.value === undefined ? " open" : ""), x: at(of.low), width: at(Math.max(of.high - of.low, 0.6)), rx: 3 });
  return s("svg", { class: "interval", role: "img", "aria-label": scoreText(score) },
    s("rect", { class: "track", width: "100%" }),
    [25, 50, 75].map((x) => s("rect", { class: "tick", x: at(x), width: 1 })),
    ghost !== undefined && range(ghost, "ghost"),
    range(score, "range"),
    score.value !== undefined && s("circle", { class: "dot", cx: at(score.value), cy: "50%", r: 5 }));
}

export function scale(): HTMLElement {
  return h("div", { class: "scale", "aria-hidden": "true" }, [0, 25, 50, 75, 100].map((x) => h("span", {}, x)));
}

export function assessed(score: Score): boolean {
  return score.coverage > 0;
}

export function scoreText(score: Score): string {
  if (!assessed(score)) return "not assessed";
  const between = `between ${score.low.toFixed(1)} and ${score.high.toFixed(1)}`;
  return score.value === undefined ? `no single value, ${between}` : `${score.value.toFixed(1)}, ${between}`;
}

// 0 … 4 for the colours; -1 where there is no value.
export const STEPS = [50, 60, 70, 80];
export function step(score: Score): number {
  const value = score.value;
  return value === undefined ? -1 : STEPS.filter((limit) => value >= limit).length;
}

// How much is open: 0 little, 1 much, 2 most.
export const WIDTHS = [25, 40];
export function openness(score: Score): number {
  return WIDTHS.filter((limit) => score.high - score.low > limit).length;
}
