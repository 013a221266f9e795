"""The part of a page that says why a value changed: a sentence, a bar, notes."""

from __future__ import annotations

from sozialraum.base import _
from sozialraum.indicators.registry import Definition
from sozialraum.publish import svg
from sozialraum.publish.change_words import (
    Change,
    change_heading,
    change_notes,
    change_sentence,
    labelled,
    total_points,
)
from sozialraum.publish.document import Columns, Heading, Part, Picture, Text
from sozialraum.publish.facts import Facts
from sozialraum.publish.svg_change import change_bar
from sozialraum.publish.value_cells import measure

WIDE, NARROW = 84, 62


def change_parts(facts: Facts, definition: Definition, level: str, unit: str, name: str, of: str) -> list[Part]:
    """Heading, sentence beside bar, on the change of one value since the edition before; nothing where none is known.

    name : of the unit, for the alternative text. of : how the heading begins. Where nothing can be split the sentence
    says why, without a bar.
    """
    found = facts.content.changes.get((definition.id, level, unit))
    if found is None or found.before is None or found.after is None:
        return []
    heading = Heading(f"{of}: {change_heading()}")
    texts: tuple[Part, ...] = (
        Text(change_sentence(found, definition)),
        *(Text(note, "note") for note in change_notes(found, definition)),
    )
    bar = _bar(facts, found, definition, name, WIDE)
    return [heading, Columns((WIDE, WIDE), (texts, (bar,)))] if bar else [heading, *texts]


def change_column(facts: Facts, definition: Definition, level: str, unit: str, name: str) -> tuple[Part, ...]:
    """The same in a narrow column: the bar under the sentence, without the note on rounding."""
    found = facts.content.changes.get((definition.id, level, unit))
    if found is None or found.before is None or found.after is None:
        return ()
    bar = _bar(facts, found, definition, name, NARROW)
    notes = (Text(note, "note") for note in change_notes(found, definition, rounding=False))
    return (Heading(change_heading()), Text(change_sentence(found, definition)), *((bar,) if bar else ()), *notes)


def _bar(facts: Facts, found: Change, definition: Definition, name: str, width: int) -> Picture | None:
    """The drawn bar; None where there are no parts or all are zero."""
    parts, total = labelled(found, definition), total_points(found, definition)
    if all(part.low == part.high == 0 for part in parts):
        return None
    picture = change_bar(parts, total, measure(definition).places, svg.points(width))
    key = facts.draw(f"why-{definition.id}-{found.unit}", picture)
    alt = _(
        "Balken der Veränderung in {name}, {title}, von null nach rechts, was den Wert erhöht, nach links, was "
        "ihn senkt: {parts}. Schräg gestreift: nicht trennbar; waagerecht gestreift: nur in Grenzen bekannt."
    ).format(name=name, title=definition.title, parts="; ".join(f"{part.label} {part.text}" for part in parts))
    return Picture(key, alt, width)
