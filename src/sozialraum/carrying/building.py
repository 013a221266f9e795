"""Builders of matrices by key and by point: whole units, or shares counted in addresses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely
from numpy.typing import NDArray

from sozialraum.base import Finding, InputRefused, _
from sozialraum.blocks.layers import some
from sozialraum.carrying.geography import Geography, check_sum
from sozialraum.carrying.ground import Floats, Ints, cut, locate, summed
from sozialraum.carrying.matrix import Matrix, Origin, make_matrix, positions


def by_key(
    keys: pd.Series | pd.DataFrame,
    source: str,
    target: str,
    *,
    targets: Iterable[str] | None = None,
    built_on: str = "",
) -> Matrix:
    """Units that name their target, each whole; or a table of weights for units that are divided.

    keys : Series source key -> target key ('' or missing = outside), or a frame `source, target` and, where a source
        has several targets, `weight` (not negative; shares of each source, a rest to 1 lies outside).
    targets : all units of the target; by default those that are named.
    Raises InputRefused for a source with several targets and no weights, weights that sum to more than 1, or a target
    that is not among `targets`.
    """
    table = _table_of(keys)
    _refuse_keys(table, None if targets is None else set(targets))
    sources = sorted(set(table["source"]))
    names = sorted(set(table["target"]) - {""}) if targets is None else sorted(set(targets))
    known = table[table["target"] != ""]
    row, column = positions(sources, known["source"]), positions(names, known["target"])
    inside = summed(row, known["weight"].to_numpy(), len(sources))
    inputs = check_sum(f"{a}\t{b}\t{c!r}" for a, b, c in sorted(table.itertuples(index=False, name=None)))
    return make_matrix(
        Origin(source, target, "key", "by_key", built_on, inputs), sources, names,
        (row, column, known["weight"].to_numpy()), np.maximum(1 - inside, 0.0),
        error_class="A" if (known["weight"] >= 1).all() else "B",
    )  # fmt: skip


def _table_of(keys: pd.Series | pd.DataFrame) -> pd.DataFrame:
    if isinstance(keys, pd.Series):
        keys = pd.DataFrame({"source": keys.index, "target": keys.to_numpy()})
    table = pd.DataFrame(
        {name: keys[name].astype(object).where(keys[name].notna(), "").astype(str) for name in ("source", "target")}
    )
    weight = pd.to_numeric(keys["weight"]) if "weight" in keys else pd.Series(np.nan, index=keys.index)
    table["weight"] = weight.astype(float)
    alone = ~table["source"].duplicated(keep=False)
    table.loc[alone & table["weight"].isna(), "weight"] = 1.0
    return table


def _refuse_keys(table: pd.DataFrame, targets: set[str] | None) -> None:
    findings = []
    without = sorted(set(table.loc[table["weight"].isna(), "source"]))
    if without:
        what = _("Mehrere Ziele ohne Anteile: {names}.").format(names=some(without))
        todo = _("Ergänzen Sie, welcher Anteil in welches Ziel gehört; geschätzt wird hier nichts.")
        findings.append(Finding(what, column="target", todo=todo))
    sums = table.groupby("source")["weight"].sum()
    above = sorted(sums.index[sums > 1 + 1e-9])
    negative = sorted(set(table.loc[table["weight"] < 0, "source"]))
    for names, text in (
        (above, _("Anteile ergeben zusammen mehr als 1: {names}.")),
        (negative, _("Negative Anteile: {names}.")),
    ):
        if names:
            findings.append(Finding(text.format(names=some(names)), column="weight"))
    unknown = sorted(set(table["target"]) - targets - {""}) if targets is not None else []
    if unknown:
        findings.append(Finding(_("Unbekannte Ziele: {names}.").format(names=some(unknown)), column="target"))
    if findings:
        raise InputRefused(_("Nach diesen Schlüsseln kann nicht übertragen werden."), findings)


def by_points(points: gpd.GeoDataFrame, key: str, source: str, target: Geography, *, built_on: str = "") -> Matrix:
    """Single points (a list of addresses, facilities) onto the polygons they lie in; each is whole, class A.

    points : `key` (text, each once) and a point. On a common border the first unit by key counts.
    Raises InputRefused when the points have no coordinate system or a key comes twice.
    """
    places = _points_in(points, target.crs, source)
    names = points[key].astype(str)
    twice = sorted(set(names[names.duplicated()]))
    if twice:
        what = _("Schlüssel kommen mehrfach vor: {names}.").format(names=some(twice))
        raise InputRefused(_("Nach diesen Punkten kann nicht übertragen werden."), [Finding(what, column=key)])
    place = locate(places, target.shapes)
    inside = np.flatnonzero(place >= 0)
    origin = Origin(source, target.name, "points", "by_points", built_on, _inputs([target], places, names))
    return make_matrix(
        origin, list(names), target.units, (inside, place[inside], np.ones(len(inside))), (place < 0).astype(float)
    )


def by_addresses(source: Geography, target: Geography, addresses: gpd.GeoDataFrame, *, built_on: str = "") -> Matrix:
    """Units divided in proportion to their addresses, or to the inhabitants at their addresses; class B.

    addresses : points; column `people`, where there is one, says how much each counts (see `inhabited_points`).
    A source without any address is divided by its ground and stands in `by_ground`.
    Raises InputRefused when the points have no coordinate system.
    """
    source = source.in_crs(target.crs)
    points = _points_in(addresses, target.crs, "addresses")
    people = people_of(addresses)
    of_source, of_target = locate(points, source.shapes), locate(points, target.shapes)
    inside = np.flatnonzero((of_source >= 0) & (of_target >= 0))
    away = np.flatnonzero((of_source >= 0) & (of_target < 0))
    outside = summed(of_source[away], people[away], len(source.units))
    entries = (of_source[inside], of_target[inside], people[inside])
    origin = Origin(source.name, target.name, "addresses", "by_addresses", built_on,
                    _inputs([source, target], points, people))  # fmt: skip
    return with_ground(origin, source, target, entries, outside)


def inhabited_points(blocks: gpd.GeoDataFrame, addresses: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Where the inhabitants of blocks live: `people` at each address, so that a large empty field does not count.

    blocks : `block_id, population`, polygon. addresses : `block_id`, point, in the coordinate system of the blocks.
    The inhabitants of a block are shared equally among its addresses; those of a block without an address stand at
    one point inside it. The sum of `people` is that of the population.
    """
    population = blocks.set_index("block_id")["population"].astype(float)
    known = addresses[addresses["block_id"].isin(population.index)]
    number = known["block_id"].map(known["block_id"].value_counts()).astype(float)
    share = known["block_id"].map(population).astype(float) / number
    bare = blocks[~blocks["block_id"].isin(set(known["block_id"])) & (blocks["population"] > 0)]
    frame = pd.DataFrame(
        {
            "block_id": pd.concat([known["block_id"], bare["block_id"]], ignore_index=True),
            "people": pd.concat([share, bare["population"].astype(float)], ignore_index=True),
        }
    )
    points = np.concatenate([known.geometry.to_numpy(), shapely.point_on_surface(bare.geometry.to_numpy())])
    return gpd.GeoDataFrame(frame, geometry=points, crs=blocks.crs)


