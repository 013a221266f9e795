"""What the signs of a source mean, as data: the shipped profiles and profiles of one's own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from sozialraum.base import Finding, InputRefused, Status, _
from sozialraum.base.value import HAS_NO_NUMBER
from sozialraum.deliveries.entries import Entry
from sozialraum.deliveries.sign_words import is_contradicted
from sozialraum.deliveries.texts import NotANumber, parse_number


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign and the value it stands for.

    low, high : bounds of the number behind it, both None when the status has no number.
    meaning : short, for people. legend : what the source says of the sign, quoted.
    only_if : pattern; the bounds hold only where a line of the file's own legend says so and no line says
    otherwise (another bound, more that was hidden); `otherwise` are the bounds without that line.
    """

    text: str
    low: float | None
    high: float | None
    status: Status
    meaning: str
    legend: str = ""
    only_if: re.Pattern[str] | None = None
    otherwise: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Suffix:
    """A letter behind a number, such as 'p' for provisional, and the status it gives the number."""

    text: str
    status: Status
    meaning: str
    legend: str = ""


@dataclass(frozen=True, slots=True)
class SignProfile:
    """How the cells of one kind of source are read.

    signs, suffixes : by their text. brackets : status of a number in round brackets.
    legend : what the source says of all its numbers, quoted.
    below : True when '<3' may stand for 0 to 2.
    rounded_to : every count stands there as a multiple of this, so r is up to half of it more or less.
    smallest : counts from 1 to below this cannot occur (the source altered them); 0 = all can.
    noise : every count but 0 may differ from the true one by this much; 0 = none or not published.
    """

    code: str
    title: str
    signs: Mapping[str, Sign]
    brackets: Status | None = None
    legend: str = ""
    suffixes: Mapping[str, Suffix] | None = None
    below: bool = False
    rounded_to: int = 1
    smallest: int = 0
    noise: int = 0

    def under(self, legend: Iterable[str]) -> SignProfile:
        """The profile as it holds in a file with these legend lines.

        A sign whose bounds the legend does not confirm keeps its status and takes its wider bounds.
        """
        lines = tuple(legend)
        return replace(self, signs={text: _under(sign, lines) for text, sign in self.signs.items()})

    def unconfirmed(self, legend: Iterable[str]) -> tuple[Sign, ...]:
        """The signs whose narrow bounds these legend lines do not confirm."""
        lines = tuple(legend)
        return tuple(sign for sign in self.signs.values() if sign.only_if and not _confirmed(sign, lines))


def _confirmed(sign: Sign, lines: tuple[str, ...]) -> bool:
    if sign.only_if is None:
        return True
    said = any(sign.only_if.search(line) for line in lines)
    return said and not is_contradicted(lines, sign.text, sign.high if sign.high is not None else -1)


def _under(sign: Sign, lines: tuple[str, ...]) -> Sign:
    if _confirmed(sign, lines) or sign.otherwise is None:
        return sign
    return replace(sign, low=sign.otherwise[0], high=sign.otherwise[1], meaning=_("verdeckt, Anzahl nicht bekannt"))


_OWN: ContextVar[Mapping[str, SignProfile]] = ContextVar("own_sign_profiles")


def sign_profiles() -> Mapping[str, SignProfile]:
    """All profiles by code: the shipped ones and, within `with_profiles`, those of a project."""
    own = _OWN.get({})
    return {**_shipped(), **own} if own else _shipped()


@contextmanager
def with_profiles(own: Mapping[str, SignProfile]) -> Iterator[None]:
    """Let recipes name these profiles too; like the language, for a with block."""
    token = _OWN.set(own)
    try:
        yield
    finally:
        _OWN.reset(token)


@cache
def _shipped() -> Mapping[str, SignProfile]:
    declared = tomllib.loads((files(__package__) / "signs.toml").read_text(encoding="utf-8"))
    return {code: profile_of(entry, code) for code, entry in declared.items()}


def read_profile(path: Path) -> SignProfile:
    """Read a sign profile of one's own from a file; refused with every reason at once, also when it is no text."""
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise _refused(path.stem, [_("Die Datei ist kein Text.")]) from None
    return profile_from(text, path.stem)


def profile_from(text: str, name: str) -> SignProfile:
    """Make a profile of its text, written like one entry of signs.toml.

    name : its code unless the text gives one. Raises InputRefused with everything that is wrong.
    """
    try:
        declared = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _refused(name, [str(error)]) from error
    if "title" not in declared and len(declared) == 1 and isinstance(only := next(iter(declared.values())), dict):
        name, declared = next(iter(declared)), only  # the entry with its head line, as it stands in signs.toml
    return profile_of(declared, name)


def profile_of(declared: Mapping[str, Any], name: str) -> SignProfile:
    """Make a profile of a declared table; see `profile_from`."""
    problems: list[str] = []
    profile: SignProfile = Entry(declared, "", problems).made(lambda entry: _profile(entry, name))
    if problems:
        raise _refused(name, problems)
    return profile


