"""Where the system sets the colours (high contrast), states stay apart by shape, frame and filling; light and dark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from rules import broken_rules
from served import served
from workshop_desk import picture

import monday_town as monday

pytestmark = pytest.mark.slow
STYLE = "(node, name) => getComputedStyle(node).getPropertyValue(name)"
# What the system's own colours are in this browser just now
SYSTEM = """name => { const probe = document.createElement('i'); probe.style.color = name; document.body.append(probe);
  const found = getComputedStyle(probe).color; probe.remove(); return found; }"""


@dataclass
class Screen:
    page: Any
    address: str
    scheme: str

    def system(self, name: str) -> str:
        return str(self.page.evaluate(SYSTEM, name))

    def style(self, node: Any, name: str) -> str:
        return str(node.evaluate(STYLE, name))

    def broken_rules(self) -> list[Any]:
        """The contrast of the system's colours is the system's own."""
        return [rule for rule in broken_rules(self.page) if rule[0] != "color-contrast"]

    def picture(self, name: str) -> None:
        picture(self.page, f"kontrast-{self.scheme}-{name}")


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[tuple[str, Path]]:  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("forced")
    monday.make_project(folder / "p", folder / "files")
    monday.delivered_on_monday().write(folder / "files" / "Jugendamt_2025.xlsx")
    with served(folder, folder / "p") as found:
        yield found, folder / "files"


@pytest.fixture(params=["light", "dark"])
def screen(request, browser, address) -> Iterator[Screen]:  # type: ignore[no-untyped-def]
    page = browser.new_page(
        viewport={"width": 1280, "height": 1000}, locale="de-DE", forced_colors="active", color_scheme=request.param
    )
    page.set_default_timeout(15_000)
    page.goto(f"{address[0]}#/daten")
    page.get_by_role("heading", name="Neue Lieferung").wait_for()
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    yield Screen(page, address[0], request.param)
    page.close()


def icons_are_drawn(screen: Screen, where: str) -> None:
    """Every sign has the colour of text on the colour of the page, and its inner lines stand out."""
    text, ground = screen.system("CanvasText"), screen.system("Canvas")
    signs = screen.page.locator(f"{where} .icon")
    assert signs.count()
    for name, style, colour in (
        (".fill-done, .fill-look, .fill-error", "fill", text), (".stroke-card", "stroke", ground),
        (".stroke-muted, .stroke-accent", "stroke", text),
    ):  # fmt: skip
        found = signs.locator(name).evaluate_all(
            f"(nodes) => [...new Set(nodes.map(node => getComputedStyle(node).{style}))]"
        )
        assert found in ([colour], []), (name, found)


def test_the_list_of_deliveries(screen: Screen, address: tuple[str, Path]) -> None:
    page = screen.page
    page.locator("aside input[type=file]").set_input_files(address[1] / "Jugendamt_2025.xlsx")
    page.wait_for_url("**#/lieferung?id=*")
    page.goto(f"{screen.address}#/daten")
    page.get_by_role("region", name="Zu prüfen").wait_for()
    page.locator("details.delivery").first.wait_for()
    icons_are_drawn(screen, "main")
    ground, marked = screen.system("Canvas"), screen.system("Highlight")
    steps = page.locator(".steps a")
    frames = {step.inner_text(): screen.style(step, "border-bottom-color") for step in steps.all()}
    frames = {name: colour for name, colour in frames.items() if colour != ground}
    assert [(name[:5], colour) for name, colour in frames.items()] == [("Daten", marked)]
    tag = page.locator("details.delivery .tag").first
    assert screen.style(tag, "border-top-style") == "solid"
    assert screen.style(tag, "border-top-color") not in (ground, "rgba(0, 0, 0, 0)")
    screen.picture("daten")
    assert screen.broken_rules() == []


def test_the_review_of_a_delivery(screen: Screen, address: tuple[str, Path]) -> None:
    page = screen.page
    page.locator("aside input[type=file]").set_input_files(address[1] / "Jugendamt_2025.xlsx")
    page.wait_for_url("**#/lieferung?id=*")
    page.get_by_text("Befund").first.wait_for()
    if page.get_by_text("Spalte fehlt").count():
        page.get_by_role("region", name="Unterschiede zum Vorjahr").get_by_role("button", name="Ist dasselbe").click()
    page.get_by_text("Summe passt nicht: 12 zu wenig").first.wait_for()
    page.get_by_role("button", name="Summe passt nicht: 12 zu wenig, Zelle D12 zeigen").click()
    icons_are_drawn(screen, ".dl-findings")
    ground, marked = screen.system("Canvas"), screen.system("Highlight")
    chosen, other = page.locator(".dl-findings li.dl-chosen"), page.locator(".dl-findings li:not(.dl-chosen)").first
    assert screen.style(chosen, "border-left-color") == marked
    assert screen.style(other, "border-left-color") == ground
    # how each cell was read: no two kinds look alike, and their dark text stands on light ground in both
    looks = {}
    for role, cell in (("key", "A6"), ("head", "C4"), ("value", "C6"), ("total", "C12"), ("text", "A2")):
        shown = page.locator(f"td:has(> [data-cell={cell}])")
        expect(shown).to_contain_class(f"dl-{role}")
        looks[role] = (screen.style(shown, "background-color"), screen.style(shown, "box-shadow"))
        assert sum(map(int, re.findall(r"\d+", looks[role][0])[:3])) > 600
    assert len(set(looks.values())) == 5
    swatches = page.locator(".dl-legend i")
    assert len({screen.style(one, "background") + screen.style(one, "box-shadow") for one in swatches.all()}) == 6
    error, warning = page.locator("td.dl-error").first, page.locator("td.dl-warning").first
    assert [screen.style(one, "outline-style") for one in (error, warning)] == ["solid", "dashed"]
    screen.picture("lieferung")
    assert screen.broken_rules() == []


def test_the_gaps(screen: Screen) -> None:
    page = screen.page
    page.goto(f"{screen.address}#/luecken")
    page.get_by_role("button", name="2025", exact=True).click()
    cell = page.get_by_role("button", name=re.compile("Tagesbetreuung und Hilfen zur Erziehung nach Gebieten, Muster"))
    cell.click()
    panel = page.get_by_role("region", name="Gewählte Lücke")
    panel.get_by_label("Zuständig").fill("Jugendamt")
    panel.get_by_label("Frist").fill("2026-03-31")
    panel.get_by_role("button", name="Frist speichern").click()
    expect(cell).to_contain_text("verspätet")
    icons_are_drawn(screen, "main")
    shapes = page.locator(".rq-key .icon").evaluate_all("nodes => nodes.map(node => node.dataset.shape)")
    assert len(set(shapes)) == 5
    ground, marked = screen.system("Canvas"), screen.system("Highlight")
    there = page.locator(".rq-cell.there").first
    assert screen.style(there, "border-top-color") == ground
    assert (screen.style(cell, "border-top-color"), screen.style(cell, "border-top-width")) == (marked, "3px")
    years = page.locator(".button[aria-pressed]")
    filled = [one for one in years.all() if screen.style(one, "background-color") == marked]
    assert [(one.inner_text(), screen.style(one, "color")) for one in filled] == [
        ("2025", screen.system("HighlightText"))
    ]
    there.click()
    assert screen.style(cell, "border-top-color") == screen.system("CanvasText"), "late is framed, chosen or not"
    screen.picture("luecken")
    assert screen.broken_rules() == []
