"""Every state of "Lieferung prüfen" and "Daten": wide and long files, questions, other sheets, small windows, grey."""

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
from sozialraum.project import Project

LONG_NAME = "Einwohner_Meldestelle_Kornelimünster_Walheim_Stichtag_31122026_berichtigt_endgueltig.csv"


class Work(Desk):
    """Receives files by hand; everything else is the real work."""

    def __getattr__(self, name: str) -> Any:
        return getattr(workflow, name)


@dataclass
class States:
    page: Any
    address: str
    work: Work
    faults: list[str]

    def leave(self) -> None:
        """Another page: the same address again would not be read again."""
        self.page.goto(f"{self.address}#/stand")
        self.page.get_by_role("heading", name="Arbeitsstand", level=1).wait_for()

    def data(self) -> None:
        """The list; the reviews were put there by hand, and what is saved makes the server read them again."""
        self.leave()
        saved = self.page.evaluate(
            """fetch('/api/gaps/rhythm', {method: 'POST', body: JSON.stringify(
            {years: 1, first: 2026, reference: '12-31', due: '03-31'}),
            headers: {'Content-Type': 'application/json', 'x-sozialraum': '1'}}).then(answer => answer.status)"""
        )
        assert saved == 200
        self.page.goto(f"{self.address}#/daten")

    def show(self, review_id: str) -> None:
        self.leave()
        self.page.goto(f"{self.address}#/lieferung?id={review_id}")
        title = self.work.waiting[review_id].file_name
        self.page.locator(".dl-title").get_by_text(title, exact=False).first.wait_for()


@pytest.fixture(scope="module")
def states(browser, tmp_path_factory) -> Iterator[States]:  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("states")
    town.write_town(folder / "bausteine.gpkg")
    with Project.create(folder / "p", name="Musterkreis 2027") as project:
        workflow.import_blocks(project, folder / "bausteine.gpkg")
    work = Work()
    with served(folder, folder / "p", work) as address:
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="de-DE")
        page.set_default_timeout(10_000)
        found = States(page, address, work, [])
        page.on("pageerror", lambda error: found.faults.append(str(error)))
        page.goto(f"{address}#/daten")
        page.get_by_role("heading", name="Neue Lieferung").wait_for()
        yield found
        page.close()


@pytest.fixture(autouse=True)
def fresh(states: States) -> None:
    """The same reviews before each test, and the usual window."""
    ready = replace(kita_places(), review_id="r2", findings=(), differences=(), state="ready", file_name=LONG_NAME)
    states.work.waiting = {
        "r1": kita_places(), "r2": ready, "r3": long_list("r3"), "r4": several_questions("r4"),
        "r5": replace(ready, review_id="r5", recipe_title="Haushalte", file_name="Haushalte.csv"),
    }  # fmt: skip
    states.work.calls.clear()
    states.page.set_viewport_size({"width": 1440, "height": 900})


def broken_above_the_foot(page: Any) -> list[Any]:
    """Broken rules with the bar at its own place: where it covers half a link, that link is reached by scrolling."""
    page.evaluate("document.querySelector('.dl-foot').style.position = 'static'")
    return broken_rules(page)


def too_wide(page: Any) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("review", ["r1", "r2", "r3", "r4"])
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768), (320, 800)])
def test_a_review_fits_the_window_and_keeps_the_rules(states: States, review: str, width: int, height: int) -> None:
    states.page.set_viewport_size({"width": width, "height": height})
    states.show(review)
    states.page.locator(".dl-scroll").wait_for()
    picture(states.page, f"zustand-{review}-{width}")
    assert too_wide(states.page) <= 0
    assert broken_above_the_foot(states.page) == []


def test_the_last_of_three_hundred_rows_is_reached_by_its_finding(states: States) -> None:
    states.show("r3")
    states.page.get_by_text("225 Zeilen sind hier nicht gezeigt, aber gelesen.").wait_for()
    states.page.get_by_role("button", name="Alle 40 Befunde zeigen").click()
    states.page.get_by_role("button", name="Zelle A300 zeigen").click()
    cell, around = (states.page.locator(selector).bounding_box() for selector in ("[data-cell=A300]", ".dl-scroll"))
    assert around["y"] <= cell["y"] <= around["y"] + around["height"] - cell["height"]


