"""Tables of an indicator by municipality and by area, and the classes of its map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from sozialraum.base import _
from sozialraum.base.numbers import day, decimal, span
from sozialraum.indicators.registry import Definition
from sozialraum.publish.carried_words import any_carried, carried_cell
from sozialraum.publish.cells import Cell, count_cell, difference_cell, mark_cell, text_cell
from sozialraum.publish.document import (
    Column,
    Row,
    Table,
)
from sozialraum.publish.facts import REGION, Facts, note_sentences
from sozialraum.publish.pages_front import profile_key
from sozialraum.publish.palette import class_colour
from sozialraum.publish.value_cells import Measure, has_number, share_cell, value_cells
from sozialraum.publish.words import BLOCKED, HIDDEN, NOT_DELIVERED


def class_of(value: float, breaks: Sequence[float]) -> int:
    """The class of a printed share, 0 = lowest; classes are closed below."""
    return sum(1 for limit in breaks if round(value, 4) >= limit)


def shade(rank: int, definition: Definition) -> str:
    """The tone of a class: dark is a high need, so the scale turns round where less is more burden."""
    classes = len(definition.breaks) + 1
    return class_colour(classes - 1 - rank if definition.direction < 0 else rank, classes)


def class_words(definition: Definition, how: Measure) -> list[str]:
    """'unter 7,5', '7,5 bis unter 12,5', …, '25,0 und mehr', lowest first."""
    limits = [decimal(limit * how.factor, how.places) for limit in definition.breaks]
    if not limits:
        return [_("alle Werte")]
    inner = [_("{low} bis unter {high}").format(low=low, high=high) for low, high in pairwise(limits)]
    return [_("unter {end}").format(end=limits[0]), *inner, _("{start} und mehr").format(start=limits[-1])]


def hatch_kind(row: Any | None) -> str:
    """Which hatch an area without a printed value gets: 'missing', 'hidden' or 'few'; '' when it has a number."""
    if row is None or row.status == "missing":
        return "missing"
    if row.status == "suppressed":
        return "hidden"
    return "" if has_number(row) else "few"


def _town_notes(facts: Facts, definition: Definition) -> list[tuple[str, Any]]:
    return [(facts.town(ags), facts.value(definition.id, "municipality", ags)) for ags in facts.towns]


def town_table(facts: Facts, definition: Definition, how: Measure) -> Table:
    """Base, count, share, interval, edition before, change in points and the reach of the areas, by municipality."""
    before = facts.periods[definition.id][1]
    rows = []
    for ags in facts.towns:
        areas = facts.areas_of(ags)
        row = facts.value(definition.id, "municipality", ags)
        rows.append(
            Row(
                (
                    text_cell(facts.town(ags)),
                    count_cell(len(areas)),
                    *_figures(facts, definition, how, row, facts.before(definition.id, "municipality", ags)),
                    reach(facts, definition, how, ags),
                )
            )
        )
    region = facts.value(definition.id, REGION, REGION)
    scope = str(getattr(region, "scope", "") or "")
    number = sum(1 for area in facts.areas if area.town not in scope.split(","))
    rows.append(
        Row(
            (
                text_cell(facts.scope_name(scope)),
                count_cell(number),
                *_figures(facts, definition, how, region, facts.before(definition.id, REGION, REGION)),
                reach(facts, definition, how, ""),
            ),
            total=True,
        )
    )
    columns = [
        Column(_("Gemeinde"), "left", 3),
        Column(_("Gebiete")),
        *_figure_columns(how, before),
    ]
    columns.append(Column(_("Spannweite der Gebiete"), "right", 1.8))
    notes = [
        _("Pp. = Prozentpunkte, aus den gedruckten Werten") if before and how.shape == "share" else "",
        _("Spannweite in Klammern = ohne verborgene oder fehlende Gebiete"),
        *note_sentences(facts, _town_notes(facts, definition)),
        source_line(facts, definition),
    ]
    return Table(
        _("{title} nach Gemeinden").format(title=definition.title),
        tuple(columns),
        tuple(rows),
        tuple(note for note in notes if note),
        sheet=definition.title,
    )


def _figure_columns(how: Measure, before: str) -> list[Column]:
    """The columns of what `_figures` gives; the last two only where there is an edition before."""
    columns = [
        Column(_("Basis")),
        Column(_("Anzahl")),
        Column(how.head),
        Column(_("Intervall 95\u202f%"), "right", 1.5),
    ]
    if before:
        columns += [
            Column(day(before), "right", 1.2),
            Column(_("Änderung in Pp.") if how.shape == "share" else _("Änderung"), "right", 1.2),
        ]
    return columns


def _figures(facts: Facts, definition: Definition, how: Measure, row: Any, earlier: Any) -> list[Cell]:
    cells = value_cells(row, how)
    figures = [cells.base, cells.count, _strong(cells.share), cells.interval]
    if facts.periods[definition.id][1]:
        old = share_cell(earlier, how)
        comparable = row is None or earlier is None or str(row.scope or "") == str(earlier.scope or "")
        figures += [old, difference_cell(cells.share, old) if comparable else mark_cell(BLOCKED)]
    return figures


def _strong(cell: Cell) -> Cell:
    return replace(cell, strong=True)


def reach(facts: Facts, definition: Definition, how: Measure, ags: str) -> Cell:
    """Smallest to largest released value of the areas of a municipality ('' = all); in brackets if some are absent."""
    rows = [row for area, row in facts.area_values(definition.id) if ags in ("", area.town)]
    values = [row.share_low * how.factor for row in rows if row is not None and has_number(row)]
    if len(values) < 2:
        kinds = {hatch_kind(row) for row in rows}
        return mark_cell(HIDDEN if "hidden" in kinds else NOT_DELIVERED if "missing" in kinds else BLOCKED)
    text = span(min(values), max(values), how.places)
    if len(values) < len(rows):
        text = f"({text})"
    return Cell(
        text, round(min(values), how.places), "interval", upper=round(max(values), how.places), places=how.places
    )


def source_line(facts: Facts, definition: Definition) -> str:
    """Source and date of the table."""
    parts = [
        _("Quelle: {source}, {day}").format(source=facts.source(definition), day=day(facts.periods[definition.id][0])),
        facts.content.notice,
    ]
    return " · ".join(part for part in parts if part)


def all_areas_table(facts: Facts, definition: Definition, how: Measure) -> Table:
    """Every area with its figures; on the screen folded, in the spreadsheet beneath the municipalities."""
    before = facts.periods[definition.id][1]
    carried = any_carried(facts, definition)
    rows = []
    for area, row in facts.area_values(definition.id):
        figures = _figures(facts, definition, how, row, facts.before(definition.id, "area", area.id))
        names = (text_cell(facts.label(area), target=profile_key(area.id)), text_cell(facts.town(area.town)))
        rows.append(Row((*names, *figures, *([carried_cell(row)] if carried else []))))
    columns = [
        Column(_("Gebiet"), "left", 3),
        Column(_("Gemeinde"), "left", 2),
        *_figure_columns(how, before),
        *([Column(_("Übertragen"), "left", 2.4)] if carried else []),
    ]
    caption = _("{title}: alle Gebiete").format(title=definition.title)
    return Table(
        caption, tuple(columns), tuple(rows), (source_line(facts, definition),), sheet=definition.title, folded=True
    )
