"""Namen von Leistungen in the browser: see, enter, end and change a name; the workbook shows its changes first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import expect
from rules import broken_rules
from served import served
from test_browser_requests import goto, picture, saved

from request_village import asking_project


@pytest.fixture(scope="module")
def page(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("benefits") / "p"
    asking_project(folder).close()
    with served(folder.parent, folder) as address:
        found = browser.new_page(viewport={"width": 1280, "height": 900}, locale="de-DE", accept_downloads=True)
        found.faults = []
        found.on("pageerror", lambda error: found.faults.append(str(error)))
        found.goto(f"{address}#/katalog")
        found.get_by_role("heading", name="Katalog", level=1).wait_for()
        yield found
        found.close()


def test_the_catalogue_leads_to_the_names(page):
    page.get_by_role("link", name="Namen ansehen und ändern").click()
    page.get_by_role("heading", name="Namen von Leistungen", level=1).wait_for()
    expect(page.get_by_role("row", name="Bürgergeld")).to_contain_text("ab 01.01.2023")
    expect(page.get_by_role("row", name="Sozialgeld")).to_contain_text("bis 31.12.2022")
    expect(page.get_by_text("Wo die Namen stehen")).to_be_visible()
    assert broken_rules(page) == []
    picture(page, "leistungen")


def test_a_new_name_is_entered_and_ends_the_one_before(page):
    page.get_by_role("button", name="Namen eintragen").click()
    form = page.get_by_role("form", name="Namen eintragen")
    form.get_by_label("Name", exact=True).fill("Neugeld")
    form.get_by_label("gilt ab").fill("2030-07-01")
    assert broken_rules(page) == []
    picture(page, "leistungen-form")
    form.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("row", name="Neugeld")).to_contain_text("ab 01.07.2030")
    expect(page.get_by_role("row", name="Bürgergeld")).to_contain_text("01.01.2023 bis 30.06.2030")


def test_what_cannot_be_is_said_and_what_was_typed_stays(page):
    page.get_by_role("row", name="Neugeld").get_by_role("button").click()
    form = page.get_by_role("form", name="Namen ändern oder beenden")
    form.get_by_label("gilt bis").fill("2029-01-01")
    form.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("alert")).to_contain_text("Der letzte Tag liegt vor dem ersten.")
    expect(form.get_by_label("gilt bis")).to_have_value("2029-01-01")
    page.get_by_role("button", name="Meldung schließen").click()
    form.get_by_label("gilt bis").fill("2031-12-31")
    form.get_by_label("gilt bis").press("Enter")
    expect(page.get_by_role("row", name="Neugeld")).to_contain_text("01.07.2030 bis 31.12.2031")


def test_the_workbook_shows_its_changes_before_they_hold(page, tmp_path):
    file = tmp_path / "namen.xlsx"
    file.write_bytes(saved(page, page.get_by_role("link", name="Arbeitsmappe speichern")))
    book = openpyxl.load_workbook(file)
    book["Leistungen"]["B4"] = "Anders"
    book.save(file)
    page.locator("input[type=file]").set_input_files([file])
    page.get_by_role("heading", name="1 Änderung").wait_for()
    expect(page.get_by_text("„Neugeld“ jetzt „Anders“")).to_be_visible()
    expect(page.get_by_role("row", name="Neugeld")).to_be_visible()
    assert broken_rules(page) == []
    picture(page, "leistungen-aenderungen")
    page.get_by_role("button", name="Änderungen übernehmen").click()
    page.get_by_text("Die Änderungen sind übernommen.").wait_for()
    page.get_by_role("row", name="Anders").wait_for()


def test_a_name_is_taken_away(page):
    page.get_by_role("row", name="Anders").get_by_role("button").click()
    page.get_by_role("button", name="Eintrag entfernen").click()
    expect(page.get_by_role("row", name="Bürgergeld")).to_contain_text("ab 01.01.2023")
    expect(page.get_by_role("row", name="Anders")).to_have_count(0)


def test_the_page_holds_when_narrow(page):
    page.set_viewport_size({"width": 760, "height": 900})
    picture(page, "leistungen-760")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size({"width": 1280, "height": 900})
    goto(page, "katalog", "Katalog")


def test_nothing_broke_on_the_way(page):
    assert page.faults == []
