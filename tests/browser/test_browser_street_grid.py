"""The street grid in the browser: confirm a delivery group, write the files, have files checked, set their form."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from rules import broken_rules
from served import served

from street_grid_town import town_project


@pytest.fixture(scope="module")
def grid_page(browser, tmp_path_factory) -> Iterator[object]:  # type: ignore[no-untyped-def]
    """The page in a project of four areas, one of them with 940 inhabitants."""
    folder = tmp_path_factory.mktemp("grid") / "p"
    town_project(folder).close()
    with served(folder.parent, folder) as address:
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="de-DE", accept_downloads=True)
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda message: page.faults.append(message.text) if message.type == "error" else None)
        page.goto(f"{address}#/strassenraster")
        page.get_by_text("Was geschrieben wird").wait_for()
        yield page
        page.close()


def write_button(page):  # type: ignore[no-untyped-def]
    return page.get_by_role("button", name="Dateien schreiben")


def test_the_page_says_what_will_be_written_and_what_is_still_open(grid_page):
    assert "7.440" in grid_page.get_by_role("row", name="zusammen").inner_text()
    assert grid_page.get_by_text("3 Siedlung 940 + 4 Dorf 3.000 =").is_visible()
    assert grid_page.get_by_text("Vorher ist 1 Liefergruppe zu bestätigen.").is_visible()
    assert write_button(grid_page).is_disabled()
    assert grid_page.get_by_role("link", name="Gebiete").get_attribute("aria-current") == "true"


def test_another_neighbour_is_chosen_by_keyboard_confirmed_and_dissolved(grid_page):
    choice = grid_page.get_by_label("3 Siedlung zusammen mit")
    choice.focus()
    grid_page.keyboard.press("ArrowDown")
    assert grid_page.get_by_role("heading", name="2 Bahnhof").is_visible()
    grid_page.get_by_role("button", name="Liefergruppe bestätigen").click()
    grid_page.get_by_text("Schlüssel 101100901").wait_for()
    assert grid_page.get_by_text("2 Bahnhof 1.500 + 3 Siedlung 940 =").is_visible()
    grid_page.get_by_role("button", name="Liefergruppe auflösen").click()
    grid_page.get_by_role("button", name="Liefergruppe bestätigen").click()
    grid_page.get_by_text("Schlüssel 101100901").wait_for()
    assert grid_page.get_by_text("3 Siedlung 940 + 4 Dorf 3.000 =").is_visible()
    assert write_button(grid_page).is_enabled()


def test_the_written_files_are_saved_and_pass_the_check(grid_page, tmp_path):
    write_button(grid_page).click()
    saved = []
    for name in ("zu.csv", "ra.csv"):
        with grid_page.expect_download() as download:
            grid_page.get_by_role("link", name=f"{name} speichern").click()
        assert download.value.suggested_filename == name
        download.value.save_as(tmp_path / name)
        saved.append(tmp_path / name)
    assert "101100901;3 Siedlung / 4 Dorf;3940" in saved[0].read_text(encoding="cp1252")
    grid_page.locator("input[type=file]").set_input_files(saved)
    grid_page.get_by_role("heading", name="zu.csv, ra.csv: ohne Befund").wait_for()
    grid_page.get_by_role("button", name="Ergebnis schließen").click()


def test_faults_of_other_files_stand_in_a_table_with_their_line(grid_page, tmp_path):
    with grid_page.expect_download() as download:
        grid_page.get_by_role("link", name="ra.csv speichern").click()
    lines = download.value.path().read_text(encoding="cp1252").splitlines()
    lines[1] = lines[1].replace(";997;", ";998;")
    (tmp_path / "alt.csv").write_text("\n".join(lines), encoding="cp1252")
    grid_page.locator("input[type=file]").set_input_files([tmp_path / "alt.csv"])
    row = grid_page.get_by_role("row", name="998 steht im falschen Feld")
    row.wait_for()
    assert row.get_by_role("cell").all_inner_texts()[:2] == ["alt.csv", "2"]
    assert grid_page.get_by_text("alt.csv: Nur „ra“ geprüft, „zu“ fehlt.").is_visible()
    assert grid_page.get_by_role("heading", name="alt.csv: 1 Befund", exact=True).is_visible()
    assert broken_rules(grid_page) == []
    grid_page.get_by_role("button", name="Ergebnis schließen").click()


def test_one_file_alone_is_without_finding_and_said_to_be_alone(grid_page, tmp_path):
    with grid_page.expect_download() as download:
        grid_page.get_by_role("link", name="zu.csv speichern").click()
    download.value.save_as(tmp_path / "zu.csv")
    grid_page.locator("input[type=file]").set_input_files([tmp_path / "zu.csv"])
    grid_page.get_by_role("heading", name="zu.csv: ohne Befund").wait_for()
    assert grid_page.get_by_text("zu.csv: Nur „zu“ geprüft, „ra“ fehlt.").is_visible()
    grid_page.get_by_role("button", name="Ergebnis schließen").click()


def test_what_is_set_in_the_form_stays_while_something_else_is_done(grid_page):
    grid_page.get_by_role("heading", name="Form der Dateien").click()
    grid_page.get_by_label("Dateiname „zu“").fill("zuordnung.csv")
    with grid_page.expect_response(re.compile(r"/api/street-grid\?")):
        grid_page.get_by_role("button", name="Liefergruppe auflösen").click()
    with grid_page.expect_response(re.compile(r"/api/street-grid\?")):
        grid_page.get_by_role("button", name="Liefergruppe bestätigen").click()
    grid_page.get_by_text("Schlüssel 101100901").wait_for()
    assert grid_page.get_by_label("Dateiname „zu“").input_value() == "zuordnung.csv"
    grid_page.reload()


def test_the_form_of_the_files_is_set_kept_and_taken_back(grid_page):
    grid_page.get_by_role("heading", name="Form der Dateien").click()
    grid_page.get_by_label("Trennzeichen").select_option("tab")
    grid_page.get_by_label("Titel der Spalte 4").nth(1).fill("Postleitzahl")
    grid_page.get_by_role("button", name="Form übernehmen").click()
    grid_page.get_by_text("von Ihnen eingestellt").wait_for()
    assert broken_rules(grid_page) == []
    grid_page.reload()
    grid_page.get_by_role("heading", name="Form der Dateien").click()
    assert grid_page.get_by_label("Trennzeichen").input_value() == "tab"
    assert grid_page.get_by_label("Titel der Spalte 4").nth(1).input_value() == "Postleitzahl"
    grid_page.get_by_label("Inhalt der Spalte 3").nth(1).select_option("empty")
    grid_page.get_by_role("button", name="Form übernehmen").click()
    alert = grid_page.get_by_role("alert")
    alert.wait_for()
    assert "Keine Spalte enthält: „Straßenname“." in alert.inner_text()
    grid_page.get_by_role("button", name="Zurück zur angenommenen Form").click()
    grid_page.get_by_text("vorläufige Annahme", exact=True).wait_for()
    assert grid_page.get_by_label("Trennzeichen").input_value() == ";"


def test_nothing_broke_on_the_way(grid_page):
    # a refused form is an answer with status 422, which the browser notes as well
    assert [fault for fault in grid_page.faults if "422" not in fault] == []
