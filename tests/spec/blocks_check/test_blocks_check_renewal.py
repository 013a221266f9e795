"""All blocks are replaced by others: what goes on, what ends, how counts and plans follow.

The village of twelve blocks (see village.py) is drawn anew: A, B and C become two blocks P and Q of equal ground, D
and E become one block R; everything else stays.

    before      after
    AABBCC      PPPQQQ
    AABBCC      PPPQQQ
    DDEEFF      RRRRFF
    DDEEFF      RRRRFF
    gghhii      gghhii
    JJKKLL      JJKKLL
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from project_world import TWO_HALVES, new_project, village_plan

from sozialraum.base import InputRefused, UsageError
from sozialraum.plans.block_lineage import observations_onto, parts_of, plan_onto
from sozialraum.plans.block_links import block_links, with_lasting_keys
from sozialraum.workflow.blocks_renewing import bring_plan, look_at_renewal, renew_blocks
from sozialraum.workflow.versions import observations_for
from village import AGS, EAST, NORTH, draw_blocks, village_blocks

DRAWN_ANEW = """
PPPQQQ
PPPQQQ
RRRRFF
RRRRFF
gghhii
JJKKLL
"""
PEOPLE = {"P": 700, "Q": 500, "R": 1100, "F": 400, "J": 300, "K": 400, "L": 200}


def new_blocks() -> gpd.GeoDataFrame:
    return draw_blocks(DRAWN_ANEW, PEOPLE)


def houses(*places: tuple[str, float, float]) -> gpd.GeoDataFrame:
    """Addresses as (old block, metres east, metres south of the north-west corner)."""
    points = [shapely.Point(EAST + east, NORTH - south) for _block, east, south in places]
    rows = {
        "street": "Am Markt",
        "number": np.arange(1, len(places) + 1),
        "suffix": "",
        "postcode": "52000",
        "block_id": [f"{AGS}-{block}" for block, _east, _south in places],
    }
    return gpd.GeoDataFrame(rows, geometry=points, crs=25832)


def links(addresses=None) -> dict[tuple[str, str], tuple[float, float, str]]:
    """(old, new) -> weight, back, basis; letters only."""
    frame = block_links(village_blocks(), new_blocks(), addresses)
    return {
        (old[-1], new[-1]): (round(weight, 3), round(back, 3), basis)
        for old, new, weight, back, basis in frame.itertuples(index=False)
    }


def test_without_addresses_the_ground_decides():
    # B (400 people) lies half in P, half in Q; P has 500 of A and 200 of B
    assert links() == {
        ("A", "P"): (1.0, 0.714, "ground"),
        ("B", "P"): (0.5, 0.286, "ground"),
        ("B", "Q"): (0.5, 0.4, "ground"),
        ("C", "Q"): (1.0, 0.6, "ground"),
        ("D", "R"): (1.0, 0.545, "ground"),
        ("E", "R"): (1.0, 0.455, "ground"),
    }


def test_where_addresses_are_known_they_decide():
    # three houses of B stand in its western half, one in the eastern
    found = links(houses(("B", 210, 50), ("B", 220, 50), ("B", 290, 150), ("B", 310, 50)))
    assert found["B", "P"][0::2] == (0.75, "addresses")
    assert found["B", "Q"][0::2] == (0.25, "addresses")
    assert found["A", "P"] == (1.0, round(500 / 800, 3), "ground")


def test_addresses_count_with_the_people_who_live_there():
    found = links(houses(("B", 210, 50), ("B", 310, 50)).assign(population=[10.0, 30.0]))
    assert (found["B", "P"][0], found["B", "Q"][0]) == (0.25, 0.75)


def test_the_shares_of_an_old_block_sum_to_one():
    frame = block_links(village_blocks(), new_blocks())
    assert np.allclose(frame.groupby("old")["weight"].sum(), 1)
    assert np.allclose(frame.groupby("new")["back"].sum(), 1)


def test_a_key_never_gets_a_second_meaning():
    # the new blocks are numbered as the old ones were, from the north-west
    built = new_blocks()
    built["block_id"] = [f"{AGS}-{letter}" for letter in "ABCDEFGHIJ"]
    after, given = with_lasting_keys(village_blocks(), built, {f"{AGS}-A-S2"}, 2)
    ground = {key: shape.bounds for key, shape in zip(after["block_id"], after.geometry, strict=True)}
    before = village_blocks().set_index("block_id").geometry
    for key in set(ground) & set(before.index):
        assert ground[key] == before[key].bounds
    assert len(set(after["block_id"])) == 10
    assert f"{AGS}-A-S2" not in set(after["block_id"])
    assert given


@pytest.fixture
def project(tmp_path):
    with new_project(tmp_path / "p") as project:
        project.save_plan(village_plan())
        yield project


def renew(project) -> int:
    return renew_blocks(project, new_blocks(), "Neue Baublöcke der Vermessung", "Sozialplanung", "2026-03-01T10:00:00")


def test_the_new_blocks_stand_beside_the_old_ones(project):
    assert renew(project) == 2
    assert project.blocks_version() == 2
    assert set(project.blocks(2)["block_id"].str[-1]) == set("PQRFghiJKL")
    old = project.blocks(1)
    assert old["block_id"].tolist() == village_blocks()["block_id"].tolist()
    assert old["population"].sum() == 3600
    assert shapely.equals(old.geometry.to_numpy(), village_blocks().geometry.to_numpy()).all()


def test_a_plan_stays_readable_on_its_version(project):
    renew(project)
    plan = project.plan()
    assert project.blocks_version(plan) == 1
    assert plan.assignment.to_dict() == {f"{AGS}-{letter}": area for letter, area in TWO_HALVES.items()}
    assert project.blocks()["block_id"].tolist() == village_blocks()["block_id"].tolist()
    assert project.areas()["population"].sum() == 3600


def test_a_plan_is_brought_onto_the_new_blocks(project):
    renew(project)
    plan, crossed = bring_plan(project, role="Sozialplanung", when="2026-03-02T10:00:00")
    assert crossed.empty
    assert plan.parent == village_plan().plan_id
    assert project.blocks_version(plan) == 2
    assert plan.assignment.to_dict() == {
        f"{AGS}-{letter}": f"{AGS}-0{area}" for letter, area in zip("FJKLPQRghi", "1222111111", strict=True)
    }
    assert project.plan().plan_id == plan.plan_id
    with pytest.raises(UsageError, match="schon zum jüngsten Stand"):
        bring_plan(project, role="Sozialplanung")


def test_a_block_across_a_border_goes_where_most_people_are(tmp_path):
    # the plan parts B from A and C; of the 700 people of P 500 were in A, of the 500 of Q 300 in C
    with new_project(tmp_path / "p") as project:
        project.save_plan(village_plan(assignment=TWO_HALVES | {"B": "05999004-02"}))
        outlook = look_at_renewal(project, new_blocks())
        renew(project)
        plan, crossed = bring_plan(project, role="Sozialplanung")
        assert crossed.equals(outlook.crossed)
        assert crossed.round(3).to_numpy().tolist() == [
            [f"{AGS}-P", f"{AGS}-01", 0.714, f"{AGS}-02"],
            [f"{AGS}-Q", f"{AGS}-01", 0.6, f"{AGS}-02"],
        ]
        assert plan.assignment[f"{AGS}-P"] == f"{AGS}-01"
        said = " ".join(outlook.sentences())
        assert "5 enden, 3 beginnen" in said
        assert "Durch 2 neue Bausteine läuft eine Grenze des Plans" in said
        assert f"{AGS}-P: 71\u202f% in {AGS}-01, der Rest in {AGS}-02." in said.replace("\xa0", "\u202f")


def observed(**values: float) -> pd.DataFrame:
    """Counts by block of households, observed."""
    rows = [("block", f"{AGS}-{letter}", "households", "2025-12-31", value, value, "observed", "")
            for letter, value in values.items()]  # fmt: skip
    columns = ["geography", "unit", "feature", "period", "low", "high", "status", "cell"]
    return pd.DataFrame(rows, columns=columns)


def steps(project):
    renew(project)
    return project.block_steps()


@pytest.mark.parametrize(
    ("areas", "expected"),
    [
        # all parts in one area: nothing is estimated, the value stands at the first part
        ({"P": "1", "Q": "1"}, [("P", 100, "observed", False)]),
        # parts in two areas: half each by ground, estimated
        ({"P": "1", "Q": "2"}, [("P", 50, "estimated", True), ("Q", 50, "estimated", True)]),
    ],
)
def test_counts_of_an_old_block_follow(project, areas, expected):
    assignment = pd.Series({f"{AGS}-{letter}": areas.get(letter, "9") for letter in "PQRFghiJKL"})
    onto = observations_onto(observed(B=100), steps(project), assignment)
    found = onto[["unit", "low", "status", "carried"]].to_numpy().tolist()
    assert [(unit[-1], low, status, carried) for unit, low, status, carried in found] == expected


def test_counts_by_new_blocks_serve_a_plan_of_the_old_ones(project):
    # of the people of P 500/700 lived in A and 200/700 in B; the plan holds A and B apart
    assignment = pd.Series({f"{AGS}-{letter}": letter for letter in "ABCDEFghiJKL"})
    onto = observations_onto(observed(P=70), steps(project), assignment)
    found = {unit[-1]: (low, status) for unit, low, status in onto[["unit", "low", "status"]].to_numpy().tolist()}
    assert found == {"A": (50, "estimated"), "B": (20, "estimated")}


def test_a_hidden_count_keeps_its_bounds(project):
    hidden = observed(B=0).assign(low=1.0, high=2.0, status="suppressed")
    assignment = pd.Series({f"{AGS}-{letter}": letter for letter in "PQRFghiJKL"})
    onto = observations_onto(hidden, steps(project), assignment)
    assert onto[["low", "high"]].to_numpy().tolist() == [[0, 2], [0, 2]]


def test_a_whole_delivery_keeps_its_total(project):
    counts = observed(**dict.fromkeys("ABCDEFJKL", 33))
    renew(project)
    bring_plan(project, role="Sozialplanung")
    onto = observations_onto(counts, project.block_steps(), project.plan().assignment)
    assert onto["low"].sum() == counts["low"].sum()
    assert not observations_for(project, project.plan())[0].shape[0]


def test_renewals_follow_one_another(project):
    renew(project)
    again = village_blocks()
    again["block_id"] = [f"{AGS}-Z{number:02d}" for number in range(12)]
    assert renew_blocks(project, again, "Zurück zum alten Zuschnitt", "Sozialplanung", "2026-04-01T10:00:00") == 3
    known = set(project.blocks(3)["block_id"])
    chain = project.block_steps()
    # F never changed; R became D and E again, under keys of their own
    assert parts_of(f"{AGS}-F", chain, known) == (f"{AGS}-F",)
    assert {part[-3:] for part in parts_of(f"{AGS}-D", chain, known)} == {"Z03", "Z04"}
    assert parts_of(f"{AGS}-Z00", chain, set(project.blocks(2)["block_id"])) == (f"{AGS}-P",)
    onto = plan_onto(project.plan(), chain, project.blocks(3))
    assert onto.assignment.map(lambda area: area[-1]).groupby(onto.assignment).size().tolist() == [9, 3]


@pytest.mark.parametrize(
    ("why", "role", "message"), [("", "Sozialplanung", "warum"), ("Vermessung", " ", "in welcher Rolle")]
)
def test_a_renewal_has_a_reason_and_a_role(project, why, role, message):
    with pytest.raises(UsageError, match=message):
        renew_blocks(project, new_blocks(), why, role)
    assert project.blocks_version() == 1


def test_faulty_and_unchanged_blocks_are_refused(project):
    with pytest.raises(InputRefused, match="Lücke"):
        renew_blocks(project, new_blocks().drop(index=0), "Vermessung", "Sozialplanung")
    with pytest.raises(InputRefused, match="dieselben"):
        renew_blocks(project, village_blocks(), "Vermessung", "Sozialplanung")
    assert project.blocks_version() == 1


def test_borders_drawn_anew_keep_keys_and_plans(project):
    moved = village_blocks()
    west, south, east, north = moved.geometry.iloc[0].bounds
    moved.loc[[0], "geometry"] = shapely.box(west, south, east - 0.5, north)
    _w, south, far, north = moved.geometry.iloc[1].bounds
    moved.loc[[1], "geometry"] = shapely.box(east - 0.5, south, far, north)
    assert renew_blocks(project, moved, "Grenzen berichtigt", "Vermessung") == 2
    plan = project.plan()
    assert project.blocks_version(plan) == 2
    assert project.blocks().geometry.iloc[0].bounds[2] == east - 0.5
    assert project.blocks(1).geometry.iloc[0].bounds[2] == east