def test_arrow_keys_step_over_the_rows_that_are_left_out(states: States) -> None:
    states.show("r3")
    states.page.locator("[data-cell=B60]").focus()
    states.page.keyboard.press("ArrowDown")
    expect(states.page.locator("[data-cell=B286]")).to_be_focused()
    states.page.keyboard.press("Control+End")
    expect(states.page.locator("[data-cell=T300]")).to_be_focused()


def test_a_sheet_that_was_not_read_is_only_looked_at(states: States) -> None:
    sheet = {"sheet": "Erläuterungen", "sheets": ["Tabelle 1", "Erläuterungen"], "letters": ["A"], "heads": [""],
             "rows": [{"number": 1, "texts": ["Stand 2027"], "roles": ["text"]}], "left_out": 0}  # fmt: skip
    states.page.route("**/sheet?name=*", lambda route: route.fulfill(json=sheet))
    states.show("r3")
    states.page.get_by_role("combobox", name="Blatt", exact=True).select_option("Erläuterungen")
    states.page.get_by_text("Dieses Blatt wurde nicht gelesen; es wird hier nur gezeigt.").wait_for()
    cell = states.page.locator("[data-cell=A1]")
    expect(cell).to_have_text("Stand 2027")
    expect(cell).to_be_disabled()
    assert broken_above_the_foot(states.page) == []
    states.page.get_by_role("button", name="Zelle A3 zeigen").click()
    expect(states.page.get_by_role("combobox", name="Blatt", exact=True)).to_have_value("Tabelle 1")
    expect(states.page.locator("td:has(> [data-cell=A3])")).to_contain_class("dl-chosen")
    states.page.unroute("**/sheet?name=*")


def test_all_proposed_keys_are_taken_with_one_click(states: States) -> None:
    states.show("r3")
    states.page.get_by_role("button", name="Alle 20 Vorschläge zu Schlüsseln übernehmen").click()
    states.page.get_by_role("heading", name="20 Befunde", exact=True).wait_for()
    [(_what, change)] = states.work.calls
    assert len(change.keys) == 20


def test_a_star_means_what_it_meant_last_year(states: States) -> None:
    states.show("r1")
    states.page.get_by_role("button", name="Wie im Vorjahr").click()
    states.page.get_by_text("Zeichen „*“ gilt wie im Vorjahr", exact=True).wait_for()
    assert states.work.calls[-1][1].signs == ("*",)


def test_a_warning_is_accepted_with_its_reason_and_no_error_can_be(states: States) -> None:
    states.show("r1")
    accept = states.page.get_by_role("button", name="So übernehmen")
    expect(accept).to_have_count(1)
    accept.click()
    dialog = states.page.get_by_role("dialog", name="So übernehmen: Stern ohne Erklärung")
    dialog.wait_for()
    assert broken_rules(states.page) == []
    expect(dialog.get_by_role("button", name="So übernehmen")).to_be_disabled()
    dialog.get_by_label("Warum ist das in Ordnung?").fill("Telefonisch bestätigt")
    dialog.get_by_role("button", name="So übernehmen").click()
    states.page.get_by_text("Grund: Telefonisch bestätigt").wait_for()
    assert states.work.calls[-1] == ("decide", "f3", "accepted", "Telefonisch bestätigt", "Planung")


def test_a_head_is_said_to_be_a_column_of_the_source(states: States) -> None:
    states.show("r1")
    states.page.locator("[data-cell=F3]").click()
    dialog = states.page.get_by_role("dialog", name="Zelle F3: was ist das?")
    column = dialog.get_by_label("Spalte „Plätze, belegbar“ ist")
    column.wait_for()
    titles = column.locator("option").all_inner_texts()
    column.select_option(index=2)
    assert " | " not in "".join(titles)
    dialog.get_by_text("Die Korrektur gilt auch im nächsten Jahr.").wait_for()
    dialog.get_by_role("button", name="Korrektur übernehmen").click()
    states.page.get_by_text("Ihre Korrekturen").wait_for()
    assert list(states.work.calls[-1][1].heads) == ["Plätze | belegbar"]


