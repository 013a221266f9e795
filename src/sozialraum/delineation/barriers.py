"""Where rivers, railways and motorways run between blocks and through them, and where one can cross."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

from sozialraum.base import _

KINDS = ("river", "railway", "motorway")
CROSSINGS = ("crossing", "bridge")
TOLERANCE = 15.0  # metres: a border this close to the line of a barrier runs along it
STEP = 25.0  # metres: borders are looked at in pieces of at most this length
DIRECTION = 0.8  # a border runs along where it advances by at least this share of its own length
SHORTEST = 0.2  # metres: shorter pieces are left over at the ends of a common border
REACH = 100.0  # metres on either side of a crossing where the barrier does not separate


@dataclass(frozen=True, eq=False)
class Barriers:
    """The barriers of one municipality, measured on its n blocks and m pairs of neighbours.

    names : one sentence part per barrier ('Fluss Inde'). edge, edge_name, edge_metres : borders along a barrier
    (pair of neighbours, barrier, metres), each piece of border once. block, block_name, block_metres : barriers inside
    of blocks. along : (m,) metres along any barrier. crossed : (m,) of these, within reach of a crossing.
    """

    names: tuple[str, ...]
    edge: np.ndarray
    edge_name: np.ndarray
    edge_metres: np.ndarray
    block: np.ndarray
    block_name: np.ndarray
    block_metres: np.ndarray
    along: np.ndarray
    crossed: np.ndarray

    @property
    def separating(self) -> np.ndarray:
        """(m,) metres that separate; negative at a crossing, which ties the two blocks instead."""
        return self.along - 2.0 * self.crossed


def no_barriers(edges: int) -> Barriers:
    """A municipality without any."""
    none, no_metres = np.zeros(0, dtype=np.int64), np.zeros(0)
    nothing = np.zeros(edges)
    return Barriers((), none, none, no_metres, none, none, no_metres, nothing, nothing)


def find_barriers(blocks: gpd.GeoDataFrame, edges: np.ndarray, lines: gpd.GeoDataFrame | None) -> Barriers:
    """Measure the barriers among `lines` on the blocks of one municipality.

    blocks : n polygons in metres. edges : (m, 2) row positions. lines : `kind` ('river', 'railway', 'motorway';
    'crossing' or 'bridge' as point or line where one can cross; others are ignored), `name`, geometry; another
    coordinate system is converted. A border counts where it lies within 15 m of the line and follows its direction.
    """
    if lines is None or lines.empty or blocks.empty:
        return no_barriers(len(edges))
    lines = near_lines(lines, blocks)
    walls = lines[lines["kind"].isin(KINDS)]
    if walls.empty:
        return no_barriers(len(edges))
    texts = [barrier_name(kind, name) for kind, name in zip(walls["kind"], walls["name"], strict=True)]
    names = tuple(sorted(set(texts)))
    parts, owner = shapely.get_parts(walls.geometry.to_numpy(), return_index=True)
    part_name = np.array([names.index(text) for text in texts], dtype=np.int64)[owner]
    crossings = lines.geometry.to_numpy()[lines["kind"].isin(CROSSINGS).to_numpy()]
    shapes = blocks.geometry.to_numpy()
    edge, edge_name, metres, near = _along(shapes, edges, parts, part_name, crossings)
    inner = _inside(shapes, parts, part_name)
    along = np.bincount(edge, metres, len(edges)).astype(float)
    crossed = np.bincount(edge, metres * near, len(edges)).astype(float)
    return Barriers(names, edge, edge_name, metres, *inner, along, crossed)


def near_lines(lines: gpd.GeoDataFrame, blocks: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The barriers and crossings within reach of the blocks, in the coordinate system of the blocks, sorted."""
    kinds = [*KINDS, *CROSSINGS]
    own = lines[lines["kind"].isin(kinds) & ~(lines.geometry.isna() | lines.geometry.is_empty)]
    if len(own) and own.crs is not None and blocks.crs is not None and own.crs != blocks.crs:
        own = own.to_crs(blocks.crs)
    west, south, east, north = blocks.total_bounds
    frame = shapely.box(west - REACH, south - REACH, east + REACH, north + REACH)
    own = own[shapely.intersects(own.geometry.to_numpy(), frame)]
    return own.assign(name=own["name"].fillna("").astype(str)).sort_values(["kind", "name"], kind="stable")


