import numpy as np
import pandas as pd
import pytest

from sozialraum.base import InputRefused

END = "2025-12-31"


def test_blocks_are_summed_to_areas_and_absent_is_an_observed_zero(observed, carried):
    rows = carried(
        observed(("block", "A-1", "households", END, 4), ("block", "A-2", "households", END, 3)), "households"
    )
    assert rows.loc["A-01", ["low", "high", "status"]].tolist() == [7, 7, "observed"]
    assert rows.loc["A-02", ["low", "high", "status"]].tolist() == [0, 0, "observed"]


def test_who_delivered_nothing_is_missing_and_left_out_of_the_region(observed, carried):
    rows = carried(observed(("block", "A-1", "households", END, 4)), "households")
    assert rows.loc["B-01", "status"] == rows.loc["B", "status"] == "missing"
    assert np.isnan(rows.loc["B-01", "low"])
    assert rows.loc["region", ["low", "scope"]].tolist() == [4, "B"]


def test_residual_rows_enter_totals_and_no_area(observed, carried):
    rows = carried(
        observed(("block", "A-1", "households", END, 4), ("residual", "A", "households", END, 2)), "households"
    )
    assert rows.loc[["A-01", "A", "region"], "low"].tolist() == [4, 6, 6]


def test_another_date_within_400_days_is_shown_but_uncertain(observed, carried):
    care = [("plan:new", "A-01", "care_03_06", END, 9), ("plan:new", "A-02", "care_03_06", END, 8)]
    rows = carried(observed(*care, ("plan:new", "B-01", "care_03_06", "2024-12-31", 20)), "care_03_06")
    for unit in ("B-01", "B"):
        assert rows.loc[unit, ["low", "status", "note"]].tolist() == [20, "uncertain", "other_date=2024-12-31"]
    assert rows.loc["region", ["low", "status", "scope"]].tolist() == [17, "observed", "B"]


def test_a_date_further_away_is_a_hole(observed, carried):
    rows = carried(observed(("plan:new", "B-01", "care_03_06", "2024-11-20", 20)), "care_03_06")
    assert rows.loc["B-01", "status"] == "missing"


def test_the_sum_of_a_year_stays_out_where_others_have_a_date(observed, carried):
    aid = [("plan:new", "A-01", "family_aid", END, 9), ("plan:new", "A-02", "family_aid", END, 8)]
    rows = carried(observed(*aid, ("plan:new", "B-01", "family_aid", "2025", 30)), "family_aid")
    assert rows.loc["B-01", ["low", "status", "note"]].tolist() == [30, "uncertain", "year_sum"]
    assert rows.loc["region", ["low", "scope"]].tolist() == [17, "B"]


def test_sums_of_the_year_everywhere_make_a_region(observed, carried):
    aid = [
        ("plan:new", unit, "family_aid", "2025", number) for unit, number in (("A-01", 9), ("A-02", 8), ("B-01", 30))
    ]
    rows = carried(observed(*aid), "family_aid")
    assert rows.loc["region", ["low", "scope", "note"]].tolist() == [47, "", "year_sum"]


def test_a_hidden_part_leaves_bounds_in_the_total(observed, carried):
    star = ("plan:new", "A-01", "unemployed", END, None, "suppressed", 1, 9)
    rows = carried(observed(star, ("plan:new", "A-02", "unemployed", END, 20)), "unemployed")
    assert rows.loc["A", ["low", "high", "status"]].tolist() == [21, 29, "suppressed"]


def test_a_total_that_was_delivered_is_better_than_hidden_parts(observed, carried):
    star = ("plan:new", "A-01", "unemployed", END, None, "suppressed", 1, 9)
    total = ("municipality", "A", "unemployed", END, 25)
    rows = carried(observed(star, ("plan:new", "A-02", "unemployed", END, 20), total), "unemployed")
    assert rows.loc["A", ["low", "high", "status"]].tolist() == [25, 25, "observed"]


def test_an_old_area_inside_a_new_one_is_exact_and_a_cut_one_is_estimated(observed, carried):
    """A-12 has 300 inhabitants in the new area 01 and 200 in 02; A-11 lies in 01, A-13 in 02."""
    old = [("plan:old", unit, "employees", END, number) for unit, number in (("A-11", 10), ("A-12", 50), ("A-13", 7))]
    rows = carried(observed(*old, ("plan:old", "B-11", "employees", END, 5)), "employees")
    assert rows.loc["A-01", ["low", "status", "note"]].tolist() == [40, "estimated", "carried=inhabitants/B/14"]
    assert rows.loc["A-02", ["low", "status", "note"]].tolist() == [27, "estimated", "carried=inhabitants/B/20"]
    assert rows.loc["B-01", ["low", "status", "note"]].tolist() == [5, "observed", ""]
    assert rows.loc["region", "low"] == 72


def test_the_current_plan_counts_before_an_older_one(observed, carried):
    both = [("plan:old", "B-11", "employees", END, 5), ("plan:new", "B-01", "employees", END, 6)]
    assert carried(observed(*both), "employees").loc["B-01", "low"] == 6


def test_a_census_stands_for_its_own_date(observed, carried):
    rows = carried(observed(("block", "A-1", "dwellings", "2022-05-15", 40)), "dwellings")
    assert set(rows["period"]) == {"2022-05-15"}


def test_a_protected_facility_counts_in_the_region_alone(observed, carried):
    columns = ["facility_id", "name", "kind", "block_id", "group", "low", "high", "status", "period", "protected"]
    rows = [
        ("1", "Kita", "daycare", "A-1", "under_6", 60, 60, "observed", END, False),
        ("2", "", "womens_shelter", "", "under_6", 8, 8, "observed", END, True),
    ]
    facilities = pd.DataFrame(rows, columns=columns)
    found = carried(observed(("block", "A-1", "households", END, 4)), "places_under_6", facilities=facilities)
    assert found["low"].to_dict() == {"A-01": 60, "A-02": 0, "B-01": 0, "A": 60, "B": 0, "region": 68}


def test_units_nobody_knows_are_refused_by_name(observed, carried):
    with pytest.raises(InputRefused, match="A-9"):
        carried(observed(("block", "A-9", "households", END, 4)), "households")
    with pytest.raises(InputRefused, match="Gebietsfassung"):
        carried(observed(("plan:lost", "A-01", "households", END, 4)), "households")


def test_unsure_totals_make_the_region_unsure_only_when_too_few_sure_ones_remain(observed, carried):
    """Of two municipalities one is not more than half: the region keeps both and its bounds."""
    star = ("plan:new", "A-01", "unemployed", END, None, "suppressed", 1, 9)
    rest = [("plan:new", "A-02", "unemployed", END, 20), ("plan:new", "B-01", "unemployed", END, 30)]
    rows = carried(observed(star, *rest), "unemployed")
    assert rows.loc["region", ["low", "high", "scope"]].tolist() == [51, 59, ""]
