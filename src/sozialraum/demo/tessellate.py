"""From mesh and settlement to blocks, streets and courses with shared, rounded corners."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from sozialraum.demo.chance import Floats, Ints, stream, waves
from sozialraum.demo.cutting import Drawing, Grain, Ring, cut
from sozialraum.demo.mesh import Mesh, course_points
from sozialraum.demo.region import COURSES, KINDS, MEMBERS, ORIGIN
from sozialraum.demo.settle import Settlement

BLOCKS_AIMED = 6750
CITY_BLOCKS_AIMED = 2550
BEND_LENGTHS = (2600.0, 1100.0, 520.0)
BEND_HEIGHTS = (70.0, 26.0, 8.0)


@dataclass(frozen=True)
class Tessellation:
    """Blocks and lines as geometry.

    polygons : (n,) shapely polygons, an exact coverage. cell : (n,) cell of the mesh. street : (n,) street or -1.
    street_cell, street_lines, main_road : per street a cell it lies in (-1 = none), its lines, whether it is a main
    road. course_lines : per course one MultiLineString.
    """

    polygons: np.ndarray
    cell: Ints
    street: Ints
    street_cell: Ints
    street_lines: np.ndarray
    main_road: np.ndarray
    course_lines: tuple[shapely.MultiLineString, ...]


@dataclass
class _Sheet:
    """What is drawn: the network, the blocks' rings with their cells, the corners of course paths."""

    drawing: Drawing
    rings: list[Ring]
    cell: list[int]
    line_cell: list[int]
    roads: set[int]


def tessellate(seed: int, mesh: Mesh, places: Settlement, present: np.ndarray) -> Tessellation:
    """Blocks of the present members (positions in MEMBERS as a mask)."""
    inside = np.asarray((places.member >= 0) & present[places.member])
    sheet = _draw_mesh(seed, mesh, places, inside)
    ring_of = _rings(mesh, inside)
    _cut_cells(seed, mesh, places, inside, sheet, ring_of)
    corners = bend(seed, sheet.drawing)
    outlines = [sheet.drawing.outline(ring) for ring in sheet.rings]
    polygons = _polygons(corners, outlines)
    return Tessellation(
        polygons,
        np.array(sheet.cell),
        _street_of_blocks(sheet, corners),
        *_streets(sheet, corners),
        tuple(_course_line(mesh, sheet, corners, inside, number) for number in range(len(COURSES))),
    )


def _draw_mesh(seed: int, mesh: Mesh, places: Settlement, inside: np.ndarray) -> _Sheet:
    """All borders of the mesh as lines (same numbers); borders in open land are made irregular."""
    drawing = Drawing(mesh.corners[:, 0].tolist(), mesh.corners[:, 1].tolist())
    for start, end in mesh.border_corners.tolist():
        drawing.add_line(start, end)
    course = _on_course(mesh)
    roads = _main_roads(mesh, places, inside, drawing, course)
    chance = stream(seed, "wiggle")
    settled = np.asarray(places.settled[mesh.border_cells].any(axis=1))
    push = chance.uniform(-1, 1, (len(settled), 3))
    touched = inside[mesh.border_cells].any(axis=1)
    for border in np.flatnonzero(~settled & touched & ((course < 0) | (course == len(COURSES) - 1))):
        _wiggle(mesh, drawing, int(border), push[border] * (0.5 if course[border] >= 0 else 1.0))
    return _Sheet(drawing, [], [], [-1] * len(drawing.along), roads)


def _wiggle(mesh: Mesh, drawing: Drawing, border: int, push: Floats) -> None:
    """Move points of a border sideways, inside the kite of its two sites, so that nothing can cross."""
    start, end = mesh.corners[mesh.border_corners[border]]
    one, other = mesh.sites[mesh.border_cells[border]]
    length = float(np.hypot(*(end - start)))
    across = (other - one) / np.hypot(*(other - one))
    room = float(np.hypot(*(other - one))) / 2
    steps = (0.25, 0.5, 0.75) if length > 320 else (0.5,)
    for step, share in zip(steps, push, strict=False):
        reach = min(0.55 * room * 2 * min(step, 1 - step), 0.28 * length) * share
        x, y = start + step * (end - start) + reach * across
        corner = drawing.add_corner(float(x), float(y))
        drawing.along[border].insert(-1, (step, corner))


def _on_course(mesh: Mesh) -> Ints:
    """Per border the course that runs along it, -1 = none."""
    found = np.full(len(mesh.border_cells), -1)
    for number in range(len(COURSES)):
        found[course_path(mesh, number)] = number
    return found


