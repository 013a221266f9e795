"""Areas as polygons: blocks of one area merged into one shape."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sozialraum.base import Finding, InputRefused, _
from sozialraum.blocks.layers import single_parts, some


def dissolve(blocks: gpd.GeoDataFrame, assignment: pd.Series) -> gpd.GeoDataFrame:
    """Merge blocks into areas; block_id -> area_id in `assignment`, one row per area sorted by area_id.

    Blocks must form a coverage (no overlaps); an area in several parts becomes a multipolygon.
    Raises InputRefused when a block has no area.
    """
    area = blocks["block_id"].map(assignment)
    if area.isna().any():
        names = some(list(blocks["block_id"][area.isna()].astype(str)))
        raise InputRefused(
            _("Bausteine ohne Gebiet."), [Finding(_("Ohne Gebiet: {names}.").format(names=names), column="area_id")]
        )
    shapes = blocks.geometry.to_numpy()
    groups = pd.Series(np.arange(len(blocks))).groupby(area.astype(str).to_numpy(), sort=True).indices
    ids = sorted(map(str, groups))
    merged = np.array([merge(shapes[groups[name]]) for name in ids], dtype=object)
    return gpd.GeoDataFrame({"area_id": ids}, geometry=single_parts(merged), crs=blocks.crs)


def merge(shapes: np.ndarray) -> shapely.Geometry:
    """One shape from polygons that do not overlap."""
    try:
        merged = shapely.coverage_union_all(shapes)
    except shapely.errors.GEOSException:
        merged = None
    if merged is None or not shapely.is_valid(merged):
        # borders without common corner points are no coverage; the general union copes with them
        return shapely.union_all(shapes)
    return merged
