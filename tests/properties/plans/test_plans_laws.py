"""Laws of a revision: nothing is lost, taking back leads back, and a key means the same blocks for ever."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plan_edits import AGS, BLOCKS, WHEN, plain_plan, possible_step
from sozialraum.base import UsageError
from sozialraum.delineation import Decision, Edit, Plan, begin_revision
from sozialraum.plans import deciding, drafts, lineage, moved_blocks
from sozialraum.plans.drafts import Draft, StaleState, state_id
from sozialraum.plans.lineage import same_key_other_blocks
from sozialraum.plans.moved import area_sets
from sozialraum.project import remarks, revisions
from sozialraum.project.plans import read_plan, write_plan
from sozialraum.project.store import open_engine, reading, writing
from sozialraum.project.tables import METADATA

SOME = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FEW = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def same_plan(one: Plan, other: Plan) -> None:
    pd.testing.assert_series_equal(one.assignment, other.assignment)
    pd.testing.assert_frame_equal(one.areas, other.areas)
    assert (one.plan_id, one.locks, one.edits, one.decisions) == (
        other.plan_id, other.locks, other.edits, other.decisions,
    )  # fmt: skip


def revised(data: st.DataObject, base: Plan, most: int = 6) -> Draft:
    """A draft with some random steps."""
    draft = drafts.begin(base, AGS, title="Fassung", role="Planung", when=WHEN)
    for _step in range(data.draw(st.integers(1, most))):
        found = possible_step(data, drafts.state(draft, base))
        if found is not None:
            draft = drafts.add(draft, found[0])
    return draft


@SOME
@given(st.data())
def test_no_step_loses_or_doubles_a_block(data):
    plan = begin_revision(plain_plan(), AGS, WHEN)
    for _step in range(6):
        found = possible_step(data, plan)
        if found is None:
            continue
        plan = found[1]
        assert tuple(plan.assignment.index) == BLOCKS
        assert plan.assignment.index.is_unique
        assert set(plan.assignment) == set(plan.areas["area_id"])
        assert plan.areas["area_id"].is_unique
        assert plan.areas["code"].is_unique


@SOME
@given(st.data())
def test_a_step_changes_neither_the_plan_before_nor_what_it_does_not_name(data):
    plan = begin_revision(plain_plan(), AGS, WHEN)
    before = (plan.assignment.copy(), plan.areas.copy(), plan.locks, plan.edits)
    found = possible_step(data, plan)
    if found is None:
        return
    edit, after = found
    pd.testing.assert_series_equal(plan.assignment, before[0])
    pd.testing.assert_frame_equal(plan.areas, before[1])
    assert (plan.locks, plan.edits) == before[2:]
    changed = set(plan.assignment.index[(plan.assignment != after.assignment).to_numpy()])
    named = set(edit.blocks) if edit.kind != "merge" else set(plan.assignment.index[plan.assignment == edit.area])
    assert changed <= named
    assert not changed & plan.locks


@SOME
@given(st.data())
def test_undo_to_the_start_gives_the_identical_plan_and_redo_the_identical_end(data):
    base = plain_plan()
    empty = drafts.begin(base, AGS, title="Fassung", role="Planung", when=WHEN)
    draft = revised(data, base)
    end, number = drafts.state(draft, base), draft.position
    start = draft
    for _step in range(number):
        start = drafts.undo(start)
    same_plan(drafts.state(start, base), drafts.state(empty, base))
    pd.testing.assert_series_equal(drafts.state(start, base).assignment, base.assignment)
    pd.testing.assert_frame_equal(drafts.state(start, base).areas, base.areas)
    assert state_id(start) == state_id(empty)
    again = drafts.redo(start, number) if number else start
    same_plan(drafts.state(again, base), end)
    assert state_id(again) == state_id(draft)


@SOME
@given(st.data())
def test_step_by_step_and_all_at_once_are_the_same(data):
    base = plain_plan()
    draft = revised(data, base)
    plan = begin_revision(base, AGS, WHEN, "Fassung")
    for edit in draft.applied:
        plan = plan.apply(edit)
    same_plan(plan, drafts.state(draft, base))


@SOME
@given(st.data())
def test_the_same_steps_have_the_same_state_and_reasons_do_not_count(data):
    base = plain_plan()
    draft = revised(data, base)
    other = drafts.begin(base, AGS, title="Andere", role="Stadt", when="2026-02-01")
    for edit in draft.applied:
        other = drafts.add(other, replace(edit, why="anders begründet", public=True, effect={"x": 1}))
    assert state_id(other) == state_id(draft)
    ids = drafts.state_ids(draft)
    assert len(set(ids)) == len(ids)


@SOME
@given(st.data())
def test_an_edit_goes_through_json_unchanged(data):
    draft = revised(data, plain_plan())
    for edit in draft.edits:
        assert Edit.from_json(edit.to_json()) == edit


@SOME
@given(st.data())
def test_a_branch_shares_the_beginning_and_leaves_the_first_draft(data):
    base = plain_plan()
    draft = revised(data, base)
    at = data.draw(st.integers(0, draft.position))
    twig = drafts.branch(draft, at, "Zweig", "Planung", WHEN)
    assert state_id(twig) == drafts.state_ids(draft)[at]
    assert (twig.branch_of, twig.branch_at, twig.edits) == (draft.draft_id, at, draft.edits[:at])
    found = possible_step(data, drafts.state(twig, base))
    if found:
        assert drafts.add(twig, found[0]).edits[:at] == draft.edits[:at]


@SOME
@given(st.data())
def test_lineage_counts_every_block_once(data):
    old = plain_plan()
    new = drafts.state(revised(data, old), old)
    rows = lineage(old, new, dict.fromkeys(BLOCKS, 1))
    assert rows["blocks"].sum() == rows["persons"].sum() == len(BLOCKS)
    assert not rows.duplicated(["old_id", "new_id"]).any()
    sets_old, sets_new = area_sets(old), area_sets(new)
    for row in rows.to_dict("records"):
        before, after = sets_old[row["old_id"]], sets_new[row["new_id"]]
        assert row["blocks"] == len(before & after)
        wanted = "U" if before == after else None
        if wanted is None:
            parts = [own for own in sets_new.values() if own & before]
            origins = [own for own in sets_old.values() if own & after]
            wanted = "S" if all(p <= before for p in parts) else "M" if all(o <= after for o in origins) else "X"
        assert row["kind"] == wanted


@SOME
@given(st.data())
def test_moved_blocks_lie_in_changed_areas_and_none_with_another_code_is_left_out(data):
    old = plain_plan()
    draft = revised(data, old)
    new = drafts.state(draft, old)
    moved = moved_blocks(old, new, {}, draft.applied)
    kept = {block for own in set(area_sets(old).values()) & set(area_sets(new).values()) for block in own}
    codes = [one.assignment.map(one.areas.set_index("area_id")["code"]) for one in (old, new)]
    other_code = set(codes[0].index[(codes[0] != codes[1]).to_numpy()])
    other_key = set(old.assignment.index[(old.assignment != new.assignment).to_numpy()])
    assert moved["block_id"].is_unique
    assert not set(moved["block_id"]) & kept
    assert (other_code & other_key) - kept <= set(moved["block_id"])
    assert not (moved["why"] != "").any()  # nothing was released


@SOME
@given(st.data())
def test_keys_are_never_given_twice(data):
    """Several adoptions in a row, some of them going back to an earlier cut."""
    plan = deciding.decide(plain_plan(), {AGS: Decision("Rat", "2026-01-31")})
    history = [plan]
    used, meaning = set(plan.areas["area_id"]), dict(area_sets(plan))
    for round_ in range(4):
        draft = replace(revised(data, plan, most=4), status="submitted")
        ballot = deciding.Ballot(draft, plan, Decision("Rat", f"2026-0{round_ + 2}-01"), "Planung")
        plan, former = deciding.adopt([ballot], plan, used={AGS: used}, meaning=meaning, when=WHEN)
        assert former.status == "superseded"
        assert former.valid_to == plan.valid_from
        assert not any("~" in key for key in plan.areas["area_id"])
        used |= set(plan.areas["area_id"])
        for key, own in area_sets(plan).items():
            assert meaning.setdefault(key, own) == own
        history.append(plan)
    for place, one in enumerate(history):
        for other in history[place + 1 :]:
            assert same_key_other_blocks(one, other) == []
    for one, other in pairwise(history):
        before = {own: key for key, own in area_sets(one).items()}
        for key, own in area_sets(other).items():
            assert before.get(own, key) == key  # the same blocks keep their key


@pytest.fixture(scope="module")
def engine():
    with tempfile.TemporaryDirectory() as place:
        made = open_engine(Path(place) / "project.gpkg", "rwc")
        with writing(made) as connection:
            METADATA.create_all(connection)
        yield made


@FEW
@given(data=st.data())
def test_stale_writers_never_lose_an_edit(engine, data):
    """Two desks write in turn, each over the state it last saw; every step that was accepted is there."""
    base = plain_plan(title=data.draw(st.text("abc", min_size=8, max_size=8)))
    draft = drafts.begin(base, AGS, title="Fassung", role="Planung", when=WHEN)
    with writing(engine) as connection:
        write_plan(connection, base)
        revisions.write_draft(connection, draft)
    seen = {"a": draft, "b": draft}
    expected: tuple[Edit, ...] = ()
    for _turn in range(8):
        desk = data.draw(st.sampled_from("ab"))
        mine = seen[desk]
        found = possible_step(data, drafts.state(mine, base))
        if found is None:
            continue
        if len(mine.applied) < len(expected):
            with pytest.raises(StaleState) as stale, writing(engine) as connection:
                revisions.write_edit(connection, draft.draft_id, state_id(mine), found[0])
            assert stale.value.mine == found[0]
            assert stale.value.theirs == expected[mine.position :]
            with reading(engine) as connection:
                seen[desk] = revisions.read_draft(connection, draft.draft_id)
        else:
            with writing(engine) as connection:
                seen[desk] = revisions.write_edit(connection, draft.draft_id, state_id(mine), found[0])
            expected = (*expected, found[0])
        with reading(engine) as connection:
            stored = revisions.read_draft(connection, draft.draft_id)
        assert stored.applied == expected
        drafts.state(stored, base)


@FEW
@given(data=st.data())
def test_drafts_and_plans_come_back_as_they_went_in(engine, data):
    base = plain_plan(title=data.draw(st.text("abc", min_size=8, max_size=8)))
    draft = revised(data, base)
    by = data.draw(st.integers(0, draft.position))
    draft = drafts.undo(draft, by) if by else draft
    state = drafts.state(draft, base)
    with writing(engine) as connection:
        write_plan(connection, base)
        revisions.write_draft(connection, draft)
        write_plan(connection, state)
        remarks.write_comment(connection, {"draft_id": draft.draft_id, "text": "Hier?", "role": "Stadt"})
    with reading(engine) as connection:
        assert revisions.read_draft(connection, draft.draft_id) == draft
        back = read_plan(connection, state.plan_id)
    assert back is not None
    assert (back.edits, back.locks, back.status) == (state.edits, state.locks, "in_revision")
    assert back.assignment.to_dict() == state.assignment.to_dict()


@SOME
@given(st.data())
def test_what_cannot_be_changes_nothing(data):
    plan = begin_revision(plain_plan(), AGS, WHEN)
    for _step in range(3):
        found = possible_step(data, plan)
        plan = plan if found is None else found[1]
    draft_state = (plan.assignment.copy(), plan.areas.copy())
    for wrong in (
        Edit("move", area="05999004-99", blocks=(BLOCKS[0],), role="Planung"),
        Edit("move", area=str(plan.areas["area_id"].iloc[0]), blocks=("x",), role="Planung"),
        Edit("merge", area=str(plan.areas["area_id"].iloc[0]), into="05999004-99", role="Planung"),
    ):
        with pytest.raises(UsageError):
            plan.apply(wrong)
    pd.testing.assert_series_equal(plan.assignment, draft_state[0])
    pd.testing.assert_frame_equal(plan.areas, draft_state[1])
