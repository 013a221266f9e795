"""The first pages: summary, how to read, and the areas."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from sozialraum.base import _, plural
from sozialraum.base.numbers import count, counted, day, noun
from sozialraum.indicators.registry import Definition
from sozialraum.publish import svg
from sozialraum.publish.cells import number_cell, text_cell
from sozialraum.publish.content import ReportContent
from sozialraum.publish.document import (
    Column,
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
from sozialraum.publish.facts import Area, Facts
from sozialraum.publish.palette import SIDE_BY_SIDE
from sozialraum.publish.sentences import area_counts, indicator_sentence, population_sentence
from sozialraum.publish.svg_maps import Look, Shapes, area_map, neighbour_tones
from sozialraum.publish.words import need_for_action


def summary(facts: Facts) -> Page:
    """The summary: key figures, then one rule-made sentence or two per finding."""
    content = facts.content
    population = facts.population
    figures = [
        KeyFigure(count(population), _("Einwohnerinnen und Einwohner am {day}").format(day=day(content.edition))),
        KeyFigure(
            count(len({area.town for area in facts.areas})),
            noun(_("Gemeinde"), _("Gemeinden"), len({area.town for area in facts.areas})),
        ),
        KeyFigure(count(len(facts.areas)), facts.area_word(len(facts.areas))),
    ]
    if not content.impulses_note:
        confirmed = len(content.impulses)
        figures.append(KeyFigure(count(confirmed), plural("bestätigter Impuls", "bestätigte Impulse", confirmed)))
    parts: list[Part] = [KeyFigures(tuple(figures))]
    if facts.index:
        parts += [Heading(_("Handlungsbedarf")), *[Text(line, "mark") for line in index_sentences(facts)]]
    for theme, definitions in by_theme(facts):
        parts.append(Heading(theme))
        parts += [Text(f"**{d.title}.** {indicator_sentence(facts, d)}", "mark") for d in definitions]
    if content.supply_values is not None or content.impulses_note:
        parts += [Heading(_("Bedarf und Angebot")), Text(impulse_sentence(facts), "mark")]
    parts += [Heading(_("Grenzen")), *[Text(sentence) for sentence in content.limits]]
    if content.missing:
        parts += [Heading(_("Was fehlt")), Text(missing_sentence(content))]
    return Page(
        "zusammenfassung", "vorweg", _("Vorweg"), _("Zusammenfassung"), population_sentence(facts), tuple(parts)
    )


def missing_sentence(content: ReportContent) -> str:
    """What is not in the report, and where the reasons stand."""
    names = " · ".join(what for what, _why in content.missing)
    return _("{names}. Die Gründe stehen beim Datenstand.").format(names=names)


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
        _("{areas} {level}").format(areas=area_counts(facts, classes[level]), level=need_for_action(level))
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
    return Page(
        "gebiete",
        "gebiete",
        _("Gebiete"),
        _("Die {areas}").format(areas=facts.area_word(2)),
        population_sentence(facts),
        parts,
    )


def areas_alt(facts: Facts) -> str:
    """What the map of areas shows."""
    sizes = sorted((area for area in facts.areas if math.isfinite(area.population)), key=lambda area: area.population)
    numbers = ", ".join(f"{facts.town(ags)} {len(facts.areas_of(ags))}" for ags in facts.towns if facts.areas_of(ags))
    text = _(
        "Karte der {areas} am {day}: jedes Gebiet mit seiner Nummer, Grenzen der Gemeinden "
        "als kräftige Linie. Zahl der Gebiete: {numbers}. {sizes} Kein Gebiet fehlt; die Farben tragen keinen "
        "Wert."
    )
    return text.format(
        areas=f"{count(len(facts.areas))}\u00a0{facts.area_word(len(facts.areas))}",
        day=day(facts.content.edition),
        numbers=numbers,
        sizes=_sizes_sentence(sizes),
    )


def _sizes_sentence(sizes: Sequence[Area]) -> str:
    """Inhabitants of the smallest and the largest area; sizes : areas whose number is known, smallest first."""
    if not sizes:
        return _("Einwohnerzahlen der Gebiete liegen nicht vor.")
    return _("Das kleinste hat {low}, das größte {high} Einwohnerinnen und Einwohner.").format(
        low=count(sizes[0].population), high=count(sizes[-1].population)
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
    columns: tuple[Column, ...] = (
        Column(_("Gemeinde"), "left", 2.2),
        Column(_("Gebiet"), "left", 1),
        Column(_("Name"), "left", 3),
        Column(_("Einwohner/-innen")),
        Column(_("Anteil an der Gemeinde in\u00a0%"), "right", 1.6),
        Column(_("Besonderheiten"), "left", 3),
    )
    if not any(area.institutions for area in facts.areas):
        columns, rows = columns[:-1], [replace(row, cells=row.cells[:-1]) for row in rows]
    return Table(_("Gebiete nach Gemeinden"), columns, tuple(rows), sheet=_("Gebiete"))


def profile_key(area_id: str) -> str:
    """The link target of an area's profile."""
    return f"gebiet-{area_id}"


def map_size() -> tuple[float, float]:
    """The large map of areas in points."""
    return svg.points(174), svg.points(138)
