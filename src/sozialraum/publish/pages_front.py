"""The first pages: summary, how to read, and the areas."""

from __future__ import annotations

import math
from collections import Counter

from sozialraum.base import _, plural
from sozialraum.base.numbers import count, counted, day
from sozialraum.indicators.registry import Definition
from sozialraum.publish import svg
from sozialraum.publish.cells import Cell, count_cell, interval_cell, number_cell, text_cell
from sozialraum.publish.document import (
    Box,
    Column,
    Columns,
    Heading,
    KeyFigure,
    KeyFigures,
    Page,
    Part,
    Picture,
    Row,
    Table,
    Text,
)
from sozialraum.publish.facts import REGION, Facts, has_number, measure
from sozialraum.publish.palette import SIDE_BY_SIDE
from sozialraum.publish.sentences import area_counts, indicator_sentence, population_sentence
from sozialraum.publish.svg_charts import Spread, strip
from sozialraum.publish.svg_maps import Look, Shapes, area_map, neighbour_tones
from sozialraum.publish.words import HIDDEN, LIMITED, NOT_DELIVERED, TOO_FEW, mark_meaning, need_for_action


def summary(facts: Facts) -> Page:
    """The summary: key figures, then one rule-made sentence or two per finding."""
    content = facts.content
    population = facts.population
    figures = [
        KeyFigure(count(population), _("Einwohnerinnen und Einwohner am {day}").format(day=day(content.edition))),
        KeyFigure(
            count(len({area.town for area in facts.areas})),
            plural("Gemeinde", "Gemeinden", len({area.town for area in facts.areas})),
        ),
        KeyFigure(count(len(facts.areas)), plural("Sozialraum", "Sozialräume", len(facts.areas))),
        KeyFigure(
            count(len(content.impulses)), plural("bestätigter Impuls", "bestätigte Impulse", len(content.impulses))
        ),
    ]
    parts: list[Part] = [KeyFigures(tuple(figures))]
    if facts.index:
        parts += [Heading(_("Handlungsbedarf")), *[Text(line, "mark") for line in index_sentences(facts)]]
    for theme, definitions in by_theme(facts):
        parts.append(Heading(theme))
        parts += [Text(f"**{d.title}.** {indicator_sentence(facts, d)}", "mark") for d in definitions]
    if content.supply_values is not None or content.impulses_note:
        parts += [Heading(_("Bedarf und Angebot")), Text(impulse_sentence(facts), "mark")]
    parts += [Heading(_("Grenzen")), *[Text(sentence) for sentence in content.limits]]
    return Page(
        "zusammenfassung", "vorweg", _("Vorweg"), _("Zusammenfassung"), population_sentence(facts), tuple(parts)
    )


def by_theme(facts: Facts) -> list[tuple[str, list[Definition]]]:
    """The definitions by theme title, in print order."""
    found: dict[str, list[Definition]] = {}
    for definition in facts.content.definitions:
        found.setdefault(facts.theme(definition), []).append(definition)
    return list(found.items())


def index_sentences(facts: Facts) -> list[str]:
    """How many areas are in which class, and how many classes are uncertain."""
    classes = Counter(int(row.status_class) for row in facts.index.values())
    parts = [
        _("{areas} {level}").format(areas=area_counts(classes[level]), level=need_for_action(level))
        for level in (4, 3, 2, 1)
        if classes[level]
    ]
    if not parts:
        return [_("Für kein Gebiet ist eine Aussage zum Handlungsbedarf möglich.")]
    lines = [_("Der Handlungsbedarf ist {parts}.").format(parts=", ".join(parts))]
    uncertain = sum(1 for row in facts.index.values() if row.status_class and not row.certain)
    if uncertain:
        lines.append(
            plural(
                "In 1 Gebiet ist die Einstufung unsicher.", "In {n} Gebieten ist die Einstufung unsicher.", uncertain
            ).format(n=count(uncertain))
        )
    if classes[0]:
        lines.append(
            plural(
                "Für 1 Gebiet ist keine Aussage möglich.", "Für {n} Gebiete ist keine Aussage möglich.", classes[0]
            ).format(n=count(classes[0]))
        )
    return lines


