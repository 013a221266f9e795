"""What a project does after all its blocks were replaced: drafts, groupings, addresses, counts, comparisons.

A, B and C became P and Q, D and E became R; see the specification of renewals for the drawing.
"""

from __future__ import annotations

import sys
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import village
from sozialraum import workflow
from sozialraum.base import InputRefused, UsageError
from sozialraum.blocks import Places, no_buildings, no_places
from sozialraum.carrying import between_plans, by_lineage
from sozialraum.delineation import Decision, Edit
from sozialraum.indicators import carry
from sozialraum.plans import drafts
from sozialraum.plans.groupings import Grouping
from sozialraum.project import Project
from sozialraum.workflow.blocks_renewing import bring_plan, brought_sentences, look_at_renewal, renew_blocks
from sozialraum.workflow.computing import former_plans
from sozialraum.workflow.versions import by_any_version, carried_from, links_between, observations_for
from village import AGS

sys.path.insert(0, str(Path(__file__).parents[1] / "project"))
from project_world import TWO_HALVES, new_project, some_reading, village_plan, write_delivery

ROLE, WHEN = "Sozialplanung", "2026-03-01T10:00:00+00:00"
DRAWN_ANEW = "PPPQQQ\nPPPQQQ\nRRRRFF\nRRRRFF\ngghhii\nJJKKLL"
PEOPLE = {"P": 700, "Q": 500, "R": 1100, "F": 400, "J": 300, "K": 400, "L": 200}


@pytest.fixture
def project(tmp_path: Path):
    with new_project(tmp_path / "p") as project:
        project.save_plan(village_plan())
        project.add_delivery(write_delivery(tmp_path), some_reading(), WHEN)
        yield project


def renew(project: Project) -> int:
    return renew_blocks(project, village.draw_blocks(DRAWN_ANEW, PEOPLE), "Neue Baublöcke", ROLE, WHEN)


def block(letter: str) -> str:
    return f"{AGS}-{letter}"


def test_a_draft_stays_on_its_plan_until_that_is_brought_onto_the_new_blocks(project):
    draft = drafts.begin(project.plan(), AGS, title="Fassung 1", role=ROLE, when=WHEN)
    # of the people of P 500/700 come from A, of those of Q 200/500 from B
    for letter in "AB":
        draft = drafts.add(draft, Edit("move", area=f"{AGS}-02", blocks=(block(letter),), role=ROLE, when=WHEN))
    project.save_draft(draft)
    renew(project)
    assert project.drafts()[0].base == village_plan().plan_id
    assert workflow.state_of(project, project.drafts()[0]).assignment[block("A")] == f"{AGS}-02"
    bring_plan(project, role=ROLE, when=WHEN)
    found = project.drafts()[0]
    assert found.base == project.plan().plan_id
    assert ([edit.blocks for edit in found.edits], found.position) == ([(block("P"),)], 1)
    said = [text for text in project.events()["what"] if "entfällt" in text]
    assert said == [f"Fassung „Fassung 1“: ein Schritt zu {block('B')} entfällt auf den neuen Bausteinen"]
    assert workflow.state_of(project, found).assignment[[block("P"), block("Q")]].str[-1].tolist() == ["2", "1"]


def test_groupings_know_the_new_blocks(project):
    units = {block("A"): "Nord", block("B"): "Nord", block("C"): "Ost", block("D"): "Süd"}
    series = pd.Series(units, name="unit", dtype=object).rename_axis("block_id")
    project.save_grouping(Grouping("g1", "", "Viertel", "", "", "free", series))
    renew(project)
    found = project.groupings()[0].assignment
    assert found[[block("P"), block("Q"), block("R"), block("A")]].tolist() == ["Nord", "Ost", "Süd", "Nord"]


def test_addresses_stand_in_the_new_block_they_lie_in(project):
    points = [shapely.Point(village.EAST + east, village.NORTH - 50) for east in (50, 290, 310, 550)]
    rows = {"street": "Am Markt", "number": [1, 3, 5, 7], "suffix": "", "postcode": "52000"}
    rows |= {"block_id": [block(letter) for letter in "ABBC"]}
    houses = gpd.GeoDataFrame(rows, geometry=points, crs="EPSG:25832")
    layers = (project.municipalities(), project.blocks(), project.lines())
    project.save_layers(*layers, Places(houses, no_buildings("EPSG:25832"), no_places("EPSG:25832")))
    renew(project)
    assert project.addresses()["block_id"].tolist() == [block(letter) for letter in "PPQQ"]
    links = project.block_steps()[0].links
    assert set(links["basis"][links["old"].isin([block(letter) for letter in "ABC"])]) == {"addresses"}


