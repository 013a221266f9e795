"""Synthetic municipalities of any size in the format of the shared regionalisation instances.

    python -m benchmarks.regions.instances FOLDER --sizes 1000 5000 20000 --seed 1

An instance is a connected blob of cells of 100 m with settlement centres and eight attribute fields of four
ranges. The seed decides everything; time and memory grow with the number of cells.
"""

from __future__ import annotations

import argparse
import heapq
import math
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

SIZES = (1_000, 2_000, 5_000, 10_000, 20_000)
CELL = 100.0  # metres
PERSONS_PER_CELL = 30.0
FEWEST_PERSONS = 3.0
RULE = (700.0, 4_500.0, 8_500.0)  # fewest, wished and most inhabitants of an area
RANGES = (1.5, 3.0, 6.0, 12.0)  # of the fields, in cells
NOISE = tuple(np.linspace(0.3, 1.0, 8))  # standard deviation, the field has 1
PAIRS = ((2, 3), (5, 6))  # the second field follows the first
CELLS_PER_CENTRE = 120


@dataclass(frozen=True, eq=False)
class Instance:
    """One task: cut n units into `areas` connected areas within the bounds.

    edges : int32 (m, 2), smaller number first. population : (n,). values : (n, d), mean 0 and variance 1 with
    the population as weight. lengths : (m,) of the shared borders. points : (n, 2), metres. sizes : (n,), m2.
    low, high : persons allowed per area. low_maxp : threshold for methods that choose the number of areas.
    """

    name: str
    edges: np.ndarray
    population: np.ndarray
    values: np.ndarray
    lengths: np.ndarray
    points: np.ndarray
    sizes: np.ndarray
    areas: int
    low: float
    high: float
    low_maxp: float

    def without_bounds(self) -> Instance:
        """The same units and areas; any number of persons is allowed."""
        return replace(self, low=0.0, high=math.inf)

    def unweighted(self) -> Instance:
        """Every unit counts 1 and any number of persons is allowed, as scikit-learn and GeoDa see it."""
        return replace(self.without_bounds(), population=np.ones(len(self.population)))


def load(path: Path) -> Instance:
    """Read an instance file (`NAME.npz`, arrays as the README of the shared instances lists them)."""
    with np.load(path) as file:
        return Instance(
            path.stem, file["edges"], file["pop"], file["X"], file["blen"], file["xy"], file["area"],
            int(file["k"]), float(file["lo"]), float(file["hi"]), float(file["lo_maxp"]),
        )  # fmt: skip


def save(instance: Instance, folder: Path) -> Path:
    """Write an instance as `NAME.npz` and return the path."""
    path = folder / f"{instance.name}.npz"
    np.savez_compressed(
        path, edges=instance.edges, pop=instance.population, X=instance.values, blen=instance.lengths,
        xy=instance.points, area=instance.sizes, k=instance.areas, lo=instance.low, hi=instance.high,
        lo_maxp=instance.low_maxp,
    )  # fmt: skip
    return path


def name_of(cells: int, seed: int) -> str:
    """`cells5000` for seed 1, else `cells5000-s7`."""
    return f"cells{cells}" if seed == 1 else f"cells{cells}-s{seed}"


def generate(cells: int, seed: int = 1) -> Instance:
    """Invent a municipality of `cells` inhabited cells; the same arguments give the same arrays."""
    random = np.random.default_rng([cells, seed])
    inside = blob(cells, random)
    rows, columns = np.nonzero(inside)
    population = inhabitants(rows, columns, random)
    edges = neighbours(inside)
    total = float(population.sum())
    areas = max(2, math.floor(total / RULE[1] + 0.5))
    mean = total / areas
    return Instance(
        name=name_of(cells, seed),
        edges=edges,
        population=population,
        values=standardised(attributes(inside, random), population),
        lengths=np.ones(len(edges), dtype=np.float32),
        points=np.column_stack([columns, rows]) * CELL + CELL / 2,
        sizes=np.full(cells, CELL**2),
        areas=areas,
        low=mean * RULE[0] / RULE[1],
        high=mean * RULE[2] / RULE[1],
        low_maxp=0.8 * mean,
    )


