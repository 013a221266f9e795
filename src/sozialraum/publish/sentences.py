"""Rule-made sentences: neutral, the number before the judgement, right in number and case."""

from __future__ import annotations

from typing import Any

from sozialraum.base import _, plural
from sozialraum.base.numbers import count, counted, day, percentage_points
from sozialraum.indicators.registry import Definition
from sozialraum.publish.facts import REGION, Facts
from sozialraum.publish.value_cells import has_number, measure


def people(number: float) -> str:
    """'1 Einwohnerin oder Einwohner', '2 Einwohnerinnen und Einwohner'."""
    return counted(number, _("Einwohnerin oder Einwohner"), _("Einwohnerinnen und Einwohner"))


def area_counts(facts: Facts, number: int) -> str:
    """'in 1 Sozialraum', 'in 16 Sozialräumen'."""
    return _("in {areas}").format(areas=facts.in_areas(number))


def population_sentence(facts: Facts) -> str:
    """Inhabitants, municipalities and areas of the region."""
    towns = len({area.town for area in facts.areas})
    areas = len(facts.areas)
    estimated = any(area.population_status == "estimated" for area in facts.areas)
    text = (
        _("Am {day} leben {people} in {towns} und {areas}.")
        if not estimated
        else _("Am {day} leben geschätzt {people} in {towns} und {areas}.")
    )
    return text.format(
        day=day(facts.content.edition),
        people=people(facts.population),
        towns=plural("1 Gemeinde", "{n} Gemeinden", towns).format(n=count(towns)),
        areas=facts.in_areas(areas),
    )


def indicator_sentence(facts: Facts, definition: Definition) -> str:
    """The value of the region, where it is told from it, and the change since the edition before."""
    region = facts.value(definition.id, REGION, REGION)
    if region is None or not has_number(region):
        return _("Für den Kreis ist kein Wert ausgewiesen.")
    parts = [
        region_sentence(facts, definition, region),
        change_sentence(facts, definition),
        versus_sentence(facts, definition),
    ]
    return " ".join(part for part in parts if part)


def region_sentence(facts: Facts, definition: Definition, region: Any) -> str:
    """'Im Kreis ohne Fahrenhorst beträgt der Anteil 15,7 %.'"""
    how = measure(definition)
    where = _("Im {scope}").format(scope=facts.scope_name(region.scope))
    value = how.words(region.share_low)
    if how.shape == "share":
        return _("{where} beträgt der Anteil {value}.").format(where=where, value=value)
    return _("{where} beträgt der Wert {value}.").format(where=where, value=value)


def versus_sentence(facts: Facts, definition: Definition) -> str:
    """In how many areas the value is told from the region's, and in how many it is not."""
    rows = [row.versus for _area, row in facts.area_values(definition.id) if row is not None]
    higher, lower, same = (rows.count(word) for word in ("higher", "lower", "same"))
    pairs = [
        (higher, _("erkennbar höher als im Kreis")),
        (lower, _("erkennbar niedriger")),
        (same, _("vom Kreis nicht unterscheidbar")),
    ]
    if not higher:
        pairs[1] = (lower, _("erkennbar niedriger als im Kreis"))
    said = [(number, words) for number, words in pairs if number]
    if not said:
        return ""
    opening = (
        _("In {areas} ist der Anteil {words}") if definition.kind == "share" else _("In {areas} ist der Wert {words}")
    )
    first = opening.format(areas=facts.in_areas(said[0][0]), words=said[0][1])
    return (
        ", ".join([first, *[_("in {n} {words}").format(n=count(number), words=words) for number, words in said[1:]]])
        + "."
    )


def change_sentence(facts: Facts, definition: Definition) -> str:
    """The change of the region in percentage points of the printed values; no verb when inside the interval."""
    now, before = facts.value(definition.id, REGION, REGION), facts.before(definition.id, REGION, REGION)
    if now is None or before is None or not (has_number(now) and has_number(before)) or definition.kind != "share":
        return ""
    if str(now.scope or "") != str(before.scope or ""):
        return _("Mit der vorigen Ausgabe ist der Kreiswert nicht vergleichbar, weil andere Gemeinden fehlen.")
    points = round(100 * now.share_low, 1) - round(100 * before.share_low, 1)
    when = day(facts.periods[definition.id][1])
    if abs(points) < 0.05:
        return _("Gegenüber dem {day} ist er unverändert.").format(day=when)
    if now.ci_low <= before.share_low <= now.ci_high:
        return _("Der Unterschied zum {day} liegt im Bereich der Zufallsschwankung.").format(day=when)
    return _("Das sind {points} gegenüber dem {day}.").format(points=percentage_points(points / 100), day=when)


def extremes(facts: Facts, definition: Definition) -> tuple[str, str]:
    """Highest and lowest released area as '{label} ({value})'; ties by print order; '' when none is shown."""
    shown = facts.shown(definition.id)
    if not shown:
        return "", ""
    how = measure(definition)
    high = max(shown, key=lambda pair: pair[1].share_low)
    low = min(shown, key=lambda pair: pair[1].share_low)
    return tuple(f"{facts.label(area)} ({how.words(row.share_low)})" for area, row in (high, low))  # type: ignore[return-value]
