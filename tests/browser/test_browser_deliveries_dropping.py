"""Files dropped anywhere in the window, and reviews that are put back, read otherwise or refused with their reason."""

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
from received_files import Desk, kita_places, long_list, several_questions
from sozialraum import workflow
from sozialraum.base import Finding, UsageError
from sozialraum.project import Project
from sozialraum.workflow.review_record import ReviewFinding

SOURCES = (("youth_office", "Tagesbetreuung und Hilfen"), ("care", "Pflege"), ("new", "Neue Einleseregel"))
DROP = """([where, names]) => {
  const data = new DataTransfer();
  for (const name of names) data.items.add(new File(["1;2"], name));
  const at = document.querySelector(where);
  const event = kind => new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true });
  return ["dragover", "drop"].map(kind => !at.dispatchEvent(event(kind)));
}"""


class Work(Desk):
    """Receives files by hand; everything else is the real work."""

    def __getattr__(self, name: str) -> Any:
        return getattr(workflow, name)

    def review(self, project: Any, review_id: str) -> Any:
        if review_id not in self.waiting:
            raise UsageError("Diese Lieferung gibt es nicht.")
        return super().review(project, review_id)


@dataclass
class Window:
    page: Any
    address: str
    work: Work

    def go(self, page: str) -> None:
        self.page.goto(f"{self.address}#/stand")
        self.page.get_by_role("heading", name="Arbeitsstand", level=1).wait_for()
        self.page.goto(f"{self.address}#/{page}")

    def show(self, review_id: str) -> None:
        self.go(f"lieferung?id={review_id}")
        self.page.locator(".dl-foot").wait_for()

    def drop(self, where: str, *names: str) -> list[bool]:
        return list(self.page.evaluate(DROP, [where, list(names)]))

    def received(self) -> list[str]:
        return [call[1] for call in self.work.calls if call[0] == "receive"]


@pytest.fixture(scope="module")
def window(browser, tmp_path_factory) -> Iterator[Window]:  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("dropping")
    town.write_town(folder / "bausteine.gpkg")
    with Project.create(folder / "p", name="Musterkreis 2027") as project:
        workflow.import_blocks(project, folder / "bausteine.gpkg")
    work = Work()
    with served(folder, folder / "p", work) as address:
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="de-DE")
        page.set_default_timeout(10_000)
        page.goto(f"{address}#/daten")
        page.get_by_role("heading", name="Neue Lieferung").wait_for()
        yield Window(page, address, work)
        page.close()


@pytest.fixture(autouse=True)
def fresh(window: Window) -> None:
    refused = replace(
        several_questions("r7"), state="refused", questions=(), headline="In keiner Spalte stehen Schlüssel.",
        findings=(ReviewFinding("f1", Finding("In keiner Spalte stehen Schlüssel.")),), known_recipes=SOURCES,
    )  # fmt: skip
    window.work.waiting = {
        "r1": replace(kita_places(), known_recipes=SOURCES), "r3": long_list("r3"), "r7": refused,
        "r8": replace(kita_places(), review_id="r8", earlier=""),
    }  # fmt: skip
    window.work.incoming = [replace(kita_places(), review_id="n1"), replace(kita_places(), review_id="n2")]
    window.work.calls.clear()


def test_a_file_dropped_beside_the_field_on_daten_is_received(window: Window) -> None:
    window.go("daten")
    window.page.get_by_role("heading", name="Neue Lieferung").wait_for()
    assert window.drop("h1", "Jugendamt.xlsx") == [True, True]
    window.page.wait_for_url("**#/lieferung?id=n1")
    assert window.received() == ["Jugendamt.xlsx"]


def test_a_file_dropped_on_a_review_is_received_and_shown(window: Window) -> None:
    window.show("r1")
    assert window.drop(".dl-scroll", "berichtigt.xlsx") == [True, True]
    window.page.wait_for_url("**#/lieferung?id=n1")
    assert window.received() == ["berichtigt.xlsx"]


def test_the_field_of_a_review_takes_the_corrected_file_once(window: Window) -> None:
    window.show("r1")
    window.page.get_by_text("Berichtigte Datei oder Antwort hier ablegen.").wait_for()
    assert window.drop(".dl-again .drop", "berichtigt.xlsx") == [True, True]
    window.page.wait_for_url("**#/lieferung?id=n1")
    assert window.received() == ["berichtigt.xlsx"]
    picture(window.page, "pruefung-ablage")