def _refused(name: str, problems: Iterable[str]) -> InputRefused:
    return InputRefused(
        _("Die Erklärung der Zeichen „{name}“ ist nicht vollständig oder widerspricht sich.").format(name=name),
        [Finding(problem, file=name) for problem in problems],
        _("Bitte die Erklärung der Zeichen berichtigen."),
    )


def _profile(entry: Entry, name: str) -> SignProfile:
    profile = SignProfile(
        code=entry.text("code", name),
        title=entry.text("title"),
        signs=_by_text(entry, "signs", _sign),
        brackets=_status(entry, "brackets", None),
        legend=entry.text("legend", ""),
        suffixes=_by_text(entry, "suffixes", _suffix),
        below=entry.take("below", bool, False),
        rounded_to=entry.take("rounded_to", int, 1),
        smallest=entry.take("smallest", int, 0),
        noise=entry.take("noise", int, 0),
    )
    for what in ("rounded_to", "smallest", "noise"):
        if getattr(profile, what) < (1 if what == "rounded_to" else 0):
            entry.problem(what, _("ist zu klein."))
    if profile.rounded_to > 1 and profile.noise:
        entry.problem("noise", _("gilt nicht zusammen mit „rounded_to“."))
    if profile.brackets in HAS_NO_NUMBER:
        entry.problem("brackets", _("braucht einen Status mit einer Zahl."))
    if not profile.legend and (profile.brackets or profile.rounded_to > 1 or profile.noise or profile.smallest):
        entry.problem("legend", _("fehlt: Was sagt die Quelle über ihre Zahlen?"))
    return profile


def _by_text(entry: Entry, name: str, make: Any) -> dict[str, Any]:
    """The declared signs by their text, each once."""
    found: dict[str, Any] = {}
    items = entry.take(name, list, [])
    for number, item in enumerate(items, start=1):
        place = f"{entry.place}{name} {number}."
        if not isinstance(item, dict):
            entry.problems.append(f"{place}: " + _("ist keine Angabe mit Namen."))
            continue
        made = Entry(item, place, entry.problems).made(make)
        if made.text in found:
            entry.problems.append(f"{place}text: " + _("„{text}“ steht zweimal da.").format(text=made.text))
        found[made.text] = made
    return found


def _status(entry: Entry, name: str, default: Any = ...) -> Any:
    if default is not ... and name not in entry.left:
        return default
    value = entry.choice(name, [status.value for status in Status])
    return Status(value) if value in set(Status) else Status.MISSING


def _sign(entry: Entry) -> Sign:
    other = entry.part("otherwise")
    sign = Sign(
        text=entry.text("text").strip(),
        low=_bound(entry, "low"),
        high=_bound(entry, "high"),
        status=_status(entry, "status"),
        meaning=entry.text("meaning"),
        legend=entry.text("legend"),
        only_if=entry.pattern("only_if"),
        otherwise=other.made(_bounds) if other else None,
    )
    for problem in _wrong_bounds(sign):
        entry.problem("low, high", problem)
    if (sign.only_if is None) != (sign.otherwise is None):
        entry.problem("only_if", _("„only_if“ und „otherwise“ gehören zusammen."))
    if _is_number(sign.text):
        entry.problem("text", _("„{text}“ ist eine Zahl und kein Zeichen.").format(text=sign.text))
    return sign


def _is_number(text: str) -> bool:
    """Whether the text would be read as a number of things; '-1' would not, so it may be a sign."""
    try:
        return parse_number(text) >= 0
    except NotANumber:
        return False


def _wrong_bounds(sign: Sign) -> list[str]:
    none = sign.low is None and sign.high is None
    if sign.status in HAS_NO_NUMBER:
        return [] if none else [_("Dieser Status hat keine Zahl.")]
    if sign.low is None or sign.high is None:
        return [_("Dieser Status braucht „low“ und „high“ (inf = ohne Grenze).")]
    return [_("„low“ ist größer als „high“.")] if not sign.low <= sign.high else []


def _suffix(entry: Entry) -> Suffix:
    suffix = Suffix(entry.text("text"), _status(entry, "status"), entry.text("meaning"), entry.text("legend"))
    if not suffix.text.isalpha():
        entry.problem("text", _("besteht nicht aus Buchstaben."))
    if suffix.status in HAS_NO_NUMBER:
        entry.problem("status", _("braucht einen Status mit einer Zahl."))
    return suffix


def _bounds(entry: Entry) -> tuple[float, float]:
    low, high = _bound(entry, "low"), _bound(entry, "high")
    if low is None or high is None or not low <= high:
        entry.problem("low, high", _("braucht „low“ und „high“."))
        return (0.0, float("inf"))
    return (low, high)


def _bound(entry: Entry, name: str) -> float | None:
    """A number of the declaration, whole or not; None when it is not there."""
    value = entry.left.pop(name, None)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value != value:
        entry.problem(name, _("ist keine Zahl."))
        return None
    return float(value)