def impulse_sentence(facts: Facts) -> str:
    """How many confirmed impulses there are, or why there are none."""
    if facts.content.impulses_note:
        return facts.content.impulses_note
    number = len(facts.content.impulses)
    if not number:
        return _("In dieser Ausgabe ist kein Impuls bestätigt.")
    towns = len({facts.area[area].town for area in facts.content.impulses["area_id"] if area in facts.area})
    impulses = counted(number, _("bestätigter Impuls"), _("bestätigte Impulse"))
    where = plural("in 1 Gemeinde", "in {n} Gemeinden", towns).format(n=count(towns))
    return _(
        "{impulses} {where}. Ein Impuls ist ein Anlass zu prüfen, kein Beschluss und keine Bewertung von Trägern."
    ).format(impulses=impulses, where=where)


def how_to_read(facts: Facts) -> Page:
    """The Lesehilfe: rows, precision, colours, limits, marks, an example and the four wordings."""
    left: list[Part] = [
        Heading(_("Was eine Zeile sagt")),
        Text(
            _(
                "Ein Merkmal steht immer als **Anzahl**, als **Anteil** und mit der **Basis**, auf "
                "die sich der Anteil bezieht. Daneben stehen Gemeinde, Kreis und die vorige Ausgabe."
            )
        ),
        Heading(_("Wie genau eine Zahl ist")),
        Text(
            _(
                "In kleinen Gebieten schwanken Anteile von Jahr zu Jahr, auch wenn sich an der Lage "
                "nichts ändert. Das **Intervall** nennt den Bereich, in dem der Anteil bei dieser "
                "Gebietsgröße mit 95\u202f% Sicherheit liegt. Liegt der Kreiswert darin, heißt es im "
                "Text: „vom Kreis nicht unterscheidbar“."
            )
        ),
        Heading(_("Was die Farben sagen")),
        Text(
            _(
                "Dunkel heißt immer: **höherer Handlungsbedarf**. Wo eine Zahl kein Urteil trägt, "
                "heißt dunkel nur: höherer Wert; das steht bei der Legende. Die Klassengrenzen sind "
                "für alle Gemeinden und alle Jahre gleich. Schraffuren sind keine Klassen: Sie "
                "sagen, warum ein Wert fehlt."
            )
        ),
        Heading(_("Was der Bericht nicht sagt")),
        Text(
            _(
                "Ein Gebietswert sagt nichts über einzelne Personen. Er nennt auch keine Ursachen. "
                "Er ist ein Anlass, mit Ortskenntnis genauer hinzusehen."
            )
        ),
    ]
    parts: list[Part] = [
        Columns((84, 84), (tuple(left), (Heading(_("Zeichen in Tabellen und Karten")), marks_table(facts))))
    ]
    example = worked_example(facts)
    if example:
        parts.append(example)
    parts += [Heading(_("Welche Worte wann stehen")), words_table(facts)]
    lead = _(
        "Dieser Bericht vergleicht Gebiete, nicht Menschen. Jede Zahl steht mit ihrer Basis, "
        "ihrem Datum und ihrer Genauigkeit."
    )
    return Page("lesehilfe", "vorweg", _("Vorweg"), _("Lesehilfe"), lead, tuple(parts))


def marks_table(facts: Facts) -> Table:
    """All marks and hatches with their meaning."""
    rows = [
        Row((text_cell("0"), text_cell(mark_meaning("0")))),
        *[Row((text_cell(mark), text_cell(mark_meaning(mark)))) for mark in (HIDDEN, NOT_DELIVERED, TOO_FEW)],
        Row((text_cell("(12,3)" if facts.content.language == "de" else "(12.3)"), text_cell(mark_meaning(LIMITED)))),
        Row(
            (
                text_cell("12,3\u00a0s" if facts.content.language == "de" else "12.3\u00a0s"),
                text_cell(mark_meaning("s")),
            )
        ),
        Row((text_cell("x"), text_cell(mark_meaning("x")))),
        Row((picture_cell(facts.swatch(hatching="missing")), text_cell(_("Karte: nicht geliefert")))),
        Row((picture_cell(facts.swatch(hatching="hidden")), text_cell(_("Karte: verborgen")))),
        Row((picture_cell(facts.swatch(hatching="few")), text_cell(_("Karte: zu wenige Fälle")))),
        Row((picture_cell(facts.swatch(ring=True)), text_cell(_("Karte: vom Kreis nicht unterscheidbar")))),
    ]
    columns = (Column(_("Zeichen"), "left", 1), Column(_("Bedeutung"), "left", 4.6))
    return Table(_("Zeichen in Tabellen und Karten"), columns, tuple(rows), sheet="")


