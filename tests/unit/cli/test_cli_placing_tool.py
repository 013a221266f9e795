"""`sozialraum addresses tool` in a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

import placing_town
import request_village
from sozialraum.cli.commands import run
from sozialraum.workflow import placing_tool


@pytest.fixture(autouse=True)
def _page(monkeypatch: pytest.MonkeyPatch) -> None:
    page = '<title></title><script id="data">{}</script><script id="words">{}</script>'
    monkeypatch.setattr(placing_tool, "page_template", lambda _name: page)


def test_the_tool_is_one_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    placing_town.town_with_addresses(tmp_path / "p").close()
    file = tmp_path / "neu" / "werkzeug.html"
    assert run(["addresses", "tool", str(tmp_path / "p"), str(file)]) == 0
    assert str(file) in capsys.readouterr().out
    assert "Karl-Marx-Straße" in file.read_text(encoding="utf-8")


def test_a_project_without_addresses_is_refused_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    request_village.nine_towns(tmp_path / "p").close()
    assert run(["addresses", "tool", str(tmp_path / "p"), str(tmp_path / "w.html")]) == 3
    assert "Adressregister" in capsys.readouterr().err
    assert not (tmp_path / "w.html").exists()
