"""Files that are no usable answer: what is wrong, where, what to do - all at once, and nothing is taken over."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from consultation_village import answer, block, village_base
from sozialraum.base import InputRefused, in_language
from sozialraum.consultation import Answer, Base, Comment, read_answer
from village import AGS

GOOD = answer("Jugendamt", "C > 2", comments=(Comment(1, "Neubaugebiet", block_id=block("C"), x=1.5, y=2.0),))
Spoil = Callable[[dict[str, Any]], object]


def package_of(package_id: str) -> Base | None:
    return village_base(locked="A") if package_id == "a1" else None


def edits(*found: Any) -> Spoil:
    return lambda content: content.update(edits=list(found))


MOVE = GOOD.to_json()["edits"][0]
# what was done to a good file -> what is said (without the name of the file)
CASES: dict[str, tuple[Spoil, list[str]]] = {
    "foreign package": (
        lambda content: content.update(package_id="a2"),
        ["gehört nicht zu diesem Projekt", "wurde nicht mit diesem Projekt erstellt", "das richtige Projekt geöffnet"],
    ),
    "another municipality": (lambda content: content.update(ags="05999008"), ["gehört nicht zu diesem Projekt"]),
    "another kind of file": (
        lambda content: content.update(format="sozialraum-package"),
        ["ist keine Antwort auf ein Abstimmungspaket", "Antwort speichern"],
    ),
    "newer version": (lambda content: content.update(version=2), ["mit einer neueren Fassung", "Aktualisieren Sie"]),
    "no role and no list": (
        lambda content: (content.update(role=" "), content.pop("edits")),
        ["„role“ fehlt", "Liste der Vorschläge fehlt"],
    ),
    "an unknown block and an unknown area": (
        edits(MOVE | {"blocks": [block("C"), block("X")]}, MOVE | {"area": f"{AGS}-09"}),
        ["Vorschlag 1", f"{AGS}-X", "Vorschlag 2", f"{AGS}-09"],
    ),
    "a block that is locked": (edits(MOVE | {"blocks": [block("A")]}), ["Vorschlag 1", "gesperrt"]),
    "a decision that is not the expert's": (
        edits(MOVE | {"kind": "adopt", "area": AGS}), ["Vorschlag 1", "kann im Paket nicht vorgeschlagen werden"],
    ),
    "a field nobody knows": (edits(MOVE | {"colour": "red"}), ["Vorschlag 1", "colour"]),
    "no text in a comment": (
        lambda content: content.update(comments=[{"text": " "}, 7]),
        ["Anmerkung 1 ist nicht lesbar", "Anmerkung 2 ist nicht lesbar"],
    ),
    "a comment on a place that is not there": (
        lambda content: content.update(comments=[{"text": "Hier", "block_id": "nirgends"}]),
        ["Anmerkung 1", "gibt es im Paket nicht"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("spoil", "said"), CASES.values(), ids=CASES.keys())
def test_what_is_said_of_a_bad_answer(tmp_path: Path, spoil: Spoil, said: list[str]) -> None:
    content = GOOD.to_json()
    spoil(content)
    with in_language("de"):
        text = refusal(tmp_path, json.dumps(content).encode())
    assert "antwort.json" in text
    assert [part for part in said if part not in text] == []


BYTES = {
    "cut off": (json.dumps(GOOD.to_json()).encode()[:-40], "bricht ab oder wurde verändert (Zeile 1"),
    "empty": (b"", "bricht ab oder wurde verändert"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\xff", "kein Text"),
    "a list": (b"[]", "keine Antwort auf ein Abstimmungspaket"),
    "deeply nested": (b"[" * 200_000, "kann nicht als Antwort gelesen werden"),
}


@pytest.mark.parametrize(("content", "said"), BYTES.values(), ids=BYTES.keys())
def test_files_of_another_kind(tmp_path: Path, content: bytes, said: str) -> None:
    with in_language("de"):
        assert said in refusal(tmp_path, content)


def refusal(folder: Path, content: bytes) -> str:
    file = folder / "antwort.json"
    file.write_bytes(content)
    with pytest.raises(InputRefused) as refused:
        read_answer(file, package_of)
    return str(refused.value)


def test_a_good_answer_is_read_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "antwort.json"
    file.write_text("\ufeff" + json.dumps(GOOD.to_json()), encoding="utf-8")
    read: Answer = read_answer(file, package_of)
    assert read == GOOD


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match=r"gibt es nicht"):
        read_answer(tmp_path / "antwort.json", package_of)
