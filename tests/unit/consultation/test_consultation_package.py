"""What a package holds - and that nothing stands in it that was not released."""

from __future__ import annotations

import json
import re
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from consultation_village import area, block, step, village_base, village_plan, village_project
from sozialraum import consultation, indicators
from sozialraum.base import ProjectRefused
from sozialraum.consultation.page import filled
from sozialraum.plans import drafts
from sozialraum.project import Project
from sozialraum.workflow import add_edit, begin_draft, consulting
from village import AGS, draw_municipality, village_blocks

TEMPLATE = (
    '<!doctype html><html><head><title></title></head><body><script type="application/json" id="data">{}</script>'
    '<script type="application/json" id="words">{}</script><script>t("Gebiet wählen")</script></body></html>'
)
VALUES = ["indicator", "level", "unit", "period", *consultation.figures.NUMBERS, "status", "versus", "scope", "note"]


@pytest.fixture(autouse=True)
def template(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consulting.consultation, "page_template", lambda: TEMPLATE)


def occasion(**other: str) -> consultation.Occasion:
    given = {"project": "Musterkreis", "plan_id": "p1", "state_id": "p1", "title": "Vorschlag", "status": "proposal"}
    return consultation.Occasion(**(given | {"written": "2026-11-28T08:00:00+00:00"} | other))


def package(blocks: gpd.GeoDataFrame | None = None, **other: object) -> consultation.Package:
    lines = gpd.GeoDataFrame(
        {"kind": ["street", "railway"], "name": ["Am Bach", "Bahnlinie"]},
        geometry=[shapely.LineString([(300_000, 5_599_750), (300_600, 5_599_750)])] * 2,
        crs="EPSG:25832",
    )
    blocks = village_blocks() if blocks is None else blocks
    return consultation.make_package(
        draw_municipality().iloc[0], blocks, village_plan(), occasion(), lines=lines, **other
    )  # type: ignore[arg-type]


def row(
    unit: str, status: str = "observed", number: float = 12.0, indicator: str = "share_under_6"
) -> dict[str, object]:
    numbers = dict.fromkeys(consultation.figures.NUMBERS, number)
    level = "area" if "-" in unit else "region" if unit == "region" else "municipality"
    words = {"versus": "none", "scope": "", "note": ""}
    return (
        {"indicator": indicator, "level": level, "unit": unit, "period": "2025-12-31", "status": status}
        | numbers
        | words
    )


def test_the_same_package_gives_the_same_bytes() -> None:
    first, second = package(), package()
    assert consultation.package_page(first, TEMPLATE) == consultation.package_page(second, TEMPLATE)
    assert first.package_id == second.package_id
    assert package(village_blocks().assign(population=5)).package_id != first.package_id


