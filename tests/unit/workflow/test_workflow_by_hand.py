"""Sheet and date of a file that a rule reads, as a person says them: kept, told, taken back, and learned."""

import pytest

from receiving_village import project_in
from sozialraum import workflow
from sozialraum.base import UsageError
from sozialraum.deliveries.corrections import Corrections, from_content
from sozialraum.workflow.trace_parts import read_how
from unknown_books import book


@pytest.fixture
def project(tmp_path):
    with project_in(tmp_path / "p") as opened:
        yield opened


@pytest.fixture
def waiting(project, tmp_path):
    return workflow.receive(project, book(tmp_path / "hunde.xlsx")).review_id


def test_of_several_alike_sheets_one_is_chosen_and_the_rule_remembers_it(project, waiting, tmp_path):
    workflow.answer(project, waiting, {"head": "4", "key": "B"})
    workflow.take_over(project, waiting)
    found = workflow.receive(project, book(tmp_path / "zwei.xlsx", "Katzen"))
    (question,) = found.questions
    assert (question.id, [one.value for one in question.options]) == ("sheet", ["Hunde", "Katzen"])
    with pytest.raises(UsageError, match="Das Blatt „Vögel“ gibt es in der Datei nicht"):
        workflow.answer(project, found.review_id, {"sheet": "Vögel"})
    found = workflow.answer(project, found.review_id, {"sheet": "Katzen"})
    assert (found.preview.sheet, found.corrections.sheet, found.questions) == ("Katzen", "Katzen", ())
    assert workflow.undo_corrections(project, found.review_id).questions == (question,)
    workflow.answer(project, found.review_id, {"sheet": "Katzen"})
    for one in workflow.review(project, found.review_id).findings:
        if one.is_open:
            workflow.decide(project, found.review_id, one.id, "accepted", "so gewollt")
    workflow.take_over(project, found.review_id)
    (recipe,) = [one for one in project.recipes() if one.code == found.recipe]
    assert (recipe.sheet, recipe.version) == ("Katzen", 2)


def test_a_date_is_given_by_hand_kept_told_and_taken_back(project, waiting, tmp_path):
    workflow.answer(project, waiting, {"head": "4", "key": "B"})
    workflow.take_over(project, waiting)
    path = book(tmp_path / "ohne.xlsx", title="Fälle")
    found = workflow.receive(project, path)
    assert (found.state, found.date_form) == ("findings", "day")
    with pytest.raises(UsageError, match="„2025/26“ ist kein Stichtag"):
        workflow.correct(project, found.review_id, Corrections(period="2025/26"))
    found = workflow.correct(project, found.review_id, Corrections(period="30.06.2025"))
    assert (found.periods, found.corrections.period) == (("2025-06-30",), "2025-06-30")
    assert "Angenommen: Stichtag von Hand angegeben: 30.06.2025." in found.sentences
    assert workflow.undo_corrections(project, found.review_id).state == "findings"
    workflow.correct(project, found.review_id, Corrections(period="30.06.2025"))
    delivery = workflow.take_over(project, found.review_id).delivery_id
    row = project.deliveries().set_index("delivery_id").loc[delivery]
    assert row["corrections"]["period"] == "2025-06-30"
    assert read_how(row, None) == ["Stichtag von Hand angegeben: 30.06.2025."]


def test_a_date_typed_for_one_file_is_not_taken_for_the_next_without_a_word(project, tmp_path):
    first = workflow.receive(project, book(tmp_path / "erste.xlsx", title="Fälle"))
    answers = {"head": "4", "key": "B", "period": "31.12.2024"}
    assert workflow.answer(project, first.review_id, answers).state == "ready"
    workflow.take_over(project, first.review_id)
    found = workflow.receive(project, book(tmp_path / "zweite.xlsx", title="Fälle, zweite"))
    (old,) = [one.finding for one in found.findings if one.is_open]
    assert (old.severity, old.code, old.found) == ("warning", "date", "")
    assert old.what == "Die Datei nennt keinen Stichtag; 31.12.2024 wurde für eine frühere Datei angegeben."
    found = workflow.correct(project, found.review_id, Corrections(period="31.12.2025"))
    assert (found.state, found.periods, found.replaces) == ("ready", ("2025-12-31",), "")


def test_a_draft_and_a_date_in_each_head_take_no_date_by_hand(project, waiting):
    assert workflow.review(project, waiting).date_form == ""
    with pytest.raises(UsageError, match="lässt sich der Stichtag nicht von Hand angeben"):
        workflow.correct(project, waiting, Corrections(period="30.06.2025"))


def test_a_date_is_given_on_the_command_line(project, waiting, tmp_path):
    workflow.answer(project, waiting, {"head": "4", "key": "B"})
    workflow.take_over(project, waiting)
    path = book(tmp_path / "ohne.xlsx", title="Fälle")
    with pytest.raises(UsageError, match="„gestern“ ist kein Stichtag"):
        workflow.deliver(project, path, date="gestern")
    said = workflow.deliver(project, path, date="30.06.2025")
    assert "Angenommen: Stichtag von Hand angegeben: 30.06.2025." in said
    assert project.deliveries().iloc[-1]["corrections"]["period"] == "2025-06-30"


@pytest.mark.parametrize(
    "stored", [{}, {"heads": {"a": "b"}, "keys": {}, "rows": {"3": "skip"}, "signs": ["*"]}, {"period": "2025"}]
)
def test_corrections_stored_by_earlier_versions_are_read(stored):
    read = from_content(stored)
    assert from_content(read.content()) == read
    assert (read.period, read.sheet) == (stored.get("period", ""), "")
    assert read.count() == (3 if "heads" in stored else len(stored))
