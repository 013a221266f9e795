"""Two town halls answer in a file without network; the planner sees where they contradict, decides, and replies.

The file is opened from file:// in a browser without any network; whatever it asks for is counted.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from rules import broken_rules
from served import ROOT, served

import workshop_town as town

PACKAGE_PAGE = ROOT / "src" / "sozialraum" / "consultation" / "static" / "package.html"
PAGE = f"abstimmung?gemeinde={town.AGS}"

pytestmark = pytest.mark.skipif(not PACKAGE_PAGE.is_file(), reason="the page for town halls is not built")


@dataclass
class Hall:
    """A browser in a town hall: no network, and a list of everything it asked for or complained about."""

    page: Any
    asked: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def open(self, file: Path) -> None:
        self.page.goto(file.as_uri())
        self.page.get_by_role("heading", name=f"Gebiete abstimmen: {town.NAME}").wait_for()
        self.page.locator(".package-map svg").wait_for()

    def block(self, number: int) -> Any:
        return self.page.locator(f"[data-block='{number}']")

    def choose(self, *numbers: int) -> None:
        for number in numbers:
            self.block(number).click(force=True)

    def move(self, numbers: list[int], target: str, why: str) -> None:
        self.choose(*numbers)
        self.page.get_by_label("Wohin sollen sie gehören?").select_option(label=target)
        self.page.get_by_label("Warum?").select_option(label=why)
        self.page.get_by_role("button", name="Vorschlag aufnehmen").click()

    def save(self, role: str, folder: Path) -> Path:
        self.page.get_by_label("Wer antwortet?").fill(role)
        with self.page.expect_download() as download:
            self.page.get_by_role("button", name="Antwort speichern").click()
        file = folder / download.value.suggested_filename
        download.value.save_as(file)
        return file

    def proposals(self) -> list[str]:
        return self.page.locator("ol.made > li").all_inner_texts()


def planned_town(folder: Path) -> None:
    """A project of the town with its quarters as the proposed areas 1 to 6."""
    from sozialraum.delineation import make_plan
    from sozialraum.workflow import create_project, import_blocks

    file = town.write_town(folder.parent / "town.gpkg")
    with create_project(folder, name="Musterkreis") as project:
        import_blocks(project, file)
        blocks = project.blocks()
        names = list(dict.fromkeys(name for row in town.QUARTERS for name in row))
        codes = {name: str(number) for number, name in enumerate(names, start=1)}
        areas = pd.DataFrame(
            [(f"{town.AGS}-0{code}", code, name, town.AGS, "proposal") for name, code in codes.items()],
            columns=["area_id", "code", "name", "municipality", "origin"],
        )
        assignment = {
            block: f"{town.AGS}-0{codes[quarter]}"
            for block, quarter in zip(blocks["block_id"], blocks["quarter"], strict=True)
        }
        project.save_plan(make_plan(assignment, areas, title="Vorschlag", created="2026-11-02T09:00:00+00:00"))


def picture(page: Any, name: str) -> None:
    """A picture to look at, when a folder for them is named."""
    if folder := os.environ.get("SOZIALRAUM_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png")


@pytest.fixture(scope="module")
def desk(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The planner's page in a project of six areas."""
    folder = tmp_path_factory.mktemp("consultation") / "p"
    planned_town(folder)
    with served(folder.parent, folder) as address:
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="de-DE", accept_downloads=True)
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda message: page.faults.append(message.text) if message.type == "error" else None)
        page.goto(f"{address}#/{PAGE}")
        page.get_by_role("heading", name="Mit den Gemeinden abstimmen").wait_for()
        yield page
        page.close()


@pytest.fixture(scope="module")
def package(desk: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as the planner saves it."""
    with desk.expect_download() as download:
        desk.get_by_role("button", name="Paket erstellen").click()
    file = tmp_path_factory.mktemp("package") / download.value.suggested_filename
    download.value.save_as(file)
    desk.get_by_text(f"Gespeichert: abstimmung-{town.AGS}.html.").wait_for()
    return file


@pytest.fixture
def hall(browser: Any) -> Iterator[Hall]:
    """A town hall that has never opened the file."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="de-DE", accept_downloads=True, offline=True
    )
    found = Hall(context.new_page())
    found.page.on("request", lambda request: found.asked.append(request.url))
    found.page.on("pageerror", lambda error: found.faults.append(str(error)))
    found.page.on("console", lambda message: found.faults.append(message.text) if message.type == "error" else None)
    yield found
    context.close()


