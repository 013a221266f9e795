"""What a proposal promises, on a village that can be checked by looking.

A A B B C C     old town        500 + 400 + 300
D D E E F F     estate          600 + 500 + 400
g g h h i i     fields            0
J J K K L L     hamlet          300 + 400 + 200
"""

from __future__ import annotations

import pandas as pd
import pytest

from sozialraum.base import UsageError
from sozialraum.delineation import (
    NoPlanPossible,
    agency_keys,
    begin_revision,
    check_plan,
    plan_to_csv,
    propose,
    quality,
    split_area,
)
from sozialraum.delineation.town import default_number
from village import AGS, draw_blocks, draw_municipality, groups, village_blocks


def village_plan(**options):
    return propose(village_blocks(), draw_municipality(), title="Vorschlag", created="2026-01-15T10:00:00", **options)


def test_three_alike_rows_become_three_areas():
    assert groups(village_plan().assignment) == ["ABC", "DEF", "JKLghi"]


def test_areas_are_numbered_as_one_reads_and_named_after_places():
    areas = village_plan().areas
    assert areas[["area_id", "code", "name", "municipality", "origin"]].to_numpy().tolist() == [
        ["05999004-01", "1", "Altstadt", AGS, "proposal"],
        ["05999004-02", "2", "Nordfeld", AGS, "proposal"],
        ["05999004-03", "3", "Mühlweiler", AGS, "proposal"],
    ]


def test_the_proposal_passes_the_independent_check():
    assert check_plan(village_plan(), village_blocks(), draw_municipality()) == ()


def test_quality_of_each_area():
    table = quality(village_plan(), village_blocks()).set_index("area_id")
    assert table["population"].tolist() == [1200, 1500, 900]
    assert table["ssd_share"].sum() == pytest.approx(
        village_plan().parameters["municipalities"][AGS]["spread_inside"], abs=0.01
    )
    assert table["ssd_share"].max() < 5
    assert table["compactness"].round(2).tolist() == [0.59, 0.59, 0.59]


BOUNDS_ARE_INCLUDED = [
    # low, high, groups
    (900, 1500, ["ABC", "DEF", "JKLghi"]),
    (900, 2000, ["ABC", "DEF", "JKLghi"]),
]


@pytest.mark.parametrize(("low", "high", "expected"), BOUNDS_ARE_INCLUDED)
def test_bounds_are_included(low, high, expected):
    plan = propose(village_blocks(), draw_municipality(low=low, high=high))
    assert groups(plan.assignment) == expected


NUMBERS = [
    # inhabitants, low, high, areas
    (46_468, 700, 8_500, 10),  # 46,468 / 4,500 = 10.3
    (3_600, 700, 2_000, 3),  # 4,500 is above 2,000: the middle of the bounds, 1,183, stands in
    (9_000, 700, 4_600, 2),
    (9_900, 700, 4_600, 3),  # two areas would hold 9,200 at most
    (250_000, 10_000, 30_000, 14),  # a city with limits of its own
    (500, 700, 8_500, 1),  # too few for one area: one, and the search will say why not
]


@pytest.mark.parametrize(("total", "low", "high", "areas"), NUMBERS)
def test_number_of_areas_where_none_was_agreed(total, low, high, areas):
    assert default_number(total, low, high) == areas


def test_the_number_asked_for_comes_before_the_agreed_one():
    assert len(village_plan(numbers={AGS: 4}).areas) == 4
    assert len(village_plan().areas) == 3


IMPOSSIBLE = [
    # municipality, part of the sentence
    (
        {"areas": 1},
        "Musterdorf: 1 Gebiet mit höchstens 2.000 Einwohnerinnen und Einwohnern reicht für zusammen 3.600 nicht; "
        "es braucht mindestens 2.",
    ),
    (
        {"areas": 6},
        "Musterdorf: 6 Gebiete mit mindestens je 700 Einwohnerinnen und Einwohnern sind bei zusammen 3.600 nicht "
        "möglich; es gehen höchstens 5.",
    ),
    (
        {"high": 550, "low": 100, "areas": 8},
        "Musterdorf: Baustein 05999004-D hat 600 Einwohnerinnen und Einwohner, mehr als 550.",
    ),
    (
        {"low": 4000, "high": 9000, "areas": 1},
        "Musterdorf: Zusammen sind es 3.600 Einwohnerinnen und Einwohner, "
        "weniger als die Untergrenze 4.000 eines Gebiets.",
    ),
    ({"low": 10, "areas": 12}, "Musterdorf: Aus 9 bewohnten Bausteinen lassen sich keine 12 Gebiete bilden."),
    ({"low": 900, "high": 800}, "Musterdorf: Die Untergrenze 900 liegt über der Obergrenze 800."),
]


@pytest.mark.parametrize(("rule", "sentence"), IMPOSSIBLE)
def test_what_is_impossible_is_said_before_any_search(rule, sentence):
    with pytest.raises(NoPlanPossible) as caught:
        propose(village_blocks(), draw_municipality(**rule))
    assert sentence in caught.value.reasons


EXCLAVE = """
AA...BBBBB
AA...BBBBB
CC...DDDDD
"""
EXCLAVE_PEOPLE = {"A": 400, "C": 240, "B": 1500, "D": 1600}


def test_an_island_without_connection_is_named():
    blocks = draw_blocks(EXCLAVE, EXCLAVE_PEOPLE)
    with pytest.raises(NoPlanPossible) as caught:
        propose(blocks, draw_municipality(EXCLAVE, name="Roetgen", high=8500, areas=2), bridge=False)
    assert caught.value.reasons == (
        "Roetgen: der westliche Teil (2 Bausteine) hat 640 Einwohnerinnen und Einwohner, weniger als 700, "
        "und keine Verbindung.",
    )


