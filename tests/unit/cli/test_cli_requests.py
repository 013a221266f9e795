"""`sozialraum catalogue|gaps|request|query` in a terminal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from received_files import kita_places
from request_village import asking_project, filled
from sozialraum import workflow
from sozialraum.cli.commands import run
from sozialraum.project import Project
from sozialraum.workflow import receiving
from village import AGS


@pytest.fixture(autouse=True)
def _early(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the due dates of the tests."""
    for module in ("requesting", "asking"):
        monkeypatch.setattr(f"sozialraum.workflow.{module}.now", lambda: "2026-01-05T08:00:00.000000+00:00")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    asking_project(tmp_path / "p").close()
    return tmp_path / "p"


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def test_a_request_makes_its_data_expected_and_late(folder, tmp_path, capsys):
    arguments = ["request", str(folder), "betreuung", "2025", str(tmp_path / "out"), "--due", "2026-03-31"]
    assert run(arguments) == 0
    assert sorted(file.suffix for file in (tmp_path / "out").iterdir()) == [".docx", ".ics", ".xlsx"]
    capsys.readouterr()
    assert run(["gaps", str(folder), "--today", "2026-04-01", "--year", "2025"]) == 0
    assert "2025  Musterdorf  Kinder in Tagesbetreuung: verspätet (Planung, bis 2026-03-31)" in capsys.readouterr().out
    assert run(["gaps", str(folder), "--today", "2026-03-31", "--year", "2025", "--json"]) == 0
    states = {cell["data_set"]: cell["state"] for cell in told(capsys)["cells"]}
    assert states["betreuung"] == "missing"


def test_a_request_without_recipe_takes_its_columns_from_the_call(folder, tmp_path, capsys):
    call = ["request", str(folder), "angebote", "2026", str(tmp_path / "out"), "--municipality", AGS, "--json"]
    assert run(call) == 2
    assert "Spalten" in told(capsys)["error"]
    assert run([*call, "--column", "Plätze", "--column", "Tage"]) == 0
    assert told(capsys)["request"] == "A1"


def test_catalogues_are_imported_and_searched(folder, tmp_path, capsys):
    file = tmp_path / "regio.csv"
    file.write_text("Code,Content,Time\n13211,Arbeitslose - Gemeinden,2020\n12411,Bevölkerung,\n")
    assert run(["catalogue", "import", str(folder), str(file)]) == 0
    assert "regio: 2 Einträge gelesen." in capsys.readouterr().out
    assert run(["catalogue", "search", str(folder), "bevoelkerung"]) == 0
    assert capsys.readouterr().out.strip() == "12411  Bevölkerung"
    assert run(["catalogue", "search", str(folder), "arbeitslose", "gemeinden", "--json"]) == 0
    assert [one["code"] for one in told(capsys)["entries"]] == ["13211"]
    assert run(["catalogue", "search", str(folder), "zebra"]) == 0
    assert capsys.readouterr().out.strip() == "Nichts gefunden."


def test_a_query_is_asked_listed_and_answered(folder, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(receiving, "review", lambda project, review_id: kita_places())
    monkeypatch.setattr(workflow, "decide", lambda *_decision: None)
    out = tmp_path / "out"
    assert run(["query", "ask", str(folder), "r1", str(out), "--finding", "f1", "--due", "2027-11-29", "--json"]) == 0
    assert told(capsys)["query"] == "R1"
    assert run(["query", "list", str(folder), "--json"]) == 0
    assert told(capsys)["queries"][0]["state"] == "open"
    filled(out / "rueckfrage-R1.xlsx", {"I6": "832"})
    assert run(["query", "read", str(folder), str(out / "rueckfrage-R1.xlsx")]) == 0
    assert "Rückfrage R1: 1 von 1 Fragen beantwortet." in capsys.readouterr().out
    assert run(["query", "ask", str(folder), "r1", str(out)]) == 0  # what is still open in the file
    capsys.readouterr()
    assert run(["query", "list", str(folder)]) == 0
    assert "R2  offen" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["catalogue", "import", "{folder}", "{out}/fehlt.csv"], 3, "gibt es nicht"),
        (["gaps", "{folder}", "--today", "morgen"], 2, "kein Datum"),
        (["request", "{folder}", "nichts", "2025", "{out}"], 2, "Datensatz"),
        (["query", "read", "{folder}", "{out}/fehlt.xlsx"], 3, "gibt es nicht"),
        (["query", "ask", "{folder}", "nichts", "{out}"], 2, "gibt es nicht"),
    ],
)
def test_what_goes_wrong_is_said(folder, tmp_path, capsys, arguments, code, said):
    assert run([part.format(folder=folder, out=tmp_path) for part in arguments]) == code
    assert said in capsys.readouterr().err


def test_files_that_cannot_be_written_leave_nothing_behind(folder, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(receiving, "review", lambda project, review_id: kita_places())
    there = tmp_path / "datei"
    there.write_text("kein Ordner")
    assert run(["request", str(folder), "betreuung", "2026", str(there / "out"), "--due", "2027-03-31"]) == 3
    assert run(["query", "ask", str(folder), "r1", str(there / "out"), "--finding", "f1", "--due", "2027-03-31"]) == 3
    with Project.open(folder) as project:
        assert (project.requests(), project.expectations(), project.queries()) == ([], [], [])
    assert run(["request", str(folder), "betreuung", "2026", str(tmp_path / "out"), "--due", "2027-03-31"]) == 0
    assert (tmp_path / "out" / "anforderung-A1.docx").is_file()
    capsys.readouterr()


def test_a_due_date_in_the_past_is_refused(folder, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(receiving, "review", lambda project, review_id: kita_places())
    out = str(tmp_path / "out")
    assert run(["request", str(folder), "betreuung", "2026", out, "--due", "2026-01-04"]) == 2
    assert "Die Frist 04.01.2026 ist schon vorbei." in capsys.readouterr().err
    assert run(["query", "ask", str(folder), "r1", out, "--finding", "f1", "--due", "2026-01-04"]) == 2
    assert "Die Frist 04.01.2026 ist schon vorbei." in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_gaps_of_a_year_that_is_none_are_refused(folder, capsys):
    assert run(["gaps", str(folder), "--year", "abc"]) == 2
    assert "„abc“ ist kein Jahr." in capsys.readouterr().err
