"""How values that were carried from other boundaries are told: a cell by area, a line for an indicator."""

from __future__ import annotations

from typing import Any

from sozialraum.base import _, plural
from sozialraum.base.numbers import NARROW_SPACE, count
from sozialraum.carrying import method_name
from sozialraum.indicators.carried_notes import CarriedNote, carried_of
from sozialraum.indicators.registry import Definition
from sozialraum.publish.cells import Cell, text_cell
from sozialraum.publish.facts import Facts
from sozialraum.publish.value_cells import has_number


def note_of(row: Any | None) -> CarriedNote | None:
    """How a printed value was carried; None for one that was not, or that is not printed."""
    return carried_of(str(row.note or "")) if row is not None and has_number(row) else None


def any_carried(facts: Facts, definition: Definition) -> bool:
    """Whether a printed value of an area was carried."""
    return any(note_of(row) is not None for _area, row in facts.area_values(definition.id))


def carried_cell(row: Any | None) -> Cell:
    """'nach Einwohnerzahl, etwa 3 %' beside the value of an area; empty where nothing was carried."""
    note = note_of(row)
    if note is None:
        return text_cell("")
    method = method_name(note.kind) if note.kind else _("geschätzt")
    return text_cell(f"{method}, " + _("etwa {error}").format(error=_percent(note.error)) if note.error else method)


def carried_lines(facts: Facts, definition: Definition) -> list[str]:
    """'12 Gebiete sind nach Einwohnerzahl übertragen, Abweichung etwa 2 bis 14 %.', a line for each kind."""
    by_kind: dict[str, list[CarriedNote]] = {}
    for _area, row in facts.area_values(definition.id):
        note = note_of(row)
        if note is not None:
            by_kind.setdefault(note.kind, []).append(note)
    return [_line(kind, notes) for kind, notes in sorted(by_kind.items())]


def _line(kind: str, notes: list[CarriedNote]) -> str:
    text = plural("1 Gebiet ist {method} übertragen", "{count} Gebiete sind {method} übertragen", len(notes)).format(
        count=count(len(notes)), method=method_name(kind) if kind else _("schätzungsweise")
    )
    errors = [note.error for note in notes if note.error is not None]
    if not errors:
        return f"{text}."
    low, high = min(errors), max(errors)
    said = _percent(low) if low == high else _("{low} bis {high}").format(low=low, high=_percent(high))
    return text + ", " + _("Abweichung etwa {error}").format(error=said) + "."


def _percent(error: int | None) -> str:
    return f"{error}{NARROW_SPACE}%"
