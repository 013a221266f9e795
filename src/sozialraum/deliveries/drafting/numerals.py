"""Which decimal sign a column of texts has, by its own texts alone; '1.234' alone proves nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Decimal = Literal[",", "."]

_SIGN = r"[+\-−]?"
_WHOLE = re.compile(_SIGN + r"\d+", re.ASCII)
_SPACED = re.compile(_SIGN + r"[1-9]\d{0,2}(?:[\u00a0\u202f]\d{3})+(,\d+)?", re.ASCII)
# A group of three after the only separator: thousands, or three decimals.
_EITHER_POINT = re.compile(_SIGN + r"[1-9]\d{0,2}\.\d{3}", re.ASCII)
_EITHER_COMMA = re.compile(_SIGN + r"[1-9]\d{0,2},\d{3}", re.ASCII)
_GROUPED_POINT = re.compile(_SIGN + r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
_GROUPED_COMMA = re.compile(_SIGN + r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_DECIMAL_COMMA = re.compile(_SIGN + r"\d+,\d+", re.ASCII)
_DECIMAL_POINT = re.compile(_SIGN + r"\d+\.\d+", re.ASCII)
_PERCENT = re.compile(r"\s*%$")
# What a text is proof of
_PROVES_COMMA = ("decimal_comma", "grouped_point")
_PROVES_POINT = ("decimal_point", "grouped_comma")


@dataclass(frozen=True, slots=True)
class Numerals:
    """The number-like texts of a column, sorted by what they show.

    whole : digits only. kinds : first text of each other kind ('either_point': '1.234', 'either_comma': '1,234',
    'decimal_comma': '12,5', 'grouped_point': '1.234.567', 'decimal_point', 'grouped_comma', 'spaced').
    """

    whole: tuple[str, ...]
    kinds: dict[str, str] = field(default_factory=dict)

    def settled(self) -> Decimal | Literal["ask_point", "ask_comma", "contradiction", "unreadable"]:
        """The decimal sign, or why it cannot be told from the texts of this column."""
        comma = any(kind in self.kinds for kind in _PROVES_COMMA)
        point = any(kind in self.kinds for kind in _PROVES_POINT)
        if comma and point:
            return "contradiction"
        if "grouped_comma" in self.kinds or ("either_comma" in self.kinds and point):
            return "unreadable"  # English thousands: nothing reads them, and nobody may take them for decimals
        if comma or point:
            return "," if comma else "."
        if "either_point" in self.kinds and "either_comma" in self.kinds:
            return "contradiction"
        if "either_point" in self.kinds:
            return "ask_point"
        return "ask_comma" if "either_comma" in self.kinds else ","

    def fractions(self) -> bool:
        """Whether a text has decimals for sure."""
        return "decimal_comma" in self.kinds or "decimal_point" in self.kinds


def kind_of(text: str) -> str:
    """'whole', 'either_point', … for a text that looks like a number, '' for any other."""
    if (text.isascii() and text.isdigit()) or _WHOLE.fullmatch(text):
        return "whole"
    if _SPACED.fullmatch(text):
        return "spaced"
    if _EITHER_POINT.fullmatch(text):
        return "either_point"
    if _EITHER_COMMA.fullmatch(text):
        return "either_comma"
    if _GROUPED_POINT.fullmatch(text):
        return "grouped_point"
    if _GROUPED_COMMA.fullmatch(text):
        return "grouped_comma"
    if _DECIMAL_COMMA.fullmatch(text):
        return "decimal_comma"
    return "decimal_point" if _DECIMAL_POINT.fullmatch(text) else ""


def numerals(texts: Iterable[str]) -> Numerals:
    """Sort the number-like texts; others are left to the signs."""
    whole, kinds = list[str](), dict[str, str]()
    for text in texts:
        kind = kind_of(text)
        if kind == "whole":
            whole.append(text)
        elif kind:
            kinds.setdefault(kind, text)
    return Numerals(tuple(whole), kinds)


def looks_like_number(text: str) -> bool:
    """Also '12,5 %', '(12)' and '<3', which only some sources may write."""
    if text.isascii() and text.isdigit():
        return True
    return bool(kind_of(_PERCENT.sub("", text.strip("()<≤> "))))
