"""What a project keeps of its computations: results with their records, decisions on impulses, frozen releases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import Engine

from sozialraum.base import _
from sozialraum.project import computed, placing, released
from sozialraum.project.settings import DEFAULT_ROLE, log
from sozialraum.project.store import now, reading, writing


class Computing:
    """Part of `Project`; each method is one transaction."""

    folder: Path
    _engine: Engine

    def save_results(self, frames: Mapping[str, pd.DataFrame], records: Mapping[str, object] | None = None) -> None:
        """Replace the named results and records in one transaction; decisions on impulses stay.

        frames : names and columns as in docs/architecture.md ('area_counts', 'released_counts',
        'indicator_values', 'index_values', 'supply_values', 'impulses'). records : name -> JSON content.
        """
        computed.check_results(frames)
        with writing(self._engine) as connection:
            computed.write_results(connection, frames, records or {})
            log(connection, _("Ergebnisse gerechnet"))

    def results(self, name: str) -> pd.DataFrame:
        """One result by name, without rows before the first computation."""
        with reading(self._engine) as connection:
            return computed.read_result(connection, name)

    def record(self, name: str) -> Any:
        """A record saved with results; None when there is none."""
        with reading(self._engine) as connection:
            return computed.read_record(connection, name)

    def rests_on(self) -> tuple[str, ...]:
        """The deliveries the present results were computed from; () before the first computation."""
        return tuple((self.record(computed.BASIS) or {}).get("deliveries", ()))

    def results_are_stale(self) -> bool:
        """True when plan, blocks, deliveries, editions or target changed since the results were computed."""
        with reading(self._engine) as connection:
            return computed.are_stale(connection)

    def last_change_of_results(self) -> str:
        """When results or decisions last changed (ISO, UTC); '' before the first computation."""
        return str(self.record(computed.CHANGED) or "")

    def save_impulse_decision(
        self, impulse_id: str, *, state: str, role: str = DEFAULT_ROLE, decided_on: str = "", reason: str = ""
    ) -> None:
        """Keep what a role decided ('confirmed', 'rejected', 'arisen' = taken back); survives recomputation."""
        with writing(self._engine) as connection:
            computed.write_decision(connection, impulse_id, state, role, decided_on or now()[:10], reason)
            log(connection, _("Über einen Impuls entschieden"), role)

    # Releases

    def add_release(
        self, writer: Callable[[Path], object], *, plan_id: str = "", check_number: str = "", created: str = ""
    ) -> str:
        """Let `writer` fill an empty folder and freeze it as a release; returns the release_id.

        The folder appears complete at `releases/<release_id>` or not at all.
        created : ISO date-time text; empty = now.
        """
        return placing.add_release(self.folder, self._engine, writer, created or now(), plan_id, check_number)

    def releases(self) -> pd.DataFrame:
        """All releases, oldest first."""
        with reading(self._engine) as connection:
            return released.read_releases(connection)

    def release_deliveries(self, release_id: str) -> tuple[str, ...] | None:
        """The deliveries a release rests on; None where an earlier version of the program did not note it."""
        with reading(self._engine) as connection:
            return released.read_rests_on(connection, release_id)
