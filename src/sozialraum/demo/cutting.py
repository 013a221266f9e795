"""Cut the settled cells of the mesh into blocks along streets; the result is an exact coverage.

Every polygon is a ring of (corner, line) pairs. Corners on a line are kept with their place
along it, so a street that meets another in a T leaves its corner in the polygons of both
sides: no geometry is intersected and no gap can arise.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

SNAP_TO_STREET = 26.0
SNAP_TO_CORNER = 14.0
Ring = list[tuple[int, int]]


@dataclass
class Drawing:
    """The growing network: corners, and for each line its corners sorted by place along it.

    x, y : coordinates of the corners. along : per line (place 0..1, corner), sorted. ends : corners of the line.
    street : per line the street it belongs to, -1 = no street. start : per corner the lines that end in it.
    """

    x: list[float]
    y: list[float]
    along: list[list[tuple[float, int]]] = field(default_factory=list)
    street: list[int] = field(default_factory=list)
    meeting: dict[int, list[int]] = field(default_factory=dict)
    streets: int = 0

    def add_corner(self, x: float, y: float) -> int:
        self.x.append(x)
        self.y.append(y)
        return len(self.x) - 1

    def add_line(self, start: int, end: int, street: int = -1) -> int:
        self.along.append([(0.0, start), (1.0, end)])
        self.street.append(street)
        return len(self.along) - 1

    def new_street(self) -> int:
        self.streets += 1
        return self.streets - 1

    def place(self, line: int, corner: int) -> float:
        return next(place for place, here in self.along[line] if here == corner)

    def between(self, line: int, start: int, end: int) -> list[int]:
        """The corners strictly between two corners of a line, in walking order."""
        corners = [corner for _place, corner in self.along[line]]
        first, last = corners.index(start), corners.index(end)
        return corners[first + 1 : last] if first < last else corners[last + 1 : first][::-1]

    def outline(self, ring: Ring) -> list[int]:
        """All corners of a polygon, those of its neighbours' streets included."""
        outline: list[int] = []
        for position, (corner, line) in enumerate(ring):
            following = ring[(position + 1) % len(ring)][0]
            outline.append(corner)
            if len(self.along[line]) > 2:
                outline += self.between(line, corner, following)
        return outline


def area(drawing: Drawing, ring: Ring) -> float:
    """Signed area of the polygon, square metres."""
    x, y = drawing.x, drawing.y
    total = 0.0
    before = ring[-1][0]
    for corner, _line in ring:
        total += x[before] * y[corner] - x[corner] * y[before]
        before = corner
    return total / 2


@dataclass(frozen=True, slots=True)
class Grain:
    """How a quarter is cut: aimed size of a block (square metres), direction of its streets (radians), unrest."""

    block: float
    angle: float
    unrest: float


def cut(drawing: Drawing, ring: Ring, grain: Grain, chance: np.random.Generator) -> list[Ring]:
    """Cut a convex polygon into blocks of about the aimed size, by streets across its longer side."""
    done: list[Ring] = []
    waiting = [ring]
    while waiting:
        here = waiting.pop()
        limit = grain.block * float(chance.uniform(1.0, 1.75))
        halves = halve(drawing, here, grain, chance) if area(drawing, here) > limit else None
        if halves is None:
            done.append(here)
        else:
            waiting.extend(halves)
    return done


def halve(drawing: Drawing, ring: Ring, grain: Grain, chance: np.random.Generator) -> tuple[Ring, Ring] | None:
    """Two parts of the polygon, or None when no sensible street divides it."""
    angle = grain.angle + float(chance.normal(0, grain.unrest))
    shift = float(chance.normal(0, 0.07))
    corners = [corner for corner, _line in ring]
    xs, ys = [drawing.x[corner] for corner in corners], [drawing.y[corner] for corner in corners]
    square, slanted = (
        sorted(
            [(np.cos(turn), np.sin(turn)) for turn in (first, first + np.pi / 2)],
            key=lambda one: _extent(xs, ys, *one),
            reverse=True,
        )
        for first in (angle, angle + np.pi / 4)
    )
    for dx, dy in (*square, *slanted):
        run = [x * dx + y * dy for x, y in zip(xs, ys, strict=True)]
        low, high = min(run), max(run)
        middle = (low + high) / 2 + shift * (high - low)
        halves = _cut_at(drawing, ring, [value - middle for value in run])
        if halves is not None:
            return halves
    return None


def _extent(xs: list[float], ys: list[float], dx: float, dy: float) -> float:
    run = [x * dx + y * dy for x, y in zip(xs, ys, strict=True)]
    return float(max(run) - min(run))


