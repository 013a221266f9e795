"""From the start page to a downloaded report, without a terminal."""

from __future__ import annotations

import re
from base64 import b64encode
from pathlib import Path

import pytest
from rules import broken_rules

PAGES = [
    "start", "stand", "gebiete", "daten", "indikatoren", "index", "bedarf", "freigabe", "bericht", "auskunft", "hilfe",
]  # fmt: skip
WITH_MAP = ("gebiete", "indikatoren", "index")
FORBIDDEN = re.compile(
    r"\b(z-Wert|LISA|FDR|2SFCA|LP|TOML|GeoPackage|gpkg|recipe|Rezept|[Hh]ash|NaN|undefined|object Object)\b"
)

pytestmark = pytest.mark.slow


def show(visit, page: str) -> None:  # type: ignore[no-untyped-def]
    """Go to a page and wait until it is drawn, its map included."""
    visit.page.goto(f"{visit.address}#/{page}")
    visit.page.locator("main h1").first.wait_for()
    visit.page.wait_for_load_state("networkidle")
    if page in WITH_MAP:
        visit.page.locator(".map[data-map=drawn]").wait_for(timeout=60_000)


def test_the_start_page_offers_three_ways(visit) -> None:  # type: ignore[no-untyped-def]
    headings = visit.page.locator(".choices h2").all_inner_texts()
    assert headings == ["Neues Projekt", "Projekt öffnen", "Beispiel ansehen"]


def test_the_example_stands_finished_with_seven_steps(example) -> None:  # type: ignore[no-untyped-def]
    titles = example.page.locator(".rows h3").all_inner_texts()
    assert titles == ["Gebiete", "Daten", "Indikatoren", "Index", "Bedarf", "Freigabe", "Bericht"]
    assert example.page.locator(".mark").inner_text() == "Beispielzahlen"


