"""Other geographies in the browser: taken in, divided otherwise, looked at unit by unit, taken away."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from rules import broken_rules
from served import served

from carried_village import DAY, FAMILIES, RECIPE, TWO_AREAS, district_delivery, district_map, families_delivery
from sozialraum import workflow
from sozialraum.workflow.geographies import add_geography
from sozialraum.workflow.geography_files import GeographyFile

sys.path.insert(0, str(Path(__file__).parents[1] / "unit" / "project"))
from project_world import new_project, village_plan


@dataclass
class Desk:
    """A browser window on the page, where files lie, and what the window asked for elsewhere."""

    page: object
    address: str
    folder: Path
    elsewhere: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def desk(browser, tmp_path_factory) -> Iterator[Desk]:  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("carrying")
    with new_project(folder / "p", editions=[DAY]) as project:
        project.save_plan(village_plan("Gebiete", TWO_AREAS))
        project.save_recipe(RECIPE)
        project.save_recipe(FAMILIES)
        given = GeographyFile(district_map(folder))
        add_geography(project, given, "Stimmbezirke", valid_on="2025-01-01")
        workflow.deliver(project, district_delivery(folder, dict.fromkeys(("0101", "0102", "0201", "0202"), 700)))
        workflow.deliver(project, families_delivery(folder))
        workflow.compute(project)
    with served(folder, folder / "p") as address:
        page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="de-DE")
        found = Desk(page, address, folder)

        def only_ours(route, request) -> None:  # type: ignore[no-untyped-def]
            if request.url.startswith((address, "blob:", "data:")):
                route.continue_()
            else:
                found.elsewhere.append(request.url)
                route.abort()

        page.route("**/*", only_ours)
        page.on("pageerror", lambda error: found.errors.append(str(error)))
        page.goto(f"{address}#/daten")
        page.get_by_role("link", name="Übertragung").click()
        page.get_by_role("heading", name="Wonach geteilt wird").wait_for()
        yield found
        page.close()


def way(desk, title):
    """The item of a feature in the list of ways."""
    return desk.page.get_by_role("listitem").filter(has=desk.page.get_by_role("heading", name=title))


def test_the_page_says_how_each_feature_is_divided(desk):
    page = desk.page
    assert page.get_by_role("link", name="Daten", exact=False).first.get_attribute("aria-current") == "true"
    assert way(desk, "Wahlberechtigte: nach Einwohnerzahl").is_visible()
    text = way(desk, "Wahlberechtigte").inner_text()
    assert "Geteilte Einheiten werden nach Einwohnerzahl übertragen." in text
    assert "3 von 4 Einheiten werden geteilt." in text
    assert broken_rules(page) == []


def test_errors_are_told_in_percent(desk):
    table = desk.page.get_by_role("region", name="Abweichung der übertragenen Zahlen")
    row = table.get_by_role("row").filter(has_text="Wahlberechtigte").inner_text()
    assert "2 von 2" in row
    assert row.count("%") == 3


def test_one_unit_is_drawn_with_the_parts_of_its_areas(desk):
    page = desk.page
    page.get_by_role("combobox", name="Einheit").select_option("0201")
    page.get_by_role("img", name="Karte der Einheit 0201").wait_for()
    rows = page.locator(".cy-unit tbody tr").all_inner_texts()
    assert [row.replace("\u202f", " ").replace("\t", " ") for row in rows] == ["2 Gebiet 2 60,0 %", "1 Gebiet 1 40,0 %"]
    said = page.locator(".cy-map text").all_text_contents()
    assert {one.replace("\u202f", " ") for one in said} == {"2 Gebiet 260,0 %", "1 Gebiet 140,0 %"}


def test_other_weights_are_chosen_by_keyboard_with_a_reason(desk):
    page = desk.page
    page.get_by_role("button", name="Ändern Wahlberechtigte").focus()
    page.keyboard.press("Enter")
    page.get_by_label("nach Fläche").check()
    page.get_by_role("button", name="Übernehmen").click()
    page.get_by_role("alert").wait_for()
    assert "Nennen Sie den Grund" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("nach Fläche").is_checked()
    page.get_by_label("Grund").fill("Felder zählen mit")
    page.keyboard.press("Enter")
    way(desk, "Wahlberechtigte: nach Fläche").wait_for()
    assert "Gewählt, Grund: Felder zählen mit" in way(desk, "Wahlberechtigte").inner_text()
    assert way(desk, "alle anderen Merkmale: nach Einwohnerzahl").is_visible()
    assert broken_rules(page) == []


def test_after_computing_what_lies_outside_is_a_row(desk):
    page = desk.page
    page.get_by_role("button", name="Indikatoren neu rechnen").click()
    table = page.get_by_role("region", name="Außerhalb aller Gebiete")
    table.wait_for(timeout=60_000)
    text = table.inner_text().replace("\u202f", " ")
    assert "31.12.2025" in text
    assert "100,0" in text  # a seventh of 700
    assert "3,6 %" in text  # of 2,800
    assert broken_rules(page) == []


def test_a_dropped_map_is_named_and_taken_in(desk):
    page = desk.page
    page.locator("input[type=file]").first.set_input_files(district_map(desk.folder, "ortsteile.gpkg"))
    page.get_by_label("Name mit Stand").fill("Ortsteile 2025")
    assert page.get_by_label("Schlüssel steht in").input_value() == "NR"
    assert page.get_by_label("Name steht in").input_value() == "Bezeichnung"
    page.get_by_role("button", name="Aufnehmen").click()
    page.get_by_role("heading", name="Ortsteile 2025").wait_for(timeout=60_000)
    assert page.get_by_text("Noch keine Lieferung nach dieser Gliederung.").is_visible()
    assert page.get_by_role("navigation", name="Andere Gliederungen").get_by_role("button").count() == 2
    page.get_by_role("button", name="Diese Gliederung entfernen").click()
    page.get_by_role("heading", name="Stimmbezirke", exact=True).wait_for()
    assert page.get_by_role("navigation", name="Andere Gliederungen").get_by_role("button").count() == 1


def test_map_and_table_of_an_indicator_say_that_it_was_carried(desk):
    page = desk.page
    page.goto(f"{desk.address}#/indikatoren")
    page.locator("#indicator").select_option("single_parent_share")
    legend = page.get_by_role("region", name="Legende")
    legend.get_by_text("von anderen Grenzen übertragen").wait_for()
    assert legend.inner_text().endswith("von anderen Grenzen übertragen\n(2)")
    page.locator("[data-map=drawn]").wait_for()
    notes = page.locator("ul.notes").inner_text()
    assert "Übertragen nach Einwohnerzahl, Abweichung etwa" in notes
    assert broken_rules(page) == []
    page.goto(f"{desk.address}#/uebertragung")


@pytest.mark.parametrize("width", [1280, 760, 320])
def test_nothing_is_cut_off_sideways(desk, width):
    desk.page.set_viewport_size({"width": width, "height": 900})
    desk.page.get_by_role("heading", name="Wohin eine Einheit geht").wait_for()
    wide = desk.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
    desk.page.set_viewport_size({"width": 1280, "height": 900})


def test_nothing_was_asked_of_others(desk):
    assert desk.elsewhere == []
    assert desk.errors == []
