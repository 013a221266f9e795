"""A synthetic Germany of 100 m cells, and what a run over it costs.

    python benchmarks/country.py generate FOLDER/grid.parquet --share 0.1
    python benchmarks/country.py run FOLDER/grid.parquet FOLDER/areas --effort draft

The whole country has about 10,800 municipalities, 3 million inhabited cells and 83 million inhabitants: sizes
are log-normal with a median of about 1,700 inhabitants, the four largest cities are set by hand. A share
takes municipalities at equal distances from the list sorted by size. `run` prints CPU minutes (user and system,
with all processes), wall time, the highest memory, how many municipalities were divided, and the exponent
of CPU time over cells.
"""

from __future__ import annotations

import argparse
import itertools
import os
import resource
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.ndimage import gaussian_filter

MUNICIPALITIES = 10_800
INHABITANTS = 83_000_000
CELLS = 3_000_000
MEDIAN = 1_700
LARGEST = (3_500_000, 1_850_000, 1_500_000, 1_050_000)
LARGEST_CELLS = 30_000
DENSER = 0.715  # cells grow with inhabitants to this power
WIDTH = 6_400  # cells from west to east
WEST, NORTH = 4_031_000, 3_550_000  # EPSG:3035
MOST_IN_A_CELL = 1_500
ATTRIBUTES = {
    "social:foreigners": (0.9, 0.3, 0.12),
    "social:under_18": (-0.3, 0.8, 0.17),
    "social:over_65": (-0.5, -0.7, 0.22),
    "building:flats": (1.0, 0.0, 0.45),
    "building:before_1949": (0.4, -0.9, 0.25),
    "building:empty": (0.2, -0.5, 0.05),
    "housing:rent": (0.3, 0.9, 0.5),
    "housing:owners": (-1.0, 0.2, 0.48),
}
MISSING = 0.03


@dataclass(frozen=True)
class Size:
    """One municipality to be invented."""

    ags: str
    inhabitants: int
    cells: int


def sizes(seed: int) -> list[Size]:
    """All municipalities of the country, the largest first."""
    random = np.random.default_rng([seed, 0])
    spread = np.sqrt(2 * np.log(INHABITANTS / MUNICIPALITIES / MEDIAN))
    people = np.sort(MEDIAN * np.exp(spread * random.standard_normal(MUNICIPALITIES)))[::-1]
    people[: len(LARGEST)] = LARGEST
    rest = people[len(LARGEST) :]
    rest *= (INHABITANTS - sum(LARGEST)) / rest.sum()
    people = np.maximum(people.astype(int), 20)
    wish = people**DENSER * np.exp(0.3 * random.standard_normal(MUNICIPALITIES))
    wish[0] = people[0] ** DENSER
    wish *= LARGEST_CELLS / wish[0]
    wish[1:] *= (CELLS - LARGEST_CELLS) / wish[1:].sum()
    cells = np.maximum(np.minimum(wish, people / 3).astype(int), 1)
    places = random.permutation(MUNICIPALITIES)
    keys = [f"{1 + place * 16 // MUNICIPALITIES:02d}{1000 + place:06d}" for place in places.tolist()]
    return [Size(*one) for one in zip(keys, people.tolist(), cells.tolist(), strict=True)]


def chosen(every: list[Size], share: float) -> list[Size]:
    """Municipalities at equal distances of the list by size; all for share 1."""
    number = round(len(every) * share)
    return [every[int((rank + 0.5) / share)] if share < 1 else every[rank] for rank in range(number)]


def field(random: np.random.Generator, side: int, width: float) -> np.ndarray:
    """A smooth random surface with mean 0 and spread 1."""
    surface = gaussian_filter(random.standard_normal((side, side)), width, mode="wrap")
    spread = float(surface.std())
    return (surface - surface.mean()) / spread if spread > 0 else surface


def settle(size: Size, seed: int) -> dict[str, Any]:
    """Cells of one municipality: a centre, villages and single farms; people denser towards the middle."""
    random = np.random.default_rng([seed, int(size.ags)])
    filled = 0.12 + 0.35 * min(1.0, size.cells / LARGEST_CELLS * 6)
    side = max(2, int(np.ceil(np.sqrt(size.cells / filled))))
    row, column = np.mgrid[0:side, 0:side] / side - 0.5
    middle = -4.0 * np.hypot(row, column)
    ground = middle + 1.3 * field(random, side, side / 12 + 0.5) + 0.7 * field(random, side, 1.2)
    ground += 0.25 * random.standard_normal((side, side))
    place = np.sort(np.argsort(-ground, axis=None, kind="stable")[: size.cells])
    dense = np.exp(0.45 * ground.ravel()[place] + 0.6 * random.standard_normal(size.cells))
    people = np.clip(np.round(dense / dense.sum() * size.inhabitants), 1, MOST_IN_A_CELL).astype(np.int64)
    return {
        "row": place // side,
        "column": place % side,
        "population": people,
        "side": side,
        "attributes": attributes(random, side, place),
    }


def attributes(random: np.random.Generator, side: int, place: np.ndarray) -> dict[str, np.ndarray]:
    """Eight shares made of two smooth surfaces and noise; some unknown."""
    urban, young = (field(random, side, width).ravel()[place] for width in (side / 15 + 0.7, side / 25 + 0.7))
    found = {}
    for name, (first, second, usual) in ATTRIBUTES.items():
        own = field(random, side, side / 30 + 0.6).ravel()[place]
        score = first * urban + second * young + 0.5 * own + 0.7 * random.standard_normal(len(place))
        share = 1 / (1 + np.exp(-np.log(usual / (1 - usual)) - 0.6 * score))
        share[random.random(len(place)) < MISSING] = np.nan
        found[name] = np.round(share, 3)
    return found


