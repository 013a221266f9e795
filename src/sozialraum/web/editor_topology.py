"""The borders of blocks as arcs: each common border once, each ring of a block as a list of arcs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely


@dataclass(frozen=True, eq=False)
class Topology:
    """Blocks drawn from shared borders, in whole units of a local grid.

    points : int64 (p, 2), the corners of all arcs one after the other. sizes : int64 (a,) corners per arc (>= 2).
    refs : int64 (r,) arcs of the rings in order, `-1 - arc` where the arc runs backwards. ring_refs : refs per ring.
    ring_block : int64 (k,). ring_outer : bool (k,), an outer ring begins a polygon. left, right : int64 (a,), blocks
    beside an arc in its direction, -1 = outside. The last corner of an arc is the first one of the next.
    """

    points: np.ndarray
    sizes: np.ndarray
    refs: np.ndarray
    ring_refs: np.ndarray
    ring_block: np.ndarray
    ring_outer: np.ndarray
    left: np.ndarray
    right: np.ndarray


def make_topology(shapes: np.ndarray) -> Topology:
    """The topology of n polygons or multipolygons whose coordinates are whole numbers.

    A corner where the blocks on the two sides change, or where more than two borders meet, ends an arc. Corners that
    fall onto the one before are left out. A ring of which two corners or one are left stays, as a line there and back.
    """
    # inside lies at the left of every ring
    parts, part_block = shapely.get_parts(shapely.orient_polygons(shapes), return_index=True)
    rings, ring_part = shapely.get_rings(parts, return_index=True)
    ring_block = np.asarray(part_block)[ring_part]
    coordinates, ring_of = shapely.get_coordinates(rings, return_index=True)
    points = np.round(coordinates).astype(np.int64)
    last = np.append(ring_of[1:] != ring_of[:-1], True) if len(ring_of) else np.zeros(0, dtype=bool)
    points, ring_of = points[~last], ring_of[~last]  # the closing corner is the first one again
    points, ring_of = _without_repeats(points, ring_of)
    place, vertex = _numbered(points)
    corners = points[place]
    begins = np.searchsorted(ring_of, np.arange(len(rings) + 1))
    following = _following(begins, len(vertex))
    node = _nodes(vertex, following, ring_block[ring_of], len(corners))
    starts, sizes, ring_refs = _arcs(vertex, begins, node)
    arc, backwards, first = _same_arcs(vertex, begins, ring_of, starts, sizes)
    kept = _walk(starts[first], sizes[first], begins, ring_of)
    sides = np.full((2, len(first)), -1, dtype=np.int64)
    sides[backwards.astype(int), arc] = ring_block[ring_of[starts]]
    return Topology(
        points=corners[vertex[kept]].reshape(-1, 2),
        sizes=sizes[first] + 1,
        refs=np.where(backwards, -1 - arc, arc),
        ring_refs=ring_refs,
        ring_block=ring_block,
        ring_outer=np.append(True, ring_part[1:] != ring_part[:-1])[: len(ring_part)],
        left=sides[0],
        right=sides[1],
    )


def _numbered(pairs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where each different pair of whole numbers is found first, and the number of the pair in every row."""
    low = pairs.min(axis=0, initial=0)
    # one number instead of two: sorting rows takes ten times as long
    wide = int(pairs[:, 1].max(initial=0) - low[1]) + 1
    key = (pairs[:, 0] - low[0]) * wide + (pairs[:, 1] - low[1])
    _keys, first, number = np.unique(key, return_index=True, return_inverse=True)
    return first, number.ravel()


