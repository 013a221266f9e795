"""What was asked for on a form comes back filled in, without a recipe, and the gap closes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from request_village import AREAS, CARE, asking_project, filled
from sozialraum import workflow
from sozialraum.project import Project
from sozialraum.workflow import gaps, request_files, requesting
from village import AGS

TODAY = "2026-11-30"


@pytest.fixture(autouse=True)
def _early(monkeypatch):
    """Before the due dates of the tests."""
    monkeypatch.setattr(requesting, "now", lambda: "2026-01-05T08:00:00.000000+00:00")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with asking_project(tmp_path / "p") as made:
        yield made


def form_of(project: Project, folder: Path, data_set: str, columns: tuple[str, ...] = ()) -> Path:
    made = requesting.request(project, data_set, [AGS], "2025", due="2026-06-30", columns=columns)
    return request_files.write_request(project, made.request_id, folder / "out")[1]


def test_a_filled_form_dropped_among_the_deliveries_closes_its_gap(project, tmp_path):
    file = form_of(project, tmp_path, "betreuung")
    assert gaps.gap_matrix(project, TODAY).cell("betreuung", AGS, "2025").state == "late"
    filled(file, {"C6": 80, "D6": 12, "E6": 90, "C7": "*", "D7": "x", "E7": 30, "C8": 1, "D8": 0, "E8": 2})
    review = workflow.receive(project, file)
    for one in review.findings:
        if one.finding.severity == "warning":
            workflow.decide(project, review.review_id, one.id, "accepted", "gesehen", "Planung")
    workflow.take_over(project, review.review_id)
    rows = project.observations().set_index(["unit", "feature"])
    assert rows.loc[(AREAS[0], "care_03_06"), ["low", "high", "status"]].tolist() == [80, 80, "observed"]
    assert rows.loc[(AREAS[1], "care_03_06"), ["low", "high", "status"]].tolist() == [1, 2, "suppressed"]
    assert rows.loc[(AREAS[1], "family_aid"), "status"] == "blocked"
    assert rows.loc[(AGS, "family_aid"), ["geography", "low", "status"]].tolist() == ["residual", 0, "observed"]
    cell = gaps.gap_matrix(project, TODAY).cell("betreuung", AGS, "2025")
    assert (cell.state, len(cell.deliveries)) == ("there", 1)


def test_a_form_of_typed_columns_gives_features_of_its_own(project, tmp_path):
    file = form_of(project, tmp_path, "angebote", ("Offene Plätze", "Öffnungstage"))
    filled(file, {"C6": 20, "D6": 5, "C7": 10, "D7": 3, "C8": 0, "D8": 0})
    review = workflow.receive(project, file)
    assert (review.state, review.recipe) == ("ready", "form_angebote")
    workflow.take_over(project, review.review_id)
    rows = project.observations().set_index(["unit", "feature"])["low"]
    assert rows[AREAS[0], "own_offene_plaetze"] == 20
    assert rows[AREAS[1], "own_oeffnungstage"] == 3
    assert gaps.gap_matrix(project, TODAY).cell("angebote", AGS, "2025").state == "there"


def test_numbers_that_cannot_be_are_found_at_their_cell(project, tmp_path):
    file = form_of(project, tmp_path, "betreuung")
    filled(file, {"C6": 95, "D6": 12, "E6": 90, "C7": "viele", "D7": 1, "E7": 30})
    review = workflow.receive(project, file)
    assert review.state == "findings"
    assert {(one.finding.row, one.finding.severity) for one in review.findings} >= {(7, "error")}


def test_the_cover_is_for_people_and_changes_no_number(project, tmp_path):
    project.save_catalogue_records(data_sets=[replace(CARE, threshold="Werte unter 5 sind geheim")])
    project.settings["sender"] = ["Kreis Muster", "Sozialplanung"]
    file = form_of(project, tmp_path, "betreuung")
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(file)["Deckblatt"].iter_rows()]
    for row in (
        ["Absender", "Kreis Muster\nSozialplanung"],
        ["An", "Jugendamt Musterdorf\nJugendhilfeplanung"],
        ["Fragen an", "Planung"],
        ["Rechtsgrundlage", "§ 98 SGB VIII"],
        ["Schwelle", "Werte unter 5 sind geheim"],
        ["Frist", "30.06.2026"],
        ["leer", "leeres Feld: nicht geliefert"],
    ):
        assert row in rows
    review = workflow.receive(project, filled(file, {"C6": 80, "E6": 90, "D6": 1, "C7": "*", "D7": 0, "E7": 30}))
    for one in review.findings:
        if one.finding.severity == "warning":
            workflow.decide(project, review.review_id, one.id, "accepted", "gesehen", "Planung")
    workflow.take_over(project, review.review_id)
    read = project.observations().set_index(["unit", "feature"]).loc[(AREAS[1], "care_03_06")]
    assert (read["low"], read["high"]) == (1, 2)
