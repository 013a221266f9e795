"""Rule-made sentences: neutral, the number before the judgement, right in number and case."""

from __future__ import annotations

from sozialraum.base import _, plural
from sozialraum.base.numbers import count, counted, day, percentage_points
from sozialraum.indicators.registry import Definition
from sozialraum.publish.facts import REGION, Facts, has_number, measure


def people(number: float) -> str:
    """'1 Einwohnerin oder Einwohner', '2 Einwohnerinnen und Einwohner'."""
    return counted(number, _("Einwohnerin oder Einwohner"), _("Einwohnerinnen und Einwohner"))


def area_counts(number: int) -> str:
    """'in 1 Sozialraum', 'in 16 Sozialräumen'."""
    return plural("in 1 Sozialraum", "in {n} Sozialräumen", number).format(n=count(number))


def population_sentence(facts: Facts) -> str:
    """Inhabitants, municipalities and areas of the region."""
    towns = len({area.town for area in facts.areas})
    areas = len(facts.areas)
    estimated = any(area.population_status == "estimated" for area in facts.areas)
    text = _("Am {day} leben {people} in {towns} und {areas}.") if not estimated else _("Am {day} leben geschätzt {people} in {towns} und {areas}.")
    return text.format(
        day=day(facts.content.edition), people=people(sum(area.population for area in facts.areas)),
        towns=plural("1 Gemeinde", "{n} Gemeinden", towns).format(n=count(towns)),
        areas=plural("1 Sozialraum", "{n} Sozialräumen", areas).format(n=count(areas)))  # fmt: skip


def indicator_sentence(facts: Facts, definition: Definition) -> str:
    """The value of the region, where it is told from it, and the change since the edition before."""
    region = facts.value(definition.id, REGION, REGION)
    if region is None or not has_number(region):
        return _("Für den Kreis ist kein Wert ausgewiesen.")
    parts = [region_sentence(facts, definition, region), change_sentence(facts, definition), versus_sentence(facts, definition)]
    return " ".join(part for part in parts if part)


def region_sentence(facts: Facts, definition: Definition, region: object) -> str:
    """'Im Kreis ohne Fahrenhorst beträgt der Anteil 15,7 %.'"""
    how = measure(definition)
    where = _("Im {scope}").format(scope=facts.scope_name(getattr(region, "scope", "")))
    value = how.words(getattr(region, "share_low"))
    if how.shape == "share":
        return _("{where} beträgt der Anteil {value}.").format(where=where, value=value)
    return _("{where} beträgt der Wert {value}.").format(where=where, value=value)


def versus_sentence(facts: Facts, definition: Definition) -> str:
    """In how many areas the value is told from the region's, and in how many it is not."""
    rows = [row.versus for _area, row in facts.area_values(definition.id) if row is not None]
    higher, lower, same = (rows.count(word) for word in ("higher", "lower", "same"))
    subject = _("der Anteil") if definition.kind == "share" else _("der Wert")
    said = [
        _("{areas} ist {subject} erkennbar höher").format(areas=area_counts(higher), subject=subject) if higher else "",
        _("{areas} ist {subject} erkennbar niedriger als im Kreis").format(areas=area_counts(lower), subject=subject) if lower else "",
        _("{areas} ist {subject} vom Kreis nicht unterscheidbar").format(areas=area_counts(same), subject=subject) if same and not (higher and lower) else "",
    ]
    said = [part.replace(f" {subject}", "") if place else part for place, part in enumerate(part for part in said if part)]
    return (said[0][0].upper() + ", ".join(said)[1:] + ".") if said else ""


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
