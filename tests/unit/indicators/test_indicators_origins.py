"""Which observations carry a count, way by way."""

import pandas as pd
import pytest

from sozialraum.indicators import carry
from sozialraum.indicators.estimating import inhabitants_by_group
from sozialraum.indicators.origins import Ground

END = "2025-12-31"


@pytest.fixture
def origin(village):
    """origin(observations, level, unit, feature) -> the origin and the units of its rows."""

    def run(observations, level, unit, feature, bases=None):
        rest = (village.plan, village.blocks, village.municipalities, [END])
        counts = carry(observations, None, *rest, former=(village.former,), bases=bases)
        ground = Ground(observations, None, *rest, (village.former,), bases)
        found = ground.of(level, unit, feature, END, counts)
        return found, observations.iloc[list(found.all_rows()[0])]["unit"].tolist()

    return run


def test_blocks(observed, origin):
    rows = observed(*[("block", block, "hh_children", END, 9) for block in ("A-1", "A-2", "A-3", "A-4")])
    found, units = origin(rows, "area", "A-01", "hh_children")
    assert (found.way, found.used, found.units, units) == ("blocks", END, 2, ["A-1", "A-2"])


def test_an_area_that_was_ordered(observed, origin):
    rows = observed(("plan:new", "A-01", "unemployed", END, 30), ("plan:new", "A-02", "unemployed", END, 40))
    found, units = origin(rows, "area", "A-02", "unemployed")
    assert (found.way, units) == ("areas", ["A-02"])


def test_an_earlier_plan(observed, origin):
    rows = observed(*[("plan:old", f"A-1{number}", "unemployed", END, 30) for number in (1, 2, 3)])
    found, units = origin(rows, "area", "A-01", "unemployed")
    assert (found.way, found.units, units) == ("former", 2, ["A-11", "A-12"])


def test_a_delivery_group(observed, origin):
    rows = observed(("plan:new", "A-01+A-02", "unemployed", END, 30))
    found, units = origin(rows, "area", "A-01", "unemployed")
    assert (found.way, units) == ("group", ["A-01+A-02"])


def test_a_delivered_total_over_a_hidden_part(observed, origin):
    rows = observed(
        ("plan:new", "A-01", "unemployed", END, 0, "suppressed", 1, 9), ("plan:new", "A-02", "unemployed", END, 40),
        ("municipality", "A", "unemployed", END, 45),
    )  # fmt: skip
    found, units = origin(rows, "municipality", "A", "unemployed")
    assert (found.way, units) == ("total", ["A"])


def test_a_sure_sum_goes_before_a_delivered_total(observed, origin):
    rows = observed(
        ("plan:new", "A-01", "unemployed", END, 5), ("plan:new", "A-02", "unemployed", END, 40),
        ("municipality", "A", "unemployed", END, 46), ("residual", "A", "unemployed", END, 1),
    )  # fmt: skip
    found, units = origin(rows, "municipality", "A", "unemployed")
    assert (found.way, units) == ("sum", ["A-01", "A-02", "A"])


def test_a_zero_of_a_complete_list_and_a_hole(observed, origin):
    rows = observed(("block", "A-1", "hh_children", END, 9))
    assert origin(rows, "area", "A-02", "hh_children")[0].way == "absent"
    assert origin(rows, "area", "B-01", "hh_children")[0].way == "missing"


def test_inhabitants_estimated_from_the_municipality(observed, origin):
    group = inhabitants_by_group()[0]
    rows = observed(("municipality", "A", group, END, 80), ("block", "B-1", group, END, 7))
    found, units = origin(rows, "area", "A-01", group)
    assert (found.way, found.used, units) == ("estimated", END, ["A"])
    assert origin(rows, "area", "B-01", group)[0].way == "blocks"


def test_the_region_leaves_out_whom_its_scope_names(observed, village):
    rows = observed(("plan:new", "A-01", "unemployed", END, 30), ("plan:new", "A-02", "unemployed", END, 40))
    rest = (village.plan, village.blocks, village.municipalities, [END])
    found = Ground(rows, None, *rest).of("region", "region", "unemployed", END, carry(rows, None, *rest), "B")
    assert [part.unit for part in found.parts] == ["A"]
    assert isinstance(found.all_rows(), tuple)
    assert pd.Series(found.all_rows()[0]).tolist() == [0, 1]
