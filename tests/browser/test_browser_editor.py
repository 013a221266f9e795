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
    held: list[object] = []
    window.route("**/preview", lambda route: held.append(route))
    choose_by_table(window, 1, slice(0, 2))
    with window.expect_request("**/preview"):
        window.keyboard.press("n")
    height = "document.querySelector('.effect').getBoundingClientRect().height"
    at_once = window.evaluate(height)
    assert "…" in window.locator(".profiletable").first.inner_text()
    held[0].continue_()  # type: ignore[attr-defined]
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


def remark(page, text: str) -> None:  # type: ignore[no-untyped-def]
    """Pin a remark to the middle of the map."""
    page.keyboard.press("a")
    box = page.locator(".editormap").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2 + 60, box["y"] + box["height"] / 2 + 40)
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Was soll die Runde wissen?").fill(text)
    dialog.get_by_role("button", name="Anmerkung anheften").click()
    dialog.wait_for(state="detached")


def test_a_remark_is_pinned_to_a_place_seen_and_resolved_with_an_answer(window) -> None:  # type: ignore[no-untyped-def]
    remark(window, "Der Fußweg über die Bahn fehlt.")
    item = window.locator(".comments li", has_text="Der Fußweg über die Bahn fehlt.")
    item.wait_for()
    assert "Stelle auf der Karte" in item.inner_text() or "Baustein" in item.inner_text()
    pin = window.get_by_role("button", name="Anmerkung: Der Fußweg über die Bahn fehlt.")
    pin.wait_for()
    window.keyboard.press("1")
    pin.click()
    item.wait_for()
    assert item.get_attribute("class") == "open"
    assert "Ausgewählt" not in panel(window)
    item.get_by_role("button", name="Als erledigt ablegen …").click()
    assert broken_rules(window) == []
    item.get_by_label("Antwort an die Runde").fill("Steht im Verkehrsplan 2028.")
    item.get_by_role("button", name="Als erledigt ablegen", exact=True).click()
    window.get_by_text(re.compile("^Erledigte Anmerkungen")).click()
    item.get_by_text("Antwort: Steht im Verkehrsplan 2028.").wait_for()
    assert item.get_by_role("button", name="Wieder öffnen").is_visible()


def printed(page, path: Path) -> str:  # type: ignore[no-untyped-def]
    """What the browser would put on paper."""
    from pypdf import PdfReader

    page.pdf(path=str(path))
    return " ".join(sheet.extract_text() for sheet in PdfReader(path).pages).replace("\xa0", " ")


