"""The released figures that go into a package; what was hidden goes in as a word, never with its bounds."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from sozialraum.indicators import Definition

NUMBERS = ("share_low", "share_high", "count_low", "count_high", "base_low", "base_high", "ci_low", "ci_high")
UNSAID = frozenset({"suppressed", "missing", "blocked"})  # states that travel without any number
REGION = "region"


def released_figures(
    values: pd.DataFrame, definitions: Sequence[Definition], areas: Mapping[str, str], ags: str
) -> dict[str, Any]:
    """The latest indicator values of some areas, their municipality and the region.

    values : indicator values of docs/architecture.md, computed from released counts alone. definitions : in the
    order of the report. areas : area_id of the released plan -> area_id in the package, for areas with the same
    blocks; figures of other areas stay out. Returns `indicators` (key, title, kind, period) and `rows`
    (indicator, level, unit, status, numbers or null).
    """
    latest = values.groupby("indicator")["period"].max()
    known = [definition for definition in definitions if definition.id in latest.index]
    now = values[values["period"] == values["indicator"].map(latest)]
    units = {**areas, ags: ags, REGION: REGION}
    wanted = now[now["unit"].isin(list(units))]
    rows = [_row(row, units) for row in wanted.to_dict("records")]
    return {
        "indicators": [
            {"key": one.id, "title": one.title_de, "kind": one.kind, "period": str(latest[one.id])} for one in known
        ],
        "rows": sorted(rows, key=lambda row: (row["indicator"], row["level"], row["unit"])),
    }


def english_titles(definitions: Sequence[Definition]) -> dict[str, str]:
    """The titles of the indicators, German -> English."""
    return {one.title_de: one.title_en for one in definitions}


def same_areas(assignment: pd.Series, released: pd.Series | None) -> dict[str, str]:
    """Areas of the released plan that have the same blocks in another: area_id there -> area_id here.

    assignment, released : block_id -> area_id; `released` may reach beyond the blocks of `assignment`.
    """
    if released is None:
        return {}
    here = _members(assignment)
    there = _members(released)
    by_blocks = {blocks: area for area, blocks in here.items()}
    return {area: by_blocks[blocks] for area, blocks in there.items() if blocks in by_blocks}


def _members(assignment: pd.Series) -> dict[str, frozenset[str]]:
    return {str(area): frozenset(map(str, blocks)) for area, blocks in assignment.groupby(assignment).groups.items()}


def _row(row: Mapping[Any, Any], units: Mapping[str, str]) -> dict[str, Any]:
    said = row["status"] not in UNSAID
    numbers = {name: _number(row[name]) if said else None for name in NUMBERS}
    return {
        "indicator": str(row["indicator"]), "level": str(row["level"]), "unit": units[row["unit"]],
        "status": str(row["status"]), **numbers,
    }  # fmt: skip


def _number(value: Any) -> float | None:
    number = float(value)
    return round(number, 6) if math.isfinite(number) else None
