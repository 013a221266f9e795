"""Mittwoch: Workshop im Rathaus. An afternoon of one town, from the first file to the decision, without a terminal.

The tests are the steps of the afternoon and run in their order; each looks at what the people in the room see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pypdf import PdfReader
from served import served
from test_browser_consultation import Hall
from workshop_desk import Desk, picture

import workshop_town as town

pytestmark = pytest.mark.slow
BARRIER = "Die Bahnlinie trennt"


@dataclass
class Afternoon:
    """The room: two browsers on one application, the folder for downloads, what went wrong."""

    browser: object
    address: str
    folder: Path
    desk: Desk
    faults: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def window(self, **options: object):  # type: ignore[no-untyped-def]
        """Another browser window that notes its faults and every request to anywhere else."""
        page = self.browser.new_page(locale="de-DE", accept_downloads=True, **options)  # type: ignore[attr-defined]
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", lambda request: self._note(request.url))
        return page

    def _note(self, url: str) -> None:
        if not url.startswith((self.address, "blob:", "data:", "file:")):
            self.elsewhere.append(url)

    def download(self, page, click) -> Path:  # type: ignore[no-untyped-def]
        """What a click saves."""
        with page.expect_download() as found:
            click()
        path = self.folder / found.value.suggested_filename
        found.value.save_as(path)
        return path


@pytest.fixture(scope="module")
def afternoon(browser, tmp_path_factory) -> Iterator[Afternoon]:  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("workshop")
    town.write_town(folder / "bausteine.gpkg")
    with served(folder / "home") as address:
        room = Afternoon(browser, address, folder, Desk(None, address))
        room.desk.page = room.window(viewport={"width": 1440, "height": 900})
        yield room
        room.desk.page.close()


def test_the_planner_reads_the_blocks_and_takes_a_proposal_of_six_areas(afternoon: Afternoon) -> None:
    page = afternoon.desk.page
    page.goto(afternoon.address)
    page.get_by_label("Name des Projekts").fill("Musterkreis 2027")
    page.get_by_role("button", name="Projekt anlegen").click()
    page.get_by_role("heading", name="Arbeitsstand", level=1).wait_for()
    page.goto(f"{afternoon.address}#/gebiete")
    page.locator("input[type=file]").set_input_files(afternoon.folder / "bausteine.gpkg")
    page.get_by_role("button", name="Vorschlag rechnen").click(timeout=60_000)
    page.get_by_text("6 Gebiete, Vorschlag").wait_for(timeout=120_000)


def test_the_workshop_begins_in_the_view_without_social_figures(afternoon: Afternoon) -> None:
    desk = afternoon.desk
    desk.open(role="Moderation des Workshops")
    assert desk.page.get_by_text("Workshop-Ansicht: Sozialdaten nur in Klassen").is_visible()
    assert desk.page.get_by_text("Rolle: Moderation des Workshops").is_visible()
    assert desk.areas() == {"1": 4250, "2": 4894, "3": 2794, "4": 3497, "5": 4612, "6": 4361}
    desk.picture("workshop-1-beginn")


def test_on_the_projector_a_street_is_found_in_area_3(afternoon: Afternoon) -> None:
    desk = afternoon.desk
    desk.page.set_viewport_size({"width": 1024, "height": 768})
    desk.key("g")
    desk.page.get_by_role("button", name="Großansicht beenden").wait_for()
    assert desk.page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") >= 20
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= 1024
    desk.search("Birkenweg 51")
    desk.page.get_by_text("Sozialraum 3").wait_for()
    desk.picture("workshop-2-strasse")


def test_the_proposed_cut_divides_area_3(afternoon: Afternoon) -> None:
    desk = afternoon.desk
    desk.whole_town()
    desk.key("t")
    desk.page.get_by_role("button", name="Teilung übernehmen").wait_for(timeout=60_000)
    assert re.search(r"3a.*\n.*1\.537", desk.panel(), re.S)
    assert re.search(r"3b.*\n.*1\.257", desk.panel(), re.S)
    desk.reason("Gleiche Bebauung")
    desk.picture("workshop-3-teilung")
    desk.take("Teilung übernehmen")
    assert desk.steps() == ["1: 3 Bahnhof geteilt in 3a Bahnhof-West und 3b Bahnhof-Ost (36 Bausteine)"]


def test_the_border_goes_to_the_railway_and_3b_has_940(afternoon: Afternoon) -> None:
    desk = afternoon.desk
    desk.draw_rectangle((23.2, 0.2), (23.8, 6.8))
    desk.key("b")
    desk.key("v")
    desk.click(20.5, 2.5)
    desk.page.get_by_role("button", name="Verschiebung übernehmen").wait_for()
    desk.page.get_by_text("Die Grenze folgt jetzt der Bahnlinie.").wait_for(state="attached")
    text = desk.panel()
    assert "1.257" in text
    assert "940" in text
    assert "unter 1.000 wird es nicht einzeln beliefert" in text
    assert re.search(
        r"Vorschlag: 3b mit \w+ gemeinsam beliefern \(ähnlichster Nachbar, zusammen [\d.]+ Einwohner\)", text
    )
    desk.reason(BARRIER)
    desk.picture("workshop-4-bahnlinie")
    desk.take("Verschiebung übernehmen")
    desk.key("g")
    desk.page.set_viewport_size({"width": 1440, "height": 900})
    assert desk.areas()["3a"] == 1854
    assert desk.areas()["3b"] == 940


def test_a_block_with_two_inhabitants_is_hatched_in_every_social_colouring(afternoon: Afternoon) -> None:
    desk = afternoon.desk
    desk.page.get_by_label("Farben", exact=True).select_option(label="Haushalte mit Unterstützung, in Prozent")
    desk.page.get_by_text("zu wenige für Sozialdaten").wait_for()
    desk.page.get_by_role("button", name="Bausteine", exact=True).click()
    small = f"{town.SMALL[1] * town.COLUMNS + town.SMALL[0] + 1:04d}"
    desk.page.get_by_label("Bausteine des Gebiets").select_option(label="3b Bahnhof-Ost")
    row = desk.page.get_by_role("row", name=small)
    assert row.inner_text().split()[-2:] == ["zu", "wenige"]
    assert desk.page.locator(".editorlegend li", has_text="zu wenige").inner_text().endswith("(1)")
    assert "Einw." not in desk.page.locator(".blocktable thead").inner_text()
    desk.picture("workshop-5-sozialdaten")
    row.get_by_role("checkbox").check()
    assert "1 Baustein, unter 5 Personen" in desk.panel()
    desk.key("Escape")
    desk.page.get_by_role("button", name="Gebiete", exact=True).click()
    desk.page.get_by_label("Farben", exact=True).select_option(label="Gebiete")


def test_three_steps_back_and_three_forward_end_where_they_began(afternoon: Afternoon) -> None:
    desk = afternoon.desk
    desk.choose_area("3b Bahnhof-Ost")
    desk.page.get_by_role("button", name="Namen oder Nummer ändern").click()
    desk.page.get_by_label("Name", exact=True).fill("Hinter der Bahn")
    desk.page.get_by_role("button", name="Namen übernehmen").click()
    desk.page.get_by_role("button", name=re.compile("^3: ")).wait_for()
    before, areas = desk.steps(), desk.areas()
    desk.times("Control+z", 3)
    assert desk.steps() == []
    assert desk.areas() == {"1": 4250, "2": 4894, "3": 2794, "4": 3497, "5": 4612, "6": 4361}
    desk.times("Control+y", 3)
    assert (desk.steps(), desk.areas()) == (before, areas)


def test_the_answers_of_two_experts_have_one_conflict_and_it_is_decided(afternoon: Afternoon) -> None:
    """Both want one block of 3b elsewhere, in 6 and in 3a; the youth office is followed."""
    desk, page = afternoon.desk, afternoon.window(viewport={"width": 1440, "height": 900})
    page.goto(f"{afternoon.address}#/abstimmung?gemeinde={town.AGS}")
    package = afternoon.download(page, lambda: page.get_by_role("button", name="Paket erstellen").click())
    block = 8 * town.COLUMNS + town.RAILWAY
    answers = []
    for role, target in (("Jugendamt", "6 Südstadt"), ("Stadtplanung", "3a Bahnhof-West")):
        context = afternoon.browser.new_context(locale="de-DE", accept_downloads=True, offline=True)  # type: ignore[attr-defined]
        hall = Hall(context.new_page())
        hall.open(package)
        hall.move([block], target, "Gehört zum Ortsteil")
        answers.append(hall.save(role, afternoon.folder))
        if role == "Stadtplanung":
            picture(hall.page, "workshop-6-rathaus")
        context.close()
    page.locator("input[type=file]").set_input_files(answers)
    page.locator(".suggestion").nth(1).wait_for()
    assert page.locator(".answer-key").inner_text().split("\n")[0] == "Widerspruch: 1 Baustein"
    picture(page, "workshop-7-widerspruch")
    page.get_by_label("Entscheidende Stelle").fill("Sozialplanung")
    cards = page.locator(".suggestion")
    for target, answer, reason in (
        ("nach 6", "Annehmen", "Der Spielplatz gehört zur Südstadt."),
        ("nach 3a", "Ablehnen", "Die Bahn trennt."),
    ):
        card = cards.filter(has=page.get_by_role("heading", name=re.compile(target)))
        card.get_by_label("Grund der Entscheidung").fill(reason)
        card.get_by_role("button", name=answer).click()
        card.get_by_role("button", name="Entscheidung zurücknehmen").wait_for()
    page.get_by_role("heading", name="Über alles ist entschieden").wait_for()
    page.close()
    desk.open(role="Sozialplanung")
    assert len(desk.steps()) == 4
    assert desk.areas()["3b"] < 940


def test_before_and_after_are_printed_on_a3_without_internal_reasons(afternoon: Afternoon) -> None:
    page = afternoon.desk.page
    page.get_by_role("button", name="Drucken …").click()
    link = page.get_by_role("link", name="Vorher und nachher nebeneinander, A3")
    path = afternoon.folder / "vorher-nachher.pdf"
    path.write_bytes(page.request.get(f"{afternoon.address}{link.get_attribute('href').lstrip('/')}").body())
    sheet = PdfReader(path).pages[0]
    assert [round(float(side) / 72 * 25.4) for side in sheet.mediabox[2:]] == [420, 297]
    text = " ".join(page.extract_text() for page in PdfReader(path).pages)
    assert "Vorher" in text
    assert "Hinter der Bahn" in text
    assert "Spielplatz" not in text
    assert BARRIER not in text
    page.get_by_role("dialog").get_by_role("button", name="Schließen").click()


def test_it_is_submitted_and_adopted_with_body_and_date_and_then_stands(afternoon: Afternoon) -> None:
    desk, page = afternoon.desk, afternoon.desk.page
    page.get_by_role("button", name="Einreichen …").click()
    page.get_by_role("dialog").get_by_role("button", name="Fassung einreichen").click()
    page.get_by_role("button", name="Beschließen …").click()
    page.get_by_label("Wer hat beschlossen?").fill("Rat der Stadt Musterstadt")
    page.get_by_label("Wann?").fill("2026-11-25")
    desk.picture("workshop-8-beschluss")
    page.get_by_role("dialog").get_by_role("button", name="Beschluss eintragen").click()
    page.get_by_role("dialog").wait_for(state="detached")
    page.get_by_text(re.compile("^Fassung 1, beschlossen$")).wait_for()
    assert page.get_by_role("button", name=re.compile("^Verschieben")).is_disabled()


def test_the_street_grid_is_written_and_checked(afternoon: Afternoon) -> None:
    page = afternoon.desk.page
    page.goto(f"{afternoon.address}#/strassenraster")
    page.get_by_text("Was geschrieben wird").wait_for()
    page.get_by_role("button", name="Liefergruppe bestätigen").click()
    page.get_by_role("button", name="Dateien schreiben").click()
    files = [
        afternoon.download(page, lambda name=name: page.get_by_role("link", name=f"{name} speichern").click())
        for name in ("zu.csv", "ra.csv")
    ]
    page.locator("input[type=file]").set_input_files(files)
    page.get_by_role("heading", name="zu.csv, ra.csv: ohne Befund").wait_for()
    afternoon.desk.picture("workshop-9-strassenraster")


def test_after_a_reload_everything_is_there_and_the_reasons_are_internal(afternoon: Afternoon) -> None:
    page = afternoon.desk.page
    page.goto(f"{afternoon.address}#/plaene")
    page.reload()
    page.get_by_text("1 Gemeinde hat beschlossen").click()
    page.get_by_role("cell", name="Rat der Stadt Musterstadt").wait_for()
    afternoon.desk.picture("workshop-10-plaene")
    with page.expect_response("**/api/areas"):
        page.goto(f"{afternoon.address}#/gebiete")
    answer = page.evaluate("fetch('/api/areas').then(answer => answer.json())")
    assert answer["plan"]["status"] == "adopted"
    codes = [area["code"] for area in answer["areas"]]
    assert codes == ["1", "2", "3a", "3b", "4", "5", "6"]
    keys = {area["code"]: area["area_id"] for area in answer["areas"]}
    assert keys["1"] == f"{town.AGS}-01"
    assert keys["3a"] != f"{town.AGS}-03"
    drafts = page.evaluate(f"fetch('/api/editor/{town.AGS}').then(answer => answer.json())")["drafts"]
    assert [draft["status"] for draft in drafts] == ["adopted"]
    assert afternoon.faults == []
    assert afternoon.elsewhere == []
