"""Builders of matrices from a statistical grid: cells onto areas, and areas onto areas by what lives in their cells."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from sozialraum.carrying.building import by_addresses, by_area, people_of, with_ground
from sozialraum.carrying.geography import Geography, check_sum
from sozialraum.carrying.ground import Floats, Ints, cut, locate, summed
from sozialraum.carrying.matrix import Matrix, Origin

KNOWN_ENOUGH = 0.5  # a unit of whose cells a smaller share is known is divided by ground (a convention, not measured)
FINE = 100.0 * 100.0 * 1.01  # square metres: dividing a cell of 100 m by its ground counts as weighting by the grid


def of_cells(
    cells: Geography, target: Geography, *, addresses: gpd.GeoDataFrame | None = None, built_on: str = ""
) -> Matrix:
    """Cells onto areas: whole where they lie in one, divided at borders by their addresses, else by their ground.

    addresses : points, with `people` where that is known (see `inhabited_points`).
    Class B for cells of up to 100 m, C for larger ones that are divided by ground.
    """
    unlisted = np.full(len(target.units), np.nan)  # a grid lists the cells with something in them: no gap elsewhere
    fine = bool((shapely.area(cells.shapes) <= FINE).all())
    if addresses is not None:
        counted = by_addresses(cells, target, addresses, built_on=built_on)
        return replace(counted, by_ground=() if fine else counted.by_ground, covered=unlisted)
    matrix = by_area(cells, target, built_on=built_on)
    return replace(matrix, builder="of_cells", error_class="B" if fine else "C", covered=unlisted)


def by_cells(
    source: Geography,
    target: Geography,
    cells: Geography,
    counted: pd.Series,
    kind: Literal["dwellings", "inhabitants"],
    *,
    addresses: gpd.GeoDataFrame | None = None,
    built_on: str = "",
) -> Matrix:
    """Units divided in proportion to what their cells hold; class B.

    counted : cell key -> dwellings or inhabitants. A cell that is not named holds none; one that is named without a
        number is secret and not 0: `known` says which share of the cells of a source is known, and a source of which
        less than half is known is divided by its ground, as one without anything counted.
    addresses : divide cells that lie across a border by their addresses, else by ground.
    A source without anything counted is divided by its ground and stands in `by_ground`.
    """
    source, cells = source.in_crs(target.crs), cells.in_crs(target.crs)
    secret = np.isin(np.array(cells.units, dtype=object), list(counted.index[counted.isna()]))
    numbers = counted.reindex(list(cells.units)).fillna(0).to_numpy(dtype=float)
    shares = _by_ground(cells, source, target)
    known = _known(shares, secret, len(source.units))
    inputs = [
        source.check_sum(),
        target.check_sum(),
        cells.check_sum(),
        *map(repr, np.where(secret, np.nan, numbers).tolist()),
    ]
    if addresses is not None:
        points = (addresses if addresses.crs == target.crs else addresses.to_crs(target.crs)).geometry.to_numpy()
        people = people_of(addresses)
        shares = _by_points(shares, cells, source, target, points, people)
        inputs += sorted(map(repr, zip(shapely.to_wkb(points), people.tolist(), strict=True)))
    weight = numbers[shares.cell] * shares.share
    weight[known[shares.source] < KNOWN_ENOUGH] = 0.0
    inside = shares.target >= 0
    outside = summed(shares.source[~inside], weight[~inside], len(source.units))
    entries = (shares.source[inside], shares.target[inside], weight[inside])
    origin = Origin(source.name, target.name, kind, "by_cells", built_on, check_sum(inputs))
    return replace(with_ground(origin, source, target, entries, outside), known=known)


@dataclass(frozen=True, eq=False)
class _Shares:
    """Parts of cells by source and target (-1 = in none), as shares of the whole cell."""

    cell: Ints
    source: Ints
    target: Ints
    share: Floats


def _known(shares: _Shares, secret: NDArray[np.bool_], count: int) -> Floats:
    """By source the share of its cells whose number is known; NaN for all when no cell is secret."""
    if not secret.any():
        return np.full(count, np.nan)
    cells = summed(shares.source, shares.share, count)
    known = summed(shares.source, shares.share * ~secret[shares.cell], count)
    return np.where(cells > 0, known / np.where(cells > 0, cells, 1.0), np.nan)


def _by_ground(cells: Geography, source: Geography, target: Geography) -> _Shares:
    first = cut(cells.shapes, source.shapes)
    second = cut(first.ground, target.shapes)
    away = np.maximum(1 - summed(second.shape, second.share, len(first.shape)), 0.0)
    rest = np.flatnonzero(away > 1e-6)
    piece = np.concatenate([second.shape, rest])
    return _Shares(
        first.shape[piece], first.polygon[piece], np.concatenate([second.polygon, np.full(len(rest), -1)]),
        first.share[piece] * np.concatenate([second.share, away[rest]]),
    )  # fmt: skip


def _by_points(
    ground: _Shares, cells: Geography, source: Geography, target: Geography, points: NDArray[Any], people: Floats
) -> _Shares:
    """The same with cells in which addresses stand divided by these."""
    cell, unit = locate(points, cells.shapes), locate(points, source.shapes)
    in_cell = summed(cell[cell >= 0], people[cell >= 0], len(cells.units))
    counts = np.flatnonzero((cell >= 0) & (unit >= 0) & (people > 0))
    kept = in_cell[ground.cell] <= 0
    aim = locate(points[counts], target.shapes)
    return _Shares(
        np.concatenate([ground.cell[kept], cell[counts]]),
        np.concatenate([ground.source[kept], unit[counts]]),
        np.concatenate([ground.target[kept], aim]),
        np.concatenate([ground.share[kept], people[counts] / in_cell[cell[counts]]]),
    )
