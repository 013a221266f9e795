"""Turn German texts into numbers and dates; refuse what is not surely one."""

from __future__ import annotations

import calendar
import math
import re
from collections.abc import Iterable
from datetime import date

import numpy as np

# Points only between groups of three, and a group never begins with 0: '0.123' is no
# German number and must not become 123.
_GROUPED = re.compile(r"([+\-−]?)([1-9]\d{0,2}(?:([.\u00a0\u202f])\d{3})(?:\3\d{3})*)(?:,(\d+))?", re.ASCII)
_PLAIN = re.compile(r"([+\-−]?)(\d+)(?:,(\d+))?", re.ASCII)
_POINTED = re.compile(r"[+\-−]?\d+(?:\.\d+)?", re.ASCII)
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})(\d{2})", re.ASCII)
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)


class NotANumber(ValueError):
    """The text is not surely a number."""


class NotADay(ValueError):
    """The text is not a date of the calendar."""


def parse_number(text: str, decimal: str = ",") -> float:
    """Read a German number: '1.234' is 1234, '12,5' is 12.5, '−3' is −3.

    decimal : '.' reads '12.5' as 12.5 and knows no groups of three.
    Refuses everything else with NotANumber: 'ca. 40', '1.5', '0.123', '1,234.5', '12 %', ''.
    """
    if decimal == "." and not _POINTED.fullmatch(text):
        raise NotANumber(text)
    if decimal == ".":
        return float(text.replace("−", "-"))
    found = _GROUPED.fullmatch(text)
    if found:
        sign, whole, _separator, fraction = found.groups()
    else:
        found = _PLAIN.fullmatch(text)
        if not found:
            raise NotANumber(text)
        sign, whole, fraction = found.groups()
    digits = re.sub(r"\D", "", whole)
    number = float(f"{digits}.{fraction}") if fraction else float(digits)
    return -number if sign in ("-", "−") else number


def parse_day(text: str) -> str:
    """Read '31.12.2025' or '2025-12-31' as the ISO text of that day; NotADay otherwise."""
    found = _DAY.fullmatch(text)
    parts = tuple(reversed(found.groups())) if found else ()
    if not found:
        found = _ISO_DAY.fullmatch(text)
        parts = found.groups() if found else ()
    try:
        year, month, day = (int(part) for part in parts)
        return date(year, month, day).isoformat()
    except ValueError as error:
        raise NotADay(text) from error


def parse_month_end(text: str) -> str:
    """Read a reporting month '202512' as the ISO text of its last day; NotADay otherwise."""
    found = _MONTH.fullmatch(text)
    if not found or not 1 <= int(found[2]) <= 12 or not _YEAR.fullmatch(found[1]):
        raise NotADay(text)
    year, month = int(found[1]), int(found[2])
    return date(year, month, calendar.monthrange(year, month)[1]).isoformat()


def parse_year(text: str) -> str:
    """Read a bare year '2025' (a sum over the year); NotADay otherwise."""
    if not _YEAR.fullmatch(text):
        raise NotADay(text)
    return text


def decimals(texts: Iterable[object]) -> np.ndarray:
    """Numbers without groups of three, such as coordinates, NaN for what is none; "." and "," part decimals."""
    found = []
    for text in texts:
        try:
            found.append(parse_number(str(text).strip().replace(",", "."), "."))
        except NotANumber:
            found.append(math.nan)
    return np.array(found, dtype=float)
