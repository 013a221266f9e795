"""Lücken, Katalog, Rückfragen in the browser: see what is late, ask for it, hand out the files, take answers back."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from playwright.sync_api import expect
from rules import broken_rules
from served import served

from received_files import kita_places
from request_village import filled, kept_delivery, nine_towns
from sozialraum.project import Project
from sozialraum.workflow import asking, gaps, receiving, request_files, requesting
from sozialraum.workflow.rhythm import Rhythm, set_rhythm

TODAY = date.today()
YEAR = str(TODAY.year - 1)
LATE = (TODAY - timedelta(days=12)).isoformat()
SOON = (TODAY + timedelta(days=30)).isoformat()
PICTURES = os.environ.get("SOZIALRAUM_PICTURES", "")


def prepared(folder: Path) -> Project:
    """Nine towns: some data are there, some late, some not to be had; one query is out."""
    project = nine_towns(folder)
    set_rhythm(project, Rhythm(years=1, first=TODAY.year - 1))
    towns = sorted(project.municipalities()["ags"])
    gaps.expect(project, "betreuung", towns, [YEAR], due=LATE, owner="Jugendhilfeplanung")
    gaps.expect(project, "schuleingang", towns, [YEAR], due=SOON, owner="Gesundheitsamt")
    gaps.unavailable(project, "angebote", towns[3:5], [YEAR], note="wird dort nicht erhoben")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(requesting, "now", lambda: f"{LATE}T08:00:00.000000+00:00")
        made = requesting.request(project, "betreuung", towns[:3], YEAR, due=LATE)
    file = request_files.write_request(project, made.request_id, folder.parent / "out")[1]
    rows = {f"{column}{row}": 40 - 3 * place for row in range(6, 15) for place, column in enumerate("CDE")}
    kept_delivery(project, filled(file, rows | {f"E{row}": 50 for row in range(6, 15)}))
    asking.ask(project, "r1", ["f1", "f3"], due=SOON)
    return project


@pytest.fixture(scope="module")
def page(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("requests") / "p"
    patch = pytest.MonkeyPatch()
    patch.setattr(receiving, "review", lambda project, review_id: kita_places())
    prepared(folder).close()
    with served(folder.parent, folder) as address:
        found = browser.new_page(viewport={"width": 1440, "height": 900}, locale="de-DE", accept_downloads=True)
        found.faults = []
        found.on("pageerror", lambda error: found.faults.append(str(error)))
        found.on("console", lambda message: found.faults.append(message.text) if message.type == "error" else None)
        found.goto(f"{address}#/luecken")
        found.get_by_role("heading", name="Lücken", level=1).wait_for()
        yield found
        found.close()
    patch.undo()


def picture(page: Any, name: str) -> None:
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)


def goto(page: Any, name: str, heading: str) -> None:
    page.evaluate(f"location.hash = '#/{name}'")
    page.get_by_role("heading", name=heading, level=1).wait_for()


def cell(page: Any, title: str, town: str) -> Any:
    return page.get_by_role("button", name=f"{title}, {town}:")


def saved(page: Any, link: Any) -> bytes:
    with page.expect_download() as download:
        link.click()
    return Path(download.value.path()).read_bytes()


def test_states_are_told_by_word_and_shape_in_a_real_table(page):
    expect(page.get_by_text("6 Lieferungen sind überfällig.")).to_be_visible()
    expect(page.get_by_role("button", name=YEAR, pressed=True)).to_be_visible()
    late = cell(page, "Kinder in Tagesbetreuung", "Unterau")
    assert "verspätet" in late.inner_text()
    assert "12 Tage" in late.inner_text()
    assert late.locator("svg").get_attribute("data-shape") == "triangle"
    there = cell(page, "Kinder in Tagesbetreuung", "Musterdorf")
    assert there.inner_text().endswith("da")
    assert there.locator("svg").get_attribute("data-shape") == "tick"
    assert cell(page, "Offene Angebote", "Wiesenrath").locator("svg").get_attribute("data-shape") == "dash"
    assert page.get_by_role("columnheader", name="Steinberg (Rhld.)").is_visible()
    assert page.get_by_role("link", name="Daten").first.get_attribute("aria-current") == "true"
    assert broken_rules(page) == []
    picture(page, "luecken")


def test_a_cell_is_chosen_by_keyboard_and_its_due_date_changed(page):
    chosen = cell(page, "Schuleingangsuntersuchung", "Oberau")
    chosen.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_label("Gewählte Lücke")
    expect(panel.get_by_role("heading", name="Schuleingangsuntersuchung")).to_be_visible()
    expect(panel.get_by_label("Zuständig")).to_have_value("Gesundheitsamt")
    panel.get_by_label("Frist", exact=True).fill(LATE)
    panel.get_by_role("button", name="Frist speichern").click()
    panel.get_by_text("Seit 12 Tagen überfällig").wait_for()
    expect(chosen).to_contain_text("verspätet")


def test_what_is_typed_stays_when_the_page_is_loaded_again(page):
    panel = page.get_by_label("Gewählte Lücke")
    panel.get_by_label("Zuständig").fill("Gesundheitsamt, Team Schule")
    panel.get_by_label("Bemerkung").fill("Mahnung ist raus")
    page.get_by_text("Absender der Briefe").click()
    page.get_by_label("Zeilen des Absenders").fill("Kreis Muster, Planung")
    with page.expect_response(lambda answer: answer.url.endswith("/api/gaps")) as loaded:
        page.get_by_role("button", name="Absender speichern").click()
    assert loaded.value.json()["sender"] == ["Kreis Muster, Planung"]
    expect(panel.get_by_label("Zuständig")).to_have_value("Gesundheitsamt, Team Schule")
    panel.get_by_role("button", name="Anforderung schreiben").click()
    panel.get_by_label("Eigener Text im Brief").fill("Bitte bis Ostern.")
    panel.get_by_label("für alle Gemeinden dieses Jahres").check()
    expect(panel.get_by_label("Eigener Text im Brief")).to_have_value("Bitte bis Ostern.")
    panel.get_by_role("button", name="Zurück ohne Anforderung").click()
    expect(panel.get_by_label("Bemerkung")).to_have_value("Mahnung ist raus")


def test_not_to_be_had_needs_a_reason_and_is_taken_back(page):
    cell(page, "Offene Angebote", "Musterstadt").click()
    panel = page.get_by_label("Gewählte Lücke")
    refuse = panel.get_by_role("button", name="Nicht zu haben")
    expect(refuse).to_be_disabled()
    panel.get_by_label("Bemerkung").fill("wird nicht erhoben")
    refuse.click()
    panel.get_by_text("Nicht zu haben: wird nicht erhoben").wait_for()
    panel.get_by_role("button", name="Angaben zurücknehmen").click()
    panel.get_by_text("Fehlt.", exact=False).wait_for()


def test_a_request_is_written_for_all_towns_and_its_files_are_saved(page, tmp_path):
    cell(page, "Kinder in Tagesbetreuung", "Unterau").click()
    panel = page.get_by_label("Gewählte Lücke")
    panel.get_by_label("für alle Gemeinden dieses Jahres").check()
    panel.get_by_role("button", name="Anforderung schreiben").click()
    panel.get_by_label("Eigener Text im Brief").fill("Wie am Telefon besprochen.")
    panel.get_by_label("Daten bis").fill(SOON)
    letter = panel.get_by_label("Der Brief")
    letter.get_by_text("Wie am Telefon besprochen.").wait_for()
    assert "Jugendamt Musterdorf" in letter.inner_text()
    assert broken_rules(page) == []
    picture(page, "luecken-anforderung")
    panel.get_by_role("button", name="Anforderung erstellen").click()
    panel.get_by_text("Anforderung A2 ist erstellt.").wait_for()
    text = docx.Document(io.BytesIO(saved(page, panel.get_by_role("link", name="Brief A2"))))
    paragraphs = "\n".join(paragraph.text for paragraph in text.paragraphs)
    assert "Wie am Telefon besprochen." in paragraphs
    assert "Stichtag 31.12." in paragraphs
    form = openpyxl.load_workbook(io.BytesIO(saved(page, panel.get_by_role("link", name="Formblatt A2"))))
    assert form["Tabelle"]["A6"].value == "05999002-01"
    assert saved(page, panel.get_by_role("link", name="Termin A2")).startswith(b"BEGIN:VCALENDAR")
    panel.get_by_role("button", name="Weiter").click()
    written = page.locator("section", has=page.get_by_role("heading", name="Geschriebene Anforderungen"))
    written.get_by_text("A2: ").wait_for()
    expect(cell(page, "Kinder in Tagesbetreuung", "Unterau")).not_to_contain_text("verspätet")


def test_a_data_set_without_recipe_asks_for_its_columns(page):
    cell(page, "Offene Angebote", "Musterstadt").click()
    panel = page.get_by_label("Gewählte Lücke")
    panel.get_by_role("button", name="Anforderung schreiben").click()
    expect(panel.get_by_role("button", name="Anforderung erstellen")).to_be_disabled()
    panel.get_by_label("Gewünschte Spalten").fill("Plätze\nÖffnungstage je Woche")
    panel.get_by_label("Der Brief").get_by_text("Öffnungstage je Woche").wait_for()
    panel.get_by_role("button", name="Zurück ohne Anforderung").click()


def test_the_rhythm_of_editions_is_set(page):
    page.get_by_text("Rhythmus ändern").click()
    page.get_by_label("Eine Ausgabe").select_option("2")
    page.get_by_role("button", name="Rhythmus speichern").click()
    page.get_by_text("Alle 2 Jahre eine Ausgabe.").wait_for()
    page.get_by_label("Stichtag (Tag und Monat)").fill("31.2.")
    page.get_by_role("button", name="Rhythmus speichern").click()
    expect(page.get_by_role("alert")).to_contain_text("kein Tag, den es in jedem Jahr gibt")
    page.get_by_role("button", name="Meldung schließen").click()
    page.get_by_label("Stichtag (Tag und Monat)").fill("31.12.")
    page.get_by_label("Eine Ausgabe").select_option("1")
    page.get_by_role("button", name="Rhythmus speichern").click()
    page.get_by_text("Jedes Jahr eine Ausgabe.").wait_for()


def test_a_source_and_a_data_set_are_entered_in_forms(page):
    goto(page, "katalog", "Katalog")
    assert broken_rules(page) == []
    page.get_by_role("button", name="Stelle eintragen").click()
    form = page.get_by_role("form", name="Stelle eintragen")
    form.get_by_label("Stelle", exact=True).fill("Sozialamt Oberau")
    form.get_by_role("button", name="Speichern").click()
    page.get_by_role("rowheader", name="Sozialamt Oberau").wait_for()
    page.get_by_role("button", name="Datensatz eintragen").click()
    form = page.get_by_role("form", name="Datensatz eintragen")
    form.get_by_label("Titel").fill("Wohngeld")
    form.get_by_label("Stelle").select_option(label="Sozialamt Oberau")
    form.get_by_label("Rhythmus in Monaten").fill("24")
    assert broken_rules(page) == []
    form.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("row", name="Wohngeld")).to_contain_text("alle 2 Jahre")
    picture(page, "katalog")


def test_a_catalogue_is_dropped_and_searched(page, tmp_path):
    file = tmp_path / "regioDB_tables.csv"
    titles = [f'{number}-01,"Bevölkerung nach\nMerkmal {number}",2020 - 2022' for number in range(200)]
    file.write_text("\n".join(["Code,Content,Time", *titles, "13211,Arbeitslose - Gemeinden,2022"]))
    page.locator("input[type=file]").nth(1).set_input_files([file])
    page.get_by_text("regioDB_tables: 201 Einträge gelesen.").wait_for()
    page.get_by_label("Wörter in 201 Einträgen").fill("arbeitslos gemeinde")
    page.get_by_text("1 Treffer").wait_for()
    expect(page.get_by_role("rowheader", name="13211")).to_be_visible()
    page.get_by_label("Wörter in 201 Einträgen").fill("bevoelkerung")
    page.get_by_text("200 Treffer, gezeigt sind die ersten 100").wait_for()
    assert broken_rules(page) == []
    picture(page, "katalog-suche")


def test_the_workbook_shows_its_changes_before_they_hold(page, tmp_path):
    file = tmp_path / "records.xlsx"
    file.write_bytes(saved(page, page.get_by_role("link", name="Arbeitsmappe speichern")))
    book = openpyxl.load_workbook(file)
    book["Quellen"]["B2"] = "Abteilung Jugend"
    book.save(file)
    page.locator("input[type=file]").first.set_input_files([file])
    page.get_by_role("heading", name="1 Änderung").wait_for()
    expect(page.get_by_text("„Jugendhilfeplanung“ jetzt „Abteilung Jugend“")).to_be_visible()
    page.get_by_role("button", name="Änderungen übernehmen").click()
    page.get_by_text("Die Änderungen sind übernommen.").wait_for()
    page.get_by_role("cell", name="Abteilung Jugend").wait_for()


def test_answers_to_a_query_are_dropped_and_shown(page, tmp_path):
    goto(page, "luecken", "Lücken")
    page.get_by_role("link", name="Rückfragen").click()
    page.get_by_role("heading", name="Rückfragen", level=1).wait_for()
    page.get_by_text("1 Rückfrage ist offen.").wait_for()
    expect(page.get_by_text("Welche Zahl gilt?")).to_be_visible()
    assert broken_rules(page) == []
    picture(page, "rueckfragen")
    file = tmp_path / "antwort.xlsx"
    file.write_bytes(saved(page, page.get_by_role("link", name="Tabelle R1")))
    page.locator("input[type=file]").set_input_files([filled(file, {"I6": "832"})])
    page.get_by_text("Rückfrage R1: 1 von 2 Fragen beantwortet.").wait_for()
    expect(page.get_by_text("Die Frage 2 ist nicht beantwortet.")).to_be_visible()
    page.get_by_text("832", exact=True).wait_for()
    page.get_by_label("Anders geklärt, nämlich").fill("telefonisch: weniger als 3")
    page.get_by_role("button", name="Rückfrage abschließen").click()
    page.get_by_text("Keine Rückfrage ist offen.").wait_for()
    picture(page, "rueckfragen-geklaert")


def test_pages_hold_when_narrow(page):
    page.set_viewport_size({"width": 1024, "height": 768})
    goto(page, "luecken", "Lücken")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    picture(page, "luecken-1024")
    page.set_viewport_size({"width": 390, "height": 800})
    for name, heading in (("luecken", "Lücken"), ("katalog", "Katalog"), ("rueckfragen", "Rückfragen")):
        goto(page, name, heading)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    page.set_viewport_size({"width": 1440, "height": 900})


def test_nothing_broke_on_the_way(page):
    # a refused rhythm is an answer with status 409, which the browser notes as well
    assert [fault for fault in page.faults if "409" not in fault] == []
