"""`sozialraum consultation write|read|reply` in a terminal."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from consultation_village import answer, village_project, write_answer
from sozialraum import consultation
from sozialraum.cli.commands import run
from village import AGS


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    page = '<title></title><script id="data">{}</script><script id="words">{}</script>'
    monkeypatch.setattr(consultation, "page_template", lambda: page)
    village_project(tmp_path).close()
    return tmp_path / "project"


def test_from_the_package_to_the_reply(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["consultation", "write", str(folder), AGS, str(tmp_path / "out")]) == 0
    file = tmp_path / "out" / f"abstimmung-{AGS}.html"
    package = json.loads(file.read_text(encoding="utf-8").split('id="data">')[1].split("</script>")[0])["package_id"]
    sent = write_answer(tmp_path, replace(answer("Jugendamt", "C > 2"), package_id=package))
    assert run(["consultation", "read", str(folder), str(sent)]) == 0
    assert run(["consultation", "reply", str(folder), AGS, str(tmp_path / "reply.html")]) == 0
    assert "1 Baustein von 1 nach 2 Nordfeld verschieben." in (tmp_path / "reply.html").read_text(encoding="utf-8")
    assert "Jugendamt, 1 Vorschlag, 0 Anmerkungen." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["write", "{folder}", "05999999", "{out}"], 2, "05999999"),
        (["read", "{folder}", "{out}/fehlt.json"], 3, "gibt es nicht"),
        (["reply", "{folder}", AGS, "{out}/r.pdf"], 2, "noch kein Abstimmungspaket"),
    ],
)
def test_what_goes_wrong_is_said(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, said: str
) -> None:
    filled = [part.format(folder=folder, out=tmp_path) for part in arguments]
    assert run(["consultation", *filled]) == code
    assert said in capsys.readouterr().err