def test_a_printed_page_holds_no_reason_and_no_remark_that_nobody_released(window, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    choose_by_table(window, 1, EAST_OF_1)
    window.locator(".targets button").first.click()
    window.get_by_label("Warum?").select_option(index=1)
    window.get_by_label("In eigenen Worten").fill("Geheimgrund")
    reason = window.locator("#reason option:checked").inner_text()
    text = printed(window, tmp_path / "preview.pdf")
    assert "Geheimgrund" not in text
    assert reason not in text
    window.keyboard.press("Control+Enter")
    window.get_by_text("Übernommen. Alles ist gesichert.").wait_for(state="attached")
    window.locator("h1").click()
    window.keyboard.press("x")
    window.get_by_role("dialog").get_by_text("Geheimgrund").wait_for()
    assert "Geheimgrund" not in printed(window, tmp_path / "steps.pdf")
    window.keyboard.press("Escape")
    window.locator("button.stage:not(.undone)").last.click()
    window.get_by_role("dialog").get_by_text("Geheimgrund").wait_for()
    assert "Geheimgrund" not in printed(window, tmp_path / "step.pdf")
    window.keyboard.press("Escape")
    remark(window, "Kommentargeheim")
    item = window.locator(".comments li", has_text="Kommentargeheim")
    item.wait_for()
    window.get_by_role("button", name="Anmerkung: Kommentargeheim").click()
    text = printed(window, tmp_path / "remarks.pdf")
    assert "Kommentargeheim" not in text
    assert "Interne Texte sind weggelassen" in text
    item.get_by_role("checkbox").click()
    item.locator("div:not(.internal-text)", has_text="Kommentargeheim").wait_for()
    assert "Kommentargeheim" in printed(window, tmp_path / "released.pdf")
    window.locator("h1").click()
    window.keyboard.press("Control+z")
    window.locator("button.stage.undone").last.wait_for()


def test_everything_has_a_key_and_letters_in_fields_are_letters(window) -> None:  # type: ignore[no-untyped-def]
    dialog = window.get_by_role("dialog")
    for key, title in {
        "?": "Tasten",
        "i": "Ansicht",
        "d": "Drucken",
        "e": "Fassung einreichen",
        "o": "Rolle",
        "x": "Alle Schritte dieser Fassung",
    }.items():
        window.keyboard.press(key)
        dialog.get_by_role("heading", name=title, level=2).wait_for()
        window.keyboard.press("g")
        assert window.get_by_role("button", name="Großansicht beenden").count() == 0
        if key == "?":
            assert broken_rules(window) == []
            shown = dialog.locator("kbd").all_inner_texts()
        window.keyboard.press("Escape")
        dialog.wait_for(state="detached")
    told = window.locator("[aria-keyshortcuts]")
    letters = {told.nth(place).get_attribute("aria-keyshortcuts") for place in range(told.count())}
    assert {"F", "I", "D", "E", "O", "W", "?", "J", "0", "1", "2", "3", "C"} <= letters
    assert {one for one in letters if len(one) == 1} <= set(shown)
    window.keyboard.press("f")
    window.keyboard.type("vgnhla?")
    assert window.get_by_placeholder("Straße oder Ort suchen").input_value() == "vgnhla?"
    assert dialog.count() == 0
    window.locator("h1").click()
    window.locator(".arealist button").first.click()
    window.keyboard.press("l")
    window.locator("#area-code:focus").wait_for()
    window.locator("h1").click()
    window.keyboard.press("w")
    window.get_by_role("heading", name="Vorschläge von hier aus").wait_for(timeout=180_000)
    window.keyboard.press("h")
    window.get_by_role("heading", name="Was würde helfen?").wait_for(timeout=180_000)


def test_names_are_off_until_the_project_allows_them(window) -> None:  # type: ignore[no-untyped-def]
    window.keyboard.press("o")
    dialog = window.get_by_role("dialog")
    box = dialog.get_by_label("Namen erlauben")
    assert not box.is_checked()
    assert dialog.get_by_label("Name (freigestellt)").count() == 0
    box.click()
    dialog.get_by_label("Name (freigestellt)").fill("Erika Muster")
    assert broken_rules(window) == []
    window.keyboard.press("Escape")
    choose_by_table(window, 1, EAST_OF_1)
    window.locator(".targets button").first.click()
    window.get_by_label("Warum?").select_option(index=1)
    with window.expect_request("**/edits") as sent:
        window.locator(".takerow button").first.click()
    assert sent.value.post_data_json["edit"]["person"] == "Erika Muster"
    window.get_by_text("Übernommen. Alles ist gesichert.").wait_for(state="attached")
    window.locator("button.stage:not(.undone)").last.click()
    window.get_by_role("dialog").get_by_text("Erika Muster").wait_for()
    window.keyboard.press("Escape")
    window.keyboard.press("o")
    dialog.get_by_label("Namen erlauben").click()
    dialog.get_by_label("Name (freigestellt)").wait_for(state="detached")
    window.keyboard.press("Escape")
    window.locator("h1").click()
    window.keyboard.press("Control+z")
    window.locator("button.stage.undone").last.wait_for()


def test_the_table_names_inhabitants_of_a_block_only_in_the_internal_view(window) -> None:  # type: ignore[no-untyped-def]
    window.keyboard.press("2")
    head = window.locator(".blocktable thead")
    assert "Einw." not in head.inner_text()
    assert window.locator("#colour-by option", has_text="Index der geltenden Gebiete").count() == 1
    window.keyboard.press("i")
    window.get_by_role("radio", name="Interne Ansicht").check()
    window.get_by_role("button", name="Ansicht übernehmen").click()
    window.get_by_text("Interne Ansicht – nicht zeigen").wait_for()
    assert "Einw." in head.inner_text()


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


def test_on_the_projector_checks_stand_above_the_tables_and_colours_keep_their_legend(window) -> None:  # type: ignore[no-untyped-def]
    window.get_by_label("Farben", exact=True).select_option("density")
    window.locator(".editorlegend.coloured").wait_for()
    choose_by_table(window, 1, EAST_OF_1)
    window.locator(".targets button").first.click()
    window.locator(".editormap").focus()
    window.keyboard.press("g")
    window.set_viewport_size({"width": 1024, "height": 768})
    legend = window.locator(".editorlegend")
    assert "Einwohner je Hektar" in legend.locator("p").inner_text()
    assert not legend.locator("#colour-by").is_visible()
    check = window.locator(".checks li").first.bounding_box()
    table = window.locator(".profiletable").first.bounding_box()
    foot = window.locator(".rightfoot").bounding_box()
    assert check["y"] + check["height"] <= min(table["y"], foot["y"])
    window.keyboard.press("g")
    assert legend.locator("#colour-by").is_visible()
    window.locator("#colour-by").select_option("")
    window.locator(".editormap").focus()
    window.keyboard.press("g")
    assert not legend.is_visible()
    window.keyboard.press("g")


def test_the_whole_town_stands_clear_of_the_legend(window) -> None:  # type: ignore[no-untyped-def]
    window.get_by_role("button", name="Ganze Gemeinde zeigen").click()
    legend, box = window.locator(".editorlegend").bounding_box(), window.locator(".editormap").bounding_box()
    window.keyboard.press("Escape")
    # A click a little above the legend, in the middle, meets no block when the town ends above it.
    window.mouse.click(box["x"] + box["width"] / 2, legend["y"] - 3)
    assert "Ausgewählt" not in panel(window)


def test_a_submitted_draft_says_so_and_can_be_taken_back(window) -> None:  # type: ignore[no-untyped-def]
    window.get_by_role("button", name="Einreichen …").click()
    dialog = window.get_by_role("dialog")
    assert "noch nicht" not in dialog.inner_text().replace("Noch nicht", "")
    with window.expect_response("**/api/state*"):
        dialog.get_by_role("button", name="Fassung einreichen").click()
    window.get_by_text(re.compile(r"^Eingereicht am \d")).wait_for()
    assert window.get_by_role("link", name="Zu den Plänen").get_attribute("href") == "#/plaene"
    assert broken_rules(window) == []
    window.get_by_role("button", name="Einreichen zurücknehmen").click()
    window.get_by_role("button", name="Einreichen …").wait_for()
    assert "So ändern Sie den Zuschnitt" in panel(window)


def test_the_line_of_steps_begins_with_the_plan_the_draft_rests_on(window) -> None:  # type: ignore[no-untyped-def]
    assert window.locator(".stage.base").inner_text() == "Beschlossener Plan"
    assert window.get_by_role("link", name="Mit dem Ausgangsplan vergleichen").is_visible()


def test_another_municipality_in_the_address_opens_and_an_unknown_one_is_said(window) -> None:  # type: ignore[no-untyped-def]
    window.evaluate("location.hash = '#/zuschnitt?gemeinde=05999999'")
    window.get_by_role("alert").get_by_text("05999999").wait_for()
    window.locator("main").get_by_role("link").first.click()
    window.get_by_role("dialog").or_(window.locator(".editormap")).first.wait_for()


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1366, 768)])
def test_long_titles_keep_one_line_and_the_page_is_no_higher_than_the_screen(window, width: int, height: int) -> None:  # type: ignore[no-untyped-def]
    window.set_viewport_size({"width": width, "height": height})
    one_line = window.locator(".subhead").bounding_box()["height"]
    # A name of usual length is not cut.
    assert window.evaluate("(part => part.scrollWidth - part.clientWidth)(document.querySelector('h1'))") <= 0
    window.evaluate(
        "for (const part of document.querySelectorAll('.subhead h1, .drafttitle, .stage'))"
        " part.textContent = 'Ein sehr langer Titel '.repeat(9)"
    )
    assert window.locator(".subhead").bounding_box()["height"] == one_line
    assert window.evaluate("document.documentElement.scrollHeight") <= height
    assert window.evaluate("document.documentElement.scrollWidth") <= width
    box = window.get_by_role("button", name="Großansicht").bounding_box()
    assert box["x"] + box["width"] <= width


