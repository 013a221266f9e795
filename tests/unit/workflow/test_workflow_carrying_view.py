"""What is shown of carrying: what lies outside hides small counts; one unit, errors, titles."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely

from address_town import HIDDEN_NUMBER, HIDDEN_STREET, address_town
from carried_village import DAY, FAMILIES, RECIPE, TWO_AREAS, district_delivery, district_map, families_delivery
from sozialraum import workflow
from sozialraum.addresses import read_house
from sozialraum.base import UsageError
from sozialraum.project import Project
from sozialraum.workflow import carrying_choice, carrying_view
from sozialraum.workflow.geographies import add_geography
from sozialraum.workflow.geography_files import GeographyFile

sys.path.insert(0, str(Path(__file__).parents[1] / "project"))
from project_world import new_project, village_plan


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with new_project(tmp_path / "p", editions=[DAY]) as opened:
        opened.save_plan(village_plan("Gebiete", TWO_AREAS))
        opened.save_recipe(RECIPE)
        opened.save_recipe(FAMILIES)
        add_geography(opened, GeographyFile(district_map(tmp_path)), "Stimmbezirke")
        yield opened


def outside(project: Project, **changed: Any) -> carrying_view.Outside:
    row = {
        "geography": "geo:stimmbezirke", "feature": "unemployed", "period": DAY, "low": 60.0, "high": 60.0,
        "status": "estimated", "of": 600.0,
    }  # fmt: skip
    project.save_results({}, {"carrying": {"outside": [row | changed]}})
    (found,) = carrying_view.outside_of(project, "stimmbezirke")
    return found


def test_what_lies_outside_is_a_number_with_its_share(project: Project) -> None:
    found = outside(project)
    assert (found.title, found.text, found.share) == ("Arbeitslose", "60,0", "10,0\u202f%")


@pytest.mark.parametrize(
    "changed",
    [
        {"low": 2.0, "high": 2.0},  # few outside
        {"low": 598.0, "high": 598.0},  # few inside
        {"low": 10.0, "high": 90.0, "status": "suppressed"},  # the source hides it
        {"low": 10.0, "high": None, "status": "suppressed"},
    ],
)
def test_small_counts_outside_stay_hidden_with_their_share(project: Project, changed: dict[str, Any]) -> None:
    found = outside(project, **changed)
    assert (found.text, found.share) == ("verborgen", "")


def test_nothing_of_other_geographies_is_shown(project: Project) -> None:
    project.save_results({}, {"carrying": {"outside": []}})
    assert carrying_view.outside_of(project, "stimmbezirke") == ()
    assert carrying_view.errors_of(project, "stimmbezirke") == ()


def test_features_are_called_by_title_or_head(project: Project, tmp_path: Path) -> None:
    workflow.deliver(project, district_delivery(tmp_path))
    workflow.deliver(project, families_delivery(tmp_path))
    named = carrying_view.titles(project, ["own_voters", "hh_children", "unknown"])
    assert named["own_voters"] == "Wahlberechtigte"
    assert named[""] == "alle anderen Merkmale"
    assert named["hh_children"] != "hh_children"
    assert named["unknown"] == "unknown"


def test_only_deliveries_in_force_count(project: Project, tmp_path: Path) -> None:
    assert project.geography_features() == {}
    workflow.deliver(project, families_delivery(tmp_path))
    assert project.geography_features() == {"stimmbezirke": ("hh_children", "hh_single_parent")}
    with pytest.raises(UsageError, match="gibt es Lieferungen"):
        project.remove_geography("stimmbezirke")
    project.withdraw_delivery(project.deliveries()["delivery_id"].iloc[0], why="falsches Jahr", role="Planung")
    assert project.geography_features() == {}
    project.remove_geography("stimmbezirke")
    project.close()
    assert Project.check(tmp_path / "p") == []


def test_errors_by_feature_over_the_areas(project: Project, tmp_path: Path) -> None:
    workflow.deliver(project, families_delivery(tmp_path))
    workflow.compute(project)
    found = {one.feature: one for one in carrying_view.errors_of(project, "stimmbezirke")}
    children = found["hh_children"]
    assert (children.carried, children.areas) == (2, 2)
    assert children.low is not None
    assert children.high is not None
    assert 0 < children.low <= children.high <= 100


def test_a_hidden_area_tells_no_error(project: Project, tmp_path: Path) -> None:
    """Two single parents in all: what stands in the areas is hidden, and so is how far it may be off."""
    file = tmp_path / "familien.csv"
    file.write_text("Stimmbezirk;Haushalte mit Kindern;Alleinerziehende\n0101;2;1\n0102;1;1\n0201;0;0\n0202;0;0\n")
    workflow.deliver(project, file)
    workflow.compute(project)
    found = {one.feature: one for one in carrying_view.errors_of(project, "stimmbezirke")}
    assert (found["hh_single_parent"].carried, found["hh_single_parent"].low) == (0, None)


def test_the_parts_of_a_unit_sum_to_one_with_what_lies_outside(project: Project) -> None:
    carrying_choice.choose(project, "stimmbezirke", "", "area", "Probe")
    found = carrying_view.weights_of_unit(project, "stimmbezirke", "", "0202")
    assert sum(one.part for one in found) == pytest.approx(1, abs=1e-9)
    assert [one.name for one in found] == ["2 Gebiet 2", "1 Gebiet 1", "außerhalb"]
    with pytest.raises(UsageError, match="gibt es nicht"):
        carrying_view.weights_of_unit(project, "stimmbezirke", "", "9999")


def test_weights_are_built_again_when_an_address_is_protected(tmp_path: Path) -> None:
    """What stands at a protected address counts nowhere, neither in weights."""
    with address_town(tmp_path / "town") as project:
        west, south, east, north = project.blocks().total_bounds
        middle = (west + east) / 2 + 1
        shapes = [shapely.box(west, south, middle, north), shapely.box(middle, south, east, north)]
        units = gpd.GeoDataFrame({"unit": ["1", "2"]}, geometry=shapes, crs="EPSG:25832")
        project.save_geography("halves", "Hälften", units)
        before = carrying_choice.available_weights(project, "halves")
        assert carrying_choice.available_weights(project, "halves")[0].fingerprint() == before[0].fingerprint()
        project.protect_address(HIDDEN_STREET, read_house(str(HIDDEN_NUMBER)))
        after = carrying_choice.available_weights(project, "halves")
        assert [one.kind for one in after] == ["addresses", "inhabitants", "area"]
        assert after[0].inputs != before[0].inputs


def test_a_project_whose_geography_is_gone_is_not_whole(project: Project, tmp_path: Path) -> None:
    workflow.deliver(project, families_delivery(tmp_path))
    project.close()
    assert Project.check(tmp_path / "p") == []
    with sqlite3.connect(tmp_path / "p" / "project.gpkg") as connection:
        connection.execute("DELETE FROM geographies")
    (finding,) = Project.check(tmp_path / "p")
    assert "unbekannte Gliederung „stimmbezirke“" in finding.what
