"""What the pages "Lücken", "Katalog" and "Rückfragen" are told, as JSON."""

from __future__ import annotations

from typing import Any

from sozialraum.web.jobs import finding_json


def query_json(project: Any, query: Any, *, with_letter: bool = False) -> dict[str, Any]:
    """A query with its questions; the letter as text only when asked for."""
    from sozialraum.workflow import query_files, query_records

    found = {
        "query_id": query.query_id,
        "review_id": query.review_id,
        "file_name": query.file_name,
        "title": query.title,
        "to": list(query.to),
        "due": query.due,
        "role": query.role,
        "words": query.words,
        "created": query.created,
        "state": query.state,
        "state_text": query_records.state_words()[query.state],
        "questions": [question_json(number, one) for number, one in enumerate(query.questions, 1)],
        "left": [finding_json(finding) for finding in query.left],
    }
    if query.query_id:
        found["files"] = query_files.file_names(query)
    if with_letter:
        found["letter_text"] = query_files.letter_preview(project, query)
    return found


def question_json(number: int, one: Any) -> dict[str, Any]:
    """One question with what came back."""
    names = ("finding", "question", "sheet", "row", "key", "name", "column", "view")
    return {"number": number, **{name: getattr(one.asked, name) for name in names},
            "answer": one.answer, "closed": one.closed}  # fmt: skip
