"""The checker finds what is wrong with a plan, without help from the search."""

from __future__ import annotations

import pandas as pd
import pytest

from sozialraum.delineation import check_plan, make_plan
from village import AGS, draw_municipality, village_blocks


def plan_of(*letters: str, origin: str = "proposal", names=None, parameters=None):
    assignment, rows = {}, []
    for number, own in enumerate(letters, start=1):
        key = f"{AGS}-{number:02d}"
        rows.append((key, str(number), (names or {}).get(number, f"Gebiet {number}"), AGS, origin))
        assignment |= {f"{AGS}-{letter}": key for letter in own}
    areas = pd.DataFrame(rows, columns=["area_id", "code", "name", "municipality", "origin"])
    return make_plan(assignment, areas, title="t", created="2026", parameters=parameters)


def found(plan, **rule) -> list[tuple[str, str]]:
    findings = check_plan(plan, village_blocks(), draw_municipality(**rule))
    return [(finding.severity, finding.what) for finding in findings]


def test_a_good_plan_has_no_findings():
    assert found(plan_of("ABC", "DEF", "JKLghi")) == []


def test_two_parts_that_touch_in_a_corner_are_torn():
    torn = found(plan_of("AEC", "BDF", "JKLghi"))
    assert ("error", "Musterdorf, Gebiet 1 (Gebiet 1): besteht aus 3 getrennten Teilen.") in torn


def test_a_listed_bridge_counts():
    rule = {"municipalities": {AGS: {"bridges": [[f"{AGS}-A", f"{AGS}-C", 200.0]]}}}
    assert [severity for severity, _what in found(plan_of("AC", "BDEF", "JKLghi", parameters=rule), high=5000)] == [
        "note"
    ]


BOUNDS = [
    # high, low, origin, findings
    (1500, 900, "proposal", []),
    (1499, 900, "proposal", ["error"]),
    (1500, 901, "proposal", ["error"]),
    (1499, 901, "adopted", ["warning", "warning"]),
]


@pytest.mark.parametrize(("high", "low", "origin", "expected"), BOUNDS)
def test_bounds_are_included_and_decided_plans_only_warned(high, low, origin, expected):
    plan = plan_of("ABC", "DEF", "JKLghi", origin=origin)
    assert [severity for severity, _what in found(plan, low=low, high=high)] == expected


def test_blocks_without_area_and_unknown_blocks():
    whats = [what for _severity, what in found(plan_of("ABC", "DEF", "JKLgh"))]
    assert whats == ["Der Baustein 05999004-i gehört zu keinem Gebiet."]
    whats = [what for _severity, what in found(plan_of("ABC", "DEF", "JKLghiZ"))]
    assert whats == ["Den Baustein 05999004-Z des Plans gibt es nicht."]


def test_an_area_in_two_municipalities():
    blocks = village_blocks()
    blocks.loc[blocks["block_id"] == f"{AGS}-A", "municipality"] = "05999008"
    findings = check_plan(plan_of("ABC", "DEF", "JKLghi"), blocks, draw_municipality())
    assert "mehreren oder anderen Gemeinden (05999004, 05999008)" in findings[0].what


def test_names_are_unique_in_a_municipality():
    plan = plan_of("ABC", "DEF", "JKLghi", names={1: "Mitte", 2: "Mitte"})
    assert found(plan) == [("error", "In der Gemeinde 05999004 kommt „Mitte“ 2-mal vor.")]


def test_the_number_of_areas_is_the_one_asked_for():
    plan = plan_of("ABC", "DEF", "JKLghi", parameters={"municipalities": {AGS: {"areas": 4}}})
    assert found(plan) == [("error", "Musterdorf: 3 Gebiete statt 4.")]
