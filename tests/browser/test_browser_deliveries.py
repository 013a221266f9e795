"""A delivery in the browser: dropped, corrected by clicking and by keyboard, asked about, taken over, withdrawn."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
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

    def data(self) -> None:
        """The page "Daten" with all that is asked for it."""
        self.page.goto(f"{self.address}#/daten")
        self.page.get_by_role("heading", name="Daten", level=1).wait_for()
        self.page.get_by_text("Lieferungen übernommen").wait_for()
        self.page.locator("main").get_by_text("Wird geladen …").wait_for(state="detached")

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


def hindrance(page: Any) -> Any:
    return page.locator("#dl-hindrance")


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
    expect(desk.cell("A6")).to_contain_class("dl-key")
    expect(desk.cell("C5")).to_contain_class("dl-head")
    expect(desk.cell("C12")).to_contain_class("dl-total")
    assert desk.page.get_by_role("link", name="Daten", exact=False).first.get_attribute("aria-current") == "true"
    differences = desk.page.get_by_role("region", name="Unterschiede zum Vorjahr")
    expect(differences).to_contain_text("heißt jetzt „in Kitas betreut“, vorher „in Tageseinrichtungen“")
    expect(take_over(desk.page)).to_be_disabled()
    expect(hindrance(desk.page)).to_contain_text(
        "wenn der Befund „Spalte fehlt“ geklärt ist. Bis dahin gelten die Werte des Vorjahrs."
    )
    picture(desk.page, "lieferung-1-gelesen")
    assert broken_rules(desk.page) == []


def test_a_finding_shows_its_cell_and_the_cell_its_finding(desk: Monday) -> None:
    desk.page.get_by_role("button", name="Spalte fehlt, Zelle D5 zeigen").click()
    expect(desk.cell("D5")).to_contain_class("dl-chosen")
    expect(desk.cell("D5")).to_contain_class("dl-error")
    desk.page.locator("[data-cell=A1]").click()
    desk.page.keyboard.press("Escape")
    expect(desk.page.locator(".dl-findings li.dl-chosen")).to_have_count(0)
    desk.page.locator("[data-cell=D5]").click()
    desk.page.get_by_role("dialog").wait_for()
    expect(desk.page.locator(".dl-findings li.dl-chosen")).to_have_count(1)
    desk.page.keyboard.press("Escape")
    desk.page.get_by_role("dialog").wait_for(state="detached")


def test_what_is_typed_and_where_one_is_stay_when_the_file_is_read_again(desk: Monday) -> None:
    desk.page.get_by_role("heading", name="Angaben zur Lieferung").click()
    desk.page.get_by_label("Zweck").fill("Kita-Bedarfsplan")
    desk.page.get_by_role("region", name="Unterschiede zum Vorjahr").get_by_role("button", name="Ist dasselbe").click()
    desk.page.get_by_role("heading", name="Summe passt nicht: 12 zu wenig").wait_for()
    expect(desk.page.locator(".dl-made")).to_contain_text("in Kitas betreut")
    expect(desk.cell("D12")).to_contain_class("dl-error")
    expect(desk.cell("D6")).to_contain_class("dl-value")


def test_a_key_is_given_its_area_by_keyboard_alone_and_taken_back(desk: Monday) -> None:
    keys = desk.page.keyboard
    desk.page.locator("section.dl-scroll").focus()
    keys.press("Tab")  # into the sheet
    expect(desk.page.locator("[data-cell]:focus")).to_have_count(1)
    keys.press("Control+Home")
    for _row in range(7):
        keys.press("ArrowDown")
    expect(desk.page.locator("[data-cell=A8]")).to_be_focused()
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
    expect(desk.page.locator(".dl-made")).to_contain_text("Spalte")


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
    expect(desk.page.get_by_text("Rückfrage in Vorbereitung")).to_be_visible()
    expect(desk.page.get_by_role("region", name="Text des Briefs")).to_contain_text("Welche Zahl gilt?")
    expect(desk.page.get_by_text("Nichts wird von selbst verschickt.")).to_be_visible()
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
    expect(take_over(desk.page)).to_be_disabled()


def test_what_the_delivery_is_is_stated_and_kept(desk: Monday) -> None:
    expect(desk.page.get_by_label("Zweck")).to_have_value("Kita-Bedarfsplan")  # typed before four corrections
    desk.page.get_by_label("Rechtsgrundlage").fill("§ 80 SGB VIII")
    desk.page.get_by_label("Datei löschen am").fill("2031-12-31")
    desk.page.get_by_role("button", name="Angaben speichern").click()
    desk.page.get_by_text("eingeschränkt · wird am 31.12.2031 gelöscht", exact=True).wait_for()
    desk.page.reload()
    desk.page.get_by_text("eingeschränkt · wird am 31.12.2031 gelöscht", exact=True).wait_for()
    expect(desk.page.get_by_label("Zweck")).to_have_value("Kita-Bedarfsplan")


def test_the_corrected_file_is_known_as_the_answer_and_taken_over(desk: Monday) -> None:
    desk.data()
    expect(desk.page.get_by_role("region", name="Zu prüfen")).to_contain_text(
        "1 Befund verhindert die Übernahme, 1 Befund wartet auf Ihre Entscheidung."
    )
    desk.drop("Jugendamt_2025_berichtigt.xlsx")
    desk.page.wait_for_url("**#/lieferung?id=*")
    desk.page.get_by_text("Diese Datei berichtigt „Jugendamt_2025.xlsx“.").wait_for()
    expect(desk.page.locator(".dl-made")).to_contain_text("in Kitas betreut")  # said of the file before
    button(desk.page, "Vorschlag übernehmen", "Zelle A8").click()
    desk.page.get_by_role("heading", name="Keine Befunde").wait_for()
    expect(hindrance(desk.page)).to_contain_text("Alles geklärt.")
    picture(desk.page, "lieferung-4-bereit")
    take_over(desk.page).click()
    desk.page.get_by_role(
        "heading", name=re.compile(r"^Übernommen am .*; 2 Indikatoren sind neu zu rechnen")
    ).wait_for()
    expect(desk.page.get_by_text("Betreuung von 3 bis unter 6 Jahren")).to_be_visible()
    picture(desk.page, "lieferung-5-uebernommen")
    assert broken_rules(desk.page) == []
    desk.page.get_by_role("button", name="Neu berechnen").click()
    desk.page.get_by_text("Neu gerechnet.").wait_for(timeout=120_000)


def test_the_file_that_was_asked_about_is_done_with(desk: Monday) -> None:
    desk.data()
    desk.page.get_by_text("4 Lieferungen übernommen").wait_for()
    desk.page.locator("main").get_by_text("Wird geladen …").wait_for(state="detached")
    expect(desk.page.get_by_role("region", name="Zu prüfen")).to_have_count(0)


def test_the_same_file_again_changes_nothing(desk: Monday) -> None:
    desk.data()
    desk.drop("Jugendamt_2025_berichtigt.xlsx")
    desk.page.get_by_text("Nichts geändert: Diese Datei wurde bereits übernommen.").wait_for()
    desk.page.get_by_text("4 Lieferungen übernommen").wait_for()


def test_a_broken_file_is_one_sentence_and_can_be_put_back(desk: Monday) -> None:
    desk.data()
    desk.drop("kaputt.xlsx")
    desk.page.wait_for_url("**#/lieferung?id=*")
    desk.page.get_by_role("heading", name="Diese Datei lässt sich nicht lesen").wait_for()
    picture(desk.page, "lieferung-6-unlesbar")
    assert broken_rules(desk.page) == []
    desk.page.get_by_role("button", name="Lieferung zurücklegen").click()
    desk.page.wait_for_url("**#/daten")
    desk.page.get_by_text("4 Lieferungen übernommen").wait_for()
    desk.page.locator("main").get_by_text("Wird geladen …").wait_for(state="detached")
    expect(desk.page.get_by_role("region", name="Zu prüfen")).to_have_count(0)


def test_a_delivery_is_withdrawn_with_its_reason(desk: Monday) -> None:
    desk.data()
    card = desk.page.locator("details.delivery", has_text="Jugendamt_2025_berichtigt.xlsx")
    card.locator("summary").click()
    card.get_by_role("button", name="Lieferung zurückziehen").click()
    dialog = desk.page.get_by_role("dialog", name="Lieferung zurückziehen?")
    dialog.get_by_text("„zurückgezogen“").wait_for()
    expect(dialog.get_by_role("button", name="Zurückziehen")).to_be_disabled()
    dialog.get_by_label("Warum wird sie zurückgezogen?").fill("Stichtag war falsch angegeben")
    picture(desk.page, "daten-1-zurueckziehen")
    dialog.get_by_role("button", name="Zurückziehen").click()
    card.locator(".tag", has_text="zurückgezogen").wait_for()
    expect(card).to_contain_text("Grund: Stichtag war falsch angegeben")
    desk.page.get_by_text("3 Lieferungen übernommen").wait_for()
    expect(desk.page.locator("details.delivery").last).to_contain_class("dl-away")
    picture(desk.page, "daten-2-zurueckgezogen")
    assert broken_rules(desk.page) == []


def test_nothing_broke_on_the_way(desk: Monday) -> None:
    assert desk.faults == []
