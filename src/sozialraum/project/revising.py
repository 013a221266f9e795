"""What a project keeps about the revision of plans: drafts, steps, decisions, comments, groupings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import pandas as pd
from sqlalchemy import Engine

from sozialraum.base import _
from sozialraum.delineation import Edit, Plan
from sozialraum.plans import Draft, Grouping
from sozialraum.project import layers, plans, remarks, revisions
from sozialraum.project.settings import DEFAULT_ROLE, log
from sozialraum.project.store import reading, writing


class Revising:
    """Part of `Project`; each method is one transaction. Reasons and comments are internal until released."""

    _engine: Engine

    def blocks_of(self, plan: Plan) -> gpd.GeoDataFrame:
        raise NotImplementedError

    def _srs(self) -> int:
        raise NotImplementedError

    # Drafts

    def save_draft(self, draft: Draft) -> None:
        """Keep a draft whole. Raises UsageError when the plan it rests on is not in the project."""
        with writing(self._engine) as connection:
            plans.read_plan(connection, draft.base)
            revisions.write_draft(connection, draft)
            log(connection, _("Fassung „{title}“ begonnen").format(title=draft.title), draft.role or DEFAULT_ROLE)

    def drafts(self, ags: str | None = None) -> list[Draft]:
        """All drafts or those of a municipality, in the order they were begun."""
        with reading(self._engine) as connection:
            return revisions.read_drafts(connection, ags)

    def draft(self, draft_id: str) -> Draft:
        """One draft with all its steps. Raises UsageError when there is none."""
        with reading(self._engine) as connection:
            return revisions.read_draft(connection, draft_id)

    def write_edit(self, draft_id: str, state_id: str, edit: Edit) -> Draft:
        """Append a step to the state its writer saw; steps taken back before are removed.

        Raises StaleState when the draft is in another state (nothing is written), UsageError when it is closed.
        """
        with writing(self._engine) as connection:
            return revisions.write_edit(connection, draft_id, state_id, edit)

    def move_position(self, draft_id: str, state_id: str, by: int) -> Draft:
        """Undo (by < 0) or redo (by > 0). Raises StaleState, UsageError."""
        with writing(self._engine) as connection:
            return revisions.move_position(connection, draft_id, state_id, by)

    def set_draft_status(
        self, draft_id: str, status: str, *, state_id: str | None = None, role: str = DEFAULT_ROLE
    ) -> Draft:
        """Submit ('submitted'), take back ('in_revision') or put aside ('closed') a draft.

        Raises StaleState, UsageError. An adopted draft stays as it is; adopting is `adopt_plan`.
        """
        with writing(self._engine) as connection:
            draft = revisions.set_status(connection, draft_id, status, state_id, "")
            words = {"submitted": _("eingereicht"), "closed": _("abgelegt"), "in_revision": _("wieder geöffnet")}
            text = _("Fassung „{title}“ {state}").format(title=draft.title, state=words.get(status, status))
            log(connection, text, role)
            return draft

    def publish_reason(self, draft_id: str, number: int, public: bool) -> Draft:
        """Release the reason of a step (1 = first) for print and export, or withdraw that."""
        with writing(self._engine) as connection:
            return revisions.change_step(connection, draft_id, number, public=public, why=None)

    def write_reason(self, draft_id: str, number: int, why: str) -> Draft:
        """Word the reason of a step anew (1 = first)."""
        with writing(self._engine) as connection:
            return revisions.change_step(connection, draft_id, number, public=None, why=why)

    def adopt_plan(
        self,
        plan: Plan,
        *,
        former: Plan | None = None,
        drafts: Mapping[str, str] | None = None,
        role: str = DEFAULT_ROLE,
    ) -> None:
        """Keep an adopted plan as the current one, former ones superseded and the drafts adopted, all or nothing.

        former : the plan it follows on, with its new status and valid_to; its areas stay as they are.
        drafts : draft_id -> state_id. Raises StaleState when a draft is no longer in the state given.
        """
        blocks = self.blocks_of(plan)
        plans.check_plan(plan, blocks)
        areas, srs = plans.drawn_areas(plan, blocks), self._srs()
        with writing(self._engine) as connection:
            for draft_id, state_id in (drafts or {}).items():
                revisions.set_status(connection, draft_id, "adopted", state_id, plan.plan_id)
            if former is not None:
                plans.write_plan(connection, former)
            plans.supersede_others(connection, plan)
            layer = plans.write_plan(connection, plan)
            layers.write_areas_layer(connection, layer, areas, srs, plan.title)
            log(connection, _("Plan „{title}“ beschlossen").format(title=plan.title), role)

    def decided_areas(self) -> dict[str, frozenset[str]]:
        """Area key -> its blocks, for every area of a plan that was decided on."""
        with reading(self._engine) as connection:
            return plans.decided_areas(connection)

    def populations(self) -> dict[str, int]:
        """block_id -> inhabitants, of all versions of the blocks."""
        with reading(self._engine) as connection:
            return plans.populations(connection)

    def used_keys(self) -> dict[str, set[str]]:
        """AGS -> all area keys that any plan of the project has or had."""
        with reading(self._engine) as connection:
            return plans.used_keys(connection)

    def used_codes(self) -> dict[str, set[str]]:
        """AGS -> all codes of areas that any plan of the project has or had."""
        with reading(self._engine) as connection:
            return plans.used_codes(connection)

    # Comments and groupings

    def comments(self, draft_id: str | None = None, ags: str | None = None) -> pd.DataFrame:
        """Comments: comment_id, draft_id, ags, area_id, block_id, x, y, text, role, when, state, answer, public."""
        with reading(self._engine) as connection:
            return remarks.read_comments(connection, draft_id, ags)

    def save_comment(self, **comment: Any) -> str:
        """Keep a comment given by its columns; without comment_id it gets one, which is returned.

        Raises UsageError: no text, no role, a state that is not 'open' or 'resolved'.
        """
        with writing(self._engine) as connection:
            return remarks.write_comment(connection, comment)

    def resolve_comment(
        self, comment_id: str, state: str = "resolved", *, answer: str | None = None, public: bool | None = None
    ) -> None:
        """Resolve or reopen a comment; None leaves the answer or the release as it is."""
        with writing(self._engine) as connection:
            remarks.settle_comment(connection, comment_id, state, answer, public)

    def groupings(self) -> list[Grouping]:
        """All groupings of blocks in the order they were made."""
        with reading(self._engine) as connection:
            return remarks.read_groupings(connection)

    def save_grouping(self, grouping: Grouping) -> None:
        """Keep a grouping, replacing the one with the same key."""
        with writing(self._engine) as connection:
            remarks.write_grouping(connection, grouping)
            log(connection, _("Gliederung „{title}“ gespeichert").format(title=grouping.title))

    def remove_grouping(self, grouping_id: str) -> None:
        """Remove a grouping. Raises UsageError when there is none."""
        with writing(self._engine) as connection:
            remarks.remove_grouping(connection, grouping_id)
