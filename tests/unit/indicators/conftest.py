"""A village of two municipalities: A with two areas of two blocks, B with one area."""

from types import SimpleNamespace

import pandas as pd
import pytest

BLOCKS = [("A-1", "A", 100), ("A-2", "A", 300), ("A-3", "A", 200), ("A-4", "A", 200), ("B-1", "B", 500)]


def plan_of(plan_id, assignment):
    areas = pd.DataFrame({"area_id": sorted(set(assignment.values()))})
    areas["municipality"] = areas["area_id"].str.split("-").str[0]
    areas["code"], areas["name"], areas["origin"] = areas["area_id"], areas["area_id"], "proposal"
    return SimpleNamespace(plan_id=plan_id, assignment=pd.Series(assignment), areas=areas)


@pytest.fixture
def village():
    blocks = pd.DataFrame(BLOCKS, columns=["block_id", "municipality", "population"])
    plan = plan_of("new", {"A-1": "A-01", "A-2": "A-01", "A-3": "A-02", "A-4": "A-02", "B-1": "B-01"})
    former = plan_of("old", {"A-1": "A-11", "A-2": "A-12", "A-3": "A-12", "A-4": "A-13", "B-1": "B-11"})
    municipalities = pd.DataFrame({"ags": ["A", "B"]})
    return SimpleNamespace(blocks=blocks, plan=plan, former=former, municipalities=municipalities)


@pytest.fixture
def observed():
    """observed(*rows) with rows (geography, unit, feature, period, number[, status, low, high])."""

    def build(*rows):
        table = []
        for geography, unit, feature, period, number, *rest in rows:
            status, low, high = rest or ("observed", number, number)
            table.append((geography, unit, feature, period, low, high, status, "Zeile 7"))
        names = ["geography", "unit", "feature", "period", "low", "high", "status", "cell"]
        return pd.DataFrame(table, columns=names)

    return build


@pytest.fixture
def carried(village):
    """carried(observations, feature, editions) -> rows by unit."""
    from sozialraum.indicators import carry

    def run(observations, feature, editions=("2025-12-31",), facilities=None):
        counts = carry(
            observations, facilities, village.plan, village.blocks, village.municipalities, editions,
            former=(village.former,),
        )  # fmt: skip
        rows = counts[(counts["feature"] == feature) & (counts["level"] != "residual")]
        return rows[rows["period"] == max(rows["period"])].set_index("unit")

    return run