def _without_repeats(points: np.ndarray, ring_of: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Corners that differ from the one before in their ring; each ring keeps at least one."""
    if not len(points):
        return points, ring_of
    same_ring = np.append(False, ring_of[1:] == ring_of[:-1])
    repeat = np.append(False, (points[1:] == points[:-1]).all(axis=1)) & same_ring
    points, ring_of = points[~repeat], ring_of[~repeat]
    ends = np.append(ring_of[1:] != ring_of[:-1], True)
    first = np.searchsorted(ring_of, ring_of)
    closing = ends & (points == points[first]).all(axis=1) & (first != np.arange(len(points)))
    return points[~closing], ring_of[~closing]


def _following(begins: np.ndarray, count: int) -> np.ndarray:
    """Position of the next corner of the same ring."""
    following = np.arange(1, count + 1)
    filled = begins[1:] > begins[:-1]
    following[begins[1:][filled] - 1] = begins[:-1][filled]
    return following


def _nodes(vertex: np.ndarray, following: np.ndarray, block: np.ndarray, count: int) -> np.ndarray:
    """Whether a corner ends arcs: not exactly two borders meet there, or they have other blocks beside them."""
    ends = np.sort(np.column_stack([vertex, vertex[following]]), axis=1)
    _first, border = _numbered(ends)
    number = int(border.max(initial=-1)) + 1
    # a border is told by the sum and the sum of squares of the blocks beside it: at most two, so these name them
    sums = [np.bincount(border, (block + 1.0) ** power, number) for power in (1, 2)]
    beside = np.column_stack(sums)
    unique_ends = np.zeros((number, 2), dtype=np.int64)
    unique_ends[border] = ends
    corner, place = unique_ends.ravel(), np.repeat(np.arange(number), 2)
    meet = np.bincount(corner, minlength=count)
    order = np.argsort(corner, kind="stable")
    first = np.searchsorted(corner[order], np.arange(count))
    node = meet != 2
    two = np.flatnonzero(~node)
    one, other = place[order[first[two]]], place[order[first[two] + 1]]
    node[two] = (beside[one] != beside[other]).any(axis=1)
    return node


def _arcs(vertex: np.ndarray, begins: np.ndarray, node: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Where the arcs of each ring start (positions of corners), their borders, and how many a ring has."""
    ring_of = np.repeat(np.arange(len(begins) - 1), np.diff(begins))
    starts_at = node[vertex].copy()
    without = np.bincount(ring_of[starts_at], minlength=len(begins) - 1) == 0
    # a ring that meets no other starts at its smallest corner, so that both its sides cut it alike
    order = np.lexsort((vertex, ring_of))
    smallest = order[begins[:-1][without & (np.diff(begins) > 0)]]
    starts_at[smallest] = True
    starts = np.flatnonzero(starts_at)
    ring = ring_of[starts]
    ring_refs = np.bincount(ring, minlength=len(begins) - 1)
    nextly = np.append(starts[1:], 0)
    last = np.append(ring[1:] != ring[:-1], True) if len(ring) else np.zeros(0, dtype=bool)
    group = np.searchsorted(ring, ring[last]) if len(ring) else np.zeros(0, dtype=np.int64)
    nextly[last] = starts[group] + np.diff(begins)[ring[last]]
    return starts, nextly - starts, ring_refs


def _same_arcs(
    vertex: np.ndarray, begins: np.ndarray, ring_of: np.ndarray, starts: np.ndarray, sizes: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Number of each arc, whether it runs backwards, and where each number is found first.

    The first border of an arc belongs to no other arc, so its two corners name it; of the two ends the smaller counts.
    """

    def corner(steps: np.ndarray) -> np.ndarray:
        begin = begins[ring_of[starts]]
        return vertex[begin + (starts - begin + steps) % np.maximum(np.diff(begins)[ring_of[starts]], 1)]

    ahead = np.column_stack([corner(np.zeros_like(sizes)), corner(np.ones_like(sizes))])
    behind = np.column_stack([corner(sizes), corner(sizes - 1)])
    backwards = (behind[:, 0] < ahead[:, 0]) | ((behind[:, 0] == ahead[:, 0]) & (behind[:, 1] < ahead[:, 1]))
    named = np.where(backwards[:, None], behind, ahead)
    found, number = _numbered(named)
    # numbered as they are met, so that arcs of one block are near each other
    rank = np.argsort(np.argsort(found))
    first = np.sort(found)
    number = rank[number]
    return number, backwards != backwards[first][number], first


def _walk(starts: np.ndarray, sizes: np.ndarray, begins: np.ndarray, ring_of: np.ndarray) -> np.ndarray:
    """Positions of all corners of the arcs, each with both its ends."""
    arc = np.repeat(np.arange(len(starts)), sizes + 1)
    step = np.arange(len(arc)) - np.repeat(np.cumsum(sizes + 1) - (sizes + 1), sizes + 1)
    begin = begins[ring_of[starts]]
    length = np.maximum(np.diff(begins)[ring_of[starts]], 1)
    return begin[arc] + (starts[arc] - begin[arc] + step) % length[arc]
