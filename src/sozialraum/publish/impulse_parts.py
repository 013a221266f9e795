"""Confirmed impulses: cards, or one table with the rules beneath; reason, evidence, states."""

from __future__ import annotations

from typing import Any

from sozialraum.base import _, plural
from sozialraum.base.numbers import count, day
from sozialraum.publish.cells import (
    interval_cell,
    mark_cell,
    text_cell,
)
from sozialraum.publish.document import Box, Column, Columns, Heading, Part, Row, Steps, Table, Text
from sozialraum.publish.facts import Area, Facts, rows_of
from sozialraum.publish.pages_front import impulse_sentence, profile_key
from sozialraum.publish.supply_cells import exact, supply_cells, units_of
from sozialraum.publish.value_cells import has_number, measure, share_cell, value_cells
from sozialraum.publish.words import BLOCKED, impulse_field, need_class

MOST_CARDS = 6


def impulse_list(facts: Facts) -> list[Part]:
    """Every confirmed impulse as a card; the sentence that there is none otherwise."""
    impulses = facts.content.impulses
    if not len(impulses):
        return [Text(impulse_sentence(facts))]
    order = {area.id: place for place, area in enumerate(facts.areas)}
    rows = sorted(rows_of(impulses), key=lambda row: (order.get(row.area_id, 10**6), str(row.impulse_id)))
    if len(rows) <= MOST_CARDS:
        return [card for number, row in enumerate(rows, start=1) for card in impulse_card(facts, row, number)]
    return [impulse_table(facts, rows), Heading(_("Die Regeln")), *rule_list(facts, rows)]


def impulse_table(facts: Facts, rows: list[Any]) -> Table:
    """All confirmed impulses with their figures; the card of each stands in the area's profile."""
    words = facts.content.supply_words
    definition = next((d for d in facts.content.definitions if words and d.id == words.indicator), None)
    lines = []
    for number, row in enumerate(rows, start=1):
        area = facts.area[row.area_id]
        cells = [text_cell(str(number)), text_cell(facts.label(area), target=profile_key(area.id))]
        cells.append(text_cell(impulse_field(row.field), strong=True))
        if definition:
            share = value_cells(facts.value(definition.id, "area", area.id), measure(definition))
            cells += [share.share, share.interval]
        cells += supply_cells(facts.supply_of("area", area.id))
        cells.append(text_cell(str(row.rule_version) + " · " + confirmed_on(row)))
        lines.append(Row(tuple(cells)))
    columns = [Column(_("Nr."), "left", 0.5), Column(_("Gebiet"), "left", 3), Column(_("Impuls"), "left", 2.6)]
    if definition:
        columns += [Column(definition.title + ", " + measure(definition).head, "right", 1.9)]
        columns += [Column(_("Intervall 95\u202f%"), "right", 1.6)]
    places = (Column(words.group, "right", 1.4), Column(_("Plätze")), Column(words.unit, "right", 1.3)) if words else ()
    columns += [*places, Column(_("fehlende (−) oder freie (+) Plätze"), "right", 1.7)]
    columns += [Column(_("Fassung der Regel, bestätigt am"), "left", 1.9)]
    return Table(_("Bestätigte Impulse"), tuple(columns), tuple(lines), sheet=_("Impulse"))


def rule_list(facts: Facts, rows: list[Any]) -> list[Part]:
    """Each rule that fired, once, as a sentence with its version."""
    words = facts.content.supply_words
    lines: dict[tuple[str, str], str] = {}
    for row in rows:
        sentence = (words.rules if words else {}).get(str(row.rule), "").replace("{area}", _("einem Gebiet"))
        lines[impulse_field(row.field), str(row.rule_version)] = sentence
    return [
        Text(_("**{field}** (Fassung {version}): {sentence}").format(field=field, version=version, sentence=sentence))
        for (field, version), sentence in sorted(lines.items())
    ]


def confirmed_on(row: Any) -> str:
    """The day of the confirmation, '' if not recorded."""
    return day(str(row.decided_on)[:10]) if str(row.decided_on or "") else ""


