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
    "a name of an area that fills a page": (
        edits({"kind": "rename", "role": "Jugendamt", "area": f"{AGS}-01", "name": "A" * 20_000}),
        ["Vorschlag 1", "hat 20000 Zeichen, möglich sind höchstens 80"],
    ),
    "a name of two lines": (
        edits({"kind": "rename", "role": "Jugendamt", "area": f"{AGS}-01", "name": "Nord\nSüd"}),
        ["„name“ enthält Steuerzeichen"],
    ),
    "half a character in the role": (lambda content: content.update(role="Amt \ud800"), ["„role“ enthält"]),
    "half a character in a reason": (edits(MOVE | {"why": "\udc00"}), ["„why“ enthält"]),
    "half a character in a comment": (
        lambda content: content.update(comments=[{"text": "a\ud800", "block_id": block("C")}]), ["„text“ enthält"],
    ),
    "half a character in the name of a field": (edits(MOVE | {"\ud800": 1}), ["enthält Steuerzeichen"]),
    "a long role": (lambda content: content.update(role="A" * 201), ["„role“ hat 201 Zeichen"]),
    "a time that is none": (lambda content: content.update(written="banana"), ["„written“ ist kein Zeitpunkt"]),
    "a day that is none": (
        lambda content: content.update(written="2026-02-30T10:00:00Z"), ["„written“ ist kein Zeitpunkt"],
    ),
    "a week for a day": (lambda content: content.update(written="2026-W30-1"), ["„written“ ist kein Zeitpunkt"]),
    "a time before all times": (
        lambda content: content.update(written="0001-01-01T00:00:00+23:59"), ["„written“ ist kein Zeitpunkt"],
    ),
    "true for a version": (lambda content: content.update(version=True), ["„version“ ist keine Versionsnummer"]),
    "a version before the first": (lambda content: content.update(version=-3), ["„version“ ist keine Versionsnummer"]),
    "a text for a version": (lambda content: content.update(version="1"), ["„version“ ist keine Versionsnummer"]),
    "a place that is no number": (
        lambda content: content.update(comments=[{"text": "Hier", "block_id": block("C"), "x": float("nan"), "y": 1}]),
        ["„NaN“ anstelle einer Zahl"],
    ),
    "a place of infinite distance": (
        lambda content: content.update(comments=[{"text": "Hier", "block_id": block("C"), "x": 1, "y": -float("inf")}]),
        ["„-Infinity“ anstelle einer Zahl"],
    ),
    "a place of 400 digits": (
        lambda content: content.update(comments=[{"text": "Hier", "block_id": block("C"), "x": 10**400, "y": 1}]),
        ["eine Zahl mit 401 Ziffern"],
    ),
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
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\xff", "Das ist keine Antwortdatei."),
    "a table as text": (b"Gebiet;Einwohner\n1;700\n", "Das ist keine Antwortdatei."),
    "a table in an old encoding": ("Straße;1\n".encode("cp1252"), "Das ist keine Antwortdatei."),
    "a letter": (b"Guten Tag", "Das ist keine Antwortdatei."),
    "a list": (b"[]", "keine Antwort auf ein Abstimmungspaket"),
    "a number beyond all numbers": (
        json.dumps(GOOD.to_json()).replace("1.5", "1e999").encode(), "Anmerkung 1 ist nicht lesbar",
    ),
    "thousands of digits": (b'{"format": ' + b"9" * 5000 + b"}", "eine Zahl mit 5000 Ziffern"),
    "deeply nested": (b"[" * 200_000, "kann nicht als Antwort gelesen werden"),
}  # fmt: skip


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


def test_a_reason_and_a_comment_may_have_lines(tmp_path: Path) -> None:
    content = GOOD.to_json()
    content["edits"][0]["why"] = content["comments"][0]["text"] = "eins\n\tzwei"
    file = tmp_path / "antwort.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    assert read_answer(file, package_of).comments[0].text == "eins\n\tzwei"


def test_a_good_answer_is_read_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "antwort.json"
    file.write_text("\ufeff" + json.dumps(GOOD.to_json()), encoding="utf-8")
    read: Answer = read_answer(file, package_of)
    assert read == GOOD


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match=r"gibt es nicht"):
        read_answer(tmp_path / "antwort.json", package_of)