def tables(country: list[Size], seed: int) -> Iterator[Any]:
    """One table per municipality, laid out in rows from west to east, sorted by key."""
    import pyarrow as pa

    east, south, height = 0, 0, 0
    for size in sorted(country, key=lambda one: one.ags):
        town = settle(size, seed)
        if east + town["side"] > WIDTH:
            east, south, height = 0, south + height, 0
        columns = {
            "municipality": pa.array([size.ags] * size.cells),
            "x": WEST + 100 * (east + town["column"]) + 50,
            "y": NORTH - 100 * (south + town["row"]) - 50,
            "population": town["population"],
        }
        east, height = east + town["side"] + 2, max(height, town["side"] + 2)
        yield pa.table(columns | town["attributes"])


def generate(grid: Path, share: float, seed: int) -> None:
    """Write the grid in row groups of about 200,000 cells."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    grid.parent.mkdir(parents=True, exist_ok=True)
    country = chosen(sizes(seed), share)
    writer, held, rows, people, single = None, [], 0, 0, sum(one.inhabitants < 700 for one in country)
    for table in tables(country, seed):
        writer = writer or pq.ParquetWriter(grid, table.schema, compression="zstd")
        held.append(table)
        rows, people = rows + len(table), people + int(np.sum(table["population"].to_numpy()))
        if sum(map(len, held)) >= 200_000:
            writer.write_table(pa.concat_tables(held))
            held = []
    if writer is None:
        raise SystemExit("the share is too small: no municipality")
    if held:
        writer.write_table(pa.concat_tables(held))
    writer.close()
    print(f"{len(country):,} municipalities ({single:,} below 700), {rows:,} cells, {people:,} inhabitants: {grid}")


class Memory:
    """Highest memory of this process and all below it together, looked at every half second."""

    def __init__(self) -> None:
        self.together, self.single = 0, 0
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Memory:
        self.thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.ended.set()
        self.thread.join()

    def _watch(self) -> None:
        while not self.ended.wait(0.5):
            held = [resident(process) for process in family()]
            self.together = max(self.together, sum(held))
            self.single = max(self.single, *held)


def family() -> list[int]:
    """This process and its children, by /proc."""
    found = [os.getpid()]
    for process in found:
        for task in Path(f"/proc/{process}/task").glob("*/children"):
            try:
                found += [int(child) for child in task.read_text().split()]
            except OSError:
                continue  # ended meanwhile
    return found


def resident(process: int) -> int:
    """KiB of memory of a process, shared pages counted by its part."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")), 0)


def run(grid: Path, out: Path, effort: str, workers: int, scheduler: str, seed: int) -> None:
    """Run over the grid and print what it cost."""
    from sozialraum import country

    begin, cpu = time.monotonic(), used()
    with Memory() as memory:
        found = country.propose_country(
            grid, out, country.Rule(effort=effort, seed=seed), workers=workers or None, scheduler=scheduler
        )
    total = used() - cpu
    print(
        f"{found.municipalities:,} municipalities: {found.divided:,} divided into {found.areas - found.whole:,} areas,"
    )
    print(f"  {found.whole:,} one area ({found.too_small:,} too small), {found.not_possible:,} not possible,")
    print(f"  {found.earlier:,} already there")
    print(f"CPU {total / 60:.2f} min, wall {(time.monotonic() - begin) / 60:.2f} min, effort {effort}")
    search, other = (sum(getattr(one, name) for one in found.outcomes) for name in ("search", "other"))
    print(f"  in tasks: search {search / 60:.2f} min, all else {other:.1f} s; outside: {total - search - other:.1f} s")
    print(f"memory: {memory.together / 1024:.0f} MiB together, {memory.single / 1024:.0f} MiB the largest process")
    print_exponent([(one.cells, one.search) for one in found.outcomes if one.search > 0])


def used() -> float:
    """CPU seconds of this process and its ended children."""
    times = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in times)


def print_exponent(points: list[tuple[int, float]]) -> None:
    """Mean search time by size, and the slope on logarithmic scales."""
    cells, seconds = (np.array(column, dtype=float) for column in zip(*points, strict=True)) if points else ([], [])
    if len(points) < 20:
        print("too few searches for an exponent")
        return
    limits = [0, 300, 1_000, 3_000, 10_000, np.inf]
    for low, high in itertools.pairwise(limits):
        own = (cells >= low) & (cells < high)
        if own.any():
            each = 1e3 * seconds[own].sum() / cells[own].sum()
            print(f"  {low:>6,.0f} to {high:>6,.0f} cells: {own.sum():>5} searches, {each:.3f} ms per cell")
    large = cells >= 300
    for name, mask in (("all", cells > 0), ("from 300 cells", large)):
        if mask.sum() >= 10:
            slope = np.polyfit(np.log(cells[mask]), np.log(seconds[mask]), 1)[0]
            print(f"  exponent of CPU time over cells, {name}: {slope:.2f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("generate", help="write a synthetic grid")
    making.add_argument("grid", type=Path)
    making.add_argument("--share", type=float, default=1.0, help="0.1 = every tenth municipality")
    making.add_argument("--seed", type=int, default=2026)
    running = commands.add_parser("run", help="run over a grid and measure")
    running.add_argument("grid", type=Path)
    running.add_argument("out", type=Path)
    running.add_argument("--effort", default="draft")
    running.add_argument("--workers", type=int, default=0)
    running.add_argument("--scheduler", default="")
    running.add_argument("--seed", type=int, default=0)
    options = vars(parser.parse_args())
    {"generate": generate, "run": run}[options.pop("command")](**options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
