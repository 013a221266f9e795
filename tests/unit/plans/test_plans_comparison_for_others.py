"""What a comparison tells others: no number of one or two inhabitants, and none that gives one away."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from sozialraum.plans.comparing import Comparison, PlanLabel
from sozialraum.plans.comparison_files import comparison_tables

LABEL = PlanLabel("p1", "Plan", "adopted", "2026-01-01T00:00:00+00:00", "", "")
LINEAGE = ["ags", "old_id", "old_code", "old_name", "new_id", "new_code", "new_name", "kind", "blocks", "persons"]
MOVED = ["ags", "block_id", "from_id", "from_code", "to_id", "to_code", "persons", "why"]


def comparison(pieces: list[tuple[str, str, int]], moved: list[tuple[str, int]]) -> Comparison:
    """pieces : old area, new area, inhabitants. moved : block, inhabitants."""
    origin = pd.DataFrame([("05999001", a, a, a, b, b, b, "X", 1, n) for a, b, n in pieces], columns=LINEAGE)
    blocks = pd.DataFrame([("05999001", block, "A", "1", "B", "2", n, "") for block, n in moved], columns=MOVED)
    return Comparison(LABEL, LABEL, (), origin, blocks)


@pytest.mark.parametrize(
    ("pieces", "told"),
    [
        ([("A", "A", 500), ("B", "B", 400)], [500, 400]),
        # two persons went from A to B; what stayed in A, or in B, would give them away
        ([("A", "A", 500), ("A", "B", 2), ("B", "B", 400)], [None, None, None]),
        ([("A", "A", 500), ("A", "B", 2), ("A", "C", 90), ("B", "B", 400)], [500, None, None, None]),
        # nobody lives there: nothing to hide
        ([("A", "A", 500), ("A", "B", 0), ("B", "B", 400)], [500, 0, 400]),
    ],
)
def test_pieces_of_areas(pieces: list[tuple[str, str, int]], told: list[int | None]) -> None:
    rows = comparison(pieces, []).for_others().to_json()["lineage"]
    assert [row["persons"] for row in rows] == told


def test_single_blocks() -> None:
    made = comparison([], [("a", 36), ("b", 1), ("c", 2), ("d", 50)])
    assert [row["persons"] for row in made.for_others().to_json()["moved"]] == [36, None, None, 50]
    assert [row["persons"] for row in made.to_json()["moved"]] == [36, 1, 2, 50]
    table = comparison_tables(made)["Gewechselte Bausteine"]
    assert table["Einwohner/-innen"].isna().tolist() == [False, True, True, False]


def test_it_can_be_written_as_json() -> None:
    text = json.dumps(comparison([("A", "B", 1)], [("b", 1)]).for_others().to_json())
    assert '"persons": null' in text
