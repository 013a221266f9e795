"""What a person says by clicking into the preview of a file nobody knows: its sheet, its head, and what a column is.

Clicks are answers nobody asked for. They are kept with the other answers of a review under names of their own: 'sheet'
(a name), 'head' ('4' or '4-5', rows as a person counts), 'key' (a letter), 'use:C' (one of `USES`), 'name:C' (what
people call the numbers of a column).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from sozialraum.base import UsageError, _
from sozialraum.base.text import line_fault
from sozialraum.deliveries.drafting.questions import Asking
from sozialraum.deliveries.heads import column_place

Use = Literal["value", "day", "name", "skip"]
LONGEST_NAME = 80
USES: tuple[Use, ...] = get_args(Use)
_ROWS = re.compile(r"(\d{1,6})(?:\s*-\s*(\d{1,6}))?")


@dataclass(frozen=True, slots=True)
class Clicks:
    """Everything clicked so far.

    sheet : name of the sheet, ''. head : numbers of the first and last row of the head, None. key : position of the
    column of keys, None. uses : position of a column -> what it is. names : position -> name of its numbers.
    """

    sheet: str = ""
    head: tuple[int, int] | None = None
    key: int | None = None
    uses: Mapping[int, Use] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)


def is_click(name: str) -> bool:
    """Whether an answer of this name may be given without being asked."""
    return name in ("sheet", "head", "key") or name.startswith(("use:", "name:"))


def clicks_in(asking: Asking) -> Clicks:
    """The clicks among the answers. Raises UsageError for one that means nothing."""
    key, uses, names = asking.said_freely("key"), dict[int, Use](), dict[int, str]()
    for name in sorted(asking.answers):
        if name.startswith("use:"):
            use = asking.said_freely(name)
            if use not in USES:
                raise UsageError(
                    _("„{answer}“ kann eine Spalte nicht sein; möglich sind: {known}.").format(
                        answer=use, known=", ".join(USES)
                    )
                )
            uses[_column(name.removeprefix("use:"))] = use
        elif name.startswith("name:"):
            names[_column(name.removeprefix("name:"))] = _name(asking.said_freely(name))
    rows = _rows(asking.said_freely("head"))
    return Clicks(asking.said_freely("sheet"), rows, _column(key) if key else None, uses, names)


def _name(text: str) -> str:
    """A name for people: one line that means something as a short name too."""
    name = " ".join(text.split())
    fault = line_fault(name, LONGEST_NAME) if any(map(str.isalpha, name)) else _("braucht Buchstaben.")
    if fault:
        raise UsageError(_("Der Name eines Merkmals {fault}").format(fault=fault))
    return name


def _rows(answer: str) -> tuple[int, int] | None:
    if not answer:
        return None
    found = _ROWS.fullmatch(answer.strip())
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not 1 <= first <= last:
        raise UsageError(_("„{answer}“ nennt keine Kopfzeilen (Beispiel: 4 oder 4-5).").format(answer=answer))
    return first, last


def _column(letters: str) -> int:
    place = column_place(letters)
    if place < 0:
        raise UsageError(_("„{letters}“ ist keine Spalte (Beispiel: C).").format(letters=letters))
    return place


def click_sentence(name: str, answer: str) -> str:
    """A click as a sentence for people, '' for other answers."""
    letter = name.partition(":")[2]
    if name == "sheet":
        return _("Gelesen wird das Blatt „{sheet}“").format(sheet=answer)
    if name == "head":
        first, _sign, last = answer.partition("-")
        if last and last != first:
            return _("Der Kopf steht in Zeile {first} bis {last}").format(first=first, last=last)
        return _("Der Kopf steht in Zeile {row}").format(row=first)
    if name == "key":
        return _("Spalte {letter} nennt das Gebiet").format(letter=answer)
    if name.startswith("name:"):
        return _("Die Zahlen in Spalte {letter} heißen „{name}“").format(letter=letter, name=answer)
    said = {
        "value": _("In Spalte {letter} stehen Werte"),
        "day": _("In Spalte {letter} steht der Stichtag"),
        "name": _("In Spalte {letter} stehen Bezeichnungen"),
        "skip": _("Spalte {letter} wird nicht gelesen"),
    }
    return said[answer].format(letter=letter) if name.startswith("use:") and answer in said else ""