def test_of_two_merged_areas_one_goes_and_the_buttons_stay_inside(window) -> None:  # type: ignore[no-untyped-def]
    window.locator(".arealist button").first.click()
    window.keyboard.press("m")
    assert "entfällt" in window.locator(".arealist").inner_text()
    assert "entfällt" in panel(window)
    aside = window.get_by_role("region", name="Was sich ändert").bounding_box()
    for place in range(2):
        button = window.locator(".takerow button").nth(place).bounding_box()
        assert button["x"] + button["width"] <= aside["x"] + aside["width"]


@pytest.mark.parametrize("width", [320, 1024, 1280])
def test_the_editor_does_not_scroll_sideways(window, width: int) -> None:  # type: ignore[no-untyped-def]
    window.set_viewport_size({"width": width, "height": 900})
    assert window.evaluate("document.documentElement.scrollWidth") <= width


# A computer so busy that what the page puts off until the next picture has not happened yet; `release` lets it happen.
BUSY = """() => {
    const held = [], timer = window.setTimeout;
    window.requestAnimationFrame = act => { held.push(act); return 0; };
    window.setTimeout = (act, ms = 0, ...rest) =>
        ms < 50 ? held.push(() => act(...rest)) * 0 : timer(act, ms, ...rest);
    window.release = () => { for (let time = 0; time < 3; time++) held.splice(0).forEach(act => act(0)); };
}"""


