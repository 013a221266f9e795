"""Whether every row of a table is one: width, quotation marks, a second head, rows below a gap, a file cut off."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from sozialraum.base import _
from sozialraum.deliveries.collector import Collector
from sozialraum.deliveries.files import Content, Rows, unclosed
from sozialraum.deliveries.heads import Head
from sozialraum.deliveries.recipe import Recipe


def check_shape(
    body: Rows, numbers: Sequence[int], head: Head, head_rows: Rows, log: Collector, content: Content, *, ends: bool
) -> None:
    """Every row has as many fields as the head, and the head stands there once.

    numbers : of the rows as a person counts. ends : the table goes to the end of the file, so a short last row
    means that the rest was lost.
    """
    names, sheet = list(head_rows[-1]), head.sheet.name
    if '"' in content.text:
        _check_quoting(body, numbers, len(names), log, content)
    for number, row in zip(numbers, body, strict=True):
        if len(row) != len(names):
            if ends and number == numbers[-1] and len(row) < len(names) and _stops_short(content):
                _say_cut_off(number, content, log)
                continue
            what = _("Die Zeile hat {there} statt {width} Felder.").format(there=len(row), width=len(names))
            log.add("error", what, sheet=sheet, row=number, code="unexpected_row")
        elif row[-1] == names[-1] and row == names:
            log.add("error", _("Hier steht der Kopf der Tabelle ein zweites Mal."), sheet=sheet,
                    row=number, todo=_("Bitte nur eine Tabelle je Datei liefern."), code="unexpected_row")  # fmt: skip


def _stops_short(content: Content) -> bool:
    return bool(content.text) and content.large is None and not content.text.endswith(("\n", "\r"))


def _say_cut_off(number: int, content: Content, log: Collector) -> None:
    if '"' in content.text and not _is_closed(content.text):
        what, todo = unclosed()
        log.add("error", what, row=number, todo=todo, code="unexpected_row")
        return
    log.add("error", _("Die Datei endet mitten in einer Zeile; der Rest fehlt vermutlich."), row=number,
            todo=_("Bitte die Datei neu ausgeben und vollständig übertragen lassen."), code="truncated")  # fmt: skip


def _check_quoting(body: Rows, numbers: Sequence[int], width: int, log: Collector, content: Content) -> None:
    """A field over several lines is fine where its quotation marks are closed and it swallowed no row."""
    several = [(number, cell) for number, row in zip(numbers, body, strict=True) for cell in row if "\n" in cell]
    if not several:
        return
    closed = _is_closed(content.text)
    for number, cell in several:
        if not closed or max(cell.count(mark) for mark in ";\t|,") >= max(1, width - 1):
            what, todo = unclosed()
            log.add("error", what, row=number, todo=todo, code="unexpected_row")


def _is_closed(text: str) -> bool:
    """Whether every quotation mark that opens a field also closes it, with some delimiter."""
    for delimiter in ";,\t|":
        try:
            for _row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
                pass
        except csv.Error:
            continue
        return True
    return False


def check_rest(
    rows: Rows, last: int, head: Head, recipe: Recipe, skipped: set[int], log: Collector
) -> None:  # fmt: skip
    """Rows of the table below an empty row would be lost without a word: they are an error."""
    width = len(head.heads)
    for place in range(last, len(rows)):
        row = rows[place]
        if recipe.legend and row and row[0].lstrip().startswith(recipe.legend):
            continue  # a legend may contain the delimiter
        if place + 1 in skipped:
            continue
        if len(row) == width and sum(bool(cell.strip()) for cell in row) >= max(3, (2 * width + 2) // 3):
            log.add("error", _("Unter einer leeren Zeile oder der Legende stehen weitere Zeilen der Tabelle."),
                    sheet=head.sheet.name, row=place + 1, todo=_("Bitte die Tabelle ohne Lücke liefern."),
                    code="unexpected_row")  # fmt: skip
            return
