"""`sozialraum recipe draft`: questions, answers, and a recipe that reads the file."""

import json
import sys
from pathlib import Path

import pytest

import village
from sozialraum.cli.commands import run
from sozialraum.deliveries import read_recipe

sys.path.insert(0, str(Path(__file__).parents[1] / "project"))
from project_world import new_project

A, B = f"{village.AGS}-A", f"{village.AGS}-B"


@pytest.fixture
def folder(tmp_path: Path) -> str:
    new_project(tmp_path / "p").close()
    return str(tmp_path / "p")


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "hilfen.csv"
    path.write_text(f"Hilfen am Stichtag 31.12.2025\n\nBaustein;Hilfen\n{A};1.234\n{B};12\n", encoding="utf-8")
    return str(path)


def test_a_question_stops_the_draft_until_it_is_answered(folder: str, file: str, tmp_path: Path, capsys) -> None:
    out = tmp_path / "regel.toml"
    assert run(["recipe", "draft", file, "--project", folder, "--out", str(out)]) == 3
    said = capsys.readouterr().out
    assert "Frage decimal:B (Zelle B4)" in said
    assert "decimal:B=.: 1,234" in said
    assert not out.exists()
    assert run(["recipe", "draft", file, "--project", folder, "--out", str(out), "--answers", "decimal:B=,"]) == 0
    assert read_recipe(out).features() == ("own_hilfen",)


def test_what_programs_get(folder: str, file: str, capsys) -> None:
    assert run(["recipe", "draft", file, "--project", folder, "--json"]) == 3
    told = json.loads(capsys.readouterr().out)
    (question,) = [each for each in told["questions"] if not each["default"]]
    assert (question["id"], question["cell"]) == ("decimal:B", "B4")
    assert [each["value"] for each in question["options"]] == [",", "."]
    assert told["recipe"] is None


@pytest.mark.parametrize("answer", ["decimal:B", "decimal:B=;", "decimal:Z=,"])
def test_a_wrong_answer_is_a_wrong_call(folder: str, file: str, answer: str) -> None:
    assert run(["recipe", "draft", file, "--project", folder, "--answers", answer]) == 2


def test_a_folder_that_is_no_project_is_refused(tmp_path: Path, file: str) -> None:
    assert run(["recipe", "draft", file, "--project", str(tmp_path)]) == 3
