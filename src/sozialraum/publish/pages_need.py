"""Need by supply, and the confirmed impulses with their rule and figures."""

from __future__ import annotations

from collections import Counter

from sozialraum.base import _
from sozialraum.base.numbers import count, day
from sozialraum.publish import svg
from sozialraum.publish.cells import (
    count_cell,
    text_cell,
)
from sozialraum.publish.content import SupplyWords
from sozialraum.publish.document import Column, Columns, Heading, Page, Part, Picture, Row, Table, Text
from sozialraum.publish.facts import REGION, Facts
from sozialraum.publish.impulse_parts import impulse_list
from sozialraum.publish.pages_front import impulse_sentence, profile_key
from sozialraum.publish.supply_cells import has_ends, supply_cells, supply_columns, supply_notes
from sozialraum.publish.svg_fields import Point, need_by_supply
from sozialraum.publish.value_cells import measure
from sozialraum.publish.words import impulse_field, need_class

FIELDS = ("build_up", "improve", "keep", "watch", "review", "none")


def need_page(facts: Facts, words: SupplyWords) -> Page:
    """The picture, the number of areas per field, and the table by municipality."""
    left: list[Part] = [
        Heading(_("Bedarf und Angebot: {places}").format(places=words.places)),
        *picture_parts(facts, words),
    ]
    parts: list[Part] = [
        Columns((106, 62), (tuple(left), field_parts(facts) if has_fields(facts) else reading_parts(words))),
        Heading(_("Angebot nach Gemeinden")),
        supply_by_town(facts, words),
    ]
    if not facts.content.impulses_note:
        parts += [Heading(_("Bestätigte Impulse")), *impulse_list(facts)]
    parts.append(supply_by_area(facts, words))
    title = _("Wo Bedarf und Angebot auseinanderliegen") if has_fields(facts) else _("Bedarf und Angebot")
    return Page("bedarf-angebot", "bedarf", _("Bedarf und Angebot"), title, impulse_sentence(facts), tuple(parts))


def has_fields(facts: Facts) -> bool:
    """True when rules give at least one area a field."""
    return any(row.field not in ("none", "") for row in facts.supply.values() if row.level == "area")


def field_parts(facts: Facts) -> tuple[Part, ...]:
    """The number of areas per field, with what a field is."""
    text = _(
        "Ein Feld ist ein Hinweis aus einer Regel. Zum Impuls wird er erst, wenn ihn eine zuständige Stelle bestätigt."
    )
    return Heading(_("Felder")), field_table(facts), Text(text, "note")


def reading_parts(words: SupplyWords) -> tuple[Part, ...]:
    """In place of the fields, where no rules are set: what the picture says and what not."""
    text = _(
        "Rechts stehen Gebiete mit hohem Bedarf, oben solche mit viel Angebot im eigenen Gebiet. Für diese "
        "Gruppe sind keine Regeln festgelegt; deshalb gibt es keine Felder und keine Empfehlung."
    )
    return (Heading(_("Wie das Bild zu lesen ist")), Text(text), *((Text(words.note),) if words.note else ()))


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
    note = _("Waagerechter Strich = Intervall.") + " "
    if facts.impulses_of:
        note += _("Benannt sind nur Gebiete mit bestätigtem Impuls.") + " "
    note += _("{shown} von {all} Gebieten haben beide Werte. {line}").format(
        shown=count(len(points)), all=count(len(facts.areas)), line=facts.map_line()
    )
    return [Picture(key, alt, 106), Text(note, "note")]


def chart_points(facts: Facts, words: SupplyWords) -> list[Point]:
    """Areas whose need and coverage are both printed."""
    points = []
    if words.indicator not in facts.periods:
        return []
    for area, row in facts.shown(words.indicator):
        supply = facts.supply_of("area", area.id)
        if supply is None or not has_ends(supply.coverage_low, supply.coverage_high, supply.status):
            continue
        points.append(
            Point(
                facts.short(area),
                row.share_low * 100,
                (supply.coverage_low + supply.coverage_high) * 50,
                row.ci_low * 100,
                row.ci_high * 100,
                area.id in facts.impulses_of,
            )
        )
    return points


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


def supply_by_town(facts: Facts, words: SupplyWords) -> Table:
    """Supply by municipality with the region last."""
    rows = [
        Row((text_cell(facts.town(ags)), *supply_cells(facts.supply_of("municipality", ags), words)))
        for ags in facts.towns
    ]
    region = facts.supply_of(REGION, REGION)
    rows.append(
        Row((text_cell(facts.scope_name(getattr(region, "scope", ""))), *supply_cells(region, words)), total=True)
    )
    columns = supply_columns(words, first=(Column(_("Gemeinde"), "left", 3),))
    return Table(
        _("{places} nach Gemeinden").format(places=words.places),
        columns,
        tuple(rows),
        tuple(supply_notes(facts, words)),
        sheet=_("Bedarf und Angebot"),
    )


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
                    *supply_cells(row, words),
                    text_cell(need),
                    *((text_cell(field),) if has_fields(facts) else ()),
                )
            )
        )
    columns = supply_columns(words, first=(Column(_("Gebiet"), "left", 3), Column(_("Gemeinde"), "left", 2)))
    columns = (*columns, Column(_("Bedarf"), "left", 1.2))
    columns += (Column(_("Feld"), "left", 2),) if has_fields(facts) else ()
    return Table(
        _("{places}: alle Gebiete").format(places=words.places),
        columns,
        tuple(rows),
        tuple(supply_notes(facts, words)),
        sheet=_("Bedarf und Angebot"),
        folded=True,
    )