def _main_roads(mesh: Mesh, places: Settlement, inside: np.ndarray, drawing: Drawing, course: Ints) -> set[int]:
    """Borders between settled cells become main roads, continued straight on over crossings."""
    pairs = mesh.border_cells
    usable = places.settled[pairs].all(axis=1) & inside[pairs].all(axis=1) & (course < 0)
    usable &= places.member[pairs[:, 0]] == places.member[pairs[:, 1]]
    open_borders = dict.fromkeys(np.flatnonzero(usable).tolist())
    at: dict[int, list[int]] = {}
    for border in open_borders:
        for corner in mesh.border_corners[border].tolist():
            at.setdefault(corner, []).append(border)
    roads: set[int] = set()
    while open_borders:
        border = next(iter(open_borders))
        road = drawing.new_street()
        roads.add(road)
        for corner in mesh.border_corners[border].tolist():
            _follow(mesh, border, corner, road, at, open_borders, drawing)
        open_borders.pop(border, None)
        drawing.street[border] = road
    return roads


def _follow(
    mesh: Mesh, border: int, corner: int, road: int, at: dict[int, list[int]], free: dict[int, None], drawing: Drawing
) -> None:
    """Continue a road from a corner while something goes roughly straight on, three borders at most."""
    free.pop(border, None)
    for _step in range(3):
        best = max(
            (near for near in at[corner] if near in free and near != border),
            key=lambda near: _straight(mesh, border, near, corner),
            default=None,
        )
        if best is None or _straight(mesh, border, best, corner) < 0.55:
            return
        free.pop(best)
        drawing.street[best] = road
        ends = mesh.border_corners[best].tolist()
        corner, border = (ends[1] if ends[0] == corner else ends[0]), best


def _straight(mesh: Mesh, one: int, other: int, corner: int) -> float:
    """Cosine of the turn when walking from one border into the other over their corner."""
    here = mesh.corners[corner]
    back, on = (
        mesh.corners[next(end for end in mesh.border_corners[border].tolist() if end != corner)] - here
        for border in (one, other)
    )
    return float(-(back @ on) / (np.hypot(*back) * np.hypot(*on)))


def _rings(mesh: Mesh, inside: np.ndarray) -> dict[int, Ring]:
    """The ring of every inside cell, counter-clockwise."""
    borders: dict[int, list[int]] = {int(cell): [] for cell in np.flatnonzero(inside)}
    for border, pair in enumerate(mesh.border_cells.tolist()):
        for cell in pair:
            if cell in borders:
                borders[cell].append(border)
    middles = mesh.corners[mesh.border_corners].mean(axis=1)
    rings = {}
    for cell, own in borders.items():
        offset = middles[own] - mesh.sites[cell]
        order = [own[k] for k in np.argsort(np.arctan2(offset[:, 1], offset[:, 0]))]
        corners = [set(mesh.border_corners[border].tolist()) for border in order]
        rings[cell] = [
            ((corners[k - 1] & corners[k]).pop() if len(order) > 2 else -1, border) for k, border in enumerate(order)
        ]
    return rings


def _cut_cells(
    seed: int, mesh: Mesh, places: Settlement, inside: np.ndarray, sheet: _Sheet, ring_of: dict[int, Ring]
) -> None:
    """Cut settled cells into blocks, the city last; open cells stay whole."""
    fineness = _fineness(mesh, places, inside)
    angles = stream(seed, "angles").uniform(0, np.pi / 2, len(places.names))
    cells = np.flatnonzero(inside)
    order = cells[np.lexsort((cells, places.quarter[cells], _city_last(places.member[cells])))]
    for cell in order.tolist():
        rings = [ring_of[cell]]
        if places.settled[cell]:
            quarter = places.quarter[cell]
            grain = Grain(
                KINDS[places.kinds[quarter]].block * 10_000 * fineness[places.member[cell]],
                float(angles[quarter]),
                0.12 if places.kinds[quarter] in ("old_town", "village") else 0.05,
            )
            rings = cut(sheet.drawing, ring_of[cell], grain, stream(seed, "cut", str(cell)))
        sheet.rings += rings
        sheet.cell += [cell] * len(rings)
        sheet.line_cell += [cell] * (len(sheet.drawing.along) - len(sheet.line_cell))


def _city_last(member: Ints) -> np.ndarray:
    kinds = np.array([one.kind == "city" for one in MEMBERS])
    return kinds[member]


def _fineness(mesh: Mesh, places: Settlement, inside: np.ndarray) -> Floats:
    """Factor on the size of blocks per member so that the aimed number of blocks comes out."""
    size = _cell_areas(mesh)
    aim = np.array([KINDS[kind].block * 10_000 for kind in places.kinds])
    is_city = _city_last(places.member)
    factor = np.ones(len(MEMBERS))
    for city, wanted in ((False, BLOCKS_AIMED), (True, CITY_BLOCKS_AIMED)):
        here = places.settled & (places.member >= 0) & (is_city == city)
        expected = (size[here] / (0.905 * aim[places.quarter[here]])).sum()
        for number, one in enumerate(MEMBERS):
            if (one.kind == "city") == city:
                factor[number] = expected / wanted
    return factor


