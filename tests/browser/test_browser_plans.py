"""The page "Pläne": a plan decided and taken, two compared by swipe, areas grouped, a block divided - no terminal."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from rules import broken_rules
from served import served

import village
from sozialraum import deliveries, workflow
from sozialraum.delineation import Decision, Edit
from sozialraum.plans.drafts import state_id

sys.path.insert(0, str(Path(__file__).parents[1] / "unit" / "project"))
from project_world import WHEN, new_project, some_reading, village_plan, write_delivery

ROLE = "Fachstelle Sozialplanung"
A = f"{village.AGS}-A"


@dataclass
class Desk:
    """A window in front of the village, with what failed."""

    page: object
    address: str
    errors: list[str] = field(default_factory=list)

    def show(self, part: str, **place: str) -> None:
        query = "&".join(f"{key}={value}" for key, value in {"teil": part, **place}.items())
        self.page.goto(f"{self.address}#/plaene?{query}")  # type: ignore[attr-defined]
        self.page.get_by_role("heading", name="Pläne", level=1).wait_for()  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Foreign areas whose border cuts four blocks, and a table of units."""
    folder = tmp_path_factory.mktemp("plans")
    east, north = village.EAST, village.NORTH
    boxes = [shapely.box(east, north - 600, east + 250, north), shapely.box(east + 250, north - 600, east + 600, north)]
    frame = gpd.GeoDataFrame({"nr": ["1", "2"], "name": ["West", "Ost"]}, geometry=boxes, crs="EPSG:25832")
    frame.to_file(folder / "Viertel.gpkg")
    (folder / "teile.csv").write_text(f"block_id;unit\n{A};1\n{village.AGS}-D;2\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def desk(browser, files: Path) -> Iterator[Desk]:  # type: ignore[no-untyped-def]
    """The village with one proposal, on a server of its own: other tests keep their example."""
    with new_project(files / "p") as project:
        project.save_plan(village_plan())
    with served(files / "home", files / "p") as address:
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="de-DE")
        found = Desk(page, address)
        page.on("pageerror", lambda error: found.errors.append(str(error)))
        yield found
        page.close()


def taken(desk: Desk, files: Path) -> None:
    """The foreign plan is taken, once for all tests of this file."""
    desk.show("liste")
    desk.page.locator(".plan-card").first.wait_for()
    if desk.page.locator(".plan-card").count() > 1:
        return
    desk.show("einlesen")
    desk.page.locator("input[type=file]").set_input_files(files / "Viertel.gpkg")
    desk.page.get_by_role("heading", name="Bausteine auf einer Grenze").wait_for()
    desk.page.get_by_label("In welcher Rolle entscheiden Sie?").fill(ROLE)
    desk.page.get_by_role("button", name="Mehrheit übernehmen").click()
    desk.page.get_by_role("button", name="Plan übernehmen").and_(desk.page.locator(":enabled")).click()
    desk.page.locator(".plan-card").nth(1).wait_for()


def test_the_list_says_what_holds_and_offers_every_format(desk: Desk) -> None:
    desk.show("liste")
    card = desk.page.locator(".plan-card").first
    card.wait_for()
    assert card.get_by_role("heading", name="Vorschlag").count() == 1
    assert "damit wird gerechnet" in card.inner_text()
    names = card.locator(".plan-exports a").all_inner_texts()
    assert [name.split(":")[0].strip() for name in names] == ["GeoPackage", "GeoJSON", "Shapefile", "CSV"]
    with desk.page.expect_download() as waiting:
        card.get_by_role("link", name=re.compile("GeoJSON")).click()
    assert waiting.value.suggested_filename.endswith(".geojson")


