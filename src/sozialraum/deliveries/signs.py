"""Signs in cells: what '*', '-', '.', 'x' or an en dash mean depends on the source."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from sozialraum.base import Status, Value
from sozialraum.deliveries.texts import NotANumber, parse_number


class UnknownMark(ValueError):
    """The text is neither a number nor a sign of this source."""

    def __init__(self, text: str, profile: SignProfile) -> None:
        self.text, self.profile = text, profile
        super().__init__(f"'{text}' is neither a number nor a sign of '{profile.code}'")


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign and the value it stands for; `legend` is what the file must say for its bounds."""

    text: str
    low: float | None
    high: float | None
    status: Status
    meaning: str
    legend: re.Pattern[str] | None = None
    otherwise: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class SignProfile:
    """The signs of one kind of source. `brackets`: the status of a number in round brackets."""

    code: str
    title: str
    signs: Mapping[str, Sign]
    brackets: Status | None = None

    def under(self, legend: Iterable[str]) -> SignProfile:
        """The profile as it holds in a file with these legend lines.

        A sign whose bounds the legend does not confirm keeps its status and takes its wider bounds.
        """
        lines = tuple(legend)
        return replace(self, signs={text: _under(sign, lines) for text, sign in self.signs.items()})

    def unconfirmed(self, legend: Iterable[str]) -> tuple[Sign, ...]:
        """The signs whose narrow bounds these legend lines do not confirm."""
        lines = tuple(legend)
        return tuple(sign for sign in self.signs.values() if sign.legend and not _confirmed(sign, lines))


def _confirmed(sign: Sign, lines: tuple[str, ...]) -> bool:
    return sign.legend is None or any(sign.legend.search(line) for line in lines)


def _under(sign: Sign, lines: tuple[str, ...]) -> Sign:
    if _confirmed(sign, lines) or sign.otherwise is None:
        return sign
    return replace(sign, low=sign.otherwise[0], high=sign.otherwise[1])


@cache
def sign_profiles() -> Mapping[str, SignProfile]:
    """All profiles of signs.toml by code."""
    declared = tomllib.loads((files(__package__) / "signs.toml").read_text(encoding="utf-8"))
    return {code: _profile(code, entry) for code, entry in declared.items()}


def _profile(code: str, entry: Mapping[str, Any]) -> SignProfile:
    signs = {sign["text"]: _sign(sign) for sign in entry["signs"]}
    brackets = Status(entry["brackets"]) if "brackets" in entry else None
    return SignProfile(code, entry["title"], signs, brackets)


def _sign(entry: Mapping[str, Any]) -> Sign:
    other = entry.get("otherwise")
    sign = Sign(
        text=entry["text"],
        low=float(entry["low"]) if "low" in entry else None,
        high=float(entry["high"]) if "high" in entry else None,
        status=Status(entry["status"]),
        meaning=entry["meaning"],
        legend=re.compile(entry["legend"]) if "legend" in entry else None,
        otherwise=(float(other["low"]), float(other["high"])) if other else None,
    )
    Value(sign.low, sign.high, sign.status)  # a sign that contradicts itself fails here, on load
    return sign


def read_value(text: str, profile: str | SignProfile, provenance: str = "", decimal: str = ",") -> Value:
    """Read one cell as a value.

    profile : code of a sign profile or the profile itself (`SignProfile.under(legend)` for a file).
        By code alone no legend is known, so signs that need one take their wide bounds.
    decimal : the decimal sign, ',' or '.'.
    Returns a Value: an exact observed number, or what the sign stands for.
    Raises UnknownMark when the text is neither; nothing is guessed.
    """
    if isinstance(profile, str):
        profile = sign_profiles()[profile].under(())
    text = text.strip()
    sign = profile.signs.get(text)
    if sign:
        return Value(sign.low, sign.high, sign.status, provenance)
    bracketed = profile.brackets is not None and text.startswith("(") and text.endswith(")")
    try:
        number = parse_number(text[1:-1].strip() if bracketed else text, decimal)
    except NotANumber:
        raise UnknownMark(text, profile) from None
    status = profile.brackets if bracketed and profile.brackets else Status.OBSERVED
    return Value(number, number, status, provenance)
