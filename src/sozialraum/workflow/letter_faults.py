"""What cannot stand in a letter to an office, whether it asks for data or asks back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sozialraum.base import UsageError, _
from sozialraum.base.numbers import count, day
from sozialraum.base.text import is_plain, line_fault, shown

LONGEST_LINE = 200
LONGEST_WORDS = 2_000


def refuse_faults(due: str, created: str, lines: Sequence[str], words: str) -> None:
    """Raise UsageError for what a letter cannot hold.

    due : the day an answer is asked for, ISO, not before the day of `created`. lines : addressee and role, one line
    each. words : own sentences, line breaks allowed.
    """
    try:
        date.fromisoformat(due)
    except ValueError:
        raise UsageError(_("„{due}“ ist kein Datum.").format(due=shown(due))) from None
    if due < created[:10]:
        raise UsageError(_("Die Frist {due} ist schon vorbei.").format(due=day(due)))
    for line in lines:
        fault = line_fault(line, LONGEST_LINE)
        if fault:
            raise UsageError(_("Die Angabe „{line}“ {fault}").format(line=shown(line), fault=fault))
    if not is_plain(words, lines=True):
        raise UsageError(_("Der Text enthält Steuerzeichen oder unlesbare Zeichen."))
    if len(words) > LONGEST_WORDS:
        raise UsageError(_("Der eigene Text hat mehr als {most} Zeichen.").format(most=count(LONGEST_WORDS)))
