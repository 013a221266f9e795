"""The ground of a revision: the blocks of one municipality as arrays, measured once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sozialraum.blocks import attribute_columns
from sozialraum.delineation import Plan
from sozialraum.delineation.barriers import KINDS, Barriers, barrier_name, near_lines, no_barriers
from sozialraum.delineation.town import border_costs, prepare_town
from sozialraum.delineation.wishes import COMPACTNESS

KIND, CROSSING, CONNECTION = 7, 8, 16  # parts of `kinds`; 1 river, 2 railway, 3 motorway
LARGER_PART = 0.5  # of a common border lies along a barrier, or within reach of a crossing


@dataclass(frozen=True, eq=False)
class Ground:
    """The n blocks of one municipality, sorted by block_id, and their m pairs of neighbours.

    ids : block ids. people : (n,) inhabitants. low, high : inhabitants allowed per area. edges : (m, 2), i < j.
    lengths : (m,) metres of common border, 0 where two blocks are only joined by a bridge. barriers : on these pairs.
    kinds : uint8 (m,), 1 river, 2 railway, 3 motorway along the larger part of the border, 0 none; plus CROSSING,
    plus CONNECTION for a bridge. surface, border : (n,) m2 and metres of outline. centres : (n, 2).
    values : (n, d) standardised attributes, each family with the same spread. attributes : names of the c attributes,
    raw : (n, c) as delivered, NaN = unknown. scale : (c,) spread of each attribute among the inhabitants of the region.
    quarters : (n,) name of the place, '' = unknown. used : the attribute of each column of `values`.
    inner : (n,) squared distance inside areas that `values` do not have, None = none; only where they stand in for
    others, see `workshop`.
    """

    ags: str
    name: str
    ids: tuple[str, ...]
    people: np.ndarray
    low: float
    high: float
    edges: np.ndarray
    lengths: np.ndarray
    barriers: Barriers
    kinds: np.ndarray
    surface: np.ndarray
    border: np.ndarray
    centres: np.ndarray
    values: np.ndarray
    attributes: tuple[str, ...]
    raw: np.ndarray
    scale: np.ndarray
    quarters: np.ndarray
    used: tuple[str, ...] = ()
    inner: np.ndarray | None = None

    @cached_property
    def place(self) -> dict[str, int]:
        """Position of each block."""
        return {block: position for position, block in enumerate(self.ids)}

    @cached_property
    def _keys(self) -> np.ndarray:
        return np.array(self.ids, dtype=object)

    @cached_property
    def spread(self) -> float:
        """Mean squared distance of the inhabitants from the average of the municipality; 0 = all alike."""
        total = float(self.people.sum())
        if not total or not self.values.shape[1]:
            return 0.0
        centred = self.values - np.average(self.values, axis=0, weights=self.people)
        inner = 0.0 if self.inner is None else float((self.people * self.inner).sum())
        return float((self.people[:, None] * centred**2).sum() + inner) / total

    @cached_property
    def costs(self) -> np.ndarray:
        """(m,) what a border between two neighbours costs the engine: compact shapes, borders along barriers."""
        return border_costs(
            self.edges, self.lengths, self.people, COMPACTNESS, separating=self.barriers.separating, barriers=1.0
        )

    @cached_property
    def averages(self) -> np.ndarray:
        """(c,) average of each attribute over the inhabitants of the municipality; NaN where nothing is known."""
        return weighted_means(self.raw, self.people, np.zeros(len(self.ids), dtype=np.int64), 1)[0][0]

    def areas_of(self, plan: Plan) -> np.ndarray:
        """(n,) area_id of each block in a plan; '' where the plan does not know the block."""
        index, areas = plan.assignment.index, plan.assignment.to_numpy(dtype=object)
        if len(index) == len(self.ids) and np.array_equal(index.to_numpy(dtype=object), self._keys):
            return areas
        found = index.get_indexer(pd.Index(self._keys))
        areas = areas[found]
        return areas if (found >= 0).all() else np.where(found >= 0, areas, "")

    def positions(self, blocks: tuple[str, ...] | list[str]) -> np.ndarray:
        """Positions of blocks of this municipality; others are left out."""
        return np.array([self.place[block] for block in blocks if block in self.place], dtype=np.int64)


def make_ground(blocks: gpd.GeoDataFrame, municipality: pd.Series, lines: gpd.GeoDataFrame | None = None) -> Ground:
    """Measure the blocks of one municipality.

    blocks : contract columns; of those of other municipalities only the spread of the attributes is taken.
    municipality : row of the municipalities. lines : rivers, railways, motorways and crossings.
    Needs no plan; takes about half a second for 10,000 blocks.
    """
    own = blocks[blocks["municipality"] == municipality["ags"]]
    town = prepare_town(own, municipality, lines=lines)
    edges, order = _sorted_edges(town.edges)
    barriers = _reordered(town.barriers, order)
    shapes = town.blocks.geometry.to_numpy()
    attributes = tuple(sorted(attribute_columns(town.blocks)))
    lengths = town.lengths[order]
    return Ground(
        ags=town.ags,
        name=town.name,
        ids=tuple(town.blocks["block_id"].astype(str)),
        people=town.people,
        low=town.low,
        high=town.high,
        edges=edges,
        lengths=lengths,
        barriers=barriers,
        kinds=pair_kinds(barriers, lengths, _kind_of(barriers, lines, town.blocks)),
        surface=shapely.area(shapes),
        border=shapely.length(shapes),
        centres=town.centres,
        values=town.table.values,
        attributes=attributes,
        raw=_table(town.blocks, attributes),
        scale=_scale(blocks, attributes),
        quarters=town.blocks["quarter"].fillna("").astype(str).to_numpy(dtype=object),
        used=town.table.columns,
    )


def plain_ground(ags: str, people: dict[str, int], pairs: list[tuple[str, str]], low: float, high: float) -> Ground:
    """A ground of keys, inhabitants and neighbours alone, without shapes and attributes; borders are 1 m long."""
    ids = tuple(sorted(people))
    place = {block: position for position, block in enumerate(ids)}
    edges = np.array([sorted((place[a], place[b])) for a, b in pairs], dtype=np.int64).reshape(-1, 2)
    edges, _order = _sorted_edges(edges)
    number = len(ids)
    return Ground(
        ags, ags, ids, np.array([people[block] for block in ids], dtype=float), low, high, edges, np.ones(len(edges)),
        no_barriers(len(edges)), np.zeros(len(edges), dtype=np.uint8), np.ones(number), np.full(number, 4.0),
        np.zeros((number, 2)), np.zeros((number, 0)), (), np.zeros((number, 0)), np.zeros(0),
        np.full(number, "", dtype=object),
    )  # fmt: skip


def _table(blocks: gpd.GeoDataFrame, attributes: tuple[str, ...]) -> np.ndarray:
    return blocks[list(attributes)].to_numpy(dtype=float).reshape(len(blocks), len(attributes))


def _scale(blocks: gpd.GeoDataFrame, attributes: tuple[str, ...]) -> np.ndarray:
    """(c,) standard deviation of each attribute by inhabitants, 1 where nothing differs."""
    table, people = _table(blocks, attributes), blocks["population"].to_numpy(dtype=float)
    everywhere = np.zeros(len(blocks), dtype=np.int64)
    middle = weighted_means(table, people, everywhere, 1)[0]
    squares = weighted_means((table - middle) ** 2, people, everywhere, 1)[0][0]
    return np.where(np.isfinite(squares) & (squares > 0), np.sqrt(np.where(squares > 0, squares, 1.0)), 1.0)


def weighted_means(
    table: np.ndarray, weight: np.ndarray, area: np.ndarray, number: int
) -> tuple[np.ndarray, np.ndarray]:
    """Averages (number, c) of the columns per area by weight over what is known, NaN = nothing; and the weights."""
    means, known_weight = np.full((number, table.shape[1]), np.nan), np.zeros((number, table.shape[1]))
    for column in range(table.shape[1]):
        known = np.isfinite(table[:, column])
        share = np.where(known, weight, 0.0)
        total = np.bincount(area, share, number)
        sums = np.bincount(area, share * np.where(known, table[:, column], 0.0), number)
        means[:, column] = np.divide(sums, total, out=np.full(number, np.nan), where=total > 0)
        known_weight[:, column] = total
    return means, known_weight


def pair_kinds(barriers: Barriers, lengths: np.ndarray, kind_of: np.ndarray) -> np.ndarray:
    """(m,) the barrier along each common border, whether one can cross it, whether it is only a bridge.

    kind_of : 1 river, 2 railway, 3 motorway per barrier.
    """
    number = len(lengths)
    metres = np.zeros((len(KINDS) + 1, number))
    np.add.at(metres, (kind_of[barriers.edge_name], barriers.edge), barriers.edge_metres)
    most = metres.argmax(axis=0).astype(np.uint8)
    along = metres.max(axis=0)
    kinds = np.where((along > 0) & (along >= LARGER_PART * lengths), most, 0).astype(np.uint8)
    crossed = (kinds > 0) & (barriers.crossed >= LARGER_PART * barriers.along)
    return kinds + CROSSING * crossed.astype(np.uint8) + CONNECTION * (lengths <= 0).astype(np.uint8)


def _kind_of(barriers: Barriers, lines: gpd.GeoDataFrame | None, blocks: gpd.GeoDataFrame) -> np.ndarray:
    if lines is None or not barriers.names:
        return np.zeros(len(barriers.names), dtype=np.int64)
    near = near_lines(lines, blocks)
    walls = near[near["kind"].isin(KINDS)]
    names = {
        barrier_name(kind, name): KINDS.index(kind) + 1 for kind, name in zip(walls["kind"], walls["name"], strict=True)
    }
    return np.array([names[name] for name in barriers.names], dtype=np.int64)


def _sorted_edges(edges: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pairs with the smaller position first, sorted, and where each stood."""
    pairs = np.sort(edges, axis=1)
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    return pairs[order], order


def _reordered(found: Barriers, order: np.ndarray) -> Barriers:
    """The same barriers when the pairs change their order."""
    place = np.argsort(order)
    return Barriers(
        found.names, place[found.edge], found.edge_name, found.edge_metres, found.block, found.block_name,
        found.block_metres, found.along[order], found.crossed[order],
    )  # fmt: skip