def picture_cell(picture: str) -> Cell:
    """A cell that shows a small decorative picture."""
    return Cell("", picture=picture, shape="picture")


EXAMPLE = Spread(0.02, 0.09, 0.19, 0.38, 0.157)


def worked_example(facts: Facts) -> Box | None:
    """One real row of this report read step by step: the indicator of the index with the clearest area."""
    for definition in sorted(facts.content.definitions, key=lambda d: (not d.in_index, d.kind != "share")):
        clear = [(a, r) for a, r in facts.shown(definition.id) if r.versus == "higher" and r.status == "observed"]
        region = facts.value(definition.id, REGION, REGION)
        spread = facts.spread(definition.id)
        if clear and region is not None and has_number(region) and spread:
            return _example_box(facts, definition, clear[0], region, spread)
    return None


def _example_box(facts: Facts, definition: Definition, found: tuple, region: object, spread: Spread) -> Box:
    area, row = found
    how = measure(definition)
    picture = facts.draw("strip-example", strip(spread, row.share_low, row.ci_low, row.ci_high))
    share, interval, kreis = (
        how.cell(row.share_low, row.share_high, row.status),
        interval_cell(row.ci_low, row.ci_high),
        number_cell(spread.region, spread.region, "observed", how.shape, 1, how.factor),
    )
    cells = (
        text_cell(definition.title),
        count_cell(row.count_low),
        count_cell(row.base_low),
        share,
        interval,
        kreis,
        picture_cell(picture),
    )
    table = Table(
        _("Ein Beispiel: {area}").format(area=facts.label(area)),
        example_columns(facts.label(area), how.head),
        (Row(cells),),
    )
    steps = (
        _("**1 · Lesen.** Anzahl {count} von {base}: Das sind {share}.").format(
            count=count(row.count_low), base=count(row.base_low), share=how.words(row.share_low)
        ),
        _(
            "**2 · Genauigkeit beachten.** Das Intervall reicht von {low} bis {high}. Ein "
            "kleinerer Unterschied zur vorigen Ausgabe wäre nicht deutbar."
        ).format(low=how.words(row.ci_low), high=how.words(row.ci_high)),
        _(
            "**3 · Vergleichen.** Der Kreiswert ({region}) liegt außerhalb des Intervalls. Der "
            "Wert ist also erkennbar höher als im Kreis."
        ).format(region=how.words(spread.region)),
    )
    note = _(
        "Lagestreifen: Linie = kleinster bis größter Wert aller ausgewiesenen Sozialräume · "
        "graues Feld = mittlere Hälfte · orangefarbener Strich = Kreis · Punkt mit Balken = "
        "dieses Gebiet mit Intervall. Der Streifen wiederholt die Zahlen der Zeile."
    )
    columns = Columns((50, 50, 50), tuple((Text(step),) for step in steps))
    return Box("example", (Heading(_("Ein Beispiel, Schritt für Schritt")), table, columns, Text(note, "note")))


def example_columns(label: str, head: str) -> tuple[Column, ...]:
    """The columns of a row of the profile, for the example."""
    return (
        Column(label, "left", 4),
        Column(_("Anzahl")),
        Column(_("Basis")),
        Column(head),
        Column(_("Intervall 95\u202f%")),
        Column(_("Kreis")),
        Column(_("Lage im Kreis"), "strip"),
    )


def words_table(facts: Facts) -> Table:
    """The four wordings with when they stand, each with a strip."""
    strips = [
        facts.draw("strip-word-1", strip(EXAMPLE, 0.34, 0.31, 0.37)),
        facts.draw("strip-word-2", strip(EXAMPLE, 0.17, 0.13, 0.21)),
        facts.draw("strip-word-3", strip(EXAMPLE, 0.2, 0.15, 0.25)),
    ]
    rows = (
        Row(
            (
                text_cell(_("erkennbar höher (oder niedriger) als im Kreis"), strong=True),
                text_cell(_("Der Kreiswert liegt außerhalb des Intervalls.")),
                picture_cell(strips[0]),
            )
        ),
        Row(
            (
                text_cell(_("vom Kreis nicht unterscheidbar"), strong=True),
                text_cell(_("Der Kreiswert liegt im Intervall. Ein Rangplatz wird nicht genannt.")),
                picture_cell(strips[1]),
            )
        ),
        Row(
            (
                text_cell(_("Einstufung unsicher"), strong=True),
                text_cell(_("Bei kleinen Änderungen der Rechnung wechselt die Klasse.")),
                picture_cell(strips[2]),
            )
        ),
        Row(
            (
                text_cell(_("keine Aussage"), strong=True),
                text_cell(_("Die Basis ist zu klein, oder der Wert ist verborgen oder nicht geliefert.")),
                text_cell(""),
            )
        ),
    )
    columns = (
        Column(_("Wort im Text"), "left", 3),
        Column(_("Wann es steht"), "left", 4.4),
        Column(_("Bild"), "strip"),
    )
    return Table(_("Welche Worte wann stehen"), columns, rows)


