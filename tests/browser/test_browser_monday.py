"""Montag: die Lieferung des Jugendamts. From a file with four faults to figures that say where they come from.

The tests are the steps of the morning and run in their order; each looks at what the planner sees. No terminal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import expect
from rules import broken_rules
from served import served
from workshop_desk import picture

import monday_town as town

pytestmark = pytest.mark.slow
DUE = date.today() + timedelta(days=16)
OFFICE = "Tagesbetreuung und Hilfen zur Erziehung nach Gebieten"


@dataclass
class Morning:
    """The planner's window, the folder with the files of the office, what went wrong."""

    page: object
    address: str
    files: Path
    faults: list[str] = field(default_factory=list)

    def go(self, name: str) -> None:
        self.page.goto(f"{self.address}#/{name}")

    def drop(self, name: str) -> None:
        self.go("daten")
        self.page.get_by_role("heading", name="Neue Lieferung").wait_for()
        self.page.locator("input[type=file]").first.set_input_files(self.files / name)

    def save(self, button: str) -> Path:
        """What a click on a link or button saves."""
        with self.page.expect_download() as found:
            self.page.get_by_text(button, exact=True).click()
        path = self.files / found.value.suggested_filename
        found.value.save_as(path)
        return path

    def findings(self, *headlines: str) -> None:
        """The headlines of the open findings are these, as soon as the page shows them."""
        expect(self.page.locator(".dl-findings h2")).to_contain_text("Befund")
        expect(self.page.locator(".dl-findings h3")).to_have_text(list(headlines))


@pytest.fixture(scope="module")
def morning(browser, tmp_path_factory) -> Iterator[Morning]:  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("monday")
    files = folder / "post"
    town.make_project(folder / "home" / "Musterkreis", files)
    town.delivered_on_monday().write(files / "Jugendamt_2025.xlsx")
    town.corrected().write(files / "Jugendamt_2025_berichtigt.xlsx")
    with served(folder / "home", folder / "home" / "Musterkreis") as address:
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="de-DE", accept_downloads=True)
        found = Morning(page, address, files)
        page.on("pageerror", lambda error: found.faults.append(str(error)))
        page.goto(address)
        yield found
        page.close()


def test_the_youth_office_is_late(morning: Morning) -> None:
    page = morning.page
    morning.go("luecken")
    page.get_by_role("button", name="2025", exact=True).click()
    cell = page.get_by_role("button", name=re.compile(f"{OFFICE}, Musterstadt"))
    cell.click()
    panel = page.get_by_role("region", name="Gewählte Lücke")
    panel.get_by_label("Zuständig").fill("Jugendamt Musterstadt")
    panel.get_by_label("Frist").fill("2026-03-31")
    panel.get_by_role("button", name="Frist speichern").click()
    panel.get_by_text(re.compile("überfällig, Frist 31.03.2026")).wait_for()
    expect(cell).to_contain_text("verspätet")
    picture(page, "monday-1-verspaetet")


def test_the_file_is_dropped_and_shown_as_it_was_read(morning: Morning) -> None:
    page = morning.page
    morning.drop("Jugendamt_2025.xlsx")
    page.get_by_role("heading", name=f"Lieferung prüfen: {OFFICE}").wait_for()
    morning.findings("Spalte fehlt")
    expect(page.locator("#dl-hindrance")).to_have_text(
        re.compile("^Übernehmen geht erst, wenn der Befund „Spalte fehlt“")
    )
    expect(page.get_by_role("button", name="Übernehmen", exact=True)).to_be_disabled()
    assert broken_rules(page) == []
    picture(page, "monday-2-vorschau")


def test_the_differences_to_last_year_name_the_column(morning: Morning) -> None:
    page = morning.page
    there = page.get_by_role("region", name="Unterschiede zum Vorjahr")
    expect(there).to_contain_text("heißt jetzt „in Kitas betreut“, vorher „in Tageseinrichtungen“")
    expect(there).to_contain_text("Spalte D")
    there.get_by_role("button", name="Ist dasselbe").click()
    page.get_by_text("Summe passt nicht: 12 zu wenig").first.wait_for()
    expect(there).to_contain_text("neue Fußnote, kein Einfluss auf die Werte")
    morning.findings("Summe passt nicht: 12 zu wenig", "Schlüssel ohne führende Null")
    picture(page, "monday-3-unterschiede")


def test_the_key_is_repaired_by_the_suggestion(morning: Morning) -> None:
    page = morning.page
    page.get_by_role("button", name="Vorschlag übernehmen").click()
    page.get_by_text("Schlüssel 5999099-03 ist 3 Bahnhof, Musterstadt", exact=True).wait_for()
    morning.findings("Summe passt nicht: 12 zu wenig")


