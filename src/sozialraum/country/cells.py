"""The inhabited cells of one municipality as a graph: sides, pieces, bridges, prices, comparable attributes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

SIDE = 100  # metres


@dataclass(frozen=True, eq=False)
class Cells:
    """Cells of one municipality in reading order: rows from north to south, each from west to east.

    x, y : int64 (n,), midpoints in EPSG:3035. population : float64 (n,). values : float64 (n, d), the raw
    attributes, NaN = unknown. block_ids : (n,) text, or None when they follow from x and y.
    """

    ags: str
    x: np.ndarray
    y: np.ndarray
    population: np.ndarray
    values: np.ndarray
    block_ids: np.ndarray | None = None

    def names(self) -> list[str]:
        """Key of each cell: the given one, or the INSPIRE id of its south-western corner."""
        if self.block_ids is not None:
            return [str(name) for name in self.block_ids]
        half = SIDE // 2
        corners = zip((self.y - half).tolist(), (self.x - half).tolist(), strict=True)
        return [f"CRS3035RES100mN{north}E{east}" for north, east in corners]


def side_edges(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Pairs i < j of cells with a common side, int64 (m, 2), sorted; cells in reading order.

    A common corner alone is no edge: two areas could cross in it. Corners count as the shortest bridges.
    """
    column, row = (x - x.min()) // SIDE, (y.max() - y) // SIDE
    width = int(column.max()) + 2  # one more, so that the end of a row is not beside the start of the next
    key = row * width + column
    found = []
    for step in (1, width):
        place = np.searchsorted(key, key + step)
        here = np.flatnonzero(key[np.minimum(place, len(key) - 1)] == key + step)
        found.append(np.column_stack([here, place[here]]))
    edges = np.vstack(found)
    return edges[np.lexsort((edges[:, 1], edges[:, 0]))]


def piece_numbers(count: int, edges: np.ndarray) -> np.ndarray:
    """Number of the connected piece of each cell, int64 (n,)."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    graph = coo_array((np.ones(len(edges), dtype=np.int8), (edges[:, 0], edges[:, 1])), shape=(count, count))
    return connected_components(graph, directed=False)[1].astype(np.int64)


def bridge_edges(x: np.ndarray, y: np.ndarray, edges: np.ndarray, *, every: bool = False) -> np.ndarray:
    """The fewest and shortest connections that make the cells one piece, int64 (b, 2), i < j, sorted.

    A minimum spanning tree over the pieces by the distance of their nearest cells; ties go to the cells first
    in reading order. `every`: also the shortest connection of each other pair of pieces that lie side by side.
    The shortest pair between any two groups of cells is an edge of every Delaunay triangulation (nothing lies in
    the circle over it), and its cells stand at the edge of their pieces: so a few candidates are enough.
    """
    piece = piece_numbers(len(x), edges)
    if piece.max() == 0:
        return np.empty((0, 2), dtype=np.int64)
    pairs = _candidates(x, y, np.flatnonzero(np.bincount(edges.ravel(), minlength=len(x)) < 4))
    pairs = pairs[piece[pairs[:, 0]] != piece[pairs[:, 1]]]
    squared = (x[pairs[:, 0]] - x[pairs[:, 1]]) ** 2 + (y[pairs[:, 0]] - y[pairs[:, 1]]) ** 2
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0], squared))]
    # of the connections of two pieces only the first, that is the shortest, can be a bridge
    joined = np.sort(piece[pairs], axis=1)
    first = np.sort(np.unique(joined, axis=0, return_index=True)[1])
    pairs, joined = pairs[first], joined[first]
    kept = pairs if every else pairs[_tree(joined, int(piece.max()) + 1)]
    return kept[np.lexsort((kept[:, 1], kept[:, 0]))]


def _candidates(x: np.ndarray, y: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Pairs i < j that hold every shortest connection, as int64 (c, 2), each once."""
    from scipy.spatial import Delaunay

    points = np.column_stack([x[places] - x[places[0]], y[places] - y[places[0]]]) / SIDE
    if np.linalg.matrix_rank(points) < 2:  # all on one line: each cell and the next
        pairs = np.column_stack([places[:-1], places[1:]])
    else:
        corners = places[Delaunay(points).simplices]
        pairs = np.vstack([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [0, 2]]])
    return np.unique(np.sort(pairs, axis=1), axis=0).astype(np.int64)


def _tree(joined: np.ndarray, count: int) -> np.ndarray:
    """Positions of the spanning tree over `count` pieces among connections sorted from the best one on."""
    parent = list(range(count))

    def root(piece: int) -> int:
        while parent[piece] != piece:
            parent[piece] = parent[parent[piece]]
            piece = parent[piece]
        return piece

    kept = []
    for position, (one, other) in enumerate(joined.tolist()):
        one, other = root(one), root(other)
        if one != other:
            parent[one] = other
            kept.append(position)
    return np.array(kept, dtype=np.int64)


def side_costs(edges: np.ndarray, population: np.ndarray, compactness: float) -> np.ndarray:
    """Price of cutting each common side in percent of the spread, (m,); all sides together cost `compactness`.

    Only sides between two inhabited cells have a price, as in a proposal for one municipality.
    """
    priced = ((population[edges[:, 0]] > 0) & (population[edges[:, 1]] > 0)).astype(float)
    whole = float(priced.sum())
    return 100.0 * compactness * priced / whole if whole else priced


def standardised(values: np.ndarray, weight: np.ndarray, families: Sequence[str]) -> np.ndarray:
    """Attributes with mean 0 and spread sqrt(1 / attributes of the family) by inhabitants, (n, kept).

    values : (n, d), NaN = unknown, which becomes the mean of the municipality. families : (d,) the family of
    each attribute; all families weigh the same. Attributes without any difference are left out.
    """
    known = np.isfinite(values)
    filled = np.where(known, values, 0.0)
    share = known * weight[:, None]
    total = share.sum(axis=0)
    total[total <= 0] = 1.0
    mean = (share * filled).sum(axis=0) / total
    centred = np.where(known, filled - mean, 0.0)
    variance = (weight[:, None] * centred**2).sum(axis=0) / total
    differs = np.flatnonzero(variance > 1e-12 * np.maximum(1.0, mean**2)).tolist()
    size = {family: sum(families[column] == family for column in differs) for family in set(families)}
    scale = np.array([np.sqrt(variance[column] * size[families[column]]) for column in differs])
    return centred[:, differs] / scale if len(differs) else np.zeros((len(values), 0))
