"""Do the blocks tile their municipalities? Overlaps, gaps, slivers, blocks outside: each a sentence and a place."""

from __future__ import annotations

import re

import geopandas as gpd
import numpy as np
import shapely

from sozialraum.base import Finding, _, plural
from sozialraum.base.numbers import count
from sozialraum.blocks.checks_faults import NEGLIGIBLE, SLIVER, Fault, Kind, large_parts, width
from sozialraum.blocks.checks_misread import misread_blocks
from sozialraum.blocks.coordinates import check_coordinates
from sozialraum.blocks.dissolve import merge
from sozialraum.blocks.layers import some

TOUCHING = 0.01  # metres
WHOLLY = (
    0.999  # share of a block beyond the border from which it lies outside, or of two blocks that are one drawn twice
)


def check_blocks(blocks: gpd.GeoDataFrame, municipalities: gpd.GeoDataFrame) -> tuple[Finding, ...]:
    """Findings on overlaps, gaps, blocks outside, unknown municipalities and invalid borders; () when clean.

    The sentences of `check_ground`, in its order.
    """
    return tuple(fault.finding for fault in check_ground(blocks, municipalities))


def check_ground(
    blocks: gpd.GeoDataFrame, municipalities: gpd.GeoDataFrame, lines: gpd.GeoDataFrame | None = None
) -> tuple[Fault, ...]:
    """All faults of the blocks, each with its place; () when they tile their municipalities.

    blocks, municipalities : in contract columns; invalid shapes and keys that come twice are allowed. lines : only
    their coordinates are looked at. Faults under 1 square metre are ignored, gaps, overlaps and parts beyond the
    border narrower than 1 metre are warnings, others errors. Wrong coordinates of the blocks are the only fault then:
    nothing else can be told before they are read rightly; blocks that alone are of another system are one fault, and
    the others are told as if these were read rightly. Order: kinds as below, in each north-west first.
    """
    misread, blocks = misread_blocks(blocks, municipalities)
    faults = _misplaced(blocks, municipalities, "blocks")
    if lines is not None:
        faults += _misplaced(lines, municipalities, "lines")
    if any(fault.layer == "blocks" for fault in faults):
        return tuple(faults)
    if municipalities.crs != blocks.crs and municipalities.crs is not None:
        municipalities = municipalities.to_crs(blocks.crs)
    blocks = blocks.sort_values("block_id", kind="stable", ignore_index=True)
    faults += [*misread, *_unknown_municipalities(blocks, municipalities)]
    invalid, blocks = _invalid(blocks)
    overlaps, tiled = _overlaps(blocks)
    faults += [*invalid, *_keys_twice(blocks), *overlaps]
    for _position, municipality in municipalities.sort_values("ags").iterrows():
        own = blocks[blocks["municipality"] == municipality["ags"]]
        faults += _fit(own, municipality["geometry"], str(municipality["name"]), tiled=tiled)
    return tuple(faults)


def _misplaced(frame: gpd.GeoDataFrame, municipalities: gpd.GeoDataFrame, layer: str) -> list[Fault]:
    """Wrong coordinates of a whole layer; single shapes elsewhere are found as such."""
    found = check_coordinates(frame, municipalities, layer)
    return [fault for fault in found.faults if fault.finding.code == "coordinates"]


def _fault(
    kind: Kind, what: str, place: shapely.Geometry | None, blocks: tuple[str, ...], severe: bool = True
) -> Fault:
    todo = _("Bitte berichtigen Sie die Grenzen im Kartenprogramm.")
    finding = Finding(what=what, sheet="blocks", todo=todo, severity="error" if severe else "warning")
    return Fault(kind, finding, place, blocks)


def _unknown_municipalities(blocks: gpd.GeoDataFrame, municipalities: gpd.GeoDataFrame) -> list[Fault]:
    faults = []
    known = set(municipalities["ags"])
    for ags, own in blocks.groupby("municipality", sort=True):
        if ags not in known:
            names = sorted(own["block_id"].astype(str))
            what = _("Die Gemeinde „{ags}“ gibt es nicht; Bausteine: {names}.").format(ags=ags, names=some(names))
            faults.append(_fault("outside", what, shapely.GeometryCollection(list(own.geometry)), tuple(names)))
    for ags, name, shape in municipalities[["ags", "name", "geometry"]].sort_values("ags").itertuples(index=False):
        if not (blocks["municipality"] == ags).any():
            faults.append(_fault("gap", _("{name} hat keinen Baustein.").format(name=name), shape, ()))
    return faults


def _invalid(blocks: gpd.GeoDataFrame) -> tuple[list[Fault], gpd.GeoDataFrame]:
    """Faults of single shapes, and the blocks with shapes that the other checks can work with."""
    shapes, names = blocks.geometry.to_numpy().copy(), blocks["block_id"].astype(str).to_numpy()
    none = shapely.is_missing(shapes) | shapely.is_empty(shapes) | ~np.isin(shapely.get_type_id(shapes), (3, 6))
    faults = [_fault("invalid", _("Baustein {block} hat keine Fläche.").format(block=name), None, (name,))
              for name in names[none].tolist()]  # fmt: skip
    broken = np.flatnonzero(~none & ~shapely.is_valid(shapes))
    for place in broken.tolist():
        what = _("Der Rand von Baustein {block} überschneidet sich selbst.").format(block=names[place])
        faults.append(_fault("invalid", what, _crossing(shapes[place]), (names[place],)))
        shapes[place] = only_area(shapely.make_valid(shapes[place]))
    return faults, blocks.set_geometry(gpd.GeoSeries(shapes, index=blocks.index, crs=blocks.crs))[~none]


