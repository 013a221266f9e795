"""Signs that a recipe explains itself, each in one line: what it means and the words of the file that say so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from math import inf
from typing import Literal

from sozialraum.base import Status, _
from sozialraum.deliveries.sign_profiles import Sign, SignProfile
from sozialraum.deliveries.sign_words import NOTHING_ELSE, bounds_in

Plain = Literal["zero", "rounded", "hidden", "missing", "blocked"]
_LINE = re.compile(
    r"\s*(?P<text>[^=]{0,12}?)\s*=\s*(?:(?P<plain>zero|rounded|hidden|missing|blocked)|"
    r"(?P<low>\d+)-(?P<high>\d+)(?P<stated> stated)?)(?::\s*(?P<legend>.*))?\s*"
)


def sign_line(text: str, meaning: str, legend: str = "") -> str:
    """The line for a sign. meaning : see `own_sign`. legend : the file's words, '' when a person said it."""
    words = " ".join(legend.split())
    return f"{text} = {meaning}{': ' + words if words else ''}".strip()


def own_sign(line: str) -> Sign:
    """The sign of a line 'sign = meaning: words of the file'; without a sign before '=' it is the empty cell.

    meaning : 'zero'; 'rounded' (nothing, or up to 2 rounded away); 'hidden' (any number); '0-2' (hidden, with
    bounds); '0-2 stated' (these bounds only where the legend of the file says them and that nothing else is hidden;
    bounds from 1 need the first word only); 'missing'; 'blocked'. Raises ValueError for any other line.
    """
    found = _LINE.fullmatch(line)
    if found is None or (found["low"] and int(found["low"]) > int(found["high"])):
        raise ValueError(line)
    legend = found["legend"] or ""
    if found["plain"]:
        return _plain(found["text"], found["plain"], legend)
    low, high = float(found["low"]), float(found["high"])
    words = _("unter {number}, verdeckt").format(number=int(high) + 1) if not low else _(
        "{low} bis {high}, verdeckt").format(low=int(low), high=int(high))  # fmt: skip
    sign = Sign(found["text"], low, high, Status.SUPPRESSED, words, legend)
    if not found["stated"]:
        return sign
    return replace(sign, only_if=_one_to(int(high)) if low else NOTHING_ELSE, otherwise=(0.0, inf))


def _plain(text: str, meaning: str, legend: str) -> Sign:
    low, high, status, words = {
        "zero": (0.0, 0.0, Status.OBSERVED, _("null")),
        "rounded": (0.0, 2.0, Status.ROUNDED, _("nichts oder bis 2")),
        "hidden": (0.0, inf, Status.SUPPRESSED, _("verdeckt, Anzahl nicht bekannt")),
        "missing": (None, None, Status.MISSING, _("nicht bekannt")),
        "blocked": (None, None, Status.BLOCKED, _("gesperrt")),
    }[meaning]
    return Sign(text, low, high, status, words, legend)


def with_own(profile: SignProfile, lines: Iterable[str]) -> SignProfile:
    """The profile with the signs of these lines before its own."""
    own = [own_sign(line) for line in lines]
    return replace(profile, signs={**profile.signs, **{sign.text: sign for sign in own}}) if own else profile


def stated_meaning(words: str) -> str:
    """What words of a legend state as bounds, as a meaning for `sign_line`; '' when they state none, or several."""
    found = bounds_in(words)
    if len({high for _low, high in found}) != 1:
        return ""
    high = found[0][1]
    low = 1 if high == 2 and (1.0, 2.0) in found else 0  # else a true zero may be hidden too
    return f"{low}-{int(high)} stated"


def _one_to(high: int) -> re.Pattern[str]:
    return re.compile(rf"(?i)(?:\*|\bstern|\bwert|\bzahl|\bfäll|\bgeheim)\D*\b1\s*(?:oder|bis|und|-|–)\s*{high}\b")
