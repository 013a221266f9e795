"""A file nobody knows, from two titles and a misleading row to a rule that reads next year's file. No terminal.

The tests are the steps of one morning and run in their order; each looks at what the planner sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect
from rules import broken_rules
from served import served
from workshop_desk import picture

import village
from receiving_village import project_in

LETTERS = "ABCDEFghiJKL"
DOGS = (12, 31, 12, 47, 8, 30, 17, 12, 9, 43, 30, 8)


def write_dogs(path: Path, year: int, run: str, others: tuple[str, ...] = (), dated: bool = True) -> Path:
    """The tax office's workbook; row 3 looks like a row of the head and reads otherwise each time it is made."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Hunde"
    for line in (["Steueramt Musterkreis"], ["Angemeldete Hunde" + f" am Stichtag 31.12.{year}" * dated]):
        sheet.append(line)
    sheet.append([f"Abfrage {run}", "Bearbeitung FB 51", f"Lauf {run[-2:]}", "geprüft"])
    sheet.append(["früher", "Baustein", "Hunde", "Vermerk"])
    for place, letter in enumerate(LETTERS):
        before = LETTERS[place - 1]
        sheet.append([f"{village.AGS}-{before}", f"{village.AGS}-{letter}", DOGS[place] + year - 2024, 4711 + place])
    for name in others:
        more = book.create_sheet(name)
        for row in sheet.iter_rows(values_only=True):
            more.append(row)
    book.save(path)
    return path


def write_headless(path: Path) -> Path:
    """Nothing stands over the keys, so no row is taken for the head."""
    book = openpyxl.Workbook()
    for line in (["Anträge am Stichtag 31.12.2024"], ["", "Anträge"]):
        book.active.append(line)
    for place, letter in enumerate(LETTERS):
        book.active.append([f"{village.AGS}-{letter}", DOGS[place]])
    book.save(path)
    return path


@dataclass
class Morning:
    """The planner's window, the folder with the files, what went wrong."""

    page: object
    address: str
    files: Path
    faults: list[str] = field(default_factory=list)

    def drop(self, name: str) -> None:
        self.page.goto(f"{self.address}#/daten")
        self.page.get_by_role("heading", name="Neue Lieferung").wait_for()
        self.page.locator("input[type=file]").first.set_input_files(self.files / name)
        self.page.locator(".dl-foot").wait_for()

    def cell(self, name: str) -> object:
        """The dialog of a cell."""
        self.page.locator(f"[data-cell={name}]").click()
        return self.page.get_by_role("dialog", name=f"Zelle {name}: was ist das?")

    def role(self, name: str) -> str:
        """How a cell is coloured: key, head, value, …"""
        classes = self.page.locator(f"td:has([data-cell={name}])").get_attribute("class") or ""
        return classes.split()[0].removeprefix("dl-")

    def made(self) -> list[str]:
        return [text.split("\n")[0] for text in self.page.locator(".dl-made li > span").all_inner_texts()]


@pytest.fixture(scope="module")
def morning(browser, tmp_path_factory) -> Iterator[Morning]:  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("wizard")
    project_in(folder / "home" / "Musterkreis").close()
    write_dogs(folder / "hunde.xlsx", 2024, "4711")
    write_dogs(folder / "hunde_neu.xlsx", 2025, "5822")
    write_dogs(folder / "ohne Datum.xlsx", 2023, "3901", dated=False)
    write_dogs(folder / "zwei Blätter.xlsx", 2022, "2784", ("Hunde alt",))
    write_headless(folder / "ohne Kopf.xlsx")
    with served(folder / "home", folder / "home" / "Musterkreis") as address:
        page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="de-DE")
        page.set_default_timeout(10_000)
        found = Morning(page, address, folder)
        page.on("pageerror", lambda error: found.faults.append(str(error)))
        page.goto(address)
        yield found
        page.close()


def test_the_misleading_row_is_taken_for_a_part_of_the_head(morning: Morning) -> None:
    morning.drop("hunde.xlsx")
    expect(morning.page.locator("[data-cell=A3]")).to_be_visible()
    assert (morning.role("A3"), morning.role("A4"), morning.role("A1")) == ("head", "head", "text")
    picture(morning.page, "wizard-1-gelesen")
    assert broken_rules(morning.page) == []


