"""The areas of the invented Kreis: proposed, decided by every council, revised by the experts of two towns."""

from __future__ import annotations

from sozialraum import delineation, demo, plans
from sozialraum.base import Progress, _
from sozialraum.base.numbers import counted
from sozialraum.blocks import neighbours
from sozialraum.delineation import Decision, Plan
from sozialraum.plans.drafts import state_id
from sozialraum.project import Project
from sozialraum.workflow import main, proposing, revising

# The invented Kreis has its own calendar: proposed in January, decided in February, revised by two towns in March.
PROPOSED = "2026-01-19T09:00:00+00:00"
REVISED = "2026-03-09T09:00:00+00:00"
DECIDED = "2026-03-31T16:00:00+00:00"


def make_plans(project: Project, progress: Progress) -> None:
    """Both adopted plans; what stands from an interrupted run is not made again."""
    if project.plans().empty:
        plan = proposing.propose(project, progress=progress, created=PROPOSED)
        progress.done(_("Vorschlag: {areas}.").format(areas=_areas(plan)))
    plan = main.current_plan(project)
    if plan.status == "proposal":
        councils = demo.first_decisions(set(plan.areas["municipality"]))
        made = {ags: Decision(*decided) for ags, decided in councils.items()}
        plan = revising.decide_plan(project, made, _("Planungskonferenz"))
        progress.done(_("Von den Räten beschlossen: {areas}.").format(areas=_areas(plan)))
    if len(project.plans()) < 2:
        plan = _revise(project, plan)
        progress.done(_("Nach der Überarbeitung durch Fachleute: {areas}.").format(areas=_areas(plan)))
    if not project.groupings():
        _group(project, plan)


def _revise(project: Project, plan: Plan) -> Plan:
    """Two towns split their largest area; the reasons are released, so the report prints them."""
    blocks = project.blocks()
    drafts = {}
    for area_id, why, role, when in demo.experts_revision(plan.assignment, plan.areas, blocks):
        ags = delineation.municipality_of_key(area_id)
        begun = project.drafts(ags)
        draft = begun[0] if begun else revising.begin_draft(project, ags, role=role, when=REVISED)
        if not draft.position:
            step = delineation.propose_split(plan, blocks, area_id, why=why, role=role, when=when)
            draft, _after = revising.add_edit(project, draft.draft_id, state_id(draft), _public(step))
        if draft.status == "in_revision":
            draft = revising.submit_draft(project, draft.draft_id, state_id(draft), role)
        drafts[ags] = draft
    councils = demo.second_decisions(drafts)
    decided = {
        draft.draft_id: (state_id(draft), Decision(*councils[ags])) for ags, draft in drafts.items()
    }  # fmt: skip
    return revising.adopt_drafts(project, decided, _("Planungskonferenz"), when=DECIDED)


def _public(step: delineation.Edit) -> delineation.Edit:
    return delineation.Edit.from_json(step.to_json() | {"public": True})


def _group(project: Project, plan: Plan) -> None:
    """One town regroups its areas into ten for its own talks; the city keeps its quarters beside its areas."""
    blocks = project.blocks()
    own = blocks[blocks["municipality"] == demo.ADOPTED_TOWN].reset_index(drop=True)
    area = own["block_id"].map(plan.assignment)
    near: dict[str, set[str]] = {key: set() for key in area.unique()}
    for one, other in neighbours(own).edges:
        near[area[one]].add(area[other])
        near[area[other]].add(area[one])
    units = demo.groups_for_talks(own["population"].groupby(area).sum(), near)
    talks = plans.group_areas(
        plan,
        units,
        grouping_id="gespraeche",
        title=_("Gespräche im Rathaus"),
        ags=demo.ADOPTED_TOWN,
        names={unit: _("Gesprächskreis {number}").format(number=unit[1:]) for unit in set(units.values())},
        purpose=_("Gespräche der Stadt mit Trägern und Vereinen"),
        level=_("Gesprächskreis"),
        created=DECIDED,
        role=_("Fachstelle Sozialplanung"),
    )
    project.save_grouping(talks)
    city = blocks[(blocks["municipality"] == demo.CITY) & (blocks["quarter"] != "")]
    if not city.empty:
        quarters = city.set_index("block_id")["quarter"].astype(object).rename("unit").sort_index()
        project.save_grouping(
            plans.Grouping(
                "lebensraeume", demo.CITY, _("Lebensräume der Stadt"), _("eigene Planung der Stadt"), _("Lebensraum"),
                "below", quarters, {name: name for name in sorted(quarters.unique())}, "", DECIDED, _("Stadt"),
            )
        )  # fmt: skip


def _areas(plan: Plan) -> str:
    return counted(len(plan.areas), _("Gebiet"), _("Gebiete"))