def _cut_at(drawing: Drawing, ring: Ring, side: list[float]) -> tuple[Ring, Ring] | None:
    """Cut where the sign of `side` changes; None when that gives a sliver or more than two crossings."""
    size = len(ring)
    crossings = [k for k in range(size) if (side[k] < 0) != (side[(k + 1) % size] < 0)]
    if len(crossings) != 2:
        return None
    marks = [_crossing(drawing, ring, side, k) for k in crossings]
    first, second = marks
    if first[0] == second[0] or not _worth_it(drawing, ring, first, second):
        return None
    start, end = (_corner_of(drawing, mark) for mark in marks)
    line = drawing.add_line(start, end, _street_of(drawing, start, end))
    for corner in (start, end):
        drawing.meeting.setdefault(corner, []).append(line)
    return _parts(ring, crossings, (start, end), line)


@dataclass(frozen=True, slots=True)
class _New:
    """A corner still to be made on a line."""

    line: int
    place: float
    x: float
    y: float


_Mark = tuple[object, float, float]


def _crossing(drawing: Drawing, ring: Ring, side: list[float], k: int) -> _Mark:
    """Where the cut crosses edge k: an existing corner near by, or a new one. (corner or _New, x, y)."""
    (start, line), (end, _next) = ring[k], ring[(k + 1) % len(ring)]
    x, y = drawing.x, drawing.y
    share = side[k] / (side[k] - side[(k + 1) % len(ring)])
    length = float(np.hypot(x[end] - x[start], y[end] - y[start]))
    if share * length < SNAP_TO_CORNER:
        return start, x[start], y[start]
    if (1 - share) * length < SNAP_TO_CORNER:
        return end, x[end], y[end]
    at_x, at_y = x[start] + share * (x[end] - x[start]), y[start] + share * (y[end] - y[start])
    near = [(abs(x[c] - at_x) + abs(y[c] - at_y), c) for c in drawing.between(line, start, end)]
    if near and min(near)[0] < SNAP_TO_STREET:
        corner = min(near)[1]
        return corner, x[corner], y[corner]
    low, high = drawing.place(line, start), drawing.place(line, end)
    return _New(line, low + share * (high - low), at_x, at_y), at_x, at_y


def _worth_it(drawing: Drawing, ring: Ring, first: _Mark, second: _Mark) -> bool:
    """Neither half is a sliver: each keeps at least a fifth of the area."""
    total = area(drawing, ring)
    points = [(drawing.x[corner], drawing.y[corner]) for corner, _line in ring]
    dx, dy = second[1] - first[1], second[2] - first[2]
    if dx * dx + dy * dy < 35.0**2:
        return False
    left = [p for p in points if dx * (p[1] - first[2]) - dy * (p[0] - first[1]) > 0.5]
    polygon = sorted_round([*left, (first[1], first[2]), (second[1], second[2])])
    return 0.2 * total < polygon_area(polygon) < 0.8 * total


def sorted_round(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Points of a convex polygon in order."""
    middle_x = sum(p[0] for p in points) / len(points)
    middle_y = sum(p[1] for p in points) / len(points)
    return sorted(points, key=lambda p: float(np.arctan2(p[1] - middle_y, p[0] - middle_x)))


def polygon_area(points: Iterable[tuple[float, float]]) -> float:
    ring = list(points)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def _corner_of(drawing: Drawing, mark: _Mark) -> int:
    new = mark[0]
    if not isinstance(new, _New):
        assert isinstance(new, int)
        return new
    corner = drawing.add_corner(new.x, new.y)
    insort(drawing.along[new.line], (new.place, corner))
    return corner


def _street_of(drawing: Drawing, start: int, end: int) -> int:
    """The street that a new line continues straight on, or a new street."""
    x, y = drawing.x, drawing.y
    dx, dy = x[end] - x[start], y[end] - y[start]
    for corner, sign in ((start, 1), (end, -1)):
        for line in drawing.meeting.get(corner, ()):
            ends = drawing.along[line][0][1], drawing.along[line][-1][1]
            other = ends[0] if ends[1] == corner else ends[1]
            ox, oy = sign * (x[corner] - x[other]), sign * (y[corner] - y[other])
            straight = (dx * ox + dy * oy) / (np.hypot(dx, dy) * np.hypot(ox, oy) + 1e-9)
            if straight > 0.85:
                return drawing.street[line]
    return drawing.new_street()


def _parts(ring: Ring, crossings: list[int], ends: tuple[int, int], line: int) -> tuple[Ring, Ring]:
    """The two rings on both sides of the new line."""
    first, second = crossings
    start, end = ends
    inner = [(start, ring[first][1]), *ring[first + 1 : second + 1], (end, line)]
    outer = [(end, ring[second][1]), *ring[second + 1 :], *ring[: first + 1], (start, line)]
    return _without_repeats(inner), _without_repeats(outer)


def _without_repeats(ring: Ring) -> Ring:
    """A crossing that snapped to a corner stands twice; keep the one whose line leads on."""
    return [
        (corner, line) for position, (corner, line) in enumerate(ring) if corner != ring[(position + 1) % len(ring)][0]
    ]
