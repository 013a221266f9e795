"""The way of a revision in the invented village: begin, change, take back, submit, decide, compare."""

import pytest

from sozialraum import workflow
from sozialraum.base import InputRefused, UsageError
from sozialraum.delineation import Decision, Edit, propose
from sozialraum.plans import StaleState
from sozialraum.plans.drafts import state_id
from sozialraum.plans.lineage import same_key_other_blocks
from sozialraum.project import Project
from village import AGS, draw_municipality, groups, village_blocks

WHEN = "2026-03-09T09:00:00+00:00"


@pytest.fixture(scope="module")
def proposal():
    municipality = draw_municipality(low=500)
    return propose(village_blocks(), municipality, title="Vorschlag", created="2026-01-15T10:00:00+00:00")


@pytest.fixture
def project(tmp_path, proposal):
    """Areas 1 (Altstadt, A-C), 2 (Nordfeld, D-F), 3 (Mühlweiler, J-L); 500 to 2,000 inhabitants allowed."""
    with Project.create(tmp_path / "p", name="Musterkreis") as made:
        municipality = draw_municipality(low=500)
        lines = municipality[["name", "geometry"]].assign(kind="river")
        lines["geometry"] = lines.boundary
        made.save_layers(municipality, village_blocks(), lines[["kind", "name", "geometry"]])
        made.save_plan(proposal)
        yield made


def area(plan, letter):
    return str(plan.assignment[f"{AGS}-{letter}"])


def moved(plan, to, letters, **fields):
    blocks = tuple(f"{AGS}-{letter}" for letter in letters)
    return Edit("move", area=area(plan, to), blocks=blocks, **{"role": "Planung", "why": "Bahnlinie"} | fields)


def split(plan, letters, **fields):
    blocks = tuple(f"{AGS}-{letter}" for letter in letters)
    return Edit(
        "split", area=area(plan, letters[0]), blocks=blocks, code="2b", rest_code="2a",
        rest_name="Nordfeld-West", role="Planung", **{"name": "Nordfeld-Ost", "why": "Zwei Milieus"} | fields,
    )  # fmt: skip


def ready(project, *edits):
    """A submitted draft with these steps."""
    draft = workflow.begin_draft(project, AGS, role="Planung", when=WHEN)
    for edit in edits:
        draft, _plan = workflow.add_edit(
            project, draft.draft_id, state_id(draft), edit(workflow.state_of(project, draft))
        )
    return workflow.submit_draft(project, draft.draft_id, state_id(draft), "Planung")


def adopted(project, draft):
    return workflow.adopt_draft(project, draft.draft_id, state_id(draft), "Rat der Stadt", "2026-03-31", "Planung")


def test_from_draft_to_decision(project):
    before = project.plan()
    draft = workflow.begin_draft(project, AGS, role="Planung")
    assert draft.title == "Fassung 1"
    draft, plan = workflow.add_edit(project, draft.draft_id, state_id(draft), split(before, "EF"))
    assert plan.areas["code"].tolist() == ["1", "2a", "2b", "3"]
    step = draft.edits[0]
    assert step.into == f"{AGS}~1"
    assert step.when
    assert [(one["code"], one["people_after"]) for one in step.effect["areas"]] == [("2a", 600), ("2b", 900)]
    assert not any("profile" in one for one in step.effect["areas"])
    draft = workflow.submit_draft(project, draft.draft_id, state_id(draft), "Planung")
    after = adopted(project, draft)
    assert (after.status, after.valid_from) == ("adopted", "2026-03-31")
    assert after.decisions == {AGS: Decision("Rat der Stadt", "2026-03-31")}
    assert after.areas["area_id"].tolist() == [f"{AGS}-01", f"{AGS}-02a", f"{AGS}-02b", f"{AGS}-03"]
    assert project.plan(before.plan_id).status == "proposal"  # it is published beside what was decided
    with pytest.raises(UsageError, match="steht fest"):
        after.apply(moved(after, "A", "D"))
    with pytest.raises(UsageError, match="beschlossen"):
        workflow.add_edit(project, draft.draft_id, state_id(draft), moved(plan, "A", "D"))
    assert Project.check(project.folder) == []


def test_the_second_decision_supersedes_the_first(project):
    first = adopted(project, ready(project, lambda plan: split(plan, "EF")))
    draft = ready(project, lambda plan: moved(plan, "D", "A"))
    second = workflow.adopt_draft(project, draft.draft_id, state_id(draft), "Rat der Stadt", "2026-06-30", "Planung")
    overview = project.plans()[["plan_id", "status", "valid_from", "valid_to"]].values.tolist()
    assert overview[1:] == [
        [first.plan_id, "superseded", "2026-03-31", "2026-06-30"],
        [second.plan_id, "adopted", "2026-06-30", ""],
    ]
    assert set(second.areas["area_id"]) & set(first.areas["area_id"]) == {f"{AGS}-02b", f"{AGS}-03"}


