# SPDX-License-Identifier: MIT
"""Makes shapes.json, the map's outlines keyed by our codes, from Natural Earth's (public domain).

Usage: shapes.py countries-50m.json ../../data/countries.json > shapes.json, with the file of npm's world-atlas 2.0.2.
It keeps the topology: borders that two countries share stay one line, so simplifying tears no gap. Europe is kept finer
than the rest; a country's small islands go, but never the last of them."""
import heapq
import json
import math
import sys

SOURCE = "Natural Earth 1:50m, public domain, by way of npm world-atlas 2.0.2 (countries-50m.json)"
# Triangles below this many square kilometres are flattened, islands below the second number left out.
EUROPE, ELSEWHERE = (30, 60), (400, 1000)
EUROPE_BOX = (-25, 34, 42, 72)
# Shapes that Natural Earth draws apart and ISO 3166-1 does not; the name is all they have.
BY_NAME = {"Kosovo": "XK", "N. Cyprus": "CY", "Somaliland": "SO"}
LEFT_OUT = {"AQ"}
# Crimea, which Natural Earth draws with who holds it: as the United Nations' General Assembly has it (A/RES/68/262).
CRIMEA = ("RU", "UA", (32, 44, 37, 46.3))
GRID = 100  # steps to a degree


def decode(topology):
    """The arcs as lists of (longitude, latitude)."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def area(a, b, c):
    """A triangle's area in square kilometres, near enough."""
    shrink = math.cos(math.radians((a[1] + b[1] + c[1]) / 3))
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2 * 111.2**2 * shrink


def ring_area(points):
    total = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1]))
    shrink = math.cos(math.radians(sum(p[1] for p in points) / len(points)))
    return abs(total) / 2 * 111.2**2 * shrink


def limits(points):
    west, south, east, north = EUROPE_BOX
    inside = any(west <= x <= east and south <= y <= north for x, y in points)
    return EUROPE if inside else ELSEWHERE


def simplify(points, least):
    """Visvalingam's way: the point whose triangle is smallest goes first, the ends never."""
    count = len(points)
    before, behind = list(range(-1, count - 1)), list(range(1, count + 1))
    size = [math.inf] * count
    heap = []
    for i in range(1, count - 1):
        size[i] = area(points[i - 1], points[i], points[i + 1])
        heapq.heappush(heap, (size[i], i))
    gone = [False] * count
    left = count
    while heap and left > (4 if points[0] == points[-1] else 2):
        what, i = heapq.heappop(heap)
        if gone[i] or what != size[i]:
            continue
        if what >= least:
            break
        gone[i], left = True, left - 1
        behind[before[i]], before[behind[i]] = behind[i], before[i]
        for k in (before[i], behind[i]):
            if 0 < k < count - 1:
                size[k] = max(what, area(points[before[k]], points[k], points[behind[k]]))
                heapq.heappush(heap, (size[k], k))
    return [point for point, is_gone in zip(points, gone) if not is_gone]


def stitch(ring, arcs):
    points = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[:-1]
    return points


def polygons(geometry):
    if geometry["type"] == "Polygon":
        return [geometry["arcs"]]
    return geometry.get("arcs", []) if geometry["type"] == "MultiPolygon" else []


def keep(parts, arcs):
    """The parts worth drawing: the largest, and those above the limit of where they lie."""
    sized = sorted(((ring_area(stitch(part[0], arcs)), part) for part in parts), key=lambda one: -one[0])
    return [part for place, (size, part) in enumerate(sized) if place == 0 or size >= limits(stitch(part[0], arcs))[1]]


def move_crimea(shapes, arcs):
    holder, owner, (west, south, east, north) = CRIMEA
    inside = lambda part: all(west <= x <= east and south <= y <= north for x, y in stitch(part[0], arcs))
    shapes[owner] += [part for part in shapes[holder] if inside(part)]
    shapes[holder] = [part for part in shapes[holder] if not inside(part)]


def codes_of(path):
    with open(path, encoding="utf-8") as file:
        countries = json.load(file)["countries"]
    plain = lambda field: field.get("value") if isinstance(field, dict) else field
    return {plain(country["numeric"]): country["code"] for country in countries if country.get("numeric")}


def used_arcs(shapes):
    return sorted({n if n >= 0 else ~n for parts in shapes.values() for part in parts for ring in part for n in ring})


def coded(points):
    """Whole steps, each from the one before; a longer line without those that do not move."""
    out, last = [], (0, 0)
    for x, y in points:
        at = (round(x * GRID), round(y * GRID))
        if len(points) <= 8 or not out or at != last:
            out += [at[0] - last[0], at[1] - last[1]]
        last = at
    return out


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        topology = json.load(file)
    codes, arcs, shapes = codes_of(sys.argv[2]), decode(topology), {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = codes.get(geometry.get("id")) or BY_NAME.get(geometry["properties"]["name"])
        if code is None:
            print("left out:", geometry["properties"]["name"], file=sys.stderr)
        elif code not in LEFT_OUT:
            shapes.setdefault(code, []).extend(polygons(geometry))
    move_crimea(shapes, arcs)
    shapes = {code: keep(parts, arcs) for code, parts in sorted(shapes.items())}
    fine = [simplify(arc, limits(arc)[0] if len(arc) > 8 else 0) for arc in arcs]
    numbers = used_arcs(shapes)
    place = {number: index for index, number in enumerate(numbers)}
    moved = lambda n: place[n] if n >= 0 else ~place[~n]
    shapes = {code: [[[moved(n) for n in ring] for ring in part] for part in parts] for code, parts in shapes.items()}
    lines = ['{"source": ' + json.dumps(SOURCE) + ',', f'"grid": {GRID},', '"arcs": [']
    lines.append(",\n".join(json.dumps(coded(fine[number]), separators=(",", ":")) for number in numbers))
    lines.append('],\n"shapes": {')
    lines.append(",\n".join(f'"{code}":' + json.dumps(parts, separators=(",", ":")) for code, parts in shapes.items()))
    print("\n".join(lines) + "\n}}")


if __name__ == "__main__":
    main()