def barrier_name(kind: str, name: str) -> str:
    """'Fluss Inde', 'Bahnstrecke ohne Namen'."""
    words = {"river": _("Fluss"), "railway": _("Bahnstrecke"), "motorway": _("Autobahn")}
    name = name.strip()
    if not name:
        return _("{kind} ohne Namen").format(kind=words[kind])
    # a name that says what it is ('Bahnstrecke Köln-Aachen') needs no word before it
    return name if words[kind].lower() in name.lower() else f"{words[kind]} {name}"


def _along(
    shapes: np.ndarray, edges: np.ndarray, parts: np.ndarray, part_name: np.ndarray, crossings: Sequence[object]
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Pieces of border along a barrier: pair of neighbours, barrier, metres, whether a crossing is within reach."""
    tree = shapely.STRtree(parts)
    close = np.zeros(len(shapes), dtype=bool)
    close[tree.query(shapes, predicate="dwithin", distance=TOLERANCE)[0]] = True
    pairs = np.flatnonzero(close[edges[:, 0]] & close[edges[:, 1]]) if len(edges) else np.zeros(0, dtype=np.int64)
    starts, ends, pair = _pieces(shapes, edges, pairs)
    lengths = np.hypot(*(ends - starts).T)
    middles = shapely.points((starts + ends) / 2)
    piece, part = tree.query(middles, predicate="dwithin", distance=TOLERANCE)
    line = parts[part]
    advance = np.abs(
        shapely.line_locate_point(line, shapely.points(ends[piece]))
        - shapely.line_locate_point(line, shapely.points(starts[piece]))
    )
    follows = advance >= DIRECTION * lengths[piece]
    piece, part = piece[follows], part[follows]
    # where two barriers run side by side the border belongs to the nearer one, so that no metre counts twice
    order = np.lexsort((part_name[part], shapely.distance(middles[piece], parts[part]), piece))
    piece, first = np.unique(piece[order], return_index=True)
    near = np.zeros(len(piece), dtype=bool)
    if len(crossings):
        ways = shapely.STRtree(np.array(crossings, dtype=object))
        near[ways.query(middles[piece], predicate="dwithin", distance=REACH)[0]] = True
    return pair[piece], part_name[part[order][first]], lengths[piece], near


def _pieces(shapes: np.ndarray, edges: np.ndarray, pairs: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The common borders of the pairs in short straight pieces: start, end, pair."""
    one, other = edges[pairs, 0], edges[pairs, 1]
    # borders drawn twice by hand may differ by a few centimetres
    common = shapely.intersection(shapely.boundary(shapes[one]), shapely.buffer(shapes[other], 0.05))
    common = shapely.segmentize(common, STEP)
    parts, owner = shapely.get_parts(common, return_index=True)
    is_line = shapely.get_type_id(parts) == 1
    points, line = shapely.get_coordinates(parts[is_line], return_index=True)
    same = (line[:-1] == line[1:]) & (np.hypot(*(points[1:] - points[:-1]).T) > SHORTEST)
    place = owner[is_line][line[:-1][same]] if len(line) else np.zeros(0, dtype=np.int64)
    return points[:-1][same], points[1:][same], pairs[place]


def _inside(shapes: np.ndarray, parts: np.ndarray, part_name: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Barriers that run through a block further than the tolerance from its border: block, barrier, metres."""
    part, block = shapely.STRtree(shapes).query(parts, predicate="intersects")
    cores = shapely.buffer(shapes[block], -TOLERANCE)
    metres = shapely.length(shapely.intersection(parts[part], cores))
    found = metres > 0
    return block[found], part_name[part[found]], metres[found]
