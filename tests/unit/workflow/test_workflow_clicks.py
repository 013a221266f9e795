"""Clicks into the preview of a file nobody knows: kept with the review, taken back, refused, lost with its sheet."""

from dataclasses import replace

import pytest

from receiving_village import project_in
from sozialraum import workflow
from sozialraum.base import UsageError
from sozialraum.project import Project
from unknown_books import book


@pytest.fixture
def project(tmp_path):
    with project_in(tmp_path / "p") as opened:
        yield opened


@pytest.fixture
def waiting(project, tmp_path):
    return workflow.receive(project, book(tmp_path / "hunde.xlsx")).review_id


def test_clicks_are_kept_and_the_preview_is_coloured_anew(project, waiting, tmp_path):
    before = workflow.review(project, waiting)
    assert (before.drafting, before.state) == (True, "questions")
    assert {one.letter: one.use for one in before.columns_read} == {"A": "key", "B": "", "C": "value"}
    found = workflow.answer(project, waiting, {"head": "4", "key": "B"})
    assert found.state == "ready"
    assert {one.letter: one.use for one in found.columns_read} == {"A": "", "B": "key", "C": "value"}
    assert found.answered == {"head": "Der Kopf steht in Zeile 4", "key": "Spalte B nennt das Gebiet"}
    roles = {row.number: row.roles for row in found.preview.rows}
    assert (roles[3], roles[4][1], roles[5]) == (("text",) * 3, "head", ("unread", "key", "value"))
    project.close()
    with Project.open(tmp_path / "p") as again:
        assert workflow.review(again, waiting).answered == found.answered


def test_a_click_is_taken_back_alone(project, waiting):
    workflow.answer(project, waiting, {"head": "4", "key": "B"})
    found = workflow.answer(project, waiting, {"key": ""})
    assert set(found.answered) == {"head"}
    assert [one.id for one in found.questions if not one.default] == ["key"]


def test_a_head_that_cannot_be_is_refused_and_nothing_changes(project, waiting):
    workflow.answer(project, waiting, {"head": "4"})
    with pytest.raises(UsageError, match="In Zeile 1 stehen keine Überschriften der Spalten"):
        workflow.answer(project, waiting, {"head": "1"})
    assert workflow.review(project, waiting).answered == {"head": "Der Kopf steht in Zeile 4"}


def test_an_answer_that_fits_no_longer_is_told_and_can_be_taken_back(project, waiting):
    workflow.answer(project, waiting, {"head": "4"})
    row = project.review_row(waiting)
    project.change_review(replace(row, answers={"head": "1", "nothing": "1"}))  # as after another reading of the file
    found = workflow.review(project, waiting)
    assert (found.state, found.headline) == ("refused", "In Zeile 1 stehen keine Überschriften der Spalten.")
    assert found.answered == {"head": "Der Kopf steht in Zeile 1", "nothing": "Eine frühere Antwort: 1"}
    assert [one.state for one in workflow.reviews(project)] == ["refused"]
    assert workflow.answer(project, waiting, {"head": "", "nothing": ""}).state == "questions"


def test_a_file_that_a_rule_reads_takes_no_clicks(project, waiting, tmp_path):
    workflow.answer(project, waiting, {"head": "4", "key": "B"})
    workflow.take_over(project, waiting)
    other = workflow.receive(project, book(tmp_path / "mehr.xlsx", first="Hunde neu"))
    assert not other.drafting
    with pytest.raises(UsageError, match="Nach „head“ wird zu dieser Datei nicht gefragt"):
        workflow.answer(project, other.review_id, {"head": "4"})


def test_another_sheet_is_another_table(project, tmp_path):
    found = workflow.receive(project, book(tmp_path / "hunde.xlsx", "Katzen"))
    assert [one.id for one in found.questions if not one.default] == ["sheet", "key"]
    found = workflow.answer(project, found.review_id, {"sheet": "Hunde", "head": "4", "key": "B"})
    assert found.state == "ready", "the sheet drafted so far keeps what was said of it"
    found = workflow.answer(project, found.review_id, {"sheet": "Katzen"})
    assert (found.preview.sheet, set(found.answered)) == ("Katzen", {"sheet"})
    found = workflow.answer(project, found.review_id, {"head": "4", "key": "B"})
    workflow.take_over(project, found.review_id)
    (recipe,) = [one for one in project.recipes() if one.sheet]
    assert recipe.sheet == "Katzen"
    rows = project.deliveries()
    assert rows.iloc[0]["rows_read"] == 12
    again = workflow.receive(project, book(tmp_path / "neu.xlsx", "Katzen", "Vögel"))
    assert (again.recipe, again.drafting, again.preview.sheet) == (recipe.code, False, "Katzen")
