"""Where a figure comes from, by mouse and keyboard; the internal view; a withdrawn delivery; numbers of inhabitants."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from rules import broken_rules
from served import served

import traced_village as village
from village import AGS

pytestmark = pytest.mark.slow
PICTURES = os.environ.get("SOZIALRAUM_PICTURES")
STEP = {"einwohnerzahlen": "daten"}


def picture(page, name: str) -> None:  # type: ignore[no-untyped-def]
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"))


@pytest.fixture(scope="module")
def desk(browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:  # type: ignore[no-untyped-def]
    """The village, served with its project open; one window for the tests of this file."""
    folder = tmp_path_factory.mktemp("trace_desk")
    village.make_project(folder / "project", folder / "files").close()
    with served(folder, folder / "project") as address:
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="de-DE")
        page.set_default_timeout(60_000)
        page.goto(address)
        page.address = address
        yield page
        page.close()


def show(page, name: str) -> None:  # type: ignore[no-untyped-def]
    """The page of this name; the bar above marks its step in the moment it takes the place of the one before."""
    page.goto(f"{page.address}#/{name}")
    page.locator(f"nav.steps a[href='#/{STEP.get(name, name)}'][aria-current]").wait_for()
    page.locator("main h1").first.wait_for()


def figure_of(page, row: str):  # type: ignore[no-untyped-def]
    return page.locator("tr", has=page.get_by_text(row)).locator(".tr-figure").last


def test_a_share_is_followed_to_its_cell(desk) -> None:  # type: ignore[no-untyped-def]
    show(desk, "indikatoren")
    desk.get_by_label("Indikator", exact=True).select_option("care_rate_03_06")
    desk.get_by_role("heading", name="Betreuung von 3 bis unter 6 Jahren").wait_for()
    figure_of(desk, "Mühlweiler").click()
    panel = desk.get_by_role("dialog", name="Woher kommt diese Zahl?")
    panel.locator(".tr-place").first.wait_for()
    said = panel.inner_text()
    assert "Mühlweiler: Blatt „Plätze“, Zeile 8, Spalte D." in said
    assert "Datei „jugendamt.xlsx“, erhalten am" in said
    assert "6 ganze Bausteine zusammengezählt, Stichtag 31.12.2025." in said
    box = panel.locator(".tr-chain").bounding_box()
    assert box["x"] >= 860  # long sentences break inside the panel
    assert panel.evaluate("box => box.scrollWidth <= box.clientWidth")
    picture(desk, "trace-panel")
    assert broken_rules(desk) == []


def test_escape_closes_it_and_the_focus_returns(desk) -> None:  # type: ignore[no-untyped-def]
    desk.keyboard.press("Escape")
    desk.get_by_role("dialog").wait_for(state="detached")
    assert "tr-figure" in desk.evaluate("document.activeElement.className")


def test_it_opens_by_keyboard_alone(desk) -> None:  # type: ignore[no-untyped-def]
    desk.keyboard.press("Enter")
    desk.get_by_role("dialog", name="Woher kommt diese Zahl?").wait_for()
    desk.keyboard.press("Escape")
    desk.get_by_role("dialog").wait_for(state="detached")


def test_what_is_hidden_shows_in_the_internal_view_alone(desk) -> None:  # type: ignore[no-untyped-def]
    desk.get_by_label("Indikator", exact=True).select_option("single_parent_share")
    desk.get_by_role("heading", name="Haushalte von Alleinerziehenden").wait_for()
    figure_of(desk, "Mühlweiler").click()
    panel = desk.get_by_role("dialog", name="Woher kommt diese Zahl?")
    panel.locator(".tr-steps").first.wait_for()
    assert "Vor dem Schutz" not in panel.inner_text()
    panel.get_by_label("Interne Ansicht").check()
    panel.get_by_text("Vor dem Schutz: 2").wait_for()
    expect(desk.locator("html.internal")).to_have_count(1)
    expect(panel.get_by_text("Interne Ansicht – nicht zeigen, nicht drucken")).to_be_visible()
    picture(desk, "trace-internal")
    assert broken_rules(desk) == []
    desk.emulate_media(media="print")
    expect(panel.get_by_text("Vor dem Schutz: 2")).to_be_hidden()
    desk.emulate_media(media="screen")
    panel.get_by_role("button", name="Schließen").click()
    desk.get_by_role("dialog").wait_for(state="detached")
    expect(desk.locator("html.internal")).to_have_count(0)


def test_index_need_and_profile_can_be_asked_too(desk) -> None:  # type: ignore[no-untyped-def]
    show(desk, "bedarf")
    figure_of(desk, "Altstadt").click()
    panel = desk.get_by_role("dialog", name="Woher kommt diese Zahl?")
    panel.get_by_text("Kita Am Tor: Zeile 2, Spalte F.").wait_for()
    assert "Schutzhof" not in panel.inner_text()
    picture(desk, "trace-need")
    desk.keyboard.press("Escape")
    show(desk, "index")
    figure_of(desk, "Altstadt").click()
    desk.get_by_role("dialog").get_by_text("Diese Indikatoren gehen mit gleichem Gewicht ein").wait_for()
    picture(desk, "trace-index")
    desk.keyboard.press("Escape")
    show(desk, "indikatoren")
    desk.get_by_role("button", name="Altstadt").click()
    profile = desk.locator("section.profile[aria-label=Gebietsprofil]")
    profile.get_by_role("button", name="Woher kommt diese Zahl?").first.click()
    desk.get_by_role("dialog").locator(".tr-said").wait_for()
    picture(desk, "trace-profile")
    desk.keyboard.press("Escape")


def test_numbers_of_inhabitants_stand_side_by_side(desk) -> None:  # type: ignore[no-untyped-def]
    show(desk, "einwohnerzahlen")
    row = desk.locator("tr", has=desk.get_by_role("rowheader", name="Musterdorf"))
    for text in ("1.440", "3.600 (+2.160)", "nicht geliefert"):
        expect(row).to_contain_text(text)
    expect(desk.get_by_label("amtliche Einwohnerzahl")).to_be_disabled()
    picture(desk, "populations")
    assert broken_rules(desk) == []


def test_affected_pages_say_that_a_delivery_was_withdrawn(desk) -> None:  # type: ignore[no-untyped-def]
    with desk.expect_response("**/api/trace/withdrawn") as withdrawn:
        show(desk, "indikatoren")
    assert withdrawn.value.json() == []
    desk.locator(".tr-figure").first.wait_for()
    expect(desk.locator(".tr-withdrawn")).to_have_count(0)
    rows = desk.evaluate("fetch('/api/deliveries').then(answer => answer.json())")
    youth = next(row for row in rows if row["file_name"] == "jugendamt.xlsx")
    answer = desk.evaluate(
        """id => fetch(`/api/deliveries/${id}/withdraw`, {method: 'POST', body: JSON.stringify(
        {why: 'Ein Gebiet fehlt', role: 'Jugendhilfeplanung'}),
        headers: {'Content-Type': 'application/json', 'x-sozialraum': '1'}}).then(answer => answer.status)""",
        youth["delivery_id"],
    )
    assert answer == 200
    desk.reload()
    note = desk.get_by_role("note", name="Zurückgezogene Lieferung")
    for name in ("indikatoren", "freigabe", "bericht"):
        show(desk, name)
        expect(note).to_contain_text("Beruht auf einer zurückgezogenen Lieferung: „Tagesbetreuung")
    show(desk, "indikatoren")
    desk.locator(".tr-figure").first.wait_for()
    picture(desk, "withdrawn")
    assert broken_rules(desk) == []
    note.get_by_role("button", name="Neu berechnen").click()
    note.wait_for(state="detached")


def test_the_panel_holds_on_a_narrow_screen(desk) -> None:  # type: ignore[no-untyped-def]
    desk.set_viewport_size({"width": 360, "height": 740})
    show(desk, "bedarf")
    figure_of(desk, "Altstadt").click()
    panel = desk.get_by_role("dialog", name="Woher kommt diese Zahl?")
    panel.get_by_text("Kita Am Tor").wait_for()
    assert panel.evaluate("box => box.scrollWidth <= box.clientWidth")
    assert panel.bounding_box()["width"] <= 360
    picture(desk, "trace-narrow")
    desk.keyboard.press("Escape")
    desk.set_viewport_size({"width": 1440, "height": 900})


def test_nothing_of_it_is_a_program_word(desk) -> None:  # type: ignore[no-untyped-def]
    show(desk, "indikatoren")
    desk.locator(".tr-figure").first.click()
    desk.get_by_role("dialog").locator(".tr-said").wait_for()
    said = desk.get_by_role("dialog").inner_text()
    assert AGS not in said.split("Baustein")[0]
    assert not any(word in said for word in ("null", "undefined", "object", "recipe", "hash"))
