"""Rows that are no place: sums, and persons without a place ("keine Angabe")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sozialraum.base import _, quoted
from sozialraum.deliveries.drafting.columns import DraftColumn, distinct_texts
from sozialraum.deliveries.drafting.known_texts import (
    is_agency_sum,
    is_residual,
    is_sum,
    is_town_residual,
    looks_like_key,
)
from sozialraum.deliveries.drafting.layout import Layout
from sozialraum.deliveries.drafting.questions import Asking, Option
from sozialraum.deliveries.heads import column_letters
from sozialraum.deliveries.recipe import SumRule

_AGENCY_SUMS = (
    SumRule(re.compile(r"(\d{6})SUM"), residual=False),
    SumRule(re.compile(r"(\d{3})SUMSUM"), residual=True),
    SumRule(re.compile("()SUMSUMSUM"), residual=True),
)
_ASKED_AT_MOST = 12


@dataclass(frozen=True, slots=True)
class RowKinds:
    """Rules for rows that are no place. residual : pattern of their keys, None when there are none."""

    sums: tuple[SumRule, ...] = ()
    residual: re.Pattern[str] | None = None


def row_kinds(layout: Layout, columns: Sequence[DraftColumn], asking: Asking) -> RowKinds:
    """What the texts in the column of keys are that name no unit; words nobody knows are asked.

    A text written like the keys is a key nobody knows: the reading says so, it is no question.
    """
    key = layout.keys[0]
    sums, residual, towns = list[str](), list[str](), False
    agency = False
    for text, row in distinct_texts(layout, key.place).items():
        if key.ground.unit(text):
            continue
        means = _meaning(layout, columns, text, row, asking)
        agency = agency or is_agency_sum(text)
        if means == "sum" and not is_agency_sum(text):
            sums.append(text)
        elif means == "residual":
            towns = towns or is_town_residual(text)
            residual += [] if is_town_residual(text) else [text]
    rules = (*(_AGENCY_SUMS if agency else ()), *(_sum_rule(sums) if sums else ()))
    _say(sums, residual, asking)
    return RowKinds(rules, _residual(residual, towns))


def _meaning(layout: Layout, columns: Sequence[DraftColumn], text: str, row: int, asking: Asking) -> str:
    key = layout.keys[0]
    label = text or _label(layout, columns, row)
    if is_sum(label):
        return "sum"
    if is_residual(label):
        return "residual"
    if not text or looks_like_key(text, key.ground.keys[:200]) or len(asking.open) >= _ASKED_AT_MOST:
        return "unknown"
    cell = f"{column_letters(key.place)}{row + 1}"
    return asking.ask(
        f"row:{cell}",
        _("Was ist die Zeile „{text}“?").format(text=text),
        [
            Option("unknown", _("ein Gebiet, das das Projekt nicht kennt")),
            Option("sum", _("eine Summe, nur zur Prüfung")),
            Option("residual", _("Personen ohne Ort, zählen in Summen")),
        ],
        cell,
    )


def _label(layout: Layout, columns: Sequence[DraftColumn], row: int) -> str:
    """The text that says what a row without key is: 'Insgesamt' beside an empty key."""
    cells = layout.sheet.rows[row]
    labels = [
        cells[column.place].strip() for column in columns
        if column.use in ("name", "text", "town", "number") and len(cells) > column.place
    ]  # fmt: skip
    return next((text for text in labels if is_sum(text) or is_residual(text)), "")


def _sum_rule(texts: Sequence[str]) -> tuple[SumRule, ...]:
    """Sums are checked against all places and rows without a place; their words are kept as they stand."""
    words = "|".join(re.escape(text) for text in sorted(set(texts)))
    return (SumRule(re.compile(f"()(?:{words})")),)


def _residual(texts: Sequence[str], towns: bool) -> re.Pattern[str] | None:
    words = "|".join(re.escape(text) for text in sorted(set(texts)))
    if towns:
        return re.compile(rf"(\d{{7,8}})-ohne{'|' + words if words else ''}")
    return re.compile(words) if words or texts else None


def _say(sums: Sequence[str], residual: Sequence[str], asking: Asking) -> None:
    if any(sums):
        asking.say(_("Summenzeilen, nur zur Prüfung: {rows}.").format(rows=", ".join(quoted(text) for text in sums)))
    if any(residual):
        asking.say(_("Personen ohne Ort: {rows}.").format(rows=", ".join(quoted(text) for text in residual)))
