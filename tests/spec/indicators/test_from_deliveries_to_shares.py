"""From delivered counts to the share a report prints, in one municipality a planner can add up by hand.

Gebiet 1 has the blocks 1 and 2, Gebiet 2 has block 3. Two persons have no address that can be placed.

| Baustein | Haushalte mit Kindern | darunter Alleinerziehende |
|---|---|---|
| 1 | 60 | 9 |
| 2 | 40 | 11 |
| 3 | 200 | 24 |
| ohne | 4 | 4 |
"""

from types import SimpleNamespace

import pandas as pd
import pytest

from sozialraum.indicators import carry, combine, compute

END = "2025-12-31"
DELIVERED = [("1", 60, 9), ("2", 40, 11), ("3", 200, 24)]


@pytest.fixture
def plan():
    areas = pd.DataFrame({"area_id": ["M-01", "M-02"], "code": ["1", "2"], "municipality": "M"})
    return SimpleNamespace(plan_id="p", assignment=pd.Series({"1": "M-01", "2": "M-01", "3": "M-02"}), areas=areas)


@pytest.fixture
def counts(plan):
    rows = [("residual", "M", feature, 4) for feature in ("hh_children", "hh_single_parent")]
    for block, families, alone in DELIVERED:
        rows += [("block", block, "hh_children", families), ("block", block, "hh_single_parent", alone)]
    table = pd.DataFrame(rows, columns=["geography", "unit", "feature", "low"])
    table = table.assign(high=table["low"], status="observed", period=END, cell="")
    blocks = pd.DataFrame({"block_id": ["1", "2", "3"], "municipality": "M", "population": 100})
    return carry(table, None, plan, blocks, pd.DataFrame({"ags": ["M"]}), [END])


def test_counts_of_areas_and_totals(counts):
    """
    | | mit Kindern | Alleinerziehende |
    |---|---|---|
    | Gebiet 1 | 100 | 20 |
    | Gebiet 2 | 200 | 24 |
    | Gemeinde | 304 | 48 |
    | Kreis | 304 | 48 |
    """
    shown = counts[counts["level"] != "residual"]
    table = shown.pivot(index="unit", columns="feature", values="low")[["hh_children", "hh_single_parent"]]
    assert table.loc[["M-01", "M-02", "M", "region"]].to_numpy().tolist() == [
        [100, 20],
        [200, 24],
        [304, 48],
        [304, 48],
    ]


def test_share_of_single_parents(counts, plan):
    """Gebiet 1: 20 von 100 = 20,0 %; Gebiet 2: 24 von 200 = 12,0 %; Kreis: 48 von 304 = 15,8 %."""
    values = compute(combine(counts), plan)
    rows = values[values["indicator"] == "single_parent_share"].set_index("unit")
    assert rows.loc[["M-01", "M-02", "region"], "share_low"].round(3).tolist() == [0.2, 0.12, 0.158]


def test_both_areas_cannot_be_told_from_the_kreis(counts, plan):
    values = compute(combine(counts), plan)
    rows = values[values["indicator"] == "single_parent_share"].set_index("unit")
    assert rows.loc[["M-01", "M-02"], "versus"].tolist() == ["same", "same"]


def test_what_nobody_delivered_stands_as_missing(counts, plan):
    values = compute(combine(counts), plan)
    rows = values[values["indicator"] == "unemployed_share"]
    assert set(rows["status"]) == {"missing"}
