"""Need by supply, and the confirmed impulses with their rule and figures."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

from sozialraum.base import _, plural
from sozialraum.base.numbers import count, day, decimal
from sozialraum.publish import svg
from sozialraum.publish.cells import (
    Cell,
    count_cell,
    interval_cell,
    mark_cell,
    number_cell,
    signed_count_cell,
    text_cell,
)
from sozialraum.publish.content import SupplyWords
from sozialraum.publish.document import Box, Column, Columns, Heading, Page, Part, Picture, Row, Steps, Table, Text
from sozialraum.publish.facts import REGION, Area, Facts, has_number, measure, rows_of, share_cell, value_cells
from sozialraum.publish.pages_front import impulse_sentence, profile_key
from sozialraum.publish.svg_charts import Point, need_by_supply
from sozialraum.publish.words import BLOCKED, MARK_OF_STATUS, NOT_DELIVERED, impulse_field, need_class

MOST_CARDS = 6
FIELDS = ("build_up", "improve", "keep", "watch", "review", "none")


def need_page(facts: Facts, words: SupplyWords) -> Page:
    """The picture, the number of areas per field, and the table by municipality."""
    left: list[Part] = [
        Heading(_("Bedarf und Angebot: {places}").format(places=words.places)),
        *picture_parts(facts, words),
    ]
    right: tuple[Part, ...] = (
        Heading(_("Felder")),
        field_table(facts),
        Text(
            _(
                "Ein Feld ist ein Hinweis aus einer Regel. Zum Impuls wird er erst, wenn ihn eine "
                "zuständige Stelle bestätigt."
            ),
            "note",
        ),
    )
    parts: list[Part] = [
        Columns((106, 62), (tuple(left), right)),
        Heading(_("Angebot nach Gemeinden")),
        supply_by_town(facts, words),
    ]
    parts += [Heading(_("Bestätigte Impulse")), *impulse_list(facts), supply_by_area(facts, words)]
    title = _("Wo Bedarf und Angebot auseinanderliegen")
    return Page("bedarf-angebot", "bedarf", _("Bedarf und Angebot"), title, impulse_sentence(facts), tuple(parts))


def picture_parts(facts: Facts, words: SupplyWords) -> list[Part]:
    """The need by supply picture with caption; a sentence where too few areas have both values."""
    points = chart_points(facts, words)
    if len(points) < 3:
        return [Text(_("Zu wenige Gebiete haben beide Angaben; ein Bild ist nicht möglich."))]
    definition = next(d for d in facts.content.definitions if d.id == words.indicator)
    how = measure(definition)
    need_label = _("Bedarf: {title}, {head}").format(title=definition.title, head=how.head)
    supply_label = _("Angebot: {unit}").format(unit=words.unit)
    cuts = [cut * how.factor for cut in words.need_cuts], [cut * 100 for cut in words.supply_cuts]
    picture = need_by_supply(
        points, *cuts, need_label, supply_label, field_words(facts), svg.points(106), svg.points(86)
    )
    key = facts.draw("need-supply", picture)
    named = ", ".join(point.name for point in points if point.named) or _("keines")
    alt = _(
        "Punktdiagramm: waagerecht {need}, senkrecht {supply}, am {day}. Ein Punkt je "
        "Gebiet, {shown} von {all} Gebieten haben beide Werte. Benannt sind die Gebiete mit "
        "bestätigtem Impuls: {named}. Unten rechts treffen hoher Bedarf und wenige Plätze "
        "zusammen."
    ).format(
        need=need_label,
        supply=supply_label,
        day=day(facts.content.edition),
        shown=count(len(points)),
        all=count(len(facts.areas)),
        named=named,
    )
    note = _(
        "Waagerechter Strich = Intervall. Benannt sind nur Gebiete mit bestätigtem Impuls. "
        "{shown} von {all} Gebieten haben beide Werte. {line}"
    ).format(shown=count(len(points)), all=count(len(facts.areas)), line=facts.map_line())
    return [Picture(key, alt, 106), Text(note, "note")]


def chart_points(facts: Facts, words: SupplyWords) -> list[Point]:
    """Areas whose need and coverage are both printed."""
    points = []
    if words.indicator not in facts.periods:
        return []
    for area, row in facts.shown(words.indicator):
        supply = facts.supply_of("area", area.id)
        if supply is None or not exact(supply.coverage_low, supply.coverage_high, supply.status):
            continue
        points.append(
            Point(
                facts.short(area),
                row.share_low * 100,
                supply.coverage_low * 100,
                row.ci_low * 100,
                row.ci_high * 100,
                area.id in facts.impulses_of,
            )
        )
    return points


def exact(low: float, high: float, status: str) -> bool:
    """True when a value is printed as one number."""
    return (
        status not in MARK_OF_STATUS and math.isfinite(low) and math.isfinite(high) and round(low, 4) == round(high, 4)
    )


def field_words(facts: Facts) -> dict[tuple[int, int], str]:
    """Where on the nine fields which wording stands, read from the classes of the supply table."""
    rank = {"low": 0, "medium": 1, "high": 2}
    found = {}
    for row in facts.supply.values():
        if (
            row.level == "area"
            and row.field not in ("none", "")
            and row.need_class in rank
            and row.supply_class in rank
        ):
            found[rank[row.need_class], rank[row.supply_class]] = impulse_field(row.field)
    return found


def field_table(facts: Facts) -> Table:
    """Number of areas per field."""
    fields = Counter(row.field for area in facts.areas if (row := facts.supply_of("area", area.id)) is not None)
    rows = tuple(
        Row((text_cell(impulse_field(field), strong=field != "none"), count_cell(fields[field])))
        for field in FIELDS
        if fields[field]
    )
    return Table(_("Zahl der Gebiete nach Feld"), (Column(_("Feld"), "left", 4), Column(_("Gebiete"))), rows)


def supply_columns(words: SupplyWords, *, first: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns of every supply table."""
    return (
        *first,
        Column(words.group, "right", 1.4),
        Column(_("Plätze")),
        Column(words.unit, "right", 1.5),
        Column(_("fehlende (−) oder freie (+) Plätze"), "right", 2.0),
    )