def test_taking_back_gives_the_identical_plan(project):
    draft = workflow.begin_draft(project, AGS, role="Planung")
    start = workflow.state_of(project, draft)
    for edit in (split(start, "EF"), moved(start, "A", "D")):
        draft, plan = workflow.add_edit(project, draft.draft_id, state_id(draft), edit)
    draft, back = workflow.undo(project, draft.draft_id, state_id(draft), 2)
    assert back.assignment.equals(start.assignment)
    assert back.areas.equals(start.areas)
    assert back.plan_id == start.plan_id
    draft, again = workflow.redo(project, draft.draft_id, state_id(draft), 2)
    assert groups(again.assignment) == groups(plan.assignment)
    assert again.plan_id == plan.plan_id


REFUSED = [
    # what was done, what the refusal says
    ("an area of one block across the fields", lambda plan: moved(plan, "A", "K"), "getrennten Teilen"),
    ("too few inhabitants", lambda plan: split(plan, "F"), "400 Einwohnerinnen und Einwohner, erlaubt sind 500"),
    ("too many inhabitants", lambda plan: moved(plan, "A", "DEF"), "2.700 Einwohnerinnen und Einwohner"),
    ("a name twice", lambda plan: split(plan, "EF", name="Altstadt"), "„Altstadt“ 2-mal"),
]


@pytest.mark.parametrize(("case", "edit", "says"), REFUSED, ids=[row[0] for row in REFUSED])
def test_a_broken_rule_can_be_kept_as_a_draft_but_never_adopted(project, case, edit, says):
    draft = ready(project, edit)
    with pytest.raises(InputRefused) as refused:
        adopted(project, draft)
    assert says in str(refused.value).replace("\u202f", ".").replace("\xa0", " ")
    assert project.draft(draft.draft_id).status == "submitted"
    assert len(project.plans()) == 1


def test_all_reasons_come_at_once(project):
    draft = workflow.begin_draft(project, AGS, role="Planung")
    draft, _plan = workflow.add_edit(project, draft.draft_id, state_id(draft), moved(project.plan(), "A", "K"))
    with pytest.raises(InputRefused) as refused:
        workflow.adopt_draft(project, draft.draft_id, state_id(draft), " ", "31.03.2026", "Planung")
    said = str(refused.value)
    for text in ("welches Gremium", "kein Datum", "noch nicht eingereicht", "getrennten Teilen"):
        assert text in said


def test_two_desks(project):
    draft = workflow.begin_draft(project, AGS, role="Planung")
    plan = project.plan()
    workflow.add_edit(project, draft.draft_id, state_id(draft), moved(plan, "A", "D", role="Stadt"))
    with pytest.raises(StaleState) as stale:
        workflow.add_edit(project, draft.draft_id, state_id(draft), moved(plan, "A", "E"))
    assert [edit.role for edit in stale.value.theirs] == ["Stadt"]
    assert stale.value.mine.blocks == (f"{AGS}-E",)
    with pytest.raises(StaleState):
        workflow.submit_draft(project, draft.draft_id, state_id(draft), "Planung")


def test_nobody_decides_over_a_decision_taken_meanwhile(project):
    one = ready(project, lambda plan: split(plan, "EF"))
    other = ready(project, lambda plan: moved(plan, "A", "D"))
    adopted(project, one)
    with pytest.raises(InputRefused, match="inzwischen ein anderer beschlossener Plan"):
        adopted(project, other)


def test_names_only_where_the_project_allows_them(project):
    draft = workflow.begin_draft(project, AGS, role="Planung")
    edit = moved(project.plan(), "A", "D", person="Erika Muster")
    with pytest.raises(UsageError, match="keine Namen"):
        workflow.add_edit(project, draft.draft_id, state_id(draft), edit)
    project.settings["names_allowed"] = True
    draft, _plan = workflow.add_edit(project, draft.draft_id, state_id(draft), edit)
    assert draft.edits[0].person == "Erika Muster"


@pytest.mark.parametrize("role", ["", "  "])
def test_a_role_is_needed_for_every_act(project, role):
    draft = workflow.begin_draft(project, AGS, role="Planung")
    acts = [
        lambda: workflow.begin_draft(project, AGS, role=role),
        lambda: workflow.branch_draft(project, draft.draft_id, 0, role=role),
        lambda: workflow.add_edit(project, draft.draft_id, state_id(draft), moved(project.plan(), "A", "D", role=role)),
        lambda: workflow.submit_draft(project, draft.draft_id, state_id(draft), role),
        lambda: workflow.adopt_draft(project, draft.draft_id, state_id(draft), "Rat", "2026-03-31", role),
        lambda: workflow.decide_plan(project, {AGS: Decision("Rat", "2026-03-31")}, role),
    ]
    for act in acts:
        with pytest.raises(UsageError, match="Rolle"):
            act()
    assert project.draft(draft.draft_id) == draft