def _crossing(shape: shapely.Geometry) -> shapely.Geometry:
    """The point where a border crosses itself, as the geometry library names it; else a point on the border."""
    found = re.search(r"\[(\S+) (\S+)\]", str(shapely.is_valid_reason(shape)))
    if found:
        return shapely.Point(float(found.group(1)), float(found.group(2)))
    return shapely.get_point(shapely.get_exterior_ring(shapely.get_geometry(shape, 0)), 0)


def only_area(shape: shapely.Geometry) -> shapely.Geometry:
    """The polygons of a shape, without points and lines."""
    parts = [part for part in shapely.get_parts(shapely.get_parts(shape)) if part.geom_type == "Polygon"]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _keys_twice(blocks: gpd.GeoDataFrame) -> list[Fault]:
    faults = []
    for name, own in blocks[blocks["block_id"].duplicated(keep=False)].groupby("block_id", sort=True):
        what = _("Der Schlüssel {block} steht bei {count} Flächen.").format(block=name, count=len(own))
        faults.append(_fault("twice", what, shapely.GeometryCollection(list(own.geometry)), (str(name),)))
    return faults


def _overlaps(blocks: gpd.GeoDataFrame) -> tuple[list[Fault], bool]:
    """Faults of pairs, and whether there is no common ground at all. Shapes of one key are told with their key."""
    shapes, names = blocks.geometry.to_numpy(), blocks["block_id"].astype(str).to_numpy()
    pairs, common = overlapping_pairs(shapes)
    area, size = shapely.area(common), shapely.area(shapes)
    faults = []
    for (first, second), own, shape in zip(pairs.tolist(), area.tolist(), common, strict=True):
        if names[first] == names[second]:
            continue
        what = _("Die Bausteine {first} und {second} überlappen sich auf {area} m².")
        text = what.format(first=names[first], second=names[second], area=count(own))
        wide = width(shape) >= SLIVER
        twice = own > WHOLLY * max(size[first], size[second])
        kind: Kind = "twice" if twice else "overlap" if wide else "sliver"
        faults.append(_fault(kind, text, only_area(shape), (names[first], names[second]), wide))
    return faults, not len(pairs)


def overlapping_pairs(shapes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pairs (m, 2) of positions i < j whose shapes share more than 1 square metre, and what they share."""
    nothing = np.empty((0, 2), dtype=np.int64), np.empty(0, dtype=object)
    # blocks without a suspicious border cannot overlap anything, so only few pairs need geometry;
    # a block that lies wholly inside another one is suspicious on its own whole border
    suspicious = np.flatnonzero(~shapely.is_empty(shapely.coverage_invalid_edges(shapes)))
    if not len(suspicious):
        return nothing
    a, b = shapely.STRtree(shapes).query(shapes[suspicious], predicate="intersects")
    a = suspicious[a]
    low, high = np.minimum(a, b), np.maximum(a, b)
    pairs = np.unique(np.column_stack([low, high])[low < high], axis=0)
    common = shapely.intersection(shapes[pairs[:, 0]], shapes[pairs[:, 1]])
    large = shapely.area(common) > NEGLIGIBLE
    return pairs[large], common[large]


def _fit(own: gpd.GeoDataFrame, municipality: shapely.Geometry, name: str, tiled: bool) -> list[Fault]:
    """Gaps inside one municipality and blocks that reach over its border."""
    if own.empty:
        return []
    shapes = own.geometry.to_numpy()
    covered = merge(shapes) if tiled else shapely.union_all(shapes)
    faults = []
    for gap in large_parts(shapely.difference(municipality, covered)):
        around = tuple(sorted(own["block_id"].astype(str).to_numpy()[shapely.dwithin(shapes, gap, TOUCHING)]))
        alone = _("{name}: Ein Teil von {area} m² hat keinen Baustein.")
        beside = plural(
            "{name}: Lücke von {area} m² neben Baustein {names}.",
            "{name}: Lücke von {area} m² zwischen den Bausteinen {names}.",
            len(around),
        )
        what = beside if around else alone
        text = what.format(name=name, area=count(gap.area), names=some(list(around)))
        wide = width(gap) >= SLIVER
        faults.append(_fault("gap" if wide else "sliver", text, gap, around, wide))
    outside = large_parts(shapely.difference(covered, municipality))
    if outside:
        beyond = np.array(outside, dtype=object)
        for block, shape in zip(own["block_id"].astype(str), shapes, strict=True):
            faults += _reach(block, shape, beyond, name)
    return faults


def _reach(block: str, shape: shapely.Geometry, beyond: np.ndarray, name: str) -> list[Fault]:
    near = beyond[shapely.intersects(beyond, shape)]
    pieces = shapely.intersection(near, shape)
    size = float(shapely.area(pieces).sum())
    if size <= NEGLIGIBLE:
        return []
    place = only_area(shapely.union_all(pieces))
    if size > WHOLLY * shape.area:
        what = _("Baustein {block} liegt außerhalb von {name}.").format(block=block, name=name)
        return [_fault("outside", what, place, (block,))]
    what = _("Baustein {block} ragt mit {area} m² über die Grenze von {name} hinaus.")
    text = what.format(block=block, area=count(size), name=name)
    return [_fault("outside", text, place, (block,), max(width(piece) for piece in pieces) >= SLIVER)]