def test_several_files_dropped_on_a_review_lead_to_the_list(window: Window) -> None:
    window.show("r1")
    window.drop(".dl-scroll", "a.xlsx", "b.xlsx")
    window.page.wait_for_url("**#/daten")
    assert window.received() == ["a.xlsx", "b.xlsx"]


def test_elsewhere_a_dropped_file_is_not_opened_and_one_sentence_says_where(window: Window) -> None:
    window.go("luecken")
    window.page.get_by_role("heading", name="Lücken", level=1).wait_for()
    assert window.drop("h1", "Jugendamt.xlsx") == [True, True]
    note = window.page.get_by_text("Dateien legen Sie auf der Seite „Daten“ ab.")
    note.wait_for()
    picture(window.page, "ablage-woanders")
    assert broken_rules(window.page) == []
    window.page.goto(f"{window.address}#/katalog")
    note.wait_for(state="detached")
    assert window.received() == []


def test_a_review_put_back_in_another_window_says_so_and_leads_to_daten(window: Window) -> None:
    window.show("r1")
    del window.work.waiting["r1"]
    window.page.get_by_role("button", name="Wie im Vorjahr").click()
    window.page.get_by_role("heading", name="Diese Lieferung wurde zurückgelegt.").wait_for()
    expect(window.page.locator(".problem")).to_have_count(0)
    expect(window.page.locator(".dl-foot")).to_have_count(0)
    picture(window.page, "pruefung-zurueckgelegt")
    assert broken_rules(window.page) == []
    window.page.get_by_role("link", name="Zu den Daten").click()
    window.page.wait_for_url("**#/daten")


def test_nothing_is_as_last_year_where_there_was_none(window: Window) -> None:
    window.show("r8")
    window.page.get_by_role("button", name="So übernehmen").wait_for()
    expect(window.page.get_by_role("button", name="Wie im Vorjahr")).to_have_count(0)
    window.page.locator("[data-cell=D11]").click()
    window.page.get_by_role("dialog", name="Zelle D11").wait_for()
    expect(window.page.get_by_role("radio", name="gilt wie im Vorjahr")).to_have_count(0)
    window.page.keyboard.press("Escape")


def test_a_source_chosen_by_hand_can_be_changed_and_taken_back(window: Window) -> None:
    window.show("r1")
    window.page.get_by_text("Das ist eine andere Quelle").click()
    source = window.page.get_by_label("Quelle", exact=True)
    assert source.locator("option").all_inner_texts() == ["bitte wählen", "Pflege", "Neue Einleseregel"]
    expect(window.page.get_by_role("button", name="Auswahl zurücknehmen")).to_have_count(0)
    chosen = replace(kita_places(), recipe="care", recipe_chosen=True, known_recipes=SOURCES)
    window.work.waiting["r1"] = chosen
    window.show("r1")
    window.page.get_by_text("Das ist eine andere Quelle").click()
    assert broken_rules(window.page) == []
    window.page.get_by_role("button", name="Auswahl zurücknehmen").click()
    window.page.get_by_text("Doch eine bekannte Quelle?").wait_for()
    assert window.work.calls[-1] == ("choose_recipe", "")


def test_a_refused_file_shows_its_reason_as_a_finding(window: Window) -> None:
    window.show("r7")
    findings = window.page.get_by_role("region", name="Befunde")
    findings.get_by_text("In keiner Spalte stehen Schlüssel.").wait_for()
    picture(window.page, "pruefung-abgelehnt")


def test_proposals_for_another_municipality_are_not_taken_all_at_once(window: Window) -> None:
    strange = [
        ReviewFinding(
            f"f{row}", Finding("Unbekannt.", row=row, cell=f"A{row}", code="unknown_key", found=found, offer=offer)
        )
        for row, found, offer in (
            (4, "05999084-14a", "05999085-04"), (5, "05999085-01x", "05999085-01"), (6, "5999085-02x", "05999085-02"),
            (7, "05999085-03x", "05999085-03"), (8, "05999085-03y", "05999085-03"),
        )
    ]  # fmt: skip
    window.work.waiting["r1"] = replace(kita_places(), findings=tuple(strange))
    window.show("r1")
    window.page.get_by_role("button", name="Alle 2 Vorschläge zu Schlüsseln übernehmen").click()
    window.page.get_by_role("heading", name="3 Befunde", exact=True).wait_for()
    assert window.work.calls[-1][1].keys == {"05999085-01x": "05999085-01", "5999085-02x": "05999085-02"}


