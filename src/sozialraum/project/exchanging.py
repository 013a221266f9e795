"""What a project keeps about plans of others and about versions of the blocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import geopandas as gpd
import pandas as pd
from sqlalchemy import Engine, select

from sozialraum.base import _
from sozialraum.delineation import Plan
from sozialraum.plans.adopting import Choice
from sozialraum.plans.block_split import BlockSplit
from sozialraum.plans.overlay import Overlay
from sozialraum.project import block_versions, layers, plan_imports, plans, tables
from sozialraum.project.plan_imports import PlanImport
from sozialraum.project.settings import DEFAULT_ROLE, log, write_setting
from sozialraum.project.store import reading, writing


class Exchanging:
    """Part of `Project`; each method is one transaction."""

    _engine: Engine

    def _srs(self) -> int:
        raise NotImplementedError

    # Versions of the blocks

    def blocks(self, version: int | None = None) -> gpd.GeoDataFrame:
        """The blocks with their attributes, by default those of the current plan; without rows before the import.

        version : 1 = as they came in. Raises UsageError when there is no such version.
        """
        srs = self._srs()
        with reading(self._engine) as connection:
            if version is None:
                return block_versions.current_blocks(connection, srs)
            return block_versions.read_blocks(connection, srs, version)

    def blocks_of(self, plan: Plan) -> gpd.GeoDataFrame:
        """The blocks a plan rests on."""
        srs = self._srs()
        with reading(self._engine) as connection:
            return block_versions.blocks_of(connection, srs, plan)

    def blocks_version(self, plan: Plan | None = None) -> int:
        """The number of the version a plan rests on; of the newest when no plan is given."""
        with reading(self._engine) as connection:
            if plan is None:
                return block_versions.newest(connection)
            return block_versions.version_of(connection, plan.assignment.index)

    def block_splits(self) -> tuple[BlockSplit, ...]:
        """All divisions of blocks in their order."""
        with reading(self._engine) as connection:
            return block_versions.read_splits(connection)

    def save_block_split(self, after: gpd.GeoDataFrame, split: BlockSplit) -> int:
        """Keep the next version of the blocks; returns its number. See `block_versions.write_split`."""
        srs = self._srs()
        with writing(self._engine) as connection:
            version = block_versions.write_split(connection, srs, after, split)
            text = _("Baustein {block} geteilt; Stand {version} der Bausteine")
            log(connection, text.format(block=split.block_id, version=version), split.role or DEFAULT_ROLE)
            return version

    def counted_by_block(self) -> tuple[str, ...]:
        """The features that any delivery counts by block, sorted."""
        table = tables.observations
        features = select(table.c.feature).where(table.c.geography == "block").distinct()
        with reading(self._engine) as connection:
            return tuple(sorted(str(feature) for feature in connection.execute(features).scalars()))

    # Plans of others

    def save_plan_import(self, overlay: Overlay, areas: gpd.GeoDataFrame, created: str) -> str:
        """Keep a plan that came in until it is decided on; returns its import_id."""
        with writing(self._engine) as connection:
            log(connection, _("Plan „{file}“ eingelesen").format(file=overlay.file))
            return plan_imports.write_import(connection, overlay, areas, created)

    def plan_import(self, import_id: str) -> PlanImport:
        """One plan that came in. Raises UsageError when there is none."""
        srs = self._srs()
        with reading(self._engine) as connection:
            return plan_imports.read_import(connection, import_id, srs)

    def plan_imports(self) -> pd.DataFrame:
        """All plans that came in: import_id, file_name, created, state (open, taken, dropped), plan_id."""
        with reading(self._engine) as connection:
            return plan_imports.read_imports(connection)

    def save_choices(self, import_id: str, choices: Iterable[Choice]) -> None:
        """Keep decisions on blocks across a border. Raises UsageError when nothing is to be decided any more."""
        with writing(self._engine) as connection:
            plan_imports.write_choices(connection, import_id, choices)

    def drop_plan_import(self, import_id: str) -> None:
        """Put a plan that came in aside. Raises UsageError when there is none, or none that waits any more."""
        with writing(self._engine) as connection:
            plan_imports.settle(connection, import_id, "dropped")

    def take_plan_import(
        self,
        import_id: str,
        plan: Plan,
        role: str = DEFAULT_ROLE,
        *,
        current: bool = True,
        former: Plan | None = None,
        settings: Mapping[str, Any] | None = None,
    ) -> None:
        """Keep what a plan that came in became, and what follows from it; all of it or nothing.

        current : everything is computed for it from now on; else it is kept beside. former : the plan it follows on,
        as it is kept from now on. settings : what the project remembers with it.
        """
        blocks = self.blocks_of(plan)
        plans.check_plan(plan, blocks)
        areas, srs = plans.drawn_areas(plan, blocks), self._srs()
        with writing(self._engine) as connection:
            if former is not None:
                plans.write_plan(connection, former)
            plans.supersede_others(connection, plan)
            layer = plans.write_plan(connection, plan, current=current)
            layers.write_areas_layer(connection, layer, areas, srs, plan.title)
            for key, value in (settings or {}).items():
                write_setting(connection, key, value)
            plan_imports.settle(connection, import_id, "taken", plan.plan_id)
            log(connection, _("Plan „{title}“ übernommen").format(title=plan.title), role)
