"""`sozialraum compare`: nothing of one or two persons on the terminal or in files; a folder is no file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import printing_town as world
from sozialraum.cli.commands import run

SMALL = world.block(8, 10)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> world.Printed:
    made = world.make_project(tmp_path_factory.mktemp("compare") / "project", {SMALL: 2})
    made.project.close()
    return made


def compare(printed: world.Printed, *more: str) -> int:
    return run(["compare", str(printed.project.folder), printed.adopted, printed.draft, *more])


def test_text(printed: world.Printed, capsys: pytest.CaptureFixture[str]) -> None:
    assert compare(printed) == 0
    out = capsys.readouterr().out
    assert "4 Westheide → 5 Lindenhof: 1\u00a0Baustein, – EW" in out
    assert "Einwohnerzahlen: – = unter 3 oder zu deren Schutz nicht genannt." in out


def test_json(printed: world.Printed, capsys: pytest.CaptureFixture[str]) -> None:
    assert compare(printed, "--json") == 0
    body = json.loads(capsys.readouterr().out)
    assert {row["block_id"]: row["persons"] for row in body["moved"]}[SMALL] is None
    assert 2 not in [row["persons"] for table in ("lineage", "moved", "areas") for row in body[table]]


@pytest.mark.parametrize("option", ["--csv", "--xlsx"])
def test_a_folder_is_refused(
    printed: world.Printed, option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "dir"
    folder.mkdir()
    assert compare(printed, option, str(folder)) == 2
    error = capsys.readouterr().err
    assert f"„{folder}“ ist ein Ordner. Nennen Sie eine Datei darin, zum Beispiel „{folder}/vergleich" in error
    assert list(tmp_path.rglob("*")) == [folder]


def test_a_missing_folder_is_named(printed: world.Printed, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compare(printed, "--csv", str(tmp_path / "nirgends" / "a.csv")) == 2
    assert f"Den Ordner „{tmp_path / 'nirgends'}“ gibt es nicht." in capsys.readouterr().err
