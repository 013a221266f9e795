"""What is known of a received file before and after it is taken over: the records of receiving and withdrawing."""

from __future__ import annotations

import hashlib
import re
from calendar import month_name
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from sozialraum.base import Finding
from sozialraum.deliveries.corrections import Corrections
from sozialraum.project.delivered import About

if TYPE_CHECKING:
    from sozialraum.deliveries.differences import Difference
    from sozialraum.deliveries.drafting.questions import ColumnRead, Question
    from sozialraum.deliveries.preview import Preview

ReviewState = Literal["unchanged", "refused", "questions", "findings", "ready", "taken"]


@dataclass(frozen=True, slots=True)
class ReviewFinding:
    """A finding on a received file and what was decided on it.

    decision : '' while open, 'accepted', 'answered'. asked : key of the query that asks about it, ''.
    Errors are not decided; they end when the file is corrected. Notes need no decision.
    """

    id: str
    finding: Finding
    decision: str = ""
    reason: str = ""
    asked: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it stands in the way of taking over."""
        return self.finding.severity == "error" or (self.finding.severity == "warning" and not self.decision)


@dataclass(frozen=True)
class Review:
    """A received file as it would be taken over now.

    state : unchanged (these bytes are in force already), refused (cannot be read), questions, findings (something
        stands in the way), ready, taken. headline : one sentence on it.
    recipe : code, '' while none is known. recipe_known : True when it is one of those kept, False for a draft.
    known_recipes : code and title of those a person may choose, the last makes a new one.
    recipe_chosen : whether a person chose by what the file is read.
    questions : of the draft, those still open first. said : sentences on what the draft takes for certain.
    drafting : the recipe is made of this file, so its head and columns may be clicked. columns_read : how the draft
    reads each column. answered : name of an answer or click given to the draft -> what was said, as a sentence.
    date_form : form of the date a person may give by hand (`PeriodForm`), '' where it would change nothing.
    earlier : delivery of the same kind that the differences are told from, ''. replaces : delivery in force that
    this one takes the place of, ''. answers_to, answers_file : earlier open review that this file corrects, and
    the name of its file, ''.
    sentences : what was read, skipped and assumed. delivery_id : what it became, ''.
    """

    review_id: str
    file_name: str
    received_at: str
    state: ReviewState
    headline: str
    recipe: str = ""
    recipe_title: str = ""
    recipe_known: bool = False
    known_recipes: tuple[tuple[str, str], ...] = ()
    questions: tuple[Question, ...] = ()
    said: tuple[str, ...] = ()
    findings: tuple[ReviewFinding, ...] = ()
    differences: tuple[Difference, ...] = ()
    earlier: str = ""
    preview: Preview | None = None
    periods: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    rows_read: int = 0
    sentences: tuple[str, ...] = ()
    corrections: Corrections = field(default_factory=Corrections)
    about: About = field(default_factory=About)
    replaces: str = ""
    answers_to: str = ""
    answers_file: str = ""
    delivery_id: str = ""
    recipe_chosen: bool = False
    drafting: bool = False
    date_form: str = ""
    columns_read: tuple[ColumnRead, ...] = ()
    answered: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Affected:
    """What rests on a delivery.

    indicators : id and title. index, need : whether the index and the need table rest on it. pages : number of pages
    of the application that show such values. report : whether a frozen report was made with it; releases : which.
    """

    indicators: tuple[tuple[str, str], ...] = ()
    index: bool = False
    need: bool = False
    pages: int = 0
    report: bool = False
    releases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that was taken over. replaced : deliveries that are in force no longer."""

    delivery_id: str
    sentences: tuple[str, ...]
    replaced: tuple[str, ...]
    affected: Affected


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A withdrawn delivery that results still rest on. pages : names of the pages that show them."""

    delivery_id: str
    title: str
    file_name: str
    withdrawn_on: str
    why: str
    pages: tuple[str, ...]


def finding_id(finding: Finding) -> str:
    """A key that stays while the finding stays, in whatever language it is said: from its kind, place and text there.

    Where no text is quoted, the keys, numbers and dates of its sentence count, and all keys of a list it shortens:
    what was decided on one fact must not hold for another. Equal ones are told apart by their order.
    """
    place = (finding.sheet, str(finding.row or ""), finding.column, finding.cell)
    parts = (finding.code, *place, finding.found or _facts(finding.what), *filter(None, [finding.facts]))
    return "f" + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def _facts(sentence: str) -> str:
    """Keys, numbers and dates of a sentence, the same in every language: sorted, without separators."""
    months = {name: f"{number:02d}" for number, name in enumerate(month_name) if name}
    plain = re.sub(r"\b(?:" + "|".join(months) + r")\b", lambda found: months[found[0]], sentence)
    plain = re.sub(r"\b(\d{1,2})\.(\d{2})\.(\d{4})\b", r"\1 \2 \3", plain)  # a date in German
    plain = re.sub(r"(?<=\d)[.,](?=\d)", "", plain)
    return " ".join(sorted(re.findall(r"\d+[a-z]?\b", plain)))


def with_ids(findings: tuple[Finding, ...]) -> dict[str, Finding]:
    """Findings by their keys; equal ones are told apart by a number."""
    found: dict[str, Finding] = {}
    for finding in findings:
        key, number = finding_id(finding), 1
        while key in found:
            number += 1
            key = f"{finding_id(finding)}-{number}"
        found[key] = finding
    return found
