"""Whatever a file holds that shall be an answer: it is read or refused with sentences that can be shown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation_village import answer, block, village_base
from sozialraum.base import InputRefused
from sozialraum.consultation import Base, Comment, compare_answers, read_answer

GOOD = answer(
    "Jugendamt", "C > 2", "EF | 2", "1 = Kern", comments=(Comment(1, "Neubau", block_id=block("C"), x=1.5, y=2.0),)
).to_json()  # fmt: skip
TEXT = json.dumps(GOOD, ensure_ascii=False).encode()

texts = st.text(st.characters(exclude_categories=()), max_size=20) | st.sampled_from(
    ["\ud800", "a\nb", "\x00", "\ufffe", "A" * 300, "1e999", "2026-W30-1", "", " "]
)
plain = st.none() | st.booleans() | st.integers() | st.floats() | st.just(10**400) | texts
values = st.recursive(
    plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3), max_leaves=6
)


def places(content: Any, here: tuple = ()) -> list[tuple]:
    """The way to every value inside a JSON value."""
    inner = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    return [here, *(way for name, value in inner for way in places(value, (*here, name)))]


def put(content: Any, way: tuple, value: Any) -> Any:
    """The JSON value with another value at one place."""
    if not way:
        return value
    copy = dict(content) if isinstance(content, dict) else list(content)
    copy[way[0]] = put(content[way[0]], way[1:], value)
    return copy


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("answers") / "antwort.json"


def package_of(package_id: str) -> Base | None:
    return village_base() if package_id == "a1" else None


def tried(file: Path, raw: bytes) -> None:
    file.write_bytes(raw)
    try:
        found = read_answer(file, package_of)
    except InputRefused as refused:
        said = str(refused)
        assert said.encode()
        assert "antwort.json" in said
        assert "Traceback" not in said
        assert len(said) < 5000
        return
    # what was taken can be compared, kept and shown
    compare_answers(village_base(), [found])
    assert json.dumps(found.to_json(), ensure_ascii=False, allow_nan=False).encode()


@given(st.binary(max_size=200))
def test_random_bytes(file: Path, raw: bytes) -> None:
    tried(file, raw)


@given(st.integers(0, len(TEXT)))
def test_a_file_cut_off_anywhere(file: Path, length: int) -> None:
    tried(file, TEXT[:length])


@given(st.integers(0, len(TEXT) - 1), st.binary(min_size=1, max_size=3))
def test_a_file_with_a_few_other_bytes(file: Path, place: int, raw: bytes) -> None:
    tried(file, TEXT[:place] + raw + TEXT[place + len(raw) :])


@given(st.sampled_from(places(GOOD)), values)
def test_any_value_in_any_place(file: Path, way: tuple, value: Any) -> None:
    tried(file, json.dumps(put(GOOD, way, value)).encode())


@given(st.sampled_from([way for way in places(GOOD) if way]), texts, values)
def test_a_value_nobody_knows_beside_any_other(file: Path, way: tuple, name: str, value: Any) -> None:
    home = GOOD
    for step in way[:-1]:
        home = home[step]
    more = home | {name: value} if isinstance(home, dict) else [*home, value]
    tried(file, json.dumps(put(GOOD, way[:-1], more)).encode())
