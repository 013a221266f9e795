"""Blocks of a Kreis: 40,000 street segments and 120,000 addresses of generated towns, built in one go.

python benchmarks/blocks.py            the figure: seconds by stage, blocks, doubtful places, peak
python benchmarks/blocks.py --profile  the same under the profiler
python benchmarks/blocks.py --demo     how many of the demo's known blocks are found again from its lines
"""

from __future__ import annotations

import cProfile
import pstats
import resource
import sys
import time

import geopandas as gpd
import numpy as np
import shapely

from sozialraum.blocks import check_blocks
from sozialraum.blocks.building import Built, build_blocks

SEGMENTS, ADDRESSES = 40_000, 120_000
CRS = "EPSG:25832"
CORNER = np.array([400_000.0, 5_700_000.0])
TOWN, COLUMNS, ROWS = 9_000.0, 4, 3  # metres; municipalities as squares
SPACING, LEFT_OUT = 110.0, 0.06


def kreis(seed: int = 1) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Municipalities, lines and addresses: two settlements in each municipality, bent grids with missing segments."""
    chance = np.random.default_rng(seed)
    corners = [CORNER + TOWN * np.array([c, r]) for r in range(ROWS) for c in range(COLUMNS)]
    squares = [shapely.box(*low, *(low + TOWN)) for low in corners]
    names = [f"Ort {number}" for number in range(len(squares))]
    keys = [f"059990{number:02d}" for number in range(len(squares))]
    municipalities = gpd.GeoDataFrame({"ags": keys, "name": names}, geometry=squares, crs=CRS)
    streets = np.concatenate([_settlement(chance, low, 2 * len(corners), half) for low in corners for half in (0, 1)])
    streets = streets[chance.permutation(len(streets))[:SEGMENTS]]
    return municipalities, _lines(streets, corners), _addresses(chance, streets)


def _settlement(chance: np.random.Generator, low: np.ndarray, parts: int, half: int) -> np.ndarray:
    """Segments (s, 4) of one settlement: a jittered grid, some of its segments left out."""
    side = int(np.ceil(np.sqrt(SEGMENTS / parts / 2 / (1 - LEFT_OUT)))) + 2
    start = low + np.array([600.0, 600.0 + half * TOWN / 2])
    grid = np.stack(np.meshgrid(np.arange(side), np.arange(side), indexing="ij"), axis=-1) * SPACING
    at = np.round(start + grid + chance.uniform(-18, 18, grid.shape), 2)
    along = np.concatenate([at[:-1].reshape(-1, 2), at[:, :-1].reshape(-1, 2)])
    on = np.concatenate([at[1:].reshape(-1, 2), at[:, 1:].reshape(-1, 2)])
    kept = chance.uniform(size=len(along)) >= LEFT_OUT
    return np.hstack([along, on])[kept]


def _lines(streets: np.ndarray, corners: list[np.ndarray]) -> gpd.GeoDataFrame:
    """The streets by segments, a river, a railway with two tracks and a motorway across all municipalities."""
    west, east = CORNER[0], CORNER[0] + COLUMNS * TOWN
    x = np.linspace(west, east, 400)
    middle = CORNER[1] + TOWN * ROWS / 2
    river = shapely.linestrings(np.column_stack([x, middle + 1500 * np.sin(x / 4000)]))
    tracks = [shapely.linestrings([(west, middle - 2000 + gap), (east, middle + 4000 + gap)]) for gap in (0.0, 6.0)]
    motorway = shapely.linestrings([(west, middle + 8000), (east, middle - 9000)])
    names = [f"Straße {number // 8}" for number in range(len(streets))]
    kinds = ["street"] * len(streets) + ["river", "railway", "railway", "motorway"]
    shapes = [*shapely.linestrings(streets.reshape(-1, 2, 2)), river, *tracks, motorway]
    return gpd.GeoDataFrame({"kind": kinds, "name": [*names, "Lohe", "", "", ""]}, geometry=shapes, crs=CRS)


def _addresses(chance: np.random.Generator, streets: np.ndarray) -> gpd.GeoDataFrame:
    """Doors on both sides of the segments, 9 m from the middle, with 0 to 6 inhabitants."""
    segment = np.arange(ADDRESSES) % len(streets)
    start, end = streets[segment, :2], streets[segment, 2:]
    ahead = end - start
    across = np.column_stack([-ahead[:, 1], ahead[:, 0]]) / np.hypot(*ahead.T)[:, None]
    side = np.where(chance.uniform(size=ADDRESSES) < 0.5, 9.0, -9.0)
    at = start + chance.uniform(0.1, 0.9, ADDRESSES)[:, None] * ahead + side[:, None] * across
    frame = {"street": [f"Straße {number // 8}" for number in segment], "number": np.arange(ADDRESSES) % 200 + 1}
    frame["population"] = chance.integers(0, 7, ADDRESSES)
    return gpd.GeoDataFrame(frame, geometry=shapely.points(np.round(at, 2)), crs=CRS)


class Watch:
    """Prints when each stage begins."""

    def __init__(self) -> None:
        self.start = time.perf_counter()

    def stage(self, text: str) -> None:
        print(f"[{time.perf_counter() - self.start:6.2f} s] {text}")

    def step(self, done: int, total: int) -> None:
        pass

    def done(self, text: str) -> None:
        pass


def generated(profile: bool) -> None:
    municipalities, lines, addresses = kreis()
    profiler = cProfile.Profile()
    watch, cpu = Watch(), time.process_time()
    if profile:
        profiler.enable()
    built = build_blocks(municipalities, lines, addresses=addresses, progress=watch)
    profiler.disable()
    seconds = time.perf_counter() - watch.start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(f"segments {len(lines) - 4}, addresses {len(addresses)}: {len(built.blocks)} blocks in {seconds:.2f} s")
    print(f"CPU {time.process_time() - cpu:.2f} s, peak {peak:.0f} MB")
    _told(built)
    print(f"findings of the check {len(check_blocks(built.blocks, municipalities))}")
    print(f"inhabitants {built.blocks['population'].sum()} of {addresses['population'].sum()}")
    if profile:
        pstats.Stats(profiler).sort_stats("cumulative").print_stats(35)


def _told(built: Built) -> None:
    kinds = [one.kind for one in built.doubtful]
    print("doubtful", {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)}, "merged", len(built.merged))


def demo() -> None:
    from found_again import demo_addresses, found_again

    from sozialraum.demo import build_world

    world = build_world()
    addresses = demo_addresses(world)
    watch = Watch()
    built = build_blocks(world.municipalities, world.lines, addresses=addresses, progress=watch)
    print(f"{len(built.blocks)} blocks of {len(world.blocks)} in {time.perf_counter() - watch.start:.2f} s")
    _told(built)
    for name, share in vars(found_again(world, built.blocks, addresses)).items():
        print(f"{name:20} {share:.3f}")


if __name__ == "__main__":
    if "--demo" in sys.argv:
        demo()
    else:
        generated("--profile" in sys.argv)