def test_counts_by_old_blocks_reach_the_areas_of_both_plans(project):
    before = observations_for(project, project.plan())[0]
    renew(project)
    pd.testing.assert_frame_equal(observations_for(project, project.plan())[0].drop(columns="carried"), before)
    old = project.plan()
    bring_plan(project, role=ROLE)
    after = observations_for(project, project.plan())[0]
    sums = [
        rows.groupby(rows["unit"].map(plan.assignment))[["low", "high"]].sum()
        for rows, plan in ((before, old), (after, project.plan()))
    ]
    pd.testing.assert_frame_equal(*sums)
    assert sorted(after["status"]) == sorted(before["status"])
    assert not after["carried"].any()


def test_a_brought_plan_is_told_as_the_one_it_carries_on(project):
    renew(project)
    plan, _crossed = bring_plan(project, role=ROLE)
    assert carried_from(project, plan).plan_id == village_plan().plan_id
    found = workflow.compare_plans(project, village_plan().plan_id, plan.plan_id)
    assert set(found.lineage["kind"]) == {"U"}
    assert found.moved.empty


def test_a_block_is_divided_after_a_renewal_and_all_versions_stay(project):
    renew(project)
    middle = shapely.LineString([(village.EAST - 9, village.NORTH - 100), (village.EAST + 309, village.NORTH - 100)])
    with pytest.raises(UsageError, match="früheren Bausteinen"):
        workflow.divide_block(project, block("P"), middle, ROLE)
    bring_plan(project, role=ROLE)
    workflow.divide_block(project, block("P"), middle, ROLE)
    assert [set(project.blocks(number)["block_id"].str[12:]) & {"", ".1", ".2", "A"} for number in (1, 2, 3)]
    names = [set(project.blocks(number)["block_id"].str[9:]) for number in (1, 2, 3)]
    assert names[0] == set("ABCDEFghiJKL")
    assert names[1] == set("PQRFghiJKL")
    assert names[2] == {*"QRFghiJKL", "P.1", "P.2"}
    assert [int(project.blocks(number)["population"].sum()) for number in (1, 2, 3)] == [3600, 3600, 3600]
    assert project.blocks_version(project.plan()) == 3
    after = observations_for(project, project.plan())[0]
    assert after["low"].sum() == observations_for(project, project.plan(village_plan().plan_id))[0]["low"].sum()
    assert Project.check(project.folder) == []


def test_a_file_with_new_keys_is_read_while_the_plan_is_still_on_old_blocks(project):
    renew(project)
    tried = []

    def read(version):
        tried.append(version)
        if block("P") not in set(project.blocks(version)["block_id"]):
            raise InputRefused(f"unbekannt in {version}")
        return version

    assert by_any_version(project, read) == 2
    assert tried == [None, 2]


def test_a_missing_layer_of_an_older_version_is_found(project):
    import sqlite3

    renew(project)
    folder = project.folder
    project.close()
    assert Project.check(folder) == []
    with sqlite3.connect(folder / "project.gpkg") as connection:
        connection.execute("DROP TABLE blocks_v1")
    assert any("blocks_v1" in text for text in map(str, Project.check(folder)))


def decided(project):
    """The council decided on a plan that parts B from A and C."""
    assignment = TWO_HALVES | {"B": f"{AGS}-02"}
    project.save_plan(village_plan(title="Beschluss", assignment=assignment))
    return workflow.decide_plan(project, {AGS: Decision("Gemeinderat", "2026-02-03")}, ROLE)


def test_borders_that_nobody_decided_on_are_open_again(project):
    before = decided(project)
    renew(project)
    plan, crossed = bring_plan(project, role=ROLE)
    assert len(crossed) == 2
    assert (plan.status, plan.decisions) == ("in_revision", {})
    assert workflow.plan_in_force(project).plan_id == before.plan_id
    assert project.plan().plan_id == plan.plan_id
    said = brought_sentences(project, plan, crossed)
    assert said[-1] == "Der beschlossene Plan gilt weiter. Neu zu beschließen ist in: Musterdorf."
    again = workflow.decide_plan(project, {AGS: Decision("Gemeinderat", "2026-03-10")}, ROLE)
    assert again.status == "adopted"
    assert workflow.plan_in_force(project).plan_id == again.plan_id
    assert project.plan(before.plan_id).status == "superseded"
    assert Project.check(project.folder) == []


