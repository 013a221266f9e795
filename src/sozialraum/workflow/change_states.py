"""The states a share is counted in between two editions: as it was printed, on today's boundaries, as counted today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from sozialraum import indicators, plans
from sozialraum.base import _
from sozialraum.base.numbers import day
from sozialraum.indicators import Definition
from sozialraum.indicators.change_parts import Ratio, Span
from sozialraum.publish.value_cells import measure, value_cells
from sozialraum.publish.words import MARK_OF_STATUS
from sozialraum.workflow.released_figures import Figures, counting_of, read_figures
from sozialraum.workflow.trace_ground import TraceGround
from sozialraum.workflow.versions import on_blocks_of


@dataclass(frozen=True, slots=True)
class Former:
    """A unit as an earlier release printed it: of which release, under which key and name, and where it lies today.

    same_ground : its boundaries are those of today.
    """

    figures: Figures
    unit: str
    name: str
    same_ground: bool


@dataclass(frozen=True)
class ChangeGround:
    """What changes are computed from, read once: the ground of traces, and the figures of earlier releases.

    internal : also use the bounds of hidden numbers; not for others.
    """

    trace: TraceGround
    internal: bool = False
    _lineages: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False)

    @cached_property
    def figures(self) -> tuple[Figures, ...]:
        return read_figures(self.trace.project)

    @cached_property
    def values(self) -> dict[tuple[str, str, str], Any]:
        """Indicator values by indicator, unit and period."""
        rows: Any = self.trace.values.itertuples(index=False)
        return {(row.indicator, row.unit, row.period): row for row in rows}

    @cached_property
    def notes(self) -> dict[tuple[str, str, str], str]:
        """Notes of released counts by feature, unit and period."""
        rows = self.trace.released[["feature", "unit", "period", "note"]].itertuples(index=False, name=None)
        return {(feature, unit, period): str(note or "") for feature, unit, period, note in rows}

    @cached_property
    def recipes(self) -> dict[tuple[str, str, str], frozenset[str]]:
        """By which recipes a feature came, by municipality ('' = all), feature and date."""
        rows = self.trace.observations[["unit", "feature", "period", "delivery_id"]].drop_duplicates()
        recipe = rows["delivery_id"].map({key: str(row["recipe"]) for key, row in self.trace.deliveries.items()})
        known = rows.assign(town=rows["unit"].map(self._town_of), recipe=recipe)
        known = known[["town", "feature", "period", "recipe"]].drop_duplicates()
        known = pd.concat([known, known.assign(town="")]).drop_duplicates()
        groups = known.groupby(["town", "feature", "period"])["recipe"].agg(frozenset)
        return dict(zip(groups.index.to_list(), groups.to_list(), strict=True))

    @cached_property
    def _town_of(self) -> dict[str, str]:
        areas = self.trace.plan.areas
        found = dict(zip(areas["area_id"].astype(str), areas["municipality"].astype(str), strict=True))
        return found | self.trace.town_of_block | {ags: ags for ags in self.trace.towns}

    def lineage(self, plan_id: str) -> pd.DataFrame | None:
        """Which areas of an earlier plan today's come from; None when the plan is not there any more."""
        if plan_id not in self._lineages:
            project, plan = self.trace.project, self.trace.plan
            old = project.plan(plan_id)
            if old is None:
                return None
            blocks = self.trace.project.blocks()
            people = dict(zip(blocks["block_id"], blocks["population"], strict=True))
            self._lineages[plan_id] = plans.lineage(on_blocks_of(project, old, plan), plan, people)
        return self._lineages[plan_id]

    def town(self, unit: str) -> str:
        """The municipality of an area, itself, or '' of the region."""
        return self._town_of.get(unit, "")


def former_unit(ground: ChangeGround, indicator: str, level: str, unit: str, period: str) -> Former | None:
    """The unit in the earlier release to compare with: the report of that edition, else the newest of other areas.

    The newest of today's areas when there is no other. An area is compared with the one of the same key, else with
    the one most of its inhabitants come from. None when no release printed the value.
    """
    plan_id = ground.trace.plan.plan_id
    found = []
    for number, figures in enumerate(ground.figures):
        was = _unit_then(ground, figures, level, unit)
        if was is None or (indicator, level, was.unit, period) not in figures.values:
            continue
        of_edition = max(figures.editions, default="") == period
        found.append(((of_edition, figures.plan_id != plan_id, number), was))
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _unit_then(ground: ChangeGround, figures: Figures, level: str, unit: str) -> Former | None:
    if level != "area" or figures.plan_id == ground.trace.plan.plan_id:
        return Former(figures, unit, ground.trace.name_of(unit), True)
    lineage = ground.lineage(figures.plan_id)
    if lineage is None:
        return None
    own = lineage[(lineage["new_id"] == unit) & (lineage["old_id"] != "")]
    if own.empty:
        return None
    ranked = own.assign(same=own["old_id"] == unit).sort_values(
        ["same", "persons", "blocks", "old_id"], ascending=[False, False, False, True], kind="stable"
    )
    row = ranked.iloc[0]
    town = ground.trace.towns.get(str(row["ags"]), str(row["ags"]))
    name = _("{town}, Gebiet {code} {name}").format(town=town, code=row["old_code"], name=row["old_name"]).strip()
    return Former(figures, str(row["old_id"]), name, row["kind"] == "U")


