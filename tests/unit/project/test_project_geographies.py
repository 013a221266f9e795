"""What a project keeps of source geographies, their weights and the choices between these."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from project_world import new_project

from sozialraum.base import InputRefused, UsageError
from sozialraum.carrying import Geography, by_area
from sozialraum.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with new_project(tmp_path / "p") as opened:
        yield opened


def halves(project: Project, **columns: object) -> gpd.GeoDataFrame:
    """The ground of all blocks cut into a western and an eastern half."""
    west, south, east, north = project.blocks().total_bounds
    middle = (west + east) / 2
    shapes = [shapely.box(middle, south, east, north), shapely.box(west, south, middle, north)]
    return gpd.GeoDataFrame({"unit": ["2", "1"], "name": ["Ost", "West"], **columns}, geometry=shapes, crs="EPSG:25832")


def matrix(project: Project) -> object:
    blocks = Geography.of(project.blocks(), "block_id", "block")
    return by_area(Geography.of(project.geography_units("wards"), "unit", "geo:wards"), blocks, built_on="2025-01-01")


def test_units_come_back_sorted_in_the_projects_coordinates(project: Project) -> None:
    project.save_geography("wards", "Stimmbezirke", halves(project, inhabitants=[3.0, 4.0]).to_crs(3857))
    units = project.geography_units("wards")
    assert units["unit"].tolist() == ["1", "2"]
    assert units["inhabitants"].tolist() == [4.0, 3.0]
    assert units["dwellings"].isna().all()
    assert units.crs.to_epsg() == 25832
    assert project.geography_names("wards") == {"1": "West", "2": "Ost"}
    kept = project.geographies()
    assert kept[["code", "title", "kind"]].values.tolist() == [["wards", "Stimmbezirke", "shapes"]]
    assert project.events()["what"].iloc[-1] == "Gliederung „Stimmbezirke“ aufgenommen"


def test_a_name_stands_for_one_state_of_the_borders(project: Project) -> None:
    project.save_geography("wards", "Stimmbezirke", halves(project))
    for code, title in (("wards", "Anderes"), ("wards_2", "Stimmbezirke")):
        with pytest.raises(UsageError, match="gibt es schon"):
            project.save_geography(code, title, halves(project))
    assert len(project.geographies()) == 1


def test_shapes_that_cannot_be_used_leave_nothing_behind(project: Project) -> None:
    twice = halves(project).assign(unit="1")
    with pytest.raises(InputRefused):
        project.save_geography("wards", "Stimmbezirke", twice)
    assert project.geographies().empty
    assert project.geography_units("wards") is None


def test_keys_come_back_with_their_shares(project: Project) -> None:
    keys = pd.DataFrame({"source": ["b", "a", "b"], "target": ["A", "B", "C"], "weight": [0.25, float("nan"), 0.75]})
    project.save_geography("quarters", "Ortsteile", keys, kind="keys")
    kept = project.geography_keys("quarters")
    assert kept[["source", "target"]].values.tolist() == [["a", "B"], ["b", "A"], ["b", "C"]]
    assert kept["weight"].iloc[1:].tolist() == [0.25, 0.75]
    assert project.geography_units("quarters") is None
    assert project.geography_names("quarters") == {"a": "", "b": ""}


def test_weights_are_kept_once_by_version_of_the_blocks(project: Project) -> None:
    project.save_geography("wards", "Stimmbezirke", halves(project))
    made = matrix(project)
    project.save_matrices("wards", 1, (made, made))
    project.save_matrices("wards", 1, (made,))
    (kept,) = project.matrices("wards", 1)
    assert kept.fingerprint() == made.fingerprint()
    assert project.matrices("wards", 2) == ()
    assert project.kept_matrices()["built_on"].tolist() == ["2025-01-01"]


def test_the_last_choice_holds_and_makes_results_old(project: Project) -> None:
    project.save_geography("wards", "Stimmbezirke", halves(project))
    project.save_results({}, {})
    assert not project.results_are_stale()
    project.choose_weights("wards", "", "area", "Probe")
    assert project.results_are_stale()
    project.choose_weights("wards", "", "addresses", "Adressen liegen jetzt vor", role="Planung")
    assert project.weight_choices()["kind"].tolist() == ["area", "addresses"]
    with pytest.raises(UsageError, match="gibt es nicht"):
        project.choose_weights("nowhere", "", "area", "")


def test_a_geography_goes_with_its_weights_unless_values_rest_on_it(project: Project) -> None:
    project.save_geography("wards", "Stimmbezirke", halves(project))
    project.save_matrices("wards", 1, (matrix(project),))
    project.choose_weights("wards", "", "area", "Probe")
    project.remove_geography("wards")
    assert project.geographies().empty
    assert project.kept_matrices().empty
    assert project.weight_choices().empty
    assert project.geography_units("wards") is None
    with pytest.raises(UsageError, match="gibt es nicht"):
        project.remove_geography("wards")
