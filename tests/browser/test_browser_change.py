"""Why a value changed, below the figure of an area and of the region: by mouse and keyboard, wide and narrow."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from rules import broken_rules
from served import served

import changed_village as village

pytestmark = pytest.mark.slow
PICTURES = os.environ.get("SOZIALRAUM_PICTURES")
QUESTION = "Warum hat sich der Wert verändert?"


def picture(page, name: str) -> None:  # type: ignore[no-untyped-def]
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"))


@pytest.fixture(scope="module")
def desk(browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:  # type: ignore[no-untyped-def]
    """The village with its two editions, served with its project open."""
    folder = tmp_path_factory.mktemp("change_desk")
    village.make_project(folder / "project", folder / "files").close()
    with served(folder, folder / "project") as address:
        page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="de-DE")
        page.set_default_timeout(60_000)
        page.goto(f"{address}#/indikatoren")
        page.get_by_label("Indikator", exact=True).select_option("single_parent_share")
        page.get_by_role("heading", name="Haushalte von Alleinerziehenden", exact=True).wait_for()
        yield page
        page.close()


def choose(page, area: str) -> None:  # type: ignore[no-untyped-def]
    page.get_by_label("Gebiet suchen").fill(area)
    page.get_by_label("Gebiet suchen").press("Enter")
    page.get_by_role("region", name="Gebietsprofil").get_by_role("heading", name=area).wait_for()


def numbers(page) -> list[str]:  # type: ignore[no-untyped-def]
    return page.locator(".ch-list li").all_inner_texts()


def test_the_region_says_why(desk) -> None:  # type: ignore[no-untyped-def]
    desk.get_by_role("button", name=QUESTION).click()
    desk.locator(".ch-sentence").wait_for()
    assert (
        desk.locator(".ch-sentence")
        .inner_text()
        .startswith("Der Wert stieg von 23,6\u202f% (2023) auf 27,0\u202f% (2025)")
    )
    assert [line.split("\n")[-1] for line in numbers(desk)] == ["−0,3", "+3,7", "+3,4"]


def test_an_area_whose_ground_changed_by_keyboard(desk) -> None:  # type: ignore[no-untyped-def]
    choose(desk, "Nordfeld")
    question = desk.get_by_role("button", name=QUESTION)
    assert question.get_attribute("aria-expanded") == "false"
    question.focus()
    desk.keyboard.press("Enter")
    desk.locator(".ch-sentence").wait_for()
    assert question.get_attribute("aria-expanded") == "true"
    assert question.evaluate("button => button === document.activeElement")
    labels = [line.split("\n")[-2] for line in numbers(desk)]
    assert labels == ["andere Grenzen", "andere Zahl der Haushalte", "veränderte Fälle", "zusammen"]
    assert desk.get_by_text("Der frühere Wert steht im Bericht vom 01.03.2024, in den damaligen Grenzen.").count() == 1
    picture(desk, "change-area")
    assert broken_rules(desk) == []


def test_the_bar_lies_to_both_sides_of_zero(desk) -> None:  # type: ignore[no-untyped-def]
    zero = desk.locator(".ch-zero").bounding_box()
    boundaries = desk.locator(".ch-piece.ch-boundaries").bounding_box()
    cases = desk.locator(".ch-piece.ch-cases").bounding_box()
    assert boundaries["x"] + boundaries["width"] <= zero["x"] + 2
    assert cases["x"] >= zero["x"] - 1
    assert 4 < cases["width"] / boundaries["width"] < 6  # +4,9 beside −1,0
    bar = desk.locator(".ch-bar").bounding_box()
    assert bar["x"] <= boundaries["x"]
    assert cases["x"] + cases["width"] <= bar["x"] + bar["width"] + 1


def test_parts_known_within_bounds_are_striped_and_say_how_far_off(desk) -> None:  # type: ignore[no-untyped-def]
    desk.get_by_label("Indikator", exact=True).select_option("care_rate_03_06")
    desk.get_by_role("heading", name="Betreuung von 3 bis unter 6 Jahren", exact=True).wait_for()
    choose(desk, "Altstadt")
    if desk.get_by_role("button", name=QUESTION).get_attribute("aria-expanded") == "false":
        desk.get_by_role("button", name=QUESTION).click()
    desk.locator(".ch-piece.ch-unsure").first.wait_for()
    assert any(" bis " in line for line in numbers(desk))
    assert desk.get_by_text("Abweichung etwa").count() >= 1
    picture(desk, "change-bounds")
    assert broken_rules(desk) == []


def test_narrow_pages_need_no_scrolling_to_the_side(desk) -> None:  # type: ignore[no-untyped-def]
    for width in (760, 320):
        desk.set_viewport_size({"width": width, "height": 800})
        desk.locator(".ch-bar").scroll_into_view_if_needed()
        assert desk.locator(".ch-room").evaluate("room => room.scrollWidth <= room.clientWidth + 1")
        picture(desk, f"change-{width}")
    assert broken_rules(desk) == []
    desk.set_viewport_size({"width": 1280, "height": 900})


def test_the_first_edition_has_nothing_to_compare_with(desk) -> None:  # type: ignore[no-untyped-def]
    desk.get_by_label("Stichtag", exact=True).select_option(village.FIRST)
    desk.get_by_role("button", name=QUESTION).wait_for(state="detached")
