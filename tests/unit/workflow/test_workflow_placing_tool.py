"""The Zuordnungswerkzeug as a file: what it holds, what it never holds, when there is none."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

import placing_town
import request_village
from sozialraum.addresses import House, mark, spelling_rules, street_key
from sozialraum.base import InputRefused, in_language
from sozialraum.project import Project
from sozialraum.workflow import placing_tool as tool

WHEN = "2026-11-28T10:00:00+00:00"
PAGE = (
    "<html><head><title></title></head><body>Liste wählen"
    '<script type="application/json" id="data">{}</script><script type="application/json" id="words">{}</script>'
    "</body></html>"
)


@pytest.fixture(autouse=True)
def _page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tool, "page_template", lambda _name: PAGE)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """One project for all tests that change nothing."""
    with placing_town.town_with_addresses(tmp_path_factory.mktemp("town") / "p") as found:
        yield found


@pytest.fixture
def project(tmp_path: Path) -> Project:
    with placing_town.town_with_addresses(tmp_path / "p") as found:
        yield found


def houses(data: dict) -> dict[tuple[str, str], list[str]]:
    """(municipality, street) -> numbers with the key of their area."""
    found = {}
    for one in data["streets"]:
        runs = list(zip(one["blocks"][::2], one["blocks"][1::2], strict=True))
        blocks = [block for count, block in runs for _time in range(count)]
        areas = [data["areas"][data["blockAreas"][block]]["key"] for block in blocks]
        ags = data["municipalities"][one["town"]]["ags"]
        found[(ags, one["street"])] = [f"{n} {a}" for n, a in zip(one["numbers"].split(" "), areas, strict=True)]
    return found


def test_every_address_is_there_with_its_area(town: Project) -> None:
    data = tool.tool_data(town, WHEN)
    found = houses(data)
    assert set(found) == {(ags, street) for ags in placing_town.TOWNS for street in placing_town.STREETS}
    main = found[("05999004", "Hauptstraße")]
    assert main[0] == "1 05999004-01"
    assert main[39] == "40 05999004-02"
    assert main[40] == "7a 05999004-01"
    assert len(data["areas"]) == 18
    assert data["spelling"] == spelling_rules()


def test_data_sets_of_areas_can_be_counted_for(town: Project) -> None:
    """Two come as the agency's tables: nobody counts those by hand. What a recipe reads keeps its feature."""
    sets = {one["id"]: one["columns"] for one in tool.tool_data(town, WHEN)["sets"]}
    assert list(sets) == ["betreuung", "angebote", "schuleingang"]
    assert sets["angebote"] == sets["schuleingang"] == []
    assert [column["feature"] for column in sets["betreuung"]] == ["care_03_06", "family_aid"]


def test_a_protected_address_stands_nowhere_in_the_file(project: Project) -> None:
    project.protect_address("Mühlenweg", House(13), "womens_shelter")
    data = tool.tool_data(project, WHEN)
    for ags in placing_town.TOWNS:
        assert not [one for one in houses(data)[(ags, "Mühlenweg")] if one.startswith("13 ")]
    protection = project.address_protection()
    text = json.dumps(data)
    assert protection.secret not in text
    assert not [digest for digest in protection.digests if digest in text]


def test_the_marks_of_protected_addresses_stand_among_others(project: Project) -> None:
    assert tool.tool_data(project, WHEN)["marks"] == []
    project.protect_address("Mühlenweg", House(13), "womens_shelter")
    data = tool.tool_data(project, WHEN)
    assert mark(data["salt"], street_key("Mühlenweg"), 13) in data["marks"]
    assert len(data["marks"]) >= 20
    assert tool.tool_data(project, WHEN)["marks"] == data["marks"]


def test_confirmed_spellings_travel(project: Project) -> None:
    import pandas as pd

    row = ("altegasse", "", "Mühlenweg", "52001", "05999002")
    names = ["written", "postcode", "street", "street_postcode", "municipality"]
    project.save_street_aliases(pd.DataFrame([row], columns=names))
    assert tool.tool_data(project, WHEN)["aliases"] == [dict(zip(names, row, strict=True))]


@pytest.mark.parametrize(
    ("number", "suffix", "word"),
    [(3, "", "3"), (3, "a", "3a"), (1, "1/2", "1.1/2"), (5, "a 1", "5a_1"), (3, "/1", "3/1"), (22, "-26", "22-26")],
)
def test_a_house_is_one_word(number: int, suffix: str, word: str) -> None:
    assert tool._house(number, suffix) == word


def test_the_same_project_gives_the_same_file(town: Project, tmp_path: Path) -> None:
    name, page = tool.placing_tool(town, WHEN)
    assert (name, page) == tool.placing_tool(town, WHEN)
    assert name == "zuordnungswerkzeug.html"
    assert json.loads(re.search(r'id="data">(.*?)</script>', page)[1])["plan"] == "Plan"  # type: ignore[index]
    assert tool.write_placing_tool(town, tmp_path).name == name
    assert tool.write_placing_tool(town, tmp_path / "neu" / "w.html").is_file()


def test_a_name_cannot_end_the_element_it_stands_in(project: Project) -> None:
    project.settings["name"] = "</script><b>Kreis & Co"
    page = tool.placing_tool(project, WHEN)[1]
    assert "<b>Kreis" not in page
    assert "<title>Adressen zuordnen: &lt;/script>&lt;b>Kreis &amp; Co</title>" in page


def test_without_addresses_the_way_to_them_is_named(tmp_path: Path) -> None:
    with request_village.nine_towns(tmp_path / "q") as project, pytest.raises(InputRefused) as refused:
        tool.placing_tool(project)
    assert refused.value.todo


def test_without_areas_there_is_no_tool(tmp_path: Path) -> None:
    with (
        Project.create(tmp_path / "q", name="Leer") as project,
        in_language("de"),
        pytest.raises(InputRefused, match="Gebiete"),
    ):
        tool.placing_tool(project)


def test_a_plan_on_earlier_blocks_is_refused(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else every address of the blocks that the plan does not know would lie nowhere, without a word."""
    plan = project.plan()
    assert plan is not None
    gone = next(block for block in project.addresses()["block_id"] if block.startswith("05999004"))
    earlier = replace(plan, assignment=plan.assignment.drop(gone))
    monkeypatch.setattr(tool, "current_plan", lambda _project: earlier)
    with in_language("de"), pytest.raises(InputRefused, match="früheren Fassung"):
        tool.tool_data(project, WHEN)