def test_the_wrong_total_becomes_a_question_with_letter_table_and_date(morning: Morning) -> None:
    page = morning.page
    page.get_by_role("button", name="In die Rückfrage").click()
    page.get_by_text("Die Summe „Summe“ ist 678, ihre Teile ergeben 690. Welche Zahl gilt?").wait_for()
    page.get_by_label("Antwort bis").fill(DUE.isoformat())
    picture(page, "monday-4-rueckfrage")
    page.get_by_role("button", name="Rückfrage erstellen").click()
    page.get_by_text(f"Die Rückfrage ist erstellt. Antwort erbeten bis {DUE:%d.%m.%Y}.").wait_for()
    letter = Document(morning.save("Brief speichern"))
    assert f"Rückfrage zu Ihrer Lieferung „{OFFICE}“" in [line.text for line in letter.paragraphs]
    (question,) = [[cell.text for cell in row.cells] for row in letter.tables[0].rows[1:]]
    assert question[-1] == "Die Summe „Summe“ ist 678, ihre Teile ergeben 690. Welche Zahl gilt?"
    book = load_workbook(morning.save("Tabelle speichern"))
    cells = [str(cell.value) for row in book.active.iter_rows() for cell in row if cell.value is not None]
    assert any("678" in cell for cell in cells)
    assert "Ihre Antwort" in cells
    reminder = morning.save("Termin speichern").read_text(encoding="utf-8")
    assert f"DTSTART;VALUE=DATE:{DUE:%Y%m%d}" in reminder
    expect(page.get_by_text("Rückfrage gestellt, Antwort offen")).to_be_visible()


def test_the_corrected_file_is_taken_over_without_saying_anything_twice(morning: Morning) -> None:
    page = morning.page
    morning.drop("Jugendamt_2025_berichtigt.xlsx")
    page.get_by_role("heading", name=f"Lieferung prüfen: {OFFICE}").wait_for()
    morning.findings()
    page.get_by_role("button", name="Übernehmen", exact=True).click()
    page.get_by_text(re.compile(r"Übernommen am .*; 2 Indikatoren sind neu zu rechnen\.")).wait_for()
    picture(page, "monday-5-uebernommen")
    morning.go("luecken")
    page.get_by_role("button", name="2025", exact=True).click()
    expect(page.get_by_role("button", name=re.compile(f"{OFFICE}, Musterstadt"))).to_contain_text(re.compile(r"\bda\b"))
    morning.go("daten")
    page.get_by_text("4 Lieferungen übernommen").wait_for()
    page.locator("main").get_by_text("Wird geladen …").wait_for(state="detached")
    expect(page.get_by_role("heading", name=re.compile("zu prüfen"))).to_have_count(0)


def test_the_indicators_it_touches_are_computed_again(morning: Morning) -> None:
    page = morning.page
    morning.go("indikatoren")
    page.goto(f"{morning.address}#/stand")
    page.get_by_role("button", name="Neu rechnen").first.click()
    page.get_by_role("button", name="Neu rechnen").first.wait_for(state="detached", timeout=120_000)


def test_a_share_is_followed_to_sheet_row_and_column(morning: Morning) -> None:
    page = morning.page
    morning.go("indikatoren")
    page.get_by_label("Indikator").select_option(label="Betreuung von 3 bis unter 6 Jahren")
    page.get_by_label("Stichtag").select_option(label="31.12.2025")
    row = page.get_by_role("row", name=re.compile("Bahnhof"))
    figure = row.get_by_role("button", name=re.compile("%"))
    expect(figure).to_have_text(re.compile(r"^77,8\s%"))
    figure.click()
    panel = page.get_by_role("dialog")
    panel.get_by_text(re.compile("Jugendamt_2025_berichtigt.xlsx")).first.wait_for()
    told = panel.inner_text().replace("\xa0", " ")
    assert re.search(r"Blatt „?Tabelle 1“?, (Zelle )?D8|Blatt „?Tabelle 1“?.*Zeile 8.*Spalte D", told)
    assert "einwohner_2025.csv" in told
    picture(page, "monday-6-woher")
    page.keyboard.press("Escape")


def test_the_same_file_again_changes_nothing(morning: Morning) -> None:
    page = morning.page
    morning.drop("Jugendamt_2025_berichtigt.xlsx")
    page.get_by_text("Nichts geändert: Diese Datei wurde bereits übernommen.").wait_for()
    expect(page.get_by_text("4 Lieferungen übernommen")).to_be_visible()


def test_the_delivery_is_withdrawn_and_the_pages_say_so(morning: Morning) -> None:
    page = morning.page
    morning.go("daten")
    card = page.locator("details.delivery", has_text="Jugendamt_2025_berichtigt.xlsx")
    card.locator("summary").click()
    card.get_by_role("button", name="Lieferung zurückziehen …").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(re.compile("Warum wird sie zurückgezogen")).fill("Falscher Stichtag")
    picture(page, "monday-7-zurueckziehen")
    dialog.get_by_role("button", name="Zurückziehen", exact=True).click()
    dialog.wait_for(state="detached")
    page.get_by_text("zurückgezogen", exact=True).first.wait_for()
    morning.go("indikatoren")
    note = page.get_by_role("note", name="Zurückgezogene Lieferung")
    expect(note).to_contain_text("Falscher Stichtag")
    picture(page, "monday-8-zurueckgezogen")
    morning.go("luecken")
    page.get_by_role("button", name="2025", exact=True).click()
    expect(page.get_by_role("button", name=re.compile(f"{OFFICE}, Musterstadt"))).to_contain_text("verspätet")


def test_nothing_went_wrong_on_the_way(morning: Morning) -> None:
    assert morning.faults == []
