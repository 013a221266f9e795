"""One page per indicator: map with legend, distribution, table by municipality, all areas for the screen."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

from sozialraum.base import _, plural
from sozialraum.base.numbers import count, day
from sozialraum.indicators.benefit_names import naming_on
from sozialraum.indicators.registry import Definition
from sozialraum.publish import svg
from sozialraum.publish.carried_words import carried_lines
from sozialraum.publish.change_part import change_column
from sozialraum.publish.change_table import change_table
from sozialraum.publish.document import (
    Columns,
    Heading,
    Legend,
    LegendEntry,
    Page,
    Part,
    Picture,
    Text,
)
from sozialraum.publish.facts import REGION, Facts, note_sentences
from sozialraum.publish.indicator_tables import (
    _town_notes,
    all_areas_table,
    class_of,
    class_words,
    hatch_kind,
    shade,
    town_table,
)
from sozialraum.publish.sentences import extremes, indicator_sentence
from sozialraum.publish.series_breaks import is_carried
from sozialraum.publish.svg_charts import Dot, distribution
from sozialraum.publish.svg_maps import Look, Shapes, area_map
from sozialraum.publish.value_cells import Measure, has_number, measure

MAP_WIDTH, MAP_HEIGHT = svg.points(106), svg.points(97)


def looks(facts: Facts, definition: Definition) -> dict[str, Look]:
    """How each area is drawn on the map of this indicator."""
    found = {}
    for area, row in facts.area_values(definition.id):
        kind = hatch_kind(row)
        if kind or row is None:
            found[area.id] = Look(hatch=kind)
        else:
            found[area.id] = Look(
                shade(class_of(row.share_low, definition.breaks), definition),
                ringed=row.versus == "same",
                carried=is_carried(row),
            )
    return found


def legend(facts: Facts, definition: Definition, how: Measure) -> Legend:
    """Classes highest first with the number of areas, hatches, the ring, and the direction in words."""
    rows = [row for _area, row in facts.area_values(definition.id)]
    classes = Counter(class_of(row.share_low, definition.breaks) for row in rows if row is not None and has_number(row))
    hatches = Counter(kind for kind in map(hatch_kind, rows) if kind)
    same = sum(1 for row in rows if row is not None and has_number(row) and row.versus == "same")
    ranks = list(enumerate(class_words(definition, how)))
    order = ranks if definition.direction < 0 else ranks[::-1]
    entries = [LegendEntry(facts.swatch(shade(rank, definition)), words, count(classes[rank])) for rank, words in order]
    for kind, words in (("missing", _("nicht geliefert")), ("hidden", _("verborgen")), ("few", _("zu wenige Fälle"))):
        if hatches[kind]:
            entries.append(LegendEntry(facts.swatch(hatching=kind), words, count(hatches[kind])))
    carried = sum(1 for row in rows if row is not None and has_number(row) and is_carried(row))
    if carried:
        words = _("von anderen Grenzen übertragen")
        entries.append(LegendEntry(facts.swatch(hatching="carried"), words, count(carried)))
    if same:
        entries.append(LegendEntry(facts.swatch(ring=True), _("vom Kreis nicht unterscheidbar"), count(same)))
    meaning = {
        1: _("Dunkel = höherer Handlungsbedarf."),
        -1: _("Dunkel = höherer Handlungsbedarf, also niedrigerer Wert."),
        0: _("Dunkel = höherer Wert; die Zahl trägt kein Urteil."),
    }[definition.direction]
    return Legend(
        tuple(entries),
        _("{meaning} Rechts: Zahl der Gebiete. Feste Klassen für alle Ausgaben.").format(meaning=meaning),
    )


def indicator_page(facts: Facts, definition: Definition, place: str, shapes: Shapes) -> Page:
    """The page of one indicator; place is its number '3.2'."""
    how = measure(definition)
    key = facts.draw(f"map-{definition.id}", area_map(shapes, looks(facts, definition), notice=facts.content.notice))
    with naming_on(facts.periods[definition.id][0]):  # benefits as they were called when the values were counted
        why, measured = definition.why, definition.measured
    right: tuple[Part, ...] = (
        Heading(_("Warum")),
        Text(why),
        Heading(_("Was die Zahl misst")),
        Text(measured + "."),
        Heading(_("Legende: {head}").format(head=how.head)),
        legend(facts, definition, how),
        *hints(facts, definition),
        *change_column(facts, definition, REGION, REGION, _("Kreis")),
    )
    map_part = (
        Picture(key, map_alt(facts, definition, how), 106),
        Text(facts.map_line().replace(day(facts.content.edition), day(facts.periods[definition.id][0])), "note"),
    )
    parts: list[Part] = [Columns((106, 62), (map_part, right)), *distribution_parts(facts, definition, how)]
    parts += [Heading(_("Nach Gemeinden")), town_table(facts, definition, how), all_areas_table(facts, definition, how)]
    changed = change_table(facts, definition)
    parts += [] if changed is None else [changed]
    kicker = _("{theme} · Indikator {place}").format(theme=facts.theme(definition), place=place)
    return Page(
        f"indikator-{definition.id}",
        "indikatoren",
        kicker,
        definition.title,
        indicator_sentence(facts, definition),
        tuple(parts),
        facts.theme(definition),
    )


def hints(facts: Facts, definition: Definition) -> list[Part]:
    """What a reader must know of this indicator: left-out municipalities, other dates, institutions."""
    region = facts.value(definition.id, REGION, REGION)
    lines = []
    left_out = [ags for ags in str(getattr(region, "scope", "") or "").split(",") if ags]
    for ags in left_out:
        row = facts.value(definition.id, "municipality", ags)
        if row is None or row.status == "missing":
            lines.append(_("Aus {town} liegen keine Angaben vor.").format(town=facts.town(ags)))
    if left_out:
        lines.append(_("Alle Kreiswerte gelten für den {scope}.").format(scope=facts.scope_name(region.scope)))  # type: ignore[union-attr]
    lines += [f"{line}." for line in note_sentences(facts, _town_notes(facts, definition))]
    lines += carried_lines(facts, definition)
    if not lines:
        return []
    return [Heading(_("Hinweise")), *[Text(line) for line in lines]]


def map_alt(facts: Facts, definition: Definition, how: Measure) -> str:
    """Kind, measure, date, highest, lowest, what is missing."""
    high, low = extremes(facts, definition)
    kinds = Counter(kind for kind in (hatch_kind(row) for _area, row in facts.area_values(definition.id)) if kind)
    missing = ", ".join(
        f"{count(kinds[kind])} {words}"
        for kind, words in (
            ("missing", _("nicht geliefert")),
            ("hidden", _("verborgen")),
            ("few", _("mit zu wenigen Fällen")),
        )
        if kinds[kind]
    )
    head = _("Flächenkarte der {areas}: {title} in fünf festen Klassen am {day}.").format(
        areas=facts.area_word(2), title=definition.title, day=day(facts.periods[definition.id][0])
    )
    middle = (
        _("Höchster ausgewiesener Wert: {high}; niedrigster: {low}.").format(high=high, low=low)
        if high
        else _("Kein Wert ist ausgewiesen.")
    )
    tail = _("Ohne Wert: {missing}.").format(missing=missing) if missing else _("Kein Gebiet fehlt.")
    return " ".join(
        (head, middle, tail, _("Dunkle Flächen stehen für hohe Klassen der Legende, alle Zahlen nennen die Tabellen."))
    )


def distribution_parts(facts: Facts, definition: Definition, how: Measure) -> list[Part]:
    """The distribution chart with its heading and caption; nothing below three values."""
    shown = facts.shown(definition.id)
    region = facts.value(definition.id, REGION, REGION)
    if len(shown) < 3 or region is None or not has_number(region):
        return []
    ordered = sorted(shown, key=lambda pair: pair[1].share_low)
    marked = {area.id for area, _row in (*ordered[:2], *ordered[-3:])}
    factor = how.factor
    dots = [
        Dot(facts.short(area), row.share_low * factor, row.ci_low * factor, row.ci_high * factor, area.id in marked)
        for area, row in shown
    ]
    label = f"{facts.scope_name(region.scope)} {how.words(region.share_low)}"
    picture = distribution(dots, region.share_low * factor, label, how.short, svg.points(174), svg.points(39))
    key = facts.draw(f"dots-{definition.id}", picture)
    title = _("Verteilung: {n} {areas} nach dem Wert geordnet").format(
        n=count(len(shown)), areas=facts.area_word(len(shown))
    )
    high, low = extremes(facts, definition)
    alt = _(
        "Punktdiagramm der {areas}: {title} am {day}, nach dem Wert geordnet, mit "
        "Intervallen. Niedrigster Wert: {low}; höchster: {high}. Die waagerechte Linie zeigt "
        "den Kreiswert. {missing}"
    ).format(
        areas=facts.area_word(2),
        title=definition.title,
        day=day(facts.periods[definition.id][0]),
        low=low,
        high=high,
        missing=_absent(facts, len(shown)),
    )
    note = _(
        "Punkt = Wert, senkrechter Strich = 95-%-Intervall; gefüllt und benannt: die zwei "
        "niedrigsten und die drei höchsten Werte. {missing}"
    ).format(missing=_absent(facts, len(shown)))
    return [Heading(title), Picture(key, alt, 174), Text(note, "note")]


def _absent(facts: Facts, shown: int) -> str:
    missing = len(facts.areas) - shown
    if not missing:
        return _("Alle Gebiete sind enthalten.")
    return plural(
        "Nicht enthalten: 1 Gebiet ohne ausgewiesenen Wert.",
        "Nicht enthalten: {n} Gebiete ohne ausgewiesenen Wert.",
        missing,
    ).format(n=count(missing))


def dots_of(row: Any | None, how: Measure) -> Dot | None:
    """A value as a point of a line, None when it is not printed."""
    if row is None or not has_number(row):
        return None
    low, high = (row.ci_low, row.ci_high) if math.isfinite(row.ci_low) else (math.nan, math.nan)
    return Dot("", row.share_low * how.factor, low * how.factor, high * how.factor, carried=is_carried(row))