def _cell_areas(mesh: Mesh) -> Floats:
    """Area per cell, square metres: kites over its borders."""
    lengths = mesh.lengths()
    total = np.zeros(len(mesh.sites))
    gap = np.hypot(*(mesh.sites[mesh.border_cells[:, 0]] - mesh.sites[mesh.border_cells[:, 1]]).T)
    for side in (0, 1):
        np.add.at(total, mesh.border_cells[:, side], lengths * gap / 4)
    return total


def bend(seed: int, drawing: Drawing) -> Floats:
    """Corners moved by a smooth field (streets are never quite straight), shifted to the map, rounded to 1 cm."""
    points = np.column_stack([drawing.x, drawing.y])
    moves = [waves(seed, f"bend {axis}", points, BEND_LENGTHS, BEND_HEIGHTS) for axis in "xy"]
    return np.round(points + np.column_stack(moves) + np.array(ORIGIN), 2)


def _polygons(corners: Floats, outlines: list[list[int]]) -> np.ndarray:
    flat = np.array([corner for outline in outlines for corner in [*outline, outline[0]]])
    owner = np.repeat(np.arange(len(outlines)), [len(outline) + 1 for outline in outlines])
    polygons: np.ndarray = shapely.polygons(shapely.linearrings(corners[flat], indices=owner))
    return polygons


def _street_of_blocks(sheet: _Sheet, corners: Floats) -> Ints:
    """For every block the street with the longest frontage."""
    chosen = np.full(len(sheet.rings), -1)
    street = sheet.drawing.street
    for number, ring in enumerate(sheet.rings):
        front: dict[int, float] = {}
        for position, (corner, line) in enumerate(ring):
            if street[line] >= 0:
                following = ring[(position + 1) % len(ring)][0]
                step = float(np.hypot(*(corners[following] - corners[corner])))
                front[street[line]] = front.get(street[line], 0.0) + step
        if front:
            chosen[number] = max(front, key=lambda one: (front[one], -one))
    return chosen


def _streets(sheet: _Sheet, corners: Floats) -> tuple[Ints, np.ndarray, np.ndarray]:
    """Per street: a cell it lies in, its lines, whether it is a main road."""
    drawing = sheet.drawing
    chains: list[list[np.ndarray]] = [[] for _ in range(drawing.streets)]
    cell = np.full(drawing.streets, -1)
    for line, street in enumerate(drawing.street):
        if street >= 0:
            chains[street].append(corners[[corner for _place, corner in drawing.along[line]]])
            cell[street] = max(cell[street], sheet.line_cell[line])
    lines = np.array([shapely.line_merge(shapely.multilinestrings([*map(shapely.linestrings, c)])) for c in chains])
    main = np.zeros(drawing.streets, dtype=bool)
    main[list(sheet.roads)] = True
    return cell, lines, main


def _course_line(
    mesh: Mesh, sheet: _Sheet, corners: Floats, inside: np.ndarray, number: int
) -> shapely.MultiLineString:
    """The course along borders of cells, as far as it runs in the region."""
    parts = [
        shapely.linestrings(corners[[corner for _place, corner in sheet.drawing.along[border]]])
        for border in course_path(mesh, number)
        if inside[mesh.border_cells[border]].any()
    ]
    merged = shapely.line_merge(shapely.multilinestrings(parts)) if parts else shapely.MultiLineString()
    return merged if isinstance(merged, shapely.MultiLineString) else shapely.MultiLineString([merged])


def course_path(mesh: Mesh, number: int) -> list[int]:
    """The borders a course runs along, from its first to its last point: the way that stays nearest to it."""
    ends = mesh.border_corners
    away = cKDTree(course_points(COURSES[number], 20)).query(mesh.corners)[0]
    cost = mesh.lengths() * (1 + np.minimum(away[ends].mean(axis=1) / 15, 12))
    size = len(mesh.corners)
    both = np.r_[ends, ends[:, ::-1]]
    graph = coo_array((np.r_[cost, cost], (both[:, 0], both[:, 1])), shape=(size, size)).tocsr()
    nearest = cKDTree(mesh.corners)
    start, end = (int(nearest.query(np.array(COURSES[number].points[k]) * 1000)[1]) for k in (0, -1))
    before = dijkstra(graph, indices=start, return_predecessors=True)[1]
    border_of = {(min(a, b), max(a, b)): k for k, (a, b) in enumerate(ends.tolist())}
    path: list[int] = []
    while end != start:
        previous = int(before[end])
        path.append(border_of[min(end, previous), max(end, previous)])
        end = previous
    return path[::-1]
