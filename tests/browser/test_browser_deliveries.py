"""A delivery in the browser: dropped, corrected by clicking and by keyboard, asked about, taken over, withdrawn."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from rules import broken_rules
from served import served
from workshop_desk import picture

import monday_town as monday

pytestmark = pytest.mark.slow


@dataclass
class Monday:
    """The planner's window on Monday, and the files of the youth office."""

    page: Any
    address: str
    files: Path
    faults: list[str] = field(default_factory=list)

    def show(self, page: str) -> None:
        self.page.goto(f"{self.address}#/{page}")
        self.page.locator("main h1").first.wait_for()
        self.page.wait_for_load_state("networkidle")

    def drop(self, *names: str) -> None:
        self.page.locator("input[type=file]").set_input_files([self.files / name for name in names])

    def cell(self, name: str) -> Any:
        return self.page.locator(f"td:has(> [data-cell='{name}'])")


@pytest.fixture(scope="module")
def desk(browser, tmp_path_factory) -> Iterator[Monday]:  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("monday")
    monday.make_project(folder / "p", folder / "files")
    monday.delivered_on_monday().write(folder / "files" / "Jugendamt_2025.xlsx")
    monday.corrected().write(folder / "files" / "Jugendamt_2025_berichtigt.xlsx")
    (folder / "files" / "kaputt.xlsx").write_bytes(b"PK\x03\x04 nothing that could be opened")
    with served(folder, folder / "p") as address:
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="de-DE", accept_downloads=True)
        found = Monday(page, address, folder / "files")
        page.on("pageerror", lambda error: found.faults.append(str(error)))
        page.on("console", lambda message: found.faults.append(message.text) if message.type == "error" else None)
        page.goto(f"{address}#/daten")
        page.get_by_role("heading", name="Neue Lieferung").wait_for()
        yield found
        page.close()


def hindrance(page: Any) -> str:
    return str(page.locator("#dl-hindrance").inner_text())


def button(page: Any, words: str, about: str) -> Any:
    """A button whose name goes on, unseen, with what it is about."""
    return page.get_by_role("button", name=re.compile(f"^{words}\\s*:\\s*{re.escape(about)}"))


def take_over(page: Any) -> Any:
    return page.get_by_role("button", name="Übernehmen", exact=True)


def test_a_dropped_file_leads_to_how_it_was_read(desk: Monday) -> None:
    desk.drop("Jugendamt_2025.xlsx")
    desk.page.wait_for_url("**#/lieferung?id=*")
    desk.page.get_by_role("heading", name="Lieferung prüfen: Tagesbetreuung").wait_for()
    sheet = desk.page.get_by_role("table", name="Vorschau der Datei")
    assert sheet.get_by_role("columnheader").all_inner_texts()[1:] == ["A", "B", "C", "D", "E"]
    assert "dl-key" in desk.cell("A6").get_attribute("class")
    assert "dl-head" in desk.cell("C5").get_attribute("class")
    assert "dl-total" in desk.cell("C12").get_attribute("class")
    assert desk.page.get_by_role("link", name="Daten", exact=False).first.get_attribute("aria-current") == "true"
    differences = desk.page.get_by_role("region", name="Unterschiede zum Vorjahr")
    assert "heißt jetzt „in Kitas betreut“, vorher „in Tageseinrichtungen“" in differences.inner_text()
    assert take_over(desk.page).is_disabled()
    assert "wenn der Befund „Spalte fehlt“ geklärt ist. Bis dahin gelten die Werte des Vorjahrs." in hindrance(
        desk.page
    )
    picture(desk.page, "lieferung-1-gelesen")
    assert broken_rules(desk.page) == []


def test_a_finding_shows_its_cell_and_the_cell_its_finding(desk: Monday) -> None:
    desk.page.get_by_role("button", name="Spalte fehlt, Zelle D5 zeigen").click()
    assert "dl-chosen" in desk.cell("D5").get_attribute("class")
    assert "dl-error" in desk.cell("D5").get_attribute("class")
    desk.page.locator("[data-cell=A1]").click()
    desk.page.keyboard.press("Escape")
    assert desk.page.locator(".dl-findings li.dl-chosen").count() == 0
    desk.page.locator("[data-cell=D5]").click()
    desk.page.get_by_role("dialog").wait_for()
    assert desk.page.locator(".dl-findings li.dl-chosen").count() == 1
    desk.page.keyboard.press("Escape")


