"""The printed figures of a release, frozen with it as numbers: what a later report compares with.

Only what the report prints stands in the file; a hidden number is not in it, neither with bounds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sozialraum.indicators import Definition, base_features
from sozialraum.project import Project
from sozialraum.publish import ReportContent
from sozialraum.publish.value_cells import measure, value_cells

FILE = "figures.json"
FORMAT = 1
COLUMNS = ("indicator", "level", "unit", "period", "count", "base", "scope", "note")


@dataclass(frozen=True)
class Figures:
    """What one release printed.

    release_id, created : of the release. title : of its report. plan_id : of its areas. editions : ISO dates.
    definitions : indicator -> id, version, kind, numerator and denominator as lists of counted features.
    """

    release_id: str
    created: str
    title: str
    plan_id: str
    editions: tuple[str, ...]
    definitions: Mapping[str, Mapping[str, Any]]
    rows: tuple[tuple[Any, ...], ...]

    @cached_property
    def values(self) -> dict[tuple[str, str, str, str], tuple[float, float, str, str]]:
        """(indicator, level, unit, period) -> count, base, scope, note; only what was printed as numbers."""
        return {(row[0], row[1], row[2], row[3]): (row[4], row[5], row[6], row[7]) for row in self.rows}


def counting_of(definition: Definition) -> dict[str, Any]:
    """What a definition counts, without titles and words: two that are equal here count the same."""
    return {
        "kind": definition.kind,
        "numerator": definition.numerator,
        "denominator": definition.denominator,
        "numerator_features": sorted(base_features(definition.numerator)),
        "denominator_features": sorted(base_features(definition.denominator)),
    }


def printed(row: Any, definition: Definition) -> tuple[float | None, float | None]:
    """Count and base as the report prints them; None for what it does not print as one number, or without a share.

    Estimated counts have decimals that are not printed: then the count is that of the printed share.
    """
    how = measure(definition)
    cells = value_cells(row, how)
    if cells.share.number is None or cells.share.upper is not None:
        return None, None
    count, base = (None if cell.upper is not None else cell.number for cell in (cells.count, cells.base))
    if count is not None and base is not None and not float(row.count_low).is_integer():
        count = round(cells.share.number / how.factor * base, 3)
    return count, base


def write_figures(content: ReportContent, plan_id: str, file: Path) -> None:
    """Write the printed counts and bases of all editions of a report."""
    known = {definition.id: definition for definition in content.definitions}
    rows = []
    values: Any = content.indicator_values.itertuples(index=False)
    for row in values:
        if row.indicator not in known:
            continue
        count, base = printed(row, known[row.indicator])
        if count is not None and base is not None:
            key = [row.indicator, row.level, row.unit, row.period]
            rows.append([*key, count, base, str(row.scope or ""), str(row.note or "")])
    written = {
        "format": FORMAT, "title": content.title, "plan_id": plan_id, "editions": list(content.editions),
        "definitions": {name: {"version": one.version, **counting_of(one)} for name, one in sorted(known.items())},
        "columns": list(COLUMNS), "values": sorted(rows, key=lambda row: row[:4]),
    }  # fmt: skip
    file.write_text(json.dumps(written, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def read_figures(project: Project) -> tuple[Figures, ...]:
    """The figures of all releases that have them, oldest first; earlier versions of the program froze none."""
    found = []
    for row in project.releases().to_dict("records"):
        file = project.folder / "releases" / str(row["release_id"]) / FILE
        read = _read(file)
        if read is not None:
            found.append(
                Figures(
                    str(row["release_id"]), str(row["created"]), str(read["title"]), str(read["plan_id"]),
                    tuple(read["editions"]), read["definitions"], tuple(tuple(line) for line in read["values"]),
                )
            )  # fmt: skip
    return tuple(found)


def _read(file: Path) -> dict[str, Any] | None:
    """The content of the file, None where there is none or it is not whole: then nothing is compared with it."""
    try:
        read = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return read if isinstance(read, dict) and read.get("format") == FORMAT else None
