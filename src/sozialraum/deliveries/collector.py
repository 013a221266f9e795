"""Collect everything found in one file, so that a person sees all of it at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sozialraum.base import Finding, InputRefused, _, plural
from sozialraum.deliveries.shape import Shape


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is known of a refused file: its shape without sums, its dates, the municipalities it has rows for."""

    shape: Shape
    periods: tuple[str, ...]
    municipalities: tuple[str, ...]


class DeliveryRefused(InputRefused):
    """A delivered file with errors. others : warnings and notes found beside. sketch : None when it has no table."""

    def __init__(
        self,
        headline: str,
        findings: Sequence[Finding],
        todo: str,
        others: Sequence[Finding] = (),
        sketch: Sketch | None = None,
    ) -> None:
        super().__init__(headline, findings, todo)
        self.others, self.sketch = tuple(others), sketch


class Collector:
    """Findings of one file in the order found; refuses the file when one of them is an error."""

    def __init__(self, file: str) -> None:
        self.file, self.findings = file, list[Finding]()
        self.assumed, self.skipped, self.remarks = list[str](), list[str](), list[str]()
        self.sketch: Sketch | None = None

    def add(
        self,
        severity: Literal["error", "warning", "note"],
        what: str,
        *,
        sheet: str = "",
        row: int | None = None,
        column: str = "",
        todo: str = "",
        code: str = "",
        cell: str = "",
        found: str = "",
        offer: str = "",
        facts: str = "",
    ) -> None:
        place = (self.file, sheet, row, column)
        self.findings.append(Finding(what, *place, todo, severity, code, cell, found, offer, facts))

    @property
    def has_errors(self) -> bool:
        return any(finding.severity == "error" for finding in self.findings)

    def refuse_on_errors(self) -> None:
        """Raise DeliveryRefused with all errors, in the order of the rows; warnings and notes come along."""
        errors = [finding for finding in self.findings if finding.severity == "error"]
        if errors:
            others = [finding for finding in self.findings if finding.severity != "error"]
            errors = sorted(errors, key=lambda each: (each.sheet, each.row or 0, each.column))
            raise refused(self.file, errors, others, self.sketch)


def refused(
    file: str, findings: Sequence[Finding], others: Sequence[Finding] = (), sketch: Sketch | None = None
) -> DeliveryRefused:
    """The one sentence above all reasons why a delivery is not taken over."""
    return DeliveryRefused(
        plural(
            "Die Lieferung „{file}“ kann nicht übernommen werden: {count} Befund.",
            "Die Lieferung „{file}“ kann nicht übernommen werden: {count} Befunde.",
            len(findings),
        ).format(file=file, count=len(findings)),
        findings,
        _("Es wurde nichts übernommen. Bitte die Datei berichtigen oder eine andere Einleseregel wählen."),
        others,
        sketch,
    )


def refuse(file: str, what: str, todo: str = "") -> InputRefused:
    """A refusal for one reason that concerns the whole file."""
    return refused(file, [Finding(what, file, todo=todo)])


def also(count: int) -> str:
    """' (ebenso in 3 weiteren Zeilen)', or nothing."""
    if count <= 0:
        return ""
    return " " + plural("(ebenso in {count} weiteren Zeile)", "(ebenso in {count} weiteren Zeilen)", count).format(
        count=count
    )
