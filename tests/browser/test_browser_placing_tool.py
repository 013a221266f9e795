"""A department places and counts its list in one file without network; only counts come back, and they are read.

The file is opened from file://; whatever it asks for and whatever it keeps is looked at.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from rules import broken_rules
from served import ROOT

import placing_town as town
from sozialraum.addresses import House, mark, street_key
from sozialraum.project import Project

TOOL_PAGE = ROOT / "src" / "sozialraum" / "consultation" / "static" / "placing_tool.html"
CASE = "A-4711-geheim"
KEPT = """async () => ({local: localStorage.length, session: sessionStorage.length, cookies: document.cookie,
  bases: indexedDB.databases ? (await indexedDB.databases()).length : 0,
  caches: 'caches' in window ? (await caches.keys().catch(() => [])).length : 0})"""

pytestmark = pytest.mark.skipif(not TOOL_PAGE.is_file(), reason="the page of the Zuordnungswerkzeug is not built")


@dataclass
class Department:
    """A browser in a department: no network, and a list of everything it asked for or complained about."""

    page: Any
    file: Path
    asked: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def open(self, list_file: Path) -> None:
        self.page.locator("input[type=file]").set_input_files(list_file)
        self.page.get_by_role("heading", name="So wurde zugeordnet").wait_for()

    def results(self) -> list[str]:
        return [" ".join(text.split()) for text in self.page.locator(".pt-results li").all_inner_texts()]

    def fill_in(self, title: str = "Hilfen") -> None:
        self.page.get_by_label("Was wird gezählt?").fill(title)
        self.page.get_by_label("Stichtag", exact=True).fill("2025-12-31")
        self.page.get_by_label("Wer zählt?").fill("Jugendamt")

    def save(self, button: str, folder: Path) -> Path:
        with self.page.expect_download() as download:
            self.page.get_by_role("button", name=button).click()
        file = folder / download.value.suggested_filename
        download.value.save_as(file)
        return file

    def only_asked_for_itself(self) -> bool:
        return {url for url in self.asked if not url.startswith(("data:", "blob:"))} == {self.file.as_uri()}


def picture(page: Any, name: str) -> None:
    """A picture to look at, when a folder for them is named."""
    if folder := os.environ.get("SOZIALRAUM_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A project with addresses; Mühlenweg 13 is protected."""
    with town.town_with_addresses(tmp_path_factory.mktemp("region") / "p") as project:
        project.protect_address("Mühlenweg", House(13), "womens_shelter")
        yield project


@pytest.fixture(scope="module")
def tool_file(region: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from sozialraum.workflow.placing_tool import write_placing_tool

    return write_placing_tool(region, tmp_path_factory.mktemp("tool"))


@pytest.fixture
def department(browser: Any, tool_file: Path) -> Iterator[Department]:
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="de-DE", accept_downloads=True, offline=True
    )
    found = Department(context.new_page(), tool_file)
    context.on("request", lambda request: found.asked.append(request.url))
    found.page.on("pageerror", lambda error: found.faults.append(str(error)))
    found.page.on("console", lambda message: found.faults.append(message.text) if message.type == "error" else None)
    found.page.goto(tool_file.as_uri())
    found.page.get_by_role("heading", name="Adressen zuordnen: Musterkreis 2027").wait_for()
    yield found
    context.close()


def row(street: str, number: object, kind: str = "SPFH", ags: str = "05999004", age: str = "6-9") -> tuple[object, ...]:
    place = {"05999004": "Musterdorf", "05999002": "Musterstadt"}[ags]
    return (CASE, street, number, town.TOWNS[ags], place, kind, age)


def list_of_cases(likely: int) -> list[tuple[object, ...]]:
    """Fifteen cases. likely : a house number of the misspelled street."""
    return [
        *[row("Hauptstr.", number) for number in (1, 2, 3, 4, 5, 6)],  # area 1, exact
        *[row("Hauptstraße", number, "Heim") for number in (21, "22 ", "23")],  # area 2, exact
        *[row("Haubtstr.", likely, "Heim")] * 2,  # likely, area 1
        row("Muehlenweg", 13), row("Mühlenweg", "13a"),  # protected: nowhere
        row("Nirgendweg", 1),  # nowhere
        row("Hauptstr.", 9, "Heim", ags="05999002"),  # another municipality
    ]  # fmt: skip