def test_a_proposal_is_adopted_as_it_is(project):
    proposal = project.plan()
    plan = workflow.decide_plan(project, {AGS: Decision("Rat der Stadt", "2026-02-03")}, "Planung")
    assert (plan.plan_id, plan.status, plan.valid_from) == (proposal.plan_id, "adopted", "2026-02-03")
    assert plan.assignment.equals(proposal.assignment)
    assert len(project.plans()) == 1
    with pytest.raises(UsageError, match="schon beschlossen"):
        workflow.decide_plan(project, {AGS: Decision("Rat", "2026-02-04")}, "Planung")


def test_compare_prints_only_released_reasons(project):
    old = project.plan()
    draft = ready(project, lambda plan: split(plan, "EF"), lambda plan: moved(plan, "D", "A", why="Bolzplatz"))
    new = adopted(project, draft)
    silent = workflow.compare_plans(project, old.plan_id, new.plan_id)
    assert set(silent.moved["why"]) == {""}
    project.publish_reason(draft.draft_id, 1, True)
    told = workflow.compare_plans(project, old.plan_id, new.plan_id)
    assert set(told.moved["why"]) == {"Zwei Milieus", ""}
    (town,) = told.towns
    assert (town.areas_before, town.areas_after, town.changed) == (3, 4, True)
    rows = told.moved.groupby(["from_code", "to_code"])["block_id"].agg(lambda ids: "".join(sorted(ids.str[-1])))
    assert {pair: letters.strip("ghi") for pair, letters in rows.items()} == {
        ("1", "2a"): "A", ("2", "2a"): "D", ("2", "2b"): "EF",
    }  # fmt: skip
    assert town.persons_moved == 500 + 1500
    assert (town.likeness_before, town.likeness_after) == (98.9, 83.3)  # a block of the old town among the estate
    assert told.to_json()["lineage"] == told.lineage.to_dict("records")


def test_a_draft_is_compared_by_its_present_state(project):
    draft = workflow.begin_draft(project, AGS, role="Planung")
    plan = project.plan()
    same = workflow.compare_plans(project, plan.plan_id, draft.draft_id)
    assert set(same.lineage["kind"]) == {"U"}
    assert same.moved.empty
    draft, _plan = workflow.add_edit(project, draft.draft_id, state_id(draft), split(plan, "EF"))
    found = workflow.compare_plans(project, plan.plan_id, draft.draft_id)
    rows = [tuple(row) for row in found.lineage[["old_code", "new_code", "kind", "persons"]].itertuples(index=False)]
    assert ("2", "2a", "S", 600) in rows
    assert ("2", "2b", "S", 900) in rows
    with pytest.raises(UsageError, match="weder ein Planstand noch eine Fassung"):
        workflow.compare_plans(project, plan.plan_id, "nichts")


def test_the_history_says_what_was_done_by_whom_and_why(project):
    draft = ready(project, lambda plan: split(plan, "EF"))
    project.publish_reason(draft.draft_id, 1, True)
    adopted(project, project.draft(draft.draft_id))
    said = "\n".join(workflow.plan_log(project)).replace("\xa0", " ")
    assert "2 Nordfeld geteilt in 2a Nordfeld-West und 2b Nordfeld-Ost (2 Bausteine)" in said
    assert "Grund (zur Veröffentlichung): Zwei Milieus" in said
    assert "Beschlossen: Rat der Stadt, 31.03.2026" in said


def test_a_proposal_for_another_municipality_keeps_what_was_decided_and_the_next_decision_supersedes_it(project):
    """A new proposal is computed after the decision; the adopted plan stays in force until the next decision."""
    first = adopted(project, ready(project, lambda plan: split(plan, "EF")))
    again = workflow.propose(project, AGS, areas=3, created="2026-05-01T10:00:00+00:00")
    assert again.decisions == {}  # its areas are others, so nobody decided on them
    assert project.plan(first.plan_id).status == "adopted"
    draft = ready(project)
    second = workflow.adopt_draft(project, draft.draft_id, state_id(draft), "Rat der Stadt", "2026-06-30", "Planung")
    status = dict(zip(project.plans()["plan_id"], project.plans()["status"], strict=True))
    assert status[first.plan_id] == "superseded"
    assert status[again.plan_id] == "proposal"
    assert status[second.plan_id] == "adopted"
    # the proposal numbered its second area 02 as the very first plan did: same blocks, so the same key is right
    for plan in (first, second):
        for other in (first, second):
            assert same_key_other_blocks(plan, other) == []


def test_a_new_proposal_keeps_what_was_decided(project):
    draft = ready(project, lambda plan: moved(plan, "A", "D"))
    decided = workflow.adopt_draft(project, draft.draft_id, state_id(draft), "Rat der Stadt", "2026-03-31", "Planung")
    again = workflow.propose(project)
    assert again.assignment.to_dict() == decided.assignment.to_dict()
    assert again.decisions == {AGS: Decision("Rat der Stadt", "2026-03-31")}
    assert list(again.areas["name"]) == list(decided.areas["name"])