def test_each_block_on_a_border_is_decided_before_the_plan_is_taken(desk: Desk, files: Path) -> None:
    desk.show("einlesen")
    page = desk.page
    page.locator("input[type=file]").set_input_files(files / "Viertel.gpkg")
    page.get_by_role("heading", name="Bausteine auf einer Grenze").wait_for()
    assert page.locator(".across tbody tr").count() == 4
    assert page.get_by_role("button", name="Plan übernehmen").is_disabled()
    assert "4 Bausteine sind noch nicht entschieden." in page.locator("main").inner_text()
    page.locator(".blockview .foreign").first.wait_for()
    assert page.locator(".across select").first.is_disabled()
    page.get_by_label("In welcher Rolle entscheiden Sie?").fill(ROLE)
    block = page.locator(".across tbody tr").first.locator("button").inner_text()
    page.get_by_label(f"Gebiet für Baustein {block}").select_option("1")
    page.get_by_text("3 Bausteine sind noch nicht entschieden.").wait_for()
    assert broken_rules(page) == []
    page.reload()  # decisions are kept
    page.get_by_text("3 Bausteine sind noch nicht entschieden.").wait_for()
    assert page.get_by_label(f"Gebiet für Baustein {block}").input_value() == "1"
    page.get_by_label("In welcher Rolle entscheiden Sie?").fill(ROLE)
    page.get_by_role("button", name="Mehrheit übernehmen (3 offene)").click()
    page.get_by_role("button", name="Plan übernehmen").and_(page.locator(":enabled")).click()
    page.locator(".plan-card").nth(1).wait_for()
    assert page.locator(".plan-card h2").all_inner_texts() == ["Viertel", "Vorschlag"]


def test_two_plans_are_swiped_by_keyboard_on_one_sheet(desk: Desk, files: Path) -> None:
    taken(desk, files)
    page = desk.page
    page.get_by_role("link", name="Mit dem vorigen vergleichen").click()
    slider = page.get_by_role("slider", name="Trennlinie zwischen vorher und nachher")
    slider.wait_for()
    maps = page.locator(".swipe-layer > svg:not(.swipe-moved)")
    assert len({maps.nth(place).get_attribute("viewBox") for place in range(2)}) == 1
    boxes = [maps.nth(place).bounding_box() for place in range(2)]
    assert boxes[0] == boxes[1]
    before = page.locator(".swipe-line").bounding_box()["x"]
    slider.focus()
    for _press in range(10):
        page.keyboard.press("ArrowLeft")
    assert page.locator(".swipe-line").bounding_box()["x"] < before
    assert slider.get_attribute("aria-valuetext") == "links 40 Prozent vorher, rechts nachher"
    assert page.locator(".swipe-moved path.moved").first.get_attribute("d").startswith("M")
    assert (
        page.get_by_role("link", name="Vergleich drucken").get_attribute("href").startswith("/api/print/compare.pdf?")
    )


def test_the_map_uses_the_width_and_is_seen_as_a_whole(desk: Desk, files: Path) -> None:
    taken(desk, files)
    desk.show("vergleich")
    box, card = desk.page.locator(".swipe-box"), desk.page.locator(".compare-head")
    box.wait_for()
    drawn, room = box.bounding_box(), card.bounding_box()
    assert drawn["width"] == pytest.approx(room["width"], abs=1)
    slider = desk.page.locator(".swipe-slider").bounding_box()
    assert slider["y"] + slider["height"] <= 900
    assert desk.page.get_by_text("taugt zum Vergleich vorher–nachher").is_visible()


def test_tables_say_in_words_what_the_map_shows(desk: Desk, files: Path) -> None:
    taken(desk, files)
    desk.show("vergleich")
    page = desk.page
    page.locator(".swipe-box").wait_for()
    lineage = page.get_by_role("table", name="Musterdorf: woraus die Gebiete entstanden sind")
    words = {row.locator("td").nth(2).inner_text() for row in lineage.locator("tbody tr").all()}
    assert words == {"anders geschnitten"}
    moved = page.get_by_role("table", name="Musterdorf: Bausteine mit neuem Gebiet")
    counts = [int(row.locator("button").inner_text().split()[0]) for row in moved.locator("tbody tr").all()]
    assert sum(counts) == 12
    assert broken_rules(page) == []


