"""One profile page per area: key figures, age and sex, where it lies, tables by theme, supply, impulse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sozialraum.base import _
from sozialraum.base.numbers import count, day, decimal
from sozialraum.indicators.registry import Definition
from sozialraum.publish.cells import Cell, number_cell, text_cell
from sozialraum.publish.document import (
    Box,
    Column,
    Columns,
    Heading,
    KeyFigure,
    KeyFigures,
    Page,
    Part,
    Row,
    Table,
    Text,
)
from sozialraum.publish.facts import REGION, Area, Facts, listed, note_sentences, scope_sentences
from sozialraum.publish.impulse_parts import impulse_reason, rule_text
from sozialraum.publish.pages_front import by_theme, profile_key
from sozialraum.publish.pages_reading import picture_cell
from sozialraum.publish.profile_pictures import _ages, _where, changes, leading
from sozialraum.publish.supply_cells import supply_cells, supply_columns, supply_notes, units_of
from sozialraum.publish.svg_charts import strip
from sozialraum.publish.svg_maps import Shapes
from sozialraum.publish.value_cells import has_number, measure, share_cell, value_cells
from sozialraum.publish.words import impulse_field, need_for_action, versus_region


def profile(facts: Facts, area: Area, shapes: Shapes) -> Page:
    """The profile of one area."""
    top = Columns((52, 76, 34), (_portrait(facts, area), _ages(facts, area), _where(facts, area, shapes)))
    parts: list[Part] = [KeyFigures(tuple(key_figures(facts, area))), top]
    for number, (theme, definitions) in enumerate(by_theme(facts), start=1):
        parts += [Heading(f"{number} · {theme}"), theme_table(facts, area, theme, definitions)]
    parts += supply_parts(facts, area)
    parts += changes(facts, area)
    if facts.content.missing:
        names = ", ".join(what for what, _why in facts.content.missing)
        parts.append(Text(_("Nicht enthalten: {names}. Gründe beim Datenstand.").format(names=names), "note"))
    kicker = _("Gebietsprofil · {town}").format(town=facts.town(area.town))
    return Page(
        profile_key(area.id),
        "profile",
        kicker,
        facts.label(area),
        lead(facts, area),
        tuple(parts),
        facts.town(area.town),
        facts.label(area),
    )


def lead(facts: Facts, area: Area) -> str:
    """What stands out: measures told from the region, in the words of section 8; by direction, at most three each."""
    higher: list[str] = []
    lower: list[str] = []
    for definition in facts.content.definitions:
        row = facts.value(definition.id, "area", area.id)
        if row is not None and row.versus in ("higher", "lower"):
            (higher if row.versus == "higher" else lower).append(definition.title)
    parts = []
    if higher:
        parts.append(_("Erkennbar höher als im Kreis: {names}.").format(names=_few(higher)))
    if lower:
        parts.append(_("Erkennbar niedriger als im Kreis: {names}.").format(names=_few(lower)))
    return " ".join(parts) or _("Kein Wert ist vom Kreis zu unterscheiden.")


def _few(names: Sequence[str]) -> str:
    if len(names) <= 3:
        return listed(names)
    return listed([*names[:3], _("{n} weitere").format(n=count(len(names) - 3))])


def key_figures(facts: Facts, area: Area) -> list[KeyFigure]:
    """Inhabitants, the leading measure, places per 100, Handlungsbedarf."""
    population = number_cell(area.population, area.population, area.population_status, "count", 0)
    figures = [KeyFigure(population.text, _("Einwohnerinnen und Einwohner"))]
    definition = leading(facts)
    if definition:
        figures.append(_leading_figure(facts, area, definition))
    words = facts.content.supply_words
    supply = facts.supply_of("area", area.id)
    if words and supply is not None:
        coverage = supply_cells(supply)[2].text
        region = supply_cells(facts.supply_of(REGION, REGION))[2].text
        figures.append(KeyFigure(coverage, _("{unit}; Kreis {region}").format(unit=words.unit, region=region)))
    if facts.content.index_values is not None:
        figures.append(_need_figure(facts, area))
    return figures


def _leading_figure(facts: Facts, area: Area, definition: Definition) -> KeyFigure:
    how = measure(definition)
    row, region = facts.value(definition.id, "area", area.id), facts.value(definition.id, REGION, REGION)
    cell = share_cell(row, how)
    number = f"{cell.text}{how.gap}{how.short}" if cell.number is not None else cell.text
    kreis = how.words(region.share_low) if region is not None and has_number(region) else "–"
    return KeyFigure(
        number,
        _("{title}; {scope} {region}").format(
            title=definition.title, scope=facts.scope_name(getattr(region, "scope", "")), region=kreis
        ),
    )


def _need_figure(facts: Facts, area: Area) -> KeyFigure:
    row = facts.index.get(area.id)
    level = int(row.status_class) if row is not None else 0
    note = _("Handlungsbedarf insgesamt")
    if level and not row.certain:  # type: ignore[union-attr]
        note = _("Handlungsbedarf insgesamt; Einstufung unsicher")
    return KeyFigure(need_for_action(level), note)


def _portrait(facts: Facts, area: Area) -> tuple[Part, ...]:
    """Facts of the area in words: municipality, size among its areas, institutions."""
    areas = facts.areas_of(area.town)
    parts: list[Part] = [Heading(_("Das Gebiet"))]
    total = sum(other.population for other in areas)
    share = decimal(100 * area.population / total, 1) if total > 0 else "–"
    parts.append(
        Text(
            _(
                "{name} ist eines von {n} Gebieten in {town}. Hier leben {share}\u202f% der "
                "Einwohnerinnen und Einwohner der Gemeinde."
            ).format(name=facts.short(area), n=count(len(areas)), town=facts.town(area.town), share=share)
            if len(areas) > 1
            else _("{name} ist das einzige Gebiet in {town}.").format(
                name=facts.short(area), town=facts.town(area.town)
            )
        )
    )
    if area.institutions:
        parts.append(Text(_("**Besonderheit:** {text}").format(text=area.institutions)))
    row = facts.index.get(area.id)
    definition = leading(facts)
    value = facts.value(definition.id, "area", area.id) if definition else None
    if definition and value is not None:
        sentence = _("{title}: {words}.").format(title=definition.title, words=versus_region(value.versus))
        parts.append(Text(sentence, "mark"))
    if row is not None and row.status_class and not row.certain:
        parts.append(Text(_("Die Einstufung des Handlungsbedarfs ist unsicher."), "mark"))
    return tuple(parts)


def theme_table(facts: Facts, area: Area, theme: str, definitions: Sequence[Definition]) -> Table:
    """Count, base, share, interval, municipality, region, edition before, Lagestreifen: one row per measure."""
    rows = [theme_row(facts, area, definition) for definition in definitions]
    before = _year(facts)
    columns = [
        Column(_("Merkmal"), "left", 4.2),
        Column(_("Anzahl")),
        Column(_("Basis")),
        Column(_("Anteil in\u00a0%")),
        Column(_("Intervall 95\u202f%"), "right", 1.4),
        Column(facts.town(area.town), "right", 1.2, _("Gemeinde")),
        Column(_("Kreis")),
    ]
    if before:
        columns.append(Column(before))
    columns.append(Column(_("Lage im Kreis"), "strip"))
    return Table(
        _("{area}: {theme}").format(area=facts.label(area), theme=theme),
        tuple(columns),
        tuple(rows),
        tuple(theme_notes(facts, area, definitions)),
        sheet=_("Profile {theme}").format(theme=theme),
    )


def _year(facts: Facts) -> str:
    return facts.previous[:4]


def theme_row(facts: Facts, area: Area, definition: Definition) -> Row:
    """One measure of one area."""
    how = measure(definition)
    row = facts.value(definition.id, "area", area.id)
    cells = value_cells(row, how)
    town, region = (share_cell(facts.value(definition.id, level, unit), how) for level, unit in units_of(area)[1:])
    figures: list[Cell] = [cells.count, cells.base, replace(cells.share, strong=True), cells.interval, town, region]
    if facts.previous:
        figures.append(
            share_cell(facts.before(definition.id, "area", area.id), how)
            if facts.periods[definition.id][1]
            else Cell("x", mark="x", shape="mark")
        )
    title = (
        definition.title
        if how.shape == "share"
        else _("{title} ({unit})").format(title=definition.title, unit=how.short)
    )
    return Row(
        (text_cell(title, target=f"indikator-{definition.id}"), *figures, _strip_cell(facts, area, definition, row))
    )


def _strip_cell(facts: Facts, area: Area, definition: Definition, row: Any | None) -> Cell:
    spread = facts.spread(definition.id)
    if row is None or not has_number(row) or spread is None:
        return text_cell("")
    picture = strip(spread, row.share_low, row.ci_low, row.ci_high)
    return picture_cell(facts.draw(f"strip-{definition.id}-{area.id}", picture))


def theme_notes(facts: Facts, area: Area, definitions: Sequence[Definition]) -> list[str]:
    """Left-out municipalities in the region's value, other dates, rates, sources."""
    notes = scope_sentences(facts, definitions)
    for definition in definitions:
        if facts.periods[definition.id][0] != facts.content.edition:
            notes.append(
                _("{title}: Stichtag {day}").format(title=definition.title, day=day(facts.periods[definition.id][0]))
            )
    notes += note_sentences(facts, [(d.title, facts.value(d.id, "area", area.id)) for d in definitions])
    sources = list(dict.fromkeys(facts.source(definition) for definition in definitions))
    notes.append(_("Quelle: {sources}; {day}").format(sources=", ".join(sources), day=day(facts.content.edition)))
    return notes


