"""The commands as a person calls them, each in a process of its own where its start matters."""

import json
import subprocess
import sys

import pytest

from sozialraum.base import in_language
from sozialraum.cli.__main__ import language_of
from sozialraum.cli.commands import run


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        (["demo"], {}, "de"),
        (["demo"], {"LANG": "en_GB.UTF-8"}, "en"),
        (["demo"], {"LANG": "C.UTF-8"}, "de"),
        (["demo", "--lang", "en"], {"LANG": "de_DE.UTF-8"}, "en"),
        (["--lang=de", "demo"], {"LANG": "en_US"}, "de"),
        (["demo"], {"LC_ALL": "de_DE", "LANG": "en_US"}, "de"),
    ],
)
def test_the_language_comes_from_the_option_then_from_the_locale(arguments, environment, language):
    assert language_of(arguments, environment) == language


def test_a_folder_that_is_no_project_is_refused_with_3(tmp_path, capsys):
    assert run(["check", str(tmp_path)]) == 3
    assert "kein Projekt" in capsys.readouterr().err


def test_an_unknown_command_is_a_usage_error(capsys):
    assert run(["frobnicate"]) == 2


def test_json_errors_carry_the_exit_code(tmp_path, capsys):
    assert run(["compute", str(tmp_path / "nowhere"), "--json"]) == 3
    body = json.loads(capsys.readouterr().out)
    assert body["ok"] is False
    assert body["exit_code"] == 3


def test_a_missing_delivery_is_named(tmp_path, capsys):
    project = tmp_path / "kreis"
    assert run(["new", str(project), "--name", "Kreis"]) == 0
    assert run(["deliver", str(project), str(tmp_path / "fehlt.csv")]) == 3
    assert "fehlt.csv" in capsys.readouterr().err


def test_addresses_other_than_this_machine_are_refused(capsys):
    assert run(["serve", "--host", "0.0.0.0", "--no-browser"]) == 2
    assert "nur auf diesem Rechner" in capsys.readouterr().err


@pytest.mark.parametrize(("language", "word"), [("de", "Gebiete vorschlagen"), ("en", "Propose areas")])
def test_help_speaks_german_and_english(language, word, capsys):
    with in_language(language):
        assert run(["--help"]) == 0
    assert word in capsys.readouterr().out


def test_importing_the_package_loads_nothing_heavy():
    heavy = "('numpy', 'pandas', 'shapely', 'fastapi', 'sqlalchemy')"
    code = f"import sozialraum, sys; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_help_loads_nothing_heavy():
    code = (
        "import sys; sys.argv=['sozialraum','--help']\n"
        "from sozialraum.cli.__main__ import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print([m for m in ('numpy','pandas','shapely','fastapi','sqlalchemy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")