@pytest.fixture(scope="module")
def content(package: Path) -> dict[str, Any]:
    """What the file holds as data."""
    text = package.read_text(encoding="utf-8")
    return json.loads(re.search(r'id="data">(.*?)</script>', text, re.DOTALL)[1])  # type: ignore[index]


def content_words(package: Path) -> dict[str, Any]:
    """German -> English, as the file holds it."""
    return json.loads(re.search(r'id="words">(.*?)</script>', package.read_text("utf-8"), re.DOTALL)[1])  # type: ignore[index]


def blocks_beside(content: dict[str, Any], own: str, other: str) -> list[int]:
    """Inhabited blocks of an area that touch another, in order: those an expert may want to move."""
    blocks = content["blocks"]
    codes = [area["code"] for area in content["areas"]]
    code = [codes[place] for place in blocks["area"]]
    pairs = list(zip(blocks["edges"][::2], blocks["edges"][1::2], strict=True))
    touching = {a for a, b in [*pairs, *[(b, a) for a, b in pairs]] if code[a] == own and code[b] == other}
    return sorted(block for block in touching if blocks["people"][block] > 0)


def title(content: dict[str, Any], code: str) -> str:
    return next(f"{area['code']} {area['name']}" for area in content["areas"] if area["code"] == code)


def test_the_file_works_without_a_network_and_asks_for_nothing(
    hall: Hall, package: Path, content: dict[str, Any], tmp_path: Path
) -> None:
    """A remark, a move, a split, a name; saved, and gone on with."""
    hall.open(package)
    page = hall.page
    picture(page, "consultation-1-open")
    assert broken_rules(page) == []
    chosen = blocks_beside(content, "3", "2")[:2]
    hall.move(chosen, title(content, "2"), "Die Bahnlinie trennt")
    assert hall.proposals() == [f"2 Bausteine von 3 nach {title(content, '2')} verschieben.\nDie Bahnlinie trennt"]

    page.keyboard.press("u")
    box = page.locator(".package-map svg").bounding_box()
    middle = hall.block(blocks_beside(content, "6", "5")[2]).bounding_box()
    x, y = middle["x"] + middle["width"] / 2, middle["y"] + middle["height"] / 2
    page.mouse.move(x - 45, y - 45)
    page.mouse.down()
    for corner in ((x + 45, y - 45), (x + 45, y + 45), (x - 45, y + 45)):
        page.mouse.move(*corner, steps=5)
    page.mouse.up()
    assert box is not None
    heading = page.locator("#choice-title").inner_text()
    assert re.match(r"\d+ Bausteine, rund [\d.]+ Personen", heading)
    picture(page, "consultation-2-lasso")
    assert broken_rules(page) == []
    page.keyboard.press("Escape")
    page.get_by_text("So geht es").wait_for()

    page.keyboard.press("k")
    part = blocks_beside(content, "5", "6")[:4]
    hall.choose(*part)
    page.get_by_label("Wohin sollen sie gehören?").select_option(label="ein eigenes Gebiet werden (Gebiet 5 teilen)")
    page.get_by_label("Name des neuen Gebiets").fill("Am Rand")
    assert page.get_by_text("außerhalb", exact=True).first.is_visible()
    page.get_by_label("In eigenen Worten").fill("Eigene Siedlung")
    page.get_by_role("button", name="Vorschlag aufnehmen").click()

    page.get_by_role("button", name=re.compile("^1 ")).click()
    page.get_by_label("Name des Gebiets").fill("")
    page.get_by_label("Name des Gebiets").press_sequentially("N" * 85)
    assert page.get_by_label("Name des Gebiets").input_value() == "N" * 80
    page.get_by_label("Name des Gebiets").fill("Nordstadt")
    page.get_by_role("button", name="Namen vorschlagen").click()
    assert [text.split("\n")[0] for text in hall.proposals()][1:] == [
        "Gebiet 5 teilen: 4 Bausteine werden ein eigenes Gebiet (5a und 5b Am Rand).",
        "Gebiet 1 soll „Nordstadt“ heißen.",
    ]  # fmt: skip

    page.keyboard.press("a")
    hall.choose(chosen[0])
    page.get_by_label("Anmerkung zu diesem Ort").fill("Hier entsteht ein Neubaugebiet.")
    page.get_by_role("button", name="Anmerkung anheften").click()
    assert page.locator(".pins circle").count() == 1
    picture(page, "consultation-3-proposed")

    page.get_by_role("button", name="Antwort speichern").click()
    page.get_by_text("Geben Sie an, wer antwortet").wait_for()
    file = hall.save("Jugendamt", tmp_path)
    assert file.name == f"antwort-{town.AGS}-jugendamt.json"
    answer = json.loads(file.read_text(encoding="utf-8"))
    assert [edit["kind"] for edit in answer["edits"]] == ["move", "split", "rename"]
    assert answer["edits"][0]["blocks"] == sorted(content["blocks"]["id"][block] for block in chosen)
    assert answer["package_id"] == content["package_id"]
    assert town.EAST <= answer["comments"][0]["x"] <= town.EAST + town.COLUMNS * town.METRES
    page.get_by_text("Die Antwort ist als Datei gespeichert.").wait_for()

    page.reload()
    page.get_by_text("Ihr letzter Stand wurde wiederhergestellt.").wait_for()
    assert len(hall.proposals()) == 3
    assert broken_rules(page) == []
    assert hall.faults == []
    assert {url for url in hall.asked if not url.startswith(("data:", "blob:"))} == {package.as_uri()}