def test_a_renamed_column_is_the_same_with_one_click(desk: Monday) -> None:
    desk.page.get_by_role("region", name="Unterschiede zum Vorjahr").get_by_role("button", name="Ist dasselbe").click()
    desk.page.get_by_role("heading", name="Summe passt nicht: 12 zu wenig").wait_for()
    assert "in Kitas betreut" in desk.page.locator(".dl-made").inner_text()
    assert "dl-error" in desk.cell("D12").get_attribute("class")
    assert "dl-value" in desk.cell("D6").get_attribute("class")


def test_a_key_is_given_its_area_by_keyboard_alone_and_taken_back(desk: Monday) -> None:
    keys = desk.page.keyboard
    desk.page.locator("section.dl-scroll").focus()
    keys.press("Tab")  # into the sheet
    assert desk.page.evaluate("document.activeElement.dataset.cell") is not None
    keys.press("Control+Home")
    for _row in range(7):
        keys.press("ArrowDown")
    assert desk.page.evaluate("document.activeElement.dataset.cell") == "A8"
    keys.press("Enter")
    dialog = desk.page.get_by_role("dialog", name="Zelle A8: was ist das?")
    dialog.wait_for()
    picture(desk.page, "lieferung-2-zelle")
    assert broken_rules(desk.page) == []
    dialog.get_by_label("Name oder Schlüssel").focus()
    keys.type("bahn")
    dialog.get_by_role("radio", name="3 Bahnhof").wait_for()
    dialog.get_by_role("radio", name="1 Nordfeld").wait_for(state="detached")
    keys.press("Tab")
    keys.press("Space")
    keys.press("Tab")  # to "Abbrechen"
    keys.press("Tab")
    keys.press("Enter")
    made = desk.page.get_by_text("Schlüssel 5999099-03 ist 3 Bahnhof, Musterstadt", exact=True)
    made.wait_for()
    button(desk.page, "zurücknehmen", "Schlüssel 5999099-03").click()
    made.wait_for(state="detached")
    assert "Spalte" in desk.page.locator(".dl-made").inner_text()


def test_a_row_is_said_not_to_belong_to_the_table(desk: Monday) -> None:
    desk.page.locator("[data-cell=B12]").click()
    dialog = desk.page.get_by_role("dialog")
    dialog.get_by_role("radio", name="Zeile 12 gehört nicht zur Tabelle").check()
    dialog.get_by_role("button", name="Korrektur übernehmen").click()
    desk.page.get_by_text("Zeile 12 gehört nicht zur Tabelle", exact=True).wait_for()
    desk.page.get_by_role("heading", name="Summe passt nicht").wait_for(state="detached")
    button(desk.page, "zurücknehmen", "Zeile 12").click()
    desk.page.get_by_role("heading", name="Summe passt nicht: 12 zu wenig").wait_for()


def test_a_query_is_made_with_letter_table_and_reminder(desk: Monday, tmp_path: Path) -> None:
    button(desk.page, "In die Rückfrage", "Zelle D12").click()
    assert desk.page.get_by_text("Rückfrage in Vorbereitung").is_visible()
    letter = desk.page.get_by_role("region", name="Text des Briefs")
    letter.wait_for()
    assert "Welche Zahl gilt?" in letter.inner_text()
    assert desk.page.get_by_text("Nichts wird von selbst verschickt.").is_visible()
    picture(desk.page, "lieferung-3-rueckfrage")
    assert broken_rules(desk.page) == []
    desk.page.get_by_label("Antwort bis").fill("2027-11-29")
    desk.page.get_by_role("button", name="Rückfrage erstellen").click()
    desk.page.get_by_text("Antwort erbeten bis 29.11.2027.").wait_for()
    for name, ending in (("Brief", ".docx"), ("Tabelle", ".xlsx"), ("Termin", ".ics")):
        with desk.page.expect_download() as download:
            desk.page.get_by_role("link", name=f"{name} speichern").click()
        saved = tmp_path / download.value.suggested_filename
        assert saved.suffix == ending
        download.value.save_as(saved)
        if ending == ".ics":
            assert "20271129" in saved.read_text(encoding="utf-8")
        else:
            assert zipfile.is_zipfile(saved)
    desk.page.get_by_text("Rückfrage gestellt, Antwort offen").wait_for()
    assert take_over(desk.page).is_disabled()


def test_what_the_delivery_is_is_stated_and_kept(desk: Monday) -> None:
    desk.page.get_by_role("heading", name="Angaben zur Lieferung").click()
    desk.page.get_by_label("Rechtsgrundlage").fill("§ 80 SGB VIII")
    desk.page.get_by_label("Datei löschen am").fill("2031-12-31")
    desk.page.get_by_role("button", name="Angaben speichern").click()
    desk.page.get_by_text("eingeschränkt · wird am 31.12.2031 gelöscht", exact=True).wait_for()
    desk.page.reload()
    desk.page.get_by_text("eingeschränkt · wird am 31.12.2031 gelöscht", exact=True).wait_for()


