"""A query as it is known and kept: its questions, what came back, and how far it is."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from sozialraum.base import Finding, UsageError, _
from sozialraum.base.text import shown
from sozialraum.deliveries.forms import QuestionRow
from sozialraum.project import Project
from sozialraum.project.requesting import Kept

ANSWERED, CORRECTED = "answered", "corrected"


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a query.

    asked : as it stands in the table. answer : what came back, '' = nothing yet. closed : '' while open,
    'answered', 'corrected' (a corrected file came), or the reason a person gave.
    """

    asked: QuestionRow
    answer: str = ""
    closed: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """Questions about one received file, sent together.

    query_id : '' while it is a draft. to : lines of the addressee. role : function that asks. created : ISO, UTC.
    left : what is not answered, after answers were read.
    """

    query_id: str
    review_id: str
    file_name: str
    title: str
    to: tuple[str, ...]
    due: str
    role: str
    words: str
    created: str
    questions: tuple[Question, ...]
    state: Literal["open", "answered", "closed"] = "open"
    left: tuple[Finding, ...] = ()


def queries(project: Project, review_id: str = "") -> list[Query]:
    """All queries or those about one received file, oldest first."""
    return [read(kept) for kept in project.queries(review_id)]


def query_of(project: Project, query_id: str) -> Query:
    """One query. Raises UsageError when there is none."""
    for query in queries(project):
        if query.query_id == query_id:
            return query
    raise UsageError(_("Die Rückfrage „{query}“ gibt es nicht.").format(query=shown(query_id)))


def state_words() -> dict[str, str]:
    """State of a query -> how it is called."""
    return {"open": _("offen"), "answered": _("beantwortet"), "closed": _("abgeschlossen")}


def settled(query: Query) -> Query:
    """The query with the state its questions give it."""
    if any(not one.closed for one in query.questions):
        return query
    if any(one.closed == ANSWERED for one in query.questions):
        return replace(query, state="answered")
    return replace(query, state="closed")


def stored(query: Query) -> Kept:
    """A query as the project keeps it; `read` gives it back."""
    content = {
        "file_name": query.file_name,
        "title": query.title,
        "to": list(query.to),
        "words": query.words,
        "questions": [{**asdict(one.asked), "answer": one.answer, "closed": one.closed} for one in query.questions],
    }
    return Kept(query.query_id, query.review_id, query.due, query.role, query.created, content, query.state)


def read(kept: Kept) -> Query:
    """The query that was kept."""
    content = kept.content
    questions = tuple(
        Question(
            QuestionRow(**{name: value for name, value in row.items() if name not in ("answer", "closed")}),
            row["answer"],
            row["closed"],
        )
        for row in content["questions"]
    )
    state: Any = kept.state
    return Query(
        kept.key, kept.about, content["file_name"], content["title"], tuple(content["to"]), kept.due, kept.role,
        content["words"], kept.created, questions, state,
    )  # fmt: skip