def test_a_grouping_is_ticked_together_and_checked(desk: Desk) -> None:
    desk.show("gliederungen")
    page = desk.page
    page.get_by_role("button", name="Gliederung anlegen").click()
    page.get_by_label("Name", exact=True).fill("Gesprächskreise")
    page.get_by_label("In welcher Rolle entscheiden Sie?").fill(ROLE)
    page.locator(".tick input").first.wait_for()
    for box in page.locator(".tick input").all():
        box.check()
    page.get_by_label("Einheit", exact=True).fill("K1")
    page.get_by_role("button", name="Angekreuzte zuordnen").click()
    assert broken_rules(page) == []
    page.get_by_role("button", name="Gliederung speichern").click()
    page.get_by_text("Geprüft mit dem geltenden Plan: Keine Grenze wird gekreuzt.").wait_for()


def test_a_grouping_from_a_table_names_what_it_crosses(desk: Desk, files: Path) -> None:
    desk.show("gliederungen")
    page = desk.page
    page.get_by_role("button", name="Gliederung anlegen").click()
    page.get_by_label("Name", exact=True).fill("Teile")
    page.get_by_label("In welcher Rolle entscheiden Sie?").fill(ROLE)
    page.locator("input[type=file]").set_input_files(files / "teile.csv")
    page.get_by_role("heading", name="Teile", level=2).wait_for()
    assert "liegt in mehreren Einheiten" in page.locator(".findings").inner_text()


def test_a_block_is_divided_after_a_look(desk: Desk) -> None:
    desk.show("baustein")
    page = desk.page
    page.get_by_label("Schlüssel des Bausteins").fill(A)
    page.get_by_role("button", name="Baustein zeigen").click()
    page.locator(".blockview .cut").wait_for(state="attached")
    assert page.get_by_role("button", name="Baustein teilen").is_disabled()
    page.get_by_role("button", name="Was entstünde").click()
    page.get_by_text(f"{A}.1 mit 250, {A}.2 mit 250 Einwohnern").wait_for()
    page.get_by_role("slider", name="Lage der Linie").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_text(f"{A}.1 mit 250").wait_for(state="detached")
    page.get_by_role("button", name="Was entstünde").click()
    page.locator(".split [role=status] p").first.wait_for()
    page.get_by_label("In welcher Rolle entscheiden Sie?").fill(ROLE)
    assert broken_rules(page) == []
    page.get_by_role("button", name="Baustein teilen").click()
    page.get_by_text(f"Baustein {A} am").wait_for()
    desk.show("liste")
    page.get_by_text("Stand 2").first.wait_for()


@pytest.mark.parametrize("width", [320, 1024, 1440])
@pytest.mark.parametrize("part", ["liste", "vergleich", "gliederungen", "einlesen", "baustein"])
def test_no_part_scrolls_sideways(desk: Desk, part: str, width: int) -> None:
    desk.page.set_viewport_size({"width": width, "height": 800})
    try:
        desk.show(part)
        desk.page.wait_for_load_state("networkidle")
        too_wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert desk.page.evaluate(too_wide) <= 0
    finally:
        desk.page.set_viewport_size({"width": 1440, "height": 900})


def test_no_sentence_has_a_hole_and_nothing_failed(desk: Desk) -> None:
    for part in ("liste", "vergleich", "gliederungen", "einlesen", "baustein"):
        desk.show(part)
        desk.page.wait_for_load_state("networkidle")
        assert re.findall(r"\{\w+\}|NaN|undefined|null", desk.page.locator("main").inner_text()) == []
    assert desk.errors == []


WHY = "Vertraulich: Streit zweier Vereine"
RELEASED = "Der Bach trennt die Viertel"


