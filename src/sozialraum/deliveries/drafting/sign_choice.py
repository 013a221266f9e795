"""Which signs of which source stand in a column: by what the file explains, by its source, else asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sozialraum.base import Status, Value, _, quoted
from sozialraum.deliveries.drafting.numerals import kind_of
from sozialraum.deliveries.drafting.questions import Asking, Option
from sozialraum.deliveries.sign_profiles import SignProfile
from sozialraum.deliveries.signs import UnknownMark, read_value, sign_profiles

Meaning = Literal["zero", "suppressed", "missing", "blocked", "uncertain"]

SKIP = "skip"
# Without words of the file only these are clear: a star always hides a number, an empty field has none.
# The reading says both again, at the cell.
_CLEAR = ("*", "")
_MEANINGS: tuple[tuple[Meaning, re.Pattern[str]], ...] = (
    ("suppressed", re.compile(r"(?i)geheim|verdeckt|unterdrück|datenschutz|anonymis|"
                              r"(?:weniger als|kleiner als|unter) (?:\d{1,2}\b(?!\.\d)|drei|fünf|zehn)|"
                              r"\d+ (?:oder|bis|und) \d+|zu klein|< ?\d")),
    ("zero", re.compile(r"(?i)nichts vorhanden|nicht vorhanden|genau null|\bnull\b|"
                        r"keine? (?:fälle|fall|person|vorkommen)")),
    ("blocked", re.compile(r"(?i)gesperrt|nicht sinnvoll|entfällt|gebiet\w* (?:mit )?(?:unter|weniger als)")),
    ("missing", re.compile(r"(?i)keine angabe|nicht geliefert|nicht vor\b|fehlt|unbekannt|später an|nicht verfügbar|"
                           r"nicht erhoben|nicht erfasst")),
    ("uncertain", re.compile(r"(?i)nicht sicher|unsicher|eingeschränkt")),
)  # fmt: skip
# Sources whose signs are published and the same in all their tables
_SOURCES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("census2022", re.compile(r"(?i)zensus 2022")),
    ("census2011", re.compile(r"(?i)zensus 2011")),
    ("agency", re.compile(r"(?i)agentur für arbeit")),
    ("inkar", re.compile(r"\bINKAR\b|\bBBSR\b")),
    ("destatis", re.compile(
        r"(?i)statistische[sn]? (?:bundesamt|landesamt|ämter)|\bIT\.NRW\b|landesdatenbank|GENESIS|destatis")),
)  # fmt: skip
_ROUNDED = re.compile(r"(?i)\bvielfache[sn]? von 5\b|\b5er-rundung\b|auf (?:5|fünf) gerundet|durch 5 teilbar")


@dataclass(frozen=True, slots=True)
class Notes:
    """What the lines around the table say: meaning of signs, the source, rounding. lines : all of them.

    profiles : the sign profiles that may hold, shipped ones and the project's own.
    """

    lines: tuple[str, ...]
    explained: Mapping[str, Meaning]
    sources: tuple[str, ...]
    rounded: bool
    profiles: Mapping[str, SignProfile]


def read_notes(lines: Iterable[str], profiles: Mapping[str, SignProfile] | None = None) -> Notes:
    """Read titles, footnotes and notes for what they explain. profiles : those that signs may be read by."""
    every = tuple(lines)
    explained: dict[str, Meaning] = {}
    for line in every:
        for sign, words in _explanations(line):
            meaning = next((meaning for meaning, pattern in _MEANINGS if pattern.search(words)), None)
            if meaning:
                explained.setdefault(sign, meaning)
    sources = tuple(code for code, words in _SOURCES if any(words.search(line) for line in every))
    return Notes(every, explained, sources, any(_ROUNDED.search(line) for line in every),
                 sign_profiles() if profiles is None else profiles)  # fmt: skip


_EXPLAINED = re.compile(
    r"(?:^|(?<=[\s;,:(„\"]))([*./xX•–\-…]|\.\.\.|k\. ?A\.)[\"“]?\s*(?:=|:|bedeutet|steht für)\s*"
    r"((?:(?!\s(?:[*./xX•–\-…]|\.\.\.)\s*=)[^;])+)"
)
_STAR = re.compile(r"(?i)\b(?:ein )?sterne?\b(?: steht für| bedeutet|:)?\s*([^;]+)")


def _explanations(line: str) -> Iterable[tuple[str, str]]:
    yield from ((found[1], found[2]) for found in _EXPLAINED.finditer(line))
    yield from (("*", found[1]) for found in _STAR.finditer(line))


def choose_signs(
    name: str, shown: str, texts: Iterable[str], notes: Notes, decimal: str, cell: str, asking: Asking, *,
    measure: bool, rounded: bool,
) -> str:  # fmt: skip
    """Code of the sign profile for the texts of a column; 'skip' when a person leaves the column out.

    name : of the question. shown : the column for people. rounded : its numbers are rounded to multiples of 5.
    """
    odd = [text for text in texts if not kind_of(text)]
    fitting = _fitting(odd, notes, decimal, measure, rounded)
    if fitting and len({meant for _profile, meant in fitting}) == 1 and _is_explained(odd, notes, fitting[0][0]):
        return fitting[0][0].code
    confirmed = [profile for profile, _meant in fitting if _confirms(profile, odd, notes)]
    if len(confirmed) == 1 and _is_explained(odd, notes, confirmed[0]):
        return confirmed[0].code
    of_source = [profile for profile, _meant in fitting if profile.code in notes.sources]
    if len(of_source) == 1:
        return of_source[0].code
    options = [Option(profile.code, _told(profile, odd)) for profile, _meant in _different(fitting)]
    return asking.ask(
        name,
        _("Was bedeutet {signs} in {column}?").format(signs=", ".join(_named(odd)), column=shown),
        [*options, Option(SKIP, _("unklar: Spalte nicht lesen"))],
        cell,
    )


def _named(texts: Sequence[str]) -> list[str]:
    return [quoted(text) if text else _("ein leeres Feld") for text in texts[:5]]


def _fitting(
    odd: Sequence[str], notes: Notes, decimal: str, measure: bool, rounded: bool
) -> list[tuple[SignProfile, tuple[object, ...]]]:
    """Profiles that read every odd text and contradict no explanation, with what they make of the texts."""
    found: list[tuple[SignProfile, tuple[object, ...]]] = []
    for profile in notes.profiles.values():
        if not _is_possible(profile, notes, rounded and not measure):
            continue
        under = profile.under(notes.lines)
        try:
            values = [read_value(text, under, decimal=decimal, measure=measure) for text in odd]
        except UnknownMark:
            continue
        if all(_agrees(notes, text, value) for text, value in zip(odd, values, strict=True)):
            found.append((profile, tuple((each.low, each.high, each.status) for each in values)))
    return found


def _is_possible(profile: SignProfile, notes: Notes, rounded: bool) -> bool:
    """Profiles that alter numbers hold only where the file says so."""
    if profile.smallest > 0 or profile.noise > 0 or profile.code.startswith("census"):
        return profile.code in notes.sources
    return rounded == (profile.rounded_to > 1)


def _agrees(notes: Notes, text: str, value: Value) -> bool:
    meaning = notes.explained.get(text)
    return meaning is None or meaning == _meaning(value)


def _meaning(value: Value) -> Meaning:
    if value.status is Status.SUPPRESSED:
        return "suppressed"
    if value.status in (Status.MISSING, Status.BLOCKED):
        return "missing" if value.status is Status.MISSING else "blocked"
    return "zero" if value.high in (0.0, 2.0) else "uncertain"


def _is_explained(odd: Sequence[str], notes: Notes, profile: SignProfile) -> bool:
    """Whether each sign is clear: by itself, by the file's own words, or by its source."""
    if profile.code in notes.sources:
        return True
    brackets = any("( )" in line or "()" in line for line in notes.lines)
    return all(
        text in _CLEAR or text in notes.explained or text.startswith("<") or (brackets and text.startswith("("))
        for text in odd
    )


def _confirms(profile: SignProfile, odd: Sequence[str], notes: Notes) -> bool:
    """Whether the file's legend says what this profile needs for the narrow bounds of a sign that is there."""
    open_signs = {sign.text for sign in profile.unconfirmed(notes.lines)}
    return any(
        (sign := profile.signs.get(text)) is not None and sign.only_if is not None and text not in open_signs
        for text in odd
    )


def _different(
    fitting: Sequence[tuple[SignProfile, tuple[object, ...]]],
) -> list[tuple[SignProfile, tuple[object, ...]]]:
    """One profile for each way to read the signs."""
    seen: dict[tuple[object, ...], SignProfile] = {}
    for profile, meant in fitting:
        seen.setdefault(meant, profile)
    return [(profile, meant) for meant, profile in seen.items()]


def _told(profile: SignProfile, odd: Sequence[str]) -> str:
    """'- nichts vorhanden, x gesperrt (Jugendämter)'."""
    meanings = [
        f"{text or _('leer')} {profile.signs[text].meaning}" for text in odd[:5] if text in profile.signs
    ]  # fmt: skip
    return f"{', '.join(meanings)} ({_(profile.title)})" if meanings else _(profile.title)
