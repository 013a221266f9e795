"""Drafts, comments and groupings in the project file: whole, in order, and never written over."""

from dataclasses import replace

import pandas as pd
import pytest
from project_world import WHEN, full_project, new_project, village_plan

from sozialraum.base import UsageError
from sozialraum.delineation import Decision, Edit
from sozialraum.plans import StaleState, deciding, drafts, group_areas
from sozialraum.plans.drafts import state_id
from sozialraum.project import Project

AGS = "05999004"
BASE = village_plan()


def moved(letters: str, **fields) -> Edit:
    blocks = tuple(f"{AGS}-{letter}" for letter in letters)
    return Edit("move", area=f"{AGS}-02", blocks=blocks, **{"role": "Planung", "when": WHEN, "why": "Weg"} | fields)


@pytest.fixture
def project(tmp_path):
    with new_project(tmp_path / "p") as made:
        made.save_plan(BASE)
        yield made


@pytest.fixture
def draft(project):
    made = drafts.begin(BASE, AGS, title="Fassung 1", role="Planung", when=WHEN)
    project.save_draft(made)
    return made


def test_a_step_is_written_over_the_state_that_was_seen(project, draft):
    once = project.write_edit(draft.draft_id, state_id(draft), moved("g"))
    twice = project.write_edit(draft.draft_id, state_id(once), moved("h"))
    assert project.draft(draft.draft_id) == twice
    assert [edit.blocks for edit in twice.applied] == [(f"{AGS}-g",), (f"{AGS}-h",)]


def test_the_second_writer_sees_both_changes_and_nothing_is_written(project, draft):
    project.write_edit(draft.draft_id, state_id(draft), moved("g", role="Stadt"))
    with pytest.raises(StaleState) as stale:
        project.write_edit(draft.draft_id, state_id(draft), moved("h"))
    assert [edit.role for edit in stale.value.theirs] == ["Stadt"]
    assert stale.value.mine == moved("h")
    assert "nicht geschrieben" in str(stale.value)
    assert len(project.draft(draft.draft_id).edits) == 1


def test_the_second_writer_sees_what_was_taken_back(project, draft):
    once = project.write_edit(draft.draft_id, state_id(draft), moved("g"))
    project.move_position(draft.draft_id, state_id(once), -1)
    with pytest.raises(StaleState) as stale:
        project.write_edit(draft.draft_id, state_id(once), moved("h"))
    assert (stale.value.theirs, stale.value.undone) == ((), (moved("g"),))


def test_a_new_step_removes_what_was_taken_back(project, draft):
    once = project.write_edit(draft.draft_id, state_id(draft), moved("g"))
    back = project.move_position(draft.draft_id, state_id(once), -1)
    assert len(back.edits) == 1
    other = project.write_edit(draft.draft_id, state_id(back), moved("i"))
    assert project.draft(draft.draft_id).edits == other.edits == (moved("i"),)
    with pytest.raises(UsageError, match="wiederholen"):
        project.move_position(draft.draft_id, state_id(other), 1)


def test_drafts_of_a_municipality_in_their_order(project, draft):
    other = drafts.branch(draft, 0, "Fassung 2", "Planung", WHEN)
    project.save_draft(other)
    project.save_draft(replace(draft, title="Erste"))  # again: keeps its place
    assert [one.title for one in project.drafts(AGS)] == ["Erste", "Fassung 2"]
    assert project.drafts("05999008") == []
    with pytest.raises(UsageError, match="gibt es in diesem Projekt nicht"):
        project.draft("d404")
    with pytest.raises(UsageError, match="gibt es in diesem Projekt nicht"):
        project.save_draft(replace(draft, base="p404"))


@pytest.mark.parametrize(
    ("status", "says"), [("submitted", "eingereicht"), ("closed", "abgelegt"), ("adopted", "beschlossen")]
)
def test_a_draft_that_is_not_open_takes_no_step(project, draft, status, says):
    project.set_draft_status(draft.draft_id, status)
    with pytest.raises(UsageError, match=says):
        project.write_edit(draft.draft_id, state_id(draft), moved("g"))
    if status == "adopted":
        with pytest.raises(UsageError, match="beschlossen"):
            project.set_draft_status(draft.draft_id, "in_revision")
    else:
        assert project.set_draft_status(draft.draft_id, "in_revision").status == "in_revision"


def adopted(project, draft):
    once = project.write_edit(draft.draft_id, state_id(draft), moved("g"))
    ready = project.set_draft_status(draft.draft_id, "submitted")
    ballot = deciding.Ballot(ready, BASE, Decision("Rat", "2026-03-31"), "Planung")
    plan, former = deciding.adopt(
        [ballot], BASE, used=project.used_keys(), meaning=project.decided_areas(), when=WHEN
    )  # fmt: skip
    project.adopt_plan(plan, former=replace(former, status="superseded"), drafts={draft.draft_id: state_id(once)})
    return plan


