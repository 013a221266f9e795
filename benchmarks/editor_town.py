"""An invented municipality of any number of blocks with common borders, for measuring the editor."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

AGS = "05999004"
EAST, NORTH, WIDE = 300_000.0, 5_620_000.0, 90.0  # corner of the municipality; metres between corners of blocks
BENDS = 2  # corners inside of a border
AREAS = 4500  # inhabitants of an area


def invent(blocks: int, seed: int = 1) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Municipality, blocks and lines: about `blocks` blocks in a bent net, a river and a railway along borders."""
    chance = np.random.default_rng(seed)
    side = max(2, round(blocks**0.5))
    across, along = _net(chance, side)
    rings = [
        np.vstack([across[i, j], along[i, j + 1], across[i + 1, j][::-1], along[i, j][::-1]])
        for i in range(side)
        for j in range(side)
    ]
    shapes = np.array([shapely.Polygon(ring) for ring in rings], dtype=object)
    table = _people(chance, side)
    frame = gpd.GeoDataFrame(table, geometry=shapes, crs="EPSG:25832")
    river = np.vstack([along[i, side // 3] for i in range(side)])
    railway = np.vstack([across[side // 2, j] for j in range(side)])
    lines = {"kind": ["river", "railway"], "name": ["Aue", "Bahnstrecke Nord"]}
    lines = gpd.GeoDataFrame(lines, geometry=[shapely.LineString(river), shapely.LineString(railway)], crs="EPSG:25832")
    people = int(frame["population"].sum())
    town = {"ags": [AGS], "name": ["Großstadt"], "kind": ["city"], "size_low": [700.0], "size_high": [8500.0]}
    town["areas"] = [max(1, round(people / AREAS))]
    return gpd.GeoDataFrame(town, geometry=[shapely.union_all(shapes)], crs="EPSG:25832"), frame, lines


def stripes(blocks: gpd.GeoDataFrame, areas: int) -> np.ndarray:
    """A plan to begin with: number of the area of each block, squares of the net of about equal size."""
    side = round(len(blocks) ** 0.5)
    cuts = max(1, round(areas**0.5))
    row, column = np.divmod(np.arange(len(blocks)), side)
    return (row * cuts // side) * cuts + column * cuts // side


def _net(chance: np.random.Generator, side: int) -> tuple[np.ndarray, np.ndarray]:
    """The borders to the east and to the north of each corner, with their bends; (.., points, 2)."""
    grid = np.stack(np.meshgrid(np.arange(side + 1.0), np.arange(side + 1.0)), axis=-1)
    wave = np.stack([np.sin(grid[..., 1] / 9), np.cos(grid[..., 0] / 11)], axis=-1)
    corners = (grid + 0.6 * wave + chance.uniform(-0.25, 0.25, grid.shape)) * WIDE + (EAST, NORTH)
    return _bent(chance, corners[:, :-1], corners[:, 1:]), _bent(chance, corners[:-1], corners[1:])


def _bent(chance: np.random.Generator, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Borders with a few corners inside."""
    share = np.linspace(0, 1, BENDS + 2)[:, None]
    line = start[..., None, :] * (1 - share) + end[..., None, :] * share
    line[..., 1:-1, :] += chance.uniform(-6, 6, line[..., 1:-1, :].shape)
    return line


def _people(chance: np.random.Generator, side: int) -> dict[str, object]:
    """Inhabitants and attributes that change slowly over the municipality."""
    row, column = (part.ravel() for part in np.divmod(np.arange(side * side), side))
    land = chance.random(side * side) < 0.25
    people = np.where(land, 0, chance.integers(4, 90, side * side))
    hill = np.sin(row / 13) + np.cos(column / 17)
    table: dict[str, object] = {
        "block_id": [f"{AGS}-{number:05d}" for number in range(1, side * side + 1)],
        "municipality": AGS,
        "population": people.astype(np.int64),
        "quarter": [f"Viertel {r // 20}-{c // 20}" for r, c in zip(row, column, strict=True)],
        "street": [f"Straße {r}" for r in row],
        "land": np.where(land, "open", "settlement"),
    }
    for place, name in enumerate(("social_support", "building_storeys", "housing_rent")):
        table[name] = 10 + 2 * np.roll(hill, 7 * place) + chance.normal(0, 0.5, side * side)
    return table
