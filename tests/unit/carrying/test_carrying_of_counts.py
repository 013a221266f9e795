"""Counts on their way: status, bounds, what is missing, what is refused, and how far they are off."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from sozialraum.base import InputRefused
from sozialraum.carrying import (
    ErrorModel,
    by_key,
    carried_note,
    carry,
    carry_share,
    estimate_errors,
    geography_name,
    usual_errors,
)

DAY = "2025-12-31"
COUNT = {"cases": "count", "people": "count"}


def matrix(*rows, targets=None):
    table = pd.DataFrame(rows, columns=["source", "target", "weight"])
    return by_key(table, "old", "new", targets=targets)


SPLIT = matrix(("a", "x", 0.25), ("a", "y", 0.75), ("b", "y", 1.0))


def counts(feature="cases", **values):
    """Numbers, (low, high) of hidden counts, or a status without number."""
    rows = []
    for unit, value in values.items():
        status = value if isinstance(value, str) else "suppressed" if isinstance(value, tuple) else "observed"
        low, high = (
            (np.nan, np.nan) if isinstance(value, str) else value if isinstance(value, tuple) else (value, value)
        )
        rows.append((unit, feature, DAY, low, high, status))
    return pd.DataFrame(rows, columns=["unit", "feature", "period", "low", "high", "status"])


def value(carried, unit):
    return carried.values.set_index("unit").loc[unit]


def test_a_divided_count_is_estimated_and_a_whole_one_stays_what_it_is():
    carried = carry(counts(a=8, b=10), matrix(("a", "x", 0.25), ("a", "y", 0.75), ("b", "z", 1.0)), COUNT)
    x, z = value(carried, "x"), value(carried, "z")
    assert x[["low", "high", "status", "method", "error_class"]].tolist() == [2, 2, "estimated", "key", "B"]
    assert z[["low", "high", "status", "carried", "method", "error"]].tolist() == [
        10,
        10,
        "observed",
        False,
        "whole",
        0,
    ]
    assert x["provenance"] == "übertragen nach gelieferten Anteilen („old“)"
    assert z["provenance"] == "Summe ganzer Einheiten („old“)"


def test_each_part_of_a_hidden_count_lies_between_nobody_and_all_of_them():
    carried = carry(counts(a=(1, 3), b=10), SPLIT, COUNT)
    assert value(carried, "x")[["low", "high", "status"]].tolist() == [0, 3, "suppressed"]
    assert value(carried, "y")[["low", "high", "status"]].tolist() == [10, 13, "suppressed"]
    whole = carry(counts(a=0, b=(1, 3)), SPLIT, COUNT)
    assert value(whole, "y")[["low", "high", "status"]].tolist() == [1, 3, "suppressed"]


@pytest.mark.parametrize("in_x", [0, 1, 2, 3, 4])
def test_bounds_of_a_hidden_count_hold_every_division_of_it(in_x):
    carried = carry(counts(a=(1, 4), b=(0, 2)), SPLIT, COUNT)
    for unit, true in (("x", in_x), ("y", 4 - in_x + 2)):
        assert value(carried, unit)["low"] <= true <= value(carried, unit)["high"]
    assert carried.values["low"].sum() <= 1
    assert carried.values["high"].sum() >= 6


def test_a_count_without_upper_bound_has_none_afterwards():
    carried = carry(counts(a=(1, np.inf), b=10), SPLIT, COUNT)
    assert value(carried, "y")[["low", "high"]].tolist() == [10, np.inf]
    assert np.isnan(value(carried, "y")["error"])


@pytest.mark.parametrize("absent", ["missing", "blocked"])
def test_a_missing_count_is_missing_wherever_it_reaches(absent):
    carried = carry(counts(a=absent, b=10), matrix(("a", "x", 1.0), ("b", "y", 1.0)), COUNT)
    assert value(carried, "x")["status"] == absent
    assert np.isnan(value(carried, "x")["low"])
    assert value(carried, "y")["low"] == 10


def test_a_unit_without_a_row_is_missing_and_not_zero():
    carried = carry(counts(b=10), SPLIT, COUNT)
    assert value(carried, "y")["status"] == "missing"


def test_secret_cells_can_leave_the_sum_of_the_known_ones():
    cells = matrix(("a", "x", 1.0), ("b", "x", 1.0), ("c", "y", 1.0), ("d", "z", 1.0))
    carried = carry(counts(a=7, b="missing", c="missing", d=(1, 3)), cells, COUNT, gaps="uncertain")
    assert value(carried, "x")[["low", "high", "status"]].tolist() == [7, 7, "uncertain"]
    assert value(carried, "x")["provenance"].endswith(", davon 1 ohne Angabe")
    assert value(carried, "y")["status"] == "missing"
    assert value(carried, "z")["status"] == "suppressed"


def test_people_read_names_of_geographies():
    assert geography_name("grid100") == "Gitterzellen von 100 m"
    assert geography_name("plan:2026-1") == "Gebiete der Fassung 2026-1"
    assert geography_name("Ortsteile") == "„Ortsteile“"


def test_the_note_of_a_value_says_how_it_was_carried():
    assert carried_note("inhabitants", "B", 6.4) == "übertragen nach Einwohnerzahl, Klasse B, geschätzter Fehler ± 6"
    assert carried_note("area", "C", np.nan) == "übertragen nach Fläche, Klasse C"
    assert carried_note("area", "C", 0.01).endswith("± 0,1")
    assert carried_note("whole", "A", 0.0) == ""


def test_many_features_are_carried_part_by_part_with_the_same_result(monkeypatch):
    table = pd.concat([counts(f"f{number}", a=number, b=(1, number + 1)) for number in range(7)])
    measures = {f"f{number}": "count" for number in range(7)}
    whole = carry(table, SPLIT, measures)
    monkeypatch.setattr("sozialraum.carrying.counts.LARGEST", 4)
    parts = carry(table, SPLIT, measures)
    pd.testing.assert_frame_equal(whole.values, parts.values)
    pd.testing.assert_frame_equal(whole.outside, parts.outside)


def test_a_zero_is_zero_on_both_sides_of_a_border():
    carried = carry(counts(a=0, b=10), SPLIT, COUNT)
    assert value(carried, "x")[["low", "status", "carried", "error"]].tolist() == [0, "observed", False, 0]
    assert value(carried, "y")[["low", "status", "carried"]].tolist() == [10, "observed", False]


def test_ground_without_anything_to_count_is_an_estimated_zero_and_ground_nobody_knows_is_missing():
    weights = matrix(("a", "x", 1.0), ("a", "y", 0.0), targets=["x", "y", "z"])
    carried = carry(counts(a=7), weights, COUNT)
    assert value(carried, "y")[["low", "status", "carried"]].tolist() == [0, "estimated", True]
    assert value(carried, "z")["status"] == "missing"


def test_what_lies_outside_is_a_row_of_its_own():
    carried = carry(counts(a=8, b=4), matrix(("a", "x", 0.25), ("b", "x", 1.0)), COUNT)
    assert carried.outside[["unit", "low", "status"]].values.tolist() == [["", 6.0, "estimated"]]
    inside = carry(counts(a=8, b=4), SPLIT, COUNT)
    assert inside.outside[["low", "high", "status"]].values.tolist() == [[0.0, 0.0, "observed"]]


def test_only_counts_are_carried():
    table = pd.concat([counts(feature, a=8, b=10) for feature in ("cases", "rent", "quota", "unheard")])
    carried = carry(table, SPLIT, {"cases": "count", "rent": "median", "quota": "share"})
    assert set(carried.values["feature"]) == {"cases"}
    assert [finding.code for finding in carried.refused] == ["carry_share", "carry_median", "carry_unknown"]
    assert carried.refused[0].todo == "Liefern Sie Zähler und Nenner; beide werden übertragen, dann wird neu geteilt."


def test_persons_without_a_place_are_never_spread():
    rows = counts(a=8, b=10).assign(geography="plan:old")
    lost = counts(region=5).assign(geography="residual")
    carried = carry(pd.concat([rows, lost]), SPLIT, COUNT)
    assert carried.values["low"].sum() == 18
    assert [finding.code for finding in carried.refused] == ["carry_residual"]


def test_units_without_weights_and_units_twice_are_refused_together():
    with pytest.raises(InputRefused) as refused:
        carry(pd.concat([counts(a=1, q=2), counts(a=1)]), SPLIT, COUNT)
    assert len(refused.value.findings) == 2


def test_nothing_to_carry_gives_nothing():
    assert carry(counts(rent=8).assign(feature="rent"), SPLIT, {"rent": "median"}).values.empty


def test_a_share_is_rebuilt_from_both_counts():
    carried = carry(pd.concat([counts(a=8, b=(1, 3)), counts("people", a=80, b=20)]), SPLIT, COUNT)
    shares = carry_share(carried, "cases", "people").set_index("unit")
    assert shares.loc["x", ["low", "high", "status"]].tolist() == [0.1, 0.1, "estimated"]
    assert shares.loc["y", ["low", "high", "status"]].tolist() == pytest.approx([7 / 80, 9 / 80, "suppressed"])
    assert 0 < shares.loc["x", "error"] < 0.1
    with pytest.raises(KeyError):
        carry_share(carried, "cases", "nobody")


def test_an_error_grows_with_the_spread_and_is_largest_in_the_middle():
    model, wider = ErrorModel(0.0, 0.0), ErrorModel(0.5, 0.5)
    middle = matrix(("a", "x", 0.5), ("a", "y", 0.5))
    edge = matrix(("a", "x", 0.01), ("a", "y", 0.99))
    by_chance = carry(counts(a=100), middle, COUNT, model).values["error"].tolist()
    assert by_chance == [5.0, 5.0]  # binomial: sqrt(100 / 4)
    assert carry(counts(a=100), middle, COUNT, wider).values["error"][0] == pytest.approx(np.sqrt(25 * (1 + 99 / 2)))
    assert carry(counts(a=100), edge, COUNT, model).values["error"][0] < 1


def test_a_chain_is_less_certain_than_its_steps():
    assert usual_errors(SPLIT).spread > 0
    assert usual_errors(matrix(("a", "x", 1.0))).spread == 0


def test_the_spread_of_a_known_truth_is_found_again():
    random = np.random.default_rng(7)
    names = [f"s{number:03d}" for number in range(300)]
    weights = matrix(*[(name, f"{name}{side}", 0.5) for name in names for side in "xy"])
    share = random.beta(0.5 * 19, 0.5 * 19, len(names))  # Dirichlet with spread 1 / (1 + 19)
    one = random.binomial(200, share)
    truth = pd.DataFrame({
        "unit": [f"{name}{side}" for name in names for side in "xy"], "feature": "cases",
        "value": np.stack([one, 200 - one], axis=1).ravel(),
    })  # fmt: skip
    known = pd.DataFrame({"unit": names, "feature": "cases", "value": 200})
    assert estimate_errors(weights, known, truth).spread == pytest.approx(0.05, abs=0.01)


def test_an_error_cannot_be_estimated_without_divided_areas():
    known = pd.DataFrame({"unit": ["a", "b"], "feature": "cases", "value": 8})
    truth = pd.DataFrame({"unit": ["x", "y"], "feature": "cases", "value": 8})
    with pytest.raises(InputRefused, match="Zu wenige"):
        estimate_errors(SPLIT, known, truth)


def test_an_area_the_sources_cover_in_part_is_named():
    carried = carry(counts(a=8, b=10), replace(SPLIT, covered=np.array([1.0, 0.4])), COUNT)
    assert [(finding.code, finding.severity) for finding in carried.refused] == [("carry_covered", "note")]
    assert carried.refused[0].what.endswith("von: y.")


NEXT = by_key(pd.DataFrame([("x", "p", 0.5), ("x", "q", 0.5), ("y", "q", 1.0)],
                           columns=["source", "target", "weight"]), "new", "next")  # fmt: skip
LAST = by_key(pd.DataFrame([("p", "k", 0.5), ("p", "l", 0.5), ("q", "l", 1.0)],
                           columns=["source", "target", "weight"]), "next", "last")  # fmt: skip


def test_values_are_divided_twice_and_not_a_third_time():
    once = carry(counts(a=400, b=10), SPLIT, COUNT)
    twice = carry(once.values, NEXT, COUNT)
    assert value(once, "x")["steps"] == 1
    assert twice.values["steps"].tolist() == [2, 2]
    with pytest.raises(InputRefused, match="nicht auf") as refused:
        carry(twice.values, LAST, COUNT)
    assert [(finding.code, finding.column) for finding in refused.value.findings] == [("carry_steps", "cases")]
    up = by_key(pd.Series({"p": "all", "q": "all"}), "next", "whole")
    assert carry(twice.values, up, COUNT).values["low"].tolist() == [410]
    with pytest.raises(InputRefused):  # carried, and how often is no longer known
        carry(once.values.drop(columns="steps"), NEXT, COUNT)


def test_a_count_that_was_carried_keeps_its_error_class_and_method():
    once = carry(counts(a=400, b=10), replace(SPLIT, error_class="C", kind="area", steps=("area",)), COUNT)
    before = value(once, "y")["error"]
    again = value(carry(once.values, NEXT, COUNT), "q")
    divided = carry(once.values, NEXT, COUNT, ErrorModel(0.0, 0.0)).values.set_index("unit").loc["q"]
    assert again[["carried", "status", "method", "error_class"]].tolist() == [True, "estimated", "area", "C"]
    # the error of y stays whole, half that of x comes along, and chance divides the 100 of x
    assert divided["error"] == pytest.approx(np.sqrt(before**2 + (value(once, "x")["error"] / 2) ** 2 + 100 / 4))
    assert again["error"] > divided["error"] > before


def test_numbers_that_cannot_count_cases_are_refused_with_unit_and_feature():
    broken = pd.concat([counts(a=np.nan, b=-5), counts("people", a=1, b=2)])
    broken.loc[(broken["feature"] == "people") & (broken["unit"] == "b"), "low"] = 7
    with pytest.raises(InputRefused) as refused:
        carry(broken, SPLIT, COUNT)
    assert [(finding.column, finding.what) for finding in refused.value.findings] == [
        ("cases", "Ohne Zahl, aber nicht als fehlend gekennzeichnet: a."),
        ("cases", "Negative Zahl von Fällen: b."),
        ("people", "Die untere Grenze liegt über der oberen: b."),
    ]


def test_fractions_among_counted_cases_are_named():
    carried = carry(counts(a=0.1, b=10), SPLIT, COUNT)
    (finding,) = carried.refused
    assert (finding.code, finding.severity, finding.column) == ("carry_fraction", "warning", "cases")
    assert finding.what.endswith(": a.")
    estimated = counts(a=0.5, b=10).assign(status="estimated")
    assert carry(estimated, SPLIT, COUNT).refused == ()


def test_where_a_spread_was_measured_is_said_by_kind():
    place = "Berlin-Neukölln, Einwohnerregister 2017"
    assert usual_errors(replace(SPLIT, kind="inhabitants", steps=("inhabitants",))).measured_on == place
    borrowed = usual_errors(replace(SPLIT, kind="addresses", steps=("addresses",))).measured_on
    assert borrowed == f"nach Adressen nicht gemessen; angenommen wie nach Einwohnerzahl ({place})"