@pytest.fixture(scope="module")
def likely(region: Project) -> int:
    """A number whose marks are none of those in the file: they differ from project to project."""
    from sozialraum.workflow.placing_tool import tool_data

    data = tool_data(region, "2026-11-28")
    free = [
        number for number in range(7, town.LAST // 2)
        if not {mark(data["salt"], street_key(name), number) for name in ("Haubtstr.", "Hauptstr.")} & {*data["marks"]}
    ]  # fmt: skip
    return free[0]


@pytest.fixture
def cases(likely: int, tmp_path: Path) -> Path:
    return town.write_list(tmp_path / "hilfen.xlsx", list_of_cases(likely))


def table(file: Path) -> list[list[object]]:
    """The rows of the visible sheet from the head on."""
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(file).worksheets[0].iter_rows()]
    return rows[next(place for place, row in enumerate(rows) if row[0] == "Schlüssel") :]


def test_only_counts_leave_and_the_product_reads_them_without_a_recipe(
    department: Department, region: Project, cases: Path, tmp_path: Path
) -> None:
    page = department.page
    assert broken_rules(page) == []
    picture(page, "placing-1-open")
    department.open(cases)
    assert department.results() == [
        "10 eindeutig zugeordnet (66,7 %)", "2 wahrscheinlich, davon bestätigt: 0 (13,3 %)", "3 ohne Zuordnung (20,0 %)"
    ]  # fmt: skip
    page.get_by_role("button", name="Alle bestätigen").click()
    assert "davon bestätigt: 2" in department.results()[1]
    page.locator("summary", has_text="Ohne Zuordnung").click()
    reasons = page.locator("details.pt-part tbody tr").all_inner_texts()
    assert [text for text in reasons if "13" in text] != []
    picture(page, "placing-2-placed")
    assert broken_rules(page) == []

    department.fill_in()
    page.get_by_label("Gruppen aus der Spalte").select_option(label="Hilfe")
    page.get_by_label("Klein ist eine Anzahl unter").fill("3")
    page.get_by_label("Klein ist eine Anzahl unter").blur()
    page.get_by_label("Musterstadt").uncheck()
    page.get_by_text("1 Fall liegt in einer Gemeinde, die Sie nicht gewählt haben").wait_for()
    picture(page, "placing-3-count")
    file = department.save("Auszählung speichern", tmp_path)
    assert file.name == "auszaehlung-hilfen-2025-12-31.xlsx"
    assert table(file)[:4] == [
        ["Schlüssel", "Name", "Gemeinde", "insgesamt", "Heim", "SPFH"],
        ["05999004-01", "Gebiet 1", "Musterdorf", 8, 2, 6],
        ["05999004-02", "Gebiet 2", "Musterdorf", 3, 3, 0],
        ["keine Angabe", "ohne Angabe des Gebiets", "", 3, 0, 3],
    ]  # fmt: skip
    texts = " ".join(
        str(cell.value) for sheet in openpyxl.load_workbook(file).worksheets for line in sheet.iter_rows()
        for cell in line if cell.value is not None
    )  # fmt: skip
    assert CASE not in texts
    assert not re.search(r"Hauptstr|Mühlenweg|Muehlenweg|Nirgendweg", texts)

    from sozialraum.workflow import looking
    from sozialraum.workflow.receiving import receive

    review = receive(region, file)
    assert (review.state, review.findings, review.recipe) == ("ready", (), "form_hilfen")
    read = looking.look(region, region.review_row(review.review_id)).reading
    assert read is not None
    found = read.observations.set_index(["unit", "feature"])["low"].to_dict()
    assert found[("05999004-01", "own_hilfen_insgesamt")] == 8
    assert found[("05999004-02", "own_hilfen_spfh")] == 0
    assert found[("region", "own_hilfen_insgesamt")] == 3  # without a place: nobody knows in which municipality
    assert ("05999004", "own_hilfen_insgesamt") not in found
    assert not [unit for unit, _feature in found if unit.startswith("05999002")]
    assert department.faults == []
    assert department.only_asked_for_itself()
    assert page.evaluate(KEPT) == {"local": 0, "session": 0, "cookies": "", "bases": 0, "caches": 0}


