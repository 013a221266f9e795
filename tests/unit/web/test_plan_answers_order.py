"""Municipalities stand in the same order everywhere on the page "Pläne": by name, as people sort names."""

from types import SimpleNamespace
from typing import Any

import pytest

from sozialraum.delineation import Decision
from sozialraum.plans.deciding import too_early
from sozialraum.web import plan_answers

NAMES = {"05999001": "Zell", "05999002": "Öhringen", "05999003": "Aachen"}
BY_NAME = ["Aachen", "Öhringen", "Zell"]


def compared() -> list[str]:
    towns = [{"ags": ags, "name": name} for ags, name in NAMES.items()]
    content = {"old": {}, "new": {}, "towns": towns, "lineage": [], "notes": [], "moved": []}
    work = SimpleNamespace(
        compare_plans=lambda *_given: SimpleNamespace(to_json=lambda: content), internal_reasons=lambda *_given: {}
    )
    session: Any = SimpleNamespace(project=None, work=work)
    return [town["name"] for town in plan_answers.comparison(session, "a", "b")["towns"]]


def refused() -> list[str]:
    held: Any = SimpleNamespace(decisions=dict.fromkeys(NAMES, Decision("Rat", "2026-03-01")), status="adopted")
    found = too_early(dict.fromkeys(NAMES, Decision("Rat", "2026-01-01")), [held], NAMES)
    return [finding.what.split(":")[0] for finding in found]


def drafts() -> list[str]:
    rows = [
        SimpleNamespace(draft_id=ags, ags=ags, title="", status="", base="", created="", role="", position=0)
        for ags in NAMES
    ]
    project: Any = SimpleNamespace()
    made = plan_answers.by_town([plan_answers.draft_row(project, row, NAMES) for row in rows])
    return [row["town"] for row in made]


@pytest.mark.parametrize("shown", [compared, refused, drafts])
def test_municipalities_stand_by_name(shown: Any) -> None:
    assert shown() == BY_NAME
