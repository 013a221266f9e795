"""The words on the pages: free of method and file words, and complete in English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract
from fastapi.testclient import TestClient

from sozialraum.base.language import catalogue

WEB = Path(__file__).parents[3] / "web" / "src"
SOURCES = sorted(path for path in WEB.rglob("*.ts*") if ".test." not in path.name)
FORBIDDEN = re.compile(
    r"\b(z-Wert|z-Werte|LISA|FDR|2SFCA|LP|TOML|GeoPackage|gpkg|recipe|Rezept|[Hh]ash|Status hoch(?! \())\b"
)
OPTIONS = {"jsx": "true", "parse_template_string": "true"}


def texts(path: Path) -> list[str | tuple[str, ...]]:
    with path.open("rb") as file:
        found = extract("javascript", file, keywords={"t": None, "plural": (1, 2)}, options=OPTIONS)
        return [message for _line, message, _comments, _context in found]


@pytest.fixture(scope="module")
def words() -> set[str]:
    messages = [message for path in SOURCES for message in texts(path)]
    return {text for message in messages for text in ((message,) if isinstance(message, str) else message)}


def test_the_extractor_finds_every_text(words: set[str]) -> None:
    calls = re.compile(r'(?<![\w.])(?:t|plural)\(\s*"((?:[^"\\]|\\.)*)"')
    written = {text for path in SOURCES for text in calls.findall(path.read_text(encoding="utf-8"))}
    assert len(written) > 250
    assert written <= words


def test_no_method_or_file_word_stands_on_a_page(words: set[str]) -> None:
    assert [text for text in words if FORBIDDEN.search(text)] == []


def test_no_exclamation_mark_and_no_bare_percent_sign(words: set[str]) -> None:
    assert [text for text in words if "!" in text or re.search(r"\d %", text)] == []


def test_every_text_of_the_pages_has_an_english_one(words: set[str]) -> None:
    known = getattr(catalogue("en"), "_catalog", {})
    if len(known) < 2:
        pytest.skip("the English catalogue is not compiled")
    keys = {key[0] if isinstance(key, tuple) else key for key in known}
    many = {message[1] for path in SOURCES for message in texts(path) if isinstance(message, tuple)}
    assert sorted(words - keys - many) == []


def test_the_catalogue_goes_to_the_page_as_plain_words(client: TestClient) -> None:
    assert client.get("/api/words?lang=de").json() == {}
    assert all(isinstance(text, str | list) for text in client.get("/api/words?lang=en").json().values())
