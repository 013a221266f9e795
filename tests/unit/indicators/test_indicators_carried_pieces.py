"""Counts of a source geography on areas, municipalities and the region: values, notes, gaps, ways back."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from sozialraum.base import InputRefused
from sozialraum.carrying import Matrix, by_key
from sozialraum.indicators import carry
from sozialraum.indicators.carried_pieces import SourceWeights
from sozialraum.indicators.origins import Ground
from sozialraum.protection import release

END = "2025-12-31"


def onto_areas() -> Matrix:
    """W1 lies in A-01, W2 half in A-01 and half in A-02, W3 in B-01 and, a fifth of it, outside."""
    rows = [("W1", "A-01", 1.0), ("W2", "A-01", 0.5), ("W2", "A-02", 0.5), ("W3", "B-01", 0.8)]
    return by_key(pd.DataFrame(rows, columns=["source", "target", "weight"]), "Stimmbezirke", "plan:new")


WEIGHTS = {"geo:wards": SourceWeights({"": onto_areas()})}


def counted(village: SimpleNamespace, observations: pd.DataFrame, weights: Any = WEIGHTS) -> pd.DataFrame:
    return carry(
        observations, None, village.plan, village.blocks, village.municipalities, [END], others=weights
    )  # fmt: skip


def rows_of(counts: pd.DataFrame, feature: str) -> pd.DataFrame:
    return counts[(counts["feature"] == feature) & (counts["level"] != "residual")].set_index("unit")


def wards(observed: Any, *numbers: float, feature: str = "own_voters") -> pd.DataFrame:
    return observed(*[("geo:wards", f"W{place}", feature, END, number) for place, number in enumerate(numbers, 1)])


def test_whole_units_stay_observed_and_divided_ones_say_how(village: SimpleNamespace, observed: Any) -> None:
    rows = rows_of(counted(village, wards(observed, 30, 40, 100)), "own_voters")
    assert rows.loc[["A-01", "A-02", "B-01"], "low"].tolist() == [50, 20, 80]
    assert rows.loc[["A-01", "A-02", "B-01"], "status"].tolist() == ["estimated"] * 3
    assert rows.loc["A-01", "note"].startswith("carried=key/B/")
    assert rows.loc["A", ["low", "status", "note"]].tolist() == [70, "observed", ""]  # W1 and W2 lie within A
    assert rows.loc["B", ["low", "status", "note"]].tolist() == [80, "estimated", rows.loc["B-01", "note"]]
    assert rows.loc["region", ["low", "note"]].tolist() == [150, "carried=key/B/"]
    assert rows.loc["A-01", "provenance"] == "übertragen nach gelieferten Anteilen („Stimmbezirke“)"


def test_a_hidden_unit_leaves_the_sum_of_its_town_hidden(village: SimpleNamespace, observed: Any) -> None:
    star = ("geo:wards", "W2", "own_voters", END, None, "suppressed", 1, 9)
    rows = rows_of(counted(village, pd.concat([wards(observed, 30), observed(star)])), "own_voters")
    assert rows.loc["A", ["low", "high", "status"]].tolist() == [30, 48, "suppressed"]  # each of both parts: 0 to 9


def test_a_unit_across_a_border_leaves_both_towns_estimated(village: SimpleNamespace, observed: Any) -> None:
    links = [("W1", "A-01", 0.5), ("W1", "B-01", 0.5), ("W2", "A-02", 1.0)]
    matrix = by_key(pd.DataFrame(links, columns=["source", "target", "weight"]), "Stimmbezirke", "plan:new")
    counts = counted(village, wards(observed, 30, 40), {"geo:wards": SourceWeights({"": matrix})})
    rows = rows_of(counts, "own_voters")
    assert rows.loc[["A", "B"], "status"].tolist() == ["estimated", "estimated"]
    assert rows.loc["A-02", "status"] == "observed"


def test_nothing_divided_is_no_estimate(village: SimpleNamespace, observed: Any) -> None:
    whole = by_key(pd.Series({"W1": "A-01", "W2": "A-02", "W3": "B-01"}), "Stimmbezirke", "plan:new")
    counts = counted(village, wards(observed, 30, 40, 100), {"geo:wards": SourceWeights({"": whole})})
    rows = rows_of(counts, "own_voters")
    assert set(rows["status"]) == {"observed"}
    assert set(rows["note"]) == {""}


def test_a_unit_without_a_row_leaves_its_areas_without_a_number(village: SimpleNamespace, observed: Any) -> None:
    rows = rows_of(counted(village, wards(observed, 30)), "own_voters")
    assert rows.loc["A-01", "status"] == "missing"
    assert rows.loc["B-01", "provenance"] == "nicht geliefert"


def test_of_a_complete_list_an_absent_unit_is_zero(village: SimpleNamespace, observed: Any) -> None:
    rows = rows_of(counted(village, wards(observed, 30, feature="households")), "households")
    assert rows.loc[["A-01", "A-02"], "low"].tolist() == [30, 0]
    assert rows.loc["A-01", "status"] == "observed"


def test_cells_without_a_number_leave_the_sum_of_the_others(village: SimpleNamespace, observed: Any) -> None:
    grid = {"geo:wards": SourceWeights({"": onto_areas()}, gaps="uncertain")}
    rows = rows_of(counted(village, wards(observed, 30), grid), "own_voters")
    assert rows.loc["A-01", ["low", "status"]].tolist() == [30, "uncertain"]
    assert "davon 1 ohne Angabe" in rows.loc["A-01", "provenance"]


def test_a_hidden_count_is_carried_as_bounds_without_an_error(village: SimpleNamespace, observed: Any) -> None:
    star = ("geo:wards", "W2", "own_voters", END, None, "suppressed", 1, 9)
    table = observed(("geo:wards", "W1", "own_voters", END, 30), star, ("geo:wards", "W3", "own_voters", END, 5))
    rows = rows_of(counted(village, table), "own_voters")
    assert rows.loc["A-02", ["low", "high", "status", "note"]].tolist() == [0, 9, "suppressed", "carried=key/B/"]


def test_a_feature_may_have_weights_of_its_own(village: SimpleNamespace, observed: Any) -> None:
    other = by_key(pd.Series({"W1": "A-02", "W2": "A-02", "W3": "B-01"}), "Stimmbezirke", "plan:new")
    weights = {"geo:wards": SourceWeights({"": onto_areas(), "own_voters": other})}
    table = pd.concat([wards(observed, 30, 40, 100), wards(observed, 3, 4, 10, feature="own_young")])
    counts = counted(village, table, weights)
    assert rows_of(counts, "own_voters").loc["A-02", "low"] == 70
    assert rows_of(counts, "own_young").loc["A-02", "low"] == 2


def test_the_areas_of_the_plan_count_before_a_geography(village: SimpleNamespace, observed: Any) -> None:
    own = observed(("plan:new", "B-01", "own_voters", END, 77))
    rows = rows_of(counted(village, pd.concat([wards(observed, 30, 40, 100), own])), "own_voters")
    assert rows.loc[["A-01", "B-01"], "low"].tolist() == [50, 77]


def test_a_geography_without_weights_is_refused_by_name(village: SimpleNamespace, observed: Any) -> None:
    with pytest.raises(InputRefused, match="wards"):
        counted(village, wards(observed, 30), {})
    with pytest.raises(InputRefused, match="W9"):
        counted(village, observed(("geo:wards", "W9", "own_voters", END, 1)))


def test_the_way_back_names_units_and_their_parts(village: SimpleNamespace, observed: Any) -> None:
    table = wards(observed, 30, 40, 100)
    rest = (village.plan, village.blocks, village.municipalities, [END])
    counts = carry(table, None, *rest, others=WEIGHTS)
    found = Ground(table, None, *rest, others=WEIGHTS).of("area", "A-01", "own_voters", END, counts)
    assert (found.way, found.rows) == ("carried", (0, 1))
    assert found.shares == (("geo:wards", "W1", 1.0), ("geo:wards", "W2", 0.5))


def test_the_way_back_names_units_without_a_row_as_well(village: SimpleNamespace, observed: Any) -> None:
    """Of a complete list an absent row is a zero; which units have one is not told by the list of units."""
    table = observed(("geo:wards", "W1", "households", END, 30))
    rest = (village.plan, village.blocks, village.municipalities, [END])
    counts = carry(table, None, *rest, others=WEIGHTS)
    ground = Ground(table, None, *rest, others=WEIGHTS)
    found = ground.of("area", "A-01", "households", END, counts)
    assert [unit for _geography, unit, _part in found.shares] == ["W1", "W2"]
    assert found.rows == (0,)


def test_a_hidden_release_says_nothing_about_carrying(village: SimpleNamespace, observed: Any) -> None:
    table = wards(observed, 200, 4, 100, feature="unemployed")
    values = release(counted(village, table)).values
    hidden = values[(values["feature"] == "unemployed") & (values["status"] == "suppressed")]
    assert len(hidden)
    assert not hidden["note"].str.contains("carried").any()
