"""The command that says where a number comes from."""

import json

import pytest

import traced_village as village
from sozialraum.base import UsageError
from sozialraum.cli.commands import run
from sozialraum.cli.trace import parts_of
from village import AGS


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    where = tmp_path_factory.mktemp("trace")
    village.make_project(where / "project", where / "files").close()
    return where / "project"


def test_the_chain_is_printed_indented(folder, capsys):
    assert run(["trace", str(folder), f"care_rate_03_06:{AGS}-03"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("Betreuung von 3 bis unter 6 Jahren, Musterdorf, Gebiet 3 Mühlweiler, 31.12.2025: 81,7")
    assert "        Musterdorf, Gebiet 3 Mühlweiler: Blatt „Plätze“, Zeile 8, Spalte D." in said


def test_programs_get_records(folder, capsys):
    assert run(["trace", str(folder), f"pop_00_06:{AGS}", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["ok"]
    assert answer["trace"]["sentence"] == "Kinder unter 6 Jahren, Musterdorf, 31.12.2025: 360"


def test_the_internal_view_is_named(folder, capsys):
    assert run(["trace", str(folder), f"hh_single_parent:{AGS}-03", "--internal"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Interne Ansicht: nicht weitergeben.")
    assert "Vor dem Schutz: 2" in said


def test_an_unknown_figure_ends_with_one_sentence(folder, capsys):
    assert run(["trace", str(folder), f"shoe_size:{AGS}-03"]) == 2
    assert "Den Indikator „shoe_size“ gibt es nicht" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "parts"),
    [("a:b", ("a", "b", "")), ("a:b:2025-12-31", ("a", "b", "2025-12-31"))],
)
def test_figures(text, parts):
    assert parts_of(text) == parts


@pytest.mark.parametrize("text", ["", "a", "a:", ":b"])
def test_what_is_no_figure(text):
    with pytest.raises(UsageError):
        parts_of(text)
