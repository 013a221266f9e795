"""Which signs of which source stand in a column: by what the file explains, by its source, else asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sozialraum.base import Status, Value, _, quoted
from sozialraum.deliveries.drafting.columns import is_mark
from sozialraum.deliveries.drafting.numerals import kind_of
from sozialraum.deliveries.drafting.questions import Asking, Option
from sozialraum.deliveries.sign_lines import sign_line, stated_meaning
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

    said : sign -> words on it, each with the line they stand in. profiles : the sign profiles that may hold,
    shipped ones and the project's own.
    """

    lines: tuple[str, ...]
    explained: Mapping[str, Meaning]
    sources: tuple[str, ...]
    rounded: bool
    profiles: Mapping[str, SignProfile]
    said: Mapping[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class Signs:
    """How the signs of a column are read: code of a profile, and lines for signs of this very file before it."""

    code: str
    own: tuple[str, ...] = ()


def read_notes(lines: Iterable[str], profiles: Mapping[str, SignProfile] | None = None) -> Notes:
    """Read titles, footnotes and notes for what they explain. profiles : those that signs may be read by."""
    every = tuple(lines)
    explained: dict[str, Meaning] = {}
    said: dict[str, list[tuple[str, str]]] = {}
    for line in every:
        for sign, words in _explanations(line):
            said.setdefault(sign, []).append((words, line))
            meaning = _meant_by(words)
            if meaning:
                explained.setdefault(sign, meaning)
    if "*" not in said:
        said["*"] = [(line, line) for line in every if _HIDES.search(line) and stated_meaning(line)]
    sources = tuple(code for code, words in _SOURCES if any(words.search(line) for line in every))
    return Notes(every, explained, sources, any(_ROUNDED.search(line) for line in every),
                 sign_profiles() if profiles is None else profiles,
                 {sign: tuple(each) for sign, each in said.items() if each})  # fmt: skip


def _meant_by(words: str) -> Meaning | None:
    return next((meaning for meaning, pattern in _MEANINGS if pattern.search(words)), None)


_EXPLAINED = re.compile(
    r"(?:^|(?<=[\s;,:(„\"]))([*./xX•–\-…]|\.\.\.|k\. ?A\.)[\"“]?\s*(?:=|:|bedeutet|steht für)\s*"
    r"((?:(?!\s(?:[*./xX•–\-…]|\.\.\.)\s*=)[^;])+)"
)
_STAR = re.compile(r"(?i)\b(?:ein )?sterne?\b(?: steht für| bedeutet|:)?\s*([^;]+)")
_STAR_FIRST = re.compile(r"^\W{0,2}(?:\d\)\s*)?\*\)?\s+([^=:\s][^;]*)")
# Words without a sign that speak of hidden numbers: the star is what hides
_HIDES = re.compile(
    r"(?i)\b(?:werte?|\w*zahl(?:en)?|fälle|häufigkeiten|angaben)\b.*(?:geheim|verdeckt|ausgewiesen|unterdrückt|"
    r"veröffentlicht|ersetzt|datenschutz|anonymis|dargestellt)"
)


def _explanations(line: str) -> Iterable[tuple[str, str]]:
    yield from ((found[1], found[2]) for found in _EXPLAINED.finditer(line))
    yield from (("*", found[1]) for pattern in (_STAR, _STAR_FIRST) for found in pattern.finditer(line))


def choose_signs(
    name: str, shown: str, texts: Mapping[str, str], notes: Notes, decimal: str, asking: Asking, *,
    measure: bool, rounded: bool,
) -> Signs | None:  # fmt: skip
    """How the signs of a column are read; None when a person leaves the column out.

    The legend of the file counts before any profile; a source whose signs are published needs no legend.
    name : of the question. shown : the column for people. texts : of the column, each with its first cell.
    rounded : its numbers are rounded to multiples of 5.
    """
    odd = [text for text in texts if not kind_of(text)]
    fitting = _fitting(odd, notes, decimal, measure, rounded)
    of_source = [profile for profile, _meant in fitting if profile.code in notes.sources]
    settled = _of_profile(odd, notes, fitting, of_source) if "*" not in odd or _is_same_star(of_source, notes) else None
    if settled is not None:
        return Signs(settled.code)
    marks = [text for text in odd if not text or is_mark(text)]
    if fitting and len(marks) < len(odd):  # brackets and letters behind numbers only a profile can read
        options = [Option(profile.code, _told(profile, odd)) for profile, _meant in _different(fitting)]
        what = _("Was bedeutet {signs} in {column}?").format(signs=", ".join(_named(odd)), column=shown)
        answer = asking.ask(name, what, [*options, Option(SKIP, _("unklar: Spalte nicht lesen"))], texts[odd[0]])
        return None if answer == SKIP else Signs(answer)
    meant = [_mark_meaning(name, shown, text, texts[text], marks, notes, asking) for text in marks]
    if SKIP in meant:
        return None
    lines = []
    for text, meaning in zip(marks, meant, strict=True):
        words = next((line for _words, line in notes.said.get(text, ()) if meaning == _from_file(text, notes)), "")
        lines.append(sign_line(text, "rounded" if rounded and meaning == "zero" else meaning, words))
    return Signs("rounded5" if rounded else "plain", tuple(lines))


def _of_profile(
    odd: Sequence[str], notes: Notes, fitting: Sequence[tuple[SignProfile, tuple[object, ...]]],
    of_source: Sequence[SignProfile],
) -> SignProfile | None:  # fmt: skip
    """The one profile that the signs, the words of the file and its source allow."""
    if fitting and len({meant for _profile, meant in fitting}) == 1 and _is_explained(odd, notes, fitting[0][0]):
        return fitting[0][0]
    confirmed = [profile for profile, _meant in fitting if _confirms(profile, odd, notes)]
    if len(confirmed) == 1 and _is_explained(odd, notes, confirmed[0]):
        return confirmed[0]
    return of_source[0] if len(of_source) == 1 else None


def _is_same_star(of_source: Sequence[SignProfile], notes: Notes) -> bool:
    """Whether the source is known and the file states no other bound for its star."""
    stated = _from_file("*", notes)
    star = of_source[0].signs.get("*") if len(of_source) == 1 else None
    return star is not None and (stated in ("", "hidden") or stated.endswith(f"-{star.high or 0:.0f} stated"))


def _from_file(text: str, notes: Notes) -> str:
    """What the file itself says of a sign, as a meaning of `sign_line`; '' when nothing, or several things."""
    words = [words for words, _line in notes.said.get(text, ())]
    stated = {meaning for meaning in map(stated_meaning, words) if meaning}
    if len(stated) == 1 and notes.explained.get(text, "suppressed") == "suppressed":
        return stated.pop()
    meaning = notes.explained.get(text, "")
    if stated or meaning == "uncertain":
        return ""
    return "hidden" if meaning == "suppressed" else meaning


def _mark_meaning(
    name: str, shown: str, text: str, cell: str, marks: Sequence[str], notes: Notes, asking: Asking
) -> str:  # fmt: skip
    """What a sign means: by the file, by itself, else asked; a star can always be said to mean something else."""
    below = _BELOW.fullmatch(text)
    if not text or below:  # an empty field has no number; '<3' says what it is
        return f"0-{int(below[1]) - 1}" if below else "missing"
    from_file = _from_file(text, notes)
    default = ""
    if text == "*":
        hides = from_file == "hidden" or from_file.endswith("stated")
        default = from_file if hides else "" if notes.said.get(text) else "hidden"
    elif from_file and _is_usual(text, from_file, notes):
        return from_file
    quoted_line = next((line for _words, line in notes.said.get(text, ())), "")
    several = sum(each not in ("", "*") for each in marks) + ("*" in marks) > 1
    return asking.ask(
        f"{name}:{text}" if several else name,
        _("Was bedeutet {signs} in {column}?").format(signs=quoted(text), column=shown),
        _meanings(from_file, quoted_line), cell, default=default,
    )  # fmt: skip


def _is_usual(text: str, meaning: str, notes: Notes) -> bool:
    found = [profile.signs[text] for profile in notes.profiles.values() if text in profile.signs]
    return any(sign.status is _STATUSES.get(meaning) for sign in found)


_BELOW = re.compile(r"<\s?([1-9]\d*)", re.ASCII)
_STATUSES = {"zero": Status.OBSERVED, "hidden": Status.SUPPRESSED, "missing": Status.MISSING, "blocked": Status.BLOCKED}


def _meanings(from_file: str, line: str) -> list[Option]:
    """All that a sign can mean, what the file says first and quoted."""
    nothing_else = _("unter {number}; sonst ist nichts verdeckt")
    options = [
        Option("hidden", _("verdeckt, Anzahl nicht bekannt")),
        Option("zero", _("null")),
        Option("1-2", _("1 oder 2")),
        *(Option(f"0-{number - 1}", nothing_else.format(number=number)) for number in (3, 5, 10)),
        Option("missing", _("nicht bekannt")),
        Option("blocked", _("gesperrt")),
        Option(SKIP, _("unklar: Spalte nicht lesen")),
    ]
    if not from_file:
        return options
    said = Option(from_file, _("wie die Datei sagt: {line}").format(line=quoted(line[:120])))
    return [said, *(option for option in options if option.value != from_file)]


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
