"""Count the municipalities of a grid and check every row before anything is computed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sozialraum.base import Finding, InputRefused, _, plural, quoted
from sozialraum.base.numbers import count
from sozialraum.country.cells import SIDE
from sozialraum.country.grid import NEEDED, Grid, batches, floats, headline


@dataclass(frozen=True, slots=True)
class Municipality:
    """How large a municipality of the grid is."""

    ags: str
    cells: int
    population: float


@dataclass
class _Faults:
    """How often something is wrong, where first, and an example."""

    times: Counter = field(default_factory=Counter)
    first: dict[str, tuple[int, str]] = field(default_factory=dict)

    def note(self, fault: str, wrong: np.ndarray, begin: int, values: Any) -> None:
        places = np.flatnonzero(wrong)
        if len(places):
            self.times[fault] += len(places)
            self.first.setdefault(fault, (begin + int(places[0]) + 1, str(values[int(places[0])])))


def survey(grid: Grid) -> list[Municipality]:
    """Cells and inhabitants of every municipality, sorted by key; InputRefused names every fault of the rows."""
    cells: Counter = Counter()
    people: Counter = Counter()
    faults, places, begin = _Faults(), [], 0
    for batch in batches(grid, NEEDED):
        ags = batch["municipality"].dictionary_encode()
        keys = [key or "" for key in ags.dictionary.to_pylist()]
        code = ags.indices.fill_null(len(keys)).to_numpy(zero_copy_only=False)
        x, y, population = (floats(batch[name]) for name in ("x", "y", "population"))
        _note_faults(faults, begin, [*keys, ""], code, x, y, population)
        for key, number, total in zip(
            keys, np.bincount(code, minlength=len(keys) + 1).tolist(),
            np.bincount(code, np.nan_to_num(population), len(keys) + 1).tolist(), strict=False,
        ):  # fmt: skip
            cells[key] += number
            people[key] += total
        places.append(np.nan_to_num(y).astype(np.int64) * 100_000_000 + np.nan_to_num(x).astype(np.int64))
        begin += len(x)
    findings = _row_findings(faults) + _twice(np.concatenate(places)) + _same_ids(grid)
    if findings:
        raise InputRefused(headline(grid.path), findings)
    return [Municipality(ags, cells[ags], float(people[ags])) for ags in sorted(cells)]


def _note_faults(
    faults: _Faults, begin: int, keys: Sequence[str], code: np.ndarray, x: np.ndarray, y: np.ndarray, people: np.ndarray
) -> None:
    sound = np.array([bool(re.fullmatch(r"[0-9]{8}", key)) for key in keys])
    faults.note("municipality", ~sound[code], begin, np.array(keys, dtype=object)[code])
    for name, values in (("x", x), ("y", y)):
        with np.errstate(invalid="ignore"):
            faults.note(name, ~(np.mod(values, SIDE) == SIDE // 2) | (values < 0) | (values > 1e8), begin, values)
    faults.note("population", ~np.isfinite(people) | (people < 0), begin, people)


def _row_findings(faults: _Faults) -> list[Finding]:
    texts = {
        "municipality": (
            _("{rows} ohne achtstelligen Gemeindeschlüssel, zuerst „{value}“."),
            _("Führende Nullen gehören zum Schlüssel."),
        ),
        "x": (_("{rows} ohne Mittelpunkt einer 100-m-Zelle, zuerst {value}."), _corner()),
        "y": (_("{rows} ohne Mittelpunkt einer 100-m-Zelle, zuerst {value}."), _corner()),
        "population": (
            _("{rows} ohne brauchbare Zahl der Einwohnerinnen und Einwohner, zuerst {value}."),
            _("Unbewohnte Zellen haben 0; unbekannte Zahlen müssen ergänzt oder weggelassen werden."),
        ),
    }
    findings = []
    for name, times in sorted(faults.times.items()):
        row, value = faults.first[name]
        what, todo = texts[name]
        rows = plural("1 Zeile", "{count} Zeilen", times).format(count=count(times))
        findings.append(Finding(what.format(rows=rows, value=value), row=row, column=name, todo=todo))
    return findings


def _corner() -> str:
    return _("Erwartet werden Mittelpunkte in EPSG:3035; sie enden auf 50, zum Beispiel 4337050.")


def _twice(places: np.ndarray) -> list[Finding]:
    """Cells named by more than one row."""
    found, times = np.unique(places, return_counts=True)
    double = found[times > 1]
    if not len(double):
        return []
    text = plural(
        "1 Zelle kommt mehrfach vor (x {x}, y {y}).",
        "{n} Zellen kommen mehrfach vor, zuerst x {x}, y {y}.",
        len(double),
    )
    y, x = divmod(int(double[0]), 100_000_000)
    todo = _("Jede Zelle gehört in genau eine Zeile und zu genau einer Gemeinde.")
    return [Finding(text.format(n=count(len(double)), x=x, y=y), todo=todo)]


def _same_ids(grid: Grid) -> list[Finding]:
    """Given block ids that are missing or named twice."""
    if not grid.block_ids:
        return []
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    column = pq.read_table(grid.path, columns=["block_id"], use_threads=False)["block_id"]
    findings = []
    if column.null_count:
        rows = plural("1 Zeile", "{count} Zeilen", column.null_count).format(count=count(column.null_count))
        findings.append(Finding(_("{rows} ohne Schlüssel der Zelle.").format(rows=rows), column="block_id"))
    times = pc.value_counts(column.drop_null())
    double = times.filter(pc.greater(times.field("counts"), 1))
    if len(double):
        keys = plural("1 Schlüssel kommt", "{n} Schlüssel kommen", len(double)).format(n=count(len(double)))
        text = _("{keys} mehrfach vor, zuerst {value}.")
        value = quoted(str(double.field("values")[0].as_py()))
        findings.append(Finding(text.format(keys=keys, value=value), column="block_id"))
    return findings
