"""One task: the areas of a few municipalities, computed in a process of its own."""

from __future__ import annotations

import io
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from sozialraum.base import in_language, plural
from sozialraum.base.numbers import count
from sozialraum.country.cells import Cells, bridge_edges, piece_numbers, side_costs, side_edges, standardised
from sozialraum.country.rule import COMPACTNESS, Rule

GERMAN = "de"  # language of the reasons: a file for the offices of the country, whoever runs the computation


@dataclass(frozen=True, eq=False)
class Outcome:
    """What one municipality came to.

    file : bytes of its result file, None without a plan. reasons : why it has no plan, or only one area.
    fault : an error of the program, '' normally; such a municipality is tried again by the next run.
    areas : number of areas. search, other : CPU seconds of the search and of everything else.
    """

    ags: str
    cells: int
    file: bytes | None = None
    reasons: tuple[str, ...] = ()
    fault: str = ""
    areas: int = 0
    search: float = 0.0
    other: float = 0.0

    def without_file(self) -> Outcome:
        """The outcome without its bytes, once they are written."""
        return replace(self, file=None)


def start_worker(effort: str) -> None:
    """Make a worker process ready: deaf to Ctrl-C (its parent decides), ending with its parent, the search loaded."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    warm(effort)


def _end_with_parent() -> None:
    """A killed parent cannot end its workers, and these would wait for tasks for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def warm(effort: str) -> None:
    """Run the search once on a small town, so that no task pays for loading it."""
    side = np.arange(8) * 100
    x, y = np.tile(side, 8), np.repeat(side[::-1], 8)
    values = np.column_stack([x / 350 - 1, y / 350 - 1]).astype(float)
    cells = Cells("00000000", x, y, np.full(64, 100.0), values)
    cut_municipality(cells, ("a", "b"), Rule(700, 2500, 1600, effort))


def cut_all(chunk: Sequence[Cells], families: Sequence[str], rule: Rule) -> list[Outcome]:
    """The outcomes of several municipalities, in their order."""
    with in_language(GERMAN):
        return [cut_municipality(cells, families, rule) for cells in chunk]


def cut_municipality(cells: Cells, families: Sequence[str], rule: Rule) -> Outcome:
    """Cut one municipality; errors become part of the outcome, so that one cannot stop the country."""
    from sozialraum.delineation import DelineationError

    start = time.process_time()
    clock = Clock()
    try:
        labels, reasons = _labels(cells, families, rule, clock)
        file = result_file(cells, labels)
    except DelineationError as error:
        reasons = tuple(getattr(error, "reasons", ())) or (str(error),)
        return Outcome(cells.ags, len(cells.x), None, reasons, search=clock.used, other=_since(start, clock))
    except Exception as error:
        return Outcome(cells.ags, len(cells.x), fault=f"{type(error).__name__}: {error}")
    areas = int(labels.max()) + 1
    return Outcome(cells.ags, len(cells.x), file, reasons, "", areas, clock.used, _since(start, clock))


class Clock:
    """CPU seconds spent inside a with block, added up."""

    def __init__(self) -> None:
        self.used = 0.0

    def __enter__(self) -> None:
        self.start = time.process_time()

    def __exit__(self, *_error: object) -> None:
        self.used += time.process_time() - self.start


def _since(start: float, clock: Clock) -> float:
    return time.process_time() - start - clock.used


def _labels(cells: Cells, families: Sequence[str], rule: Rule, clock: Clock) -> tuple[np.ndarray, tuple[str, ...]]:
    """Number of the area of each cell, and the reasons why it is one area only."""
    from sozialraum.delineation.problem import how_many

    total, number = float(cells.population.sum()), len(cells.x)
    if total < rule.low:
        return np.zeros(number, dtype=np.int64), (_too_small(total, rule),)
    if how_many(total, number, None, (rule.low, rule.high), rule.target) == 1 and total <= rule.high:
        return np.zeros(number, dtype=np.int64), ()
    return _search(cells, families, rule, clock), ()


def _too_small(total: float, rule: Rule) -> str:
    text = plural(
        "Die Gemeinde hat 1 Einwohnerin oder Einwohner, weniger als {low}, und bildet deshalb ein einziges Gebiet.",
        "Die Gemeinde hat {total} Einwohnerinnen und Einwohner, weniger als {low}, und bildet deshalb ein einziges "
        "Gebiet.",
        total,
    )
    return text.format(total=count(total), low=count(rule.low))


def _search(cells: Cells, families: Sequence[str], rule: Rule, clock: Clock) -> np.ndarray:
    """Search with the fewest bridges; where these leave no plan, once more with all bridges between neighbours."""
    from sozialraum.delineation import DelineationError

    sides = side_edges(cells.x, cells.y)
    values = standardised(cells.values, cells.population, families)
    few = bridge_edges(cells.x, cells.y, sides)
    try:
        return _partition(cells, values, sides, few, rule, clock)
    except DelineationError:
        more = bridge_edges(cells.x, cells.y, sides, every=True)
        if len(more) == len(few):
            raise
    return _partition(cells, values, sides, more, rule, clock)


def _partition(
    cells: Cells, values: np.ndarray, sides: np.ndarray, bridges: np.ndarray, rule: Rule, clock: Clock
) -> np.ndarray:
    from sozialraum.delineation import partition

    edges = np.vstack([sides, bridges])
    costs = np.concatenate([side_costs(sides, cells.population, COMPACTNESS), np.zeros(len(bridges))])
    with clock:
        found = partition(
            edges, cells.population, values, areas=None, bounds=(rule.low, rule.high), target=rule.target,
            edge_costs=costs, seed=rule.seed_of(cells.ags), effort=rule.effort, blocks=Names(cells),
            centres=np.column_stack([cells.x, cells.y]),
        )  # fmt: skip
    _check(cells, edges, found.labels, rule)
    return found.labels


class Names(Sequence[str]):
    """Keys of the cells, made only when a sentence needs one."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells

    def __len__(self) -> int:
        return len(self.cells.x)

    def __getitem__(self, place):  # type: ignore[no-untyped-def]
        return self.cells.names()[place]


def _check(cells: Cells, edges: np.ndarray, labels: np.ndarray, rule: Rule) -> None:
    """Look at the plan without trusting the search: areas connected and within bounds."""
    people = np.bincount(labels, cells.population)
    slack = 1e-9 * max(1.0, float(people.sum()))
    inside = edges[labels[edges[:, 0]] == labels[edges[:, 1]]]
    if piece_numbers(len(labels), inside).max() + 1 != len(people):
        raise AssertionError("an area is not connected")
    if people.min() < rule.low - slack or people.max() > rule.high + slack:
        raise AssertionError(f"areas of {people.min():g} to {people.max():g} inhabitants")


def result_file(cells: Cells, labels: np.ndarray) -> bytes:
    """The bytes of a Parquet file with block_id and area_id (AGS-NN), cells in reading order."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    width = max(2, len(str(int(labels.max()) + 1)))
    names = [f"{cells.ags}-{number:0{width}d}" for number in range(1, int(labels.max()) + 2)]
    areas = pa.DictionaryArray.from_arrays(pa.array(labels, pa.int32()), pa.array(names)).cast(pa.string())
    table = pa.table({"block_id": pa.array(cells.names(), pa.string()), "area_id": areas})
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd", use_dictionary=["area_id"], write_statistics=False)
    return sink.getvalue()
