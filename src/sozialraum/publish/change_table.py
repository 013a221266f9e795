"""Why values changed, as a table of all areas: for screen and spreadsheet."""

from __future__ import annotations

from sozialraum.base import _
from sozialraum.base.numbers import signed
from sozialraum.indicators.change_parts import PARTS
from sozialraum.indicators.registry import Definition
from sozialraum.publish.cells import Cell, text_cell
from sozialraum.publish.change_words import Change, Labelled, change_heading, labelled, part_label, total_points
from sozialraum.publish.document import Column, Row, Table
from sozialraum.publish.facts import Area, Facts
from sozialraum.publish.value_cells import Measure, measure


def change_table(facts: Facts, definition: Definition) -> Table | None:
    """One row per area: change, its parts, and what cannot be told apart in words; None without any change."""
    how = measure(definition)
    found = [(area, facts.content.changes.get((definition.id, "area", area.id))) for area in facts.areas]
    known = [(area, change) for area, change in found if change is not None and change.parts.low is not None]
    if not known:
        return None
    rows = tuple(_row(facts, area, change, definition, how) for area, change in known)
    columns = (
        Column(_("Gebiet"), "left", 3),
        Column(_("Gemeinde"), "left", 2),
        Column(_("Änderung")),
        *(Column(part_label([name], definition)) for name in PARTS),
        Column(_("nicht trennbar"), "left", 3),
    )
    notes = list(dict.fromkeys(change.compared for _area, change in known if change.compared))
    notes.append(_("Ohne Gebiete, deren Werte nicht an beiden Stichtagen ausgewiesen sind."))
    caption = f"{definition.title}: {change_heading()}"
    return Table(caption, columns, rows, tuple(notes), sheet=definition.title, folded=True)


def _row(facts: Facts, area: Area, change: Change, definition: Definition, how: Measure) -> Row:
    total = total_points(change, definition)
    parts = labelled(change, definition)
    alone = {part.names[0]: part for part in parts if not part.mixed}
    together = "; ".join(f"{part.label.rpartition(', ')[0]} {part.text}" for part in parts if part.mixed)
    whole = text_cell("") if total is None else _points(total, how)
    mixed = {name for part in parts if part.mixed for name in part.names}
    cells = [
        text_cell("") if name in mixed else _cell(alone.get(name), how)
        for name in PARTS
    ]  # fmt: skip
    return Row((text_cell(facts.label(area)), text_cell(facts.town(area.town)), whole, *cells, text_cell(together)))


def _cell(part: Labelled | None, how: Measure) -> Cell:
    """A part that does not apply is 0: what was not changed is known."""
    if part is None:
        return _points(0.0, how)
    if part.low == part.high:
        return _points(part.low, how)
    low, high = round(part.low, how.places), round(part.high, how.places)
    return Cell(part.text, low, "interval", upper=high, places=how.places)


def _points(number: float, how: Measure) -> Cell:
    return Cell(signed(number, how.places), number + 0.0, "points", places=how.places)
