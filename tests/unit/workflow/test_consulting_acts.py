"""From a package over answers to steps of the draft and the reply list."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from consultation_village import answer, area, block, step, village_project, write_answer
from sozialraum import consultation
from sozialraum.base import InputRefused, UsageError
from sozialraum.consultation import Comment
from sozialraum.plans import drafts
from sozialraum.project import Project
from sozialraum.workflow import consulting, deciding_answers, state_of, undo
from village import AGS

PAGE = '<title></title><script id="data">{}</script><script id="words">{}</script>'
OFFICE = "Amt 58"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    monkeypatch.setattr(consultation, "page_template", lambda: PAGE)
    with village_project(tmp_path) as made:
        yield made


def sent(project: Project) -> str:
    consulting.issue_package(project, AGS)
    return consulting.latest_package(project, AGS)


def received(project: Project, folder: Path, *answers: consultation.Answer) -> str:
    """The package that the answers are read to."""
    package = sent(project)
    for one in answers:
        consulting.read_answer(project, write_answer(folder, replace(one, package_id=package)))
    return package


def key_of(project: Project, package: str, role: str, number: int = 1) -> str:
    found = consulting.consultation_of(project, package)
    return next(
        one.key for one in found.suggestions for voice in one.voices if (voice.role, voice.number) == (role, number)
    )


def accept(project: Project, package: str, role: str, number: int = 1) -> object:
    key = key_of(project, package, role, number)
    return deciding_answers.decide_suggestion(project, package, key, "accepted", "überzeugt", OFFICE)


def plan_now(project: Project, package: str) -> dict[str, str]:
    """block letter -> code of its area in the draft."""
    found = consulting.consultation_of(project, package)
    assert found.draft is not None
    plan = state_of(project, found.draft)
    codes = plan.areas.set_index("area_id")["code"]
    return {one[-1]: codes[area_id] for one, area_id in plan.assignment.items()}


def test_an_accepted_proposal_is_a_step_with_both_reasons(project: Project, tmp_path: Path) -> None:
    package = received(project, tmp_path, answer("Jugendamt", step("C > 2", why="Schulweg", role="Jugendamt")))
    draft = accept(project, package, "Jugendamt")
    (edit,) = draft.applied  # type: ignore[attr-defined]
    assert edit.why == "Jugendamt: Schulweg; Amt 58: überzeugt"
    assert (edit.role, edit.public) == (OFFICE, False)
    assert edit.effect["persons_moved"] == 300
    assert plan_now(project, package)["C"] == "2"


def test_two_contradicting_answers(project: Project, tmp_path: Path) -> None:
    package = received(project, tmp_path, answer("Jugendamt", "F > 1"), answer("Planung", "F > 3"))
    found = consulting.consultation_of(project, package)
    assert [one.state for one in found.suggestions] == ["conflict", "conflict"]
    accept(project, package, "Jugendamt")
    after = consulting.consultation_of(project, package)
    other = next(one for one in after.suggestions if one.voices[0].role == "Planung")
    why = deciding_answers.obstacle(after, other, deciding_answers.plan_for(project, after))
    assert "1 Baustein gehört im Entwurf inzwischen zu Gebiet 1" in why
    with pytest.raises(UsageError, match="inzwischen zu Gebiet 1"):
        accept(project, package, "Planung")
    deciding_answers.decide_suggestion(project, package, other.key, "rejected", "Jugendamt überzeugt mehr", OFFICE)
    assert plan_now(project, package)["F"] == "1"
    rows = {row.role: row.decision for row in consulting.reply_of(project, package).rows}
    assert rows["Jugendamt"].startswith("angenommen")
    assert rows["Planung"].startswith("abgelehnt")


def test_what_several_want_is_one_step_and_one_decision(project: Project, tmp_path: Path) -> None:
    package = received(project, tmp_path, answer("Jugendamt", "C > 2"), answer("Planung", "C > 2"))
    draft = accept(project, package, "Planung")
    assert draft.position == 1  # type: ignore[attr-defined]
    verdicts = project.verdicts(package)
    assert sorted(verdicts["answer_id"]) == ["Jugendamt", "Planung"]
    assert draft.applied[0].why == "Jugendamt; Planung; Amt 58: überzeugt"  # type: ignore[attr-defined]


def test_new_areas_of_two_experts_do_not_get_into_each_others_way(project: Project, tmp_path: Path) -> None:
    """Both call their new area ~1 and code 2b or 3b; a later move into it finds the right one."""
    jugend = answer("Jugendamt", "EF | 2", "C > ~1")
    planung = answer("Planung", step("L | 3", role="Planung"), "i > ~1")
    package = received(project, tmp_path, jugend, planung)
    with pytest.raises(UsageError, match="Nehmen Sie zuerst die Teilung an"):
        accept(project, package, "Planung", 2)
    for role, number in (("Jugendamt", 1), ("Planung", 1), ("Planung", 2), ("Jugendamt", 2)):
        accept(project, package, role, number)
    now = plan_now(project, package)
    assert "".join(now[letter] + " " for letter in "ABCDEFghiJKL").split() == (
        ["1", "1", "2b", "2a", "2b", "2b", "2a", "2a", "3b", "3a", "3a", "3b"]
    )  # fmt: skip


def test_codes_that_are_taken_meanwhile_are_replaced(project: Project, tmp_path: Path) -> None:
    package = received(project, tmp_path, answer("Jugendamt", "EF | 2"), answer("Planung", "D | 2"))
    accept(project, package, "Jugendamt")
    accept(project, package, "Planung")
    now = plan_now(project, package)
    assert len({now["D"], now["E"], now["g"]}) == 3
    assert now["E"] == now["F"] == "2b"


def test_the_same_cut_accepted_twice_is_done_once(project: Project, tmp_path: Path) -> None:
    package = received(project, tmp_path, answer("Jugendamt", "EF | 2", "J > 2"), answer("Planung", "Dghi | 2"))
    found = consulting.consultation_of(project, package)
    cut = next(one for one in found.suggestions if one.kind == "split")
    assert {voice.role for voice in cut.voices} == {"Jugendamt", "Planung"}
    assert accept(project, package, "Planung").position == 1  # type: ignore[attr-defined]


def test_a_proposal_that_is_so_already_is_accepted_without_a_step(project: Project, tmp_path: Path) -> None:
    package = received(project, tmp_path, answer("Jugendamt", "BC > 2"), answer("Planung", "C > 2"))
    accept(project, package, "Jugendamt")
    assert accept(project, package, "Planung").position == 1  # type: ignore[attr-defined]


def test_a_decision_can_be_taken_back_as_long_as_nothing_rests_on_it(project: Project, tmp_path: Path) -> None:
    package = received(project, tmp_path, answer("Jugendamt", "C > 2", "J > 2"))
    accept(project, package, "Jugendamt", 1)
    accept(project, package, "Jugendamt", 2)
    with pytest.raises(UsageError, match="weitere Schritte"):
        deciding_answers.withdraw_decision(project, package, "Jugendamt", "e1")
    deciding_answers.withdraw_decision(project, package, "Jugendamt", "e2")
    deciding_answers.withdraw_decision(project, package, "Jugendamt", "e1")
    assert project.verdicts(package).empty
    assert set(plan_of_draft(project)) == {1, 2, 3}


def plan_of_draft(project: Project) -> list[int]:
    (draft,) = project.drafts(AGS)
    assert draft.position == 0
    return sorted({int(code) for code in state_of(project, draft).areas["code"]})


def test_a_step_undone_in_the_editor_is_said(project: Project, tmp_path: Path) -> None:
    package = received(project, tmp_path, answer("Jugendamt", "C > 2"))
    draft = accept(project, package, "Jugendamt")
    made = consulting.consultation_of(project, package).made["Jugendamt", "e1"]
    assert deciding_answers.is_in_draft(project, made)
    undo(project, draft.draft_id, drafts.state_id(draft))  # type: ignore[attr-defined, arg-type]
    assert not deciding_answers.is_in_draft(project, made)


def test_a_remark_that_is_accepted_is_pinned_to_the_map(project: Project, tmp_path: Path) -> None:
    remark = Comment(1, "Hier entsteht ein Neubaugebiet", block_id=block("C"), x=300_450.0, y=5_599_900.0)
    package = received(project, tmp_path, answer("Jugendamt", comments=(remark,)))
    deciding_answers.decide_comment(project, package, "Jugendamt", 1, "accepted", "Danke, wird geprüft", OFFICE)
    (row,) = project.comments(ags=AGS).to_dict("records")
    assert (row["text"], row["role"], row["state"]) == ("Hier entsteht ein Neubaugebiet", "Jugendamt", "open")
    assert (row["x"], row["y"], row["block_id"], row["public"]) == (300_450.0, 5_599_900.0, block("C"), False)


@pytest.mark.parametrize(
    ("decision", "reason", "role", "said"),
    [
        ("accepted", " ", OFFICE, "Geben Sie einen Grund an"),
        ("accepted", "gut", "", "welche Stelle entscheidet"),
        ("maybe", "gut", OFFICE, "angenommen oder abgelehnt"),
    ],
)
def test_no_decision_without_reason_and_office(
    project: Project, tmp_path: Path, decision: str, reason: str, role: str, said: str
) -> None:
    package = received(project, tmp_path, answer("Jugendamt", "C > 2"))
    key = key_of(project, package, "Jugendamt")
    with pytest.raises(UsageError, match=said):
        deciding_answers.decide_suggestion(project, package, key, decision, reason, role)
    assert project.verdicts(package).empty
    assert project.drafts(AGS) == []


def test_the_same_file_twice_changes_nothing(project: Project, tmp_path: Path) -> None:
    one = answer("Jugendamt", "C > 2")
    package = received(project, tmp_path, one)
    accept(project, package, "Jugendamt")
    assert "nichts geändert" in consulting.read_answer(project, tmp_path / f"antwort-{AGS}-jugendamt.json")
    assert len(project.verdicts(package)) == 1


def test_a_later_file_of_the_same_work_replaces_the_earlier(project: Project, tmp_path: Path) -> None:
    """A decision holds as long as the proposal is the same; a changed one is open again."""
    first = answer("Jugendamt", "C > 2", "J > 2")
    package = received(project, tmp_path, first)
    accept(project, package, "Jugendamt", 1)
    reject = key_of(project, package, "Jugendamt", 2)
    deciding_answers.decide_suggestion(project, package, reject, "rejected", "passt nicht", OFFICE)
    later = replace(answer("Jugendamt", "C > 2", "K > 2"), package_id=package, written="2026-11-29T08:00:00Z")
    consulting.read_answer(project, write_answer(tmp_path, later))
    found = consulting.consultation_of(project, package)
    assert len(found.answers) == 1
    assert [found.verdict_of("Jugendamt", item) is not None for item in ("e1", "e2")] == [True, False]
    with pytest.raises(InputRefused, match="älter als die Antwort"):
        consulting.read_answer(project, write_answer(tmp_path, replace(first, package_id=package), "alt.json"))


def test_which_answer_is_newer_is_told_by_the_time_not_by_the_text(project: Project, tmp_path: Path) -> None:
    package = sent(project)
    first = replace(answer("Jugendamt", "C > 2"), package_id=package, written="2026-11-28T10:00:00+02:00")
    later = replace(first, edits=(), written="2026-11-28T09:00:00Z")
    consulting.read_answer(project, write_answer(tmp_path, first))
    consulting.read_answer(project, write_answer(tmp_path, later))
    assert project.answers(package) == [later]
    with pytest.raises(InputRefused, match="älter als die Antwort"):
        consulting.read_answer(project, write_answer(tmp_path, first, "alt.json"))


def test_a_file_with_an_unreadable_name_is_read_and_named(project: Project, tmp_path: Path) -> None:
    package = sent(project)
    file = write_answer(tmp_path, replace(answer("Jugendamt", "C > 2"), package_id=package), "antwort-\udcff.json")
    assert consulting.read_answers(project, [file])[0].startswith("antwort-\ufffd.json: Jugendamt")
    assert project.received_answers(package)["file_name"].tolist() == ["antwort-\ufffd.json"]


def test_an_answer_to_an_earlier_package_is_refused(project: Project, tmp_path: Path) -> None:
    old = sent(project)
    consulting.make_package(project, AGS)
    package, _page = consulting.make_package(project, AGS, when="2999-01-01T08:00:00+00:00")
    project.save_package(package)
    file = write_answer(tmp_path, replace(answer("Jugendamt", "C > 2"), package_id=old))
    with pytest.raises(InputRefused, match=r"früheres Abstimmungspaket[\s\S]*seit dem 01.01.2999"):
        consulting.read_answer(project, file)
    assert project.answers(old) == []


def test_good_files_are_read_beside_bad_ones(project: Project, tmp_path: Path) -> None:
    package = sent(project)
    good = write_answer(tmp_path, replace(answer("Jugendamt", "C > 2"), package_id=package))
    bad = write_answer(tmp_path, replace(answer("Planung", "C > 2"), package_id="a-other"))
    with pytest.raises(InputRefused) as refused:
        consulting.read_answers(project, [bad, good, tmp_path / "fehlt.json"])
    text = str(refused.value)
    assert "2 Dateien wurden nicht übernommen" in text
    assert "antwort-05999004-planung.json" in text
    assert "Jugendamt, 1 Vorschlag, 0 Anmerkungen" in text
    assert [one.role for one in project.answers(package)] == ["Jugendamt"]


def test_the_package_of_a_draft_takes_its_decisions_there(project: Project, tmp_path: Path) -> None:
    from sozialraum.workflow import add_edit, begin_draft

    draft = begin_draft(project, AGS, role=OFFICE)
    add_edit(project, draft.draft_id, drafts.state_id(draft), step("C > 2", role=OFFICE))
    consulting.issue_package(project, AGS, draft.draft_id)
    package = consulting.latest_package(project, AGS)
    base = project.package_base(package)
    assert base is not None
    assert base.blocks[block("C")] == area("2")
    consulting.read_answer(project, write_answer(tmp_path, replace(answer("Planung", "C > 1"), package_id=package)))
    assert accept(project, package, "Planung").draft_id == draft.draft_id  # type: ignore[attr-defined]
    assert plan_now(project, package)["C"] == "1"


def test_the_reply_holds_every_proposal_and_remark(project: Project, tmp_path: Path) -> None:
    package = received(
        project, tmp_path,
        answer("Jugendamt", "C > 2", "1 = Kern", comments=(Comment(1, "Bitte prüfen", area_id=area("3")),)),
        answer("=Planung()", "C > 3"),
    )  # fmt: skip
    accept(project, package, "Jugendamt", 2)
    reply = consulting.reply_of(project, package, when="2026-12-01T08:00:00+00:00")
    assert len(reply.rows) == 4
    assert "3 Punkte sind noch offen." in reply.facts
    files = {kind: consultation.reply_file(reply, kind) for kind in consultation.WRITERS}
    assert files == {kind: consultation.reply_file(reply, kind) for kind in consultation.WRITERS}
    assert files["pdf"].startswith(b"%PDF")
    page = files["html"].decode()
    for text in ("=Planung()", "Gebiet 1 Altstadt soll „Kern“ heißen.", "Bitte prüfen", "angenommen", "überzeugt"):
        assert text in page
    assert "<script" not in page
    assert "http" not in page
    (tmp_path / "reply.xlsx").write_bytes(files["xlsx"])
    sheet = openpyxl.load_workbook(tmp_path / "reply.xlsx").active
    texts = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]
    assert "=Planung()" in texts
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_a_package_file_appears_whole(project: Project, tmp_path: Path) -> None:
    file = consulting.write_package(project, AGS, tmp_path / "pakete")
    assert file == tmp_path / "pakete" / f"abstimmung-{AGS}.html"
    assert [one.name for one in file.parent.iterdir()] == [file.name]
    data = file.read_text(encoding="utf-8").split('id="data">')[1].split("</script>")[0]
    assert json.loads(data)["package_id"] == consulting.latest_package(project, AGS)


def test_no_package_for_an_unknown_municipality(project: Project) -> None:
    with pytest.raises(UsageError, match="05999999"):
        consulting.issue_package(project, "05999999")
    assert project.packages().empty
