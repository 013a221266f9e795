"""Proposing areas in the browser: say what counts, compare, enlarge, take one, go back. Runs after the main thread."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from rules import broken_rules

AGS, NAME = "05999024", "Wiesenrath"
PAGE = f"vorschlagen?gemeinde={AGS}"
MINUTES = 180_000
ASK = "path => fetch('/api/' + path).then(answer => answer.json())"
UNDO = "path => fetch('/api/' + path, {method: 'POST', headers: {'X-Sozialraum': '1'}})"

pytestmark = pytest.mark.slow


def show(visit) -> None:  # type: ignore[no-untyped-def]
    """The page anew, as after closing the browser."""
    visit.page.goto(f"{visit.address}#/{PAGE}")
    visit.page.reload()
    visit.page.locator(".wishes").wait_for()
    visit.page.wait_for_load_state("networkidle")


def compute(page) -> None:  # type: ignore[no-untyped-def]
    """Press the button, see the progress, and wait for its end."""
    page.get_by_role("button", name="Vorschläge berechnen").click()
    page.get_by_role("progressbar").wait_for()
    assert page.get_by_role("button", name="Abbrechen").is_visible()
    page.locator(".job").wait_for(state="detached", timeout=MINUTES)


def plan_of(visit) -> str:  # type: ignore[no-untyped-def]
    return visit.page.evaluate(ASK, "areas")["plan"]["plan_id"]


def move(page, label: str, steps: int) -> None:  # type: ignore[no-untyped-def]
    """Move a slider by keyboard."""
    page.get_by_role("slider", name=label).focus()
    for _step in range(abs(steps)):
        page.keyboard.press("ArrowRight" if steps > 0 else "ArrowLeft")


@pytest.fixture(scope="module")
def compared(example) -> Iterator[object]:  # type: ignore[no-untyped-def]
    """Three proposals computed from the page; afterwards the example has its plan back."""
    before = plan_of(example)
    show(example)
    move(example.page, "Wohnungsmarkt", -1)
    move(example.page, "Möglichst runde Gebiete", 1)
    compute(example.page)
    example.page.locator(".alternative").first.wait_for()
    yield example
    if plan_of(example) != before:
        example.page.evaluate(UNDO, f"proposals/{AGS}/undo")
    assert plan_of(example) == before


def test_the_areas_page_leads_to_the_proposals(example) -> None:  # type: ignore[no-untyped-def]
    example.page.goto(f"{example.address}#/gebiete")
    example.page.get_by_role("link", name="Gebiete vorschlagen").click()
    example.page.get_by_role("heading", name="Gebiete vorschlagen", level=1).wait_for()
    assert example.page.locator("nav a[aria-current]").inner_text().startswith("Gebiete")


def test_the_positions_of_a_slider_have_words(example) -> None:  # type: ignore[no-untyped-def]
    show(example)
    words = []
    example.page.get_by_role("slider", name="Bevölkerung").focus()
    example.page.keyboard.press("Home")
    for _position in range(4):
        words.append(example.page.get_by_role("slider", name="Bevölkerung").get_attribute("aria-valuetext"))
        example.page.keyboard.press("ArrowRight")
    assert words == ["nicht berücksichtigen", "wenig", "mittel", "stark"]


def test_three_small_maps_stand_side_by_side_in_one_scale(compared) -> None:  # type: ignore[no-untyped-def]
    cards = compared.page.locator(".alternative")
    assert cards.count() == 3
    boxes = [cards.nth(place).locator("svg").bounding_box() for place in range(3)]
    assert len({(round(box["width"]), round(box["height"]), round(box["y"])) for box in boxes}) == 1
    sheets = {cards.nth(place).locator("svg").get_attribute("viewBox") for place in range(3)}
    assert len(sheets) == 1
    for place in range(3):
        areas = int(cards.nth(place).locator(".quality tr", has_text="Zahl der Gebiete").locator("td").inner_text())
        assert cards.nth(place).locator("path.areafill").count() == areas
        assert cards.nth(place).locator("text.code").count() == areas


def test_each_proposal_has_a_sentence_of_its_own_and_figures(compared) -> None:  # type: ignore[no-untyped-def]
    sentences = compared.page.locator(".sentence").all_inner_texts()
    assert len(set(sentences)) == 3
    assert all(sentence.endswith(".") for sentence in sentences)
    rows = compared.page.locator(".alternative").first.locator(".quality th").all_inner_texts()
    assert [row for row in ("kleinstes bis größtes", "unter 1.000 Einwohner", "zerschnitten") if row not in rows] == []
    assert {"Bevölkerung", "Bebauung", "Wohnungsmarkt"} <= set(rows)


def test_after_a_reload_proposals_and_sliders_are_as_they_were(compared) -> None:  # type: ignore[no-untyped-def]
    before = compared.page.locator(".alternatives").inner_html()
    show(compared)
    compared.page.locator(".alternative").first.wait_for()
    assert compared.page.locator(".alternatives").inner_html() == before
    assert compared.page.get_by_role("slider", name="Wohnungsmarkt").get_attribute("aria-valuetext") == "wenig"
    assert compared.page.get_by_role("slider", name="Möglichst runde").get_attribute("aria-valuetext") == "stark"


def test_a_click_enlarges_a_map_and_escape_returns_to_it(compared) -> None:  # type: ignore[no-untyped-def]
    show(compared)
    compared.page.locator(".enlarge").nth(1).click()
    dialog = compared.page.get_by_role("dialog")
    assert dialog.locator("svg.large").bounding_box()["width"] > 700
    assert dialog.locator("[aria-pressed=true]").inner_text() == "Vorschlag B"
    assert dialog.locator("tbody tr").count() == dialog.locator("svg.large path.areafill").count()
    assert broken_rules(compared.page) == []
    compared.page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    assert compared.page.evaluate("document.activeElement.className") == "enlarge"


def test_no_sentence_has_a_hole(compared) -> None:  # type: ignore[no-untyped-def]
    show(compared)
    text = compared.page.locator("main").inner_text()
    assert re.findall(r"\{\w+\}|NaN|undefined|null", text) == []


def test_the_page_breaks_no_rule_of_accessibility(compared) -> None:  # type: ignore[no-untyped-def]
    show(compared)
    assert broken_rules(compared.page) == []


@pytest.mark.parametrize("width", [320, 1024, 1440])
def test_the_page_does_not_scroll_sideways(compared, width: int) -> None:  # type: ignore[no-untyped-def]
    compared.page.set_viewport_size({"width": width, "height": 900})
    try:
        show(compared)
        compared.page.locator(".alternative").first.wait_for()
        too_wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert compared.page.evaluate(too_wide) <= 0
        if width == 1024:
            tops = [compared.page.locator(".alternative").nth(place).bounding_box()["y"] for place in range(3)]
            assert len(set(tops)) == 1
    finally:
        compared.page.set_viewport_size({"width": 1440, "height": 900})


def test_a_changed_slider_says_that_the_proposals_are_from_before(compared) -> None:  # type: ignore[no-untyped-def]
    show(compared)
    assert compared.page.locator(".stale").count() == 0
    move(compared.page, "Bevölkerung", 1)
    assert "Sie haben Vorgaben geändert" in compared.page.locator(".stale").inner_text()


def test_an_impossible_wish_gives_its_reasons_beside_the_form(compared) -> None:  # type: ignore[no-untyped-def]
    show(compared)
    page = compared.page
    page.get_by_role("radio", name="genau").check()
    page.get_by_role("spinbutton", name="Zahl der Gebiete").fill("90")
    hint = page.locator("#areas-fault")
    assert re.search(r"Mit diesen Grenzen sind \d+ bis \d+ Gebiete möglich", hint.inner_text())
    assert page.get_by_role("spinbutton", name="Zahl der Gebiete").get_attribute("aria-invalid") == "true"
    page.get_by_role("button", name="Vorschläge berechnen").click()
    alert = page.locator(".results .problem")
    alert.wait_for(timeout=MINUTES)
    assert "90 Gebiete" in alert.inner_text()
    assert page.get_by_role("spinbutton", name="Zahl der Gebiete").input_value() == "90"
    assert page.locator(".alternative").count() == 3


def test_one_is_taken_after_a_question_and_taken_back(compared) -> None:  # type: ignore[no-untyped-def]
    show(compared)
    before, page = plan_of(compared), compared.page
    others = [row for row in page.evaluate(ASK, "areas")["areas"] if row["municipality"] != AGS]
    card = page.locator(".alternative", has=page.locator(".take button:enabled")).last
    areas = int(card.locator(".quality tr", has_text="Zahl der Gebiete").locator("td").inner_text())
    card.get_by_role("button", name="Diesen Vorschlag übernehmen").click()
    question = page.get_by_role("dialog")
    assert "Die anderen Gemeinden bleiben, wie sie sind." in question.inner_text()
    question.get_by_role("button", name="Übernehmen", exact=True).click()
    page.get_by_role("heading", name="Gebiete", level=1).wait_for()
    page.get_by_text(f"Übernommen: {NAME}").wait_for()
    now = page.evaluate(ASK, "areas")
    assert now["plan"]["plan_id"] != before
    assert [row for row in now["areas"] if row["municipality"] != AGS] == others
    assert len(now["areas"]) - len(others) == areas
    page.get_by_role("button", name="Rückgängig machen").click()
    page.get_by_role("heading", name="Gebiete vorschlagen", level=1).wait_for()
    assert plan_of(compared) == before


def test_nothing_was_asked_of_anybody_else_and_nothing_failed(compared) -> None:  # type: ignore[no-untyped-def]
    assert compared.elsewhere == []
    assert compared.errors == []
