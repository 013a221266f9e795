"""Documentation is tested too: what exists is documented, and what is documented exists."""

import re
from pathlib import Path

import typer

from sozialraum import indicators, need
from sozialraum.base import Status, errors
from sozialraum.cli.commands import build

ROOT = Path(__file__).resolve().parents[2]


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def command_names(group, before=""):
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from command_names(command, f"{before}{name} ")
        else:
            yield f"{before}{name}"


def test_every_command_is_documented_and_no_other():
    documented = set(re.findall(r"^\| `sozialraum ([a-z -]+?)(?= [A-Z\[-]|`)", page("commands.md"), flags=re.MULTILINE))
    assert documented == set(command_names(typer.main.get_command(build())))


def test_every_exit_code_is_documented():
    codes = {cls.exit_code for cls in vars(errors).values() if isinstance(cls, type) and hasattr(cls, "exit_code")}
    documented = {int(code) for code in re.findall(r"^\| (\d+) \|", page("commands.md"), flags=re.MULTILINE)}
    assert codes | {0} == documented


def test_every_status_is_in_the_glossary():
    text = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    assert [status for status in Status if status not in text] == []


def test_every_indicator_and_rule_is_documented():
    assert [one.id for one in indicators.definitions() if one.id not in page("indicators.md")] == []
    assert [rule.id for rule in need.rules() if rule.id not in page("need.md")] == []


def test_the_readme_names_its_two_commands_as_they_are():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "python -m pip install -c constraints.txt . && sozialraum demo" in text
    assert 'python -m pip install -c constraints.txt -e ".[dev]" && python -m pytest' in text
    assert (ROOT / "docs/pictures/report.png").is_file()
