"""Do the blocks tile their municipalities? Overlaps, gaps, slivers, blocks outside - each in a sentence."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from sozialraum.base import Finding, _
from sozialraum.base.numbers import count
from sozialraum.blocks.dissolve import merge
from sozialraum.blocks.layers import some

NEGLIGIBLE = 1.0  # square metres: smaller faults come from rounding coordinates
SLIVER = 1.0  # metres: a fault narrower than this is a warning, a wider one an error


def check_blocks(blocks: gpd.GeoDataFrame, municipalities: gpd.GeoDataFrame) -> tuple[Finding, ...]:
    """Findings on overlaps, gaps, blocks outside, unknown municipalities and invalid borders; () when clean.

    Faults under 1 square metre are ignored, faults narrower than 1 metre are warnings, others errors.
    """
    findings = _unknown_municipalities(blocks, municipalities)
    valid = shapely.is_valid(blocks.geometry.to_numpy())
    if not valid.all():
        names = some(list(blocks["block_id"].to_numpy()[~valid]))
        findings.append(_fault(_("Bausteine mit fehlerhaftem Rand: {names}.").format(names=names)))
        blocks = blocks[valid].reset_index(drop=True)
    overlaps = _overlaps(blocks)
    findings += overlaps
    for _position, municipality in municipalities.sort_values("ags").iterrows():
        own = blocks[blocks["municipality"] == municipality["ags"]]
        findings += _fit(own, municipality["geometry"], str(municipality["name"]), tiled=not overlaps)
    return tuple(findings)


def _fault(what: str, severe: bool = True) -> Finding:
    todo = _("Bitte berichtigen Sie die Grenzen im Kartenprogramm.")
    return Finding(what=what, sheet="blocks", todo=todo, severity="error" if severe else "warning")


def _unknown_municipalities(blocks: gpd.GeoDataFrame, municipalities: gpd.GeoDataFrame) -> list[Finding]:
    findings = []
    known = set(municipalities["ags"])
    for ags, own in blocks.groupby("municipality", sort=True):
        if ags not in known:
            what = _("Die Gemeinde „{ags}“ gibt es nicht; Bausteine: {names}.")
            findings.append(_fault(what.format(ags=ags, names=some(sorted(own["block_id"])))))
    for ags, name in municipalities[["ags", "name"]].sort_values("ags").itertuples(index=False):
        if not (blocks["municipality"] == ags).any():
            findings.append(_fault(_("{name} hat keinen Baustein.").format(name=name)))
    return findings


def _overlaps(blocks: gpd.GeoDataFrame) -> list[Finding]:
    shapes, names = blocks.geometry.to_numpy(), blocks["block_id"].to_numpy()
    # blocks without a suspicious border cannot overlap anything, so only few pairs need geometry;
    # a block that lies wholly inside another one is suspicious on its own whole border
    suspicious = np.flatnonzero(~shapely.is_empty(shapely.coverage_invalid_edges(shapes)))
    if not len(suspicious):
        return []
    tree = shapely.STRtree(shapes)
    a, b = tree.query(shapes[suspicious], predicate="intersects")
    a = suspicious[a]
    low, high = np.minimum(a, b), np.maximum(a, b)
    pairs = np.unique(np.column_stack([low, high])[low < high], axis=0)
    common = shapely.intersection(shapes[pairs[:, 0]], shapes[pairs[:, 1]])
    area = shapely.area(common)
    findings = []
    for (first, second), size, shape in zip(pairs.tolist(), area, common, strict=True):
        if size > NEGLIGIBLE:
            what = _("Die Bausteine {first} und {second} überlappen sich auf {area} m².")
            text = what.format(first=names[first], second=names[second], area=count(size))
            findings.append(_fault(text, _width(shape) >= SLIVER))
    return findings


def _width(shape: shapely.Geometry) -> float:
    """Mean width of a thin shape: twice its area by its border."""
    border = float(shapely.length(shape))
    return 2 * float(shapely.area(shape)) / border if border else 0.0


def _fit(own: gpd.GeoDataFrame, municipality: shapely.Geometry, name: str, tiled: bool) -> list[Finding]:
    """Gaps inside one municipality and blocks that reach over its border."""
    if own.empty:
        return []
    shapes = own.geometry.to_numpy()
    covered = merge(shapes) if tiled else shapely.union_all(shapes)
    findings = []
    for gap in _parts(shapely.difference(municipality, covered)):
        around = sorted(own["block_id"].to_numpy()[shapely.dwithin(shapes, gap, 0.01)])
        what = _("{name}: Lücke von {area} m² zwischen den Bausteinen {names}.")
        text = what.format(name=name, area=count(gap.area), names=some(around))
        findings.append(_fault(text, _width(gap) >= SLIVER))
    outside = _parts(shapely.difference(covered, municipality))
    if outside:
        beyond = np.array(outside, dtype=object)
        for block, shape in zip(own["block_id"], shapes, strict=True):
            findings += _reach(block, shape, beyond, name)
    return findings


def _reach(block: str, shape: shapely.Geometry, beyond: np.ndarray, name: str) -> list[Finding]:
    near = beyond[shapely.intersects(beyond, shape)]
    pieces = shapely.intersection(near, shape)
    size = float(shapely.area(pieces).sum())
    if size <= NEGLIGIBLE:
        return []
    if size > 0.999 * shape.area:
        return [_fault(_("Baustein {block} liegt außerhalb von {name}.").format(block=block, name=name))]
    what = _("Baustein {block} ragt mit {area} m² über die Grenze von {name} hinaus.")
    text = what.format(block=block, area=count(size), name=name)
    return [_fault(text, max(_width(piece) for piece in pieces) >= SLIVER)]


def _parts(shape: shapely.Geometry) -> list[shapely.Polygon]:
    """The polygons of a shape above the negligible size, north-west ones first."""
    polygons = [part for part in shapely.get_parts(shape) if part.area > NEGLIGIBLE]
    return sorted(polygons, key=lambda part: (-part.bounds[3], part.bounds[0]))
