"""Where ground lies: polygons cut along the borders of others, points placed in polygons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Pieces:
    """Parts of shapes that lie in polygons, sorted by shape and polygon.

    shape, polygon : positions. share : part of the ground of the shape, above 0. ground : the pieces themselves.
    """

    shape: Ints
    polygon: Ints
    share: Floats
    ground: NDArray[Any]


def cut(shapes: NDArray[Any], polygons: NDArray[Any]) -> Pieces:
    """Cut shapes along the borders of polygons; both in one coordinate system.

    A shape that lies wholly in a polygon is found without cutting, which makes a fine grid fast. Pieces of less than
    one millionth of the shape are rounding of corner points and are left out.
    """
    tree = shapely.STRtree(shapes)
    polygon_in, shape_in = tree.query(polygons, predicate="covers")
    polygon_at, shape_at = tree.query(polygons, predicate="intersects")
    within = np.isin(polygon_at * len(shapes) + shape_at, polygon_in * len(shapes) + shape_in)
    polygon_at, shape_at = polygon_at[~within], shape_at[~within]
    part = _polygonal(shapely.intersection(polygons[polygon_at], shapes[shape_at]))
    share = shapely.area(part) / shapely.area(shapes)[shape_at]
    kept = share > 1e-6
    shape = np.concatenate([shape_in, shape_at[kept]]).astype(np.int64)
    polygon = np.concatenate([polygon_in, polygon_at[kept]]).astype(np.int64)
    ground = np.concatenate([shapes[shape_in], part[kept]])
    order = np.lexsort((polygon, shape))
    shares = np.concatenate([np.ones(len(shape_in)), share[kept]])
    return Pieces(shape[order], polygon[order], shares[order], ground[order])


def summed(place: NDArray[Any], number: NDArray[Any], count: int) -> Floats:
    """Sums of numbers by position; positions without any get 0."""
    return np.bincount(place, number, minlength=count).astype(float)


def _polygonal(parts: NDArray[Any]) -> NDArray[Any]:
    """Pieces without the lines and points in which borders touch as well."""
    mixed = np.flatnonzero(shapely.get_type_id(parts) == 7)
    for place in mixed.tolist():
        members = shapely.get_parts(parts[place])
        parts[place] = shapely.union_all(members[shapely.get_dimensions(members) == 2])
    return parts


def locate(points: NDArray[Any], polygons: NDArray[Any]) -> Ints:
    """The position of the polygon each point lies in, the first of several, -1 = in none."""
    found = np.full(len(points), -1, dtype=np.int64)
    inside, polygon = shapely.STRtree(polygons).query(points, predicate="intersects")
    order = np.lexsort((polygon, inside))[::-1]
    found[inside[order]] = polygon[order]
    return found