def test_on_a_busy_computer_what_is_typed_lands_where_it_was_typed(window) -> None:  # type: ignore[no-untyped-def]
    window.locator(".arealist button").first.click()
    window.evaluate(BUSY)
    window.get_by_role("button", name="Namen oder Nummer ändern").click()
    assert window.evaluate("document.activeElement.id") == "area-code"
    window.get_by_label("Name", exact=True).select_text()
    window.evaluate("release()")
    window.keyboard.insert_text("Hinter der Bahn")
    assert window.get_by_label("Name", exact=True).input_value() == "Hinter der Bahn"
    window.get_by_role("button", name="Namen übernehmen").click()
    window.get_by_role("button", name=re.compile(r"^\d+: .*Hinter der Bahn")).wait_for()


def test_on_a_busy_computer_keys_act_at_once(window) -> None:  # type: ignore[no-untyped-def]
    window.evaluate(BUSY)
    window.keyboard.press("o")
    assert window.evaluate("document.activeElement.closest('dialog[open]') !== null")
    window.keyboard.press("Escape")
    window.keyboard.press("o")
    window.get_by_role("dialog").wait_for()
    window.keyboard.press("Escape")
    window.get_by_role("dialog").wait_for(state="detached")
    window.get_by_role("button", name="Tasten").click()
    window.get_by_role("dialog").get_by_role("button", name="Schließen").click()
    window.get_by_role("dialog").wait_for(state="detached")
    assert window.evaluate("document.activeElement.textContent").startswith("Tasten")
    window.keyboard.press("g")
    assert window.evaluate("document.documentElement.classList.contains('gross')")
    window.keyboard.press("g")
    window.evaluate("location.hash = '#/plaene'")
    window.get_by_role("heading", name="Pläne", level=1).wait_for()
    assert window.evaluate("document.activeElement.tagName") == "H1"


def test_a_name_that_stays_as_it_was_closes_its_form(window) -> None:  # type: ignore[no-untyped-def]
    before = steps(window)
    window.locator(".arealist button").first.click()
    window.get_by_role("button", name="Namen oder Nummer ändern").click()
    window.get_by_role("button", name="Namen übernehmen").click()
    window.get_by_label("Nummer", exact=True).wait_for(state="detached")
    assert steps(window) == before


def test_a_step_back_asked_for_while_the_step_is_written_follows_it(window) -> None:  # type: ignore[no-untyped-def]
    before = steps(window)
    held: list[object] = []
    window.route("**/edits", lambda route: held.append(route))
    window.locator(".arealist button").first.click()
    window.keyboard.press("s")
    window.get_by_text("Wird gesichert …").wait_for()
    window.keyboard.press("Control+z")
    with window.expect_response("**/undo") as undone:
        held[0].continue_()  # type: ignore[attr-defined]
    assert undone.value.ok
    window.locator("button.stage.undone").wait_for()
    assert steps(window) == before


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
