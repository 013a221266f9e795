"""The faces that lines and borders enclose, with what had to be drawn where no line lies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from sozialraum.blocks.building.faces import faces_of, home_town, inside
from sozialraum.blocks.building.ground import Ground
from sozialraum.blocks.building.network import Misses, dead_ends, misses, node
from sozialraum.blocks.building.rows_of_ends import rows_of_ends
from sozialraum.blocks.building.rule import BuildingRule
from sozialraum.blocks.building.settlement_edge import settlement_edge

LOOKED_AT = 3  # line ends that miss another line by up to this many times the joined distance are doubtful places


@dataclass(frozen=True)
class Web:
    """The faces inside municipalities, north-west ones first, and what drawing them brought up.

    town, unit : (n,) positions, unit -1 = none. settled : (n,) bool, houses stand there. open_land : (n,) bool, outside
    the settlement in a large face. house_face : face of each
    address (or building), -1 = none. closed, open : gaps joined and left. barrier_ends : points. settlements : how many
    have an edge drawn behind their last houses. rows : how many ends of streets were joined.
    """

    faces: np.ndarray
    town: np.ndarray
    unit: np.ndarray
    settled: np.ndarray
    open_land: np.ndarray
    house_face: np.ndarray
    closed: Misses
    open: Misses
    barrier_ends: np.ndarray
    settlements: int
    rows: int


def draw(ground: Ground, rule: BuildingRule) -> Web:
    """Draw the network and its faces."""
    towns = ground.municipalities.geometry.to_numpy()
    lines = _inside_region(ground.lines.geometry.to_numpy(), towns)
    edges = node(np.concatenate([ground.borders(), lines]))
    found = misses(edges, dead_ends(edges), LOOKED_AT * rule.snapping)
    near = found.metres <= rule.snapping
    closed, left = Misses(found.gap[near], found.metres[near]), Misses(found.gap[~near], found.metres[~near])
    if near.any():
        edges = node(np.concatenate([edges, closed.gap]))
    ends = dead_ends(edges)
    houses = _houses(ground)
    faces, inner = faces_of(edges)
    town = inside(inner, towns)
    rows = rows_of_ends(faces[town >= 0], edges, ends, rule)
    if len(rows):
        edges = node(np.concatenate([edges, rows]))
        ends, (faces, inner) = dead_ends(edges), faces_of(edges)
        town = inside(inner, towns)
    edge = settlement_edge(faces[town >= 0], edges, ends, houses, rule)
    if len(edge.lines):
        faces, inner = faces_of(node(np.concatenate([edges, edge.lines])))
        town = inside(inner, towns)
    faces, inner, town = faces[town >= 0], inner[town >= 0], town[town >= 0]
    house_face = inside(houses, faces)
    lived_in = np.bincount(house_face[house_face >= 0], minlength=len(faces)) > 0
    open_land = inside(inner, edge.open_land) >= 0
    settled = (lived_in | (inside(inner, edge.zones) >= 0)) & ~open_land
    units, tips = _units_of(ground, faces, inner, town), _barrier_ends(ground, rule, ends.point)
    return Web(faces, town, units, settled, open_land, house_face, closed, left, tips, len(edge.zones), len(rows))


def _inside_region(lines: np.ndarray, towns: np.ndarray) -> np.ndarray:
    """Lines that touch a municipality; those of elsewhere would only cost time."""
    if not len(lines):
        return lines
    return lines[np.unique(shapely.STRtree(lines).query(towns, predicate="intersects")[1])]


def _houses(ground: Ground) -> np.ndarray:
    """Points of the addresses, else points in the buildings."""
    if ground.addresses is not None:
        return np.asarray(ground.addresses.geometry.to_numpy(), dtype=object)
    if ground.buildings is not None:
        return np.asarray(shapely.point_on_surface(ground.buildings.geometry.to_numpy()), dtype=object)
    return np.array([], dtype=object)


def _barrier_ends(ground: Ground, rule: BuildingRule, ends: np.ndarray) -> np.ndarray:
    """Dead ends of rivers, railways and motorways."""
    barriers = ground.barriers(rule)
    tips = np.concatenate([shapely.get_point(barriers, 0), shapely.get_point(barriers, -1)])
    if not len(tips) or not len(ends):
        return tips[:0]
    on = shapely.STRtree(ends).query(tips, predicate="dwithin", distance=0.01)[1]
    return ends[np.unique(on)]


def _units_of(ground: Ground, faces: np.ndarray, inner: np.ndarray, town: np.ndarray) -> np.ndarray:
    """The unit of each face; what reaches over into another municipality than the unit's own belongs to none."""
    if ground.units is None:
        return np.full(len(inner), -1, dtype=np.int64)
    unit = inside(inner, ground.units.geometry.to_numpy())
    home = home_town(unit, town, shapely.area(faces), len(ground.units))
    return np.where((unit >= 0) & (home[unit] == town), unit, -1)
