"""The rows a count is traced to add up to the count, whatever way the numbers came."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from sozialraum.indicators import carry
from sozialraum.indicators.origins import Ground

END, BEFORE = "2025-12-31", "2025-06-30"
BLOCKS = [f"A-{n}" for n in range(8)] + [f"B-{n}" for n in range(5)]
FEATURES = ["hh_children", "hh_single_parent", "unemployed", "care_03_06", "family_aid"]


def plan_of(plan_id: str, chance: np.random.Generator) -> SimpleNamespace:
    assignment = {block: f"{block[0]}-{plan_id}{chance.integers(3)}" for block in BLOCKS}
    areas = pd.DataFrame({"area_id": sorted(set(assignment.values()))})
    areas["municipality"] = areas["area_id"].str[0]
    return SimpleNamespace(plan_id=plan_id, assignment=pd.Series(assignment), areas=areas)


def world(seed: int) -> SimpleNamespace:
    """Random plans and observations: per municipality and feature by block, by area, by former area, or not at all."""
    chance = np.random.default_rng(seed)
    plan, former = plan_of("now", chance), plan_of("old", chance)
    # Former areas are exact only where they lie whole inside a new one: make one of each municipality out of all.
    former.assignment[:] = former.assignment.str[0] + "-old"
    former.areas = pd.DataFrame({"area_id": ["A-old", "B-old"], "municipality": ["A", "B"]})
    rows = []
    for town in "AB":
        for feature in FEATURES:
            way = chance.choice(["block", "plan:now", "plan:old", "none"])
            period = chance.choice([END, BEFORE], p=[0.8, 0.2])
            units = {
                "block": [block for block in BLOCKS if block[0] == town],
                "plan:now": list(plan.areas.loc[plan.areas["municipality"] == town, "area_id"]),
                "plan:old": [f"{town}-old"],
                "none": [],
            }[way]
            rows += [(way, unit, feature, period, float(chance.integers(5, 90))) for unit in units]
            if chance.random() < 0.4:
                rows.append(("residual", town, feature, period, float(chance.integers(9))))
    table = pd.DataFrame(rows, columns=["geography", "unit", "feature", "period", "low"])
    table = table.assign(high=table["low"], status="observed", cell="").sample(frac=1, random_state=seed)
    blocks = pd.DataFrame({"block_id": BLOCKS, "municipality": [b[0] for b in BLOCKS], "population": 100})
    return SimpleNamespace(
        plan=plan, former=[former], table=table.reset_index(drop=True), blocks=blocks,
        towns=pd.DataFrame({"ags": ["A", "B"]}),
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(25))
def test_the_rows_of_a_count_add_up_to_it(seed):
    made = world(seed)
    counts = carry(made.table, None, made.plan, made.blocks, made.towns, [END], former=made.former)
    ground = Ground(made.table, None, made.plan, made.blocks, made.towns, [END], made.former)
    checked = 0
    for row in counts[counts["level"] != "residual"].itertuples():
        if row.feature not in FEATURES:
            continue
        origin = ground.of(row.level, row.unit, row.feature, row.period, counts, row.scope)
        rows, facilities = origin.all_rows()
        own = made.table.iloc[list(rows)]
        assert not facilities
        assert set(own["feature"]) <= {row.feature}
        if np.isnan(row.low):
            # Without a number there is no row, or a sum lacks one of its parts.
            assert origin.way in ("missing", "sum")
        elif origin.way != "former" and row.level == "area":
            assert own["low"].sum() == row.low
            checked += 1
        elif row.level != "area":
            assert own["low"].sum() == pytest.approx(row.low)
            checked += 1
    assert checked > 0
