"""Small invented countries for the tests, and a way to run one without processes."""

from __future__ import annotations

from concurrent.futures import Executor, Future
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

VILLAGE, TOWN, SPLIT, TOWER = "01000001", "05334002", "05334004", "09000009"


def town(ags, side, each, seed=0, gap=0, east=4_000_000, north=3_000_000):
    """A square of cells with `each` inhabitants; `gap` empty columns in its middle; two families."""
    random = np.random.default_rng(seed)
    row, column = np.divmod(np.arange(side * side), side)
    east = east + 100_000 * (int(ags) % 97)
    x = east + 50 + 100 * (column + gap * (column >= side // 2))
    return {
        "municipality": np.full(side * side, ags, dtype=object),
        "x": x.astype(float),
        "y": (north - 50 - 100 * row).astype(float),
        "population": np.full(side * side, each, dtype=np.int64),
        "social:young": np.round((column >= side / 2) + 0.2 * random.random(side * side), 3),
        "housing:rent": np.where(random.random(side * side) < 0.1, np.nan, row / side),
    }


def together(*towns):
    return {name: np.concatenate([one[name] for one in towns]) for name in towns[0]}


def small_country():
    """A village below 700, a town of 10,000, one in two parts, and one with a cell above 8,500."""
    tower = town(TOWER, 3, 200)
    tower["population"][4] = 9_000
    return together(town(VILLAGE, 4, 20), town(TOWN, 10, 100, 1), town(SPLIT, 12, 90, 2, gap=5), tower)


def write(path: Path, columns, **changed) -> Path:
    """The grid as a Parquet file with several row groups; `changed` columns replace others, None drops one."""
    columns = {name: values for name, values in (columns | changed).items() if values is not None}
    pq.write_table(pa.table(columns), path, row_group_size=97)
    return path


def areas(folder: Path, ags: str) -> dict[str, str]:
    table = pq.read_table(folder / f"{ags}.parquet").to_pydict()
    return dict(zip(table["block_id"], table["area_id"], strict=True))


def contents(folder: Path) -> dict[str, bytes]:
    """All files of a run except its lock."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.name != "run.lock"}


class AtOnce(Executor):
    """Computes every task where it is submitted; remembers which municipalities."""

    def __init__(self) -> None:
        self.computed: list[str] = []

    def submit(self, work, /, chunk, *more):
        self.computed += [cells.ags for cells in chunk]
        future: Future = Future()
        future.set_result(work(chunk, *more))
        return future

    @contextmanager
    def processes(self, _number, _effort):
        yield self, 1