def test_the_corrected_file_is_known_as_the_answer_and_taken_over(desk: Monday) -> None:
    desk.show("daten")
    desk.page.get_by_role("region", name="Zu prüfen").wait_for()
    assert "1 Befund verhindert die Übernahme." in desk.page.get_by_role("region", name="Zu prüfen").inner_text()
    desk.drop("Jugendamt_2025_berichtigt.xlsx")
    desk.page.wait_for_url("**#/lieferung?id=*")
    desk.page.get_by_role("button", name=re.compile("^Ist dasselbe")).first.click()
    desk.page.get_by_text("Diese Datei berichtigt eine Lieferung, zu der gefragt wurde.").wait_for()
    button(desk.page, "Vorschlag übernehmen", "Zelle A8").click()
    desk.page.get_by_role("heading", name="Keine Befunde").wait_for()
    assert "Alles geklärt." in hindrance(desk.page)
    picture(desk.page, "lieferung-4-bereit")
    take_over(desk.page).click()
    desk.page.get_by_role(
        "heading", name=re.compile(r"^Übernommen am .*; 2 Indikatoren sind neu zu rechnen")
    ).wait_for()
    assert desk.page.get_by_text("Betreuung von 3 bis unter 6 Jahren").is_visible()
    picture(desk.page, "lieferung-5-uebernommen")
    assert broken_rules(desk.page) == []
    desk.page.get_by_role("button", name="Neu berechnen").click()
    desk.page.get_by_text("Neu gerechnet.").wait_for(timeout=120_000)


def test_the_file_that_was_asked_about_is_done_with(desk: Monday) -> None:
    desk.show("daten")
    desk.page.get_by_text("4 Lieferungen übernommen").wait_for()
    assert desk.page.get_by_role("region", name="Zu prüfen").count() == 0


def test_the_same_file_again_changes_nothing(desk: Monday) -> None:
    desk.show("daten")
    desk.drop("Jugendamt_2025_berichtigt.xlsx")
    desk.page.get_by_text("Nichts geändert: Diese Datei wurde bereits übernommen.").wait_for()
    desk.page.get_by_text("4 Lieferungen übernommen").wait_for()


def test_a_broken_file_is_one_sentence_and_can_be_put_back(desk: Monday) -> None:
    desk.show("daten")
    desk.drop("kaputt.xlsx")
    desk.page.wait_for_url("**#/lieferung?id=*")
    desk.page.get_by_role("heading", name="Diese Datei lässt sich nicht lesen").wait_for()
    picture(desk.page, "lieferung-6-unlesbar")
    assert broken_rules(desk.page) == []
    desk.page.get_by_role("button", name="Lieferung zurücklegen").click()
    desk.page.wait_for_url("**#/daten")
    desk.page.get_by_text("4 Lieferungen übernommen").wait_for()
    assert desk.page.get_by_role("region", name="Zu prüfen").count() == 0


def test_a_delivery_is_withdrawn_with_its_reason(desk: Monday) -> None:
    desk.show("daten")
    card = desk.page.locator("details.delivery", has_text="Jugendamt_2025_berichtigt.xlsx")
    card.locator("summary").click()
    card.get_by_role("button", name="Lieferung zurückziehen").click()
    dialog = desk.page.get_by_role("dialog", name="Lieferung zurückziehen?")
    dialog.get_by_text("„zurückgezogen“").wait_for()
    assert dialog.get_by_role("button", name="Zurückziehen").is_disabled()
    dialog.get_by_label("Warum wird sie zurückgezogen?").fill("Stichtag war falsch angegeben")
    picture(desk.page, "daten-1-zurueckziehen")
    dialog.get_by_role("button", name="Zurückziehen").click()
    card.locator(".tag", has_text="zurückgezogen").wait_for()
    assert "Grund: Stichtag war falsch angegeben" in card.inner_text()
    desk.page.get_by_text("3 Lieferungen übernommen").wait_for()
    assert "dl-away" in desk.page.locator("details.delivery").last.get_attribute("class")
    picture(desk.page, "daten-2-zurueckgezogen")
    assert broken_rules(desk.page) == []


def test_nothing_broke_on_the_way(desk: Monday) -> None:
    assert desk.faults == []
