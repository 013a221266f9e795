"""Impulses: a reason to examine, with the rule and the figures that fired it. A person confirms."""

from __future__ import annotations

import json
import math
from typing import Any

import pandas as pd

from sozialraum.base import code_key
from sozialraum.carrying import PlanLike
from sozialraum.need.rules import Rule, rules

IMPULSE = [
    "impulse_id", "area_id", "field", "rule", "rule_version", "figures", "state", "role", "decided_on", "reason",
]  # fmt: skip


def find_impulses(
    supply: pd.DataFrame,
    indicator_values: pd.DataFrame,
    plan: PlanLike,
    *,
    edition: str | None = None,
    group: str = "under_6",
    need: str = "child_benefit_share",
) -> pd.DataFrame:
    """Impulses of one edition (default the latest), state 'arisen', sorted by area.

    supply, indicator_values : of the same release. `figures` is JSON text of everything that fired
    the rule, with the region beside the area: a regional surplus hides local gaps. The id is made
    of area, rule and edition, so the same data give the same impulses again.
    """
    period = edition if edition is not None else str(supply["period"].max() if len(supply) else "")
    at_edition = supply[supply["period"] == period]
    needs = indicator_values[(indicator_values["indicator"] == need) & (indicator_values["period"] == period)]
    need_of = {(row["level"], row["unit"]): row for row in needs.to_dict("records")}
    supply_of = {(row["level"], row["unit"]): row for row in at_edition.to_dict("records")}
    names = plan.areas.set_index("area_id")["name"].to_dict()
    rows = []
    for area in sorted(plan.areas["area_id"], key=code_key):
        here, needed = supply_of.get(("area", area)), need_of.get(("area", area))
        if here is None or needed is None:
            continue
        region, needed_region = supply_of.get(("region", "region"), {}), need_of.get(("region", "region"), {})
        for rule in rules(group):
            if _fires(rule, here, needed, needed_region):
                text = rule.sentence(str(names[area]))
                figures = _figures(rule, period, here, needed, region, needed_region) | {"sentence": text}
                rows.append(_row(area, rule, period, figures))
    return pd.DataFrame(rows, columns=IMPULSE)


def _fires(rule: Rule, supply: dict[Any, Any], need: dict[Any, Any], region: dict[Any, Any]) -> bool:
    if (supply["need_class"], supply["supply_class"]) != (rule.need, rule.supply):
        return False
    # The middle class is what cannot be told from the region: its own interval, not only its value.
    return not rule.excludes_middle or need["ci_high"] < region.get("ci_low", -math.inf)


def _figures(
    rule: Rule, period: str, supply: dict[Any, Any], need: dict[Any, Any], region: dict[Any, Any],
    need_region: dict[Any, Any],
) -> dict[str, Any]:  # fmt: skip
    own = ("children_low", "children_high", "places_low", "places_high", "coverage_low", "coverage_high",
           "gap_low", "gap_high", "need_class", "supply_class")  # fmt: skip
    share = ("share_low", "share_high", "ci_low", "ci_high", "count_low", "count_high", "base_low", "base_high")
    return {
        "period": period,
        "group": rule.group,
        "target": {name: _plain(supply[f"target_{name}"]) for name in ("rate", "source", "date")},
        "supply": {name: _plain(supply[name]) for name in own},
        "need": {"indicator": need["indicator"]} | {name: _plain(need[name]) for name in share},
        "region": {name: _plain(region.get(name)) for name in (*own[:8], "scope")}
        | {name: _plain(need_region.get(name)) for name in share},
    }


def _plain(value: Any) -> Any:
    """JSON knows no NaN and no infinity: both become null."""
    if isinstance(value, (int, float)):
        return float(value) if math.isfinite(value) else None
    return value


def _row(area: str, rule: Rule, period: str, figures: dict[str, Any]) -> dict[str, Any]:
    return {
        "impulse_id": f"{area}.{rule.id}.{period}",
        "area_id": area,
        "field": rule.field,
        "rule": rule.id,
        "rule_version": rule.version,
        "figures": json.dumps(figures, ensure_ascii=False, sort_keys=True),
        "state": "arisen",
        "role": "",
        "decided_on": "",
        "reason": "",
    }
