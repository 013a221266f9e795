"""Files to drop on the page "Bausteine": two municipalities of the demo, with and without faults."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import shapely
from benchmarks.found_again import demo_addresses

from sozialraum.demo import World

TOWNS = ("05999028", "05999032")


@dataclass(frozen=True)
class Ground:
    """The demo's layers in two of its municipalities."""

    municipalities: gpd.GeoDataFrame
    lines: gpd.GeoDataFrame
    addresses: gpd.GeoDataFrame
    blocks: gpd.GeoDataFrame


def ground_of(demo_world: World) -> Ground:
    """The two municipalities of the demo."""
    towns = demo_world.municipalities[demo_world.municipalities["ags"].isin(TOWNS)].reset_index(drop=True)
    blocks = demo_world.blocks[demo_world.blocks["municipality"].isin(TOWNS)].reset_index(drop=True)
    here = shapely.union_all(towns.geometry.to_numpy())
    lines = demo_world.lines[demo_world.lines.intersects(here)].reset_index(drop=True)
    addresses = demo_addresses(demo_world)
    own = addresses[addresses["block_id"].isin(blocks["block_id"])].drop(columns="block_id").reset_index(drop=True)
    return Ground(towns, lines, own, blocks)


def layer(folder: Path, name: str, frame: gpd.GeoDataFrame, layer: str = "") -> Path:
    """A layer of a file, beside those written before."""
    path = folder / f"{name}.gpkg"
    pyogrio.write_dataframe(frame, path, layer=layer or name, driver="GPKG", append=path.exists())
    return path


def with_faults(ground: Ground) -> gpd.GeoDataFrame:
    """The blocks of the first town with a gap, an overlap and a border that crosses itself, far from each other."""
    own = ground.blocks[ground.blocks["municipality"] == TOWNS[0]].reset_index(drop=True)
    inside = own.geometry.within(shapely.buffer(ground.municipalities.geometry.iloc[0], -400)) & (own.area > 15_000)
    first, second, third = np.linspace(0, int(inside.sum()) - 1, 3).astype(int)
    hole, large, crossed = (int(np.flatnonzero(inside)[place]) for place in (first, second, third))
    shapes = own.geometry.to_numpy().copy()
    shapes[large] = shapely.union(shapes[large], shapely.buffer(shapely.get_point(shapes[large].exterior, 0), 8))
    corners = shapely.get_coordinates(shapes[crossed])
    away = (corners[0] - shapely.get_coordinates(shapely.centroid(shapes[crossed]))[0]) * 0.02
    # a loop outside the first corner: the border crosses itself
    loop = [corners[0] + away * (4, 1), corners[0] + away * (1, 4)]
    shapes[crossed] = shapely.Polygon([*corners[:1], *loop, *corners[1:]])
    assert not shapely.is_valid(shapes[crossed])
    return own.set_geometry(gpd.GeoSeries(shapes, crs=own.crs)).drop(index=hole).reset_index(drop=True)


def prefixed(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Coordinates with the zone number before the easting, delivered as if they had none."""
    return frame.to_crs(4647).set_crs(25832, allow_override=True)


def written(ground: Ground, folder: Path) -> dict[str, Path]:
    """The files that are dropped: towns, lines, addresses, blocks with faults, blocks and a street of another zone."""
    town = ground.municipalities[ground.municipalities["ags"] == TOWNS[0]]
    found = {
        "towns": layer(folder, "gemeinden", ground.municipalities[["ags", "name", "geometry"]]),
        "lines": layer(folder, "strassen", ground.lines),
        "addresses": layer(folder, "anschriften", ground.addresses),
    }
    broken = with_faults(ground)
    for name, frame in (("municipalities", town), ("blocks", broken)):
        found["broken"] = layer(folder, "mit-fehlern", frame, name)
    whole = ground.blocks[ground.blocks["municipality"] == TOWNS[0]]
    for name, frame in (("municipalities", town), ("blocks", whole)):
        found["prefixed"] = layer(folder, "mit-zone", prefixed(frame), name)
    west, south, east, north = town.total_bounds
    new = shapely.LineString([(west, (south + north) / 2), (east, (south + north) / 2)])
    more = gpd.GeoDataFrame({"kind": ["street"], "name": ["Neue Straße"]}, geometry=[new], crs=town.crs)
    found["more"] = layer(folder, "neue-strassen", prefixed(more))
    return found
