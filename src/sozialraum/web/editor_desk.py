"""What the editor keeps at hand while a project is open: grounds, and the latest states of drafts."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from threading import RLock
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from sozialraum.base import UsageError, _, current_language
from sozialraum.delineation import Plan
from sozialraum.plans import Draft, Ground, make_ground
from sozialraum.plans.drafts import state, state_id, state_ids
from sozialraum.plans.figures import AreaFigures, area_rows, figures
from sozialraum.plans.workshop import Workshop, make_workshop
from sozialraum.protection import default_rules
from sozialraum.protection.rules import OTHER
from sozialraum.web.editor_geometry import Grid, grid_of
from sozialraum.web.session import Session

KEPT_STATES = 64
BASES = "attribute_bases"
SOCIAL = "social_"
MEASURING = RLock()


@dataclass(frozen=True, eq=False)
class Board:
    """One municipality on the desk: its blocks in ground order, the ground, and the grid of its map."""

    ags: str
    name: str
    blocks: gpd.GeoDataFrame
    ground: Ground
    grid: Grid


@dataclass(frozen=True, eq=False)
class Standing:
    """A state of a draft. areas : (n,) area_id per block in ground order.

    workshop : the ground it is measured on. figures : of all areas, in reading order, as a workshop may see them.
    """

    state_id: str
    plan: Plan
    workshop: Workshop
    areas: np.ndarray
    figures: Mapping[str, AreaFigures]


class Desk:
    """States of drafts by their check number, which names base and steps: what is kept can never be wrong."""

    def __init__(self) -> None:
        self._states: OrderedDict[tuple[str, str], Standing] = OrderedDict()
        self._plans: dict[str, Plan] = {}
        self._lock = RLock()

    def known(self, draft_id: str, seen: str) -> Standing | None:
        """A state that is at hand."""
        with self._lock:
            found = self._states.get((draft_id, seen))
            if found is not None:
                self._states.move_to_end((draft_id, seen))
            return found

    def keep(self, draft_id: str, found: Standing) -> Standing:
        with self._lock:
            self._states[draft_id, found.state_id] = found
            while len(self._states) > KEPT_STATES:
                self._states.popitem(last=False)
        return found

    def base(self, project: Any, draft: Draft) -> Plan:
        """The plan a draft rests on, cut down to its municipality."""
        key = f"{draft.base}/{draft.ags}"
        if key not in self._plans:
            self._plans[key] = part_of(self.plan(project, draft.base), draft.ags)
        return self._plans[key]

    def plan(self, project: Any, plan_id: str) -> Plan:
        """A stored plan; its areas never change."""
        if plan_id not in self._plans:
            found = project.plan(plan_id)
            if found is None:
                raise UsageError(_("Der Planstand „{plan}“ ist nicht gespeichert.").format(plan=plan_id))
            self._plans[plan_id] = found
        return self._plans[plan_id]


def part_of(plan: Plan, ags: str) -> Plan:
    """A plan as it is in one municipality; steps there need nothing of the others."""
    areas = plan.areas[plan.areas["municipality"] == ags].reset_index(drop=True)
    own = plan.assignment[plan.assignment.isin(set(areas["area_id"]))]
    # plain objects: texts of a database column are slow to walk through one by one
    index = pd.Index(own.index.to_numpy(dtype=object), name="block_id", dtype=object)
    assignment = pd.Series(own.to_numpy(dtype=object), index=index, name="area_id", dtype=object)
    return replace(plan, assignment=assignment, areas=areas)


def desk_of(session: Session) -> Desk:
    """The desk of the open project; it is cleared with everything else that was drawn."""
    with MEASURING:
        return session.drawn(("editor-desk",), Desk)


def board_of(session: Session, ags: str) -> Board:
    """A municipality, measured once per session and language. Raises UsageError when there is none of that key."""
    with MEASURING:  # a page asks for several things at once; all wait for one measuring
        return session.drawn(("editor-board", ags, current_language()), lambda: _board(session, ags))


def _board(session: Session, ags: str) -> Board:
    project = session.project
    rows = project.municipalities()
    town = rows[rows["ags"] == ags]
    if town.empty:
        raise UsageError(_("Diese Gemeinde gibt es in diesem Projekt nicht."))
    blocks = project.blocks()
    own = blocks[blocks["municipality"] == ags].sort_values("block_id", ignore_index=True)
    if own.empty:
        raise UsageError(_("Für diese Gemeinde sind noch keine Bausteine eingelesen."))
    ground = make_ground(blocks, town.iloc[0], project.lines())
    return Board(ags, str(town["name"].iloc[0]), own, ground, grid_of(own))


def least_people() -> int:
    """Inhabitants from which on data of a block or an overlay piece may be shown: the rule for undeclared sources."""
    return next(profile.minimum for profile in default_rules().profiles if profile.name == OTHER)


def bases_of(session: Session, board: Board) -> dict[str, int]:
    """Attribute -> fewest inhabitants of a block whose class is shown.

    Attributes of the population come from a source nobody names here, so the strictest minimum of all holds; buildings
    and flats have that of undeclared sources. The project setting `attribute_bases` {column: minimum} says otherwise.
    """
    set_here = session.project.settings.get(BASES, None)
    given = set_here if isinstance(set_here, Mapping) else {}
    return {key: _base(given.get(key), key) for key in board.ground.attributes}


def _base(given: object, key: str) -> int:
    if isinstance(given, int) and not isinstance(given, bool) and given >= 0:
        return given
    return social_base() if key.startswith(SOCIAL) else least_people()


def social_base() -> int:
    """The strictest minimum among the protection profiles."""
    return max(profile.minimum for profile in default_rules().profiles)


def workshop_of(session: Session, ags: str, plan: Plan) -> Workshop:
    """A municipality as a workshop may see it, for drafts that rest on this plan."""
    board = board_of(session, ags)
    bases = bases_of(session, board)
    key = ("editor-workshop", ags, plan.plan_id, repr(sorted(bases.items())), current_language())
    with MEASURING:
        return session.drawn(key, lambda: make_workshop(board.ground, plan, bases))


def standing(session: Session, draft: Draft, seen: str | None = None) -> Standing:
    """A state of a draft, by default the present one. Raises UsageError for a state the draft never had."""
    desk, wanted = desk_of(session), seen or state_id(draft)
    found = desk.known(draft.draft_id, wanted)
    if found is not None:
        return found
    ids = state_ids(draft)
    if wanted not in ids:
        raise UsageError(_("Dieser Stand der Fassung ist nicht mehr bekannt. Laden Sie die Seite neu."))
    base = desk.base(session.project, draft)
    plan = state(replace(draft, position=ids.index(wanted)), base)
    return desk.keep(draft.draft_id, stand(workshop_of(session, draft.ags, base), plan, wanted))


def following(session: Session, draft: Draft, before: Standing, plan: Plan) -> Standing:
    """The state after a step: only the areas it touches are measured anew."""
    return desk_of(session).keep(draft.draft_id, stand(before.workshop, plan, state_id(draft), before))


def stand(workshop: Workshop, plan: Plan, named: str, before: Standing | None = None) -> Standing:
    """Measure a state; areas with the same blocks, code and name as before keep their figures.

    Raises UsageError for a plan of blocks that were divided since.
    """
    ground = workshop.ground
    areas, rows = ground.areas_of(plan), area_rows(plan, ground.ags)
    if (areas == "").any():
        text = _(
            "Diese Fassung beruht auf Bausteinen, die inzwischen geteilt wurden. Sie steht unter „Pläne“ zum Vergleich."
        )
        raise UsageError(text)
    same: dict[str, AreaFigures] = {}
    if before is not None:
        touched = {*before.areas[before.areas != areas], *areas[before.areas != areas]}
        same = {
            key: found
            for key, found in before.figures.items()
            if key not in touched and rows.get(key) == (found.code, found.name)
        }
    fresh = figures(ground, areas, rows, [key for key in rows if key not in same])
    return Standing(
        named, plan, workshop, areas, {key: one for key in rows if (one := same.get(key) or fresh.get(key))}
    )
