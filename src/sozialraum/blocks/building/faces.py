"""Faces of the network: whose municipality and unit they are, what border they share and with what barrier on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from sozialraum.blocks.adjacency import border_segments, equal_segments, lengths_of

ON_LINE = 0.02  # metres: a border this near a barrier runs along it (coordinates are rounded to millimetres)
CROSSED = 1.0  # metres of barrier on a common border, or half of it, from which merging would cross it


@dataclass(frozen=True)
class Borders:
    """Common borders of faces: pairs (m, 2) positions i < j, metres, and the metres a barrier runs along."""

    pairs: np.ndarray
    metres: np.ndarray
    barrier: np.ndarray


def faces_of(edges: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """All faces the network encloses and a point inside each, north-west ones first."""
    shapes = shapely.get_parts(shapely.polygonize([shapely.multilinestrings(edges)]))
    inner = shapely.point_on_surface(shapes)
    order = np.lexsort((shapely.get_x(inner), -shapely.get_y(inner)))
    return shapes[order], inner[order]


def inside(points: np.ndarray, polygons: np.ndarray) -> np.ndarray:
    """Position of the first polygon each point lies in or on, -1 = none.

    The tree holds the points, because few large polygons with many corners are common here.
    """
    found = np.full(len(points), -1, dtype=np.int64)
    polygon, point = shapely.STRtree(points).query(polygons, predicate="intersects")
    order = np.lexsort((polygon, point))[::-1]
    found[point[order]] = polygon[order]
    return found


def home_town(unit: np.ndarray, town: np.ndarray, area: np.ndarray, units: int) -> np.ndarray:
    """The municipality with most of the ground of each unit, -1 for a unit without faces.

    unit, town, area : (n,) of the faces, unit -1 = none.
    """
    home = np.full(units, -1, dtype=np.int64)
    inside_unit = unit >= 0
    pairs, place = np.unique(np.column_stack([unit, town])[inside_unit], axis=0, return_inverse=True)
    total = np.bincount(place.ravel(), area[inside_unit], len(pairs))
    order = np.lexsort((-pairs[:, 1], total))
    home[pairs[order, 0]] = pairs[order, 1]
    return home


def borders_between(shapes: np.ndarray, barriers: np.ndarray) -> Borders:
    """Common borders of faces with common corners; barriers : lines of the kinds that part."""
    owner, segments = border_segments(shapes)
    first, second = equal_segments(owner, segments)
    both = np.sort(np.column_stack([owner[first], owner[second]]), axis=1)
    metres = lengths_of(segments[first])
    on_barrier = _near((segments[first, :2] + segments[first, 2:]) / 2, barriers)
    pairs, position = np.unique(both, axis=0, return_inverse=True)
    position = position.ravel()
    return Borders(
        pairs,
        np.bincount(position, metres, len(pairs)),
        np.bincount(position, metres * on_barrier, len(pairs)),
    )


def _near(middles: np.ndarray, barriers: np.ndarray) -> np.ndarray:
    on_it = np.zeros(len(middles), dtype=bool)
    if len(barriers) and len(middles):
        pieces, _line = pieces_of(barriers)
        on_it[shapely.STRtree(shapely.points(middles)).query(pieces, predicate="dwithin", distance=ON_LINE)[1]] = True
    return on_it


def pieces_of(lines: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Straight pieces of lines and the position of the line of each; short ones are found fast by a tree."""
    parts, row = shapely.get_parts(lines, return_index=True)
    points, part = shapely.get_coordinates(parts, return_index=True)
    same = part[1:] == part[:-1]
    return shapely.linestrings(np.stack([points[:-1][same], points[1:][same]], axis=1)), row[part[1:][same]]
