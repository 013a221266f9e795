"""Plans are kept as assignments; what is drawn is made from them."""

import pandas as pd
import pytest
import sqlalchemy as sa
from project_world import TWO_HALVES, WHEN, full_project, new_project, village_plan

import village
from sozialraum.base import UsageError
from sozialraum.delineation import Decision, Edit, make_plan
from sozialraum.project import Project


def revised(plan):
    moved = Edit(
        kind="move", area="05999004-02", blocks=("05999004-g", "05999004-h"), why="Bolzplatz", role="Planung", when=WHEN
    )
    assignment = plan.assignment.copy()
    assignment[list(moved.blocks)] = "05999004-02"
    return make_plan(
        assignment, plan.areas, title="Beschluss", created=WHEN, parent=plan.plan_id, status="adopted", edits=[moved],
        decisions={"05999004": Decision("Rat der Stadt", "2026-03-17")}, locks=["05999004-a"], valid_from="2026-03-17",
    )  # fmt: skip


def test_a_plan_comes_back_as_it_went_in(tmp_path):
    first = village_plan()
    second = revised(first)
    with new_project(tmp_path / "p") as project:
        project.save_plan(first)
        project.save_plan(second)
        back = project.plan(second.plan_id)
    pd.testing.assert_series_equal(back.assignment, second.assignment, check_dtype=False, check_index_type=False)
    pd.testing.assert_frame_equal(back.areas, second.areas, check_dtype=False)
    assert (back.edits, back.decisions, back.locks) == (second.edits, second.decisions, second.locks)
    assert (back.valid_from, back.valid_to) == ("2026-03-17", "")
    assert (back.title, back.status, back.parent, back.created) == ("Beschluss", "adopted", first.plan_id, WHEN)
    assert back.parameters == second.parameters


def test_the_plan_saved_last_is_current_until_another_is_chosen(tmp_path):
    first = village_plan()
    second = revised(first)
    with new_project(tmp_path / "p") as project:
        project.save_plan(first)
        project.save_plan(second)
        assert project.plan().plan_id == second.plan_id
        project.make_current(first.plan_id)
        assert project.plan().plan_id == first.plan_id
        overview = project.plans()
    assert overview["current"].tolist() == [True, False]
    assert overview["areas"].tolist() == [2, 2]


def test_an_unknown_plan_is_said(tmp_path):
    with new_project(tmp_path / "p") as project:
        for ask in (project.plan, project.make_current):
            with pytest.raises(UsageError, match="gibt es in diesem Projekt nicht"):
                ask("p404")


def test_the_same_plan_again_may_change_title_but_not_areas(tmp_path):
    plan = village_plan()
    other = village_plan(assignment=TWO_HALVES | {"i": "05999004-02"})
    with new_project(tmp_path / "p") as project:
        project.save_plan(plan)
        object.__setattr__(plan, "status", "adopted")
        project.save_plan(plan)
        assert project.plans()["status"].tolist() == ["adopted"]
        object.__setattr__(other, "plan_id", plan.plan_id)
        with pytest.raises(ValueError, match="needs a new plan_id"):
            project.save_plan(other)


@pytest.mark.parametrize("fault", ["a block without area", "a block too many", "an area nobody described"])
def test_a_plan_has_to_cover_every_block_once(tmp_path, fault):
    plan = village_plan()
    broken = {
        "a block without area": plan.assignment.iloc[1:],
        "a block too many": pd.concat([plan.assignment, pd.Series({"05999004-Z": "05999004-01"})]),
        "an area nobody described": plan.assignment.replace("05999004-02", "05999004-03"),
    }
    object.__setattr__(plan, "assignment", broken[fault])
    with new_project(tmp_path / "p") as project, pytest.raises(ValueError, match="plan"):
        project.save_plan(plan)


def test_the_drawn_layer_is_never_read_back(tmp_path):
    """Someone moves the drawn areas in another program: the plan stands, check tells, drawing anew heals."""
    plan = village_plan()
    with full_project(tmp_path / "p") as project:
        truth = project.areas()
        engine = sa.create_engine(f"sqlite:///{tmp_path / 'p' / 'project.gpkg'}")
        with engine.begin() as connection:
            connection.exec_driver_sql(f"UPDATE areas_{plan.plan_id} SET area_id = 'x', population = 1")
        assert project.areas().equals(truth)
        assert project.areas()["area_id"].tolist() == ["05999004-01", "05999004-02"]
        (found,) = Project.check(tmp_path / "p")
        assert "passen nicht zum Planstand" in found.what
        project.draw_areas()
    assert Project.check(tmp_path / "p") == []


def test_plan_keys_become_layer_names_that_do_not_collide(tmp_path):
    first, second = village_plan("eins"), village_plan("zwei", TWO_HALVES | {"i": "05999004-02"})
    object.__setattr__(first, "plan_id", "Entwurf 1/2")
    object.__setattr__(second, "plan_id", "Entwurf 1-2")
    with new_project(tmp_path / "p") as project:
        project.save_plan(first)
        project.save_plan(second)
        assert project.plans()["layer"].tolist() == ["areas_Entwurf_1_2", "areas_Entwurf_1_2_2"]
        assert project.plan("Entwurf 1/2").assignment.to_dict() == first.assignment.to_dict()
    assert Project.check(tmp_path / "p") == []


def test_areas_of_the_village_are_the_union_of_their_blocks(tmp_path):
    with full_project(tmp_path / "p") as project:
        areas = project.areas()
    blocks = village.village_blocks()
    assert areas.geometry.area.sum() == blocks.geometry.area.sum()
    assert areas["population"].sum() == blocks["population"].sum()