def supply_cells(row: Any | None) -> tuple[Cell, ...]:
    """Children, places, coverage per 100 and places missing (−) or free (+)."""
    if row is None:
        return (mark_cell(NOT_DELIVERED),) * 4
    coverage = number_cell(row.coverage_low, row.coverage_high, row.status, "rate", 0, 100)
    gap = signed_count_cell(-row.gap_high, -row.gap_low, row.status)
    children = part_cell(row.children_low, row.children_high, row.status)
    return (children, part_cell(row.places_low, row.places_high, row.status), coverage, gap)


def part_cell(low: float, high: float, status: str) -> Cell:
    """One of the two counts behind a coverage: shown when exact, else the mark of the row."""
    if math.isfinite(low) and low == high:
        return count_cell(low, high, status if status in ("uncertain", "estimated") else "observed")
    return mark_cell(MARK_OF_STATUS.get(status, BLOCKED))


def supply_by_town(facts: Facts, words: SupplyWords) -> Table:
    """Supply by municipality with the region last."""
    rows = [
        Row((text_cell(facts.town(ags)), *supply_cells(facts.supply_of("municipality", ags)))) for ags in facts.towns
    ]
    region = facts.supply_of(REGION, REGION)
    rows.append(Row((text_cell(facts.scope_name(getattr(region, "scope", ""))), *supply_cells(region)), total=True))
    columns = supply_columns(words, first=(Column(_("Gemeinde"), "left", 3),))
    return Table(
        _("{places} nach Gemeinden").format(places=words.places),
        columns,
        tuple(rows),
        tuple(supply_notes(facts, words)),
        sheet=_("Bedarf und Angebot"),
    )


def supply_notes(facts: Facts, words: SupplyWords) -> list[str]:
    """Target and date under the supply tables."""
    notes = []
    if math.isfinite(words.target):
        notes.append(_("Zielwert {target} {unit}").format(target=decimal(words.target * 100, 0), unit=words.unit))
    region = facts.supply_of(REGION, REGION)
    if str(getattr(region, "target_source", "") or ""):
        dated = day(str(region.target_date)) if str(region.target_date or "") else ""  # type: ignore[union-attr]
        notes.append(", ".join(part for part in (str(region.target_source), dated) if part))  # type: ignore[union-attr]
    notes.append(_("Stichtag {day}").format(day=day(facts.content.edition)))
    if facts.content.notice:
        notes.append(facts.content.notice)
    return notes


def supply_by_area(facts: Facts, words: SupplyWords) -> Table:
    """Supply of every area; on the screen folded, in the spreadsheet beneath the municipalities."""
    rows = []
    for area in facts.areas:
        row = facts.supply_of("area", area.id)
        field = impulse_field(row.field) if row is not None else _("keine Aussage")
        need = need_class(row.need_class) if row is not None else _("keine Aussage")
        rows.append(
            Row(
                (
                    text_cell(facts.label(area), target=profile_key(area.id)),
                    text_cell(facts.town(area.town)),
                    *supply_cells(row),
                    text_cell(need),
                    text_cell(field),
                )
            )
        )
    columns = supply_columns(words, first=(Column(_("Gebiet"), "left", 3), Column(_("Gemeinde"), "left", 2)))
    columns = (*columns, Column(_("Bedarf"), "left", 1.2), Column(_("Feld"), "left", 2))
    return Table(
        _("{places}: alle Gebiete").format(places=words.places),
        columns,
        tuple(rows),
        tuple(supply_notes(facts, words)),
        sheet=_("Bedarf und Angebot"),
        folded=True,
    )


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


def units_of(area: Area) -> tuple[tuple[str, str], ...]:
    """The area, its municipality and the region as (level, unit)."""
    return (("area", area.id), ("municipality", area.town), (REGION, REGION))


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
