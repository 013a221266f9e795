"""Read one cell: a number, or a sign whose meaning depends on the source."""

from __future__ import annotations

import re
from pathlib import Path

from sozialraum.base import InputRefused, Status, Value, _
from sozialraum.deliveries.sign_profiles import (
    Sign,
    SignProfile,
    Suffix,
    profile_from,
    read_profile,
    sign_profiles,
)
from sozialraum.deliveries.texts import NotANumber, parse_number

__all__ = ["Sign", "SignProfile", "Suffix", "UnknownMark", "profile_from", "read_profile", "read_value",
           "sign_profiles"]  # fmt: skip

_BELOW = re.compile(r"<\s?([1-9]\d*)", re.ASCII)


class UnknownMark(ValueError):
    """The text is neither a number nor a sign of this source; `why` says what is odd about a number."""

    def __init__(self, text: str, profile: SignProfile, why: str = "") -> None:
        self.text, self.profile, self.why = text, profile, why
        super().__init__(why or f"'{text}' is neither a number nor a sign of '{profile.code}'")


def read_value(
    text: str, profile: str | Path | SignProfile, provenance: str = "", decimal: str = ",", *, measure: bool = False
) -> Value:
    """Read one cell as a value.

    profile : code of a shipped sign profile, the path of a documented file, or the profile itself
        (`SignProfile.under(legend)` for a file). By code or path no legend of the delivered file is
        known, so signs that need one take their wide bounds.
    decimal : the decimal sign, ',' or '.'.
    measure : True for averages and shares; rounding, noise and smallest count concern counts alone.
    Returns a Value: bounds (inf = unbounded, None = no number), status, and as `mark` the sign as it
    stood in the cell.
    Raises UnknownMark when the text is neither number nor sign; nothing is guessed.
    """
    if not isinstance(profile, SignProfile):
        profile = _profile(profile).under(())
    text = text.strip()
    sign = profile.signs.get(text)
    if sign:
        return Value(sign.low, sign.high, sign.status, provenance, text)
    below = _BELOW.fullmatch(text) if profile.below else None
    if below:
        return Value(0.0, float(below[1]) - 1, Status.SUPPRESSED, provenance, text)
    bare, status, mark = _undressed(text, profile)
    try:
        number = parse_number(bare, decimal)
    except NotANumber:
        raise UnknownMark(text, profile) from None
    if measure:
        return Value(number, number, status, provenance, mark)
    return _count(text, number, status, mark, profile, provenance)


def _profile(named: str | Path) -> SignProfile:
    """A shipped profile by its code, else the one of a file."""
    if isinstance(named, str) and named in sign_profiles():
        return sign_profiles()[named]
    if Path(named).is_file():
        return read_profile(Path(named))
    raise InputRefused(
        _("Eine Erklärung der Zeichen „{name}“ gibt es nicht.").format(name=named),
        todo=_("Es gibt: {names}; oder eine Datei.").format(names=", ".join(sign_profiles())),
    )


def _undressed(text: str, profile: SignProfile) -> tuple[str, Status, str]:
    """The number without brackets or letter behind it, the status these give it, and the mark."""
    if profile.brackets is not None and text.startswith("(") and text.endswith(")"):
        return text[1:-1].strip(), profile.brackets, "()"
    for suffix in (profile.suffixes or {}).values():
        bare = text.removesuffix(suffix.text).rstrip()
        if bare != text and bare[-1:].isdigit():
            return bare, suffix.status, suffix.text
    return text, Status.OBSERVED, ""


def _count(
    text: str, number: float, status: Status, mark: str, profile: SignProfile, provenance: str
) -> Value:  # fmt: skip
    """A count with what the source does to all its counts: rounding, noise, none below the smallest."""
    if profile.rounded_to > 1:
        if number < 0 or number % profile.rounded_to:
            raise UnknownMark(text, profile, _("„{text}“ ist kein Vielfaches von {step}, auf die diese Quelle "
                                               "rundet.").format(text=text, step=profile.rounded_to))  # fmt: skip
        half = profile.rounded_to // 2
        weakest = status if status is not Status.OBSERVED else Status.ROUNDED
        return Value(max(0.0, number - half), number + half, weakest, provenance, mark)
    if 0 < number < profile.smallest and number.is_integer():
        raise UnknownMark(text, profile, _("Eine Anzahl von {text} gibt es in dieser Quelle nicht; die kleinste ist "
                                           "{least}.").format(text=text, least=profile.smallest))  # fmt: skip
    if profile.noise and number:
        status = status if status is not Status.OBSERVED else Status.UNCERTAIN
        return Value(max(0.0, number - profile.noise), number + profile.noise, status, provenance, mark)
    return Value(number, number, status, provenance, mark)
