"""Alternatives are kept in the project with their wishes, and one of them can be taken."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from sozialraum import workflow
from sozialraum.base import InputRefused, UsageError
from sozialraum.delineation import Wishes
from sozialraum.project import Project
from village import AGS, EAST, NORTH, draw_blocks, draw_municipality, village_blocks

NEIGHBOUR = "05999008"
WISHES = Wishes(areas=(3, 4), weights={"social": 2.0})


def fill(project: Project, blocks: gpd.GeoDataFrame | None = None) -> None:
    blocks = (
        pd.concat([village_blocks(), draw_blocks("AB", {"A": 800, "B": 900}, ags=NEIGHBOUR)])
        if blocks is None
        else blocks
    )
    towns = pd.concat([draw_municipality(), draw_municipality("AB", ags=NEIGHBOUR, name="Kleinau", areas=2)])
    river = shapely.LineString([(EAST, NORTH - 200), (EAST + 600, NORTH - 200)])
    lines = gpd.GeoDataFrame({"kind": ["river"], "name": ["Inde"]}, geometry=[river], crs="EPSG:25832")
    project.save_layers(towns[towns["ags"].isin(blocks["municipality"])], blocks, lines)


@pytest.fixture
def project(tmp_path: Path):
    with Project.create(tmp_path / "p", name="Kreis") as made:
        fill(made)
        yield made


def test_nothing_was_suggested_yet(project):
    assert workflow.suggestions(project, AGS) is None
    assert workflow.first_wishes(project, AGS).areas == 3


def test_suggestions_survive_a_restart(project):
    found = workflow.suggest(project, AGS, WISHES)
    project.close()
    with Project.open(project.folder) as again:
        wishes, stored = workflow.suggestions(again, AGS)
    assert wishes == WISHES
    assert [(one.key, one.sentence, one.labels) for one in stored] == [
        (one.key, one.sentence, one.labels) for one in found
    ]
    assert workflow.suggestions(project, NEIGHBOUR) is None


def test_new_blocks_make_suggestions_void(project):
    workflow.suggest(project, AGS, WISHES)
    blocks = project.blocks()
    fill(project, blocks.assign(population=blocks["population"] + 1))
    assert workflow.suggestions(project, AGS) is None


def test_taking_one_changes_this_municipality_only(project):
    before = workflow.propose(project)
    found = workflow.suggest(project, AGS, WISHES)
    last = found[-1]
    plan = workflow.take(project, AGS, last.key, when="2026-02-01T10:00:00")
    assert project.plan().plan_id == plan.plan_id
    assert (plan.parent, plan.created) == (before.plan_id, "2026-02-01T10:00:00")
    assert (plan.areas["municipality"] == AGS).sum() == last.figures.areas
    other = plan.assignment.index.str.startswith(NEIGHBOUR)
    assert plan.assignment[other].to_dict() == before.assignment[other].to_dict()
    code = plan.areas.set_index("area_id")["code"]
    own = plan.assignment[~other]
    assert {block: code[area] for block, area in own.items()} == last.labels


def test_without_other_areas_there_is_nothing_to_put_it_into(project):
    workflow.suggest(project, AGS, WISHES)
    with pytest.raises(InputRefused, match="noch keine Gebiete"):
        workflow.take(project, AGS, "a", when="2026-02-01")


def test_in_a_project_of_one_municipality_it_is_the_first_plan(tmp_path):
    with Project.create(tmp_path / "one", name="Stadt") as made:
        fill(made, village_blocks())
        workflow.suggest(made, AGS, WISHES)
        assert workflow.take(made, AGS, "a", when="2026-02-01").parent == ""


WRONG = [
    (lambda project: workflow.take(project, AGS, "z", when=""), "Den Vorschlag „z“ gibt es für diese Gemeinde nicht"),
    (lambda project: workflow.take(project, "05000000", "a", when=""), "Die Gemeinde „05000000“ gibt es"),
    (lambda project: workflow.suggest(project, "05000000", WISHES), "Die Gemeinde „05000000“ gibt es"),
]


@pytest.mark.parametrize(("call", "sentence"), WRONG)
def test_what_is_not_there_is_named(project, call, sentence):
    with pytest.raises(UsageError, match=sentence):
        call(project)


def test_the_step_of_areas_says_when_the_blocks_have_changed(project):
    workflow.propose(project)
    assert workflow.state(project)[0].points == ("Vorschlag, noch nicht beschlossen",)
    blocks = project.blocks()
    fill(project, blocks.assign(population=blocks["population"] + (blocks["municipality"] == AGS)))
    project_points = workflow.state(project)[0].points
    assert "Musterdorf: Die Angaben haben sich seit dem Vorschlag geändert." in project_points
    assert not any(point.startswith("Kleinau") for point in project_points)


def test_one_proposal_for_all_takes_the_wishes_and_the_agreed_numbers(project):
    plan = workflow.propose(project, wishes=Wishes(compactness=4.0))
    rule = plan.parameters["municipalities"]
    assert {ags: rule[ags]["areas"] for ags in rule} == {AGS: 3, NEIGHBOUR: 2}
    assert {rule[ags]["wishes"]["compactness"] for ags in rule} == {4.0}
    assert len(workflow.propose(project, AGS, (4, 5)).areas) == 6
