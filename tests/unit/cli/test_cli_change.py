"""The command that says why a value changed."""

import json

import pytest

import changed_village as village
from sozialraum.cli.commands import run
from village import AGS


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    where = tmp_path_factory.mktemp("change_command")
    village.make_project(where / "project", where / "files").close()
    return str(where / "project")


def test_one_sentence_and_notes(folder, capsys):
    assert run(["change", folder, f"single_parent_share:{AGS}-01"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "Haushalte von Alleinerziehenden, Musterdorf, Gebiet 1 Altstadt"
    assert said[1].startswith("Der Wert stieg von 21,0\u202f% (2023) auf 32,0\u202f% (2025)")
    assert said[2] == "  Der frühere Wert steht im Bericht vom 01.03.2024, in den damaligen Grenzen."


def test_programs_get_parts_that_add_up(folder, capsys):
    assert run(["change", folder, "single_parent_share:region", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)["change"]
    assert [part["names"] for part in answer["parts"]] == [["population"], ["cases"]]
    assert round(sum(part["low"] for part in answer["parts"]), 6) == answer["total"]


def test_the_internal_view_is_named(folder, capsys):
    assert run(["change", folder, f"single_parent_share:{AGS}-01", "--internal"]) == 0
    assert capsys.readouterr().out.startswith("Interne Ansicht: nicht weitergeben.")


@pytest.mark.parametrize("figure", ["single_parent_share", ":05999004-01", "shoe_size:05999004-01"])
def test_a_wrong_call_is_one_sentence(folder, capsys, figure):
    assert run(["change", folder, figure]) == 2
    assert capsys.readouterr().err.count("\n") == 1
