"""What the office answers and sends again: an answered total, the file that is corrected, reasons that stay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect
from rules import broken_rules
from served import served
from workshop_desk import picture

import monday_town as monday

pytestmark = pytest.mark.slow
REFUSED = {"headline": "Gerade wird gerechnet.", "findings": [], "todo": "Bitte danach noch einmal versuchen."}


@dataclass
class Desk:
    """The planner's window and the folder with the office's files."""

    page: Any
    address: str
    files: Path

    def drop(self, name: str) -> None:
        self.page.goto(f"{self.address}#/daten")
        self.page.get_by_role("heading", name="Neue Lieferung").wait_for()
        self.page.locator("aside input[type=file]").set_input_files(self.files / name)
        self.page.wait_for_url("**#/lieferung?id=*")
        self.page.get_by_role("heading", level=1, name="Lieferung prüfen").wait_for()

    def refuse(self, path: str) -> None:
        """The server refuses what is sent there, until `allow`."""
        self.page.route(path, lambda route: route.fulfill(status=409, json=REFUSED))

    def allow(self, path: str) -> None:
        self.page.unroute(path)

    def unknown(self, name: str, head: str, total: int) -> None:
        """A table that no recipe reads, under the title of another one of the office."""
        rows = [f"{monday.area_id(quarter)};7" for quarter in monday.QUARTERS]
        lines = ["Sonderauswertung Jugendamt;", "Stand 31.12.2025;", ";", f"Gebiet;{head}", *rows, f"Summe;{total}"]
        (self.files / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def desk(browser, tmp_path: Path) -> Iterator[Desk]:  # type: ignore[no-untyped-def]
    monday.make_project(tmp_path / "p", tmp_path / "files")
    # nothing but the total is wrong
    total_off = replace(monday.office_file(2025), total_off=monday.TOO_LOW)
    total_off.write(tmp_path / "files" / "summe.xlsx")
    replace(total_off, total_off=5).write(tmp_path / "files" / "andere_summe.xlsx")
    monday.office_file(2025).write(tmp_path / "files" / "berichtigt.xlsx")
    with served(tmp_path, tmp_path / "p") as address:
        page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="de-DE", accept_downloads=True)
        page.goto(f"{address}#/daten")
        yield Desk(page, address, tmp_path / "files")
        page.close()


def asked_and_answered(desk: Desk, answer: str) -> None:
    """Ask about the total, and drop the table with the office's answer."""
    page = desk.page
    page.get_by_role("button", name=re.compile("^In die Rückfrage")).click()
    page.get_by_role("button", name="Rückfrage erstellen").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Tabelle speichern").click()
    file = desk.files / "antwort.xlsx"
    download.value.save_as(file)
    book = load_workbook(file)
    sheet = book.worksheets[0]
    (column,) = [cell.column for row in sheet.iter_rows() for cell in row if cell.value == "Ihre Antwort"]
    (line,) = [cell.row for row in sheet.iter_rows() for cell in row if "Welche Zahl gilt?" in str(cell.value)]
    sheet.cell(line, column).value = answer
    book.save(file)
    desk.drop("antwort.xlsx")


@pytest.mark.parametrize("answer", ["Die Summe 678 ist richtig.", "Richtig ist 690."])
def test_a_total_the_office_answered_for_is_left_out_with_its_answer(desk: Desk, answer: str) -> None:
    page = desk.page
    desk.drop("summe.xlsx")
    expect(page.locator(".dl-findings h3")).to_have_text(["Summe passt nicht: 12 zu wenig"])
    asked_and_answered(desk, answer)
    findings = page.get_by_role("region", name="Befunde")
    expect(findings).to_contain_text(f"beantwortet Antwort: {answer}")
    expect(page.get_by_role("button", name="Übernehmen", exact=True)).to_be_disabled()
    picture(page, "antwort-1-summe")
    findings.get_by_role("button", name=re.compile("^So übernehmen")).click()
    dialog = page.get_by_role("dialog", name="So übernehmen: Summe passt nicht")
    expect(dialog).to_contain_text("es gelten die einzelnen Zahlen der Datei")
    expect(dialog.get_by_label("Warum ist das in Ordnung?")).to_have_value(answer)
    assert broken_rules(page) == []
    dialog.get_by_role("button", name="So übernehmen").click()
    dialog.wait_for(state="detached")
    page.get_by_role("heading", name="Keine Befunde").wait_for()
    expect(page.locator(".dl-made")).to_contain_text("Zeile 12 gehört nicht zur Tabelle")
    page.get_by_role("button", name="Übernehmen", exact=True).click()
    page.get_by_role("heading", name=re.compile("^Übernommen am")).wait_for()
    page.goto(f"{desk.address}#/daten")
    card = page.locator("details.delivery", has_text="summe.xlsx")
    card.locator("summary").click()
    expect(card).to_contain_text(f"Grund: {answer}")


