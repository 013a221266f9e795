"""Deliveries and plans across versions of the blocks, where the two parts of a block lie in different areas."""

import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
import shapely

import village
from sozialraum import workflow
from sozialraum.base import InputRefused
from sozialraum.delineation import Edit, make_plan
from sozialraum.indicators import carry
from sozialraum.project import Project
from sozialraum.workflow.versions import by_any_version, observations_for, on_blocks_of

sys.path.insert(0, str(Path(__file__).parents[1] / "project"))
from project_world import WHEN, new_project, village_plan, write_delivery

A = f"{village.AGS}-A"
EDITION = "2025-12-31"


@pytest.fixture
def project(tmp_path: Path):  # type: ignore[no-untyped-def]
    """Block A was divided at a quarter of its ground, and its southern part then moved to area 2."""
    with new_project(tmp_path / "p", editions=[EDITION]) as opened:
        opened.save_plan(village_plan())
        opened.add_delivery(write_delivery(tmp_path), counts(), WHEN)
        y = village.NORTH - 50
        workflow.divide_block(
            opened, A, shapely.LineString([(village.EAST - 9, y), (village.EAST + 209, y)]), "Fachstelle"
        )  # fmt: skip
        plan = opened.plan()
        moved = plan.assignment.to_dict() | {f"{A}.2": f"{village.AGS}-02"}
        opened.save_plan(make_plan(moved, plan.areas, title="Danach", created=WHEN, parent=plan.plan_id))
        yield opened


def counts():  # type: ignore[no-untyped-def]
    """Households: 101 in A, 10 in every other block."""
    from sozialraum import deliveries
    from sozialraum.deliveries import Reading

    units = [f"{village.AGS}-{letter}" for letter in "ABCDEFJKL"]
    frame = pd.DataFrame({"unit": units, "low": [101.0] + [10.0] * 8})
    frame = frame.assign(geography="block", feature="households", period=EDITION, high=frame["low"], status="observed")
    frame = frame.assign(cell="Zeile 2")[
        ["geography", "unit", "feature", "period", "low", "high", "status", "cell"]
    ]  # fmt: skip
    return Reading(deliveries.recipes()[0], frame, None, (EDITION,), 9, 0, (), ())


def households(project: Project, plan) -> pd.DataFrame:  # type: ignore[no-untyped-def]
    observations, facilities = observations_for(project, plan)
    blocks = project.blocks_of(plan)
    found = carry(observations, facilities, plan, blocks, project.municipalities(), [EDITION])
    return found[(found["feature"] == "households") & (found["level"] != "region")].set_index("unit")


def test_each_area_gets_its_share_and_the_municipality_its_total(project: Project) -> None:
    found = households(project, project.plan())
    assert found["low"].to_dict() == {f"{village.AGS}-01": 25 + 50, f"{village.AGS}-02": 76 + 30, village.AGS: 181}
    areas = found.loc[[f"{village.AGS}-01", f"{village.AGS}-02"]]
    assert set(areas["status"]) == {"estimated"}
    assert set(areas["note"]) == {"carried"}


def test_the_earlier_plan_still_has_exact_counts(project: Project) -> None:
    found = households(project, project.plan(village_plan().plan_id))
    assert found["low"].to_dict() == {f"{village.AGS}-01": 151, f"{village.AGS}-02": 30, village.AGS: 181}
    assert set(found["status"]) == {"observed"}


def test_an_earlier_plan_can_be_laid_beside_the_present_one(project: Project) -> None:
    before = on_blocks_of(project, project.plan(village_plan().plan_id), project.plan())
    assert before.assignment[f"{A}.2"] == f"{village.AGS}-01"
    found = workflow.compare_plans(project, village_plan().plan_id, project.plan().plan_id)
    assert f"{A}.2" in set(found.moved["block_id"])


def test_a_file_with_former_keys_is_read_with_the_version_it_fits(project: Project) -> None:
    tried = []

    def read(version: int | None) -> str:
        tried.append(version)
        if A not in set(project.blocks(version)["block_id"]):
            raise InputRefused(f"unbekannt in {version}")
        return f"gelesen mit {version}"

    assert by_any_version(project, read) == "gelesen mit 1"
    assert tried == [None, 1]


def test_a_file_that_fits_no_version_is_refused_as_with_the_present_blocks(project: Project) -> None:
    def read(version: int | None) -> str:
        raise InputRefused(f"passt nicht zu {version}")

    with pytest.raises(InputRefused, match="passt nicht zu None"):
        by_any_version(project, read)


def test_the_steps_of_a_plan_are_still_told_after_a_block_was_divided(tmp_path: Path) -> None:
    with new_project(tmp_path / "q") as project:
        project.save_plan(village_plan())
        step = Edit("move", area=f"{village.AGS}-02", blocks=(A,), why="Schulweg", role="Fachleute", when=WHEN)
        revised = village_plan().apply(step)
        project.save_plan(replace(revised, plan_id="p-revised", parent=village_plan().plan_id))
        before = workflow.change_rows(project, project.plan())
        y = village.NORTH - 50
        line = shapely.LineString([(village.EAST - 9, y), (village.EAST + 209, y)])
        workflow.divide_block(project, A, line, "Fachstelle")
        after = workflow.change_rows(project, project.plan())
    assert [row["why"] for row in before] == [row["why"] for row in after] != []
    assert [row["population"] for row in before] == [row["population"] for row in after]
    moved = {block for row in after for block in row["blocks"]}
    assert {f"{A}.1", f"{A}.2"} <= moved
