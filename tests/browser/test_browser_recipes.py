"""The page "Einleseregeln": find a source, change how it is read, see the change, keep it; the same with Excel."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import expect
from rules import broken_rules
from served import served

from sozialraum.deliveries.files import open_file
from sozialraum.project import Project

PICTURES = os.environ.get("SOZIALRAUM_PICTURES", "")


@pytest.fixture(scope="module")
def rules_page(browser, tmp_path_factory) -> Iterator[object]:  # type: ignore[no-untyped-def]
    """The page in an empty project."""
    folder = tmp_path_factory.mktemp("recipes") / "p"
    Project.create(folder, name="Musterkreis").close()
    with served(folder.parent, folder) as address:
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="de-DE", accept_downloads=True)
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.goto(f"{address}#/einleseregeln")
        page.get_by_role("heading", name="Einleseregeln", level=1).wait_for()
        yield page
        page.close()


def picture(page, name: str, full: bool = False) -> None:  # type: ignore[no-untyped-def]
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"einleseregeln-{name}.png"), full_page=full)


def opened(page, title: str):  # type: ignore[no-untyped-def]
    page.evaluate("location.hash = '#/einleseregeln'")
    page.get_by_role("link", name=title).first.click()
    page.get_by_role("heading", name=title, level=1).wait_for()
    return page


def test_a_source_is_found_by_its_words(rules_page):
    page = rules_page
    page.get_by_role("link", name="Tagesbetreuung und Hilfen zur Erziehung").wait_for()
    picture(page, "liste")
    assert broken_rules(page) == []
    page.get_by_label("Quelle suchen").fill("jugendämter excel")
    rows = page.get_by_role("row")
    expect(rows).to_have_count(2)
    expect(rows.nth(1)).to_contain_text("mitgeliefert")
    page.get_by_label("Quelle suchen").fill("")


def test_a_renamed_column_is_changed_shown_and_kept(rules_page):
    page = opened(rules_page, "Tagesbetreuung und Hilfen zur Erziehung")
    columns = page.get_by_role("region", name="Spalten", exact=True)
    columns.get_by_text("Sozialraum", exact=True).click()
    columns.get_by_label("Überschrift in der Datei").first.fill("Planungsraum")
    page.get_by_role("button", name="Änderungen ansehen").click()
    changes = page.get_by_role("region", name="Änderungen")
    changes.get_by_text("ist jetzt „Planungsraum“, vorher „Sozialraum“.").wait_for()
    picture(page, "änderung")
    assert broken_rules(page) == []
    page.get_by_label("Zeilen der Überschriften").fill("3")  # after the changes were looked at: not part of them
    changes.get_by_role("button", name="Speichern").click()
    changes.get_by_text("Gespeichert. Neue Lieferungen werden so gelesen.").wait_for()
    page.get_by_text("eigene Fassung 2").wait_for()
    expect(page.get_by_label("Zeilen der Überschriften")).to_have_value("3")
    look = page.get_by_role("button", name="Änderungen ansehen")
    expect(look).to_be_enabled()
    page.get_by_label("Zeilen der Überschriften").fill("2")
    expect(look).to_be_disabled()


def test_no_method_words_stand_on_the_page(rules_page):
    page = opened(rules_page, "Tagesbetreuung und Hilfen zur Erziehung")
    page.get_by_text("Ein Stern steht für 1 oder 2 Fälle.").first.wait_for()
    shown = page.get_by_role("main").inner_text()
    for word in ("TOML", "Regex", "family_aid", "care_03_06", "(?i)", "undefined"):
        assert word not in shown, word
    picture(page, "formular", full=True)


def test_a_wrong_entry_is_said_and_stays_to_be_mended(rules_page):
    page = opened(rules_page, "Tagesbetreuung und Hilfen zur Erziehung")
    rows = page.get_by_label("Zeilen der Überschriften")
    rows.fill("zwei")
    page.get_by_role("button", name="Änderungen ansehen").click()
    page.get_by_text("Angaben, „Zeilen der Überschriften“: „zwei“ ist keine ganze Zahl.").wait_for()
    expect(rows).to_have_attribute("aria-invalid", "true")
    picture(page, "fehler")
    expect(rows).to_have_value("zwei")
    rows.fill("2")


def test_excel_out_changed_and_in_again(rules_page, tmp_path):
    page = opened(rules_page, "Tagesbetreuung und Hilfen zur Erziehung")
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel-Datei speichern").click()
    file = tmp_path / "regel.xlsx"
    download.value.save_as(file)
    sheets = open_file(file).sheets
    with xlsxwriter.Workbook(file) as book:
        for sheet in sheets:
            target = book.add_worksheet(sheet.name)
            for number, row in enumerate(sheet.rows):
                for column, text in enumerate(row):
                    target.write_string(number, column, "Sozialraum" if text == "Planungsraum" else text)
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_text("ist jetzt „Sozialraum“, vorher „Planungsraum“.").wait_for()
    page.get_by_role("button", name="Speichern", exact=True).click()
    page.get_by_text("eigene Fassung 3").wait_for()


def test_the_signs_of_a_new_source_are_explained(rules_page):
    page = rules_page
    page.evaluate("location.hash = '#/einleseregeln'")
    page.get_by_role("link", name="Zeichen einer Quelle erklären").click()
    page.get_by_role("heading", name="Zeichen einer Quelle erklären", level=1).wait_for()
    page.get_by_label("Kurzname").fill("amt")
    page.get_by_label("Bezeichnung").fill("Gesundheitsamt")
    page.get_by_role("button", name="Zeichen hinzufügen").click()
    signs = page.get_by_role("region", name="Zeichen", exact=True).first
    signs.get_by_label("Zeichen (nötig)").fill("#")
    signs.get_by_label("Bedeutung").fill("unter 5, verdeckt")
    signs.get_by_label("gilt als").select_option(label="verdeckt")
    signs.get_by_label("von", exact=True).fill("0")
    signs.get_by_label("bis", exact=True).fill("4")
    signs.get_by_label("Die Quelle sagt").fill("# unter 5 Kinder")
    page.get_by_role("button", name="Änderungen ansehen").click()
    page.get_by_text("Neue Erklärung von Zeichen: Gesundheitsamt.").wait_for()
    picture(page, "zeichen")
    assert broken_rules(page) == []
    page.get_by_role("button", name="Speichern", exact=True).click()
    page.get_by_role("heading", name="Zeichen: Gesundheitsamt", level=1).wait_for()
    page.evaluate("location.hash = '#/einleseregeln'")
    page.get_by_role("link", name="Gesundheitsamt").wait_for()


def test_it_holds_on_a_projector_and_a_small_screen(rules_page):
    page = opened(rules_page, "Tagesbetreuung und Hilfen zur Erziehung")
    for width, height in ((1024, 768), (320, 640)):
        page.set_viewport_size({"width": width, "height": height})
        picture(page, f"{width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert broken_rules(page) == []
    page.set_viewport_size({"width": 1440, "height": 900})
    assert page.faults == []
