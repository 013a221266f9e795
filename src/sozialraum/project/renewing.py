"""What a project keeps about renewals of its blocks."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
from sqlalchemy import Connection, Engine

from sozialraum.base import UsageError, _
from sozialraum.delineation import Plan
from sozialraum.plans.block_lineage import Step, crossed_blocks
from sozialraum.plans.block_renewal import BlockRenewal
from sozialraum.project import block_renewals, block_versions, computed, plans
from sozialraum.project.settings import DEFAULT_ROLE, log
from sozialraum.project.store import now, reading, writing


class Renewing:
    """Part of `Project`; each method is one transaction."""

    _engine: Engine

    def _srs(self) -> int:
        raise NotImplementedError

    def block_steps(self) -> tuple[Step, ...]:
        """What led from each version of the blocks to the next: divisions and renewals in their order."""
        with reading(self._engine) as connection:
            return block_renewals.read_steps(connection)

    def used_block_keys(self) -> set[str]:
        """All keys that blocks of any version have or had."""
        with reading(self._engine) as connection:
            return block_renewals.used_keys(connection)

    def save_block_renewal(self, after: gpd.GeoDataFrame, renewal: BlockRenewal) -> int:
        """Put a whole set of blocks in the place of the newest one; returns the number of the version.

        after : contract columns, keys that never had another meaning, in the project's coordinate system.
        Plans stay on their version and readable; addresses and groupings go on with the new blocks.
        Raises UsageError when the blocks were changed in between.
        """
        srs = self._srs()
        with writing(self._engine) as connection:
            block_renewals.write_renewal(connection, srs, after, renewal)
            block_versions.draw_all(connection, srs)
            computed.write_record(connection, computed.LAYERS, now())
            text = _("Bausteine erneuert; Stand {version} der Bausteine: {why}")
            log(connection, text.format(version=renewal.version, why=renewal.why), renewal.role or DEFAULT_ROLE)
            return renewal.version

    def crossed_blocks(self, plan: Plan) -> pd.DataFrame:
        """Newest blocks through which a border of a plan of older ones runs: block_id, area_id, share, others."""
        srs = self._srs()
        with reading(self._engine) as connection:
            steps, blocks = block_renewals.brought_blocks(connection, srs, plan)
        return crossed_blocks(plan, steps, blocks["block_id"])

    def bring_plan(self, plan_id: str, when: str, role: str = DEFAULT_ROLE) -> Plan:
        """Give a plan a successor on the newest blocks, with open drafts that rest on it; returns the successor.

        Where new blocks cross a border of a decided plan, nobody has decided on the new border: the successor is in
        revision there, and the decided plan holds on beside it.
        Raises UsageError when there is no such plan, or when it rests on the newest blocks already.
        """
        srs = self._srs()
        with writing(self._engine) as connection:
            plan = _known(connection, plan_id)
            successor = block_renewals.bring_plan(connection, srs, plan, when)
            computed.write_record(connection, computed.LAYERS, now())
            text = _("Plan „{title}“ auf den jüngsten Stand der Bausteine gebracht")
            log(connection, text.format(title=plan.title), role)
            return _known(connection, successor)


def _known(connection: Connection, plan_id: str) -> Plan:
    plan = plans.read_plan(connection, plan_id)
    if plan is None:
        raise UsageError(_("Es gibt noch keinen Plan."))
    return plan
