"""The page "Bausteine": built from dropped files, taken over, checked and mended, read rightly, renewed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from blocks_ground import ground_of, written
from rules import broken_rules
from served import served

from sozialraum.demo import World
from sozialraum.workflow import create_project


@pytest.fixture(scope="module")
def page(browser, tmp_path_factory) -> Iterator[object]:  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("blocks") / "kreis"
    create_project(folder, name="Kreis").close()
    with served(folder.parent, folder) as address:
        found = browser.new_page(viewport={"width": 1280, "height": 900}, locale="de-DE", accept_downloads=True)
        found.faults = []
        found.on("pageerror", lambda error: found.faults.append(str(error)))
        found.on("console", lambda message: found.faults.append(message.text) if message.type == "error" else None)
        found.goto(f"{address}#/gebiete")
        found.get_by_text("Keine fertigen Bausteine?").wait_for()
        yield found
        found.close()


@pytest.fixture(scope="module")
def files(demo_world: World, tmp_path_factory) -> dict[str, Path]:  # type: ignore[no-untyped-def]
    return written(ground_of(demo_world), tmp_path_factory.mktemp("files"))


def drop(page, *paths: Path) -> None:  # type: ignore[no-untyped-def]
    """As if dropped on the field of the page."""
    page.locator("main input[type=file]").first.set_input_files(list(paths))


def drawn(page) -> None:  # type: ignore[no-untyped-def]
    page.locator("[data-map=drawn]").wait_for(timeout=60_000)


def test_an_empty_project_leads_to_the_building_of_blocks(page):
    page.get_by_role("link", name="Bausteine bilden").click()
    page.get_by_role("heading", name="Bausteine", level=1).wait_for()
    page.get_by_text("Dieses Projekt hat noch keine Bausteine.").wait_for()
    assert page.get_by_role("link", name="Gebiete", exact=False).first.get_attribute("aria-current") == "true"
    assert broken_rules(page) == []


def test_dropped_files_are_told_apart_and_lie_where_they_should(page, files):
    drop(page, files["towns"], files["lines"], files["addresses"])
    row = page.get_by_role("row", name=re.compile("gemeinden.gpkg"))
    row.wait_for(timeout=30_000)
    assert row.get_by_role("combobox").input_value() == "municipalities"
    chosen = [
        page.get_by_label(f"{name}.gpkg wird verwendet als").input_value() for name in ("strassen", "anschriften")
    ]
    assert chosen == ["lines", "addresses"]
    assert page.get_by_text("liegt richtig").count() == 3
    assert page.get_by_text("Flächen unter 1.000 m² oder unter 8 m").is_visible()


def test_without_borders_nothing_can_be_built_and_the_page_says_why(page):
    choice = page.get_by_label("gemeinden.gpkg wird verwendet als")
    choice.select_option("")
    page.get_by_text("Es fehlen die Gemeindegrenzen.").wait_for()
    assert page.get_by_role("button", name="Bausteine bilden").is_disabled()
    choice.select_option("municipalities")
    page.get_by_text("Es wird noch nichts übernommen.").wait_for()


def test_a_number_of_the_rule_is_changed_and_stands_in_its_sentence(page):
    page.get_by_text("Zahlen der Regel ändern").click()
    page.get_by_label("Kleinste Fläche in m²").fill("1200")
    page.get_by_role("button", name="Regel ändern").click()
    page.get_by_text("Flächen unter 1.200 m²").wait_for()


def test_blocks_are_built_with_progress_and_doubtful_places_are_numbered(page):
    page.get_by_role("button", name="Bausteine bilden").click()
    page.get_by_role("progressbar").wait_for()
    page.get_by_role("heading", name="Was gebildet wurde").wait_for(timeout=60_000)
    assert page.get_by_text(re.compile(r"Gebildet: [\d.]+\sBausteine in 2\sGemeinden\.")).is_visible()
    drawn(page)
    assert page.get_by_role("heading", name="Zweifelhafte Stellen").is_visible()
    assert page.get_by_role("button", name="Stelle 1 auf der Karte zeigen").is_visible()
    assert broken_rules(page) == []


def test_a_doubtful_place_is_shown_on_the_map_by_keyboard(page):
    button = page.get_by_role("button", name="Stelle 2 auf der Karte zeigen")
    button.focus()
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-pressed") == "true"
    page.locator("[data-chosen='2']").wait_for()
    assert float(page.locator("[data-chosen]").get_attribute("data-zoom")) > 14


def test_places_of_one_kind_can_be_shown_alone(page):
    kinds = page.get_by_label("Art", exact=True)
    every = page.locator(".blk-rows tbody tr").count()
    kinds.select_option("open_end")
    page.locator("[data-chosen='']").wait_for()
    rows = page.locator(".blk-rows tbody tr").all_inner_texts()
    assert 0 < len(rows) < every
    assert all("vor einer anderen Linie" in row for row in rows)
    kinds.select_option("")


def test_the_page_holds_at_760_pixels_and_in_forced_colours(page):
    page.set_viewport_size({"width": 760, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 760
    page.emulate_media(forced_colors="active")
    assert broken_rules(page) == []
    page.emulate_media(forced_colors="none")
    page.set_viewport_size({"width": 1280, "height": 900})


def test_built_blocks_are_taken_over(page):
    page.get_by_label("mindestens").fill("800")
    page.get_by_role("button", name="Bausteine übernehmen").click()
    page.get_by_text("Die Bausteine sind übernommen.").wait_for(timeout=60_000)
    page.get_by_text("Stand 1", exact=False).first.wait_for()
    assert page.get_by_text("Im Projekt:").is_visible()


def test_the_blocks_of_the_project_are_without_fault(page):
    page.get_by_role("link", name="Bausteine prüfen").click()
    page.get_by_role("button", name="Bausteine des Projekts prüfen").click()
    page.get_by_text("ohne Lücke und ohne Überlappung").first.wait_for(timeout=30_000)
    drawn(page)
    page.get_by_role("button", name="Prüfung schließen").click()


def test_faults_of_a_file_are_named_on_the_map(page, files):
    drop(page, files["broken"])
    page.get_by_role("heading", name=re.compile(r"^\d+ Fehler$")).wait_for(timeout=30_000)
    rows = page.locator(".blk-rows tbody tr").all_inner_texts()
    said = " ".join(rows)
    assert "Lücke" in said
    assert "überlappen" in said
    assert "Rand" in said
    drawn(page)
    page.get_by_role("button", name="Stelle 1 auf der Karte zeigen").click()
    page.locator("[data-chosen='1']").wait_for()
    assert page.get_by_text("Übernehmen geht erst, wenn kein Fehler mehr offen ist.").is_visible()
    assert broken_rules(page) == []


def test_all_faults_of_a_kind_are_chosen_at_once_and_let_go(page):
    page.get_by_label("Art", exact=True).select_option("overlap")
    page.get_by_role("button", name=re.compile(r"^Alle \d+ der Liste auswählen$")).click()
    boxes = page.locator(".blk-rows input[type=checkbox]")
    assert boxes.count() >= 2
    assert all(boxes.nth(number).is_checked() for number in range(boxes.count()))
    assert page.get_by_role("button", name=f"{boxes.count()} ausgewählte beheben").is_enabled()
    page.get_by_role("button", name="Auswahl aufheben").click()
    page.get_by_label("Art", exact=True).select_option("")
    assert page.get_by_role("button", name="Ausgewählte beheben").is_disabled()


def test_two_chosen_faults_are_mended_and_the_protocol_is_saved(page):
    before = page.locator(".blk-rows tbody tr").count()
    for number in (1, before):
        page.get_by_label(f"Stelle {number} beheben").check()
    page.get_by_role("button", name="2 ausgewählte beheben").click()
    page.get_by_role("heading", name="Protokoll").wait_for(timeout=30_000)
    assert page.get_by_text("2 Fehler behoben.").first.is_visible()
    assert page.locator(".blk-rows tbody tr").count() == before - 2
    with page.expect_download() as download:
        page.get_by_role("link", name="Protokoll speichern").click()
    assert download.value.suggested_filename == "protokoll-bausteine.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    rows = list(book.active.values)
    assert rows[0][:2] == ("Fehler", "Was getan wurde")
    assert len(rows) == 3
    assert [sum(row[column] for row in rows[1:]) for column in (5,)] == [sum(row[6] for row in rows[1:])]
    assert broken_rules(page) == []


def test_mending_is_taken_back_and_the_check_closed(page):
    page.get_by_role("button", name="Berichtigungen zurücknehmen").click()
    page.get_by_role("heading", name="Protokoll").wait_for(state="detached")
    page.get_by_role("button", name="Prüfung schließen").click()
    page.get_by_role("heading", name="Eine Datei mit Bausteinen prüfen").wait_for()
    assert page.get_by_text("Stand 1", exact=False).first.is_visible()


def test_coordinates_with_a_zone_number_are_named_and_read_rightly_on_request(page, files):
    drop(page, files["prefixed"])
    page.get_by_role("heading", name=re.compile("mit-zone.gpkg: Die Koordinaten liegen nicht")).wait_for(timeout=30_000)
    named = page.get_by_text("Die Koordinaten beginnen mit der Zonennummer 32, angegeben ist EPSG:25832.")
    named.nth(1).wait_for()
    assert page.get_by_role("img", name="Kleine Karte").count() == 2
    assert broken_rules(page) == []
    page.get_by_role("button", name="So lesen").click()
    page.get_by_text("ohne Lücke und ohne Überlappung").first.wait_for(timeout=30_000)
    assert page.get_by_text("gelesen als UTM-Koordinaten, Zone 32 mit vorangestellter Zonennummer").is_visible()
    drawn(page)
    page.get_by_role("button", name="Prüfung schließen").click()


def test_a_plan_is_proposed_that_rests_on_the_blocks(page):
    page.get_by_role("link", name="Zu den Gebieten").click()
    page.get_by_role("button", name="Vorschlag rechnen").click()
    page.get_by_role("heading", name="Gebiete", level=1).wait_for(timeout=120_000)
    page.get_by_role("link", name="Bausteine", exact=True).wait_for(timeout=120_000)


def test_a_second_building_names_wrong_coordinates_and_reads_them_on_request(page, files):
    page.get_by_role("link", name="Bausteine", exact=True).click()
    drop(page, files["lines"], files["more"], files["addresses"])
    row = page.get_by_role("row", name=re.compile("neue-strassen"))
    row.get_by_text("Die Koordinaten beginnen mit der Zonennummer 32").wait_for(timeout=30_000)
    assert page.get_by_text("Zuerst ist zu klären, wie die Koordinaten gelesen werden.").is_visible()
    row.get_by_role("img", name="Kleine Karte").wait_for()
    row.get_by_role("button", name="So lesen").click()
    row.get_by_text("Gelesen als: UTM-Koordinaten, Zone 32 mit vorangestellter Zonennummer").wait_for()


def test_blocks_in_use_become_a_new_version_with_a_reason(page):
    page.get_by_role("button", name="Bausteine bilden").click()
    page.get_by_role("heading", name="Als neuen Stand übernehmen").wait_for(timeout=60_000)
    assert page.get_by_text("Auf den bisherigen Bausteinen ruhen: 1 Plan").is_visible()
    take = page.get_by_role("button", name="Bausteine übernehmen")
    assert take.is_disabled()
    page.get_by_label("Warum gibt es neue Bausteine?").fill("Neubaugebiet an der Neuen Straße")
    page.get_by_label("In welcher Rolle entscheiden Sie?").fill("Sozialplanung")
    assert broken_rules(page) == []
    take.click()
    page.get_by_text("als Stand 2 übernommen").wait_for(timeout=60_000)


def test_the_lineage_of_the_new_version_is_shown(page):
    page.get_by_role("link", name="Stände").click()
    version = page.get_by_role("region", name="Stand 2")
    version.wait_for()
    assert version.get_by_text("Neubaugebiet an der Neuen Straße").is_visible()
    version.get_by_text("Was aus welchem Baustein wurde").click()
    rows = version.locator("tbody tr")
    rows.first.wait_for()
    old = rows.first.get_by_role("rowheader").inner_text()
    page.get_by_label("Baustein suchen").fill(old)
    page.wait_for_function(
        "old => [...document.querySelectorAll('.table-card tbody tr')].every(row => row.innerText.includes(old))",
        arg=old,
    )
    shares = [float(text.split("\u202f")[0]) for text in version.locator("tbody td.number").all_inner_texts()]
    assert sum(shares) == pytest.approx(100, abs=1.0 * len(shares))
    assert broken_rules(page) == []


def test_how_the_blocks_were_built_stays_to_be_looked_at(page):
    building = page.get_by_role("region", name="Wie die Bausteine gebildet wurden")
    assert building.get_by_text("Flächen unter 1.000 m²").is_visible()
    assert building.get_by_text("welche, wird nicht aufbewahrt").is_visible()
    drawn(page)
    assert page.get_by_text("liegt auf der Grenze zweier Bausteine").count() == 0


def test_the_plan_is_brought_onto_the_new_blocks(page):
    assert page.get_by_text("ruht auf Stand 1 der Bausteine und gilt dort unverändert").is_visible()
    page.get_by_label("In welcher Rolle entscheiden Sie?").fill("Sozialplanung")
    page.get_by_role("button", name="Plan auf die neuen Bausteine bringen").click()
    page.get_by_text("ruht jetzt auf den neuen Bausteinen").wait_for(timeout=60_000)


def test_nothing_broke_on_the_way(page):
    assert page.faults == []
