"""Where a region mixes small and large areas: one sentence that says so, and the classes side by side."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from sozialraum.base import _
from sozialraum.indicators.size_classes import class_titles, is_mixed, mixed_sentence, size_class
from sozialraum.publish.cells import count_cell, text_cell
from sozialraum.publish.document import Column, Heading, Part, Row, Table, Text
from sozialraum.publish.facts import Facts
from sozialraum.publish.words import need_for_action

LEVELS = (4, 3, 2, 1, 0)


def size_parts(facts: Facts) -> list[Part]:
    """Nothing where all municipalities have areas of about the same size."""
    people = pd.Series({area.id: area.population for area in facts.areas}, dtype=float)
    town = pd.Series({area.id: area.town for area in facts.areas}, dtype=object)
    if not is_mixed(people, town):
        return []
    return [Heading(_("Gebiete verschiedener Größe")), Text(mixed_sentence(people)), size_table(facts, people)]


def size_table(facts: Facts, people: pd.Series) -> Table:
    """Number of areas by size class and Handlungsbedarf."""
    classes = size_class(people)
    rows = []
    for number, title in enumerate(class_titles()):
        own = classes.index[classes == number]
        levels = Counter(int(facts.index[area].status_class) if area in facts.index else 0 for area in own)
        rows.append(Row((text_cell(title), count_cell(len(own)), *(count_cell(levels[level]) for level in LEVELS))))
    columns = (
        Column(_("Größe des Gebiets"), "left", 3.2),
        Column(_("Gebiete"), "right", 1),
        *(Column(need_for_action(level) if level else _("keine Aussage"), "right", 1.2) for level in LEVELS),
    )
    return Table(_("Handlungsbedarf nach Größe der Gebiete"), columns, tuple(rows), sheet=_("Handlungsbedarf"))
