"""When two spellings mean the same street: the rules of spelling.toml applied to names.

The Zuordnungswerkzeug applies the same rules in a browser; both are tested against tests/spec/addresses/cases.json.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def spelling_rules() -> Mapping[str, Any]:
    """The content of spelling.toml: tables of texts, lists and numbers, ready for JSON."""
    return tomllib.loads((files("sozialraum.addresses") / "spelling.toml").read_text(encoding="utf-8"))


def plain(text: str) -> str:
    """Small letters without accents: 'Mühlenstraße' -> 'muehlenstrasse', 'André' -> 'andre'."""
    letters: Mapping[str, str] = spelling_rules()["letters"]
    small = unicodedata.normalize("NFKC", text).lower()
    if small.isascii():
        return small
    whole = "".join(letters.get(letter, letter) for letter in small)
    return "".join(letter for letter in unicodedata.normalize("NFD", whole) if unicodedata.category(letter) != "Mn")


def street_words(name: str) -> tuple[str, ...]:
    """The words of a name with abbreviations written out: 'Dr.-Meyer-Str.' -> ('doktor', 'meyer', 'strasse')."""
    rules = spelling_rules()["street"]
    words = "".join(
        letter if letter.isalnum() else " " for letter in plain(name) if letter not in rules["dropped"]
    ).split()
    return tuple(rules["words"].get(word) or _whole_ending(word, rules["endings"]) for word in words)


def _whole_ending(word: str, endings: Mapping[str, str]) -> str:
    for short, whole in endings.items():
        if word.endswith(short) and len(word) > len(short):
            return word[: -len(short)] + whole
    return word


def street_key(name: str) -> str:
    """A street name for comparing: 'Haupt Str.', 'Haupt-Straße' and 'HAUPTSTRASSE' are the same."""
    return "".join(street_words(name))


def loose_key(name: str) -> str:
    """A key that forgives usual mistakes: 'Schillerstrase', 'Muhlenweg' for 'Mühlenweg', text in brackets."""
    rules = spelling_rules()["loose"]
    key = street_key(without_brackets(name))
    for written, meant in rules["endings"]:
        if key.endswith(written):
            key = key[: -len(written)] + meant
            break
    for written, meant in rules["letters"]:
        key = key.replace(written, meant)
    return "".join(letter for at, letter in enumerate(key) if at == 0 or letter != key[at - 1] or letter.isdigit())


def without_brackets(name: str) -> str:
    """'Hauptstraße (Brand)' -> 'Hauptstraße'; a name all in brackets stays."""
    start, end = name.find("("), name.rfind(")")
    if start < 0 or end < start:
        return name
    return (name[:start] + " " + name[end + 1 :]).strip() or name


def initials(words: tuple[str, ...]) -> str:
    """Number of words and their first letters: names that may abbreviate each other have the same."""
    return "".join(word[0] for word in words)


def abbreviates(written: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Whether each word is the same or a short beginning of the one in its place, and at least one is the same."""
    most = spelling_rules()["loose"]["beginning_most"]
    same = 0
    for short, word in zip(written, whole, strict=True):
        same += short == word
        if short != word and not (len(short) <= most and word.startswith(short)):
            return False
    return same > 0


def one_off(key: str) -> list[str]:
    """The key and every key with one letter less; two keys one slip apart share one of these."""
    return [key, *(key[:at] + key[at + 1 :] for at in range(len(key)))]


def is_one_slip(one: str, other: str) -> bool:
    """One letter too many, too few, another, or two neighbours changed over; digits must agree."""
    if [letter for letter in one if letter.isdigit()] != [letter for letter in other if letter.isdigit()]:
        return False
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1 or one == other:
        return one == other
    at = next((at for at, letter in enumerate(one) if letter != other[at]), len(one))
    if len(one) < len(other):
        return one[at:] == other[at + 1 :]
    swapped = one[at + 1 : at + 2] == other[at] and one[at] == other[at + 1 : at + 2]
    return one[at + 1 :] == other[at + 1 :] or (swapped and one[at + 2 :] == other[at + 2 :])


def mark(salt: str, key: str, number: int) -> int:
    """The mark of a street and number, 0 to 255; see [mark] in spelling.toml."""
    rules = spelling_rules()["mark"]
    state: int = rules["start"]
    for byte in f"{salt}|{key}|{number}".encode():
        state = ((state ^ byte) * rules["factor"]) & 0xFFFFFFFF
    return (state ^ state >> 8 ^ state >> 16 ^ state >> 24) & 0xFF