def impulse_card(facts: Facts, row: Any, number: int) -> list[Part]:
    """Wording, evidence, rule and state of one impulse."""
    area = facts.area[row.area_id]
    head = _("Impuls {number} · {area}: {field}").format(
        number=number, area=facts.label(area), field=impulse_field(row.field)
    )
    left: list[Part] = [Heading(head), Text(impulse_reason(facts, area)), evidence_table(facts, area)]
    left.append(Text(rule_text(facts, row), "note"))
    right = Steps(tuple(impulse_states(row)))
    return [Box("impulse", (Columns((108, 48), (tuple(left), (right,))),))]


def rule_text(facts: Facts, row: Any) -> str:
    """The rule that fired, as a sentence with its version."""
    words = facts.content.supply_words
    sentence = (words.rules if words else {}).get(str(row.rule), "")
    area = facts.area[row.area_id]
    sentence = sentence.replace("{area}", area.name or facts.short(area)) or _("Die Regel ist nicht beschrieben.")
    return _("**Regel, Fassung {version}:** {sentence}").format(version=row.rule_version, sentence=sentence)


def impulse_reason(facts: Facts, area: Area) -> str:
    """What comes together in the area, in one sentence of its printed figures."""
    words = facts.content.supply_words
    supply = facts.supply_of("area", area.id)
    if words is None or supply is None:
        return _("Die Begründung steht bei der Regel.")
    definition = next((d for d in facts.content.definitions if d.id == words.indicator), None)
    row = facts.value(words.indicator, "area", area.id) if definition else None
    need = ""
    if definition and row is not None and has_number(row):
        need = f"{definition.title}: {measure(definition).words(row.share_low)}. "
    if not exact(supply.gap_low, supply.gap_high, supply.status):
        return (
            need
            + _("Der Bedarf ist {need}; die Zahl der Plätze ist nicht ausgewiesen.").format(
                need=need_class(supply.need_class)
            )
        ).strip()
    gap = round(supply.gap_low)
    places = (
        plural("fehlt 1 Platz", "fehlen {n} Plätze", abs(gap)).format(n=count(abs(gap)))
        if gap > 0
        else plural("ist 1 Platz frei", "sind {n} Plätze frei", abs(gap)).format(n=count(abs(gap)))
    )
    return (need + _("Gegenüber dem Zielwert {places}.").format(places=places)).strip()


def evidence_table(facts: Facts, area: Area) -> Table:
    """The figures of the area, its municipality and the region that the rule looks at."""
    words = facts.content.supply_words
    rows: list[Row] = []
    definition = next((d for d in facts.content.definitions if words and d.id == words.indicator), None)
    if definition:
        how = measure(definition)
        row = facts.value(definition.id, "area", area.id)
        interval = interval_cell(row.ci_low, row.ci_high) if row is not None and has_number(row) else mark_cell(BLOCKED)
        values = [share_cell(facts.value(definition.id, level, unit), how) for level, unit in units_of(area)]
        rows.append(Row((text_cell(f"{definition.title}, {how.head}"), values[0], interval, *values[1:])))
    if words:
        columns = list(
            zip(*[supply_cells(facts.supply_of(level, unit)) for level, unit in units_of(area)], strict=True)
        )
        titles = (words.group, words.places, words.unit, _("fehlende (−) oder freie (+) Plätze"))
        rows += [
            Row((text_cell(title), cells[0], mark_cell(BLOCKED), *cells[1:]))
            for title, cells in zip(titles, columns, strict=True)
        ]
    columns_ = (
        Column(_("Beleg"), "left", 3.4),
        Column(facts.short(area)),
        Column(_("Intervall"), "right", 1.3),
        Column(facts.town(area.town), "right", 1.3),
        Column(_("Kreis")),
    )
    return Table(_("Belege zu {area}").format(area=facts.label(area)), columns_, tuple(rows))


def impulse_states(row: Any) -> list[tuple[bool, str, str]]:
    """The chain of states with dates; what has not happened is hollow."""
    decided = confirmed_on(row)
    confirmed = ", ".join(part for part in (decided, str(row.role or "")) if part)
    return [
        (True, _("aus Regel entstanden"), ""),
        (row.state == "confirmed", _("bestätigt"), confirmed),
        (False, _("beraten"), _("offen")),
        (False, _("beschlossen"), _("offen")),
    ]
