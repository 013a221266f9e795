"""The marks that occur in a table, explained under the same table."""

from __future__ import annotations

from sozialraum.publish.document import Table
from sozialraum.publish.words import MARK_ORDER, mark_short, mark_text


def marks_in(table: Table) -> list[str]:
    """The marks of a table's cells in fixed order."""
    found = {cell.mark for row in table.rows for cell in row.cells if cell.mark}
    return [mark for mark in MARK_ORDER if mark in found]


def notes_with_marks(table: Table) -> list[str]:
    """'• = verborgen', …, then the notes of the table, the source last."""
    return [*[f"{mark_text(mark)} = {mark_short(mark)}" for mark in marks_in(table)], *table.notes]
