"""The page "Daten" with sixty deliveries and thirty waiting files: groups, filters, many put back at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from playwright.sync_api import expect
from rules import broken_rules
from served import served
from workshop_desk import picture

import workshop_town as town
from received_files import Desk, kita_places
from sozialraum import workflow
from sozialraum.project import Project

SOURCES = ("Haushalte", "Arbeitslose", "Kita-Plätze", "Hilfen zur Erziehung", "Schuleingang")
TOWNS = ("Oberau", "Unterau", "Mittelau")
WAITING = 30


class Work(Desk):
    """Receives files by hand; everything else is the real work."""

    def __getattr__(self, name: str) -> Any:
        return getattr(workflow, name)


@dataclass
class Window:
    page: Any
    address: str
    work: Work

    def data(self) -> None:
        self.page.goto(f"{self.address}#/stand")
        self.page.get_by_role("heading", name="Arbeitsstand", level=1).wait_for()
        self.page.goto(f"{self.address}#/daten")
        self.page.get_by_text("Lieferungen übernommen").wait_for()
        self.page.locator("main").get_by_text("Wird geladen …").wait_for(state="detached")

    def groups(self) -> list[str]:
        """Title and count of the groups."""
        return list(self.page.locator(".dl-group > summary").all_inner_texts())


def delivered(number: int) -> dict[str, Any]:
    """Five sources of three municipalities in four years; one in twenty was withdrawn, one in twenty replaced."""
    about = {"protection": "restricted", "purpose": "", "legal_basis": "", "delete_on": "", "data_set": ""}
    state = {7: "withdrawn", 8: "replaced"}.get(number % 20, "in_force")
    return {
        "delivery_id": f"d{number}", "file_name": f"lieferung_{number:02d}.csv", "title": SOURCES[number % 5],
        "towns": [TOWNS[number // 5 % 3]], "received_at": "2026-11-28T12:16:00",
        "periods": [f"{2022 + number // 15}-12-31"], "rows_read": 7, "rows_skipped": 0, "assumed": [], "sentences": [],
        "findings": [], "titles": {}, "state": state, "withdrawn_on": "2026-11-28T13:00:00" * (state == "withdrawn"),
        "withdrawn_why": "falscher Stichtag", "withdrawn_by": "Planung", "replaced_by": "d1" * (state == "replaced"),
        "decisions": [], "deleted_on": "", "about": about,
        "corrections": {"heads": {}, "keys": {}, "rows": {}, "signs": []},
    }  # fmt: skip


@pytest.fixture(scope="module")
def opened(browser, tmp_path_factory) -> Iterator[Window]:  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("many")
    town.write_town(folder / "bausteine.gpkg")
    with Project.create(folder / "p", name="Musterkreis 2027") as project:
        workflow.import_blocks(project, folder / "bausteine.gpkg")
    work = Work()
    for number in range(WAITING):
        name = f"{SOURCES[number % 5]} {TOWNS[number % 3]} {number:02d}.xlsx"
        work.waiting[f"r{number}"] = replace(
            kita_places(), review_id=f"r{number}", file_name=name, recipe_title=SOURCES[number % 5]
        )
    with served(folder, folder / "p", work) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="de-DE")
        page.set_default_timeout(10_000)
        page.route("**/api/deliveries", lambda route: route.fulfill(json=[delivered(each) for each in range(60)]))
        page.goto(f"{address}#/daten")
        yield Window(page, address, work)
        page.close()


@pytest.fixture
def window(opened: Window) -> Window:
    opened.page.set_viewport_size({"width": 1280, "height": 900})
    opened.data()
    return opened


def test_sixty_deliveries_stand_in_groups_with_counts(window: Window) -> None:
    assert window.groups() == [
        "Arbeitslose 12 Lieferungen",
        "Haushalte 12 Lieferungen",
        "Hilfen zur Erziehung 12 Lieferungen, davon 3 nicht mehr gültig",
        "Kita-Plätze 12 Lieferungen, davon 3 nicht mehr gültig",
        "Schuleingang 12 Lieferungen",
    ]
    expect(window.page.locator("details.delivery")).to_have_count(0)
    window.page.locator(".dl-group > summary").first.click()
    expect(window.page.locator("details.delivery")).to_have_count(12)
    window.page.get_by_label("Gruppieren").select_option(label="nach Gemeinde")
    assert window.groups() == [f"{name} 20 Lieferungen, davon 2 nicht mehr gültig" for name in sorted(TOWNS)]
    window.page.get_by_label("Gruppieren").select_option(label="nach Jahr")
    assert [text[:4] for text in window.groups()] == ["2025", "2024", "2023", "2022"]
    window.page.get_by_label("Gruppieren").select_option(label="gar nicht")
    expect(window.page.locator("details.delivery")).to_have_count(60)


def test_what_is_searched_or_filtered_is_open_with_its_count(window: Window) -> None:
    search = window.page.get_by_label("Lieferungen suchen: Quelle, Datei, Gemeinde oder Jahr")
    search.fill("kita unterau 2022")
    expect(window.page.locator("details.delivery")).to_have_count(1)
    window.page.get_by_text("1 Treffer").wait_for()
    assert window.groups() == ["Kita-Plätze 1 Lieferung, davon 1 nicht mehr gültig"]
    search.fill("")
    window.page.get_by_label("Zeigen").select_option(label="zurückgezogen")
    expect(window.page.locator("details.delivery")).to_have_count(3)
    expect(window.page.locator("details.delivery .tag")).to_have_text(["zurückgezogen"] * 3)
    search.fill("gibt es nicht")
    window.page.get_by_text("0 Treffer").wait_for()
    expect(window.page.locator("details.delivery")).to_have_count(0)


def test_many_waiting_files_are_shortened_and_searched(window: Window) -> None:
    waiting = window.page.get_by_role("region", name="Zu prüfen")
    expect(waiting.get_by_role("listitem")).to_have_count(10)
    waiting.get_by_label("Zu Prüfendes suchen: Quelle, Datei oder was offen ist").fill("hilfen unterau")
    expect(waiting.get_by_role("listitem")).to_have_count(2)
    waiting.get_by_label("Zu Prüfendes suchen: Quelle, Datei oder was offen ist").fill("")
    waiting.get_by_role("button", name="Alle 30 zeigen").click()
    expect(waiting.get_by_role("listitem")).to_have_count(30)


@pytest.mark.parametrize("width", [1280, 760])
def test_both_lists_are_whole_in_wide_and_narrow_windows(window: Window, width: int) -> None:
    window.page.set_viewport_size({"width": width, "height": 900})
    window.page.locator(".dl-group > summary").nth(2).click()
    window.page.locator(".dl-group > summary").nth(2).scroll_into_view_if_needed()
    picture(window.page, f"daten-viele-{width}")
    assert broken_rules(window.page) == []
    window.page.get_by_role("button", name="Mehrere zurücklegen …").click()
    picture(window.page, f"daten-viele-auswahl-{width}")
    assert broken_rules(window.page) == []
    assert window.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    window.page.get_by_role("region", name="Zu prüfen").get_by_role("button", name="Abbrechen").click()


def test_many_waiting_files_are_put_back_after_one_confirmation(window: Window) -> None:
    page, waiting = window.page, window.page.get_by_role("region", name="Zu prüfen")
    waiting.get_by_label("Zu Prüfendes suchen: Quelle, Datei oder was offen ist").fill("schuleingang")
    waiting.get_by_role("button", name="Mehrere zurücklegen …").focus()
    page.keyboard.press("Enter")
    expect(waiting.get_by_role("button", name="0 Lieferungen zurücklegen")).to_be_disabled()
    waiting.get_by_label("alle 6 gezeigten auswählen").check()
    waiting.get_by_role("listitem").first.get_by_role("checkbox").uncheck()
    waiting.get_by_role("button", name="5 Lieferungen zurücklegen").click()
    dialog = page.get_by_role("dialog", name="5 Lieferungen zurücklegen?")
    expect(dialog.get_by_role("listitem")).to_have_count(5)
    picture(page, "daten-viele-zuruecklegen")
    assert broken_rules(page) == []
    names = dialog.get_by_role("listitem").all_inner_texts()
    kept = window.work.waiting.pop("r9")  # taken over in another window
    assert kept.file_name in names
    dialog.get_by_role("button", name="Zurücklegen", exact=True).click()
    expect(dialog.get_by_role("alert")).to_contain_text("schon übernommen oder ersetzt")
    assert len(window.work.waiting) == WAITING - 1, "none is removed when one cannot be"
    window.work.waiting["r9"] = kept
    dialog.get_by_role("button", name="Zurücklegen", exact=True).click()
    dialog.wait_for(state="detached")
    page.get_by_role("heading", name=f"{WAITING - 5} Lieferungen zu prüfen").wait_for()
    assert not {one.file_name for one in window.work.waiting.values()} & set(names)
