"""The states a share is counted in between two editions: as it was printed, on today's boundaries, as counted today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from sozialraum import indicators, plans
from sozialraum.base import ReleaseRefused, _
from sozialraum.base.numbers import day
from sozialraum.delineation import Plan
from sozialraum.indicators import Definition
from sozialraum.indicators.change_parts import Ratio, Span
from sozialraum.project import Project
from sozialraum.publish.value_cells import measure, value_cells
from sozialraum.publish.words import MARK_OF_STATUS
from sozialraum.workflow.released_figures import Figures, counting_of, read_figures
from sozialraum.workflow.unit_names import UnitNames, area_name
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
class ChangeGround(UnitNames):
    """What changes are computed from, read once: what is released today, and the figures of earlier releases.

    released, results : released counts and indicator values. deliveries : by delivery_id. towns : AGS -> name.
    internal : also use the bounds of hidden numbers; not for others. anew : what `delivered_anew` found so far.
    """

    project: Project
    plan: Plan
    released: pd.DataFrame
    results: pd.DataFrame
    deliveries: Mapping[str, Mapping[str, Any]]
    towns: Mapping[str, str]
    internal: bool = False
    anew: dict[tuple[str, str, frozenset[str]], bool] = field(default_factory=dict, repr=False)
    _lineages: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False)

    @cached_property
    def figures(self) -> tuple[Figures, ...]:
        return read_figures(self.project)

    @cached_property
    def values(self) -> dict[tuple[str, str, str], Any]:
        """Indicator values by indicator, unit and period."""
        rows: Any = self.results.itertuples(index=False)
        return {(row.indicator, row.unit, row.period): row for row in rows}

    @cached_property
    def periods(self) -> dict[tuple[str, str], list[str]]:
        """Dates with a row, by indicator and unit, in order."""
        found: dict[tuple[str, str], list[str]] = {}
        for indicator, unit, period in sorted(self.values):
            found.setdefault((indicator, unit), []).append(period)
        return found

    @cached_property
    def notes(self) -> dict[tuple[str, str, str], str]:
        """Notes of released counts by feature, unit and period."""
        rows = self.released[["feature", "unit", "period", "note"]].itertuples(index=False, name=None)
        return {(feature, unit, period): str(note or "") for feature, unit, period, note in rows}

    @cached_property
    def recipes(self) -> dict[tuple[str, str, str], frozenset[str]]:
        """By which recipes a feature came, by municipality ('' = all), feature and date."""
        found: dict[tuple[str, str, str], set[str]] = {}
        for key, row in self.deliveries.items():
            if not row["in_force"]:
                continue
            for feature, period in self._delivered(key, row):
                for town in ("", *row["municipalities"]):
                    found.setdefault((town, feature, period), set()).add(str(row["recipe"]))
        return {key: frozenset(names) for key, names in found.items()}

    def _delivered(self, key: str, row: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Features and dates of a delivery: from its control sums, in older projects from what it left."""
        sums = dict(row["control"] or {}).get("sums")
        if sums:
            return [(feature, period) for feature, _bar, period in (str(name).partition("|") for name in sums)]
        return [(feature, str(period)) for feature in self.project.features_of(key) for period in row["periods"]]

    @cached_property
    def _town_of(self) -> dict[str, str]:
        areas = self.plan.areas
        found = dict(zip(areas["area_id"].astype(str), areas["municipality"].astype(str), strict=True))
        return found | {ags: ags for ags in self.towns}

    def lineage(self, plan_id: str) -> pd.DataFrame | None:
        """Which areas of an earlier plan today's come from; None when the plan is not there any more."""
        if plan_id not in self._lineages:
            old = self.project.plan(plan_id)
            if old is None:
                return None
            blocks = self.project.blocks()
            people = dict(zip(blocks["block_id"], blocks["population"], strict=True))
            self._lineages[plan_id] = plans.lineage(on_blocks_of(self.project, old, self.plan), self.plan, people)
        return self._lineages[plan_id]

    def town(self, unit: str) -> str:
        """The municipality of an area, itself, or '' of the region."""
        return self._town_of.get(unit, "")


def change_ground(project: Project, internal: bool = False) -> ChangeGround:
    """The ground of a project as it is now. Raises ReleaseRefused when nothing was computed yet."""
    plan, released = project.plan(), project.results("released_counts")
    if plan is None or released.empty:
        raise ReleaseRefused(_("Es gibt noch keine Zahlen. Rechnen Sie zuerst die Indikatoren."))
    towns = project.municipalities()
    deliveries = {
        str(row["delivery_id"]): {str(name): value for name, value in row.items()}
        for row in project.deliveries().to_dict("records")
    }
    names = dict(zip(towns["ags"].astype(str), towns["name"].astype(str), strict=True))
    return ChangeGround(project, plan, released, project.results("indicator_values"), deliveries, names, internal)


def former_unit(ground: ChangeGround, indicator: str, level: str, unit: str, period: str) -> Former | None:
    """The unit in the earlier release to compare with: the report of that edition, else the newest of other areas.

    The newest of today's areas when there is no other. An area is compared with the one of the same key, else with
    the one most of its inhabitants come from. None when no release printed the value.
    """
    plan_id = ground.plan.plan_id
    found = []
    for number, figures in enumerate(ground.figures):
        was = _unit_then(ground, figures, level, unit)
        if was is None or (indicator, level, was.unit, period) not in figures.values:
            continue
        of_edition = max(figures.editions, default="") == period
        found.append(((of_edition, figures.plan_id != plan_id, number), was))
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _unit_then(ground: ChangeGround, figures: Figures, level: str, unit: str) -> Former | None:
    if level != "area" or figures.plan_id == ground.plan.plan_id:
        return Former(figures, unit, ground.name_of(unit), True)
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
    town = ground.towns.get(str(row["ags"]), str(row["ags"]))
    name = area_name(town, str(row["old_code"]), str(row["old_name"]))
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
    return Ratio.of(count, base)


def old_definition_today(
    ground: ChangeGround, was: Mapping[str, Any], definition: Definition, unit: str, period: str
) -> Ratio:
    """Today's released counts of the earlier edition, in the earlier definition; unknown where it counts other things.

    was : the definition as the release froze it.
    """
    reason = _("In der früheren Festlegung ist der Wert auf heutigen Grenzen nicht bekannt.")
    counts = ground.released
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