def test_a_decided_plan_whose_borders_stay_is_decided_on_the_new_blocks_too(project):
    before = workflow.decide_plan(project, {AGS: Decision("Gemeinderat", "2026-02-03")}, ROLE)
    renew(project)
    plan, crossed = bring_plan(project, role=ROLE)
    assert crossed.empty
    assert (plan.status, plan.valid_from) == ("adopted", before.valid_from)
    assert workflow.plan_in_force(project).plan_id == plan.plan_id
    assert len(brought_sentences(project, plan, crossed)) == 1
    assert Project.check(project.folder) == []


def test_a_look_says_what_keeps_its_key_what_gets_another_and_what_is_missing(project):
    built = village.draw_blocks(DRAWN_ANEW, PEOPLE)
    built["block_id"] = [block(letter) for letter in "ABCDEFGHIJ"]
    said = look_at_renewal(project, built).sentences()
    # F, J, K, L and the open land g, h, i lie as before; P and Q would have had the keys of E and F
    assert "7 Bausteine liegen wie bisher und behalten ihren bisherigen Schlüssel." in said
    assert any(text.startswith("2 neue Bausteine tragen einen anderen Schlüssel") for text in said)
    assert any(text.startswith("Den neuen Bausteinen fehlen 3 Merkmale") for text in said)
    assert project.blocks_version() == 1


def test_counts_by_area_cross_a_renewal_by_the_blocks(project):
    """Area 2 of the plan is B with the hamlet; of its 1,300 people 400 lived in B, half of it in each of P and Q."""
    old = village_plan(title="Beschluss", assignment=TWO_HALVES | {"B": f"{AGS}-02"})
    project.save_plan(old)
    renew(project)
    plan, _crossed = bring_plan(project, role=ROLE)
    links = links_between(project, old, plan)
    lineage = by_lineage(links, project.blocks_of(old)["block_id"])
    matrix = between_plans(old, plan, project.blocks_of(old), lineage=lineage)
    found = {(row.source[-2:], row.target[-2:]): round(row.weight, 4) for row in matrix.rows().itertuples()}
    # P and Q went to area 1 as a whole
    assert found == {("01", "01"): 1.0, ("02", "01"): round(400 / 1300, 4), ("02", "02"): round(900 / 1300, 4)}


def by_area(counts: dict[str, float], plan_id: str) -> pd.DataFrame:
    """Unemployed persons by area of a plan, as the agency counts them."""
    rows = [
        (f"plan:{plan_id}", f"{AGS}-{area}", "unemployed", "2025-12-31", value, value, "observed", "")
        for area, value in counts.items()
    ]
    columns = ["geography", "unit", "feature", "period", "low", "high", "status", "cell"]
    return pd.DataFrame(rows, columns=columns)


def test_counts_of_the_agency_for_the_former_plan_are_estimates_where_a_border_was_crossed(project):
    old = village_plan(title="Beschluss", assignment=TWO_HALVES | {"B": f"{AGS}-02"})
    project.save_plan(old)
    renew(project)
    plan, _crossed = bring_plan(project, role=ROLE)
    counts = by_area({"01": 100, "02": 130}, old.plan_id)
    former = former_plans(project, counts, plan)
    found = carry(counts, None, plan, project.blocks(), project.municipalities(), ["2025-12-31"], former=former)
    found = found[(found["feature"] == "unemployed") & (found["level"] == "area")].set_index("unit")
    # 400 of the 1,300 people of the former area 2 live in area 1 now
    assert found["low"].round(6).to_dict() == {f"{AGS}-01": 140, f"{AGS}-02": 90}
    assert found["low"].sum() == 230
    assert set(found["status"]) == {"estimated"}
    assert found["note"].str.contains("carried").all()


def test_counts_of_the_agency_stay_exact_where_no_border_was_crossed(project):
    renew(project)
    plan, _crossed = bring_plan(project, role=ROLE)
    counts = by_area({"01": 100, "02": 130}, village_plan().plan_id)
    former = former_plans(project, counts, plan)
    found = carry(counts, None, plan, project.blocks(), project.municipalities(), ["2025-12-31"], former=former)
    found = found[(found["feature"] == "unemployed") & (found["level"] == "area")].set_index("unit")
    assert found["low"].to_dict() == {f"{AGS}-01": 100, f"{AGS}-02": 130}
    assert set(found["status"]) == {"observed"}
    assert set(found["note"]) == {""}
