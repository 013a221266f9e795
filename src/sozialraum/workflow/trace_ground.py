"""What a trace is followed on: the deliveries with their values, and the tables the printed numbers stand in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from sozialraum import protection
from sozialraum.base import ReleaseRefused, _, current_language
from sozialraum.delineation import Plan
from sozialraum.deliveries import Recipe
from sozialraum.indicators import Catalogue
from sozialraum.indicators.origins import Ground
from sozialraum.project import Project
from sozialraum.workflow.carrying_choice import weights_for
from sozialraum.workflow.computing import former_plans
from sozialraum.workflow.unit_names import UnitNames
from sozialraum.workflow.versions import observations_for

# The last ground: reading all observations takes a second, and people follow several numbers in a row.
_KEPT: dict[tuple[Any, ...], TraceGround] = {}


@dataclass(frozen=True)
class TraceGround(UnitNames):
    """Everything a trace needs of a project, read once.

    observations, facilities : in force, on the blocks of the plan. counts : area counts (internal). released : what
    may be shown. deliveries : by delivery_id. stale : whether something has changed since the results were computed.
    """

    project: Project
    plan: Plan
    catalogue: Catalogue
    observations: pd.DataFrame
    facilities: pd.DataFrame
    counts: pd.DataFrame
    released: pd.DataFrame
    values: pd.DataFrame
    index: pd.DataFrame
    deliveries: Mapping[str, Mapping[str, Any]]
    recipes: Mapping[str, Recipe]
    towns: Mapping[str, str]
    ground: Ground
    stale: bool

    @cached_property
    def town_of_block(self) -> dict[str, str]:
        town = self.plan.areas.set_index("area_id")["municipality"]
        return {str(block): str(town[area]) for block, area in self.plan.assignment.items()}

    @cached_property
    def no_longer_in_force(self) -> dict[str, tuple[str, ...]]:
        """Deliveries the results were computed from that were withdrawn or replaced since -> their features."""
        return {
            key: self.project.features_of(key)
            for key in self.project.rests_on()
            if key in self.deliveries and (self.deliveries[key]["withdrawn_on"] or self.deliveries[key]["replaced_by"])
        }

    @cached_property
    def rules(self) -> protection.Rules:
        return protection.default_rules()

    def is_public(self, feature: str) -> bool:
        """Whether nothing of the feature is ever hidden, so that its parts may be named one by one."""
        return self.rules.profile_of(feature).minimum == 0


def ground_of(project: Project, catalogue: Catalogue) -> TraceGround:
    """The ground of a project as it is now. Raises ReleaseRefused when nothing was computed yet."""
    rows = {str(row["delivery_id"]): row for row in project.deliveries().to_dict("records")}
    standing = tuple((key, row["withdrawn_on"], row["replaced_by"]) for key, row in rows.items())
    bases = project.settings.get("base_population") or {}
    changed = (project.last_change_of_results(), standing, tuple(sorted(bases.items())), project.results_are_stale())
    key = (str(project.folder), project.settings.get("current_plan"), current_language(), *changed)
    if key not in _KEPT:
        plan, released = project.plan(), project.results("released_counts")
        if plan is None or released.empty:
            raise ReleaseRefused(_("Es gibt noch keine Zahlen. Rechnen Sie zuerst die Indikatoren."))
        deliveries = {name: {str(column): value for column, value in row.items()} for name, row in rows.items()}
        made = _made(project, catalogue, plan, released, deliveries, bases)
        _KEPT.clear()
        _KEPT[key] = made
    return _KEPT[key]


def _made(
    project: Project,
    catalogue: Catalogue,
    plan: Plan,
    released: pd.DataFrame,
    rows: Mapping[str, Mapping[str, Any]],
    bases: Mapping[str, str],
) -> TraceGround:
    observations, facilities = observations_for(project, plan)
    municipalities = project.municipalities()
    editions = tuple((project.record("release") or {}).get("editions", ()))
    ground = Ground(
        observations, facilities, plan, project.blocks(), municipalities, editions,
        former_plans(project, observations, plan), bases, weights_for(project, plan, observations),
    )  # fmt: skip
    return TraceGround(
        project=project,
        plan=plan,
        catalogue=catalogue,
        observations=observations,
        facilities=facilities,
        counts=project.results("area_counts"),
        released=released,
        values=project.results("indicator_values"),
        index=project.results("index_values"),
        deliveries=rows,
        recipes=known_recipes(project),
        towns=dict(zip(municipalities["ags"].astype(str), municipalities["name"].astype(str), strict=True)),
        ground=ground,
        stale=project.results_are_stale(),
    )


def known_recipes(project: Project) -> dict[str, Recipe]:
    """The shipped recipes and the project's own, by code; the own one counts."""
    return {recipe.code: recipe for recipe in project.recipes()}
