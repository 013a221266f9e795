"""One count of a trace: the released number, what carried it to its unit, the deliveries below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from sozialraum.base import UsageError, _
from sozialraum.base.numbers import day
from sozialraum.indicators import base_features, features
from sozialraum.indicators.origins import Origin
from sozialraum.workflow.trace_carrying import carried_steps
from sozialraum.workflow.trace_ground import TraceGround
from sozialraum.workflow.trace_parts import Listing, delivery_steps, former_steps
from sozialraum.workflow.trace_steps import TraceStep
from sozialraum.workflow.trace_words import inside, parts_text, reason_text, shown, sum_text, way_text


def count_chain(
    ground: TraceGround, code: str, unit: str, period: str, scope: str, listing: Listing
) -> tuple[str, tuple[TraceStep, ...]]:
    """The released number of a feature as text, and what it was made of."""
    row = row_of(ground.released, unit, period, feature=code)
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
    steps += _former(ground, counted, origins, unit, period)
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


def _former(
    ground: TraceGround, counted: Sequence[str], origins: Sequence[Origin], unit: str, period: str
) -> tuple[TraceStep, ...]:
    """What the number was computed from and no longer counts; of the dates that are used today, too."""
    level = ground.level_of(unit)
    towns = set(ground.towns) if level == "region" else {str(ground.ground.town[unit]) if level == "area" else unit}
    used = {leaf.used for origin in origins for leaf in _leaves(origin, True)}
    return former_steps(ground, counted, {period, *used}, towns)


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
    if way in ("carried", "former"):
        below = (*carried_steps(ground, leaves), *below)
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


def row_of(frame: pd.DataFrame, unit: str, period: str, **columns: str) -> pd.Series:
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