def test_reasons_stay_when_the_server_refuses_and_the_dialog_says_why(desk: Desk) -> None:
    page = desk.page
    desk.drop("summe.xlsx")
    asked_and_answered(desk, "Die Summe ist richtig.")
    page.get_by_role("button", name=re.compile("^So übernehmen")).click()
    dialog = page.get_by_role("dialog")
    reason = dialog.get_by_label("Warum ist das in Ordnung?")
    reason.fill("Jugendamt am Telefon bestätigt")
    desk.refuse("**/decisions")
    dialog.get_by_role("button", name="So übernehmen").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Gerade wird gerechnet.")
    expect(reason).to_have_value("Jugendamt am Telefon bestätigt")
    assert broken_rules(page) == []
    picture(page, "antwort-2-abgelehnt")
    desk.allow("**/decisions")
    dialog.get_by_role("button", name="So übernehmen").click()
    dialog.wait_for(state="detached")
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_role("heading", name="Keine Befunde").wait_for()

    page.goto(f"{desk.address}#/daten")
    card = page.locator("details.delivery", has_text="jugendamt_2024.xlsx")
    card.locator("summary").click()
    card.get_by_role("button", name="Lieferung zurückziehen").click()
    dialog = page.get_by_role("dialog", name="Lieferung zurückziehen?")
    why = dialog.get_by_label("Warum wird sie zurückgezogen?")
    why.fill("Stichtag war falsch")
    desk.refuse("**/withdraw")
    dialog.get_by_role("button", name="Zurückziehen").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Bitte danach noch einmal versuchen.")
    expect(why).to_have_value("Stichtag war falsch")
    desk.allow("**/withdraw")
    dialog.get_by_role("button", name="Zurückziehen").click()
    dialog.wait_for(state="detached")
    expect(card).to_contain_text("Grund: Stichtag war falsch")


def test_the_planner_says_which_file_is_corrected_and_not_that_figures_count_twice(desk: Desk) -> None:
    page = desk.page
    for name in ("summe.xlsx", "andere_summe.xlsx", "berichtigt.xlsx"):
        desk.drop(name)
    page.get_by_text("Diese Datei berichtigt „andere_summe.xlsx“.").wait_for()
    page.get_by_text("Stimmt das nicht?").click()
    choice = page.get_by_label("Diese Datei berichtigt", exact=True)
    assert choice.locator("option").all_inner_texts() == [
        "andere_summe.xlsx", "summe.xlsx", "keine, sie ist eine eigene Lieferung",
    ]  # fmt: skip
    save = page.get_by_role("button", name="Speichern", exact=True)
    expect(save).to_be_disabled()
    choice.select_option(label="keine, sie ist eine eigene Lieferung")
    save.click()
    expect(page.locator(".dl-which").get_by_role("alert")).to_contain_text(
        "„andere_summe.xlsx“ enthält dieselben Gemeinden und Stichtage"
    )
    picture(page, "berichtigung-1-doppelt")
    assert broken_rules(page) == []
    choice.select_option(label="summe.xlsx")
    save.click()
    page.get_by_text("Diese Datei berichtigt „summe.xlsx“.").wait_for()
    page.get_by_role("button", name="Übernehmen", exact=True).click()
    page.get_by_role("heading", name=re.compile("^Übernommen am")).wait_for()
    page.goto(f"{desk.address}#/daten")
    waiting = page.get_by_role("region", name="Zu prüfen")
    expect(waiting).to_contain_text("andere_summe.xlsx")
    expect(waiting).not_to_contain_text(re.compile(r"\bsumme\.xlsx"))


def test_another_table_of_the_office_is_a_delivery_of_its_own(desk: Desk) -> None:
    page = desk.page
    desk.unknown("betreuung.csv", "Kinder in Tagespflege", 45)
    desk.unknown("hilfen.csv", "Kinder mit Förderplan", 42)
    desk.drop("betreuung.csv")
    desk.drop("hilfen.csv")
    page.get_by_text("Diese Datei berichtigt „betreuung.csv“.").wait_for()
    page.get_by_text("Stimmt das nicht?").click()
    page.get_by_label("Diese Datei berichtigt", exact=True).select_option("")
    page.get_by_role("button", name="Speichern", exact=True).click()
    page.get_by_text("Berichtigt diese Datei eine andere, die noch wartet?").wait_for()
    picture(page, "berichtigung-2-eigene")
    page.get_by_role("button", name="Übernehmen", exact=True).click()
    page.get_by_role("heading", name=re.compile("^Übernommen am")).wait_for()
    page.goto(f"{desk.address}#/daten")
    expect(page.get_by_role("region", name="Zu prüfen")).to_contain_text("betreuung.csv")
