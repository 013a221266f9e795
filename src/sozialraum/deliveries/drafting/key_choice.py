"""Which of several columns that name units is the key."""

from __future__ import annotations

from dataclasses import replace

from sozialraum.base import _
from sozialraum.deliveries.drafting.layout import KeyColumn, Layout
from sozialraum.deliveries.drafting.questions import Asking, Option
from sozialraum.deliveries.heads import column_letters

_ORDER = {"block": 0, "area": 1, "agency": 1, "municipality": 2}


def choose_key(layout: Layout, asking: Asking) -> Layout:
    """The layout with the key first; asked where two columns name different units of the same kind.

    A column of municipalities beside one of areas or blocks says where they lie; two columns that name the same
    unit in each row (key and name, two keys) say the same twice.
    """
    first = layout.keys[0]
    rivals = [key for key in layout.keys[1:] if _is_rival(layout, first, key)]
    if not rivals:
        return layout
    options = [first, *rivals]
    answer = asking.ask(
        "key",
        _("Welche Spalte nennt das Gebiet? Mehrere tun es, und sie widersprechen sich."),
        [Option(column_letters(key.place), _("Spalte {letter} „{head}“").format(
            letter=column_letters(key.place), head=layout.heads[key.place])) for key in options],
        f"{column_letters(first.place)}{layout.first + 1}",
    )  # fmt: skip
    chosen = next(key for key in options if column_letters(key.place) == answer)
    return replace(layout, keys=(chosen, *(key for key in layout.keys if key is not chosen)))


def _is_rival(layout: Layout, first: KeyColumn, other: KeyColumn) -> bool:
    """Whether the other column names other units, as finely and in as many rows."""
    finer = _ORDER.get(other.ground.kind, 9) < _ORDER.get(first.ground.kind, 9)
    if 2 * other.rows < first.rows or (_ORDER.get(other.ground.kind, 9) > _ORDER.get(first.ground.kind, 9)):
        return False
    for row in layout.sheet.rows[layout.first : layout.last]:
        if len(row) <= max(first.place, other.place):
            continue
        one, two = first.ground.unit(row[first.place].strip()), other.ground.unit(row[other.place].strip())
        if one and two and one != two:
            return True
    return finer and other.rows > first.rows
