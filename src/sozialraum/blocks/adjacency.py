"""Which blocks share a border, and how much of it."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

TOLERANCE = 0.01  # metres: borders drawn twice by hand may differ by this much
SHORTEST = 0.1  # metres: a shorter common border is a point for our purposes


@dataclass(frozen=True)
class Neighbours:
    """Pairs of blocks with a common border.

    edges : int64 (m, 2), row positions i < j, sorted. lengths : float (m,), metres of common border.
    """

    edges: np.ndarray
    lengths: np.ndarray


def neighbours(blocks: gpd.GeoDataFrame) -> Neighbours:
    """Pairs of blocks that share a border of more than 10 cm (a common corner is not enough).

    blocks : n polygons in a metric coordinate system, in any order; edges are row positions.
    Common borders with equal corner points are found by the points; the rest by laying the remaining
    border segments on each other with a tolerance of 1 cm.
    """
    owner, segments = border_segments(blocks.geometry.to_numpy())
    first, second = equal_segments(owner, segments)
    alone = np.ones(len(owner), dtype=bool)
    alone[first] = alone[second] = False
    pairs, lengths = np.column_stack([owner[first], owner[second]]), lengths_of(segments[first])
    more_pairs, more_lengths = _overlapping_segments(owner[alone], segments[alone])
    return _summed(np.vstack([pairs, more_pairs]), np.concatenate([lengths, more_lengths]))


def border_segments(shapes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Owner (row position) and end points (s, 4) of every border segment."""
    parts, part_owner = shapely.get_parts(shapes, return_index=True)
    rings, ring_part = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[:-1] == ring[1:]
    segments = np.hstack([points[:-1], points[1:]])[same]
    return part_owner[ring_part][ring[:-1][same]], segments


def equal_segments(owner: np.ndarray, segments: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Positions of the border segments of different owners that have the same ends to the millimetre, in pairs."""
    ends = np.round(segments * 1000).astype(np.int64)
    turn = (ends[:, 0] > ends[:, 2]) | ((ends[:, 0] == ends[:, 2]) & (ends[:, 1] > ends[:, 3]))
    ends[turn] = ends[turn][:, [2, 3, 0, 1]]
    order = np.lexsort((owner, ends[:, 3], ends[:, 2], ends[:, 1], ends[:, 0]))
    first, second = order[:-1], order[1:]
    equal = (ends[first] == ends[second]).all(axis=1) & (owner[first] != owner[second])
    return first[equal], second[equal]


def lengths_of(segments: np.ndarray) -> np.ndarray:
    """Metres of segments (s, 4)."""
    lengths: np.ndarray = np.hypot(segments[:, 2] - segments[:, 0], segments[:, 3] - segments[:, 1])
    return lengths


def _overlapping_segments(owner: np.ndarray, segments: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of segments of different blocks that lie on each other over some length."""
    if len(owner) < 2:
        return np.empty((0, 2), dtype=np.int64), np.empty(0)
    lines = shapely.linestrings(segments.reshape(-1, 2, 2))
    a, b = shapely.STRtree(lines).query(lines, predicate="dwithin", distance=TOLERANCE)
    keep = (a < b) & (owner[a] != owner[b])
    a, b = a[keep], b[keep]
    length = _common_length(segments[a], segments[b])
    found = length > 0
    return np.column_stack([owner[a], owner[b]])[found], length[found]


def _common_length(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Length over which segment `other` runs along `one` within the tolerance."""
    start, direction = one[:, :2], one[:, 2:] - one[:, :2]
    length = np.hypot(*direction.T)
    length[length == 0] = 1.0
    unit = direction / length[:, None]
    along, across = [], []
    for columns in (slice(0, 2), slice(2, 4)):
        offset = other[:, columns] - start
        along.append((offset * unit).sum(axis=1))
        across.append(unit[:, 0] * offset[:, 1] - unit[:, 1] * offset[:, 0])
    low, high = np.minimum(*along), np.maximum(*along)
    common = np.minimum(high, length) - np.maximum(low, 0.0)
    # the distance at the two ends of the common stretch, by linear interpolation along `other`
    span = np.where(np.abs(along[1] - along[0]) < 1e-12, 1.0, along[1] - along[0])
    slope = (across[1] - across[0]) / span
    begin = across[0] + slope * (np.maximum(low, 0.0) - along[0])
    end = across[0] + slope * (np.minimum(high, length) - along[0])
    on_it = (np.abs(begin) <= TOLERANCE) & (np.abs(end) <= TOLERANCE)
    return np.where(on_it & (common > TOLERANCE), common, 0.0)


def _summed(pairs: np.ndarray, lengths: np.ndarray) -> Neighbours:
    pairs = np.sort(pairs.astype(np.int64).reshape(-1, 2), axis=1)
    edges, position = np.unique(pairs, axis=0, return_inverse=True)
    total = np.bincount(position.ravel(), lengths, len(edges))
    long = total > SHORTEST
    return Neighbours(edges[long], total[long])


def pieces(count: int, edges: np.ndarray) -> np.ndarray:
    """Number of the connected piece of each of `count` blocks, pieces numbered by their first block."""
    beside: list[list[int]] = [[] for _block in range(count)]
    for a, b in np.asarray(edges).tolist():
        beside[a].append(b)
        beside[b].append(a)
    piece = [-1] * count
    found = 0
    for start in range(count):
        if piece[start] >= 0:
            continue
        piece[start], queue = found, [start]
        while queue:
            for other in beside[queue.pop()]:
                if piece[other] < 0:
                    piece[other] = found
                    queue.append(other)
        found += 1
    return np.array(piece, dtype=np.int64)