def test_questions_are_answered_by_clicking_and_their_cell_is_shown(states: States) -> None:
    states.show("r4")
    states.page.get_by_role("heading", name="2 Fragen").wait_for()
    states.page.get_by_role("button", name="Zelle B2 zeigen").click()
    expect(states.page.locator("td:has(> [data-cell=B2])")).to_contain_class("dl-chosen")
    states.page.get_by_role("radio", name="3. April").check()
    states.page.get_by_text("1 von 2 beantwortet").wait_for()
    expect(states.page.locator("#dl-hindrance")).to_contain_text("wenn 2 Fragen beantwortet sind")
    states.page.get_by_role("button", name="Antworten übernehmen").click()
    states.page.get_by_role("heading", name="1 Frage", exact=True).wait_for()
    assert states.work.calls == [("answer", {"date": "a"})]


def test_a_file_is_put_back_only_after_asking(states: States) -> None:
    states.show("r1")
    states.page.get_by_role("button", name="Lieferung zurücklegen").click()
    dialog = states.page.get_by_role("dialog", name="Lieferung zurücklegen?")
    dialog.get_by_role("button", name="Behalten").click()
    assert states.work.calls == []
    states.page.get_by_role("button", name="Lieferung zurücklegen").click()
    dialog.get_by_role("button", name="Zurücklegen", exact=True).click()
    states.page.wait_for_url("**#/daten")
    assert states.work.calls == [("put_back", "r1")]
    states.page.get_by_role("heading", name="4 Lieferungen zu prüfen").wait_for()


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768), (320, 800)])
def test_the_list_says_in_words_what_is_open(states: States, width: int, height: int) -> None:
    states.page.set_viewport_size({"width": width, "height": height})
    states.data()
    open_ones = states.page.get_by_role("region", name="Zu prüfen")
    expect(open_ones).to_contain_text("1 Befund verhindert die Übernahme, 2 Befunde warten auf Ihre Entscheidung.")
    expect(open_ones).to_contain_text(LONG_NAME)
    picture(states.page, f"zustand-daten-{width}")
    assert too_wide(states.page) <= 0
    assert broken_rules(states.page) == []


def test_files_without_open_findings_are_taken_over_in_one_go(states: States) -> None:
    states.data()
    states.page.get_by_role("button", name="Alle ohne offene Befunde übernehmen").click()
    states.page.get_by_role("heading", name="Gerade übernommen").wait_for()
    assert sorted(states.work.calls) == [("take_over", "r2", "Planung"), ("take_over", "r5", "Planung")]
    states.page.get_by_role("heading", name="3 Lieferungen zu prüfen").wait_for()


def test_in_grey_every_reading_still_has_a_look_of_its_own(states: States) -> None:
    states.show("r1")
    states.page.evaluate("document.documentElement.style.filter = 'grayscale(1)'")
    states.page.locator("[data-cell=A7]").wait_for()
    picture(states.page, "zustand-grau")
    looks = states.page.evaluate(
        """() => ['A4', 'C3', 'C4', 'D11', 'C12', 'A1', 'E12', 'A7'].map(name => {
          const cell = document.querySelector(`[data-cell=${name}]`).parentElement, style = getComputedStyle(cell);
          const shadow = style.boxShadow.replace(/rgb\\([^)]*\\)/, '');
          const hatch = style.backgroundImage.slice(0, 9);
          return [shadow, style.fontWeight, style.textAlign, style.outlineStyle, hatch].join();
        })"""
    )
    assert len(set(looks)) == len(looks)
    states.page.reload()


def test_nothing_broke_on_the_way(states: States) -> None:
    assert states.faults == []
