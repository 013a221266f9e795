"""Inhabitants by age without a register: the municipality's number, by inhabitants of blocks, marked as estimated.

Municipality A has 100 + 300 inhabitants in area 01 and 200 + 200 in area 02, B has 500 in one area.
"""

import pandas as pd
import pytest

from sozialraum.indicators import carry, combine, compute
from sozialraum.indicators.estimating import NOTE, inhabitants_by_group
from sozialraum.protection import release

END = "2025-12-31"
GROUPS = inhabitants_by_group()


@pytest.fixture
def official(observed):
    """Both municipalities with 80 persons in every group of age and sex."""
    return observed(*[("municipality", ags, group, END, 80) for ags in "AB" for group in GROUPS])


def counts_of(village, observations, bases=None):
    return carry(observations, None, village.plan, village.blocks, village.municipalities, [END], bases=bases)


def rows(counts, feature=GROUPS[0]):
    own = counts[(counts["feature"] == feature) & (counts["level"] != "residual")]
    return own.set_index("unit")


def test_a_hole_is_filled_by_inhabitants_of_blocks_and_marked(village, official):
    found = rows(counts_of(village, official))
    assert found.loc[["A-01", "A-02", "B-01"], "low"].tolist() == [40, 40, 80]
    assert set(found.loc[["A-01", "A-02", "B-01"], "status"]) == {"estimated"}
    assert set(found.loc[["A-01", "A-02", "B-01"], "note"]) == {NOTE}


def test_the_municipality_keeps_the_number_delivered_for_it(village, official):
    found = rows(counts_of(village, official))
    assert found.loc[["A", "B", "region"], "low"].tolist() == [80, 80, 160]
    assert found.loc["A", "status"] == "observed"


def test_what_a_register_counted_is_not_estimated(village, official, observed):
    register = observed(*[("block", block, GROUPS[0], END, 10) for block in ("A-1", "A-2", "A-3", "A-4")])
    found = rows(counts_of(village, pd.concat([official, register])))
    assert found.loc["A-01", ["low", "status", "note"]].tolist() == [20, "observed", ""]
    assert found.loc["B-01", "status"] == "estimated"


def test_the_official_number_may_be_chosen_as_the_base(village, official, observed):
    register = observed(
        *[("block", block, GROUPS[0], END, 10) for block in ("A-1", "A-2", "A-3", "A-4")],
        ("residual", "A", GROUPS[0], END, 7),
    )
    found = rows(counts_of(village, pd.concat([official, register]), {END: "official"}))
    assert found.loc["A-01", ["low", "status", "note"]].tolist() == [40, "estimated", NOTE]
    assert found.loc["A", "low"] == 80


def test_shares_by_age_on_the_inhabitants_of_blocks(village, official):
    """80 of 1,280 persons are in each of 16 groups: 400 inhabitants of area 01 make 25."""
    found = rows(counts_of(village, official, {END: "blocks"}))
    assert found.loc[["A-01", "A-02", "A", "B"], "low"].tolist() == [25, 25, 50, 31.25]
    assert found.loc["A", "status"] == "estimated"


def test_a_group_without_a_number_of_its_own_stays_missing(village, official):
    found = rows(counts_of(village, official[official["feature"] != GROUPS[0]]))
    assert set(found["status"]) == {"missing"}


def test_another_date_is_said_beside_the_estimate(village, observed):
    late = observed(*[("municipality", "B", group, "2025-06-30", 80) for group in GROUPS])
    found = rows(counts_of(village, late))
    assert found.loc["B-01", ["status", "note"]].tolist() == ["estimated", f"{NOTE};other_date=2025-06-30"]
    assert found.loc["A-01", "status"] == "missing"


def test_the_mark_reaches_the_indicator(village, official):
    released = release(
        combine(counts_of(village, official)),
        municipality_of=village.plan.areas.set_index("area_id")["municipality"].to_dict(),
    )
    values = compute(released.values, village.plan)
    share = values[(values["indicator"] == "share_under_6") & (values["unit"] == "A-01")].iloc[0]
    assert (share["status"], share["note"]) == ("estimated", NOTE)
    assert share["share_low"] == pytest.approx(4 / 16)
