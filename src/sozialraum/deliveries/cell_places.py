"""Where values stand in a file, as people say it."""

from __future__ import annotations

import numpy as np

from sozialraum.base import _
from sozialraum.deliveries.table import Table

NAMED_AT_MOST = 12  # rows; beyond that nobody looks up each of them


def cell_places(table: Table, rows: np.ndarray, codes: np.ndarray, name: str) -> list[str]:
    """Where each value stands: 'Zeile 17, Spalte F', 'Blatt Plätze, D17', 'Zeilen 17, 18 und 33, Spalte F'.

    rows : positions of the rows values were added up from. codes : the value each row belongs to (0, 1, …; none
    is left out). name : short name of the column, '' in lists of single cases, whose rows are not named.
    Returns one text per value. Many rows are shortened to 'Zeile 17 und 40 weitere'.
    """
    counts = np.bincount(codes)
    if not name:
        return [_("gezählt aus Einzelfällen")] * len(counts)
    numbers = table.rows[rows[np.argsort(codes, kind="stable")]].tolist()
    letter, sheet = table.letters[name], table.sheet
    one = _("Blatt {sheet}, {letter}{row}") if sheet else _("Zeile {row}, Spalte {letter}")
    some = _("Blatt {sheet}, Zeilen {rows}, Spalte {letter}") if sheet else _("Zeilen {rows}, Spalte {letter}")
    many = _("Zeile {row} und {more} weitere")
    texts, end = [], 0
    for count in counts.tolist():
        first, end = end, end + count
        if count == 1:
            texts.append(one.format(sheet=sheet, letter=letter, row=numbers[first]))
        elif count <= NAMED_AT_MOST:
            texts.append(some.format(sheet=sheet, letter=letter, rows=_listed(numbers[first:end])))
        else:
            texts.append(many.format(row=numbers[first], more=count - 1))
    return texts


def _listed(numbers: list[int]) -> str:
    """'17, 18 und 33'."""
    *most, last = map(str, numbers)
    return _("{most} und {last}").format(most=", ".join(most), last=last)
