"""The part of a page that says why a value changed: a sentence, a bar, notes."""

from __future__ import annotations

from sozialraum.base import _
from sozialraum.indicators.registry import Definition
from sozialraum.publish import svg
from sozialraum.publish.change_words import change_heading, change_notes, change_sentence, labelled, total_points
from sozialraum.publish.document import Columns, Heading, Part, Picture, Text
from sozialraum.publish.facts import Facts
from sozialraum.publish.svg_change import change_bar
from sozialraum.publish.value_cells import measure

WIDTH = 84


def change_parts(facts: Facts, definition: Definition, level: str, unit: str, name: str, of: str) -> list[Part]:
    """Heading, sentence and bar on the change of one value since the edition before; nothing where none is known.

    name : of the unit, for the alternative text. of : how the heading begins. Where nothing can be split the sentence
    says why, without a bar.
    """
    found = facts.content.changes.get((definition.id, level, unit))
    if found is None or found.before is None or found.after is None:
        return []
    sentence = change_sentence(found, definition)
    texts: tuple[Part, ...] = (
        Text(sentence), *(Text(note, "note") for note in change_notes(found, definition))
    )  # fmt: skip
    parts, total = labelled(found, definition), total_points(found, definition)
    heading = Heading(f"{of}: {change_heading()}")
    if not parts or all(part.low == part.high == 0 for part in parts):
        return [heading, *texts]
    picture = change_bar(parts, total, measure(definition).places, svg.points(WIDTH))
    key = facts.draw(f"why-{definition.id}-{unit}", picture)
    alt = _(
        "Balken der Veränderung in {name}, {title}, von null nach rechts, was den Wert erhöht, nach links, was "
        "ihn senkt: {parts}. Schräg gestreift: nicht trennbar; waagerecht gestreift: nur in Grenzen bekannt."
    ).format(
        name=name, title=definition.title, parts="; ".join(f"{part.label} {part.text}" for part in parts)
    )  # fmt: skip
    return [heading, Columns((WIDTH, WIDTH), (texts, (Picture(key, alt, WIDTH),)))]
