"""The order in which people expect codes and German names."""

from __future__ import annotations

import re
import unicodedata

_PARTS = re.compile(r"(\d+)")


def code_key(code: str) -> tuple[tuple[int, int, str], ...]:
    """Sort key for area codes: 2, 2a, 2b, 10; letters and digits compared part by part."""
    parts = [part for part in _PARTS.split(code) if part]
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, name_key(part)) for part in parts)


def name_key(name: str) -> str:
    """Sort key for German names after DIN 5007-1: Ä as A, ß as ss, case ignored."""
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