def test_the_report_is_downloaded(example, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    show(example, "bericht")
    with example.page.expect_download() as started:
        example.page.get_by_role("link", name="PDF herunterladen").first.click()
    file = tmp_path / "report.pdf"
    started.value.save_as(file)
    assert file.read_bytes().startswith(b"%PDF-")
    assert file.stat().st_size > 100_000


def test_a_click_on_the_map_shows_the_profile_of_the_area(example) -> None:  # type: ignore[no-untyped-def]
    show(example, "indikatoren")
    box = example.page.locator(".mapcard canvas").bounding_box()
    example.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    profile = example.page.locator("section.profile[aria-label=Gebietsprofil]")
    profile.wait_for()
    assert "Sozialraum" in profile.inner_text()
    assert re.search(r"Kreis insgesamt", profile.inner_text())


COUNT_COLOURS = """async picture => {
  const image = new Image();
  image.src = `data:image/png;base64,${picture}`;
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), {width: image.width, height: image.height});
  const pen = canvas.getContext('2d');
  pen.drawImage(image, 0, 0);
  const bytes = pen.getImageData(0, 0, image.width, image.height).data, seen = {};
  for (let at = 0; at < bytes.length; at += 4) {
    const colour = '#' + [...bytes.slice(at, at + 3)].map(byte => byte.toString(16).padStart(2, '0')).join('');
    seen[colour] = (seen[colour] || 0) + 1;
  }
  return seen;
}"""


def test_the_map_is_coloured_and_not_blank(example) -> None:  # type: ignore[no-untyped-def]
    show(example, "index")
    picture = example.page.locator(".mapcard .map").screenshot()
    seen = example.page.evaluate(COUNT_COLOURS, b64encode(picture).decode())
    # Handlungsbedarf gering, mittel and sehr hoch, as in the legend.
    assert [colour for colour in ("#f0eaf3", "#c9b5d6", "#4f2a6b") if seen.get(colour, 0) < 300] == []


def test_the_whole_map_of_areas_stands_inside_the_window(example) -> None:  # type: ignore[no-untyped-def]
    show(example, "gebiete")
    box = example.page.locator(".mapbox canvas").bounding_box()
    assert box["y"] + box["height"] <= 900
    assert box["height"] > 500


def test_the_table_lists_every_area_of_the_map(example) -> None:  # type: ignore[no-untyped-def]
    show(example, "indikatoren")
    areas = example.page.evaluate("fetch('/api/areas').then(answer => answer.json()).then(all => all.areas.length)")
    assert example.page.locator("tbody tr:not(.subtotal)").count() == areas
    assert areas >= 77


def test_everything_can_be_reached_by_keyboard(example) -> None:  # type: ignore[no-untyped-def]
    show(example, "stand")
    example.page.reload()
    example.page.locator("main h1").wait_for()
    example.page.keyboard.press("Tab")
    assert example.page.evaluate("document.activeElement.textContent") == "Zum Inhalt"
    for _step in range(3):
        example.page.keyboard.press("Tab")
    focused = "getComputedStyle(document.activeElement)"
    assert example.page.evaluate(f"{focused}.outlineWidth") == "3px"
    example.page.keyboard.press("Enter")
    example.page.wait_for_url("**/#/gebiete")
    outline = example.page.evaluate(
        "getComputedStyle(document.querySelector('a:focus-visible') || document.body).outlineWidth"
    )
    assert outline in ("3px", "0px", "1px")


def test_a_new_page_takes_the_focus_to_its_heading(example) -> None:  # type: ignore[no-untyped-def]
    show(example, "stand")
    show(example, "hilfe")
    assert example.page.evaluate("document.activeElement.tagName + document.activeElement.textContent") == "H1Hilfe"


def test_english_is_one_click_away_and_back(example) -> None:  # type: ignore[no-untyped-def]
    show(example, "hilfe")
    example.page.get_by_role("button", name="English").click()
    example.page.locator("html[lang=en]").wait_for()
    example.page.get_by_role("button", name="Deutsch").click()
    example.page.locator("html[lang=de]").wait_for()
    assert example.page.locator("h1").inner_text() == "Hilfe"


def test_an_english_answer_that_comes_late_does_not_stay(example) -> None:  # type: ignore[no-untyped-def]
    def late(route, request) -> None:  # type: ignore[no-untyped-def]
        if request.headers.get("x-sozialraum-language") == "en":
            held.append(route)
        else:
            route.continue_()

    held: list[object] = []
    show(example, "hilfe")
    example.page.route("**/api/state", late)
    example.page.get_by_role("button", name="English").click()
    example.page.locator("html[lang=en]").wait_for()
    example.page.get_by_role("button", name="Deutsch").click()
    example.page.locator("html[lang=de]").wait_for()
    with example.page.expect_response("**/api/state"):
        held[0].continue_()  # type: ignore[attr-defined]
    example.page.unroute("**/api/state", late)
    assert example.page.locator("nav.steps").inner_text().startswith("Arbeitsstand\nGebiete")


@pytest.mark.parametrize("page", PAGES)
def test_no_page_breaks_a_rule_of_accessibility(example, page: str) -> None:  # type: ignore[no-untyped-def]
    show(example, page)
    assert broken_rules(example.page) == []


@pytest.mark.parametrize("width", [320, 1024, 1440])
@pytest.mark.parametrize("page", PAGES)
def test_no_page_scrolls_sideways(example, page: str, width: int) -> None:  # type: ignore[no-untyped-def]
    example.page.set_viewport_size({"width": width, "height": 900})
    try:
        show(example, page)
        too_wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert example.page.evaluate(too_wide) <= 0
    finally:
        example.page.set_viewport_size({"width": 1440, "height": 900})


@pytest.mark.parametrize("page", PAGES)
def test_no_method_word_and_no_hole_in_a_sentence(example, page: str) -> None:  # type: ignore[no-untyped-def]
    show(example, page)
    text = example.page.locator("body").inner_text()
    assert FORBIDDEN.findall(text) == []
    assert re.findall(r"\{\w+\}", text) == []


def test_nothing_was_asked_of_anybody_else_and_nothing_failed(example) -> None:  # type: ignore[no-untyped-def]
    for page in PAGES:
        show(example, page)
    assert example.elsewhere == []
    assert example.errors == []
