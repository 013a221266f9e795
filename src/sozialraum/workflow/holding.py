"""Which plan holds, since when, and what a decision has to respect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sozialraum.base import Finding, InputRefused, _
from sozialraum.delineation import Decision, Plan
from sozialraum.plans import deciding
from sozialraum.project import Project


def ended(project: Project, current: Plan) -> list[Finding]:
    """What stands against deciding on top of a plan that ended: the decisions taken since would be undone."""
    holds = plan_in_force(project)
    if current.status != "superseded" or holds is None:
        return []
    what = _("Gerechnet wird gerade mit einem abgelösten Plan; es gilt „{title}“.").format(title=holds.title)
    return [Finding(what, todo=_("Rechnen Sie auf der Seite „Pläne“ zuerst wieder mit dem Plan, der gilt."))]


def plan_in_force(project: Project) -> Plan | None:
    """The adopted plan that holds, whatever plan is computed for; None before everything was decided once."""
    rows = project.plans()
    own = rows[(rows["status"] == "adopted") & (rows["valid_to"] == "")].sort_values("valid_from", kind="stable")
    return None if own.empty else project.plan(str(own["plan_id"].iloc[-1]))


def held_plans(project: Project) -> list[Plan]:
    """The plans that hold until now, as a whole or for municipalities that have decided: what a decision replaces."""
    rows = project.plans()
    held = (rows["status"] == "adopted") | rows["current"]
    return [plan for plan_id in rows["plan_id"][held] if (plan := project.plan(plan_id)) is not None]


def held_since(held: Sequence[Plan]) -> str:
    """The latest day on which one of these plans began, '' when none did."""
    return max((plan.valid_from for plan in held), default="")


def town_names(project: Project) -> dict[str, str]:
    """AGS -> name."""
    rows = project.municipalities()
    return {str(ags): str(name) for ags, name in zip(rows["ags"], rows["name"], strict=True)}


def refuse_decisions(project: Project, decisions: Mapping[str, Decision], held: Sequence[Plan]) -> None:
    """Raise InputRefused with everything that stands against decisions on municipalities. held : what they end."""
    about = [finding for made in dict.fromkeys(decisions.values()) for finding in deciding.about_decision(made)]
    findings = [*about, *deciding.too_early(decisions, held, town_names(project))]
    if findings:
        raise InputRefused(_("Der Beschluss kann so nicht eingetragen werden."), findings)


def refuse_ended(project: Project, current: Plan | None) -> None:
    """Raise InputRefused where a decision would be laid on a plan that ended."""
    findings = [] if current is None else ended(project, current)
    if findings:
        raise InputRefused(_("Der Beschluss kann so nicht eingetragen werden."), findings)