def state_today(ground: ChangeGround, definition: Definition, unit: str, period: str) -> Ratio:
    """Count and base as they are printed today; with bounds of hidden ones in the internal view."""
    return _ratio(ground, ground.values.get((definition.id, unit, period)), definition, period)


def _ratio(ground: ChangeGround, row: Any, definition: Definition, period: str) -> Ratio:
    if row is None:
        return Ratio(None, None, _("Ein Wert für {day} liegt nicht vor.").format(day=day(period)))
    if ground.internal and pd.notna(row.share_low):
        return Ratio((row.count_low, row.count_high), (row.base_low, row.base_high), why_not(row))
    cells = value_cells(row, measure(definition))
    if cells.share.number is None:
        return Ratio(None, None, why_not(row))
    count = None if cells.count.number is None else (float(row.count_low), float(row.count_high))
    base = None if cells.base.number is None else (float(row.base_low), float(row.base_high))
    unsure = _("Der Wert für {day} ist nicht genau bekannt.").format(day=day(period))
    return Ratio(count, base, unsure if count is None or base is None else why_not(row))


def why_not(row: Any) -> str:
    """Why a value has no printed share, or is known within bounds; '' when it is an ordinary number."""
    when = day(row.period)
    if row.status == "suppressed":
        return _("Der Wert für {day} wird zum Schutz einzelner Personen nicht gezeigt.").format(day=when)
    notes = str(row.note or "").split(";")
    if "few_cases" in notes or "base_zero" in notes:
        return _("Für {day} ist die Basis zu klein für einen Anteil.").format(day=when)
    if row.status in MARK_OF_STATUS or pd.isna(row.share_low):
        return _("Ein Wert für {day} liegt nicht vor.").format(day=when)
    return "" if row.share_low == row.share_high else _("Der Wert für {day} ist nicht genau bekannt.").format(day=when)


def state_then(former: Former, definition: Definition, level: str, period: str) -> Ratio:
    """Count and base as the earlier release printed them."""
    count, base, _scope, _note = former.figures.values[definition.id, level, former.unit, period]
    reason = _("Ein Wert für {day} stand im früheren Bericht nicht als Zahl.").format(day=day(period))
    spans: list[Span | None] = [None if number is None else (number, number) for number in (count, base)]
    return Ratio(spans[0], spans[1], "" if count is not None and base is not None else reason)


def old_definition_today(
    ground: ChangeGround, was: Mapping[str, Any], definition: Definition, unit: str, period: str
) -> Ratio:
    """Today's released counts of the earlier edition, in the earlier definition; unknown where it counts other things.

    was : the definition as the release froze it.
    """
    reason = _("In der früheren Festlegung ist der Wert auf heutigen Grenzen nicht bekannt.")
    counts = ground.trace.released
    own = counts[(counts["unit"] == unit) & (counts["period"] == period)]
    sides = {name: own[own["feature"] == was[name]] for name in ("numerator", "denominator")}
    known = all(
        len(rows) == 1 and sorted(indicators.base_features(str(was[name]))) == list(was[f"{name}_features"])
        for name, rows in sides.items()
    )
    if not known:
        return Ratio(None, None, reason)
    made = [_printed_count(rows.iloc[0]) for rows in sides.values()]
    return Ratio(made[0], made[1], "" if None not in made else reason)


def _printed_count(row: pd.Series) -> Span | None:
    exact = row["status"] not in MARK_OF_STATUS and row["low"] == row["high"]
    return (float(row["low"]), float(row["high"])) if exact else None


def counts_the_same(former: Former, definition: Definition) -> bool:
    """Whether the release counted the indicator as it is counted today."""
    was = former.figures.definitions.get(definition.id, {})
    now = counting_of(definition)
    return all(was.get(name) == value for name, value in now.items())
