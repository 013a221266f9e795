"""Columns whose texts name units of the project, and which of them is most likely the key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sozialraum.deliveries.drafting.known_texts import Ground
from sozialraum.deliveries.drafting.numerals import looks_like_number
from sozialraum.deliveries.files import Rows

MOST_COLUMNS = 400
NEARLY = 0.6


@dataclass(frozen=True, slots=True)
class KeyColumn:
    """A column whose texts name units. rows : rows that name one, different : distinct units."""

    place: int
    ground: Ground
    rows: int
    different: int


def key_columns(rows: Rows, known: Sequence[Ground], said: int | None = None) -> list[KeyColumn]:
    """Every column with texts that name units of one kind; of several kinds the one that names most rows.

    said : position of the column a person called the key; short numbers may be keys there.
    """
    found = []
    for place in range(min(max(map(len, rows), default=0), MOST_COLUMNS)):
        counts = _counts(rows, place)
        counts.pop("", None)
        best: KeyColumn | None = None
        for ground in known:
            if ground.names_none_of(counts):
                continue
            units = [(ground.unit(text), number) for text, number in counts.items()]
            rows_named = sum(number for unit, number in units if unit)
            if rows_named and (best is None or rows_named > best.rows):
                best = KeyColumn(place, ground, rows_named, len({unit for unit, _number in units if unit}))
        if best is not None and (place == said or not _only_numbers(counts, best)):
            found.append(best)
    return found


def _counts(rows: Rows, place: int) -> Counter[str]:
    counts = Counter([row[place] for row in rows if len(row) > place])
    stripped: Counter[str] = Counter()
    for text, number in counts.items():
        stripped[text.strip()] += number
    return stripped


def _only_numbers(counts: Counter[str], key: KeyColumn) -> bool:
    """Whether the few units a column seems to name are only numbers among many others."""
    named = [text for text in counts if key.ground.unit(text)]
    others = [text for text in counts if text not in named and looks_like_number(text)]
    short = all(looks_like_number(text) and len(text) < 7 for text in named) and not _are_all_units(others, key)
    return short or (key.ground.kind != "municipality" and len(others) > len(named))


def _are_all_units(others: list[str], key: KeyColumn) -> bool:
    """Whether short numbers are the running numbers of a source geography: only known ones, and most of these."""
    return key.ground.kind == "geography" and not others and key.different >= NEARLY * len(key.ground.keys)


def rated(keys: list[KeyColumn], said: int | None = None) -> tuple[KeyColumn, ...]:
    """The key first: the one a person called so, else of the columns that name nearly as many units as the best.

    Keys go before names, finer ones first. A column of keys stays the key where some are wrong: the
    reading finds them.
    """
    order = {"block": 0, "area": 1, "agency": 2, "municipality": 3, "geography": 4}
    most = max((key.different for key in keys), default=0)

    def rank(key: KeyColumn) -> tuple[bool, bool, bool, int, int, int, int]:
        few = key.different < NEARLY * most
        return (
            key.place != said,
            few,
            key.ground.names,
            order.get(key.ground.kind, 9),
            -key.different,
            -key.rows,
            key.place,
        )

    return tuple(sorted(keys, key=rank))