def test_small_counts_come_back_as_what_the_sign_says(
    department: Department, region: Project, cases: Path, tmp_path: Path
) -> None:
    page = department.page
    department.open(cases)
    page.get_by_role("button", name="Alle bestätigen").click()
    department.fill_in("Hilfen verdeckt")
    page.get_by_label("Gruppen aus der Spalte").select_option(label="Hilfe")
    page.get_by_label("Klein ist eine Anzahl unter").fill("3")
    page.get_by_label("durch einen Stern ersetzen").check()
    file = department.save("Auszählung speichern", tmp_path)
    assert table(file)[0] == ["Schlüssel", "Name", "Gemeinde", "Heim", "SPFH"]  # no column of all: nothing to subtract
    assert table(file)[1] == ["05999004-01", "Gebiet 1", "Musterdorf", "*", 6]

    from sozialraum.workflow import looking
    from sozialraum.workflow.receiving import receive

    review = receive(region, file)
    read = looking.look(region, region.review_row(review.review_id)).reading
    assert read is not None
    hidden = read.observations.set_index(["unit", "feature"]).loc[("05999004-01", "own_hilfen_verdeckt_heim")]
    assert (hidden["low"], hidden["high"], hidden["status"]) == (1, 2, "suppressed")


def test_a_count_for_a_data_set_gives_its_features(
    department: Department, region: Project, cases: Path, tmp_path: Path
) -> None:
    """The project asks for care and aid; the list knows aid alone. What was typed stays while columns are changed."""
    page = department.page
    department.open(cases)
    page.get_by_label("Wofür wird gezählt?").select_option(label="Kinder in Tagesbetreuung")
    assert page.get_by_label("Was wird gezählt?").count() == 0
    page.get_by_label("Stichtag", exact=True).fill("2025-12-31")
    page.get_by_label("Wer zählt?").fill("Jugendamt")
    page.get_by_label("Gruppen aus der Spalte").select_option(label="Hilfe")
    page.get_by_role("combobox", name="Ort", exact=True).select_option(label="nicht in der Liste")
    page.get_by_role("heading", name="So wurde zugeordnet").wait_for()
    assert page.get_by_label("Wer zählt?").input_value() == "Jugendamt"
    page.get_by_role("button", name="Auszählung speichern").click()
    page.get_by_text("Sagen Sie, welche Anzahl gemeint ist.").wait_for()
    page.get_by_label(re.compile("^Hilfen zur Erziehung")).select_option(label="SPFH")
    picture(page, "placing-6-data-set")
    assert broken_rules(page) == []
    file = department.save("Auszählung speichern", tmp_path)

    from sozialraum.workflow import looking
    from sozialraum.workflow.receiving import receive

    review = receive(region, file)
    assert (review.state, review.recipe) == ("ready", "form_betreuung")
    read = looking.look(region, region.review_row(review.review_id)).reading
    assert read is not None
    found = read.observations.set_index(["unit", "feature"])["low"].to_dict()
    assert found[("05999004-01", "family_aid")] == 6
    assert {feature for _unit, feature in found} == {"family_aid"}


def test_days_of_birth_become_age_groups_and_stay_in_the_department(department: Department, tmp_path: Path) -> None:
    born = [date(2023, 1, 1), date(2019, 12, 31), date(2020, 1, 1), date(2001, 5, 5), None]
    rows = [("Hauptstr.", number, "52002", day) for number, day in enumerate(born, 1)]
    page = department.page
    department.open(town.write_list(tmp_path / "kinder.xlsx", rows, ("Straße", "Nr", "PLZ", "Geburtsdatum")))
    page.get_by_label("Gruppen aus der Spalte").select_option(label="Geburtsdatum")
    page.get_by_text("Das Alter gilt am Stichtag").wait_for()
    page.get_by_label("Altersgruppen beginnen mit").fill("0, 3, 6, 18")
    department.fill_in("Kinder")
    page.get_by_role("button", name="Auszählung speichern").click()
    page.get_by_text("Bestätigen Sie die Gruppen mit nur einem Fall").wait_for()
    assert broken_rules(page) == []
    page.get_by_label("Der Name der Gruppe verrät niemanden").check()
    file = department.save("Auszählung speichern", tmp_path)
    assert table(file)[0][3:] == [
        "insgesamt", "0 bis unter 3", "3 bis unter 6", "6 bis unter 18", "18 und älter", "ohne Angabe"
    ]  # fmt: skip
    assert table(file)[1] == ["05999004-01", "Gebiet 1", "Musterdorf", 5, 1, 1, 1, 1, 1]
    assert not [cell for line in table(file) for cell in line if isinstance(cell, date)]


