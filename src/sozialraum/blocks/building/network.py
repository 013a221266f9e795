"""One network of lines that meet in common points, and the line ends that nearly meet.

Everything lies on a grid of a tenth of a millimetre, so that faces drawn from the network share their corners bit for
bit; along municipal borders with long straight pieces a whole millimetre would already leave gaps of a square metre.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

GRID = 0.0001
# An end is only joined to the line it branches off when the way round is this many times as long as the gap.
WAY_ROUND = 3.0


@dataclass(frozen=True)
class Ends:
    """Line ends that touch nothing, (n,) each.

    edge : position of the line. point : shapely points. ahead : (n, 2) unit vector out of the line's end.
    start : the other end of the line, a point.
    """

    edge: np.ndarray
    point: np.ndarray
    ahead: np.ndarray
    start: np.ndarray


@dataclass(frozen=True)
class Misses:
    """Line ends that miss another line, nearest line only: the gap as a line from the end to it, its metres."""

    gap: np.ndarray
    metres: np.ndarray


def node(lines: np.ndarray) -> np.ndarray:
    """Lines cut at each other and joined between junctions: (n,) LineStrings with common ends.

    Sorted by where they lie, so that what is decided by their order does not depend on that of the inputs.
    """
    noded = shapely.unary_union(lines, grid_size=GRID)
    edges = np.asarray(shapely.get_parts(shapely.line_merge(noded)), dtype=object)
    open_ones = ~shapely.is_closed(edges)  # a closed one begins at its junction and has to go on doing so
    edges[open_ones] = shapely.normalize(edges[open_ones])
    west, south, east, north = shapely.bounds(edges).T
    return edges[np.lexsort((shapely.length(edges), south, east, west, -north))]


def dead_ends(edges: np.ndarray) -> Ends:
    """Ends of lines of a noded network where no second line begins."""
    first, last = shapely.get_point(edges, 0), shapely.get_point(edges, -1)
    at = shapely.get_coordinates(np.concatenate([first, last]))
    _unique, inverse, times = np.unique(
        np.round(at / GRID).astype(np.int64), axis=0, return_inverse=True, return_counts=True
    )
    alone = np.flatnonzero(times[inverse.ravel()] == 1)
    edge, at_end = alone % len(edges), alone >= len(edges)
    near = shapely.get_coordinates(shapely.get_point(edges[edge], np.where(at_end, -2, 1)))
    ahead = at[alone] - near
    ahead /= np.maximum(np.hypot(*ahead.T), 1e-9)[:, None]
    return Ends(edge, shapely.points(at[alone]), ahead, np.where(at_end, first[edge], last[edge]))


def misses(edges: np.ndarray, ends: Ends, within: float) -> Misses:
    """The nearest other line of each dead end within some metres.

    A short stub does not miss the street it branches off, so a line at its other end only counts when the way round is
    much longer than the gap. Two ends that miss each other are one miss.
    """
    end, other = shapely.STRtree(edges).query(ends.point, predicate="dwithin", distance=within)
    foreign = other != ends.edge[end]
    end, other = end[foreign], other[foreign]
    metres = shapely.distance(ends.point[end], edges[other])
    own_street = shapely.distance(ends.start[end], edges[other]) < GRID
    real = ~own_street | (shapely.length(edges[ends.edge[end]]) > WAY_ROUND * metres)
    end, other, metres = end[real], other[real], metres[real]
    order = np.lexsort((other, metres, end))
    _unique, first = np.unique(end[order], return_index=True)
    chosen = order[first]
    gaps = shapely.shortest_line(ends.point[end[chosen]], edges[other[chosen]])
    corners = np.round(shapely.get_coordinates(gaps).reshape(-1, 4) / GRID).astype(np.int64)
    turned = np.where((corners[:, :2] > corners[:, 2:]).any(axis=1)[:, None], corners[:, [2, 3, 0, 1]], corners)
    _unique, once = np.unique(turned, axis=0, return_index=True)
    once.sort()
    return Misses(gaps[once], metres[chosen[once]])