def test_no_cell_leaves_a_row_out_unless_that_is_chosen(window: Window) -> None:
    window.show("r1")
    window.page.locator("[data-cell=C5]").click()
    dialog = window.page.get_by_role("dialog", name="Zelle C5")
    dialog.wait_for()
    expect(dialog.get_by_role("radio", checked=True)).to_have_count(0)
    expect(dialog.get_by_role("button", name="Korrektur übernehmen")).to_be_disabled()
    window.page.keyboard.press("Escape")


def test_before_a_name_is_typed_nothing_is_said_to_be_missing(window: Window) -> None:
    window.show("r1")
    window.page.route("**/places?words=*", lambda route: route.fulfill(json={"places": [], "more": 0}))
    window.page.locator("[data-cell=A5]").click()
    nothing = window.page.get_by_text("Nichts gefunden. Versuchen Sie einen Teil des Namens.")
    with window.page.expect_response("**/places?words=*"):
        window.page.get_by_role("dialog", name="Zelle A5").wait_for()
    expect(nothing).to_have_count(0)
    window.page.get_by_label("Name oder Schlüssel").fill("Xy")
    nothing.wait_for()
    window.page.unroute("**/places?words=*")
    window.page.keyboard.press("Escape")


def test_heads_over_several_rows_are_read_with_commas(window: Window) -> None:
    strange = several_questions("r4")
    first = replace(strange.questions[0], sentence="Was ist „Personen | insgesamt“?")
    window.work.waiting["r4"] = replace(strange, questions=(first,), said=("Gelesen: „Plätze | belegbar“.",))
    window.show("r4")
    window.page.get_by_text("Was ist „Personen, insgesamt“?").wait_for()
    assert " | " not in window.page.locator("main").inner_text()


def test_a_delivery_dropped_on_the_catalogue_is_shown_the_way(window: Window) -> None:
    window.go("katalog")
    window.page.get_by_role("heading", name="Katalog", level=1).wait_for()
    first = window.page.locator(".rq-catalogue .column > section").first
    expect(first.locator("h2")).to_have_text("Tabellen suchen")
    assert window.drop(".rq-catalogue aside > .drop", "jugendamt.csv") == [True, True]
    window.page.get_by_text("Ist es eine Lieferung, legen Sie die Datei auf der Seite „Daten“ ab.").wait_for()
    assert broken_rules(window.page) == []
    window.page.get_by_role("link", name="Zu den Daten").click()
    window.page.wait_for_url("**#/daten")


def delivered(number: int, town: str) -> dict[str, Any]:
    about = {"protection": "restricted", "purpose": "", "legal_basis": "", "delete_on": "", "data_set": ""}
    return {
        "delivery_id": f"d{number}", "file_name": f"{number}.csv", "title": "Haushalte", "towns": [town],
        "received_at": "2026-11-28T12:16:00", "periods": ["2025-12-31"], "rows_read": 7, "rows_skipped": 0,
        "assumed": [], "sentences": [], "findings": [], "titles": {}, "state": "in_force", "withdrawn_on": "",
        "withdrawn_why": "", "withdrawn_by": "", "replaced_by": "", "decisions": [], "deleted_on": "", "about": about,
        "corrections": {"heads": {}, "keys": {}, "rows": {}, "signs": []},
    }  # fmt: skip


def test_many_deliveries_are_told_apart_and_searched(window: Window) -> None:
    rows = [delivered(number, "Oberau" if number == 7 else "Unterau") for number in range(11)]
    window.page.route("**/api/deliveries", lambda route: route.fulfill(json=rows))
    window.go("daten")
    search = window.page.get_by_label("Lieferungen suchen: Quelle, Datei, Gemeinde oder Jahr")
    cards = window.page.locator("details.delivery")
    expect(cards).to_have_count(11)
    search.fill("haus oberau 2025")
    expect(cards).to_have_count(1)
    expect(cards).to_contain_text("7.csv · Oberau")
    window.page.get_by_text("1 Treffer").wait_for()
    cards.locator("summary").click()
    cards.get_by_text("Eingegangen am 28.11.2026").wait_for()
    picture(window.page, "daten-suche")
    assert broken_rules(window.page) == []
    window.page.unroute("**/api/deliveries")
    window.page.route("**/api/deliveries", lambda route: route.fulfill(json=rows[:10]))
    window.go("daten")
    expect(cards).to_have_count(10)
    expect(search).to_have_count(0)
    window.page.unroute("**/api/deliveries")
