"""Which sheet of a workbook is read, where several hold such a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sozialraum.base import _
from sozialraum.deliveries.drafting.clicks import Clicks
from sozialraum.deliveries.drafting.key_columns import key_columns
from sozialraum.deliveries.drafting.known_texts import Ground
from sozialraum.deliveries.drafting.layout import SAMPLED_LINES, Layout, find_layout
from sozialraum.deliveries.drafting.questions import Asking, Option, Question
from sozialraum.deliveries.files import LINES_FOR_THE_HEAD, Content, Sheet
from sozialraum.deliveries.heads import head_texts
from sozialraum.deliveries.table import FORM_SHEET

LEAST_ROWS = 2  # rows that name units, from which a sheet holds a table of its own


def choose_sheet(content: Content, known: Sequence[Ground], clicks: Clicks, asking: Asking) -> Layout:
    """The table of the sheet that is read, of several the one with most rows that name units.

    Asked where another sheet has the same head: one reading could not tell them apart. Where others hold another
    table, the question has an answer already and can be answered otherwise.
    """
    layout = find_layout(content, known, clicks)
    others = [sheet for sheet in content.sheets if sheet.name not in (layout.sheet.name, FORM_SHEET)]
    like = [sheet for sheet in others if _has_head(sheet, layout)]
    tables = like or [sheet for sheet in others if _names_units(sheet, known)]
    if tables and not clicks.sheet:
        question = sheet_question([sheet.name for sheet in (layout.sheet, *tables)])
        default = "" if like else layout.sheet.name
        asking.ask(question.id, question.sentence, question.options, default=default)
    if clicks.sheet or not like:
        for sheet in tables:
            asking.say(_("Blatt „{sheet}“ wird nicht gelesen.").format(sheet=sheet.name))
    return layout


def sheet_question(names: Iterable[str]) -> Question:
    """Which of these sheets is read."""
    options = tuple(Option(name, _("Blatt „{sheet}“").format(sheet=name)) for name in names)
    return Question("sheet", _("Mehrere Blätter enthalten eine solche Tabelle. Welches wird gelesen?"), options)


def _has_head(sheet: Sheet, layout: Layout) -> bool:
    rows = range(min(len(sheet.rows), LINES_FOR_THE_HEAD))
    heads = tuple(layout.heads)
    return any(head_texts(sheet, row, layout.head_rows)[: len(heads)] == heads for row in rows)


def _names_units(sheet: Sheet, known: Sequence[Ground]) -> bool:
    return any(key.different >= LEAST_ROWS for key in key_columns(sheet.rows[:SAMPLED_LINES], known))
