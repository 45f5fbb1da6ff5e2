// SPDX-License-Identifier: MIT
// The map: outlines from shapes.json, coloured by score and hatched by how much is open. It is one stop for the keyboard;
// within it the arrow keys go from country to country. The table beside it says the same.
import { geoAzimuthalEqualArea, geoEqualEarth, type GeoProjection } from "d3-geo";
import { s } from "./dom";
import { type Score, assessed, openness, scoreText, step } from "./interval";
import outlines from "./shapes.json";

export type View = "europe" | "world";
export interface Place {
  code: string;
  name: string;
  score: Score;
}
interface Spot {
  link: SVGAElement;
  at: [number, number];
}

const WIDTH = 960;
const HEIGHTS: Record<View, number> = { europe: 700, world: 470 };

// Borders that two countries share are one line. Each is projected once for a view, and loses what is too fine to see.
type Line = Point[];
type Point = [number, number];
const far = (a: Point, b: Point, least: number) => Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]) >= least;

// What is stored of a line are steps from one point to the next. Out of sight it may be as rough as it likes.
function drawLine(steps: number[], projection: GeoProjection, least: number, height: number): Line {
  const line: Line = [];
  let [x, y] = [0, 0];
  let last: Point | undefined;
  for (let i = 0; i + 1 < steps.length; i += 2) {
    x += steps[i] ?? 0;
    y += steps[i + 1] ?? 0;
    const at = projection([x / outlines.grid, y / outlines.grid]) as Point;
    const seen = at[0] > -20 && at[0] < WIDTH + 20 && at[1] > -20 && at[1] < height + 20;
    if (last === undefined || i + 3 >= steps.length || far(last, at, seen ? least : 80)) line.push(last = at);
  }
  return line;
}

// A ring of lines; one that crosses the edge of the world goes on beyond it.
function ring(numbers: number[], lines: Line[]): Line {
  const points: Line = [];
  for (const number of numbers) {
    const line = number < 0 ? [...(lines[~number] ?? [])].reverse() : lines[number] ?? [];
    for (const [x, y] of points.length === 0 ? line : line.slice(1)) {
      const gap = x - (points[points.length - 1]?.[0] ?? x);
      points.push(Math.abs(gap) > WIDTH / 2 ? [x - Math.sign(gap) * WIDTH, y] : [x, y]);
    }
  }
  return points;
}

interface Outline {
  path: string;
  at: Point; // the middle of what is seen of it
  size: number; // the longer side of its box
}

// The area of what of a ring lies in the frame, and its middle.
function middle(points: Line, height: number): { area: number; at: Point } {
  const inside = points.map(([x, y]): Point => [Math.min(WIDTH, Math.max(0, x)), Math.min(height, Math.max(0, y))]);
  let [area, sx, sy] = [0, 0, 0];
  let last = inside[inside.length - 1] ?? [0, 0];
  for (const at of inside) {
    const cross = last[0] * at[1] - at[0] * last[1];
    area += cross / 2;
    sx += (last[0] + at[0]) * cross / 6;
    sy += (last[1] + at[1]) * cross / 6;
    last = at;
  }
  return { area: Math.abs(area), at: area === 0 ? last : [sx / area, sy / area] };
}

// A ring as a path of tenths, each point from the one before, which is a third shorter.
function text(points: Line): string {
  let [lastX, lastY] = [0, 0];
  let path = "";
  for (const point of points) {
    const [x, y] = [Math.round(point[0] * 10), Math.round(point[1] * 10)];
    path += `${path === "" ? "M" : "l"}${(x - lastX) / 10},${(y - lastY) / 10}`;
    [lastX, lastY] = [x, y];
  }
  return `${path}Z`;
}

// A country's outline; undefined where nothing of it comes into the frame.
function outline(parts: number[][][], lines: Line[], height: number): Outline | undefined {
  let path = "";
  let largest = 0;
  let found: Outline | undefined;
  for (const part of parts) {
    const outer = ring(part[0] ?? [], lines);
    const [xs, ys] = [outer.map(([x]) => x), outer.map(([, y]) => y)];
    const [west, east, north, south] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    if (east < 0 || west > WIDTH || south < 0 || north > height) continue;
    const { area, at } = middle(outer, height);
    path += text(outer) + part.slice(1).map((hole) => text(ring(hole, lines))).join("");
    if (found !== undefined && area <= largest) continue;
    largest = area;
    found = { path: "", at, size: Math.max(east - west, south - north) };
  }
  return found && { ...found, path };
}

function projection(view: View): GeoProjection {
  const box: [Point, Point] = [[0, 0], [WIDTH, HEIGHTS[view]]];
  if (view === "world") return geoEqualEarth().rotate([-11, 0]).fitExtent(box, {
    type: "MultiPoint", coordinates: [[-169, 0], [191, 0], [0, -56], [0, 83.5]] });
  return geoAzimuthalEqualArea().rotate([-13, -53]).fitExtent(box, {
    type: "MultiPoint", coordinates: [[-22, 64], [-9, 36], [34, 34.5], [23, 34.6], [14, 35.6], [36, 66], [20, 71]] });
}

