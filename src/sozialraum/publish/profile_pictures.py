"""Pictures of a profile with their words: age and sex, where it lies, change, old against new."""

from __future__ import annotations

import math

from sozialraum.base import _
from sozialraum.base.numbers import age_band, count, day, decimal
from sozialraum.indicators.registry import Definition
from sozialraum.publish import svg
from sozialraum.publish.cells import difference_cell
from sozialraum.publish.change_part import change_parts
from sozialraum.publish.document import (
    Columns,
    Heading,
    Part,
    Picture,
    Text,
)
from sozialraum.publish.facts import REGION, Area, Facts
from sozialraum.publish.pages_indicator import dots_of
from sozialraum.publish.palette import ACCENT, HOUSE
from sozialraum.publish.series_breaks import break_note, breaks_in, is_carried
from sozialraum.publish.supply_cells import units_of
from sozialraum.publish.svg_maps import Shapes, locator
from sozialraum.publish.svg_profile import change, dumbbell, pyramid
from sozialraum.publish.value_cells import measure, share_cell

BANDS = (
    ("00_03", 0, 3),
    ("03_06", 3, 6),
    ("06_15", 6, 15),
    ("15_25", 15, 25),
    ("25_45", 25, 45),
    ("45_65", 45, 65),
    ("65_80", 65, 80),
    ("80_up", 80, None),
)


def leading(facts: Facts) -> Definition | None:
    """The need indicator of the supply rules, else the first of the index, else the first."""
    words = facts.content.supply_words
    definitions = facts.content.definitions
    chosen = (
        [d for d in definitions if words and d.id == words.indicator]
        or [d for d in definitions if d.in_index]
        or list(definitions)
    )
    return chosen[0] if chosen else None


def _ages(facts: Facts, area: Area) -> tuple[Part, ...]:
    """The population pyramid of the area with the region as ticks."""
    if facts.content.pyramid is None:
        return (Heading(_("Altersaufbau")), Text(_("Angaben nach Alter und Geschlecht liegen nicht vor.")))
    mine, region = age_shares(facts, "area", area.id), age_shares(facts, REGION, REGION)
    if not any(math.isfinite(share) for share in mine.values()):
        return (Heading(_("Altersaufbau")), Text(_("Angaben nach Alter und Geschlecht sind nicht ausgewiesen.")))
    names = [age_band(start, end) for _key, start, end in BANDS]
    women, men, all_women, all_men = (
        [shares.get((key, sex), math.nan) for key, _start, _end in BANDS]
        for shares in (mine, region)
        for sex in ("f", "m")
    )
    drawn = pyramid(names, women, men, all_women, all_men, svg.points(76), svg.points(48))
    picture = facts.draw(f"ages-{area.id}", drawn)
    known = [(share, key, sex) for (key, sex), share in sorted(mine.items()) if math.isfinite(share)]
    largest = max(known)
    alt = _(
        "Bevölkerungspyramide {area} am {day}: Balken zeigen den Anteil jeder Altersgruppe "
        "an allen Einwohnerinnen und Einwohnern in Prozent, links Männer, rechts Frauen, "
        "Striche den Kreis. Größte Gruppe: {band}, {sex}, {share}\u202f%. Verborgene "
        "Gruppen: {hidden}."
    ).format(
        area=facts.label(area),
        day=day(facts.content.edition),
        band=age_band(*next((s, e) for k, s, e in BANDS if k == largest[1])),
        sex=_("Frauen") if largest[2] == "f" else _("Männer"),
        share=decimal(largest[0], 1),
        hidden=count(2 * len(BANDS) - len(known)),
    )
    return (
        Heading(_("Altersaufbau in\u00a0% aller Einwohner/-innen")),
        Picture(picture, alt, 76),
        Text(
            _("Balken = {area} · orangefarbener Strich = Kreis · • = verborgen").format(area=facts.short(area)), "note"
        ),
    )


def age_shares(facts: Facts, level: str, unit: str) -> dict[tuple[str, str], float]:
    """Share in per cent of each (age, sex) of all; NaN where the count is not an exact released number."""
    frame = facts.ages.get((level, unit), {})
    total = math.fsum(value for value in frame.values() if math.isfinite(value))
    hidden = any(not math.isfinite(value) for value in frame.values())
    if hidden:
        population = facts.area[unit].population if level == "area" else math.nan
        total = population if math.isfinite(population) else total
    return {key: 100 * value / total if total else math.nan for key, value in frame.items()}


def _where(facts: Facts, area: Area, shapes: Shapes) -> tuple[Part, ...]:
    key = facts.draw(f"where-{area.id}", locator(shapes, area.id, HOUSE, ""))
    others = len(shapes.ids) - 1
    alt = _(
        "Lagekarte von {town}: {area} dunkel gefüllt, die anderen {n} Gebiete der Gemeinde "
        "hell, jedes mit seiner Nummer; kräftige Linie ist die Gemeindegrenze. Gebietsstand "
        "{day}. Die Karte zeigt nur die Lage, keine Werte; sie dient zum Wiederfinden."
    ).format(town=facts.town(area.town), area=facts.label(area), n=count(others), day=day(facts.content.edition))
    return (
        Heading(_("Lage in {town}").format(town=facts.town(area.town))),
        Picture(key, alt, 34),
        Text(facts.content.notice, "note"),
    )