def first_task() -> Instance:
    """50 cells in 12 areas of 2 to 6: solved before a measured run, so that it loads nothing for the first time."""
    return replace(generate(50), name="first50", population=np.ones(50), areas=12, low=2.0, high=6.0)


def blob(cells: int, random: np.random.Generator) -> np.ndarray:
    """Grid of bool with exactly so many connected cells: the nearest to the middle, distance blurred by a field."""
    side = math.ceil(2.4 * math.sqrt(cells)) + 2
    middle = side // 2
    row, column = np.indices((side, side)) - middle
    far = np.hypot(row, column) / side + 0.12 * field((side, side), side / 10, random)
    far[[0, -1], :] = far[:, [0, -1]] = math.inf
    inside = np.zeros((side, side), dtype=bool)
    seen = inside.copy()
    seen[middle, middle] = True
    waiting = [(0.0, middle, middle)]
    for _ in range(cells):
        _far, here, there = heapq.heappop(waiting)
        inside[here, there] = True
        for y, x in ((here - 1, there), (here + 1, there), (here, there - 1), (here, there + 1)):
            if not seen[y, x] and far[y, x] < math.inf:
                seen[y, x] = True
                heapq.heappush(waiting, (float(far[y, x]), y, x))
    return inside


def field(shape: tuple[int, int], reach: float, random: np.random.Generator) -> np.ndarray:
    """Smooth random field with mean 0 and variance 1; `reach` is the standard deviation of its blur in cells."""
    from scipy.ndimage import gaussian_filter

    smooth = gaussian_filter(random.standard_normal(shape), reach, mode="wrap")
    return (smooth - smooth.mean()) / smooth.std()


def neighbours(inside: np.ndarray) -> np.ndarray:
    """Edges int32 (m, 2) of cells that share a side, cells numbered row by row."""
    number = np.cumsum(inside.ravel()).reshape(inside.shape) - 1
    beside = inside[:, :-1] & inside[:, 1:]
    below = inside[:-1, :] & inside[1:, :]
    pairs = np.concatenate(
        [
            np.column_stack([number[:, :-1][beside], number[:, 1:][beside]]),
            np.column_stack([number[:-1, :][below], number[1:, :][below]]),
        ]
    )
    return pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))].astype(np.int32)


def inhabitants(rows: np.ndarray, columns: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Persons per cell: settlement centres of different size and width over open land, at least 3."""
    density = np.full(len(rows), 0.35)
    for centre in random.choice(len(rows), math.ceil(len(rows) / CELLS_PER_CENTRE), replace=False):
        width, height = random.uniform(1.5, 6.0), random.lognormal(0.0, 0.7)
        distance = (rows - rows[centre]) ** 2 + (columns - columns[centre]) ** 2
        density += height * np.exp(-distance / (2 * width**2))
    density *= random.lognormal(0.0, 0.5, len(rows))
    return np.maximum(FEWEST_PERSONS, np.rint(PERSONS_PER_CELL * density / density.mean()))


def attributes(inside: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Eight fields (n, 8) of four ranges with 30 to 100 % noise, two pairs of them correlated."""
    fields = [field(inside.shape, RANGES[number % 4], random)[inside] for number in range(8)]
    for leader, follower in PAIRS:
        fields[follower] = 0.8 * fields[leader] + 0.6 * fields[follower]
    noisy = [smooth + noise * random.standard_normal(len(smooth)) for smooth, noise in zip(fields, NOISE, strict=True)]
    return np.column_stack(noisy)


def standardised(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Mean 0 and variance 1 of each column with the weights."""
    centred = values - np.average(values, axis=0, weights=weights)
    return centred / np.sqrt(np.average(centred**2, axis=0, weights=weights))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="cells")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for cells in options.sizes:
        print(save(generate(cells, options.seed), options.folder))


if __name__ == "__main__":
    main()