// Patterns of lines. `scale` is how much smaller the drawing is shown than it is drawn, so that lines stay as they are.
export function hatches(prefix: string, scale: number): SVGDefsElement {
  const hatch = (id: string, gap: number, name: string) =>
    s("pattern", { id: `${prefix}-${id}`, width: gap, height: gap, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      s("line", { class: `hatch ${name}`, x1: 0, y1: 0, x2: 0, y2: gap, "stroke-width": (1.4 * scale).toFixed(2) }));
  return s("defs", {}, hatch("1", 9 * scale, "low"), hatch("2", 4.5 * scale, "low"), hatch("1-high", 9 * scale, "high"), hatch("2-high", 4.5 * scale, "high"));
}

// Colour and hatching.
function look(score: Score): { colour: string; hatching?: string } {
  if (!assessed(score)) return { colour: "none" };
  const open = openness(score);
  const high = step(score) >= 3 ? "-high" : "";
  return { colour: step(score) < 0 ? "wide" : `s${step(score)}`, hatching: open === 0 ? undefined : `url(#map-${open}${high})` };
}

function draw(place: Place, path: string, tiny: Point | undefined, radius: number): SVGAElement {
  const { colour, hatching } = look(place.score);
  const shape = (attributes: Record<string, string>) => tiny === undefined
    ? s("path", { d: path, ...attributes })
    : s("circle", { cx: tiny[0].toFixed(1), cy: tiny[1].toFixed(1), r: radius, ...attributes });
  return s("a", { href: `/${place.code}`, tabindex: -1, "data-code": place.code,
    "aria-label": `${place.name}: ${scoreText(place.score)}` },
    shape({ class: `land ${colour}` }), hatching !== undefined && shape({ class: "over", fill: hatching }));
}

// The nearest in the direction of an arrow key, what lies straight ahead before what lies aside.
function next(spots: Spot[], from: [number, number], key: string): Spot | undefined {
  const ahead: Record<string, [number, number]> = {
    ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const way = ahead[key];
  if (way === undefined) return undefined;
  let best: Spot | undefined;
  let least = Infinity;
  for (const spot of spots) {
    const [dx, dy] = [spot.at[0] - from[0], spot.at[1] - from[1]];
    const along = dx * way[0] + dy * way[1];
    const aside = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
    if (along > 0.5 && along + 2 * aside < least) [best, least] = [spot, along + 2 * aside];
  }
  return best;
}

function listen(svg: SVGSVGElement, spots: Spot[], show: (code: string) => void): void {
  const of = (event: Event) => (event.target as Element).closest<SVGAElement>("a[data-code]");
  const codeOf = (link: SVGAElement) => link.getAttribute("data-code") ?? "";
  let shown = "";
  const tell = (event: Event) => {
    const link = of(event);
    if (link !== null) show(shown = codeOf(link));
  };
  let before = "";
  svg.addEventListener("pointerdown", (event) => { before = event.pointerType === "touch" ? shown : "*"; tell(event); });
  svg.addEventListener("pointerover", (event) => { if (event.pointerType !== "touch") tell(event); });
  svg.addEventListener("focusin", tell);
  // A finger's first tap shows, the second opens.
  svg.addEventListener("click", (event) => {
    const link = of(event);
    if (link !== null && before !== "*" && before !== codeOf(link) && event.detail > 0) event.preventDefault();
  });
  svg.addEventListener("keydown", (event) => {
    const here = spots.find((spot) => spot.link === of(event));
    const there = here && next(spots, here.at, event.key);
    if (!here || !there) return;
    event.preventDefault();
    here.link.setAttribute("tabindex", "-1");
    there.link.setAttribute("tabindex", "0");
    there.link.focus();
  });
}

// `show` is told of the country that is pointed at or focused.
export function drawMap(view: View, places: Map<string, Place>, show: (code: string) => void): SVGSVGElement {
  const began = performance.now();
  const scale = Math.max(1, WIDTH / Math.min(WIDTH, innerWidth));
  const height = HEIGHTS[view];
  const seen = projection(view);
  const lines = (outlines.arcs as number[][]).map((steps) => drawLine(steps, seen, scale * 0.8, height));
  const spots: Spot[] = [];
  const small: SVGAElement[] = [];
  const land = s("g", {});
  const least = view === "world" ? 4 : 9;
  for (const [code, parts] of Object.entries(outlines.shapes as Record<string, number[][][]>)) {
    const place = places.get(code);
    const found = place && outline(parts, lines, height);
    if (found === undefined || place === undefined) continue;
    const tiny = found.size < least ? found.at : undefined;
    const link = draw(place, found.path, tiny, (view === "world" ? 2.5 : 5) * Math.min(scale, 2));
    if (tiny === undefined) land.append(link);
    else small.push(link);
    spots.push({ link, at: found.at });
  }
  land.append(...small);
  spots[Math.max(0, spots.findIndex((spot) => spot.link.getAttribute("data-code") === "BE"))]?.link.setAttribute("tabindex", "0");
  const svg = s("svg", { class: `map ${view}`, viewBox: `0 0 ${WIDTH} ${height}`, role: "group",
    "aria-label": `Map of ${view === "world" ? "the world" : "Europe"}. Arrow keys go from country to country, Enter opens one.` },
    hatches("map", scale), land);
  listen(svg, spots, show);
  performance.measure("map", { start: began });
  return svg;
}
