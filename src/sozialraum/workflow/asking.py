"""Queries about deliveries: ask, hand out letter, table and reminder, read the answers, close what is settled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from sozialraum.base import InputRefused, UsageError, _, in_language, plural
from sozialraum.base.numbers import count
from sozialraum.base.text import shown
from sozialraum.deliveries import forms
from sozialraum.deliveries.files import open_file
from sozialraum.project import Project
from sozialraum.project.settings import DEFAULT_ROLE
from sozialraum.project.store import now
from sozialraum.workflow.letter_faults import refuse_faults
from sozialraum.workflow.query_files import project_mark, write_files_of
from sozialraum.workflow.query_records import ANSWERED, CORRECTED, Query, Question, queries, query_of, settled, stored
from sozialraum.workflow.questions import question_row

LONGEST_REASON = 500


def draft_query(
    project: Project,
    review_id: str,
    findings: Sequence[str],
    due: str = "",
    role: str = DEFAULT_ROLE,
    words: str = "",
    to: Sequence[str] = (),
) -> Query:
    """The query as it would be sent, nothing is kept.

    findings : keys of findings of the review. due : ISO date, '' = in two weeks. words : own sentences for the letter.
    to : addressee, () = as the source of the data set says.
    Raises UsageError: no such review or finding, a date that is none.
    """
    chosen = list(dict.fromkeys(findings))
    if not chosen:
        raise UsageError(_("Wählen Sie mindestens einen Befund für die Rückfrage."))
    review = _review(project, review_id)
    with in_language("de"):  # the letter is German whatever the page speaks
        german = _review(project, review_id)
        found = dict(zip([one.id for one in review.findings], german.findings, strict=True))
        lost = [key for key in chosen if key not in found]
        if lost:
            raise UsageError(_("Diesen Befund gibt es in der Lieferung nicht mehr: {key}.").format(key=shown(lost[0])))
        rows = [question_row(key, found[key].finding, german.preview) for key in chosen]
        query = Query(
            query_id="",
            review_id=review_id,
            file_name=review.file_name,
            title=german.recipe_title or review.file_name,
            to=tuple(line.strip() for line in to if line.strip()) or addressee(project, review),
            due=due or in_two_weeks(now()),
            role=role.strip() or DEFAULT_ROLE,
            words=words.strip(),
            created=now(),
            questions=tuple(map(Question, rows)),
        )
    refuse_faults(query.due, query.created, (*query.to, query.role), query.words)
    return query


def ask(
    project: Project,
    review_id: str,
    findings: Sequence[str],
    due: str = "",
    role: str = DEFAULT_ROLE,
    words: str = "",
    to: Sequence[str] = (),
    folder: Path | None = None,
) -> Query:
    """Keep a query; its letter, table and reminder can be handed out from now on. Raises as `draft_query`.

    folder : they are written there; when they cannot be (OSError), nothing is kept.
    """
    query = draft_query(project, review_id, findings, due, role, words, to)
    open_ones = asked_findings(project, review_id)
    twice = [key for key in findings if key in open_ones]
    if twice:
        raise UsageError(_("Zu diesem Befund läuft schon die Rückfrage {query}.").format(query=open_ones[twice[0]]))

    def handed_out(key: str) -> None:
        if folder is not None:
            write_files_of(project, replace(query, query_id=key), folder)

    key = project.save_query(stored(query), query.role, handed_out)
    return replace(query, query_id=key)


def asked_findings(project: Project, review_id: str) -> dict[str, str]:
    """Key of a finding -> key of the query that asks about it, for questions that are still open."""
    return {
        question.asked.finding: query.query_id
        for query in queries(project, review_id)
        for question in query.questions
        if not question.closed
    }


def read_answers(project: Project, file: Path, role: str = DEFAULT_ROLE) -> Query:
    """Take in a returned table of questions: its answers close the findings they are about.

    The same file twice changes nothing. Unanswered questions stay open and stand in `left` with their rows.
    Raises InputRefused: not such a table, of another project, already closed, answers that cannot be right.
    """
    content = open_file(file)
    mark = forms.form_in(content)
    if mark is None or mark.kind != "answers":
        raise InputRefused(
            _("„{file}“ ist keine Tabelle einer Rückfrage.").format(file=shown(content.name)),
            (),
            _("Erwartet wird die Datei „rueckfrage-….xlsx“ mit ausgefüllter letzter Spalte."),
        )
    query = _known(project, mark, content.name)
    answers = forms.read_answer_rows(content, mark)
    answered = [
        replace(one, answer=answers.texts[place], closed=ANSWERED) if place in answers.texts else one
        for place, one in enumerate(query.questions, 1)
    ]
    new = [now_ for now_, before in zip(answered, query.questions, strict=True) if now_ != before]
    for one in new:
        _decide(project, query.review_id, one, role)
    after = settled(replace(query, questions=tuple(answered)))
    if new:
        what = plural("{count} Antwort auf Rückfrage {key} gelesen", "{count} Antworten auf Rückfrage {key} gelesen",
                      len(new)).format(count=count(len(new)), key=query.query_id)  # fmt: skip
        project.change_query(stored(after), what, role)
    return replace(after, left=answers.findings)


def close_answered(project: Project, review_id: str, remaining: Iterable[str] | None = None) -> list[str]:
    """Close the questions about a received file whose findings are gone because a corrected file came.

    review_id : the file that was asked about, or the corrected one. remaining : keys of findings the corrected
    file still has, None = as the review of the corrected file says. Returns the keys of the queries closed by it.
    """
    earlier, still = _corrected(project, review_id, remaining)
    closed = []
    for query in queries(project, earlier):
        if query.state == "closed":
            continue
        questions = tuple(
            replace(one, closed=CORRECTED) if not one.closed and one.asked.finding not in still else one
            for one in query.questions
        )
        after = settled(replace(query, questions=questions))
        if after != query:
            what = _("Rückfrage {key}: durch eine Berichtigung geklärt").format(key=query.query_id)
            project.change_query(stored(after), what)
        if after.state == "closed":
            closed.append(query.query_id)
    return closed


def close_query(project: Project, query_id: str, reason: str, role: str = DEFAULT_ROLE) -> Query:
    """End a query by hand. Raises UsageError: no such query, no reason."""
    query = query_of(project, query_id)
    if not reason.strip():
        raise UsageError(_("Geben Sie an, warum die Rückfrage abgeschlossen wird."))
    questions = tuple(replace(one, closed=one.closed or reason.strip()) for one in query.questions)
    after = replace(query, questions=questions, state="closed")
    project.change_query(stored(after), _("Rückfrage {key} abgeschlossen").format(key=query_id), role)
    return after


def addressee(project: Project, review: Any) -> tuple[str, ...]:
    """Who is asked about a received file: whom its form was sent to, holder and contact of its data set's source,
    else the recipe's source.
    """
    code = str(getattr(review, "recipe", ""))
    if code.startswith(forms.FORM_CODE):
        from sozialraum.workflow.requesting import requests

        sent = [one.to for one in requests(project) if forms.FORM_CODE + one.data_set.data_set_id == code and one.to]
        if sent:
            return sent[-1]
    wanted = str(getattr(getattr(review, "about", None), "data_set", "") or "")
    known = {source.source_id: source for source in project.sources()}
    for data_set in project.data_sets():
        if data_set.source_id in known and (data_set.data_set_id == wanted or (code and data_set.recipe == code)):
            source = known[data_set.source_id]
            return tuple(filter(None, (source.holder, source.contact)))
    recipe = next((one for one in project.recipes() if one.code == code), None)
    return (_(recipe.source),) if recipe is not None else (_("Liefernde Stelle"),)


def _review(project: Project, review_id: str) -> Any:
    from sozialraum.workflow import receiving

    return receiving.review(project, review_id)


def _decide(project: Project, review_id: str, one: Question, role: str) -> None:
    """The answer settles its finding; a file that is no longer under review needs no decision any more."""
    from sozialraum import workflow

    reason = " ".join(one.answer.split())
    reason = reason if len(reason) <= LONGEST_REASON else reason[: LONGEST_REASON - 1] + "…"
    with suppress(UsageError):
        workflow.decide(project, review_id, one.asked.finding, "answered", reason, role)


def _corrected(project: Project, review_id: str, remaining: Iterable[str] | None) -> tuple[str, set[str]]:
    if remaining is not None or project.queries(review_id):
        return review_id, set(remaining or ())
    review = _review(project, review_id)
    open_ones = {one.id for one in review.findings if one.finding.severity == "error"}
    return str(getattr(review, "answers_to", "") or review_id), open_ones


def _known(project: Project, mark: forms.FormMark, name: str) -> Query:
    """The query a returned table belongs to. Raises InputRefused when it cannot be taken in."""
    nothing = _("Es wurde nichts geändert.")
    found = [one for one in queries(project) if one.query_id == mark.code]
    if mark.project != project_mark(project) or not found:
        raise InputRefused(
            _("„{file}“ gehört zu einer Rückfrage aus einem anderen Projekt.").format(file=shown(name)), (), nothing
        )
    if tuple(one.asked.finding for one in found[0].questions) != mark.findings:
        raise forms.damaged(name)
    if found[0].state == "closed":
        raise InputRefused(_("Die Rückfrage {key} ist bereits abgeschlossen.").format(key=mark.code), (), nothing)
    return found[0]


def in_two_weeks(moment: str) -> str:
    """The day (ISO) two weeks after a moment: when an answer is asked for."""
    return date.fromordinal(date.fromisoformat(moment[:10]).toordinal() + 14).isoformat()
