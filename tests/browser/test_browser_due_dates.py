"""What is due stands on "Arbeitsstand"; a chosen gap keeps what was typed and is seen in small windows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect
from rules import broken_rules
from served import served
from workshop_desk import picture

from receiving_village import Office
from request_village import nine_towns
from sozialraum import workflow
from sozialraum.workflow import gaps
from sozialraum.workflow.rhythm import Rhythm, set_rhythm

TODAY = date.today()
YEAR = str(TODAY.year - 1)
LATE = (TODAY - timedelta(days=12)).isoformat()


@pytest.fixture(scope="module")
def page(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("due")
    project = nine_towns(folder / "p")
    set_rhythm(project, Rhythm(years=1, first=TODAY.year - 1))
    towns = sorted(project.municipalities()["ags"])
    gaps.expect(project, "betreuung", towns, [YEAR], due=LATE, owner="Jugendhilfeplanung")
    workflow.receive(project, Office().write(folder / "Jugendamt_lang.xlsx"))
    project.close()
    with served(folder, folder / "p") as address:
        found = browser.new_page(viewport={"width": 1440, "height": 900}, locale="de-DE")
        found.set_default_timeout(10_000)
        found.goto(f"{address}#/stand")
        found.get_by_role("heading", name="Arbeitsstand", level=1).wait_for()
        yield found
        found.close()


def goto(page: Any, name: str, heading: str) -> None:
    page.evaluate(f"location.hash = '#/{name}'")
    page.get_by_role("heading", name=heading, level=1).wait_for()


def test_what_is_late_stands_on_the_first_page(page: Any) -> None:
    due = page.get_by_role("region", name="Fristen")
    due.get_by_text("9 Gemeinden, seit 12 Tagen überfällig").wait_for()
    expect(page.get_by_text("1 Lieferung zu klären: „Jugendamt_lang.xlsx“").first).to_be_visible()
    picture(page, "fristen")
    assert broken_rules(page) == []
    due.get_by_role("link", name=YEAR).click()
    page.get_by_role("heading", name="Lücken", level=1).wait_for()
