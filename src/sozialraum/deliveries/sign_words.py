"""What the lines of a legend say about hidden numbers: their bounds, and whether anything else was hidden."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

Bounds = tuple[float, float]

_WORDS = {"zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10,
          "zwanzig": 20, "hundert": 100}  # fmt: skip
_NUMBER = r"(\d{1,3}(?:\.\d{3})+|\d+|" + "|".join(_WORDS) + r")\b"
# A number that limits an age, a place or a share is no bound of a hidden number.
_NO_COUNT = r"(?!\s*(?:[-–]?\s*jähr|jahre?n?\b|j\.|monat|einwohner|%|prozent|euro|€|m²|qm\b|stunden|[.,]\d))"
_BELOW = re.compile(
    r"(?i)(?:\b(?:unter|unterhalb von|kleiner(?: als)?|weniger als|geringer als|niedriger als)|<)\s*"
    rf"{_NUMBER}{_NO_COUNT}"
)
_AT_MOST = re.compile(rf"(?i)(?:\b(?:höchstens|maximal|bis zu|kleiner(?: oder)? gleich)|≤)\s*{_NUMBER}{_NO_COUNT}")
_BETWEEN = re.compile(rf"(?i)\b(\d+)\s*(?:oder|bis|und|-|–)\s*(\d+)\b{_NO_COUNT}(?!\s*(?:oder|bis|und|-|–)\s*\d)")
_SPEAKS = re.compile(
    r"(?i)geheim|verdeck|unterdrück|datenschutz|anonymis|ausgewiesen|veröffentlicht|ersetzt|stern|\*|"
    r"\b(?:werte?|zahl(?:en)?|anzahl(?:en)?|fallzahl(?:en)?|fälle|häufigkeiten|besetzungs?zahlen)\b"
)
_OTHER_SIGN = re.compile(r"\s*(?:zeichenerklärung:\s*)?([./xX•–\-…]|\.\.\.)\s*=")
_CLAUSES = re.compile(r";|(?<!\d)\.\s+")

_HIDING = (
    r"(?:(?:weitere|zusätzliche|sekundäre|andere)[nr]?\s+(?:Geheimhaltung|Sperrung|Verdeckung|Löschung|Unterdrückung)"
    r"(?:en)?|Sekundär(?:sperrung|geheimhaltung|löschung|verdeckung)(?:en)?|Gegensperrung(?:en)?)"
)
_DONE = r"(?:vorgenommen|durchgeführt|angewandt|angewendet|erfolgt|statt|stattgefunden|erforderlich|notwendig|nötig)"
_END = r"\s*(?:$|[;.)!])"
# The whole clause, to its end: 'keine weitere Geheimhaltung außer …' and '… wurde nicht dokumentiert' say nothing.
NOTHING_ELSE = re.compile(
    rf"(?i)\b(?:(?:keine|ohne)\s+{_HIDING}(?:\s+{_DONE})?|"
    rf"{_HIDING}\s+(?:wurden?|werden|wird|ist|sind|fand|fanden|findet|finden|erfolgte?n?|erfolgt)\s+nicht(?:\s+{_DONE})?)"
    rf"{_END}"
)
_SOMETHING_ELSE = re.compile(
    rf"(?i)\b{_HIDING}|\bebenfalls\s+(?:gesternt|gesperrt|verdeckt|unterdrückt|geheim)|\bsekundär"
)


def bounds_in(text: str) -> tuple[Bounds, ...]:
    """Bounds of hidden numbers that a text states: 'unter 3' is 0 to 2, '1 oder 2' is 1 to 2."""
    found = [(0.0, _number(each[1]) - 1) for each in _BELOW.finditer(text)]
    found += [(0.0, _number(each[1])) for each in _AT_MOST.finditer(text)]
    found += [(float(each[1]), float(each[2])) for each in _BETWEEN.finditer(text) if int(each[1]) < int(each[2])]
    return tuple(dict.fromkeys(each for each in found if each[1] >= 1))


def _number(text: str) -> float:
    return float(_WORDS.get(text.lower()) or text.replace(".", ""))


def clauses(lines: Iterable[str], sign: str) -> Iterator[str]:
    """The parts of the lines that may speak of hidden numbers and of no other sign than this."""
    for line in lines:
        for clause in _CLAUSES.split(line):
            other = _OTHER_SIGN.match(clause)
            if _SPEAKS.search(clause) and (other is None or other[1] == sign):
                yield clause.strip()


def is_contradicted(lines: Iterable[str], sign: str, high: float) -> bool:
    """Whether the lines state another bound than this for hidden numbers, or say that more was hidden."""
    lines = tuple(lines)
    others = any(bounds[1] != high for clause in clauses(lines, sign) for bounds in bounds_in(clause))
    return others or any(_SOMETHING_ELSE.search(NOTHING_ELSE.sub(" ", line)) for line in lines)
