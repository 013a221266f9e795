"""A project: the one place where anything is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

import geopandas as gpd
import pandas as pd
from sqlalchemy import Engine

from sozialraum.base import Finding, _
from sozialraum.blocks import Places
from sozialraum.delineation import Plan
from sozialraum.project import (
    archive,
    block_versions,
    checking,
    computed,
    layers,
    lock,
    opening,
    places_layers,
    plans,
)
from sozialraum.project.addresses import Addresses, keep_out
from sozialraum.project.building import Building
from sozialraum.project.computing import Computing
from sozialraum.project.consultations import Consultations
from sozialraum.project.exchanging import Exchanging
from sozialraum.project.geographies import Geographies
from sozialraum.project.geopackage import srs_id
from sozialraum.project.own_recipes import OwnRecipes
from sozialraum.project.receiving import Receiving
from sozialraum.project.renewing import Renewing
from sozialraum.project.requesting import Requesting
from sozialraum.project.revising import Revising
from sozialraum.project.settings import DEFAULT_ROLE, Settings, log, read_events, read_setting, write_setting
from sozialraum.project.store import now, plain_errors, reading, writing


class Project(
    Receiving,
    OwnRecipes,
    Requesting,
    Exchanging,
    Revising,
    Consultations,
    Addresses,
    Renewing,
    Building,
    Geographies,
    Computing,
):
    """An open project folder; use it in a with block or close it.

    Each method is one transaction: after an error, a crash or a power cut the last complete
    state stands. One process at a time has a project open. Frames have the columns of
    docs/architecture.md. Errors people can act on are ProjectRefused, InputRefused, UsageError;
    a frame that does not follow the contract is a ValueError.
    """

    def __init__(self, folder: Path, engine: Engine) -> None:
        """Use `open` or `create`."""
        self.folder = folder
        self.settings = Settings(engine)
        self._engine = engine
        self._is_open = True

    # Opening and closing

    @classmethod
    def create(
        cls,
        folder: Path | str,
        *,
        name: str,
        crs: str = "EPSG:25832",
        language: str = "de",
        notice: str = "",
        settings: Mapping[str, object] | None = None,
        purpose: str = "",
    ) -> Self:
        """Make a new project and open it.

        folder : not there yet, empty, or left by an interrupted creation. crs : in metres.
        settings : further settings to start with. Raises ProjectRefused, UsageError.
        """
        folder = Path(folder)
        srs_id(crs)
        opening.refuse_taken(folder)
        with plain_errors():
            folder.mkdir(parents=True, exist_ok=True)
        lock.take(folder, purpose)
        try:
            given = {**(settings or {}), "name": name, "crs": crs, "language": language, "notice": notice}
            opening.create_files(folder, given)
            return cls(folder, opening.open_checked(folder))
        except BaseException:
            lock.give_back(folder)
            raise

    @classmethod
    def open(cls, folder: Path | str, *, purpose: str = "") -> Self:
        """Open a project for this process; several times in one process is allowed.

        Files of deliveries whose day of deletion has come are deleted, with a line in the log.

        purpose : what for, told to others who want to open it. Raises ProjectRefused: no such folder,
        no project, open elsewhere (says who and since when), newer version, damaged, write-protected.
        """
        folder = Path(folder)
        opening.refuse_no_project(folder)
        is_first = lock.take(folder, purpose)
        try:
            engine = opening.open_checked(folder)
            if is_first:
                opening.clean_up(folder, engine)
            project = cls(folder, engine)
            if is_first:
                project.delete_due(date.today().isoformat())
            return project
        except BaseException:
            lock.give_back(folder)
            raise

    @staticmethod
    def exists(folder: Path | str) -> bool:
        """True when the folder holds a project."""
        return opening.exists(Path(folder))

    @staticmethod
    def is_free(folder: Path | str) -> bool:
        """True when `create` would accept the folder."""
        return opening.is_free(Path(folder))

    @staticmethod
    def check(folder: Path | str) -> list[Finding]:
        """Look at a project without changing anything; see `checking.check`."""
        return checking.check(Path(folder))

    @staticmethod
    def backup(folder: Path | str, file: Path | str, *, restricted: bool = False) -> Path:
        """Write the project into one file, files of restricted deliveries only when asked; see `archive.backup`."""
        return archive.backup(Path(folder), Path(file), restricted=restricted)

    @staticmethod
    def restore(file: Path | str, folder: Path | str) -> Path:
        """Bring a project back from a backup; see `archive.restore`."""
        return archive.restore(Path(file), Path(folder))

    def close(self) -> None:
        """Let others open the project; closing twice does nothing."""
        if self._is_open:
            self._is_open = False
            lock.give_back(self.folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Layers

    def save_layers(
        self,
        municipalities: gpd.GeoDataFrame,
        blocks: gpd.GeoDataFrame,
        lines: gpd.GeoDataFrame,
        places: Places | None = None,
    ) -> None:
        """Replace the layers, converted to the project's coordinate system; areas of plans are drawn anew.

        places : addresses, buildings and places; None keeps those there are.
        Raises InputRefused when plans or deliveries exist and block keys or municipalities differ.
        """
        srs = self._srs()
        with writing(self._engine) as connection:
            layers.refuse_other_blocks(connection, blocks)
            layers.write_layers(connection, {"municipalities": municipalities, "blocks": blocks, "lines": lines}, srs)
            if places is not None:
                places_layers.write_places(connection, places, srs)
                keep_out(connection)
            block_versions.draw_all(connection, srs)
            computed.write_record(connection, computed.LAYERS, now())
            log(connection, _("{count} Bausteine übernommen").format(count=len(blocks)))

    def municipalities(self) -> gpd.GeoDataFrame:
        """The municipalities; without rows before the import."""
        return self._layer("municipalities")

    def lines(self) -> gpd.GeoDataFrame:
        """Rivers, railways, motorways and streets; without rows before the import."""
        return self._layer("lines")

    def addresses(self) -> gpd.GeoDataFrame:
        """Addresses: street, number, suffix, postcode, block_id, point; without rows when none were delivered."""
        return self._places_layer("addresses")

    def buildings(self) -> gpd.GeoDataFrame:
        """Buildings: kind, name, polygon; without rows when none were delivered."""
        return self._places_layer("buildings")

    def places(self) -> gpd.GeoDataFrame:
        """Schools, churches, town halls, districts: kind, name, point; without rows when none were delivered."""
        return self._places_layer("places")

    # Plans

    def save_plan(self, plan: Plan) -> None:
        """Keep a plan and draw its areas; it becomes the current one. The same plan again replaces title and status."""
        blocks = self.blocks_of(plan)
        plans.check_plan(plan, blocks)
        areas, srs = plans.drawn_areas(plan, blocks), self._srs()
        with writing(self._engine) as connection:
            layer = plans.write_plan(connection, plan)
            layers.write_areas_layer(connection, layer, areas, srs, plan.title)
            log(connection, _("Planstand „{title}“ gespeichert").format(title=plan.title))

    def plan(self, plan_id: str | None = None) -> Plan | None:
        """A plan by key or the current one; None when there is no plan yet."""
        with reading(self._engine) as connection:
            return plans.read_plan(connection, plan_id)

    def plans(self) -> pd.DataFrame:
        """All plans, oldest first, with number of areas, name of the layer and which is current."""
        with reading(self._engine) as connection:
            return plans.read_plans(connection)

    def make_current(self, plan_id: str) -> None:
        """Compute for another stored plan from now on; raises UsageError when there is no such plan."""
        with writing(self._engine) as connection:
            plan = plans.read_plan(connection, plan_id)
            if plan is not None:
                write_setting(connection, plans.CURRENT, plan_id)
                log(connection, _("Planstand „{title}“ gilt").format(title=plan.title))

    def areas(self, plan_id: str | None = None) -> gpd.GeoDataFrame:
        """The areas of a plan drawn from its blocks (never from the cached layer): area_id, name, municipality,
        population, geometry. Raises UsageError when there is no such plan."""
        plan = self.plan(plan_id)
        blocks = self.blocks() if plan is None else self.blocks_of(plan)
        if plan is None:
            return gpd.GeoDataFrame(
                {"area_id": [], "name": [], "municipality": [], "population": []}, geometry=[], crs=blocks.crs
            )
        return plans.drawn_areas(plan, blocks)

    def draw_areas(self) -> None:
        """Draw the area layers of all plans anew, for instance after one was changed in QGIS."""
        srs = self._srs()
        with writing(self._engine) as connection:
            block_versions.draw_all(connection, srs)

    # Log

    def log(self, what: str, role: str = DEFAULT_ROLE) -> None:
        """Note something done outside the methods above; role is a function or case number, never a name."""
        with writing(self._engine) as connection:
            log(connection, what, role)

    def events(self) -> pd.DataFrame:
        """The log, oldest first: when, what, role."""
        with reading(self._engine) as connection:
            return read_events(connection)

    # Shared parts

    def _srs(self) -> int:
        with reading(self._engine) as connection:
            return srs_id(read_setting(connection, "crs"))

    def _layer(self, name: str) -> gpd.GeoDataFrame:
        srs = self._srs()
        with reading(self._engine) as connection:
            return layers.read_layer_or_empty(connection, name, srs)

    def _places_layer(self, name: str) -> gpd.GeoDataFrame:
        srs = self._srs()
        with reading(self._engine) as connection:
            return places_layers.read_places_layer(connection, name, srs)
