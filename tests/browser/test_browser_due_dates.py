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
    gaps.expect(project, "betreuung", towns, [YEAR], due=LATE, owner="Jugendamt Hallenfeld")
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


def cell(page: Any, title: str, town: str) -> Any:
    return page.get_by_role("button", name=f"{title}, {town}:")


def test_a_note_that_was_not_saved_is_there_when_the_gap_is_chosen_again(page: Any) -> None:
    goto(page, "luecken", "Lücken")
    panel = page.get_by_label("Gewählte Lücke")
    cell(page, "Kinder in Tagesbetreuung", "Unterau").click()
    panel.get_by_label("Bemerkung").fill("Frau Muster ruft zurück")
    cell(page, "Kinder in Tagesbetreuung", "Oberau").click()
    expect(panel.get_by_label("Bemerkung")).to_have_value("")
    cell(page, "Kinder in Tagesbetreuung", "Unterau").click()
    expect(panel.get_by_label("Bemerkung")).to_have_value("Frau Muster ruft zurück")


@pytest.mark.parametrize(("width", "height"), [(1024, 768), (390, 844)])
def test_in_a_small_window_the_chosen_gap_comes_into_view_with_the_focus(page: Any, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    goto(page, "katalog", "Katalog")
    goto(page, "luecken", "Lücken")
    cell(page, "Kinder in Tagesbetreuung", "Oberau").click()
    heading = page.get_by_label("Gewählte Lücke").get_by_role("heading")
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()
    picture(page, f"luecke-{width}")
    assert broken_rules(page) == []
    page.set_viewport_size({"width": 1440, "height": 900})


def test_a_request_goes_to_who_cares_for_the_gap_and_asks_for_a_day_to_come(page: Any) -> None:
    goto(page, "katalog", "Katalog")
    goto(page, "luecken", "Lücken")
    cell(page, "Kinder in Tagesbetreuung", "Unterau").click()
    page.get_by_role("button", name="Anforderung schreiben").click()
    expect(page.get_by_label("An, eine Zeile je Angabe")).to_have_value("Jugendamt Hallenfeld")
    due = page.get_by_label("Daten bis", exact=True)
    expect(due).not_to_have_value("")
    assert due.input_value() > TODAY.isoformat()
    page.get_by_label("Der Brief").get_by_text("Jugendamt Hallenfeld").wait_for()
    picture(page, "anforderung-an")
    assert broken_rules(page) == []