def test_a_title_clicked_as_the_head_is_refused_in_one_sentence(morning: Morning) -> None:
    dialog = morning.cell("A1")
    dialog.get_by_role("radio", name="In Zeile 1 beginnt der Kopf der Tabelle").check()
    dialog.get_by_role("button", name="Korrektur übernehmen").click()
    morning.page.get_by_text("In Zeile 1 stehen keine Überschriften der Spalten.").first.wait_for()
    picture(morning.page, "wizard-2-falscher-kopf")
    assert morning.made() == []
    assert morning.role("A3") == "head"


def test_the_right_head_is_clicked_and_the_preview_coloured_anew(morning: Morning) -> None:
    dialog = morning.cell("B4")
    dialog.get_by_role("radio", name="In Zeile 4 beginnt der Kopf der Tabelle").check()
    expect(dialog.get_by_label("Zeilen des Kopfes")).to_have_value("1")
    picture(morning.page, "wizard-3-kopf-anklicken")
    assert broken_rules(morning.page) == []
    dialog.get_by_role("button", name="Korrektur übernehmen").click()
    morning.page.get_by_text("Der Kopf steht in Zeile 4", exact=True).wait_for()
    assert (morning.role("A3"), morning.role("B4"), morning.role("A5")) == ("text", "head", "key")


def test_the_column_of_keys_is_clicked(morning: Morning) -> None:
    dialog = morning.cell("B7")
    expect(dialog.get_by_role("radio", name="Spalte B ist …")).to_be_checked()
    dialog.get_by_label("Spalte B ist", exact=True).select_option(label="Gebietsschlüssel oder Gebietsname")
    dialog.get_by_role("button", name="Korrektur übernehmen").click()
    morning.page.get_by_text("Spalte B nennt das Gebiet", exact=True).wait_for()
    assert (morning.role("A7"), morning.role("B7"), morning.role("C7")) == ("unread", "key", "value")


def test_a_column_of_numbers_that_count_nothing_is_left_out_by_keyboard(morning: Morning) -> None:
    assert morning.role("D7") == "value"
    morning.page.locator("[data-cell=D7]").focus()
    morning.page.keyboard.press("Enter")
    dialog = morning.page.get_by_role("dialog")
    dialog.get_by_label("Spalte D ist", exact=True).select_option(label="wird nicht gelesen")
    dialog.get_by_role("button", name="Korrektur übernehmen").press("Enter")
    morning.page.get_by_text("Spalte D wird nicht gelesen", exact=True).wait_for()
    assert morning.role("D7") == "unread"
    picture(morning.page, "wizard-4-spalten")


def test_the_numbers_get_a_name(morning: Morning) -> None:
    dialog = morning.cell("C6")
    dialog.get_by_label("Name, wenn die Überschrift zu wenig sagt").fill("Angemeldete Hunde")
    picture(morning.page, "wizard-4-name")
    assert broken_rules(morning.page) == []
    dialog.get_by_role("button", name="Korrektur übernehmen").click()
    row = morning.page.locator(".dl-made li", has_text="Die Zahlen in Spalte C heißen „Angemeldete Hunde“")
    row.wait_for()
    for text in ("In Spalte C stehen Werte", "Die Zahlen in Spalte C heißen"):
        row = morning.page.locator(".dl-made li", has_text=text)
        row.get_by_role("button", name=re.compile("^zurücknehmen")).click()
        row.wait_for(state="detached")


def test_every_click_can_be_taken_back(morning: Morning) -> None:
    assert morning.made() == ["Der Kopf steht in Zeile 4", "Spalte B nennt das Gebiet", "Spalte D wird nicht gelesen"]
    row = morning.page.locator(".dl-made li", has_text="Spalte D wird nicht gelesen")
    row.get_by_role("button", name=re.compile("^zurücknehmen")).click()
    row.wait_for(state="detached")
    assert morning.role("D7") == "value"
    dialog = morning.cell("D7")
    dialog.get_by_label("Spalte D ist", exact=True).select_option(label="wird nicht gelesen")
    dialog.get_by_role("button", name="Korrektur übernehmen").click()
    row.wait_for()


