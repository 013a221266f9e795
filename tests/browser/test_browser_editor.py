"""The map editor in the browser: by keyboard alone, by table, in two windows at once, on paper, in narrow windows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.editor import make_project
from benchmarks.editor_town import AGS
from rules import broken_rules
from served import served

BLOCKS = 400
# Rows of the table whose blocks lie at the border to the area beside.
EAST_OF_1, WEST_OF_2 = slice(8, 10), slice(0, 1)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An invented municipality of 400 blocks, served."""
    folder = tmp_path_factory.mktemp("editor")
    make_project(folder / "town", BLOCKS)
    with served(folder / "home", folder / "town") as address:
        yield address


@pytest.fixture
def window(browser, town: str) -> Iterator[object]:  # type: ignore[no-untyped-def]
    """A window with the editor, and the test fails when a script does."""
    faults: list[str] = []
    page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="de-DE")
    page.on("pageerror", lambda error: faults.append(str(error)))
    enter(page, town)
    yield page
    page.close()
    assert faults == []


def enter(page, address: str) -> None:  # type: ignore[no-untyped-def]
    page.goto(f"{address}#/zuschnitt?gemeinde={AGS}")
    page.get_by_role("dialog").get_by_role("button", name=re.compile("^Fassung (beginnen|öffnen)$")).click()
    page.locator(".editormap[data-map=drawn]").wait_for(timeout=60_000)


def panel(page) -> str:  # type: ignore[no-untyped-def]
    return page.get_by_role("region", name="Was sich ändert").inner_text()


def choose_by_table(page, area: int, rows: slice) -> None:  # type: ignore[no-untyped-def]
    """Choose blocks of an area in the table that says the same as the map."""
    page.get_by_role("button", name="Bausteine", exact=True).click()
    page.get_by_label("Bausteine des Gebiets").select_option(index=area)
    boxes = page.locator(".blocktable tbody input")
    for place in range(*rows.indices(boxes.count())):
        boxes.nth(place).check()


def steps(page) -> int:  # type: ignore[no-untyped-def]
    return page.locator("button.stage:not(.undone)").count()


def test_blocks_are_chosen_and_moved_by_keyboard_alone(window) -> None:  # type: ignore[no-untyped-def]
    before = steps(window)
    window.locator(".editormap").focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowUp", "Enter", "ArrowUp", "Enter"):
        window.keyboard.press(key)
    assert "2 Bausteine" in panel(window)
    assert "Baustein" in window.locator(".unseen[aria-live=polite]").inner_text()
    window.keyboard.press("n")
    window.get_by_label("Warum?").focus()
    window.keyboard.press("ArrowDown")
    window.locator(".takerow button").first.focus()
    window.keyboard.press("Enter")
    window.locator("button.stage[title]").nth(before).wait_for()
    assert steps(window) == before + 1
    window.keyboard.press("Control+z")
    window.locator("button.stage.undone").wait_for()
    assert steps(window) == before


def test_the_table_does_what_the_map_does(window) -> None:  # type: ignore[no-untyped-def]
    choose_by_table(window, 1, slice(0, 3))
    assert "3 Bausteine" in panel(window)
    rows = window.locator(".blocktable tr.hot")
    assert rows.count() == 3
    window.keyboard.press("n")
    assert "teilen" in panel(window)


def test_a_step_that_breaks_a_rule_can_only_be_kept(window) -> None:  # type: ignore[no-untyped-def]
    choose_by_table(window, 1, slice(0, 2))
    window.keyboard.press("n")
    window.get_by_role("button", name="Als Entwurf behalten").wait_for()
    assert re.search(r"hätte \d+ Einwohner; erlaubt sind", panel(window))


def test_without_a_reason_nothing_is_taken(window) -> None:  # type: ignore[no-untyped-def]
    before = steps(window)
    choose_by_table(window, 1, slice(0, 2))
    window.keyboard.press("n")
    window.locator(".takerow button").first.click()
    assert "Nennen Sie einen Grund" in panel(window)
    assert window.evaluate("document.activeElement.id") == "reason"
    assert steps(window) == before


def test_figures_of_the_server_come_without_moving_anything(window) -> None:  # type: ignore[no-untyped-def]
    choose_by_table(window, 1, slice(0, 2))
    window.keyboard.press("n")
    height = "document.querySelector('.effect').getBoundingClientRect().height"
    at_once = window.evaluate(height)
    assert "…" in window.locator(".profiletable").first.inner_text()
    window.locator(".profiletable", has_text="…").first.wait_for(state="detached")
    assert window.evaluate(height) == at_once


