"""Small faults of calls end in one sentence or in silence: a mistyped file, an output nobody reads, an own recipe."""

import subprocess
import sys

import pytest

from receiving_village import project_in
from sozialraum import deliveries
from sozialraum.base import InputRefused
from sozialraum.cli.commands import run
from sozialraum.deliveries.recipe_writing import recipe_text
from sozialraum.deliveries.sign_profiles import read_profile


@pytest.fixture
def folder(tmp_path):
    with project_in(tmp_path / "p") as project:
        shipped = next(recipe for recipe in deliveries.recipes() if recipe.code == "youth_office")
        project.save_recipe(recipe_text(shipped).replace('"youth_office"', '"own_office"'))
    return str(tmp_path / "p")


def test_a_mistyped_file_is_told_as_such(folder, capsys):
    assert run(["delivery", "review", folder, "missing.xlsx"]) == 3
    assert "Die Datei „missing.xlsx“ gibt es nicht." in capsys.readouterr().err


def test_own_recipes_are_listed_and_written(folder, tmp_path, capsys):
    assert run(["recipe", "list", "--project", folder]) == 0
    assert "own_office" in capsys.readouterr().out
    assert run(["recipe", "export", "own_office", str(tmp_path / "r.xlsx"), "--project", folder]) == 0
    assert (tmp_path / "r.xlsx").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end otherwise")
def test_an_output_nobody_reads_ends_silently():
    command = [sys.executable, "-m", "sozialraum.cli", "recipe", "list"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as started:
        started.stdout.close()
        said = started.stderr.read()
    assert (started.returncode, said) == (0, b"")


def test_a_profile_that_is_no_text_is_refused(tmp_path):
    (tmp_path / "signs.toml").write_bytes(b"\xff\xfe\x00PK")
    with pytest.raises(InputRefused, match="Erklärung der Zeichen") as refused:
        read_profile(tmp_path / "signs.toml")
    assert refused.value.findings[0].what == "Die Datei ist kein Text."
