"""Streets that end side by side: the row of their ends is taken for the border that is missing.

Where a footpath, a brook or the edge of an estate is not among the lines, the streets that lead up to it end in a row,
and one winding face runs between them through half a town. In faces that are large for a block neighbouring ends are
joined: those of which no third end is nearer to both (relative neighbours, Toussaint 1980), within a stated distance,
never across a line.
"""

from __future__ import annotations

import numpy as np
import shapely

from sozialraum.blocks.building.faces import inside
from sozialraum.blocks.building.network import Ends
from sozialraum.blocks.building.rule import BuildingRule


def rows_of_ends(faces: np.ndarray, edges: np.ndarray, ends: Ends, rule: BuildingRule) -> np.ndarray:
    """Lines between neighbouring dead ends in the faces from `rule.rows_from` on."""
    none = np.array([], dtype=object)
    large = faces[shapely.area(faces) >= rule.rows_from]
    if not rule.row_of_ends or not len(large) or len(ends.point) < 2:
        return none
    one, other = _relative_neighbours(ends.point, rule.row_of_ends)
    face = inside(ends.point, large)
    same = (face[one] == face[other]) & (face[one] >= 0)
    one, other = one[same], other[same]
    if not len(one):
        return none
    at = shapely.get_coordinates(ends.point)
    lines = shapely.linestrings(np.stack([at[one], at[other]], axis=1))
    return lines[_free(lines, ends, one, other, edges)]


def _relative_neighbours(points: np.ndarray, within: float) -> tuple[np.ndarray, np.ndarray]:
    """Pairs (i < j) within a distance of which no third point is nearer to both than they are to each other."""
    tree = shapely.STRtree(points)
    one, other = tree.query(points, predicate="dwithin", distance=within)
    keep = one != other
    one, other = one[keep], other[keep]
    at = shapely.get_coordinates(points)
    apart = np.hypot(*(at[one] - at[other]).T)
    beside: list[list[int]] = [[] for _point in points]
    for first, second in zip(one.tolist(), other.tolist(), strict=True):
        beside[first].append(second)
    chosen = []
    for position in np.flatnonzero(one < other).tolist():
        first, second, length = int(one[position]), int(other[position]), float(apart[position])
        third = np.intersect1d(beside[first], beside[second], assume_unique=True)
        reach = np.maximum(np.hypot(*(at[third] - at[first]).T), np.hypot(*(at[third] - at[second]).T))
        if not (reach < length).any():
            chosen.append((first, second))
    pairs = np.array(sorted(chosen), dtype=np.int64).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


def _free(lines: np.ndarray, ends: Ends, one: np.ndarray, other: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """Which lines cross no edge; they touch the two edges they join at their ends."""
    line, edge = shapely.STRtree(edges).query(lines, predicate="intersects")
    own = (edge == ends.edge[one[line]]) | (edge == ends.edge[other[line]])
    blocked = ~own
    blocked[own] = shapely.length(shapely.intersection(lines[line[own]], edges[edge[own]])) > 0
    blocked[own] |= shapely.crosses(lines[line[own]], edges[edge[own]])
    free = np.ones(len(lines), dtype=bool)
    free[line[blocked]] = False
    return free