def test_the_same_list_comes_back_with_its_areas(
    department: Department, cases: Path, likely: int, tmp_path: Path
) -> None:
    page = department.page
    department.open(cases)
    page.get_by_label("Adressliste ergänzen").check()
    assert broken_rules(page) == []
    picture(page, "placing-4-complete")
    file = department.save("Ergänzte Liste speichern", tmp_path)
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["Fälle", "Notizen"]
    rows = [[cell.value for cell in line] for line in book["Fälle"].iter_rows()]
    assert rows[0][0] == "Hilfen zur Erziehung"
    assert rows[2][7:] == ["Gebiet (Schlüssel)", "Gebiet (Name)", "Zuordnung"]
    assert rows[3] == [*row("Hauptstr.", 1), "05999004-01", "Gebiet 1", "eindeutig"]
    assert rows[12][7:9] == [None, None]
    assert rows[12][9] == f"ohne Zuordnung: nicht bestätigt (Hauptstraße {likely}, 52002 Musterdorf)"
    shelter = [line[7:] for line in rows if line[1] in ("Muehlenweg", "Mühlenweg")]
    assert shelter == [[None, None, "ohne Zuordnung: Die Hausnummer steht nicht im Adressregister."]] * 2
    assert department.only_asked_for_itself()


def test_a_text_with_delimiters_comes_back_as_one(department: Department, tmp_path: Path) -> None:
    file = tmp_path / "liste.csv"
    file.write_bytes("Anschrift;Fall\r\nMühlenweg 2, 52002 Musterdorf;007\r\n".encode("cp1252"))
    department.open(file)
    assert department.results()[0] == "1 eindeutig zugeordnet (100,0 %)"
    department.page.get_by_label("Adressliste ergänzen").check()
    text = department.save("Ergänzte Liste speichern", tmp_path).read_text(encoding="utf-8-sig")
    assert text.splitlines() == [
        "Anschrift;Fall;Gebiet (Schlüssel);Gebiet (Name);Zuordnung",
        "Mühlenweg 2, 52002 Musterdorf;007;05999004-01;Gebiet 1;eindeutig",
    ]


def test_what_is_missing_or_cannot_be_is_said_and_nothing_is_saved(department: Department, tmp_path: Path) -> None:
    page = department.page
    broken = tmp_path / "kaputt.xlsx"
    broken.write_bytes(b"PK\x03\x04 no workbook")
    page.locator("input[type=file]").set_input_files(broken)
    page.get_by_text("„kaputt.xlsx“ lässt sich nicht als Tabelle öffnen.").wait_for()
    assert broken_rules(page) == []
    nameless = town.write_list(tmp_path / "ohne.xlsx", [("x", "Hauptstr. 1")], ("Wert", "Wo"))
    page.locator("input[type=file]").set_input_files(nameless)
    page.get_by_text("Wählen Sie die Spalte mit der Straße.").wait_for()
    assert page.get_by_text("kaputt").count() == 0
    page.get_by_label("Straße oder ganze Anschrift").select_option(label="Wo")
    page.get_by_role("heading", name="So wurde zugeordnet").wait_for()
    many = town.write_list(tmp_path / "viele.xlsx", [row("Hauptstr.", n % 40 + 1, f"Fall {n}") for n in range(60)])
    department.open(many)
    page.get_by_label("Gruppen aus der Spalte").select_option(label="Hilfe")
    page.get_by_text("stehen 60 verschiedene Angaben").wait_for()
    assert page.get_by_role("button", name="Auszählung speichern").is_disabled()
    page.get_by_label("Gruppen aus der Spalte").select_option(label="Alter")
    page.get_by_role("button", name="Auszählung speichern").click()
    page.get_by_text("Geben Sie den Stichtag der Liste an.").wait_for()
    page.get_by_text("Geben Sie an, wer zählt, zum Beispiel „Jugendamt“.").wait_for()
    page.wait_for_function("document.activeElement.type === 'date'")
    assert broken_rules(page) == []