def test_an_answer_can_be_loaded_again_elsewhere(
    hall: Hall, package: Path, content: dict[str, Any], tmp_path: Path
) -> None:
    hall.open(package)
    hall.move(blocks_beside(content, "3", "2")[:1], title(content, "2"), "Gleiche Bebauung")
    file = hall.save("Sozialamt", tmp_path)
    hall.page.get_by_role("button", name="Zurück", exact=True).click()
    assert hall.proposals() == []
    hall.page.locator("input[type=file]").set_input_files(file)
    hall.page.get_by_text("Geladen: ").wait_for()
    assert len(hall.proposals()) == 1
    strange = tmp_path / "fremd.json"
    strange.write_text(json.dumps({"format": "sozialraum-answer", "package_id": "a0"}), encoding="utf-8")
    hall.page.locator("input[type=file]").set_input_files(strange)
    hall.page.get_by_text("gehört zu einem anderen Abstimmungspaket").wait_for()
    assert len(hall.proposals()) == 1


def test_everything_works_by_keyboard(hall: Hall, package: Path, content: dict[str, Any]) -> None:
    hall.open(package)
    page = hall.page
    page.locator(".package-map svg").focus()
    page.keyboard.press("ArrowRight")
    first = page.locator("[aria-live=polite]").first.inner_text()
    assert re.match(r"Baustein .*, Gebiet \d .*, rund [\d.]+ Einwohner", first)
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press(" ")
    assert page.locator("#choice-title").inner_text().startswith("2 Bausteine")
    page.keyboard.press("Escape")
    row = page.get_by_role("button", name=re.compile("^3 "))
    row.focus()
    page.keyboard.press("Enter")
    page.locator("summary").focus()
    page.keyboard.press("Enter")
    page.locator(".blocklist input").first.focus()
    page.keyboard.press(" ")
    page.get_by_role("button", name="Diese Bausteine wählen").focus()
    page.keyboard.press("Enter")
    assert page.locator("#choice-title").inner_text().startswith("1 Baustein")
    page.get_by_label("Wohin sollen sie gehören?").select_option(label=title(content, "2"))
    page.get_by_role("button", name="Vorschlag aufnehmen").focus()
    page.keyboard.press("Enter")
    assert len(hall.proposals()) == 1
    page.keyboard.press("Control+z")
    assert hall.proposals() == []
    page.keyboard.press("Control+Shift+z")
    assert len(hall.proposals()) == 1


