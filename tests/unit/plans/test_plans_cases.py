"""Plans and edits: the cases that the page (web/src/editor/plan.test.ts) and Python must agree on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sozialraum.base import UsageError
from sozialraum.delineation import Edit, Plan, make_plan
from sozialraum.plans.drafts import begin, state
from sozialraum.plans.figures import area_rows, figures, size_word
from sozialraum.plans.ground import plain_ground

CASES = json.loads((Path(__file__).parents[2] / "cases" / "plan_cases.json").read_text(encoding="utf-8"))
TOWN = CASES["municipality"]


def start() -> Plan:
    rows = [(*area, TOWN, "proposal") for area in CASES["areas"]]
    areas = pd.DataFrame(rows, columns=["area_id", "code", "name", "municipality", "origin"])
    base = make_plan(CASES["start"], areas, title="Vorschlag", created="2026-01-01T09:00:00+00:00")
    return state(begin(base, TOWN, title="Fassung 1", role="Planung", when="2026-01-02T09:00:00+00:00"), base)


def after(edits: list[dict[str, Any]]) -> Plan:
    plan = start()
    for edit in edits:
        plan = plan.apply(Edit.from_json(edit))
    return plan


@pytest.mark.parametrize("case", CASES["cases"], ids=[case["title"] for case in CASES["cases"]])
def test_edits_do_what_the_page_shows(case: dict[str, Any]) -> None:
    if "refused" in case:
        with pytest.raises(UsageError):
            after(case["edits"])
        return
    expected, plan, before = case["expect"], after(case["edits"]), start()
    low, high = CASES["size"]["low"], CASES["size"]["high"]
    ground = plain_ground(TOWN, CASES["people"], CASES["pairs"], low, high)
    moved = {
        block: plan.assignment[block] for block in ground.ids if plan.assignment[block] != before.assignment[block]
    }
    assert moved == expected["moved"]
    found = figures(ground, ground.areas_of(plan), area_rows(plan, TOWN)).values()
    shown = [[one.area_id, one.code, one.name, one.people, one.word, one.connected] for one in found]
    assert shown == expected["areas"]
    assert sorted(plan.locks) == expected.get("locks", [])


@pytest.mark.parametrize(("people", "word"), CASES["words"])
def test_words_have_the_limits_of_the_page(people: int, word: str) -> None:
    assert size_word(people, CASES["size"]["low"], CASES["size"]["high"]) == word
