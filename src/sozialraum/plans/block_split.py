"""A block divided by a line into two new ones, and what follows for counts, facilities and plans.

The block ends with one version of the blocks, its parts `<id>.1` and `<id>.2` begin with the next. Counts are
shared out by where people live - by addresses, else by buildings, else by ground, which is said - and always
add up to what was counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import pairwise
from math import floor, isfinite
from typing import Any, Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
import shapely.ops

from sozialraum.base import InputRefused, UsageError, _, plural
from sozialraum.base.numbers import percent
from sozialraum.blocks import attribute_columns

Basis = Literal["addresses", "dwellings", "ground", "decided", "same"]
EVERYTHING = "*"  # the share of every count that has none of its own
SMALLEST_PART = 1.0  # square metres
SNAP = 0.001  # metres: where the new corner lies on the border that neighbours share


@dataclass(frozen=True, slots=True)
class PartShare:
    """How an attribute of the block is shared. share : of the first part, 0 to 1; for basis 'same' both have the value.

    attribute : 'population', a feature, a column of blocks, or EVERYTHING.
    """

    attribute: str
    share: float
    basis: Basis


@dataclass(frozen=True, slots=True)
class BlockSplit:
    """The record of one division.

    parts : the two new ids. line : WKT. facilities : facility_id -> part it stands in, as somebody decided.
    """

    block_id: str
    parts: tuple[str, str]
    line: str
    shares: tuple[PartShare, ...]
    facilities: Mapping[str, str]
    why: str
    role: str
    when: str

    def share_of(self, attribute: str) -> PartShare:
        """The share of an attribute, else that of everything."""
        own = next((one for one in self.shares if one.attribute == attribute), None)
        return own or next(one for one in self.shares if one.attribute == EVERYTHING)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> BlockSplit:
        parts = content["parts"]
        shares = tuple(PartShare(**one) for one in content["shares"])
        return cls(**{**content, "parts": (str(parts[0]), str(parts[1])), "shares": shares})


def split_block(
    blocks: gpd.GeoDataFrame,
    block_id: str,
    line: shapely.LineString,
    *,
    addresses: gpd.GeoDataFrame | None = None,
    buildings: gpd.GeoDataFrame | None = None,
    shares: Mapping[str, float] | None = None,
    facilities: Mapping[str, str] | None = None,
    why: str = "",
    role: str,
    when: str,
) -> tuple[gpd.GeoDataFrame, BlockSplit]:
    """Divide a block by a line; returns all blocks of the next version and the record.

    blocks : of the version that ends, in a metric system; line in the same. addresses : points with `block_id`.
    buildings : polygons with `kind`. shares : of the first part where a person knows better, by attribute.
    facilities : facility_id -> part. The northern part is the first one.
    Neighbours get the new corner on their common border, so that the blocks stay without gap.
    Raises UsageError: no such block, no role. InputRefused: the line does not make two parts of it.
    """
    if not role.strip():
        raise UsageError(_("Geben Sie an, in welcher Rolle Sie den Plan ändern."))
    row = blocks[blocks["block_id"] == block_id]
    if row.empty:
        raise UsageError(_("Den Baustein {block} gibt es nicht.").format(block=block_id))
    parts = (f"{block_id}.1", f"{block_id}.2")
    _refuse_wrong(shares or {}, facilities or {}, parts)
    shape = row.geometry.iloc[0]
    first, second = _cut(shape, line, block_id)
    share, basis = _where_people_live(first, second, block_id, addresses, buildings)
    found = [PartShare(EVERYTHING, share, basis), PartShare("population", share, basis)]
    found += [PartShare(name, float(part), "decided") for name, part in sorted((shares or {}).items())]
    found += [PartShare(name, 1.0, "same") for name in attribute_columns(blocks)]
    kept = {one.attribute: one for one in found}  # what a person decided comes after what was found
    record = BlockSplit(
        block_id, parts, shapely.to_wkt(line, rounding_precision=3), tuple(kept.values()),
        dict(facilities or {}), why, role, when,
    )  # fmt: skip
    return _next_blocks(blocks, record, first, second), record


def _refuse_wrong(shares: Mapping[str, float], facilities: Mapping[str, str], parts: tuple[str, str]) -> None:
    for name, part in sorted(shares.items()):
        if not 0 <= part <= 1:
            raise UsageError(_("Der Anteil für {name} liegt zwischen 0 und 1.").format(name=name))
    for name, place in sorted(facilities.items()):
        if place not in parts:
            raise UsageError(_("Die Einrichtung {name} liegt in keinem der beiden Teile.").format(name=name))


def _cut(shape: shapely.Geometry, line: shapely.LineString, block_id: str) -> tuple[shapely.Geometry, shapely.Geometry]:
    """The two parts, the northern one first. A separate piece the line does not touch joins the part nearer to it."""
    cut: list[shapely.Geometry] = []
    whole: list[shapely.Geometry] = []
    for piece in shapely.get_parts(shape):
        made = [part for part in shapely.ops.split(piece, line).geoms if part.area > SMALLEST_PART]
        (cut if len(made) > 1 else whole).extend(made)
    if len(cut) != 2:
        number = max(len(cut), 1)
        text = plural(
            "Die Linie durchquert den Baustein {block} nicht ganz; er bliebe ein Stück.",
            "Die Linie teilt den Baustein {block} in {count} Stücke.",
            number,
        )
        raise InputRefused(
            text.format(block=block_id, count=number),
            (),
            _("Zeichnen Sie eine Linie von Rand zu Rand, die genau zwei Stücke ergibt."),
        )
    first, second = sorted(cut, key=lambda part: (-part.centroid.y, part.centroid.x))
    halves = ([first], [second])
    for piece in whole:
        halves[int(piece.distance(second) < piece.distance(first))].append(piece)
    north, south = (half[0] if len(half) == 1 else shapely.MultiPolygon(half) for half in halves)
    return north, south


def _where_people_live(
    first: shapely.Geometry,
    second: shapely.Geometry,
    block_id: str,
    addresses: gpd.GeoDataFrame | None,
    buildings: gpd.GeoDataFrame | None,
) -> tuple[float, Basis]:
    if addresses is not None and len(addresses):
        own = addresses.geometry.to_numpy()[(addresses["block_id"] == block_id).to_numpy()]
        if len(own):
            nearer = shapely.distance(own, first) <= shapely.distance(own, second)
            return float(nearer.mean()), "addresses"
    if buildings is not None and len(buildings):
        houses = buildings.geometry.to_numpy()[(buildings["kind"] == "building").to_numpy()]
        sizes = [float(shapely.area(shapely.intersection(houses, part)).sum()) for part in (first, second)]
        if sum(sizes) > SMALLEST_PART:
            return sizes[0] / sum(sizes), "dwellings"
    return float(first.area / (first.area + second.area)), "ground"


def _next_blocks(
    blocks: gpd.GeoDataFrame, record: BlockSplit, first: shapely.Geometry, second: shapely.Geometry
) -> gpd.GeoDataFrame:
    place = int(np.flatnonzero((blocks["block_id"] == record.block_id).to_numpy())[0])
    shapes = blocks.geometry.to_numpy().copy()
    corners = _new_corners(shapes[place], (first, second))
    near = np.flatnonzero(shapely.dwithin(shapes, shapes[place], SNAP))
    for other in near[near != place].tolist():
        shapes[other] = _with_corners(shapes[other], corners)
    noded = gpd.GeoDataFrame(blocks.drop(columns=blocks.geometry.name), geometry=shapes, crs=blocks.crs)
    halves = pd.concat([noded.iloc[[place]]] * 2, ignore_index=True)
    halves["block_id"] = list(record.parts)
    halves["population"] = shared_out(int(blocks["population"].iat[place]), record.share_of("population").share)
    halves = halves.set_geometry(gpd.GeoSeries([first, second], crs=blocks.crs))
    rest = noded.drop(index=noded.index[place])
    joined = gpd.GeoDataFrame(pd.concat([rest, halves], ignore_index=True), geometry="geometry", crs=blocks.crs)
    joined["population"] = joined["population"].astype("int64")
    return joined.sort_values("block_id", ignore_index=True)


def _new_corners(before: shapely.Geometry, parts: tuple[shapely.Geometry, ...]) -> np.ndarray:
    """Corners of the parts on the border of the block that it did not have."""
    known = {tuple(point) for point in shapely.get_coordinates(before).tolist()}
    points = {tuple(point) for part in parts for point in shapely.get_coordinates(part).tolist()} - known
    there = [shapely.Point(point) for point in sorted(points)]
    border = shapely.boundary(before)
    return np.array([point for point in there if point.distance(border) <= SNAP], dtype=object)


def _with_corners(shape: shapely.Geometry, corners: np.ndarray) -> shapely.Geometry:
    """The shape with the corners put into the edges they lie on."""

    def ring(points: np.ndarray) -> np.ndarray:
        made = [points[0]]
        for start, end in pairwise(points):
            edge = shapely.LineString([start, end])
            own = [corner for corner in corners if corner.distance(edge) <= SNAP]
            inside = [(edge.project(corner), corner) for corner in own]
            for along, corner in sorted(inside, key=lambda one: one[0]):
                if SNAP < along < edge.length - SNAP:
                    made.append(np.array(corner.coords[0]))
            made.append(end)
        return np.array(made)

    parts = []
    for polygon in shapely.get_parts(shape):
        holes = [ring(shapely.get_coordinates(hole)) for hole in polygon.interiors]
        parts.append(shapely.Polygon(ring(shapely.get_coordinates(polygon.exterior)), holes))
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def shared_out(total: float, share: float) -> tuple[float, float]:
    """A count in two parts that add up to it exactly; whole counts stay whole, the larger remainder is rounded up."""
    if not isfinite(total):
        return total, total
    if total != floor(total):
        first = total * share
        return first, total - first
    exact = total * share
    first = floor(exact)
    if exact - first >= 0.5:
        first += 1
    return (int(first), int(total - first))


def sentences(split: BlockSplit, population: int, *, done: bool = True) -> tuple[str, ...]:
    """What was done, for people. done : False where it is only looked at."""
    share = split.share_of("population")
    first, second = shared_out(population, share.share)
    was = _("Baustein {block} geteilt: {first} mit {people_first}, {second} mit {people_second} Einwohnern.")
    would = _("Baustein {block} würde geteilt: {first} mit {people_first}, {second} mit {people_second} Einwohnern.")
    said = [
        (was if done else would).format(
            block=split.block_id, first=split.parts[0], second=split.parts[1], people_first=first, people_second=second
        ),
        basis_sentence(share),
    ]
    return tuple(said)


def basis_sentence(share: PartShare) -> str:
    """What the share rests on, and a warning where it is only the ground."""
    part = percent(share.share, 0)
    return {
        "addresses": _("Anteil des nördlichen Teils nach Adressen: {share}."),
        "dwellings": _("Anteil des nördlichen Teils nach Grundfläche der Wohngebäude: {share}."),
        "ground": _("Ohne Adressen und Gebäude nach Fläche geteilt: {share}. Das ist nur eine grobe Schätzung."),
        "decided": _("Anteil des nördlichen Teils, wie festgelegt: {share}."),
        "same": _("Der Wert gilt für beide Teile."),
    }[share.basis].format(share=part)