def drawn_box(path: str) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of a path of relative steps."""
    start, steps = path.removeprefix("M").removesuffix("z").split("l")
    x, y = map(int, start.split())
    numbers = [int(number) for number in re.findall(r"-?\d+", steps)]
    corners = [(x, y)]
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        corners.append((x, y))
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def test_blocks_areas_and_background_are_there() -> None:
    content = package().content
    assert [(one["code"], one["name"], one["people"]) for one in content["areas"]] == [
        ("1", "Altstadt", 1200), ("2", "Nordfeld", 1500), ("3", "Mühlweiler", 900),
    ]  # fmt: skip
    assert content["blocks"]["id"] == [block(letter) for letter in "ABCDEFJKLghi"]
    assert drawn_box(content["blocks"]["path"][0]) == (0, 0, 200, 200)
    assert (content["blocks"]["x"][0], content["blocks"]["y"][0]) == (100, 100)
    assert content["map"]["streets"] == [{"name": "Am Bach", "path": "M0 250l600 0"}]
    assert content["map"]["rails"][0]["name"] == "Bahnlinie"


def test_only_rounded_inhabitants_leave() -> None:
    blocks = village_blocks()
    blocks["population"] = [51, 22, 68, 499, 13, 92, 92, 41, 301, 0, 0, 0]
    content = package(blocks).content
    assert content["step"] == 5
    assert content["blocks"]["people"] == [50, 20, 70, 500, 15, 90, 90, 40, 300, 0, 0, 0]
    assert [one["people"] for one in content["areas"]] == [140, 605, 435]


def test_the_step_grows_where_a_sum_would_give_a_block_away() -> None:
    """1 + 2 + 7 = 10: by steps of five (0, 0, 5) nothing but 2 + 1 + 7 or 1 + 2 + 7 or 2 + 2 + 6 would be left."""
    blocks = village_blocks()
    blocks["population"] = [1, 2, 7, 499, 13, 88, 92, 41, 301, 0, 0, 0]
    content = package(blocks).content
    assert content["step"] == 10
    assert content["blocks"]["people"] == [0, 0, 10, 500, 10, 90, 90, 40, 300, 0, 0, 0]


def test_hidden_figures_travel_as_a_word() -> None:
    values = pd.DataFrame(
        [row(area("1")), row(area("2"), "suppressed", 7.25), row(area("3"), "missing", 3.5), row(AGS), row("region")],
        columns=VALUES,
    )
    same = consultation.same_areas(village_plan().assignment, village_plan().assignment)
    found = consultation.released_figures(values, indicators.definitions(), same, AGS)
    by_unit = {one["unit"]: one for one in found["rows"]}
    assert by_unit[area("1")]["share_low"] == 12.0
    for unit, status in ((area("2"), "suppressed"), (area("3"), "missing")):
        assert by_unit[unit]["status"] == status
        assert {by_unit[unit][name] for name in consultation.figures.NUMBERS} == {None}
    assert "7.25" not in json.dumps(found)


def test_figures_of_other_areas_and_other_cuts_stay_out() -> None:
    values = pd.DataFrame([row(area("1")), row(area("2")), row("05999008-01")], columns=VALUES)
    moved = village_plan().apply(step("C > 2"))
    same = consultation.same_areas(moved.assignment, village_plan().assignment)
    assert same == {area("3"): area("3")}
    assert consultation.released_figures(values, indicators.definitions(), same, AGS)["rows"] == []


def secret_project(folder: Path) -> Project:
    """A village in which everything that must not leave carries a number or word of its own."""
    project = village_project(folder)
    blocks = project.blocks()
    blocks["social_benefits"] = 0.987123
    lines = gpd.GeoDataFrame({"kind": [], "name": []}, geometry=[], crs="EPSG:25832")
    project.save_layers(draw_municipality(low=200), blocks, lines)
    draft = begin_draft(project, AGS, role="Amt 58", title="Fassung 1")
    edit = step("C > 2", why="Geheimer Grund", role="Amt 58")
    add_edit(project, draft.draft_id, drafts.state_id(draft), edit)
    project.save_comment(ags=AGS, draft_id=draft.draft_id, text="Interner Kommentar", role="Amt 58", area_id=area("1"))
    values = pd.DataFrame([row(area("3"), "suppressed", 41.625), row(area("1"), number=0.5)], columns=VALUES)
    counts = pd.DataFrame(
        [["area", area("3"), "pop_foreign", "2025-12-31", 4.125, 4.125, "observed", "Zeile 9", "", ""]],
        columns=["level", "unit", "feature", "period", "low", "high", "status", "provenance", "scope", "note"],
    )
    record = {"plan_id": village_plan().plan_id, "fingerprint": "GS3H-B1T8"}
    project.save_results({"indicator_values": values, "area_counts": counts}, {"release": record})
    return project


SECRETS = ("0.987123", "social_", "housing_", "building_", "Geheimer Grund", "Interner Kommentar", "41.625", "4.125")


@pytest.mark.parametrize("of_draft", [False, True])
def test_nothing_internal_stands_in_the_file(tmp_path: Path, of_draft: bool) -> None:
    with secret_project(tmp_path) as project:
        draft_id = project.drafts(AGS)[0].draft_id if of_draft else ""
        name, page = consulting.issue_package(project, AGS, draft_id)
    assert name == f"abstimmung-{AGS}.html"
    assert [secret for secret in SECRETS if secret in page] == []
    content = json.loads(re.search(r'id="data">(.*?)</script>', page, re.DOTALL)[1])  # type: ignore[index]
    assert content["check_number"] == "GS3H-B1T8"
    assert content["draft_id"] == draft_id
    assert set(content["blocks"]) == {"id", "area", "people", "open", "path", "x", "y", "edges", "locked"}
    shown = {one["unit"] for one in content["figures"]["rows"]}
    assert shown == ({area("3")} if of_draft else {area("1"), area("3")})


def test_only_named_kinds_of_places_are_drawn() -> None:
    places = gpd.GeoDataFrame(
        {"kind": ["school", "womens_shelter", "care_home"], "name": ["Grundschule", "Zuflucht", "Haus Ruh"]},
        geometry=[shapely.Point(300_050, 5_599_950)] * 3,
        crs="EPSG:25832",
    )
    drawn = package(places=places).content["map"]["places"]
    assert drawn == [{"kind": "school", "name": "Grundschule", "x": 50, "y": 50}]


def test_data_cannot_end_the_element_it_stands_in() -> None:
    page = filled(TEMPLATE, "data", json.dumps({"name": "</script><script>alert(1)</script>\u2028"}))
    assert page.count("<script") == TEMPLATE.count("<script")
    assert json.loads(re.search(r'id="data">(.*?)</script>', page, re.DOTALL)[1])["name"].startswith("</script>")  # type: ignore[index]


def test_only_words_of_the_page_travel() -> None:
    english = {"Gebiet wählen": "Choose an area", "Lieferung zurückziehen": "Withdraw delivery"}
    assert consultation.page.words_in(TEMPLATE, english) == {"Gebiet wählen": "Choose an area"}


def test_a_program_without_pages_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(consultation.page, "files", lambda _name: tmp_path)
    with pytest.raises(ProjectRefused, match="nicht mit eingebaut"):
        consultation.page.page_template()


def test_the_base_is_what_answers_are_compared_with() -> None:
    made = package()
    assert consultation.Base.from_json(AGS, json.loads(json.dumps(made.base))) == village_base()


def test_a_municipality_without_upper_bound_gets_its_package() -> None:
    town = draw_municipality().assign(size_high=float("inf")).iloc[0]
    lines = gpd.GeoDataFrame({"kind": [], "name": []}, geometry=[], crs="EPSG:25832")
    made = consultation.make_package(town, village_blocks(), village_plan(), occasion(), lines=lines)
    assert json.loads(made.to_json())["size_high"] is None