@pytest.fixture(scope="module")
def council(browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:  # type: ignore[no-untyped-def]
    """The village after its council decided, a draft with one internal and one released reason, a facility."""
    folder = tmp_path_factory.mktemp("council")
    with new_project(folder / "p") as project:
        project.save_plan(village_plan())
        rows = [("E1", "Kita Linde", "daycare", A, "under_6", 4.0, 4.0, "observed", "Zeile 2", "2025-12-31", False)]
        facilities = pd.DataFrame(rows, columns=list(deliveries.FACILITY_COLUMNS))
        project.add_delivery(write_delivery(folder), replace(some_reading(), facilities=facilities), WHEN)
        proposal = project.plan()
        council = {village.AGS: Decision("Gemeinderat", "2026-02-03")}
        workflow.decide_plan(project, council, ROLE)
        project.save_plan(proposal.with_(title="Viertel", parent=proposal.plan_id, created=WHEN))
        draft = workflow.begin_draft(project, village.AGS, role=ROLE, title="Entwurf")
        for block, why, public in (("F", WHY, False), ("E", RELEASED, True)):
            blocks = (f"{village.AGS}-{block}",)
            edit = Edit("move", area=f"{village.AGS}-02", blocks=blocks, role=ROLE, why=why, public=public)
            draft, _plan = workflow.add_edit(project, draft.draft_id, state_id(draft), edit)
        project.make_current(proposal.plan_id)
    with served(folder / "home", folder / "p") as address:
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="de-DE")
        found = Desk(page, address)
        page.on("pageerror", lambda error: found.errors.append(str(error)))
        yield found
        page.close()


def printed(page, file: Path) -> str:  # type: ignore[no-untyped-def]
    """The text of the page as the browser puts it on paper."""
    page.pdf(path=str(file), format="A4", landscape=True)
    answer = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True)
    return re.sub(r"\s+", " ", answer.stdout)


def test_internal_reasons_do_not_reach_paper(council: Desk, tmp_path: Path) -> None:
    council.show("liste")
    council.page.get_by_role("link", name="Mit dem Ausgangsplan vergleichen").click()
    council.page.get_by_text("intern, wird nicht gedruckt").first.wait_for()
    shown = council.page.locator("main").inner_text()
    assert WHY in shown
    assert "weggelassen" not in shown
    paper = printed(council.page, tmp_path / "vergleich.pdf")
    assert RELEASED in paper
    assert "Vertraulich" not in paper
    assert "Interne Gründe sind im Druck weggelassen." in paper


def test_the_plan_in_force_is_named_and_another_is_computed_for_only_on_purpose(council: Desk) -> None:
    council.show("liste")
    page = council.page
    holds = page.locator(".plan-card").filter(has=page.locator(".tag", has_text="beschlossen, gilt"))
    other = page.locator(".plan-card").filter(has=page.get_by_role("heading", name="Viertel"))
    other.wait_for()
    assert holds.count() == 1
    assert "damit wird gerechnet" in holds.inner_text()
    assert page.locator(".in-force-note").count() == 0
    other.get_by_role("button", name="Mit diesem Plan rechnen").click()
    ask = other.get_by_role("alert")
    assert "Der beschlossene Plan gilt weiter" in ask.inner_text()
    assert broken_rules(page) == []
    ask.get_by_role("button", name="Abbrechen").click()
    assert "damit wird gerechnet" in holds.inner_text()
    other.get_by_role("button", name="Mit diesem Plan rechnen").click()
    other.get_by_role("button", name="Trotzdem mit diesem Plan rechnen").click()
    page.locator(".in-force-note").wait_for()
    assert "Gerechnet wird mit „Viertel“ (Vorschlag)" in page.locator(".in-force-note").inner_text()
    assert holds.count() == 1
    page.goto(f"{council.address}#/gebiete")
    said = "Beschlossen gilt: „Beschlossener Plan vom 03.02.2026“"
    page.locator(".in-force-note", has_text=said).wait_for()
    assert broken_rules(page) == []
    council.show("liste")
    holds.get_by_role("button", name="Mit diesem Plan rechnen").click()  # back without a question
    page.locator(".in-force-note").wait_for(state="detached")