def test_two_windows_at_once_lose_nothing(window, browser, town: str) -> None:  # type: ignore[no-untyped-def]
    other = browser.new_page(viewport={"width": 1440, "height": 900}, locale="de-DE")
    enter(other, town)
    before = steps(window)
    for page, area, rows in ((window, 1, EAST_OF_1), (other, 2, WEST_OF_2)):
        choose_by_table(page, area, rows)
        page.locator(".targets button").first.click()
        page.get_by_label("Warum?").select_option(index=1)
    window.locator(".takerow button").first.click()
    window.get_by_text("Übernommen. Alles ist gesichert.").wait_for(state="attached")
    other.locator(".takerow button").first.click()
    dialog = other.get_by_role("dialog")
    dialog.get_by_text("Inzwischen hat jemand anders").wait_for()
    assert "verschoben" in dialog.inner_text()
    assert "1 Baustein," in dialog.inner_text()
    assert broken_rules(other) == []
    dialog.get_by_role("button", name="Meine Änderung auf den neuen Stand anwenden").click()
    other.locator(".takerow button").first.click()
    other.get_by_text("Übernommen. Alles ist gesichert.").wait_for(state="attached")
    assert steps(other) == before + 2
    other.close()


def test_the_internal_view_is_chosen_named_framed_and_not_printed(window, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    from pypdf import PdfReader

    window.get_by_role("button", name="Workshop-Ansicht").click()
    window.get_by_role("radio", name="Interne Ansicht").check()
    assert broken_rules(window) == []
    window.get_by_role("button", name="Ansicht übernehmen").click()
    window.get_by_text("Interne Ansicht – nicht zeigen").wait_for()
    assert window.get_by_role("button", name="Drucken …").count() == 0
    border = "getComputedStyle(document.getElementById('page'), '::after').borderTopWidth"
    assert window.evaluate(border) == "6px"
    window.pdf(path=str(tmp_path / "view.pdf"))
    text = " ".join(page.extract_text() for page in PdfReader(tmp_path / "view.pdf").pages)
    assert "lässt sich nicht drucken" in text
    assert "Gebiet 1" not in text


def test_the_projector_holds_at_1024_by_768(window) -> None:  # type: ignore[no-untyped-def]
    choose_by_table(window, 1, EAST_OF_1)
    window.locator(".targets button").first.click()
    window.locator(".editormap").focus()
    window.keyboard.press("g")
    window.set_viewport_size({"width": 1024, "height": 768})
    button = window.locator(".takerow button").first.bounding_box()
    assert button["y"] + button["height"] <= 768
    assert window.evaluate("getComputedStyle(document.documentElement).fontSize") == "22.496px"
    assert window.evaluate("document.documentElement.scrollWidth") <= 1024
    assert broken_rules(window) == []
    window.keyboard.press("g")


@pytest.mark.parametrize("width", [320, 1024, 1280])
def test_the_editor_does_not_scroll_sideways(window, width: int) -> None:  # type: ignore[no-untyped-def]
    window.set_viewport_size({"width": width, "height": 900})
    assert window.evaluate("document.documentElement.scrollWidth") <= width


def test_the_editor_breaks_no_rule_of_accessibility(window) -> None:  # type: ignore[no-untyped-def]
    assert broken_rules(window) == []
    choose_by_table(window, 1, EAST_OF_1)
    assert broken_rules(window) == []
    window.locator(".targets button").first.click()
    assert broken_rules(window) == []
    window.get_by_role("button", name="Anmerkungen").click()
    assert broken_rules(window) == []
    window.get_by_role("button", name="Einreichen …").click()
    assert broken_rules(window) == []


def test_no_sentence_of_the_editor_has_a_hole(window) -> None:  # type: ignore[no-untyped-def]
    choose_by_table(window, 1, EAST_OF_1)
    window.locator(".targets button").first.click()
    window.wait_for_timeout(500)
    assert re.findall(r"\{\w+\}|NaN|undefined|\bnull\b", window.locator("main").inner_text()) == []


def set_map_service(page, address: str) -> None:  # type: ignore[no-untyped-def]
    page.get_by_role("button", name="Workshop-Ansicht").click()
    page.get_by_label("Kartendienst als Hintergrund").fill(address)
    with page.expect_navigation():
        page.get_by_role("button", name="Ansicht übernehmen").click()


def test_a_map_service_is_contacted_only_when_it_is_set_and_then_named(window, town: str) -> None:  # type: ignore[no-untyped-def]
    asked: list[str] = []
    pixel = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da6364f8cf50"
        "0f0003860180" + "5a344b7a" + "0000000049454e44ae426082"
    )

    def answer(route, request) -> None:  # type: ignore[no-untyped-def]
        asked.append(request.url)
        route.fulfill(body=pixel, content_type="image/png", headers={"Access-Control-Allow-Origin": "*"})

    window.route("https://karten.example/**", answer)
    window.keyboard.press("Escape")
    assert asked == []
    window.get_by_role("button", name="Workshop-Ansicht").click()
    window.get_by_label("Kartendienst als Hintergrund").fill("https://karten.example/wms?layers=grau")
    assert "karten.example" in window.get_by_role("dialog").inner_text()
    assert asked == []
    window.keyboard.press("Escape")
    set_map_service(window, "https://karten.example/wms?layers=grau")
    try:
        enter(window, town)
        window.get_by_text("Hintergrund von karten.example").wait_for()
        window.wait_for_timeout(500)
        assert asked
        assert all("layers=grau" in one and "CRS=EPSG%3A3857" in one for one in asked)
    finally:
        set_map_service(window, "")
    enter(window, town)
    assert window.get_by_text("Hintergrund von").count() == 0