def test_adopting_keeps_plan_former_plan_and_draft_in_one_act(project, draft):
    plan = adopted(project, draft)
    assert project.plan().plan_id == plan.plan_id
    assert project.plans()["status"].tolist() == ["superseded", "adopted"]
    kept = project.draft(draft.draft_id)
    assert (kept.status, kept.adopted_as) == ("adopted", plan.plan_id)
    assert project.decided_areas().keys() >= set(plan.areas["area_id"])
    assert project.used_keys()[AGS] >= {f"{AGS}-01", f"{AGS}-02", *plan.areas["area_id"]}


def test_adopting_over_another_state_writes_nothing(project, draft):
    plan = adopted(project, draft)
    late = drafts.begin(BASE, AGS, title="Fassung 2", role="Planung", when=WHEN)
    late = replace(late, draft_id="late", status="submitted")
    project.save_draft(late)
    with pytest.raises(StaleState):
        project.adopt_plan(plan.with_(title="Anderer"), drafts={"late": "another state"})
    assert project.plan().title == plan.title
    assert project.draft("late").status == "submitted"


def test_a_reason_is_internal_until_it_is_released_also_after_adoption(project, draft):
    plan = adopted(project, draft)
    assert [edit.public for edit in project.plan(plan.plan_id).edits] == [False, True]
    released = project.publish_reason(draft.draft_id, 1, True)
    assert released.edits[0].public
    assert state_id(released) == state_id(project.draft(draft.draft_id))
    assert project.plan(plan.plan_id).edits[0].public
    project.write_reason(draft.draft_id, 1, "Schulweg")
    assert project.plan(plan.plan_id).edits[0].why == "Schulweg"
    with pytest.raises(UsageError, match="Schritt 7"):
        project.publish_reason(draft.draft_id, 7, True)


def test_comments_are_kept_answered_and_reopened(project, draft):
    first = project.save_comment(
        draft_id=draft.draft_id, ags=AGS, area_id="a", x=1.5, y=2.5, text="Hier?", role="Stadt"
    )
    second = project.save_comment(ags=AGS, block_id=f"{AGS}-A", text="Schule", role="Kreis", when=WHEN)
    assert project.comments()["comment_id"].tolist() == [first, second] == ["c1", "c2"]
    assert project.comments(draft.draft_id)["text"].tolist() == ["Hier?"]
    assert pd.isna(project.comments()["x"][1])
    project.resolve_comment(first, answer="Ja", public=True)
    row = project.comments(draft.draft_id).iloc[0]
    assert (row["state"], row["answer"], bool(row["public"]), row["x"]) == ("resolved", "Ja", True, 1.5)
    project.resolve_comment(first, "open")
    assert project.comments(ags=AGS)["state"].tolist() == ["open", "open"]
    assert project.comments(draft.draft_id).iloc[0]["answer"] == "Ja"


@pytest.mark.parametrize(
    ("comment", "says"),
    [
        ({"text": " ", "role": "Stadt"}, "leer"),
        ({"text": "Hier", "role": ""}, "Rolle"),
        ({"text": "Hier", "role": "Stadt", "state": "gone"}, "offen oder erledigt"),
    ],
)
def test_an_incomplete_comment_is_refused(project, comment, says):
    with pytest.raises(UsageError, match=says):
        project.save_comment(**comment)
    assert project.comments().empty
    with pytest.raises(UsageError, match="gibt es nicht"):
        project.resolve_comment("c404")


def test_groupings_come_back_and_may_overlap(project):
    units = {f"{AGS}-01": "G1", f"{AGS}-02": "G2"}
    first = group_areas(BASE, units, grouping_id="a", title="Gespräche", ags=AGS, names={"G1": "Nord"})
    second = group_areas(BASE, dict.fromkeys(units, "Z"), grouping_id="b", title="Zuständigkeit")
    for one in (first, second, replace(first, title="Gespräche 2026")):
        project.save_grouping(one)
    back = project.groupings()
    assert [one.title for one in back] == ["Gespräche 2026", "Zuständigkeit"]
    pd.testing.assert_series_equal(back[0].assignment, first.assignment.sort_index(), check_index_type=False)
    assert dict(back[0].names) == {"G1": "Nord", "G2": "G2"}
    project.remove_grouping("a")
    assert [one.grouping_id for one in project.groupings()] == ["b"]
    with pytest.raises(UsageError, match="gibt es nicht"):
        project.remove_grouping("a")


def test_backup_and_restore_keep_reasons_and_comments(tmp_path):
    with full_project(tmp_path / "p") as project:
        base = project.plan()
        draft = drafts.begin(base, AGS, title="Fassung 1", role="Planung", when=WHEN)
        project.save_draft(draft)
        project.write_edit(draft.draft_id, state_id(draft), moved("g", why="vertraulich"))
        project.save_comment(draft_id=draft.draft_id, text="intern", role="Stadt")
        kept = project.draft(draft.draft_id)
    Project.backup(tmp_path / "p", tmp_path / "kept.zip")
    Project.restore(tmp_path / "kept.zip", tmp_path / "q")
    with Project.open(tmp_path / "q") as project:
        assert project.draft(draft.draft_id) == kept
        assert project.draft(draft.draft_id).edits[0].why == "vertraulich"
        assert project.comments()["text"].tolist() == ["intern"]
