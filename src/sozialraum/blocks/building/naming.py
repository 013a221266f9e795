"""Keys of new blocks from north-west, and the street a block is named after."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sozialraum.blocks.adjacency import border_segments, lengths_of
from sozialraum.blocks.building.faces import ON_LINE, pieces_of

BAND = 500.0  # metres: blocks are numbered from west to east in bands of this height, the northern band first


def block_keys(shapes: np.ndarray, town: np.ndarray, ags: np.ndarray) -> np.ndarray:
    """`<ags>-B0001` and so on for each municipality, from north-west; at least four digits.

    shapes, town : (n,) blocks and the position of their municipality in `ags`.
    """
    inner = shapely.point_on_surface(shapes)
    x, y = shapely.get_x(inner), shapely.get_y(inner)
    keys = np.full(len(shapes), "", dtype=object)
    for number, key in enumerate(ags):
        own = np.flatnonzero(town == number)
        if not len(own):
            continue
        band = np.floor((y[own].max() - y[own]) / BAND)
        order = own[np.lexsort((-y[own], x[own], band))]
        digits = max(4, len(str(len(own))))
        keys[order] = [f"{key}-B{rank + 1:0{digits}}" for rank in range(len(own))]
    return keys


def streets_of(
    shapes: np.ndarray, lines: gpd.GeoDataFrame, addresses: gpd.GeoDataFrame | None, at_block: np.ndarray
) -> np.ndarray:
    """The street with the longest front on each block, else the one most of its addresses name, else ''."""
    named = lines[(lines["kind"] == "street") & (lines["name"] != "")]
    names = named["name"].to_numpy(dtype=object)
    owner, segments = border_segments(shapes)
    found = pd.DataFrame({"block": [], "street": [], "weight": []})
    if len(named):
        middles = shapely.points((segments[:, :2] + segments[:, 2:]) / 2)
        pieces, piece_line = pieces_of(named.geometry.to_numpy())
        piece, segment = shapely.STRtree(middles).query(pieces, predicate="dwithin", distance=ON_LINE)
        found = pd.DataFrame(
            {
                "block": owner[segment],
                "street": names[piece_line[piece]],
                "weight": lengths_of(segments[segment]),
            }
        )
    streets = _heaviest(found, len(shapes))
    if addresses is not None and "street" in addresses.columns:
        known = at_block >= 0
        street = addresses["street"].fillna("").astype(str).to_numpy(dtype=object)[known]
        by_address = _heaviest(pd.DataFrame({"block": at_block[known], "street": street, "weight": 1.0}), len(shapes))
        streets = np.where(streets == "", by_address, streets)
    return streets


def _heaviest(found: pd.DataFrame, size: int) -> np.ndarray:
    """Per block the street with the greatest weight, in doubt the first by name."""
    streets = np.full(size, "", dtype=object)
    if len(found):
        total = found.groupby(["block", "street"], sort=True)["weight"].sum().round(3).reset_index()
        order = total.sort_values(["block", "weight", "street"], ascending=[True, False, True], kind="stable")
        best = order.drop_duplicates("block")
        streets[best["block"].to_numpy(dtype=np.int64)] = best["street"].to_numpy(dtype=object)
    return streets