def areas_page(facts: Facts, shapes: Shapes) -> Page:
    """The map of areas and the table of areas by municipality."""
    tones = neighbour_tones(shapes.drawn, SIDE_BY_SIDE)
    looks = {area: Look(tone) for area, tone in zip(shapes.ids, tones, strict=True)}
    key = facts.draw("map-areas", area_map(shapes, looks, notice=facts.content.notice))
    alt = areas_alt(facts)
    parts: tuple[Part, ...] = (
        Picture(key, alt, 174),
        Text(
            _(
                "Farben unterscheiden nur die Gebiete; sie sagen nichts über die Lage. Zahl: Nummer "
                "des Gebiets in seiner Gemeinde."
            ),
            "note",
        ),
        Text(facts.map_line(), "note"),
        Heading(_("Gebiete nach Gemeinden")),
        areas_table(facts),
    )
    return Page("gebiete", "gebiete", _("Gebiete"), _("Die Sozialräume"), population_sentence(facts), parts)


def areas_alt(facts: Facts) -> str:
    """What the map of areas shows."""
    sizes = sorted((area for area in facts.areas if math.isfinite(area.population)), key=lambda area: area.population)
    numbers = ", ".join(f"{facts.town(ags)} {len(facts.areas_of(ags))}" for ags in facts.towns if facts.areas_of(ags))
    return _(
        "Karte der {areas} am {day}: jedes Gebiet mit seiner Nummer, Grenzen der Gemeinden "
        "als kräftige Linie. Zahl der Gebiete: {numbers}. Das kleinste hat {low}, das größte "
        "{high} Einwohnerinnen und Einwohner. Kein Gebiet fehlt; die Farben tragen keinen "
        "Wert."
    ).format(
        areas=counted(len(facts.areas), _("Sozialraum"), _("Sozialräume")),
        day=day(facts.content.edition),
        numbers=numbers,
        low=count(sizes[0].population),
        high=count(sizes[-1].population),
    )


def areas_table(facts: Facts) -> Table:
    """All areas by municipality with inhabitants, share of the municipality and institutions."""
    rows = []
    for ags in facts.towns:
        areas = facts.areas_of(ags)
        total = sum(area.population for area in areas)
        for area in areas:
            rows.append(
                Row(
                    (
                        text_cell(facts.town(ags)),
                        text_cell(facts.short(area), target=profile_key(area.id)),
                        text_cell(area.name or "–"),
                        number_cell(area.population, area.population, area.population_status, "count", 0),
                        number_cell(
                            area.population / total, area.population / total, area.population_status, "share", 1, 100
                        )
                        if total
                        else text_cell("–"),
                        text_cell(area.institutions or ""),
                    )
                )
            )
    total = facts.population
    status = "estimated" if any(area.population_status == "estimated" for area in facts.areas) else "observed"
    rows.append(
        Row(
            (
                text_cell(_("Kreis")),
                text_cell(""),
                text_cell(""),
                number_cell(total, total, status, "count", 0),
                text_cell(""),
                text_cell(""),
            ),
            total=True,
        )
    )
    columns = (
        Column(_("Gemeinde"), "left", 2.2),
        Column(_("Gebiet"), "left", 1),
        Column(_("Name"), "left", 3),
        Column(_("Einwohner/-innen")),
        Column(_("Anteil an der Gemeinde in\u00a0%"), "right", 1.6),
        Column(_("Besonderheiten"), "left", 3),
    )
    return Table(_("Gebiete nach Gemeinden"), columns, tuple(rows), sheet=_("Gebiete"))


def profile_key(area_id: str) -> str:
    """The link target of an area's profile."""
    return f"gebiet-{area_id}"


def map_size() -> tuple[float, float]:
    """The large map of areas in points."""
    return svg.points(174), svg.points(138)
