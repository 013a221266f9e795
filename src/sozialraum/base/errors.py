"""Errors a person meets: what, where, what to do - and the exit code of the command.

Sorted by who has to act. Each class carries the exit code that the documentation lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sozialraum.base.language import _


class SozialraumError(Exception):
    """Something a person can act on; its text is a complete sentence."""

    exit_code = 3


class UsageError(SozialraumError):
    """The command was called wrongly."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in an input.

    what : one sentence. todo : one sentence on what to do, may be empty.
    severity : 'error' stops the intake, 'warning' waits for a decision, 'note' informs.
    code : kind of finding for programs ('lost_zeros', 'sum'), '' when nothing can be done at the place itself.
    cell : 'E12', the one cell it is about. found : the text that stands there. offer : the text proposed instead.
    facts : a check number of everything a shortened list begins to name, '' where the sentence names all.
    """

    what: str
    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    todo: str = ""
    severity: Literal["error", "warning", "note"] = "error"
    code: str = ""
    cell: str = ""
    found: str = ""
    offer: str = ""
    facts: str = ""

    def sentence(self) -> str:
        """Place, what was found and what to do, as one line."""
        place = []
        if self.sheet:
            place.append(_("Blatt „{sheet}“").format(sheet=self.sheet))
        if self.row is not None:
            place.append(_("Zeile {row}").format(row=self.row))
        if self.column:
            place.append(_("Spalte „{column}“").format(column=self.column))
        head = ", ".join(place)
        return " ".join(part for part in (f"{head}: {self.what}" if head else self.what, self.todo) if part)


class InputRefused(SozialraumError):
    """An input cannot be used; every reason at once, nothing was taken over."""

    exit_code = 3
    shown_at_most = 20

    def __init__(self, headline: str, findings: Sequence[Finding] = (), todo: str = "") -> None:
        self.headline, self.findings, self.todo = headline, tuple(findings), todo
        super().__init__(self.text())

    def text(self) -> str:
        lines = [self.headline]
        lines += [f"  {finding.sentence()}" for finding in self.findings[: self.shown_at_most]]
        more = len(self.findings) - self.shown_at_most
        if more > 0:
            lines.append("  " + _("… und {count} weitere Befunde.").format(count=more))
        if self.todo:
            lines.append(self.todo)
        return "\n".join(lines)


class ProjectRefused(SozialraumError):
    """The folder is not a project, is in use, or is damaged."""

    exit_code = 3


class NoPlan(SozialraumError):
    """No plan of areas can be given; says why."""

    exit_code = 4


class ReleaseRefused(SozialraumError):
    """A release would disclose something or has nothing to release."""

    exit_code = 5


class Interrupted(SozialraumError):
    """The person stopped the work; the last complete state stands."""

    exit_code = 130