@pytest.mark.parametrize(("width", "height"), [(1024, 768), (320, 640)])
def test_small_screens_hold_everything(hall: Hall, package: Path, width: int, height: int) -> None:
    hall.page.set_viewport_size({"width": width, "height": height})
    hall.open(package)
    assert hall.page.evaluate("document.documentElement.scrollWidth") <= width
    assert broken_rules(hall.page) == []
    picture(hall.page, f"consultation-{width}")


def test_it_speaks_english(hall: Hall, package: Path, content: dict[str, Any], tmp_path: Path) -> None:
    """What stands there already changes its language too; the file keeps the German reason."""
    hall.open(package)
    hall.move(blocks_beside(content, "3", "2")[:1], title(content, "2"), "Die Bahnlinie trennt")
    file = hall.save("Jugendamt", tmp_path)
    hall.page.get_by_text(f"Gespeichert: {file.name}. Senden Sie").wait_for()
    hall.page.get_by_role("button", name="English").click()
    hall.page.locator("html[lang=en]").wait_for()
    hall.page.get_by_role("heading", name=f"Consultation on areas: {town.NAME}").wait_for()
    hall.page.get_by_role("button", name="Save answer").wait_for()
    hall.page.get_by_role("button", name="Deutsch").wait_for()
    hall.page.get_by_text(f"Saved: {file.name}.").wait_for()
    assert "Die Bahnlinie trennt" not in hall.proposals()[0]
    assert hall.proposals()[0].split("\n")[1] == content_words(package)["Die Bahnlinie trennt"]
    with hall.page.expect_download() as download:
        hall.page.get_by_role("button", name="Save answer").click()
    answer = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert [edit["why"] for edit in answer["edits"]] == ["Die Bahnlinie trennt"]


