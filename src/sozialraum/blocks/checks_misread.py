"""Single blocks whose numbers are of another coordinate system than the rest of their layer."""

from __future__ import annotations

from collections.abc import Iterator

import geopandas as gpd
import numpy as np
import pyproj
import shapely

from sozialraum.base import Finding, _, plural
from sozialraum.base.numbers import count
from sozialraum.blocks.checks_faults import Fault
from sozialraum.blocks.coordinates import Reading, degrees_of, read_as, reading_of_each, sentence
from sozialraum.blocks.layers import some
from sozialraum.blocks.regions import germany, region_of


def misread_blocks(blocks: gpd.GeoDataFrame, municipalities: gpd.GeoDataFrame) -> tuple[list[Fault], gpd.GeoDataFrame]:
    """Blocks that lie beyond the region of the municipalities, yet in it when read in one other way.

    Nothing is found where no block lies right: then the layer as a whole is of another system.
    Returns one fault of kind 'outside' per reading (its code is Finding.offer, its place is where the blocks would
    lie), and the blocks read so: what else is wrong with them is told as if they had been mended.
    """
    if blocks.crs is None or blocks.crs.is_geographic or not len(blocks):
        return [], blocks
    named, shapes, faults = pyproj.CRS.from_user_input(blocks.crs), blocks.geometry.to_numpy().copy(), list[Fault]()
    for reading, rows in _readings(blocks, municipalities):
        shapes[rows] = reread(shapes[rows], reading, named)
        names = tuple(blocks["block_id"].astype(str).iloc[rows])
        text = plural("Baustein {names}: {what}", "{count} Bausteine ({names}): {what}", len(rows))
        what = text.format(names=some(list(names)), count=count(len(rows)), what=sentence(named, [reading]))
        todo = _("Angeboten wird, nur diese so zu lesen: {system}.").format(system=reading.title)
        finding = Finding(what, sheet="blocks", todo=todo, offer=reading.code)
        place = shapely.union_all(shapely.make_valid(shapes[rows]))
        faults.append(Fault("outside", finding, place, names))
    return faults, blocks.set_geometry(gpd.GeoSeries(shapes, index=blocks.index, crs=blocks.crs)) if faults else blocks


def reread(shapes: np.ndarray, reading: Reading, crs: pyproj.CRS | str) -> np.ndarray:
    """Shapes whose numbers are of another system, in the system of their layer, to a tenth of a millimetre."""
    read: np.ndarray = read_as(gpd.GeoDataFrame(geometry=shapes), reading).to_crs(crs).geometry.to_numpy()
    # so that corners that were one are one again
    return np.asarray(shapely.transform(read, lambda corners: np.round(corners, 4)), dtype=object)


def _readings(blocks: gpd.GeoDataFrame, municipalities: gpd.GeoDataFrame) -> Iterator[tuple[Reading, np.ndarray]]:
    """The readings that fit some blocks, with the positions of these blocks."""
    where, named = region_of(municipalities) or germany(), pyproj.CRS.from_user_input(blocks.crs)
    boxes = shapely.bounds(blocks.geometry.to_numpy())
    points = (boxes[:, :2] + boxes[:, 2:]) / 2
    known = np.isfinite(points).all(axis=1)
    away = np.flatnonzero(known & ~where.holds(degrees_of(points, named)))
    if not len(away) or len(away) == known.sum():
        return
    each = reading_of_each(points[away], named, where)
    for reading in sorted({one for one in each if one is not None}, key=lambda one: one.code):
        yield reading, away[np.array([one == reading for one in each])]