def test_a_plan_without_a_decision_is_taken_beside_the_one_in_force(council: Desk, files: Path) -> None:
    council.show("einlesen")
    page = council.page
    page.locator("input[type=file]").set_input_files(files / "Viertel.gpkg")
    page.get_by_role("heading", name="Bausteine auf einer Grenze").wait_for()
    page.get_by_label("In welcher Rolle entscheiden Sie?").fill(ROLE)
    page.get_by_role("button", name="Mehrheit übernehmen").click()
    page.get_by_text("Beschlossene Gebiete gelten in Musterdorf.").wait_for()
    page.get_by_label("Name des Plans").fill("Daneben")
    page.get_by_role("button", name="Plan übernehmen").and_(page.locator(":enabled")).click()
    added = page.locator(".plan-card").filter(has=page.get_by_role("heading", name="Daneben"))
    added.wait_for()
    assert "Vorschlag" in added.inner_text()
    assert "damit wird gerechnet" not in added.inner_text()


def test_the_part_of_a_facility_and_a_share_are_named_by_a_person(council: Desk, tmp_path: Path) -> None:
    council.show("baustein")
    page = council.page
    page.get_by_label("Schlüssel des Bausteins").fill(A)
    page.get_by_role("button", name="Baustein zeigen").click()
    page.get_by_role("button", name="Was entstünde").click()
    page.get_by_text(f"Kita Linde: in {A}.1; dort leben mehr Menschen.").wait_for()
    place = page.get_by_label("Kita Linde")
    assert place.input_value() == f"{A}.1"
    place.select_option(f"{A}.2")
    page.get_by_text("Anteile selbst festlegen").click()
    page.get_by_label("Einwohner", exact=True).fill("60")
    page.get_by_role("button", name="Was entstünde").click()
    page.get_by_text(f"{A}.1 mit 300, {A}.2 mit 200 Einwohnern").wait_for()
    page.get_by_text(f"Kita Linde: in {A}.2, wie festgelegt.").wait_for()
    page.get_by_label("In welcher Rolle entscheiden Sie?").fill(ROLE)
    page.get_by_label("Grund (bleibt intern)").fill("Vertraulich: Bauvorhaben")
    assert broken_rules(page) == []
    assert "Vertraulich" not in printed(page, tmp_path / "a.pdf")
    page.get_by_role("button", name="Baustein teilen").click()
    page.get_by_text("Vertraulich: Bauvorhaben").wait_for()
    paper = printed(page, tmp_path / "b.pdf")
    assert f"Baustein {A} am" in paper
    assert "Vertraulich" not in paper
    assert council.errors == []


def test_a_plan_carried_onto_newer_blocks_keeps_its_days_and_the_former_one_is_folded_away(
    browser, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    with new_project(tmp_path / "p") as project:
        project.save_plan(village_plan())
        workflow.decide_plan(project, {village.AGS: Decision("Gemeinderat", "2026-02-03")}, ROLE)
        line = shapely.LineString([(village.EAST - 10, village.NORTH - 100), (village.EAST + 210, village.NORTH - 100)])
        workflow.divide_block(project, A, line, ROLE)
    with served(tmp_path / "home", tmp_path / "p") as address:
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="de-DE")
        desk = Desk(page, address)
        desk.show("liste")
        card = page.locator(".plan-card")
        card.first.wait_for()
        assert card.count() == 1
        assert "auf Stand 2 der Bausteine übertragen" in card.inner_text()
        assert "seit 03.02.2026" in card.inner_text()
        compare = card.get_by_role("link", name="Mit dem übertragenen vergleichen")
        assert not compare.is_visible()
        card.get_by_text("Derselbe Plan auf früheren Bausteinen").click()
        compare.click()
        page.locator(".swipe-heads").wait_for()
        heads = page.locator(".swipe-heads span").all_inner_texts()
        assert [text[-len("Stand 1)") :] for text in heads] == ["Stand 1)", "Stand 2)"]
        chosen = page.locator("#compare-old option:checked, #compare-new option:checked").all_inner_texts()
        assert len(set(chosen)) == 2
        page.close()