def changes(facts: Facts, area: Area) -> list[Part]:
    """The leading measure over the editions beside old against new in the municipality, then why it changed."""
    definition = leading(facts)
    if definition is None:
        return []
    pair = [part for part in (series_parts(facts, area, definition), old_and_new(facts, area, definition)) if part]
    beside: list[Part] = [Columns((84, 84)[: len(pair)], tuple(pair))] if pair else []
    return beside + change_parts(facts, definition, "area", area.id, facts.short(area), of=definition.title)


def series_parts(facts: Facts, area: Area, definition: Definition) -> tuple[Part, ...]:
    """Lines over the editions for area, municipality and region; nothing below two values of the area."""
    how = measure(definition)
    editions = facts.content.editions
    series, breaks = [], []
    for (level, unit), name, colour in zip(
        units_of(area), (facts.short(area), facts.town(area.town), _("Kreis")), (HOUSE, "#6f7b83", ACCENT), strict=True
    ):
        rows = [facts.value(definition.id, level, unit, edition) for edition in editions]
        dots = [dots_of(row, how) for row in rows]
        breaks.append(breaks_in(rows, facts.content.changes.get((definition.id, level, unit))))
        last = next((dot for dot in reversed(dots) if dot), None)
        series.append((f"{name} {decimal(last.value, how.places)}{how.gap}{how.short}" if last else name, dots, colour))
    if sum(1 for dot in series[0][1] if dot) < 2:
        return ()
    years = [edition[:4] for edition in editions]
    key = facts.draw(f"change-{area.id}", change(years, series, how.short, svg.points(84), svg.points(42), breaks))
    broken = break_note(any(dot.carried for _name, dots, _colour in series for dot in dots if dot), any(breaks))
    alt = _(
        "Liniendiagramm: {title} in {area} an {n} Stichtagen von {first} bis {last}, mit "
        "Intervallen, daneben Gemeinde und Kreis. Letzte Werte: {values}. Werte, die nicht "
        "ausgewiesen sind, fehlen als Lücke; die Achse beginnt bei null."
    ).format(
        title=definition.title,
        area=facts.label(area),
        n=count(len(editions)),
        first=years[0],
        last=years[-1],
        values="; ".join(name for name, _dots, _colour in series),
    )
    alt = " ".join(filter(None, (alt, broken)))
    note = " ".join(filter(None, (_("Senkrechte Striche: 95-%-Intervall. Alle Werte auf heutigen Gebieten."), broken)))
    return (
        Heading(_("{title} seit {year}").format(title=definition.title, year=years[0])),
        Picture(key, alt, 84),
        Text(note, "note"),
    )


def old_and_new(facts: Facts, area: Area, definition: Definition) -> tuple[Part, ...]:
    """Old and new values of all areas of the municipality; nothing below two areas with a value."""
    how = measure(definition)
    rows, carried = [], []
    for other in facts.areas_of(area.town):
        values = facts.value(definition.id, "area", other.id), facts.before(definition.id, "area", other.id)
        now, before = (share_cell(row, how) for row in values)
        carried += [facts.label(other)] if is_carried(values[1]) else []
        if now.number is not None and now.upper is None:
            rows.append(
                (facts.label(other), before.number, now.number, difference_cell(now, before).text, other.id == area.id)
            )
    if len(rows) < 2 or not facts.previous:
        return ()
    region = share_cell(facts.value(definition.id, REGION, REGION), how)
    middle = region.number if region.number is not None else math.nan
    picture_key = f"old-new-{area.id}"
    key = facts.draw(picture_key, dumbbell(rows, middle, how.short, svg.points(84), carried))
    years = facts.previous[:4], facts.content.edition[:4]
    absent = len(facts.areas_of(area.town)) - len(rows)
    highest = max(rows, key=lambda row: row[2])
    lowest = min(rows, key=lambda row: row[2])
    alt = _(
        "Vergleich zweier Stichtage in {town}: {title} {old} und {new} je Gebiet, geordnet "
        "nach dem neuen Wert. Höchster Wert: {high}, niedrigster: {low}. Rechts die Änderung "
        "in Prozentpunkten, senkrechte Linie der Kreis. Ohne Wert: {absent}."
    ).format(
        town=facts.town(area.town),
        title=definition.title,
        old=years[0],
        new=years[1],
        high=f"{highest[0]} {decimal(highest[2])}",
        low=f"{lowest[0]} {decimal(lowest[2])}",
        absent=count(absent),
    )
    note = _("Hohl = {old} · gefüllt = {new} · rechts: Änderung in Prozentpunkten · Strich = Kreis").format(
        old=years[0], new=years[1]
    )
    note = " · ".join(filter(None, (note, break_note(bool(carried), broken=False))))
    return (
        Heading(
            _("{town}: {old} und {new} im Vergleich").format(town=facts.town(area.town), old=years[0], new=years[1])
        ),
        Picture(key, alt, 84),
        Text(note, "note"),
    )
