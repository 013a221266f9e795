"""Read the grid of a country from a Parquet file: its columns checked, then its rows part by part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sozialraum.base import Finding, InputRefused, UsageError, _
from sozialraum.country.cells import Cells

if TYPE_CHECKING:
    import pyarrow as pa

NEEDED = ("municipality", "x", "y", "population")
BATCH = 1 << 16  # rows read at once


@dataclass(frozen=True)
class Grid:
    """A grid file with usable columns. attributes : sorted 'family:name'. ignored : columns of no use here."""

    path: Path
    rows: int
    attributes: tuple[str, ...]
    block_ids: bool
    ignored: tuple[str, ...]

    @property
    def families(self) -> tuple[str, ...]:
        """The family of each attribute."""
        return tuple(name.partition(":")[0] for name in self.attributes)


def need_pyarrow() -> None:
    """UsageError with what to install when Parquet files cannot be read here."""
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError:
        text = _("Für Parquet-Dateien fehlt ein Zusatzpaket. Installieren Sie es mit: pip install {extra}")
        raise UsageError(text.format(extra='"sozialraum[parquet]"')) from None


def open_grid(path: Path) -> Grid:
    """Look at the columns of the grid; InputRefused names every fault at once."""
    need_pyarrow()
    import pyarrow as pa
    import pyarrow.parquet as pq

    if path.is_dir() or not path.exists():
        text = _("Die Datei „{file}“ gibt es nicht. Erwartet wird das Gitter als Parquet-Datei.")
        raise InputRefused(text.format(file=path))
    try:
        with pq.ParquetFile(path) as file:
            schema, rows = file.schema_arrow, file.metadata.num_rows
    except pa.ArrowInvalid:
        text = _("„{file}“ ist keine lesbare Parquet-Datei. Erzeugen Sie die Datei neu oder prüfen Sie den Namen.")
        raise InputRefused(text.format(file=path)) from None
    attributes = tuple(sorted(name for name in schema.names if ":" in name))
    findings = _column_findings(schema, attributes)
    if not findings and not rows:
        findings = [Finding(_("Die Datei enthält keine einzige Zelle."))]
    if findings:
        raise InputRefused(headline(path), findings)
    used = {*NEEDED, "block_id", *attributes}
    ignored = tuple(sorted(set(schema.names) - used))
    return Grid(path, rows, attributes, "block_id" in schema.names, ignored)


def headline(path: Path) -> str:
    return _("„{file}“ kann nicht verwendet werden.").format(file=path.name)


def _column_findings(schema: pa.Schema, attributes: Sequence[str]) -> list[Finding]:
    import pyarrow.types as kind

    findings = []
    for name in NEEDED:
        if name not in schema.names:
            todo = _("Nötig sind {names}.").format(names=", ".join(NEEDED))
            findings.append(Finding(_("Die Spalte fehlt."), column=name, todo=todo))
    for name in ("municipality", "block_id"):
        if name in schema.names and not _is_text(schema.field(name).type):
            findings.append(_number_for_text(name))
    for name in ("x", "y", "population", *attributes):
        if name not in schema.names:
            continue
        given = schema.field(name).type
        if not (kind.is_integer(given) or kind.is_floating(given) or kind.is_decimal(given)):
            todo = _("Speichern Sie die Spalte als Zahl.")
            findings.append(Finding(_("Die Spalte enthält keine Zahlen."), column=name, todo=todo))
    twice = [name for name, times in Counter(schema.names).items() if times > 1]
    findings += [Finding(_("Die Spalte kommt mehrfach vor."), column=name) for name in twice]
    if not attributes:
        what = _("Es gibt kein einziges Merkmal; ohne Merkmale lassen sich Zellen nicht vergleichen.")
        todo = _("Merkmale heißen „Familie:Name“, zum Beispiel „{example}“.").format(example="social:under_18")
        findings.append(Finding(what, todo=todo))
    if any(not family or not name for family, _colon, name in (one.partition(":") for one in attributes)):
        what = _("Vor und nach dem Doppelpunkt eines Merkmals muss ein Name stehen.")
        findings.append(Finding(what, todo=_("Merkmale heißen „Familie:Name“.")))
    return findings


def _is_text(given: pa.DataType) -> bool:
    import pyarrow.types as kind

    if kind.is_dictionary(given):
        given = given.value_type
    return bool(kind.is_string(given) or kind.is_large_string(given) or kind.is_string_view(given))


def _number_for_text(name: str) -> Finding:
    if name == "municipality":
        what = _("Die Schlüssel der Gemeinden sind als Zahl gespeichert; führende Nullen gehen so verloren.")
        todo = _("Speichern Sie die achtstelligen Schlüssel als Text, zum Beispiel „05334002“.")
    else:
        what, todo = _("Die Schlüssel sind nicht als Text gespeichert."), _("Speichern Sie sie als Text.")
    return Finding(what, column=name, todo=todo)


def batches(grid: Grid, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(grid.path, read_dictionary=["municipality"], memory_map=True) as file:
        yield from file.iter_batches(BATCH, columns=list(columns), use_threads=False)


def floats(column: pa.Array) -> np.ndarray:
    import pyarrow as pa

    return column.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False)


def read_cells(grid: Grid, wanted: Sequence[str]) -> dict[str, Cells]:
    """The cells of some municipalities, in reading order each; holds no more than these and one batch."""
    import pyarrow as pa
    import pyarrow.compute as pc

    columns = [*NEEDED, *(["block_id"] if grid.block_ids else []), *grid.attributes]
    keys = sorted(wanted)
    kept = []
    for batch in batches(grid, columns):
        code = pc.index_in(batch["municipality"], pa.array(keys))
        mine = pc.is_valid(code)
        if pc.any(mine).as_py():
            part = batch.filter(mine)
            kept.append(_columns(grid, part, code.filter(mine).to_numpy()))
    return _split(keys, kept, grid.block_ids)


def _columns(grid: Grid, batch: pa.RecordBatch, code: np.ndarray) -> tuple[np.ndarray, ...]:
    """Code of the municipality, x, y, inhabitants, attributes and block ids of the rows, as arrays."""
    x, y = (floats(batch[name]).astype(np.int64) for name in ("x", "y"))
    values = np.column_stack([floats(batch[name]) for name in grid.attributes])
    ids = batch["block_id"].to_numpy(zero_copy_only=False) if grid.block_ids else np.empty(len(x), dtype=np.int8)
    return code, x, y, floats(batch["population"]), values, ids


def _split(keys: Sequence[str], parts: list[tuple[np.ndarray, ...]], block_ids: bool) -> dict[str, Cells]:
    if not parts:
        return {}
    code, x, y, population, values, ids = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    order = np.lexsort((x, -y, code))
    begins = np.searchsorted(code[order], np.arange(len(keys) + 1))
    cells = {}
    for key, begin, end in zip(keys, begins[:-1], begins[1:], strict=True):
        rows = order[begin:end]
        if len(rows):
            own = ids[rows] if block_ids else None
            cells[key] = Cells(key, x[rows], y[rows], population[rows], values[rows], own)
    return cells
