"""Simple footprints of houses along the streets of the invented region, and of its public buildings."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sozialraum.demo.addresses import SETBACK, STEP, Doors, luck
from sozialraum.demo.chance import Floats
from sozialraum.demo.region import CRS
from sozialraum.demo.world import World

# Metres across the front: houses of a row touch nearly, detached ones stand apart; and how far back a house reaches.
ROW, PAIR, ALONE = STEP - 2.0, 18.0, 12.0
DEPTH = 11.0
PUBLIC_SIZES = {"school": (46.0, 20.0), "church": (32.0, 15.0), "town_hall": (40.0, 24.0), "care_home": (44.0, 18.0),
                "daycare": (24.0, 16.0)}  # fmt: skip


def draw_buildings(world: World, doors: Doors, public: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Public buildings and the houses that do not stand in their way: kind, name, polygon.

    public : `kind, name, block` (position), point of each public building.
    """
    shapes, placed = _public_shapes(world, doors, public)
    houses = _houses(world, doors)
    houses = houses[~_touched(houses, shapes)]
    frame = pd.DataFrame(
        {
            "kind": [*public["kind"].to_numpy()[placed], *["building"] * len(houses)],
            "name": [*public["name"].to_numpy()[placed], *[""] * len(houses)],
        }
    )
    return gpd.GeoDataFrame(frame, geometry=[*shapes, *houses], crs=CRS)


def _houses(world: World, doors: Doors) -> np.ndarray:
    """One footprint per door that fits into its block and stands clear of the house before."""
    storeys = world.blocks["building_storeys"].to_numpy()[doors.block]
    width = np.where(storeys >= 2.9, ROW, np.where(storeys >= 2.1, PAIR, ALONE))
    width = width * (0.85 + 0.15 * luck(world, doors.block, "houses"))
    shapes = footprints(doors.at + (DEPTH / 2 - SETBACK / 3) * doors.inward, doors.ahead, width, DEPTH)
    shapes = shapes[shapely.contains_properly(world.blocks.geometry.to_numpy()[doors.block], shapes)]
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    clear = np.ones(len(shapes), dtype=bool)
    clear[one[one > other]] = False
    return shapes[clear]


def footprints(middle: Floats, ahead: Floats, width: Floats | float, depth: Floats | float) -> np.ndarray:
    """Rectangles round (n, 2) middles, `width` along the unit vectors `ahead`, `depth` across; to a decimetre."""
    along = ahead * np.broadcast_to(np.asarray(width) / 2, len(middle))[:, None]
    across = np.column_stack([-ahead[:, 1], ahead[:, 0]]) * np.broadcast_to(np.asarray(depth) / 2, len(middle))[:, None]
    ring = [middle - along - across, middle + along - across, middle + along + across, middle - along + across]
    shapes: np.ndarray = shapely.polygons(np.round(np.stack(ring, axis=1), 1))
    return shapes


def _public_shapes(world: World, doors: Doors, public: gpd.GeoDataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Footprints in the direction of the nearest street, smaller where the block is; and whose they are."""
    points = public.geometry.to_numpy()
    near = shapely.STRtree(shapely.points(doors.at)).query_nearest(points, all_matches=False)[1]
    sizes = np.array([PUBLIC_SIZES[kind] for kind in public["kind"]])
    blocks = world.blocks.geometry.to_numpy()[public["block"].to_numpy()]
    shapes = np.full(len(points), None, dtype=object)
    for scale in (1.0, 0.75, 0.5):
        tried = footprints(shapely.get_coordinates(points), doors.ahead[near], *(sizes * scale).T)
        fits = shapely.is_missing(shapes) & shapely.contains_properly(blocks, tried)
        shapes[fits] = tried[fits]
    placed = np.flatnonzero(~shapely.is_missing(shapes))
    return shapes[placed], placed


def _touched(shapes: np.ndarray, others: np.ndarray) -> np.ndarray:
    touched = np.zeros(len(shapes), dtype=bool)
    touched[shapely.STRtree(shapes).query(shapely.buffer(others, 4.0), predicate="intersects")[1]] = True
    return touched
