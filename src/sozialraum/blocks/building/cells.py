"""Inhabited grid cells of a whole Kreis taken as blocks, municipality by municipality."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sozialraum.base import Finding, _
from sozialraum.base.progress import Progress, Silent
from sozialraum.blocks.building.ground import take_ground
from sozialraum.blocks.building.result import MERGED_COLUMNS, Built
from sozialraum.blocks.layers import some
from sozialraum.blocks.tessellation import GRID, tessellate_cells


def cells_as_blocks(
    cells: pd.DataFrame,
    municipalities: gpd.GeoDataFrame,
    *,
    size: int = 100,
    progress: Progress | None = None,
) -> Built:
    """Each inhabited cell a block, the rest of the grid open land; see tessellate_cells.

    cells : `cell_id, x, y` (centres in EPSG:3035), `population` and further columns. size : metres.
    A cell belongs to the municipality with most of its ground; cells that touch none are named and left out.
    Raises InputRefused for cells given twice and unusable municipalities.
    """
    progress = progress or Silent()
    towns = take_ground(municipalities, None).municipalities
    progress.stage(_("Gitterzellen werden auf die Gemeinden gelegt"))
    home = _home(cells, towns, size)
    built = []
    for number, (ags, shape) in enumerate(zip(towns["ags"].astype(str), towns.geometry, strict=True)):
        own = cells[home == number]
        built.append(tessellate_cells(own, shape, size=size, crs=towns.crs.to_string(), ags=ags))
        progress.step(number + 1, len(towns))
    blocks = gpd.GeoDataFrame(pd.concat(built, ignore_index=True), crs=towns.crs)
    blocks["population"] = blocks["population"].astype("Int64")
    outside = cells["cell_id"].astype(str)[home < 0]
    notes = []
    if len(outside):
        what = _("Diese Zellen liegen in keiner Gemeinde: {names}.").format(names=some(sorted(outside)))
        notes.append(Finding(what, column="cell_id", severity="warning"))
    rule = _("Jede bewohnte Zelle ist ein Baustein; die übrigen Zellen sind offenes Land in Quadraten von 500 m.")
    blocks = blocks.sort_values("block_id", ignore_index=True)
    return Built(blocks, (), pd.DataFrame(columns=list(MERGED_COLUMNS)), tuple(notes), "given", rule)


def _home(cells: pd.DataFrame, towns: gpd.GeoDataFrame, size: int) -> np.ndarray:
    """The municipality with most of the ground of each cell, -1 = none."""
    half = size / 2
    x, y = cells["x"].to_numpy(dtype=float), cells["y"].to_numpy(dtype=float)
    squares = gpd.GeoSeries(shapely.box(x - half, y - half, x + half, y + half), crs=GRID).to_crs(towns.crs).to_numpy()
    shapes = towns.geometry.to_numpy()
    town, cell = shapely.STRtree(squares).query(shapes, predicate="intersects")
    # most cells lie in one municipality alone, so only those in several need their ground measured
    ground = np.ones(len(cell))
    several = np.bincount(cell, minlength=len(cells))[cell] > 1
    ground[several] = shapely.area(shapely.intersection(squares[cell[several]], shapes[town[several]]))
    home = np.full(len(cells), -1, dtype=np.int64)
    order = np.lexsort((-town, ground))
    home[cell[order]] = town[order]
    return home
