"""Places that must stay secret, found in a delivery that is no list of facilities."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sozialraum.base import Finding, _, plural
from sozialraum.deliveries.collector import Collector
from sozialraum.deliveries.table import Table

# Beginnings as in the recipe for facilities; a plain number column never fits.
_SECRET = re.compile(
    r"frauenh(?:a|ä)us|frauen- und kinderschutz|frauenschutz|schutzwohnung|zufluchtswohnung|mädchenzuflucht",
    re.IGNORECASE,
)


def tells_shelters(facilities: bool, findings: Iterable[Finding]) -> bool:
    """Whether a list of facilities says where a protected one is: such a file is not kept, as one of single persons.

    facilities : whether it is read as a list of facilities. findings : of its reading.
    """
    return facilities and any(finding.code == "shelter" for finding in findings)


def without_shelters(table: Table, log: Collector) -> Table:
    """Warn, without quoting, where a delivery that is no list of facilities names a protected place.

    Lines above and below the table that name one are dropped. Returns the table without them.
    """
    for name in table.cells:
        coded = table.coded(name)
        named = {code for code, text in enumerate(coded.texts) if _SECRET.search(text)}
        if named:
            rows = [position for position, code in enumerate(coded.codes.tolist()) if code in named]
            _warn(len(rows), table.at(name, rows[0]), log)
    for letter, (head, column) in table.unread.items():
        secret = {text for text in set(column) if _SECRET.search(text)}
        if secret:
            rows = [position for position, text in enumerate(column) if text in secret]
            row = int(table.rows[rows[0]])
            _warn(len(rows), {"sheet": table.sheet, "row": row, "column": head, "cell": f"{letter}{row}"}, log)
    if any(_SECRET.search(line) for line in (*table.titles, *table.legend)):
        what = _("Neben der Tabelle ist eine geschützte Einrichtung genannt; der Text wurde nicht gelesen.")
        log.add("warning", what,
                sheet=table.sheet, todo=_todo(), code="shelter")  # fmt: skip
    titles = tuple(line for line in table.titles if not _SECRET.search(line))
    return replace(table, titles=titles, legend=tuple(line for line in table.legend if not _SECRET.search(line)))


def _warn(rows: int, where: dict[str, Any], log: Collector) -> None:
    what = plural(
        "In dieser Spalte nennt {count} Zeile eine geschützte Einrichtung.",
        "In dieser Spalte nennen {count} Zeilen geschützte Einrichtungen.",
        rows,
    ).format(count=rows)
    log.add("warning", what, **where, code="shelter", todo=_todo())


def _todo() -> str:
    return _("Bitte die Datei ohne diese Angabe neu liefern lassen und die alte löschen.")
