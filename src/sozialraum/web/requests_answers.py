"""What the pages "Lücken", "Katalog" and "Rückfragen" are told, as JSON."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from sozialraum.base import _
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


def matrix_json(project: Any) -> dict[str, Any]:
    """The gap matrix of today, with the rhythm of editions and the words the page needs."""
    from sozialraum.workflow import gaps, query_files, rhythm

    today = date.today().isoformat()
    found = gaps.gap_matrix(project, today)
    words = gaps.state_words()
    names = ("data_set", "ags", "year", "state", "owner", "due", "note", "days_late")
    return {
        "today": today,
        "years": list(found.years),
        "municipalities": [{"ags": ags, "name": name} for ags, name in found.municipalities],
        "data_sets": [data_set_json(one, one.data_set_id in found.entered) for one in found.data_sets],
        "cells": [{name: getattr(cell, name) for name in names} | {"deliveries": len(cell.deliveries)}
                  for cell in found.cells],
        "counts": {state: found.count(state) for state in words},
        "words": words,
        "rhythm": rhythm.rhythm_json(found.rhythm)
        | {"sentence": rhythm.rhythm_sentence(found.rhythm, today),
           "coming": [asdict(one) for one in rhythm.editions_due(found.rhythm, today)]},
        "sender": list(query_files.sender(project)),
    }  # fmt: skip


def request_json(project: Any, made: Any, *, with_letter: bool = True) -> dict[str, Any]:
    """A request; its letter as text unless told otherwise."""
    from sozialraum.workflow import request_files

    found = {
        "request_id": made.request_id,
        "data_set": made.data_set.data_set_id,
        "title": made.data_set.title,
        "towns": list(made.towns),
        "period": made.period,
        "due": made.due,
        "to": list(made.to),
        "created": made.created,
        "columns": [] if made.form is None else [column.head for column in made.form.columns],
        "rows": 0 if made.form is None else len(made.form.units),
    }
    if made.request_id:
        found["files"] = request_files.request_file_names(made)
    if with_letter:
        found["letter_text"] = request_files.request_preview(project, made)
        found["letter"] = letter_json(request_files.request_letter(project, made))
    return found


def letter_json(letter: Any) -> dict[str, Any]:
    """A letter part by part: texts, and tables with caption, heads and rows."""
    return {
        "to": list(letter.addressee),
        "facts": [{"name": name, "text": text} for name, text in letter.facts],
        "subject": letter.subject,
        "body": [_part_json(part) for part in letter.body],
        "closing": list(letter.closing),
        "annex": [_part_json(part) for part in letter.annex],
    }


def _part_json(part: Any) -> Any:
    if isinstance(part, str):
        return part
    return {"caption": part.caption, "heads": list(part.heads), "rows": [list(row) for row in part.rows]}


def data_set_json(one: Any, entered: bool) -> dict[str, Any]:
    """A data set with its codes and what they are called."""
    from sozialraum.deliveries import catalogue_records as words

    return asdict(one) | {
        "entered": entered,
        "geography_text": words.geography_words()[one.geography],
        "rhythm_text": words.rhythm_words(one.rhythm),
        "counts_text": words.counts_words()[one.counts],
        "visible_text": words.visible_words()[one.visible_to],
    }


def catalogue_json(project: Any) -> dict[str, Any]:
    """Sources and data sets, those that are only proposed marked as such, and what can be chosen in the forms."""
    from sozialraum.deliveries import catalogue_records as words
    from sozialraum.workflow import catalogue_search

    sources, data_sets = catalogue_search.known_data_sets(project)
    entered = {one.source_id for one in project.sources()} | {one.data_set_id for one in project.data_sets()}
    return {
        "sources": [asdict(one) | {"entered": one.source_id in entered} for one in sources],
        "data_sets": [data_set_json(one, one.data_set_id in entered) for one in data_sets],
        "catalogues": catalogue_search.catalogues(project),
        "choices": {
            "geography": words.geography_words(),
            "counts": words.counts_words(),
            "visible_to": words.visible_words(),
            "recipe": {recipe.code: _(recipe.title) for recipe in project.recipes()},
        },
    }


def entry_json(entry: Any) -> dict[str, str]:
    """An entry of a catalogue."""
    return asdict(entry)


def changes_json(changes: Any) -> dict[str, Any]:
    """What a returned workbook changes, line by line."""
    return {"changes": [{"kind": kind, "title": title, "what": what} for kind, title, what in changes.lines]}