def test_a_bridge_joins_the_island_and_is_listed():
    blocks, municipality = (
        draw_blocks(EXCLAVE, EXCLAVE_PEOPLE),
        draw_municipality(EXCLAVE, name="Roetgen", areas=2, high=8500),
    )
    plan = propose(blocks, municipality)
    assert plan.parameters["municipalities"][AGS]["bridges"] == [[f"{AGS}-A", f"{AGS}-B", 300.0]]
    assert plan.parameters["notes"] == [
        "Roetgen: Die Bausteine 05999004-A und 05999004-B gelten als verbunden, obwohl 300 m zwischen ihnen liegen."
    ]
    found = check_plan(plan, blocks, municipality)
    assert [finding.severity for finding in found] == ["note"]
    assert "nur durch 1 Verbindung zusammengehalten" in found[0].what


def test_all_reasons_of_all_municipalities_come_at_once():
    second = "05999008"
    blocks = pd.concat([village_blocks(), draw_blocks("AB\nCD", {}, ags=second)], ignore_index=True)
    towns = pd.concat(
        [draw_municipality(areas=6), draw_municipality("AB\nCD", ags=second, name="Kleinau", areas=1)],
        ignore_index=True,
    )
    with pytest.raises(NoPlanPossible) as caught:
        propose(blocks, towns)
    assert [reason.split(":")[0] for reason in caught.value.reasons] == ["Musterdorf", "Kleinau"]


def test_unknown_municipality_is_a_mistake_of_the_caller():
    with pytest.raises(UsageError, match=r"05999999.*vorhanden: 05999004"):
        village_plan(only="05999999", keep=None)


def test_missing_values_become_the_mean_and_are_said():
    blocks = village_blocks()
    blocks.loc[blocks["block_id"] == f"{AGS}-B", "housing_rent"] = float("nan")
    plan = propose(blocks, draw_municipality())
    assert plan.parameters["municipalities"][AGS]["missing_values"] == {"housing_rent": 1}
    assert "durch den Mittelwert der Gemeinde ersetzt" in plan.parameters["notes"][0]


def test_without_places_areas_are_numbered_proposals():
    blocks = village_blocks().assign(quarter="")
    assert propose(blocks, draw_municipality()).areas["name"].tolist() == ["Vorschlag 1", "Vorschlag 2", "Vorschlag 3"]


SPLITS = [
    # area split, codes afterwards
    (["05999004-02"], ["1", "2a", "2b", "3"]),
    (["05999004-02", "05999004~1"], ["1", "2a", "2c", "2d", "3"]),  # ~1 is 2b until keys are fixed
]


@pytest.mark.parametrize(("areas", "codes"), SPLITS)
def test_a_split_gives_letters_that_are_never_used_again(areas, codes):
    plan = village_plan()
    for area in areas:
        plan = split_area(plan, village_blocks(), area, why="Zwei Milieus", role="Fachstelle", when="2026-02-01")
    assert plan.areas["code"].tolist() == codes


def test_a_split_records_why_who_and_which_blocks():
    plan = village_plan()
    new = split_area(plan, village_blocks(), "05999004-02", why="Zwei Milieus", role="Fachstelle", when="2026-02-01")
    assert new.parent == plan.plan_id
    assert new.plan_id != plan.plan_id
    (edit,) = new.edits
    assert (edit.kind, edit.area, edit.into) == ("split", "05999004-02", "05999004~1")
    assert (edit.rest_code, edit.code) == ("2a", "2b")
    assert (edit.why, edit.role, edit.when) == ("Zwei Milieus", "Fachstelle", "2026-02-01")
    assert set(edit.blocks) < {f"05999004-{letter}" for letter in "DEF"}
    assert new.status == "in_revision"
    assert new.areas["name"].tolist() == ["Altstadt", "Nordfeld-West", "Nordfeld-Ost", "Mühlweiler"]
    assert new.areas["origin"].tolist() == ["proposal", "revised", "revised", "proposal"]


def test_two_splits_of_one_revision_share_their_parent():
    plan = village_plan()
    reason = {"why": "Zwei Milieus", "role": "Fachstelle", "when": "2026-02-01"}
    once = split_area(plan, village_blocks(), "05999004-02", **reason)
    twice = split_area(once, village_blocks(), "05999004-01", **reason)
    assert twice.parent == plan.plan_id
    assert len(twice.edits) == 2
    adopted = twice.with_(status="adopted", title="Beschlossen")
    with pytest.raises(UsageError, match="Beginnen Sie eine neue Fassung"):
        split_area(adopted, village_blocks(), "05999004-03", **reason)
    later = split_area(begin_revision(adopted, AGS, "2026-03-01"), village_blocks(), "05999004-03", **reason)
    assert later.parent == adopted.plan_id
    assert len(later.edits) == 1


def test_agency_keys_are_nine_digits_by_rank():
    plan = split_area(village_plan(), village_blocks(), "05999004-02", why="x", role="y", when="2026-02-01")
    assert agency_keys(plan).to_dict() == {
        "05999004-01": "101100101",
        "05999004-02": "101100102",
        "05999004~1": "101100103",
        "05999004-03": "101100104",
    }


def test_the_plan_as_a_table():
    lines = plan_to_csv(village_plan()).splitlines()
    assert lines[:2] == ["block_id;area_id", "05999004-A;05999004-01"]
    assert len(lines) == 13
