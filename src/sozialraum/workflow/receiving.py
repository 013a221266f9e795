"""Receive delivered files: each becomes a review that is corrected, decided and taken over, or put back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sozialraum.base import InputRefused, Progress, Silent, UsageError, _
from sozialraum.deliveries.corrections import Corrections
from sozialraum.deliveries.files import Content, open_file
from sozialraum.deliveries.find import fitting, nearest_recipe
from sozialraum.deliveries.forms import form_in
from sozialraum.deliveries.persons import lists_persons
from sozialraum.project import Project
from sozialraum.project.review_rows import ReviewRow
from sozialraum.project.settings import DEFAULT_ROLE
from sozialraum.workflow import looking
from sozialraum.workflow.inheriting import inherited
from sozialraum.workflow.refusing import refuse_unknown_answers
from sozialraum.workflow.review_record import Review
from sozialraum.workflow.reviews import UNCHANGED, about_of, ended_review, open_review, unchanged_review


def receive(project: Project, file: Path, role: str = DEFAULT_ROLE, progress: Progress | None = None) -> Review:
    """Take a delivered file in for review; nothing counts before it is taken over.

    file : on the disk, or a `HeldFile` in memory. The same bytes as a delivery in force change nothing; those of an
    open review lead back to it. A file of single cases, and one that may be (it cannot be opened), is not written.
    A returned table of questions closes the findings it answers and gives
    the review it belongs to. Raises InputRefused: no such file, no blocks yet.
    """
    progress = progress or Silent()
    progress.stage(_("„{file}“ wird gelesen").format(file=file.name))
    if not file.is_file():
        raise InputRefused(
            _("Die Datei „{file}“ gibt es nicht.").format(file=file), (), _("Prüfen Sie Ordner und Namen.")
        )
    known = project.delivery_of(file)
    if known:
        project.put_left_out(file)
        return unchanged_review(_delivery(project, known))
    content = _content(file)
    if _is_answers(content):
        from sozialraum.workflow.asking import read_answers

        return review(project, read_answers(project, file, role).review_id)
    looking.places_of(project)
    personal = content is None or is_personal(project, content) or _tells_shelters(project, file, content)
    row = project.keep_review(file, role=role, keep=not personal)
    if not row.stored_name:
        looking.hold(project, row.review_id, file.read_bytes())
    found = looking.look(project, row, content)
    for _time in ("heads", "keys"):  # keys are seen only once the columns are known
        more = inherited(project, row, found)
        if more:
            row = replace(row, corrections=row.corrections.and_then(more))
            project.change_review(row)
            found = looking.look(project, row, content)
    return _reviewed(project, row.review_id)


def reviews(project: Project) -> list[Review]:
    """The files that wait, in the order they came."""
    return [open_review(project, row) for row in project.review_rows()]


def review(project: Project, review_id: str) -> Review:
    """One received file as it stands. Raises UsageError when there is none."""
    if review_id.startswith(UNCHANGED):
        return unchanged_review(_delivery(project, review_id.removeprefix(UNCHANGED)))
    row = project.review_row(review_id)
    return open_review(project, row) if row.state == "open" else ended_review(row)


def choose_recipe(project: Project, review_id: str, code: str) -> Review:
    """Read the file by another recipe: a code, 'new' for a draft, '' for the one that fits. Raises UsageError."""
    row = open_row(project, review_id)
    if code not in ("", looking.NEW_RECIPE):
        looking.recipe_named(project, code)
    project.change_review(replace(row, recipe=code))
    return _reviewed(project, review_id)


def answer(project: Project, review_id: str, answers: Mapping[str, str]) -> Review:
    """Answer questions of the draft, or say what was clicked (`drafting.clicks`); an empty answer takes one back.

    Another sheet is another table: nothing that was answered on the one before holds for it.
    Raises UsageError for an answer that cannot be; then nothing is changed.
    """
    row = open_row(project, review_id)
    if "recipe" in answers:
        return choose_recipe(project, review_id, answers["recipe"])
    before = looking.look(project, row)
    if "sheet" in answers and not before.drafting:
        return choose_sheet(project, review_id, answers["sheet"])
    kept = {} if _other_sheet(before, row.answers, answers) else row.answers
    merged = {key: value for key, value in {**kept, **answers}.items() if value != ""}
    changed = replace(row, answers=merged)
    with looking.file_of(project, row) as path:
        if path is not None:  # a wrong answer is refused before it is kept
            tried = looking.look_at(project, path, changed.recipe, Corrections(), merged)
            if tried.misanswered and tried.refusal is not None and any(answers.values()):
                raise UsageError(tried.refusal.headline)
            refuse_unknown_answers(before, tried, row, answers)
    project.change_review(changed)
    return _reviewed(project, review_id)


def choose_sheet(project: Project, review_id: str, name: str) -> Review:
    """Read this sheet where several hold the table; kept with the recipe. '' takes it back. Raises UsageError."""
    row = open_row(project, review_id)
    known = {*looking.look(project, row).sheets, ""} | ({row.corrections.sheet} if row.corrections.sheet else set())
    if name not in known:
        raise UsageError(_("Das Blatt „{sheet}“ gibt es in der Datei nicht.").format(sheet=name))
    project.change_review(replace(row, corrections=replace(row.corrections, sheet=name)))
    return _reviewed(project, review_id)


def _other_sheet(before: looking.Look, given: Mapping[str, str], answers: Mapping[str, str]) -> bool:
    """Whether the answers name another sheet than the one drafted so far, or take that choice back."""
    if "sheet" not in answers or before.draft is None:
        return False
    return answers["sheet"] != before.draft.sheet if answers["sheet"] else "sheet" in given


def put_back(project: Project, review_id: str, role: str = DEFAULT_ROLE) -> None:
    """Lay a received file back: review and file are removed, the log says so. Raises UsageError."""
    open_row(project, review_id)
    project.remove_review(review_id, role)
    looking.forget(project, review_id)


def put_back_all(project: Project, review_ids: Sequence[str], role: str = DEFAULT_ROLE) -> None:
    """Lay several received files back. Raises UsageError, before any is removed, when one of them waits no more."""
    wanted = list(dict.fromkeys(review_ids))
    for review_id in wanted:
        open_row(project, review_id)
    for review_id in wanted:
        put_back(project, review_id, role)


def open_row(project: Project, review_id: str) -> ReviewRow:
    """The stored row of a review that still waits. Raises UsageError."""
    row = project.review_row(review_id)
    if row.state != "open":
        raise UsageError(_("Diese Datei wurde schon übernommen oder ersetzt."))
    return row


def _reviewed(project: Project, review_id: str) -> Review:
    """The review after a change; a file that turned out to hold single cases is taken out of the project."""
    row = project.review_row(review_id)
    found = looking.look(project, row)
    about = about_of(row, found.recipe)
    if found.tells_shelters and about.protection != "personal":
        about = replace(about, protection="personal", delete_on="")
        row = replace(row, about=about)
        project.change_review(row)
    if row.stored_name and about.protection == "personal":
        keep_out(project, row)
    return review(project, review_id)


def keep_out(project: Project, row: ReviewRow) -> None:
    """Take the file of a review out of the project; while the program runs it stays in memory."""
    stored = project.review_file(row)
    if stored is not None:
        looking.hold(project, row.review_id, stored.read_bytes())
    project.change_review(replace(row, stored_name=""))


def _content(file: Path) -> Content | None:
    try:
        return open_file(file)
    except InputRefused:
        return None


def is_personal(project: Project, content: Content) -> bool:
    """Whether rows are single cases; told before anything is written.

    By the recipes that fit, else by the nearest one (a head was renamed) and by the heads of the file itself.
    """
    known = project.recipes()
    found = fitting(content, known)
    if not found and form_in(content) is None:
        if lists_persons(content):
            return True
        near = nearest_recipe(content, known)
        found = [] if near is None else [near[0]]
    return any(recipe.records or recipe.protection == "personal" for recipe in found)


def _tells_shelters(project: Project, file: Path, content: Content) -> bool:
    """Whether a list of facilities says where a protected one is; told before anything is written."""
    if not any(recipe.facilities for recipe in fitting(content, project.recipes())):
        return False
    return looking.look_at(project, file, "", Corrections(), {}).tells_shelters


def _is_answers(content: Content | None) -> bool:
    """Whether a file is a returned table of questions."""
    if content is None:
        return False
    mark = form_in(content)
    return mark is not None and mark.kind == "answers"


def _delivery(project: Project, delivery_id: str) -> Mapping[str, Any]:
    rows = project.deliveries().set_index("delivery_id", drop=False)
    if delivery_id not in rows.index:
        raise UsageError(_("Diese Lieferung gibt es nicht."))
    return {str(name): value for name, value in rows.loc[delivery_id].items()}
