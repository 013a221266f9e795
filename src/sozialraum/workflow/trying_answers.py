"""What accepting a proposal of an answer would do to the draft as it is now; nothing is changed by asking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sozialraum.base import UsageError, _
from sozialraum.base.numbers import count
from sozialraum.consultation import Suggestion
from sozialraum.delineation import Plan
from sozialraum.plans.checks import Check
from sozialraum.plans.effect import AreaEffect, effect
from sozialraum.plans.figures import area_rows, figures
from sozialraum.plans.ground import Ground, make_ground
from sozialraum.project import Project
from sozialraum.workflow.consulting import Consultation
from sozialraum.workflow.deciding_answers import translated

RULES = {"apart": 0, "outside": 1, "below_1000": 2}  # checks that a decision needs, hard rules first


@dataclass(frozen=True)
class Outlook:
    """What accepting would do. areas : touched, before and after. low, high : limits of inhabitants, high None = none.

    checks : broken hard rules, then what else stands in the way of using an area. hard : a hard rule is broken, so
    the draft could not be decided on as it would be.
    """

    areas: tuple[AreaEffect, ...]
    low: float
    high: float | None
    checks: tuple[Check, ...]
    hard: bool


def ground_for(project: Project, found: Consultation, plan: Plan) -> Ground:
    """The municipality of a package, measured from the blocks that a state of its plan is made of."""
    towns = project.municipalities().set_index("ags", drop=False)
    return make_ground(project.blocks_of(plan), towns.loc[found.base.ags], project.lines())


def outlook(found: Consultation, one: Suggestion, plan: Plan, ground: Ground) -> Outlook | None:
    """What accepting a suggestion does to `plan`, the state of the draft it would go into.

    None where it changes nothing or cannot be accepted (`obstacle` says why).
    """
    try:
        edit = translated(found, one.voices[0], plan, "-")
        if edit is None:
            return None
        after = plan.apply(edit)
    except UsageError:
        return None
    done = effect(ground, plan, after)
    checks = [check for check in done.checks if check.code in RULES]
    checks = sorted(_as_question(ground, after, done.areas, checks), key=lambda check: RULES[check.code])
    high = None if ground.high == float("inf") else float(ground.high)
    return Outlook(done.areas, float(ground.low), high, tuple(checks), done.hard)


def _as_question(ground: Ground, after: Plan, areas: Sequence[AreaEffect], checks: Sequence[Check]) -> list[Check]:
    """The checks with what is apart told as what would be: nothing has been accepted yet."""
    keys = [area.area_id for area in areas if area.blocks_after and not area.connected]
    rows = area_rows(after, ground.ags)
    apart = figures(ground, ground.areas_of(after), rows, keys) if keys else {}
    parts: Mapping[str, int] = {area.code: area.parts for area in apart.values()}
    text = _("Gebiet {code} bestünde aus {parts} getrennten Teilen.")
    return [
        Check(one.code, one.severity, text.format(code=one.areas[0], parts=count(parts[one.areas[0]])), one.areas)
        if one.code == "apart"
        else one
        for one in checks
    ]
