"""Which of several matrices carries a variable best, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sozialraum.base import Finding, InputRefused, _, plural
from sozialraum.base.numbers import decimal
from sozialraum.carrying.cells import KNOWN_ENOUGH
from sozialraum.carrying.matrix import Kind, Matrix
from sozialraum.carrying.naming import method_name

Counted = Literal["persons", "dwellings"]
ORDER: dict[Counted, tuple[Kind, ...]] = {
    "persons": ("key", "points", "addresses", "inhabitants", "dwellings", "area"),
    "dwellings": ("key", "points", "addresses", "dwellings", "inhabitants", "area"),
}


@dataclass(frozen=True, eq=False)
class Choice:
    """The matrix to use and the sentence that says why."""

    matrix: Matrix
    reason: str


def best_matrix(available: Iterable[Matrix], counted: Counted = "persons") -> Choice:
    """The most preferred matrix: by key, points, addresses, what lives in the cells, ground.

    counted : what the variable counts; households and dwellings follow dwellings, everything else persons.
    Among matrices of one kind fewer steps, then fewer units divided by ground, then less outside, then the newer one.
    Raises InputRefused when there is none.
    """
    found = sorted(available, key=lambda matrix: _rank(matrix, counted))
    if not found:
        what = _("Wie diese Gliederung zu den Gebieten liegt, ist nicht bekannt.")
        raise InputRefused(_("Die Werte können nicht übertragen werden."), [Finding(what)])
    best = found[0]
    return Choice(best, " ".join(_reasons(best)))


def _rank(matrix: Matrix, counted: Counted) -> tuple[bool, int, int, int, float, tuple[int, ...], str]:
    newest_first = tuple(-ord(letter) for letter in matrix.built_on)
    divided = bool(matrix.steps)  # what divides nothing needs no weights and comes first
    return (
        divided, ORDER[counted].index(matrix.kind), len(matrix.steps), len(matrix.by_ground),
        float(matrix.outside.sum()), newest_first, matrix.inputs,
    )  # fmt: skip


def _reasons(matrix: Matrix) -> list[str]:
    if not matrix.steps:
        return [_("Jede Einheit liegt ganz in einem Ziel; nichts wird geschätzt.")]
    said = [_("Geteilte Einheiten werden {method} übertragen.").format(method=method_name(matrix.kind))]
    if matrix.error_class == "C":
        said.append(_("Genaueres ist nicht bekannt; das ist unsicher."))
    if matrix.by_ground:
        text = plural("Bei 1 Einheit ohne solche Angaben zählt die Fläche.",
                      "Bei {count} Einheiten ohne solche Angaben zählt die Fläche.", len(matrix.by_ground))  # fmt: skip
        said.append(text.format(count=len(matrix.by_ground)))
    if (matrix.known < 1).any():
        text = _("Zahlen von Gitterzellen sind zum Teil geheim: Bekannt sind je Einheit mindestens {share} %.")
        said.append(text.format(share=decimal(100 * float(np.nanmin(matrix.known)), 0)))
        if (matrix.known < KNOWN_ENOUGH).any():
            text = _("Einheiten mit weniger als {limit} % werden nach Fläche geteilt.")
            said.append(text.format(limit=decimal(100 * KNOWN_ENOUGH, 0)))
    return said
