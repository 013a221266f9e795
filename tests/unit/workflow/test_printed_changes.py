"""The page before and after of the report: no number from which one or two inhabitants could be told."""

from __future__ import annotations

from pathlib import Path

import pytest

import village
from sozialraum import workflow
from sozialraum.delineation import Edit, propose
from sozialraum.plans.drafts import state_id
from sozialraum.project import Project
from sozialraum.workflow.changes import comparison


def decided(folder: Path, people: int) -> Project:
    """Block C, with so many inhabitants, goes from area 1 to area 2, and that is decided."""
    blocks, municipality = village.village_blocks(), village.draw_municipality(low=300)
    blocks.loc[blocks["block_id"] == f"{village.AGS}-C", "population"] = people
    river = municipality[["name", "geometry"]].assign(kind="river")
    river["geometry"] = river.boundary
    project = Project.create(folder, name="Musterkreis")
    project.save_layers(municipality, blocks, river[["kind", "name", "geometry"]])
    plan = propose(blocks, municipality, title="Vorschlag", created="2026-01-15T10:00:00+00:00")
    project.save_plan(plan)
    step = Edit("move", area=str(plan.assignment[f"{village.AGS}-D"]), blocks=(f"{village.AGS}-C",), role="Planung")
    draft = workflow.begin_draft(project, village.AGS, role="Planung")
    draft, _plan = workflow.add_edit(project, draft.draft_id, state_id(draft), step)
    draft = workflow.submit_draft(project, draft.draft_id, state_id(draft), "Planung")
    workflow.adopt_draft(project, draft.draft_id, state_id(draft), "Rat", "2026-03-31", "Planung")
    return project


@pytest.mark.parametrize(("people", "told"), [(2, False), (300, True)])
def test_few_people_are_not_told(tmp_path: Path, people: int, told: bool) -> None:
    with decided(tmp_path / "p", people) as project:
        plan = project.plan()
        assert plan is not None
        page = comparison(project, plan)
    assert page is not None
    assert page.changes["population"].notna().all() == told
    assert (page.populations is not None) == told
