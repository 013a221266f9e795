"""An invented town of clustered addresses, carried by this program, tobler and exactextract in one run."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sozialraum.carrying import (
    Geography,
    Matrix,
    by_addresses,
    by_area,
    by_cells,
    carry,
    grid_cells,
    inhabited_points,
    of_cells,
)
from sozialraum.carrying.ground import locate

WEST, SOUTH, SIDE, CELL = 4_040_000.0, 3_080_000.0, 14_200, 100
CORNER = np.array([WEST, SOUTH])
GRID, CRS, DAY = "EPSG:3035", "EPSG:25832", "2025-12-31"
ADDRESSES, AREAS, DISTRICTS, CLUSTERS = 60_000, 100, 40, 60
BLOCKS = 24  # on a side
REPEATS = 3


@dataclass(frozen=True, eq=False)
class City:
    """Everything known about the town.

    addresses : `people`, point (EPSG:25832). cells : `cell_id, x, y, people`, all cells of the square.
    areas, districts : `key`, polygon (EPSG:25832); `areas_grid` in EPSG:3035. truth, by_district : people of each.
    """

    addresses: gpd.GeoDataFrame
    cells: pd.DataFrame
    areas: gpd.GeoDataFrame
    areas_grid: gpd.GeoDataFrame
    districts: gpd.GeoDataFrame
    truth: pd.Series
    by_district: pd.Series


def invent(seed: int = 1) -> City:
    """A square of 14.2 km with 60,000 addresses in clusters, 100 areas and 40 districts that cross each other."""
    random = np.random.default_rng(seed)
    centre = random.uniform(0, SIDE, (CLUSTERS, 2))
    width = random.uniform(100, 900, CLUSTERS)
    chance = random.dirichlet(np.full(CLUSTERS, 0.7))
    cluster = random.choice(CLUSTERS, ADDRESSES, p=chance)
    place = np.clip(centre[cluster] + random.normal(0, 1, (ADDRESSES, 2)) * width[cluster, None], 1, SIDE - 1)
    people = 1 + random.poisson(np.where(width[cluster] < 400, 7, 2.5)).astype(float)
    # areas are drawn around where people live, districts anywhere
    areas = _divided(place[random.choice(ADDRESSES, AREAS, replace=False)], "A")
    districts = _divided(random.uniform(0, SIDE, (DISTRICTS, 2)), "D")
    points = shapely.points(place + CORNER)
    inside, within = (locate(points, frame.geometry.to_numpy()) for frame in (areas, districts))
    column, row = (np.floor(place[:, axis] / CELL).astype(int) for axis in (0, 1))
    number = SIDE // CELL
    held = np.bincount(row * number + column, people, minlength=number * number)
    x, y = np.meshgrid(np.arange(number), np.arange(number))
    cells = pd.DataFrame({"x": WEST + CELL * (x.ravel() + 0.5), "y": SOUTH + CELL * (y.ravel() + 0.5), "people": held})
    cells.insert(0, "cell_id", [f"N{b:03d}E{a:03d}" for a, b in zip(x.ravel(), y.ravel(), strict=True)])
    addresses = gpd.GeoDataFrame({"people": people}, geometry=points, crs=GRID).to_crs(CRS)
    return City(
        addresses, cells, areas.to_crs(CRS), areas, districts.to_crs(CRS),
        pd.Series(np.bincount(inside, people, minlength=AREAS), areas["key"]),
        pd.Series(np.bincount(within, people, minlength=DISTRICTS), districts["key"]),
    )  # fmt: skip


def _divided(seeds: np.ndarray, letter: str) -> gpd.GeoDataFrame:
    """The square in as many parts as seeds, with winding borders that neighbours share."""
    frame = shapely.box(-500, -500, SIDE + 500, SIDE + 500)
    parts = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(seeds), extend_to=frame))
    parts = shapely.segmentize(shapely.intersection(parts, frame), 40)

    def bend(points: np.ndarray) -> np.ndarray:
        turn = 25 * np.sin(points[:, ::-1] / 70) + 60 * np.sin(points[:, ::-1] / 900)
        return np.round(points + turn + CORNER, 3)

    square = shapely.box(WEST, SOUTH, WEST + SIDE, SOUTH + SIDE)
    shapes = shapely.intersection(shapely.transform(parts, bend), square)
    names = [f"{letter}{number:03d}" for number in range(len(shapes))]
    return gpd.GeoDataFrame({"key": names}, geometry=shapes, crs=GRID)


def counted(units: pd.Series | list[str], numbers: pd.Series | np.ndarray, features: int = 1) -> pd.DataFrame:
    """Numbers as counts of one feature, or of several with the same numbers."""
    one = pd.DataFrame({"unit": np.asarray(units), "period": DAY, "low": np.asarray(numbers), "status": "observed"})
    return pd.concat([one.assign(high=one["low"], feature=f"f{n}") for n in range(features)], ignore_index=True)


@dataclass(frozen=True)
class Line:
    """One line of the table: seconds of the wall clock and of the processor, the best of three; error in percent."""

    what: str
    program: str
    wall: float
    cpu: float
    error: float


def timed(what: str, program: str, step: Callable[[], pd.Series], truth: pd.Series) -> Line:
    """The best of three runs; error is the sum of absolute differences in percent of all people."""
    found, walls, cpus = pd.Series(dtype=float), [], []
    for _run in range(REPEATS):
        wall, cpu = time.perf_counter(), time.process_time()
        found = step()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    error = 100 * float((found.reindex(truth.index) - truth).abs().sum() / truth.sum())
    return Line(what, program, min(walls), min(cpus), error)


def by_unit(counts: pd.DataFrame, matrix: Matrix) -> pd.Series:
    measures = dict.fromkeys(counts["feature"].unique(), "count")
    values = carry(counts, matrix, measures).values
    return values[values["feature"] == "f0"].set_index("unit")["low"]


def ours(city: City) -> Iterator[Line]:
    """This program: from the grid, from the grid with the matrix kept, and from districts."""
    areas, districts = (Geography.of(city.areas, "key", "areas"), Geography.of(city.districts, "key", "districts"))
    counts, many = (counted(city.cells["cell_id"], city.cells["people"], number) for number in (1, 30))
    cells = grid_cells(city.cells, CRS)
    kept = json.dumps(of_cells(cells, areas).content())
    me, what = "sozialraum", f"{len(city.cells):,} cells onto {len(city.areas)} areas"
    yield timed(f"{what}, geometry included", me,
                lambda: by_unit(counts, of_cells(grid_cells(city.cells, CRS), areas)), city.truth)  # fmt: skip
    yield timed(f"{what}, matrix kept", me,
                lambda: by_unit(counts, Matrix.from_content(json.loads(kept))), city.truth)  # fmt: skip
    yield timed(f"{what}, matrix kept, 30 features", me,
                lambda: by_unit(many, Matrix.from_content(json.loads(kept))), city.truth)  # fmt: skip
    houses = city.addresses[["geometry"]]
    yield timed(f"{what}, divided by number of addresses", me,
                lambda: by_unit(counts, of_cells(cells, areas, addresses=houses)), city.truth)  # fmt: skip
    held = counted(city.by_district.index, city.by_district)
    people = city.cells.set_index("cell_id")["people"]
    what = f"{len(city.districts)} districts onto {len(city.areas)} areas"
    for how, build in (
        ("by area", lambda: by_area(districts, areas)),
        ("by number of addresses", lambda: by_addresses(districts, areas, houses)),
        ("by inhabitants of 100 m cells", lambda: by_cells(districts, areas, cells, people, "inhabitants")),
    ):
        yield timed(f"{what}, {how}", me, lambda build=build: by_unit(held, build()), city.truth)


def peers(city: City) -> Iterator[Line]:
    """tobler and exactextract on frames and rasters that are ready for them."""
    from exactextract import exact_extract
    from exactextract.raster import NumPyRasterSource
    from tobler.area_weighted import area_interpolate

    cells = grid_cells(city.cells, CRS)
    held = city.cells.set_index("cell_id")["people"].reindex(list(cells.units))
    squares = gpd.GeoDataFrame({"people": held.to_numpy()}, geometry=cells.shapes, crs=CRS)
    number = SIDE // CELL
    raster = NumPyRasterSource(
        city.cells["people"].to_numpy().reshape(number, number)[::-1].copy(), WEST, SOUTH, WEST + SIDE, SOUTH + SIDE,
        srs_wkt=city.areas_grid.crs.to_wkt(),
    )  # fmt: skip

    def extracted() -> pd.Series:
        found = exact_extract(raster, city.areas_grid, ["sum"], include_cols=["key"], output="pandas")
        return found.set_index("key")["sum"]

    def interpolated(source: gpd.GeoDataFrame) -> pd.Series:
        found = area_interpolate(source, city.areas, extensive_variables=["people"])
        return pd.Series(found["people"].to_numpy(), city.areas["key"])

    districts = city.districts.assign(people=city.by_district.to_numpy())
    what = f"{len(city.cells):,} cells onto {len(city.areas)} areas"
    yield timed(f"{what}, geometry included", "tobler", lambda: interpolated(squares), city.truth)
    yield timed(f"{what}, geometry included", "exactextract", extracted, city.truth)
    what = f"{len(city.districts)} districts onto {len(city.areas)} areas, by area"
    yield timed(what, "tobler", lambda: interpolated(districts), city.truth)


def without_fields(seed: int = 1) -> tuple[float, float]:
    """Errors in percent when blocks with large fields are carried onto areas: by their ground, by inhabited points.

    Blocks are squares of the town, each with its inhabitants and addresses.
    """
    city = invent(seed)
    number = BLOCKS
    x, y = (part.ravel() for part in np.meshgrid(np.arange(number), np.arange(number)))
    step = SIDE / number
    shapes = shapely.box(WEST + x * step, SOUTH + y * step, WEST + (x + 1) * step, SOUTH + (y + 1) * step)
    names = np.array([f"B{n:03d}" for n in range(len(shapes))], dtype=object)
    blocks = gpd.GeoDataFrame({"block_id": names}, geometry=shapes, crs=GRID).to_crs(CRS)
    place = locate(city.addresses.geometry.to_numpy(), blocks.geometry.to_numpy())
    people = np.bincount(np.maximum(place, 0), city.addresses["people"] * (place >= 0), minlength=len(blocks))
    blocks["population"] = people
    addresses = city.addresses[["geometry"]].assign(block_id=np.where(place >= 0, names[place], ""))
    source, target = Geography.of(blocks, "block_id", "block"), Geography.of(city.areas, "key", "areas")
    counts = counted(names, people)
    found = [
        by_unit(counts, matrix)
        for matrix in (by_area(source, target), by_addresses(source, target, inhabited_points(blocks, addresses)))
    ]
    ground, points = (100 * float((one - city.truth).abs().sum() / city.truth.sum()) for one in found)
    return ground, points
