"""What counts as there: facilities, files of the whole region, two forms of one data set; and what is not due yet."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from request_village import NINE_TOWNS, asking_project, nine_towns
from sozialraum.deliveries import Reading, recipes
from sozialraum.deliveries.reading import FACILITY_COLUMNS, no_observations
from sozialraum.project import Project
from sozialraum.workflow import catalogue_search, gaps
from village import AGS

TODAY = "2026-11-28"
BY_CODE = {recipe.code: recipe for recipe in recipes()}


@pytest.fixture
def project(tmp_path):
    with nine_towns(tmp_path / "p") as made:
        yield made


def deliver(project: Project, folder, code: str, towns=(), facilities=None, period="2025-12-31") -> str:
    file = folder / f"{code}.csv"
    file.write_text(code)
    recipe = BY_CODE[code]
    reading = Reading(recipe, no_observations(), facilities, (period,), 1, 0, (), (), municipalities=tuple(towns))
    return project.add_delivery(file, reading)


def states(project: Project, data_set: str, year: str = "2025") -> set[tuple[str, str]]:
    matrix = gaps.gap_matrix(project, TODAY)
    return {(ags, cell.state) for ags, _name in matrix.municipalities if (cell := matrix.cell(data_set, ags, year))}


def facility(block: str, *, protected: bool = False) -> dict[str, object]:
    values = ("1", "Kita", "daycare", block, "00_06", 40.0, 40.0, "observed", "Zeile 2", "2025-12-31", protected)
    return dict(zip(FACILITY_COLUMNS, values, strict=True))


def test_facilities_are_there_for_the_municipalities_they_stand_in(project, tmp_path):
    blocks = [f"{ags}-A" for ags in list(NINE_TOWNS)[:2]]
    frame = pd.DataFrame([facility(block) for block in blocks] + [facility("", protected=True)])
    deliver(project, tmp_path, "facilities", facilities=frame)
    there = {ags for ags, state in states(project, "facilities") if state == "there"}
    assert there == set(list(NINE_TOWNS)[:2])


def test_a_file_of_the_whole_region_is_there_for_every_municipality(project, tmp_path):
    deliver(project, tmp_path, "inkar_income")
    assert states(project, "inkar_income") == {(ags, "there") for ags in NINE_TOWNS}


def test_a_register_in_either_form_is_one_data_set(tmp_path):
    with asking_project(tmp_path / "p", records=False) as project:
        records = deliver(project, tmp_path, "register_records", [AGS], period="2024-12-31")
        assert [one.data_set_id for one in gaps.gap_matrix(project, TODAY).data_sets] == ["register"]
        summed = deliver(project, tmp_path, "register", [AGS])
        matrix = gaps.gap_matrix(project, TODAY)
        assert [one.data_set_id for one in matrix.data_sets] == ["register"]
        assert [matrix.cell("register", AGS, year).deliveries for year in ("2024", "2025")] == [(records,), (summed,)]
        catalogue_search.keep_proposed(project)
        assert catalogue_search.proposed(project) == ((), ())


def test_forms_are_the_same_data_only_with_the_same_features_and_units():
    forms = catalogue_search.same_data(recipes())
    assert set(forms["register"]) == {"register", "register_records"}
    assert forms["households"] == ("households",)
    areas = replace(BY_CODE["register"], code="own", key=replace(BY_CODE["register"].key, kind="area"))
    assert catalogue_search.same_data((*recipes(), areas))["own"] == ("own",)
    assert "census_dwellings" not in forms


def test_a_year_whose_reference_date_has_not_come_is_not_due_yet(tmp_path):
    with asking_project(tmp_path / "p", records=False) as project:
        deliver(project, tmp_path, "households", [AGS])
        assert states(project, "households", "2026") == {(AGS, "coming")}
        matrix = gaps.gap_matrix(project, TODAY)
        assert (matrix.count("coming"), matrix.count("missing"), matrix.count("there")) == (1, 0, 1)
        assert gaps.gap_matrix(project, "2026-12-31").cell("households", AGS, "2026").state == "missing"
        gaps.expect(project, "households", [AGS], ["2026"], due="2026-10-01")
        assert states(project, "households", "2026") == {(AGS, "late")}