def by_area(source: Geography, target: Geography, *, sliver: float = 0.001, built_on: str = "") -> Matrix:
    """Units divided by their ground; the last resort, class C.

    sliver : a piece that is a smaller part than this of both its source and its target comes from borders drawn twice;
        what it holds goes to the largest piece of the source.
    Raises InputRefused when units of the target overlap by more than a sliver.
    """
    source = source.in_crs(target.crs)
    row, column, share = ground_shares(source, target, sliver)
    outside = np.maximum(1 - summed(row, share, len(source.units)), 0.0)
    outside[outside < sliver] = 0.0
    return make_matrix(
        Origin(source.name, target.name, "area", "by_area", built_on, _inputs([source, target])),
        source.units, target.units, (row, column, share), outside, covered=_covered(source, target, row, column, share),
    )  # fmt: skip


def ground_shares(source: Geography, target: Geography, sliver: float) -> tuple[Ints, Ints, Floats]:
    """Row, column and share of the ground of each source unit; slivers are given to its largest piece."""
    pieces = cut(source.shapes, target.shapes)
    sums = summed(pieces.shape, pieces.share, len(source.units))
    _refuse_overlap(source, target, sums, max(sliver, 1e-6) * 10)
    part = shapely.area(pieces.ground) / shapely.area(target.shapes)[pieces.polygon]
    kept = (pieces.share >= sliver) | (part >= sliver)
    largest = np.zeros(len(source.units))
    np.maximum.at(largest, pieces.shape, pieces.share)
    kept |= pieces.share == largest[pieces.shape]  # a unit that consists of slivers keeps the largest
    lost = summed(pieces.shape[~kept], pieces.share[~kept], len(source.units))
    row, column, share = pieces.shape[kept], pieces.polygon[kept], pieces.share[kept].copy()
    biggest = pd.Series(share).groupby(row).idxmax()
    share[biggest.to_numpy()] += lost[biggest.index.to_numpy()]
    return row, column, share


