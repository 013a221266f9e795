"""Where settlement ends: in large faces a line is drawn behind the last houses.

Streets enclose the blocks of a town, but the outer row of houses lies in one face with the fields and with the next
village. The edge follows the houses, and streets that run out of the settlement are drawn on to it, so that they part
the outer row too. Drawn by distance (grown by twice the distance, shrunk by once), which closes gaps between houses
as morphological closing does. What remains is open land; pieces larger than a square are cut into squares of the
coordinate grid, as the open land beside inhabited grid cells is, so that no block surrounds all villages at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from sozialraum.blocks.building.faces import inside
from sozialraum.blocks.building.network import Ends
from sozialraum.blocks.building.rule import BuildingRule

ROUNDNESS = 3  # corners per quarter of a circle
SMOOTHED = 2.0  # metres
SMALLEST_HOLE = 10_000.0  # square metres: a smaller opening inside the settlement belongs to it
BEYOND = 0.01  # metres a street is drawn over the edge, so that rounding cannot leave a gap


@dataclass(frozen=True)
class SettlementEdge:
    """What is drawn in large faces.

    zones : polygons of the settlement. open_land : polygons of the rest. lines : edges of the zones, streets drawn on
    to them, sides of squares in the open land.
    """

    zones: np.ndarray
    open_land: np.ndarray
    lines: np.ndarray


def settlement_edge(
    faces: np.ndarray, edges: np.ndarray, ends: Ends, houses: np.ndarray, rule: BuildingRule
) -> SettlementEdge:
    """Edges of the settlement in the faces from `rule.open_from` on; houses : points (addresses or buildings)."""
    large = faces[shapely.area(faces) >= rule.open_from] if rule.open_from else faces[:0]
    place = inside(houses, large)
    zones: list[shapely.Polygon] = []
    lines: list[shapely.Geometry] = []
    rest: list[shapely.Geometry] = []
    for number, face in enumerate(large):
        own = _zones(houses[place == number], rule)
        zones += own.tolist()
        lines += [shapely.intersection(shapely.boundary(zone), face) for zone in own]
        rest.append(shapely.difference(face, shapely.union_all(own)) if len(own) else face)
    found, edge = np.array(zones, dtype=object), np.array(lines, dtype=object)
    open_land = np.asarray(shapely.get_parts(np.array(rest, dtype=object)), dtype=object)
    drawn_on = _drawn_on(edges, ends, large, found, edge, rule) if zones else edge
    squares = [_squares(shape, rule.open_square) for shape in open_land] if rule.open_square else []
    return SettlementEdge(found, open_land, np.concatenate([edge, drawn_on, *squares]))


def _squares(shape: shapely.Polygon, side: float) -> np.ndarray:
    """Sides of the squares that cut a piece of open land, none where it is smaller than a square."""
    if shape.area <= side * side:
        return np.array([], dtype=object)
    west, south, east, north = shape.bounds
    x = np.arange(np.ceil(west / side), np.floor(east / side) + 1) * side
    y = np.arange(np.ceil(south / side), np.floor(north / side) + 1) * side
    upright = shapely.linestrings([[(at, south - 1), (at, north + 1)] for at in x]) if len(x) else []
    level = shapely.linestrings([[(west - 1, at), (east + 1, at)] for at in y]) if len(y) else []
    sides = np.concatenate([np.asarray(upright, dtype=object), np.asarray(level, dtype=object)])
    shapely.prepare(shape)
    return np.asarray(shapely.intersection(sides, shape), dtype=object)


def _zones(houses: np.ndarray, rule: BuildingRule) -> np.ndarray:
    """Settlements of at least `rule.smallest_settlement` of these houses."""
    if len(houses) < max(rule.smallest_settlement, 1):
        return np.array([], dtype=object)
    grown = shapely.buffer(shapely.multipoints(houses), 2 * rule.behind_houses, quad_segs=ROUNDNESS)
    zones = shapely.get_parts(shapely.buffer(grown, -rule.behind_houses, quad_segs=ROUNDNESS))
    zones = shapely.get_parts(shapely.simplify(zones, SMOOTHED))
    zones = np.array([_filled(zone) for zone in zones], dtype=object)
    counts = np.bincount(inside(houses, zones) + 1, minlength=len(zones) + 1)[1:]
    return zones[counts >= rule.smallest_settlement]


def _filled(zone: shapely.Polygon) -> shapely.Polygon:
    holes = [ring for ring in zone.interiors if shapely.area(shapely.Polygon(ring)) >= SMALLEST_HOLE]
    return shapely.Polygon(zone.exterior, holes)


def _drawn_on(
    edges: np.ndarray, ends: Ends, large: np.ndarray, zones: np.ndarray, drawn: np.ndarray, rule: BuildingRule
) -> np.ndarray:
    """Straight continuations of streets that end shortly before the edge of the settlement, up to the edge."""
    here = np.flatnonzero((inside(ends.point, zones) >= 0) & (inside(ends.point, large) >= 0))
    start = shapely.get_coordinates(ends.point[here])
    ahead = ends.ahead[here]
    rays = shapely.linestrings(np.stack([start, start + 4 * rule.behind_houses * ahead], axis=1))
    to_edge = _first_hit(rays, ends.point[here], np.full(len(here), -1), drawn)
    to_line = _first_hit(rays, ends.point[here], ends.edge[here], edges)
    on = np.flatnonzero(np.isfinite(to_edge) & (to_edge < to_line))
    stop = start[on] + (to_edge[on] + BEYOND)[:, None] * ahead[on]
    return np.asarray(shapely.linestrings(np.stack([start[on], stop], axis=1)), dtype=object)


def _first_hit(rays: np.ndarray, starts: np.ndarray, own: np.ndarray, lines: np.ndarray) -> np.ndarray:
    """Metres from the start of each ray to the first of the lines it meets other than its own, inf = none."""
    ray, line = shapely.STRtree(lines).query(rays, predicate="intersects")
    foreign = own[ray] != line
    ray, line = ray[foreign], line[foreign]
    metres = shapely.distance(starts[ray], shapely.intersection(rays[ray], lines[line]))
    nearest = np.full(len(rays), np.inf)
    np.minimum.at(nearest, ray, metres)
    return nearest
