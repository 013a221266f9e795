"""`sozialraum compare` and `sozialraum plan log`: what they print, write and refuse."""

import csv
import json

import openpyxl
import pytest

from sozialraum import workflow
from sozialraum.cli.commands import run
from sozialraum.delineation import Edit, propose
from sozialraum.plans.drafts import state_id
from sozialraum.project import Project
from village import AGS, draw_blocks, draw_municipality, village_blocks

WHY = "Zwei Milieus; ein Durchschnitt verdeckt beide."


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A village whose council adopted a split of area 2; the reason of the second step stays internal."""
    folder = tmp_path_factory.mktemp("commands") / "kreis"
    municipality, blocks = draw_municipality(low=500), village_blocks()
    with Project.create(folder, name="Musterkreis") as project:
        line = draw_blocks("RR").rename(columns={"land": "kind", "quarter": "name"})[["kind", "name", "geometry"]]
        project.save_layers(municipality, blocks, line.assign(kind="river", geometry=line.boundary))
        proposal = propose(blocks, municipality, title="Vorschlag", created="2026-01-15T10:00:00+00:00")
        project.save_plan(proposal)
        draft = workflow.begin_draft(project, AGS, role="Planung")
        area = {letter: str(proposal.assignment[f"{AGS}-{letter}"]) for letter in "AD"}
        steps = [
            Edit(
                "split", area=area["D"], blocks=(f"{AGS}-E", f"{AGS}-F"), code="2b", name="Ost", rest_code="2a",
                role="Fachstelle", why=WHY, public=True,
            ),
            Edit("rename", area=area["A"], name="Kern", role="Fachstelle", why="vertraulich"),
        ]  # fmt: skip
        for step in steps:
            draft, _plan = workflow.add_edit(project, draft.draft_id, state_id(draft), step)
        workflow.submit_draft(project, draft.draft_id, state_id(draft), "Planung")
        adopted = workflow.adopt_draft(project, draft.draft_id, state_id(draft), "Rat", "2026-03-31", "Planung")
    return folder, proposal.plan_id, adopted.plan_id


def test_compare_says_what_changed_and_why(prepared, capsys):
    folder, old, new = prepared
    assert run(["compare", str(folder), old, new]) == 0
    said = capsys.readouterr().out.replace("\xa0", " ")
    assert "Musterdorf: 3 → 4 Gebiete" in said
    assert "S  2 Nordfeld → 2b Ost: 2 Bausteine, 900 EW" in said
    assert f"Grund: {WHY}" in said
    assert "vertraulich" not in said


def test_compare_for_programs_is_the_whole_comparison(prepared, capsys):
    folder, old, new = prepared
    assert run(["compare", str(folder), old, new, "--json"]) == 0
    body = json.loads(capsys.readouterr().out)
    assert body["ok"] is True
    assert (body["old"]["plan_id"], body["new"]["status"]) == (old, "adopted")
    assert {row["kind"] for row in body["lineage"]} == {"U", "S"}
    assert {row["why"] for row in body["moved"]} == {WHY}
    assert "vertraulich" not in json.dumps(body)


def test_compare_writes_tables_and_a_workbook(prepared, tmp_path, capsys):
    folder, old, new = prepared
    table, book = tmp_path / "vergleich.csv", tmp_path / "vergleich.xlsx"
    assert run(["compare", str(folder), old, new, "--csv", str(table), "--xlsx", str(book)]) == 0
    assert "vergleich_bausteine.csv" in capsys.readouterr().out
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert [(row["Nummer vorher"], row["Art"], row["Nummer nachher"]) for row in rows] == [
        ("1", "U", "1"), ("2", "S", "2a"), ("2", "S", "2b"), ("3", "U", "3"),
    ]  # fmt: skip
    with (tmp_path / "vergleich_bausteine.csv").open(encoding="utf-8-sig", newline="") as file:
        moved = list(csv.DictReader(file, delimiter=";"))
    assert {row["Begründung"] for row in moved} == {WHY}
    opened = openpyxl.load_workbook(book)
    assert opened.sheetnames == ["Gemeinden", "Herkunft der Gebiete", "Gewechselte Bausteine", "Über diese Mappe"]
    origin = opened["Herkunft der Gebiete"]
    assert [cell.value for cell in origin[2]][:4] == [AGS, "Musterdorf", f"{AGS}-01", "1"]  # keys stay text
    assert isinstance(origin[2][10].value, int)
    everything = " ".join(str(cell.value) for sheet in opened for row in sheet for cell in row)
    assert WHY in everything
    assert "vertraulich" not in everything


def test_an_unknown_plan_is_a_wrong_call(prepared, capsys):
    folder, old, _new = prepared
    assert run(["compare", str(folder), old, "nichts"]) == 2
    assert "weder ein Planstand noch eine Fassung" in capsys.readouterr().err


def test_the_log_tells_the_history_and_marks_what_is_internal(prepared, capsys):
    folder, _old, new = prepared
    assert run(["plan", "log", str(folder)]) == 0
    said = capsys.readouterr().out.replace("\xa0", " ")
    assert "Plan „Vorschlag“" in said
    assert "2 Nordfeld geteilt in 2a Nordfeld und 2b Ost (2 Bausteine)" in said
    assert f"Grund (zur Veröffentlichung): {WHY}" in said
    assert "Grund (intern): vertraulich" in said
    assert "Musterdorf: beschlossen von Rat am 31.03.2026" in said
    assert run(["plan", "log", str(folder), new]) == 0
    assert "Plan „Vorschlag“" not in capsys.readouterr().out
