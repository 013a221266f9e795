"""What a release hides: tables of areas a planner can check by subtracting.

The youth office asks for at least 5 (0 may be shown). One town M has five areas; the region adds town N.
"""

import numpy as np
import pandas as pd
import pytest

from sozialraum.base import ReleaseRefused
from sozialraum.protection import Release, default_rules, release

END = "2025-12-31"


def counts(feature, areas, status=None, residual=0):
    """Area counts of M with their totals; N is one large area of 100."""
    rows = [("area", f"M-{number:02d}", value) for number, value in enumerate(areas, 1)]
    total = sum(areas) + residual
    rows += [("municipality", "M", total), ("area", "N-01", 100), ("municipality", "N", 100)]
    rows += [("region", "region", total + 100)]
    rows += [("residual", "M", residual)] if residual else []
    table = pd.DataFrame(rows, columns=["level", "unit", "low"]).astype({"low": float})
    table["high"], table["status"] = table["low"], "observed"
    for unit, (low, high, kind) in (status or {}).items():
        table.loc[table["unit"] == unit, ["low", "high", "status"]] = [low, high, kind]
    return table.assign(feature=feature, period=END, provenance="Zeile 7", scope="", note="")


def shown(table, units=("M-01", "M-02", "M-03", "M-04", "M-05", "M", "region")):
    """The printed column: numbers, and one mark for everything hidden."""
    rows = release(table).values.set_index("unit")
    return ["•" if rows.loc[unit, "status"] == "suppressed" else int(rows.loc[unit, "low"]) for unit in units]


def test_a_small_count_takes_the_next_smallest_with_it():
    """
    | Gebiet | 1 | 2 | 3 | 4 | 5 | Gemeinde | Kreis |
    |---|---|---|---|---|---|---|---|
    | gezählt | 3 | 12 | 7 | 40 | 0 | 62 | 162 |
    | gedruckt | • | 12 | • | 40 | 0 | 62 | 162 |
    """
    assert shown(counts("family_aid", [3, 12, 7, 40, 0])) == ["•", 12, "•", 40, 0, 62, 162]


def test_two_small_counts_that_leave_too_little_room_take_a_third():
    """1 + 2 = 3 would say that neither is more than 3."""
    assert shown(counts("family_aid", [1, 2, 7, 40, 30])) == ["•", "•", "•", 40, 30, 80, 180]


def test_two_hidden_counts_with_room_enough_need_no_third():
    """4 + 4 = 8: each may be 0 to 8."""
    assert shown(counts("family_aid", [4, 4, 7, 40, 30])) == ["•", "•", 7, 40, 30, 85, 185]


def test_zero_and_the_minimum_itself_are_shown():
    assert shown(counts("family_aid", [0, 5, 7, 40, 30])) == [0, 5, 7, 40, 30, 82, 182]


def test_thresholds_belong_to_the_source():
    """Four cases of aid are few, four single-parent households are not; dwellings carry noise already."""
    assert shown(counts("hh_single_parent", [4, 8, 7, 40, 30]))[0] == 4
    assert shown(counts("hh_single_parent", [2, 8, 7, 40, 30]))[0] == "•"
    assert shown(counts("dwellings", [1, 8, 7, 40, 30]))[0] == 1


def test_a_value_hidden_by_its_holder_stays_hidden_and_is_not_recomputable():
    """The agency's `*` under a published total: 80 - 30 - 27 - 14 would be 9."""
    table = counts("unemployed", [9, 14, 27, 30, 0], {"M-01": (1, 9, "suppressed")})
    assert shown(table) == ["•", "•", 27, 30, 0, 80, 180]
    rows = release(table).values.set_index("unit")
    assert rows.loc["M-01", ["low", "high", "reason"]].tolist() == [1, 9, "source"]
    assert rows.loc["M-02", ["low", "high", "reason"]].tolist() == [14, 22, "secondary"]


def test_a_hidden_cell_leaves_with_what_a_reader_can_compute():
    rows = release(counts("family_aid", [3, 12, 7, 40, 0])).values.set_index("unit")
    assert rows.loc["M-01", ["low", "high", "reason"]].tolist() == [0, 10, "primary"]
    assert rows.loc["M-03", ["low", "high", "reason"]].tolist() == [0, 10, "secondary"]
    assert rows.loc["M-01", "provenance"] == ""


def test_missing_stays_missing():
    table = counts("family_aid", [9, 12, 7, 40, 0], {"M-01": (np.nan, np.nan, "missing")})
    assert release(table).values.set_index("unit").loc["M-01", "status"] == "missing"


def test_a_person_without_an_address_cannot_be_found_by_subtraction():
    """One case without an address: 63 in the town, 62 in its areas. The released total leaves it out."""
    table = counts("hh_single_parent", [6, 12, 7, 37, 0], residual=1)
    assert table.loc[table["unit"] == "M", "low"].tolist() == [63, 1]
    assert shown(table) == [6, 12, 7, 37, 0, 62, 162]


def test_many_persons_without_an_address_stay_in_the_total():
    assert shown(counts("hh_single_parent", [6, 12, 7, 37, 0], residual=20))[-2:] == [82, 182]


def test_girls_and_boys_are_hidden_together_under_their_sum():
    """
    | unter 3 bis unter 6 | Mädchen | Jungen | zusammen |
    |---|---|---|---|
    | gezählt (Gebiet 1) | 2 | 9 | 11 |
    | gedruckt | • | • | 11 |
    """
    girls = counts("pop_03_06_f", [2, 20, 30, 40, 50])
    boys = counts("pop_03_06_m", [9, 21, 31, 41, 51])
    rows = release(pd.concat([girls, boys])).values
    first = rows[rows["unit"] == "M-01"].set_index("feature")
    assert first["status"].to_dict() == {
        "pop_03_06_f": "suppressed",
        "pop_03_06_m": "suppressed",
        "pop_03_06": "observed",
        **dict.fromkeys(set(first.index) - {"pop_03_06_f", "pop_03_06_m", "pop_03_06"}, "missing"),
    }


def test_a_small_rest_hides_the_part():
    """19 of 20 households with children are single parents: the one couple must not be found."""
    families = counts("hh_children", [20, 60, 70, 80, 90])
    alone = counts("hh_single_parent", [19, 10, 12, 14, 16])
    rows = release(pd.concat([families, alone])).values.set_index(["unit", "feature"])
    assert rows.loc[("M-01", "hh_single_parent"), "status"] == "suppressed"
    assert rows.loc[("M-01", "hh_children"), "status"] == "observed"


def test_nobody_else_makes_a_release_and_nobody_changes_one():
    made = release(counts("family_aid", [3, 12, 7, 40, 0]))
    with pytest.raises(TypeError, match=r"protection\.release"):
        Release(object(), made.values, default_rules(), {})
    with pytest.raises(AttributeError):
        made.rules = None
    copy = made.values
    copy["low"] = 0
    assert made.values["low"].sum() > 0


def test_the_check_number_changes_with_a_value_and_not_with_the_order():
    table = counts("family_aid", [3, 12, 7, 40, 0])
    number = release(table).fingerprint
    assert len(number) == 9
    assert number[4] == "-"
    assert release(table.sample(frac=1, random_state=3)).fingerprint == number
    assert release(counts("family_aid", [3, 12, 7, 41, 0])).fingerprint != number


def test_nothing_to_release_is_refused():
    with pytest.raises(ReleaseRefused, match="keine Zahlen"):
        release(counts("family_aid", [3, 12, 7, 40, 0]).iloc[:0])