def test_no_name_and_no_address_leaves_as_a_group(department: Department, tmp_path: Path) -> None:
    page = department.page
    names = ["Anna Beispiel", "Berta Muster", "Cem Probe", "Dora Test", "Emil Fall"]
    rows = [(name, name, "Hauptstr.", number) for number, name in enumerate(names, 1)]
    department.open(town.write_list(tmp_path / "fuenf.xlsx", rows, ("Name", "Wer", "Straße", "Nr")))
    reasons = {
        "Name": "nennt einzelne Personen oder Fälle", "Wer": "hat fast jede Zeile eine eigene Angabe",
        "Straße": "gehört zur Anschrift", "Nr": "gehört zur Anschrift",
    }  # fmt: skip
    for head, reason in reasons.items():
        page.get_by_label("Gruppen aus der Spalte").select_option(label=head)
        page.get_by_text(f"Die Spalte „{head}“ {reason}").or_(page.get_by_text(f"„{head}“ {reason}")).wait_for()
        assert page.get_by_role("button", name="Auszählung speichern").is_disabled()
        assert page.locator(".pt-form table").count() == 0
    assert broken_rules(page) == []
    picture(page, "placing-6-refused")


def test_everything_works_by_keyboard(department: Department, cases: Path, tmp_path: Path) -> None:
    """The list is chosen with a button, confirmed, counted and saved without a pointer."""
    page = department.page
    page.on("filechooser", lambda chooser: chooser.set_files(cases))
    page.get_by_role("button", name="Liste wählen").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="So wurde zugeordnet").wait_for()
    page.locator(".pt-part tbody input").first.focus()
    page.keyboard.press(" ")
    assert "davon bestätigt: 2" in department.results()[1]
    page.get_by_label("Was wird gezählt?").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("Hilfen")
    department.fill_in()
    page.get_by_label("Gruppen aus der Spalte").focus()
    page.keyboard.type("Hilfe")
    page.get_by_role("button", name="Auszählung speichern").focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "auszaehlung-hilfen-2025-12-31.xlsx"
    page.get_by_text("Gespeichert: auszaehlung-hilfen-2025-12-31.xlsx.").wait_for()


@pytest.mark.parametrize(("width", "height"), [(760, 900), (320, 640)])
def test_it_fits_narrow_windows(department: Department, cases: Path, width: int, height: int) -> None:
    """320 points are 400 % of a window of 1280."""
    page = department.page
    page.set_viewport_size({"width": width, "height": height})
    department.open(cases)
    page.get_by_label("Gruppen aus der Spalte").select_option(label="Hilfe")
    picture(page, f"placing-5-{width}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert broken_rules(page) == []


def test_it_speaks_english_too_and_names_the_licences_of_its_parts(department: Department, cases: Path) -> None:
    page = department.page
    page.get_by_text("Verwendete Programme und ihre Lizenzen").click()
    licences = page.locator("pre.pt-licences").inner_text()
    for part in ("hucre", "preact", "source-sans"):
        assert re.search(rf"^{part} [\d.]+ \(", licences, re.MULTILINE)
    assert broken_rules(page) == []
    page.get_by_role("button", name="English").click()
    assert page.evaluate("document.documentElement.lang") == "en"
    page.locator("input[type=file]").set_input_files(cases)
    page.locator(".pt-results").wait_for()
    page.get_by_role("button", name="Deutsch").click()
    page.get_by_role("heading", name="So wurde zugeordnet").wait_for()


def test_a_list_dropped_anywhere_is_opened(department: Department, tmp_path: Path) -> None:
    page = department.page
    drop = """() => { const transfer = new DataTransfer();
      transfer.items.add(new File(['Straße;Nr\\nHauptstr.;1\\n'], 'gezogen.csv'));
      const how = {dataTransfer: transfer, bubbles: true, cancelable: true};
      document.body.dispatchEvent(new DragEvent('drop', how)); }"""
    page.evaluate(drop)
    page.get_by_text("gezogen.csv").wait_for()
    page.get_by_role("heading", name="So wurde zugeordnet").wait_for()


def test_the_file_allows_itself_no_connection(department: Department) -> None:
    """Even with a network there would be none: the policy of the file forbids it."""
    page = department.page
    policy = page.locator("meta[http-equiv='Content-Security-Policy']").get_attribute("content")
    assert "default-src 'none'" in policy
    assert "connect-src 'none'" in policy
    assert page.evaluate("fetch('http://127.0.0.1:9/').then(() => 'sent', () => 'refused')") == "refused"
    assert not [url for url in department.asked if url.startswith("http")]
