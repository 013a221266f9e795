"""The check number of what a proposal was computed from: the same inputs give the same number."""

from __future__ import annotations

import hashlib

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sozialraum.blocks import attribute_columns
from sozialraum.delineation.barriers import near_lines


def blocks_number(blocks: gpd.GeoDataFrame, municipality: pd.Series) -> str:
    """Check number of the blocks of one municipality: keys, inhabitants, attributes, shapes, and its limits of size.

    blocks : of the municipality, in any order. Independent of the order of rows and of where a polygon begins.
    """
    own = blocks.sort_values("block_id", ignore_index=True)
    digest = hashlib.sha256()
    for text in own["block_id"].astype(str):
        digest.update(text.encode() + b"\n")
    digest.update(own["population"].to_numpy(dtype="<i8").tobytes())
    for column in sorted(attribute_columns(own)):
        values = own[column].to_numpy(dtype="<f8").copy()
        values[np.isnan(values)] = np.nan  # one bit pattern for every unknown value
        digest.update(column.encode() + values.tobytes())
    _add_shapes(digest, own)
    limits = [municipality["size_low"], municipality["size_high"]]
    digest.update(np.array(limits, dtype="<f8").tobytes())
    return digest.hexdigest()[:16]


def lines_number(blocks: gpd.GeoDataFrame, lines: gpd.GeoDataFrame | None) -> str:
    """Check number of the barriers and crossings near the blocks; '' when there are none."""
    if lines is None or lines.empty:
        return ""
    near = near_lines(lines, blocks)
    if near.empty:
        return ""
    rows = sorted(
        f"{kind};{name};{shape.wkb_hex}"
        for kind, name, shape in zip(near["kind"], near["name"], shapely.normalize(near.geometry), strict=True)
    )
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]


def _add_shapes(digest: hashlib._Hash, blocks: gpd.GeoDataFrame) -> None:
    for wkb in shapely.to_wkb(shapely.normalize(blocks.geometry.to_numpy()), byte_order=1, output_dimension=2):
        digest.update(wkb)