def _refuse_overlap(source: Geography, target: Geography, sums: Floats, tolerance: float) -> None:
    above = np.flatnonzero(sums > 1 + tolerance)
    if len(above):
        names = some([source.units[place] for place in above.tolist()])
        what = _("Dort liegen Flächen übereinander: {names}.").format(names=names)
        todo = _("Bitte berichtigen Sie die Geometrie im Kartenprogramm.")
        headline = _("Die Gliederung „{name}“ kann nicht verwendet werden.").format(name=target.name)
        raise InputRefused(headline, [Finding(what, sheet=target.name, todo=todo)])


def with_ground(
    origin: Origin,
    source: Geography,
    target: Geography,
    entries: tuple[NDArray[Any], NDArray[Any], NDArray[Any]],
    outside: Floats,
) -> Matrix:
    """A matrix of counted weights, in which units where nothing was counted are divided by their ground.

    Targets that a unit reaches with ground alone are stored with weight 0: the part there is 0, not missing.
    """
    row, column, share = ground_shares(source, target, 0.001)
    counted = summed(entries[0], entries[2], len(source.units)) + outside
    empty = counted <= 0
    away = np.where(empty, np.maximum(1 - summed(row, share, len(source.units)), 0.0), outside)
    away[empty & (away < 0.001)] = 0.0
    whole = tuple(
        np.concatenate([one, other])
        for one, other in zip(entries, (row, column, np.where(empty[row], share, 0.0)), strict=True)
    )
    by_ground = [source.units[place] for place in np.flatnonzero(empty).tolist()]
    return make_matrix(
        origin, source.units, target.units, (whole[0], whole[1], whole[2]), away, by_ground=by_ground,
        covered=_covered(source, target, row, column, share),
    )  # fmt: skip


def _covered(source: Geography, target: Geography, row: Ints, column: Ints, share: Floats) -> Floats:
    ground = summed(column, share * shapely.area(source.shapes)[row], len(target.units))
    return np.minimum(ground / shapely.area(target.shapes), 1.0)


def people_of(addresses: pd.DataFrame) -> Floats:
    """How much each address counts: its column `people`, else 1."""
    if "people" not in addresses:
        return np.ones(len(addresses))
    return addresses["people"].fillna(0).to_numpy(dtype=float)


def _points_in(points: gpd.GeoDataFrame, crs: pyproj.CRS, name: str) -> NDArray[Any]:
    if points.crs is None:
        finding = Finding(_("Die Ebene nennt kein Koordinatensystem."), sheet=name)
        raise InputRefused(_("Nach diesen Punkten kann nicht übertragen werden."), [finding])
    moved = points if points.crs == crs else points.to_crs(crs)
    return moved.geometry.to_numpy()


def _inputs(grounds: Sequence[Geography], *more: Iterable[object]) -> str:
    """Check sum of geographies and of what was counted, independent of the order of points."""
    rows = [shapely.to_wkb(part) if _is_shapes(part) else part for part in more]
    points = sorted(repr(row) for row in zip(*rows, strict=True)) if rows else []
    return check_sum([*(ground.check_sum() for ground in grounds), *points])


def _is_shapes(part: object) -> bool:
    return isinstance(part, np.ndarray) and part.dtype == object and len(part) > 0 and shapely.is_geometry(part[0])


__all__ = ["by_addresses", "by_area", "by_key", "by_points", "inhabited_points"]
