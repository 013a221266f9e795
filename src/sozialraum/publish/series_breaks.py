"""Where a line over the editions may not be drawn through: other boundaries, base or source; and carried points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sozialraum.base import _
from sozialraum.base.value import Status
from sozialraum.indicators.carried_notes import carried_of
from sozialraum.publish.change_words import Change

# Another kind of count, told by the notes of a value.
OTHER_SOURCE = frozenset({"estimated_base", "year_sum"})


def is_carried(row: Any | None) -> bool:
    """Whether a value was carried from other boundaries; a total that stays whole when areas change was not."""
    if row is None or carried_of(str(row.note or "")) is None:
        return False
    return row.level == "area" or row.status == Status.ESTIMATED.value


def breaks_in(rows: Sequence[Any | None], last: Change | None = None) -> tuple[int, ...]:
    """Places after which the line is cut: between a carried value and another, between two kinds of count.

    last : what is known of the last step; sources that differ cut it, too.
    """
    found = [place for place in range(len(rows) - 1) if _differ(rows[place], rows[place + 1])]
    if len(rows) > 1 and last is not None and _other_source(last) and len(rows) - 2 not in found:
        found.append(len(rows) - 2)
    return tuple(found)


def _differ(first: Any | None, second: Any | None) -> bool:
    if first is None or second is None:
        return False
    kinds = [frozenset(str(row.note or "").split(";")) & OTHER_SOURCE for row in (first, second)]
    return is_carried(first) != is_carried(second) or kinds[0] != kinds[1]


def _other_source(change: Change) -> bool:
    """Whether cases or population come from another source at the later date."""
    mixed = [set(part.names) for part in change.parts.unknown]
    return any("definition" in names and names & {"population", "cases"} for names in mixed)


def break_note(carried: bool, broken: bool) -> str:
    """The words under a picture that has carried points or breaks, '' without."""
    texts = []
    if carried:
        texts.append(_("Hohle Rauten: von anderen Grenzen übertragen."))
    if broken:
        texts.append(_("Gestrichelte Linie: Bruch, die Werte beider Seiten sind nur bedingt vergleichbar."))
    return " ".join(texts)
