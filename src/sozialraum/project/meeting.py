"""Which deliveries in force a reading meets: no figure may count twice, whatever recipe or data set it came by."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from sozialraum.deliveries import Reading

IN_FORCE = "withdrawn_on = '' AND replaced_by = ''"

# A delivery holds a feature for a municipality and a date; '' stands for places without a block.
Held = tuple[str, str, str]
_TOTALS = ("municipality", "region", "residual")


def meeting(connection: Connection, reading: Reading) -> list[tuple[str, bool]]:
    """Deliveries in force that cannot count beside a reading; with each whether the reading takes its place whole.

    Of the same recipe: those that share municipality and date; a file without municipalities speaks of the whole
    region. Of any other: those that hold one of its features for the same municipality and date; taken as a whole
    when the reading holds everything they hold. Totals of municipalities count only where a delivery holds no more.
    """
    periods, towns = set(reading.periods), set(reading.municipalities)
    holds: set[Held] = set()
    found = []
    for key, recipe, dated, placed, control in connection.exec_driver_sql(
        f"SELECT delivery_id, recipe, periods, municipalities, control FROM deliveries WHERE {IN_FORCE} "
        "ORDER BY position"
    ).all():
        its_periods, its_towns = set(json.loads(dated)), set(json.loads(placed))
        if not its_periods & periods or (towns and its_towns and not its_towns & towns):
            continue
        if recipe == reading.recipe.code:
            found.append((str(key), its_periods <= periods and (not towns or (bool(its_towns) and its_towns <= towns))))
            continue
        holds = holds or held_by(reading)
        if _may_share(json.loads(control or "{}"), holds):
            theirs = _held(connection, str(key))
            if theirs & holds:
                found.append((str(key), theirs <= holds))
    return found


def _may_share(control: Mapping[str, object], holds: set[Held]) -> bool:
    """Whether a delivery may hold one of the features at one of the dates, as its control sums say.

    Spares reading its values; a delivery without control sums or with facilities may.
    """
    sums = control.get("sums")
    if not isinstance(sums, dict) or control.get("facilities"):
        return True
    return not sums.keys().isdisjoint(f"{feature}|{period}" for feature, _town, period in holds)


def held_by(reading: Reading) -> set[Held]:
    """(feature, municipality, date) of everything a reading gives."""
    values = reading.observations[["feature", "geography", "unit", "period"]]
    values = values.assign(unit=values["unit"].astype(str).str[:8]).drop_duplicates()
    held = _without_totals(values.itertuples(index=False, name=None))
    if reading.facilities is not None:
        places = reading.facilities[["group", "block_id", "period"]].fillna("").astype(str).drop_duplicates()
        held |= {(f"places_{group}", block[:8], period) for group, block, period in places.itertuples(index=False)}
    return held


def _held(connection: Connection, delivery_id: str) -> set[Held]:
    """The same of a delivery that was taken over."""
    values = connection.exec_driver_sql(
        "SELECT DISTINCT feature, geography, substr(unit, 1, 8), period FROM observations WHERE delivery_id = ?",
        (delivery_id,),
    ).all()
    places = connection.exec_driver_sql(
        'SELECT DISTINCT "group", substr(block_id, 1, 8), period FROM facilities WHERE delivery_id = ?', (delivery_id,)
    ).all()
    held = _without_totals((str(a), str(b), str(c), str(d)) for a, b, c, d in values)
    return held | {(f"places_{group}", str(block or ""), str(period)) for group, block, period in places}


def _without_totals(rows: Iterable[tuple[str, str, str, str]]) -> set[Held]:
    """Rows of (feature, geography, start of the unit, date) as held; totals only of what gives nothing else."""
    given = list(rows)
    parts = {(feature, town, period) for feature, geography, town, period in given if geography not in _TOTALS}
    if parts:
        return parts
    return {(feature, f"{geography} {town}", period) for feature, geography, town, period in given}