def test_what_is_left_is_answered_and_the_file_taken_over(morning: Morning) -> None:
    page = morning.page
    card = page.get_by_role("region", name="Fragen")
    expect(card.get_by_role("heading", level=2)).to_have_text("1 Frage")
    card.get_by_role("radio", name="Fälle").check()
    card.get_by_role("button", name="Antworten übernehmen").click()
    expect(page.locator("#dl-hindrance")).to_contain_text("kann übernommen werden")
    picture(page, "wizard-5-bereit")
    page.set_viewport_size({"width": 760, "height": 900})
    picture(page, "wizard-5-bereit-760")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")  # nothing half under the foot of the page
    assert broken_rules(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("button", name="Übernehmen", exact=True).click()
    page.get_by_role("heading", name=re.compile("^Lieferung übernommen")).wait_for()


def test_next_year_the_saved_rule_reads_the_file(morning: Morning) -> None:
    page = morning.page
    morning.drop("hunde_neu.xlsx")
    expect(page.locator("#dl-hindrance")).to_contain_text("kann übernommen werden")
    assert (morning.role("A3"), morning.role("B4"), morning.role("B7")) == ("text", "head", "key")
    assert page.get_by_role("region", name="Fragen").count() == 0
    expect(page.get_by_role("region", name="Unterschiede zum Vorjahr")).to_be_visible()
    picture(page, "wizard-6-naechstes-jahr")
    page.get_by_role("button", name="Übernehmen", exact=True).click()
    page.get_by_role("heading", name=re.compile("^Lieferung übernommen")).wait_for()


def test_a_file_without_a_head_that_was_found_is_read_after_a_click(morning: Morning) -> None:
    page = morning.page
    morning.drop("ohne Kopf.xlsx")
    page.get_by_text(re.compile("Über der ersten Zeile der Tabelle .* steht kein Kopf")).first.wait_for()
    picture(page, "wizard-10-kein-kopf")
    assert broken_rules(page) == []
    assert morning.role("B2") == "unread"
    dialog = morning.cell("B2")
    dialog.get_by_role("radio", name="In Zeile 2 beginnt der Kopf der Tabelle").check()
    dialog.get_by_role("button", name="Korrektur übernehmen").click()
    page.get_by_text("Der Kopf steht in Zeile 2", exact=True).wait_for()
    assert (morning.role("B2"), morning.role("A3"), morning.role("B3")) == ("head", "key", "value")
    picture(page, "wizard-11-kopf-geklickt")


def test_a_file_without_a_date_gets_it_on_the_page(morning: Morning) -> None:
    page = morning.page
    morning.drop("ohne Datum.xlsx")
    card = page.get_by_role("region", name="Stichtag angeben")
    card.get_by_label("Für welchen Tag gelten die Zahlen?").fill("2023-12-31")
    expect(page.locator(".dl-findings h3")).to_have_text(["Stichtag fehlt"])
    picture(page, "wizard-7-stichtag")
    assert broken_rules(page) == []
    card.get_by_role("button", name="Stichtag übernehmen").click()
    page.get_by_text("Stichtag von Hand angegeben: 31.12.2023", exact=True).wait_for()
    assert card.count() == 0
    expect(page.locator("#dl-hindrance")).to_contain_text("kann übernommen werden")
    row = page.locator(".dl-made li", has_text="Stichtag von Hand angegeben")
    row.get_by_role("button", name=re.compile("^zurücknehmen")).click()
    card.wait_for()
    picture(page, "wizard-8-stichtag-zurueck")


def test_of_two_alike_sheets_one_is_chosen(morning: Morning) -> None:
    page = morning.page
    morning.drop("zwei Blätter.xlsx")
    card = page.get_by_role("region", name="Fragen")
    picture(page, "wizard-9-blatt")
    assert broken_rules(page) == []
    card.get_by_role("radio", name="Blatt „Hunde alt“").check()
    card.get_by_role("button", name="Antworten übernehmen").click()
    page.get_by_text("Gelesen wird das Blatt „Hunde alt“", exact=True).wait_for()
    expect(page.locator(".dl-filehead")).to_contain_text("Blatt „Hunde alt“")
    expect(page.locator("#dl-hindrance")).to_contain_text("kann übernommen werden")


def test_nothing_broke_on_the_way(morning: Morning) -> None:
    assert morning.faults == []
