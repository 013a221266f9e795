"""`sozialraum print`: files written whole, wrong wishes answered with a sentence and an exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import printing_town as world
import village
from sozialraum.cli.commands import run


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> world.Printed:
    made = world.make_project(tmp_path_factory.mktemp("printing") / "project")
    made.project.close()
    return made


def test_work_map(printed: world.Printed, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "karte.pdf"
    code = run(["print", "work-map", str(printed.project.folder), village.AGS, str(file), "--paper", "A1", "--json"])
    assert code == 0
    assert json.loads(capsys.readouterr().out)["file"] == str(file)
    assert "A1, ohne Anpassen an die Seite" in world.words(file.read_bytes())[0]


def test_compare(printed: world.Printed, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "vergleich.pdf"
    keys = [printed.proposal, printed.adopted]
    assert run(["print", "compare", str(printed.project.folder), *keys, str(file)]) == 0
    assert f"Geschrieben: {file}" in capsys.readouterr().out
    assert len(world.words(file.read_bytes())) == 2


def test_a_wrong_paper_writes_nothing(
    printed: world.Printed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "karte.pdf"
    code = run(["print", "work-map", str(printed.project.folder), village.AGS, str(file), "--paper", "A4"])
    assert code == 2
    assert "es gibt A3, A1" in capsys.readouterr().err
    assert not file.exists()