def supply_parts(facts: Facts, area: Area) -> list[Part]:
    """The supply table of area, municipality and region, and the box of a confirmed impulse."""
    words = facts.content.supply_words
    if words is None or facts.content.supply_values is None:
        return []
    names = (
        facts.label(area),
        facts.town(area.town),
        facts.scope_name(getattr(facts.supply_of(REGION, REGION), "scope", "")),
    )
    rows = tuple(
        Row((text_cell(name), *supply_cells(facts.supply_of(level, unit), words)))
        for name, (level, unit) in zip(names, units_of(area), strict=True)
    )
    columns = supply_columns(words, first=(Column(_("Raum"), "left", 3),))
    parts: list[Part] = [
        Heading(_("Angebot: {places}").format(places=words.places)),
        Table(
            _("{area}: {places}").format(area=facts.label(area), places=words.places),
            columns,
            rows,
            tuple(supply_notes(facts, words)),
            sheet=_("Profile Angebot"),
        ),
    ]
    for row in facts.impulses_of.get(area.id, []):
        parts.append(impulse_box(facts, area, row))
    return parts


def impulse_box(facts: Facts, area: Area, row: Any) -> Box:
    """The warm box with orange bar: wording, reason, rule, state."""
    state = (
        _("Stand: bestätigt am {day} · {role}").format(day=day(str(row.decided_on)[:10]), role=row.role)
        if str(row.decided_on or "")
        else _("Stand: bestätigt")
    )
    heading = Heading(_("Impuls · {field}").format(field=impulse_field(row.field)))
    return Box(
        "impulse",
        (heading, Text(impulse_reason(facts, area)), Text(rule_text(facts, row), "note"), Text(state, "note")),
    )
