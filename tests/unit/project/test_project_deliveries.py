"""Delivered files are kept unchanged, once, with what was read from them."""

import hashlib

import numpy as np
import pandas as pd
import pytest
from project_world import WHEN, full_project, new_project, shelter_reading, some_reading, write_delivery

from sozialraum.base import Finding
from sozialraum.project import Project, delivered
from sozialraum.project.files import clean_name
from sozialraum.project.frames import insert_rows


def test_the_file_is_kept_byte_for_byte_under_its_check_number(tmp_path):
    file = write_delivery(tmp_path)
    with new_project(tmp_path / "p") as project:
        delivery_id = project.add_delivery(file, some_reading(), WHEN)
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    kept = tmp_path / "p" / "deliveries" / f"{sha256[:16]}_Haushalte 2025.csv"
    assert delivery_id == sha256[:16]
    assert kept.read_bytes() == file.read_bytes()
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]


def test_observations_come_back_with_status_and_cell(tmp_path):
    with new_project(tmp_path / "p") as project:
        delivery_id = project.add_delivery(write_delivery(tmp_path), some_reading(), WHEN)
        back = project.observations()
    pd.testing.assert_frame_equal(back.drop(columns="delivery_id"), some_reading().observations, check_dtype=False)
    assert set(back["delivery_id"]) == {delivery_id}
    assert back["low"].dtype == np.float64


def test_the_same_file_again_changes_nothing(tmp_path):
    file = write_delivery(tmp_path)
    with new_project(tmp_path / "p") as project:
        first = project.add_delivery(file, some_reading(), WHEN)
        before = project.events()
        again = file.rename(tmp_path / "anderer Name.csv")
        assert project.delivery_of(again) == first
        assert project.add_delivery(again, some_reading(7), WHEN) == first
        assert len(project.observations()) == 3
        assert len(project.deliveries()) == 1
        pd.testing.assert_frame_equal(project.events(), before)


def test_the_report_of_the_reading_is_kept(tmp_path):
    found = Finding("Summe stimmt nicht.", row=7, column="ALO_INSG", severity="warning")
    reading = some_reading()
    object.__setattr__(reading, "findings", (found,))
    with new_project(tmp_path / "p") as project:
        project.add_delivery(write_delivery(tmp_path), reading, WHEN)
        row = project.deliveries().iloc[0]
    assert row["findings"] == (found,)
    assert row["sentences"] == tuple(reading.sentences())
    assert row["assumed"] == ("Stichtag angenommen",)
    assert row["periods"] == ("2025-12-31",)
    assert (row["file_name"], row["recipe"], row["received_at"]) == ("Haushalte 2025.csv", reading.recipe.code, WHEN)


def test_a_shelter_has_neither_name_nor_block_in_the_project(tmp_path):
    with new_project(tmp_path / "p") as project:
        project.add_delivery(write_delivery(tmp_path), shelter_reading(), WHEN)
        kept = project.facilities().set_index("facility_id")
    assert kept.loc["E1", ["name", "block_id"]].tolist() == ["Kita Linde", "05999004-A"]
    assert kept.loc["E2", ["name", "block_id"]].tolist() == ["", ""]
    assert kept["protected"].tolist() == [False, True]
    assert b"Haus Geheim" not in (tmp_path / "p" / "project.gpkg").read_bytes()


def test_before_the_first_delivery_frames_are_empty_with_their_columns(tmp_path):
    with new_project(tmp_path / "p") as project:
        assert {"geography", "unit", "feature", "low", "status"} <= set(project.observations().columns)
        assert project.facilities().empty
        assert project.deliveries().empty
        assert project.delivery_of(write_delivery(tmp_path)) is None


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda frame: frame.drop(columns="cell"), "missing .*cell"),
        (lambda frame: frame.assign(z_score=1.0), "not in the contract .*z_score"),
        (lambda frame: frame.assign(status="zero"), "unknown status .*zero"),
    ],
)
def test_a_frame_that_breaks_the_contract_is_an_error_of_the_program(tmp_path, change, says):
    reading = some_reading()
    object.__setattr__(reading, "observations", change(reading.observations))
    with new_project(tmp_path / "p") as project, pytest.raises(ValueError, match=says):
        project.add_delivery(write_delivery(tmp_path), reading, WHEN)
    assert list((tmp_path / "p" / "deliveries").iterdir()) == []


def test_when_storing_fails_neither_file_nor_rows_stay(tmp_path, monkeypatch):
    with full_project(tmp_path / "p") as project:
        before = sorted((tmp_path / "p" / "deliveries").iterdir())

        def fails_half_way(*arguments):
            insert_rows(*arguments)
            raise RuntimeError("stop")

        monkeypatch.setattr(delivered, "insert_rows", fails_half_way)
        with pytest.raises(RuntimeError):
            project.add_delivery(write_delivery(tmp_path, "anderes"), some_reading(), WHEN)
        assert sorted((tmp_path / "p" / "deliveries").iterdir()) == before
        assert len(project.observations()) == 3
        assert len(project.deliveries()) == 1
    assert Project.check(tmp_path / "p") == []


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("Jugendamt Süd (2025).xlsx", "Jugendamt Süd (2025).xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Ablage\\Liste?.csv", "Liste_.csv"),
        ("a:b*c|d.csv", "a_b_c_d.csv"),
        ("...", "file"),
        ("x" * 300 + ".csv", "x" * 96 + ".csv"),
    ],
)
def test_names_are_safe_on_every_system(name, clean):
    assert clean_name(name) == clean