def test_two_experts_contradict_and_the_planner_decides(
    browser: Any, desk: Any, package: Path, content: dict[str, Any], tmp_path: Path
) -> None:
    shared, youth = blocks_beside(content, "3", "2")[0], blocks_beside(content, "3", "2")[1]
    files = []
    for role, target, blocks in (("Jugendamt", "2", [shared, youth]), ("Stadtplanung", "6", [shared])):
        context = browser.new_context(
            viewport={"width": 1440, "height": 900}, locale="de-DE", accept_downloads=True, offline=True
        )
        expert = Hall(context.new_page())
        expert.open(package)
        expert.move(blocks, title(content, target), "Gehört zum Ortsteil")
        files.append(expert.save(role, tmp_path))
        context.close()
    remarked = json.loads(files[1].read_text(encoding="utf-8"))
    remark = {"number": 1, "text": "Neubau", "area_id": f"{town.AGS}-06", "block_id": "", "x": None, "y": None}
    files[1].write_text(json.dumps(remarked | {"comments": [remark]}), encoding="utf-8")
    broken = tmp_path / "kaputt.json"
    broken.write_text('{"format": "sozialraum-answer", ', encoding="utf-8")

    assert desk.get_by_text("Begründungen und Anmerkungen nicht").count() == 1
    desk.locator("input[type=file]").set_input_files([*files, broken])
    desk.get_by_text("„kaputt.json“ kann nicht als Antwort gelesen werden.").wait_for()
    desk.get_by_text(f"{files[0].name}: Jugendamt, 1 Vorschlag, 0 Anmerkungen.").wait_for()
    cards = desk.locator(".suggestion:has(h3)")
    cards.first.wait_for()
    assert cards.count() == 2
    words = desk.locator(".standing").all_inner_texts()
    assert any("Widerspruch bei 1 von 2 Bausteinen. Stadtplanung: nach 6" in text for text in words)
    assert any("Widerspruch bei 1 von 1 Bausteinen. Jugendamt: nach 2" in text for text in words)
    assert desk.locator(".answer-key").inner_text().split("\n")[0] == "Widerspruch: 1 Baustein"
    desk.locator(".states").first.wait_for(state="attached")
    picture(desk, "consultation-4-answers")
    assert broken_rules(desk) == []

    # accepting would tear area 6 apart: said on the card, asked about, and possible all the same
    tearing = cards.filter(has_text="1 Baustein von 3")
    torn = "Gebiet 6 bestünde aus 2 getrennten Teilen."
    assert torn in tearing.locator(".outlook-checks li.error").first.inner_text()
    assert tearing.locator(".outlook-checks li.error svg").count() == 1
    assert re.search(r"Einwohner · Rahmen 700 bis 8.500, im Rahmen", tearing.locator(".outlook-areas").inner_text())
    desk.get_by_label("Entscheidende Stelle").fill("Amt 58")
    tearing.get_by_label("Grund der Entscheidung").fill("Zur Probe")
    tearing.get_by_role("button", name="Annehmen", exact=True).click()
    asked = tearing.get_by_role("alert")
    asked.wait_for()
    assert torn in asked.inner_text()
    assert "bleibt als Entwurf" in asked.inner_text()
    picture(desk, "consultation-4b-asked")
    assert broken_rules(desk) == []
    asked.get_by_role("button", name="Noch nicht annehmen").click()
    assert tearing.get_by_text("angenommen").count() == 0
    tearing.get_by_role("button", name="Annehmen", exact=True).click()
    asked.get_by_role("button", name="Trotzdem annehmen").click()
    tearing.get_by_text("angenommen").wait_for()
    tearing.get_by_role("button", name="Entscheidung zurücknehmen").click()
    tearing.get_by_role("button", name="Annehmen", exact=True).wait_for()
    desk.get_by_label("Entscheidende Stelle").fill("")

    youth_card = cards.filter(has_text="Jugendamt").filter(has_text="2 Bausteine von 3")
    youth_card.get_by_role("button", name="Annehmen").click()
    desk.get_by_text("Geben Sie oben an, welche Stelle entscheidet.").wait_for()
    desk.get_by_label("Entscheidende Stelle").fill("Amt 58")
    youth_card.get_by_label("Grund der Entscheidung").fill("Der Schulweg zählt")
    youth_card.get_by_role("button", name="Annehmen").click()
    youth_card.get_by_text("angenommen").wait_for()
    other = cards.filter(has_text="1 Baustein von 3")
    other.get_by_text("1 Baustein gehört im Entwurf inzwischen zu Gebiet 2").wait_for()
    assert other.get_by_role("button", name="Annehmen").is_disabled()
    other.get_by_label("Grund der Entscheidung").fill("Siehe Jugendamt")
    other.get_by_role("button", name="Ablehnen").click()
    fact = desk.locator(".suggestion", has_text="Neubau")
    assert fact.get_by_role("button").all_inner_texts() == ["Berücksichtigen", "Nicht berücksichtigen"]
    fact.get_by_label("Grund der Entscheidung").fill("Ist eingeplant")
    fact.get_by_role("button", name="Berücksichtigen", exact=True).click()
    fact.get_by_text("berücksichtigt", exact=True).wait_for()
    desk.get_by_role("heading", name="Über alles ist entschieden").wait_for()
    picture(desk, "consultation-5-decided")
    with desk.expect_download() as download:
        desk.get_by_role("link", name="PDF herunterladen").click()
    reply = tmp_path / download.value.suggested_filename
    download.value.save_as(reply)
    assert reply.name == f"antwortliste-{town.AGS}.pdf"
    text = pdf_text(reply)
    for part in ("Jugendamt", "angenommen", "Der Schulweg zählt", "abgelehnt", "Siehe Jugendamt", "berücksichtigt"):
        assert part in text

    desk.reload()
    desk.get_by_role("heading", name="Über alles ist entschieden").wait_for()
    desk.get_by_role("link", name="Fassung öffnen").wait_for()
    assert [fault for fault in desk.faults if "422" not in fault] == []

    # without its map the page offers nothing to be shown on it
    desk.get_by_role("button", name="Auf der Karte zeigen").first.wait_for()
    assert desk.get_by_role("button", name="Auf der Karte zeigen").count() == 2
    gone = json.dumps({"headline": "Die Karte fehlt.", "findings": [], "todo": ""})
    desk.route("**/map", lambda route: route.fulfill(status=409, content_type="application/json", body=gone))
    desk.reload()
    desk.get_by_text("Die Karte fehlt.").first.wait_for()
    assert desk.locator(".answer-key").count() == 0
    assert desk.get_by_role("button", name="Auf der Karte zeigen").count() == 0
    desk.unroute("**/map")


def pdf_text(file: Path) -> str:
    from pypdf import PdfReader

    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(file).pages))
