"""Where a number comes from: back from a printed figure to the places in the delivered files.

The chain follows what is stored: definition, released count, what carried it to the area, observations, delivery.
Outside the internal view it shows released numbers and names of places alone: it is the same whatever numbers stand
behind a hidden one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from sozialraum import need
from sozialraum.base import UsageError, _
from sozialraum.base.numbers import day, decimal
from sozialraum.indicators import Definition, base_features, definitions, features, note_sentences
from sozialraum.indicators.benefit_names import naming_on
from sozialraum.indicators.origins import Origin
from sozialraum.project import Project
from sozialraum.publish.words import need_for_action
from sozialraum.workflow.catalogue import counting_as
from sozialraum.workflow.trace_ground import TraceGround, ground_of
from sozialraum.workflow.trace_parts import Listing, delivery_steps
from sozialraum.workflow.trace_steps import Trace, TraceStep, leveled
from sozialraum.workflow.trace_words import inside, parts_text, reason_text, share, shown, sum_text, way_text

KINDS = ("indicator", "count", "index", "supply")
LISTED, FEW = 20, 5


def trace(
    project: Project,
    kind: str,
    name: str,
    unit: str,
    period: str = "",
    *,
    internal: bool = False,
    limit: int | None = LISTED,
) -> Trace:
    """Where a figure comes from.

    kind : indicator (name = its id), count (name = a feature), index or supply (name = ''). unit : area_id, AGS or
        'region'. period : ISO date, '' = the latest. internal : also show the numbers of parts and what is hidden,
        with bounds; not for others. limit : how many places of one figure are listed, None = all.
    Raises ReleaseRefused before anything was computed, UsageError for a figure that does not exist.
    """
    with counting_as(project) as catalogue:
        ground = ground_of(project, catalogue)
        if kind not in KINDS:
            raise UsageError(_("Zu „{kind}“ gibt es keine Zahlen; es gibt {known}.").format(
                kind=kind, known=", ".join(KINDS)))  # fmt: skip
        if not ground.level_of(unit):
            raise UsageError(_("Das Gebiet „{unit}“ gibt es nicht.").format(unit=unit))
        listing = Listing(internal, limit)
        makers: dict[str, Callable[..., tuple[str, tuple[TraceStep, ...]]]] = {
            "indicator": _indicator, "count": _count, "index": _index, "supply": _supply,
        }  # fmt: skip
        sentence, steps = makers[kind](ground, name, unit, period, listing)
        return Trace(
            sentence, leveled(steps), tuple(_warnings(ground)), internal, listing.found, listing.found - listing.listed
        )


def _indicator(
    ground: TraceGround, name: str, unit: str, period: str, listing: Listing
) -> tuple[str, tuple[TraceStep, ...]]:
    definition = _definition(name)
    row = _row(ground.values, unit, period, indicator=name)
    value = share(definition, row["share_low"], row["share_high"], row["status"])
    sentence = _("{title}, {unit}, {day}: {value}").format(
        title=definition.title, unit=ground.name_of(unit), day=day(row["period"]), value=value
    )
    return sentence, _definition_steps(ground, definition, row, listing)


def _definition_steps(
    ground: TraceGround, definition: Definition, row: pd.Series, listing: Listing
) -> tuple[TraceStep, ...]:
    """Definition, notes, numerator and denominator of one indicator value."""
    with naming_on(str(row["period"])):
        measured = definition.measured
    formula = _("Zähler geteilt durch Nenner: {measured}. Festlegung „{title}“, Fassung {version}.").format(
        measured=measured, title=definition.title, version=definition.version
    )
    notes = [TraceStep(sentence) for sentence in note_sentences(str(row["note"] or ""))]
    parts = []
    for word, feature in ((_("Zähler"), definition.numerator), (_("Nenner"), definition.denominator)):
        title = features()[feature].title
        head, children = _count_chain(ground, feature, row["unit"], row["period"], str(row["scope"]), listing)
        parts.append(TraceStep(_("{word}: {title}.").format(word=word, title=title), head, children=children))
    return (TraceStep(formula), *notes, *parts)


def _count(
    ground: TraceGround, name: str, unit: str, period: str, listing: Listing
) -> tuple[str, tuple[TraceStep, ...]]:
    known = features()
    if name not in known:
        raise UsageError(_("Das Merkmal „{name}“ gibt es nicht.").format(name=name))
    row = _row(ground.released, unit, period, feature=name)
    head, children = _count_chain(ground, name, unit, row["period"], "", listing)
    sentence = _("{title}, {unit}, {day}: {value}").format(
        title=known[name].title, unit=ground.name_of(unit), day=day(row["period"]), value=head
    )
    notes = [TraceStep(text) for text in note_sentences(str(row["note"] or ""))]
    return sentence, (*notes, *children)


def _index(
    ground: TraceGround, name: str, unit: str, period: str, listing: Listing
) -> tuple[str, tuple[TraceStep, ...]]:
    row = _row(ground.index, unit, period)
    word = need_for_action(int(row["status_class"]))
    sentence = _("{title}, {unit}, {day}: {value}").format(
        title=_("Handlungsbedarf"), unit=ground.name_of(unit), day=day(row["period"]), value=word
    )
    used = [definition for definition in definitions() if definition.in_index]
    how = _("Diese Indikatoren gehen mit gleichem Gewicht ein, gemessen am Durchschnitt aller Gebiete.")
    steps = [TraceStep(how)]
    if row["reason"]:
        steps.append(TraceStep(str(row["reason"])))
    for definition in used:
        own = _row(ground.values, unit, row["period"], indicator=definition.id)
        value = share(definition, own["share_low"], own["share_high"], own["status"])
        few = Listing(listing.internal, None if listing.limit is None else FEW)
        children = _definition_steps(ground, definition, own, few)
        listing.found, listing.listed = listing.found + few.found, listing.listed + few.listed
        steps.append(TraceStep(f"{definition.title}:", value, children=children))
    return sentence, tuple(steps)


def _supply(
    ground: TraceGround, name: str, unit: str, period: str, listing: Listing
) -> tuple[str, tuple[TraceStep, ...]]:
    values, target = ground.project.results("supply_values"), ground.project.settings.get("target")
    row = _row(values, unit, period)
    aim = need.Target(**target) if target else None
    text = shown(row["coverage_low"] * 100, row["coverage_high"] * 100, _weakest_word(row))
    sentence = _("Plätze je 100 Kinder, {unit}, {day}: {value}").format(
        unit=ground.name_of(unit), day=day(row["period"]), value=text
    )
    steps = []
    if aim is not None and aim.rate is not None:
        steps.append(TraceStep(_("Zielwert: {rate} Plätze je 100 Kinder; {source}, {day}.").format(
            rate=decimal(100 * float(aim.rate), 0), source=aim.source, day=day(aim.date))))  # fmt: skip
    for feature in (aim.children, aim.places) if aim is not None else ():
        head, below = _count_chain(ground, feature, unit, row["period"], str(row["scope"]), listing)
        steps.append(TraceStep(f"{features()[feature].title}:", head, children=below))
    return sentence, tuple(steps)


def _weakest_word(row: pd.Series) -> str:
    return str(row["status"]) if pd.notna(row["coverage_low"]) else "missing"


def _count_chain(
    ground: TraceGround, code: str, unit: str, period: str, scope: str, listing: Listing
) -> tuple[str, tuple[TraceStep, ...]]:
    """The released number of a feature as text, and what it was made of."""
    row = _row(ground.released, unit, period, feature=code)
    hidden = row["status"] == "suppressed"
    head = shown(row["low"], row["high"], row["status"])
    steps = []
    if hidden:
        steps.append(TraceStep(_("Die Zahl wird zum Schutz einzelner Personen nicht gezeigt.")))
        if listing.internal:
            steps.append(TraceStep(_("Grund: {reason}.").format(reason=reason_text(str(row["reason"])))))
            before = _before(ground, code, unit, period)
            steps += [TraceStep(_("Vor dem Schutz:"), before)] if before else []
    counted = ground.ground.features(code)
    if len(counted) > 1:
        steps.append(TraceStep(parts_text([features()[part].title for part in counted])))
    out = ",".join(sorted({*str(row["scope"]).split(","), *scope.split(",")} - {""}))
    level = ground.level_of(unit)
    origins = [ground.ground.of(level, unit, part, period, ground.counts, out) for part in counted]
    alone = hidden and not listing.internal
    if level != "area" and not hidden and _without_address(ground, row, counted):
        steps.append(TraceStep(_("Ohne Personen, deren Anschrift keinem Gebiet zugeordnet werden kann.")))
        alone = True
    steps += _carried(ground, origins, out, alone, listing)
    return head, tuple(steps)


def _before(ground: TraceGround, code: str, unit: str, period: str) -> str:
    """The number before protection, for the internal view; '' where it is a sum whose parts stand below."""
    rows = ground.counts
    own = rows[
        (rows["unit"] == unit) & (rows["feature"] == code) & (rows["period"] == period) & (rows["level"] != "residual")
    ]
    if own.empty:
        parts = rows[
            (rows["unit"] == unit)
            & rows["feature"].isin(base_features(code))
            & (rows["period"] == period)
            & (rows["level"] != "residual")
        ]
        if parts.empty or parts["low"].isna().any():
            return ""
        low, high = float(parts["low"].sum()), float(parts["high"].sum())
        return inside(low, high, "observed")
    one = own.iloc[0]
    return inside(float(one["low"]), float(one["high"]), str(one["status"]))


def _without_address(ground: TraceGround, row: pd.Series, counted: Sequence[str]) -> bool:
    """Whether a released total leaves out persons whom no area holds: then it is smaller than what was carried."""
    rows = ground.counts
    own = rows[
        (rows["level"] == ground.level_of(str(row["unit"])))
        & (rows["unit"] == row["unit"])
        & (rows["period"] == row["period"])
        & rows["feature"].isin(counted)
    ]
    return len(own) == len(counted) and float(own["low"].sum()) > float(row["low"])


def _carried(
    ground: TraceGround, origins: Sequence[Origin], out: str, alone: bool, listing: Listing
) -> list[TraceStep]:
    """How the counts came to their unit, one step per way and date, with the deliveries below.

    alone : without the rows beside the areas.
    """
    steps = []
    first = origins[0]
    if first.way == "sum":
        without = ", ".join(ground.towns.get(ags, ags) for ags in out.split(",") if ags)
        steps.append(TraceStep(sum_text(first, without)))
    groups: dict[tuple[str, str], list[Origin]] = {}
    for origin in origins:
        for leaf in _leaves(origin, listing.internal):
            groups.setdefault((leaf.way, leaf.used), []).append(leaf)
    if alone:
        # Whether persons without an address count in a hidden total is not told: it would say how few they are.
        groups = {key: leaves for key, leaves in groups.items() if key[0] != "residual"}
    for (way, used), leaves in sorted(groups.items()):
        steps.append(_group_step(ground, way, used, leaves, listing))
    return steps


def _group_step(ground: TraceGround, way: str, used: str, leaves: Sequence[Origin], listing: Listing) -> TraceStep:
    units = {leaf.unit: leaf.units for leaf in leaves}
    rows = sorted({row for leaf in leaves for row in leaf.rows})
    places = sorted({place for leaf in leaves for place in leaf.facilities})
    towns = {_town(ground, leaf) for leaf in leaves} - {""}
    if "region" in towns or not towns:
        towns = set(ground.towns)
    if places and not rows and way in ("blocks", "residual"):
        way = "places" if way == "blocks" else "unplaced"
    below = delivery_steps(ground, rows, places, towns, listing, leaves[0].feature, used) if used else ()
    if way == "missing":
        below = _gone(ground, leaves[0].feature)
    return TraceStep(way_text(way, used, sum(units.values())), children=below)


def _town(ground: TraceGround, leaf: Origin) -> str:
    if leaf.level == "area":
        return str(ground.ground.town[leaf.unit])
    return leaf.unit


def _leaves(origin: Origin, internal: bool) -> list[Origin]:
    """The origins that are no sums, with the residual rows of sums beside them.

    Outside the internal view a zero of a complete list reads like any other number of that list.
    """
    if origin.way == "sum":
        below = [leaf for part in origin.parts for leaf in _leaves(part, internal)]
        if origin.rows or origin.facilities:
            residual: Any = "residual"
            below.append(replace(origin, way=residual, parts=(), units=1))
        return below
    if origin.way == "absent" and not internal:
        return [replace(origin, way="blocks")]
    return [origin]


def _gone(ground: TraceGround, feature: str) -> tuple[TraceStep, ...]:
    """Withdrawn deliveries that once gave the feature."""
    found = []
    for row in ground.deliveries.values():
        recipe = ground.recipes.get(str(row["recipe"]))
        if row.get("withdrawn_on") and recipe is not None and feature in recipe.features():
            found.append(TraceStep(_("Zurückgezogen am {day}: „{file}“.").format(
                day=day(str(row["withdrawn_on"])[:10]), file=row["file_name"])))  # fmt: skip
    return tuple(found)


def _warnings(ground: TraceGround) -> list[str]:
    if not ground.stale:
        return []
    return [
        _("Seit der Rechnung haben sich Lieferungen, Gebiete oder Einstellungen geändert. "
          "Die Zahl ist die alte, der Weg zeigt, was heute vorliegt.")
    ]  # fmt: skip


def _definition(name: str) -> Definition:
    found = {definition.id: definition for definition in definitions()}
    if name not in found:
        raise UsageError(_("Den Indikator „{name}“ gibt es nicht; es gibt {known}.").format(
            name=name, known=", ".join(found)))  # fmt: skip
    return found[name]


def _row(frame: pd.DataFrame, unit: str, period: str, **columns: str) -> pd.Series:
    """The one row of a unit at a date, the latest without one. Raises UsageError when there is none."""
    mask = frame["unit"] == unit
    for name, value in columns.items():
        mask &= frame[name] == value
    own = frame[mask].sort_values("period", kind="stable")
    chosen = own[own["period"] == period] if period else own.tail(1)
    if chosen.empty:
        dates = ", ".join(day(one) for one in sorted(own["period"].unique()))
        raise UsageError(
            _("Zu diesem Stichtag gibt es die Zahl nicht; es gibt {dates}.").format(dates=dates)
            if dates
            else _("Für dieses Gebiet gibt es die Zahl nicht.")
        )
    return chosen.iloc[0]


__all__ = ["KINDS", "LISTED", "Trace", "TraceStep", "trace"]
