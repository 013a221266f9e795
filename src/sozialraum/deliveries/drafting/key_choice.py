"""Which of several columns that name units is the key."""

from __future__ import annotations

from sozialraum.base import _
from sozialraum.deliveries.drafting.key_columns import KeyColumn
from sozialraum.deliveries.drafting.layout import Layout
from sozialraum.deliveries.drafting.questions import Asking, Option
from sozialraum.deliveries.heads import column_letters

_ORDER = {"block": 0, "area": 1, "agency": 1, "municipality": 2, "geography": 3}


def choose_key(layout: Layout, asking: Asking) -> Layout:
    """The layout with the key first; asked where two columns name different units of the same kind.

    A column of municipalities beside one of areas or blocks says where they lie; two columns that name the same
    unit in each row (key and name, two keys) say the same twice. What a person called the key is it.
    """
    if asking.said_freely("key"):  # the layout has it first already
        return layout
    first = layout.keys[0]
    rivals = [key for key in layout.keys[1:] if _is_rival(layout, first, key)]
    if not rivals:
        return layout
    options = [first, *rivals]
    asking.ask(
        "key",
        _("Welche Spalte nennt das Gebiet? Mehrere tun es, und sie widersprechen sich."),
        [Option(column_letters(key.place), _("Spalte {letter} „{head}“").format(
            letter=column_letters(key.place), head=layout.heads[key.place])) for key in options],
        f"{column_letters(first.place)}{layout.first + 1}",
    )  # fmt: skip
    return layout


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
