"""Which waiting file a received one corrects, where a person says so: another one, or none."""

from __future__ import annotations

from dataclasses import replace

from sozialraum.base import UsageError, _
from sozialraum.deliveries import Recipe
from sozialraum.project import Project
from sozialraum.project.review_rows import ReviewRow
from sozialraum.project.settings import DEFAULT_ROLE
from sozialraum.project.store import now
from sozialraum.workflow.inheriting import SAID, proposed_answer
from sozialraum.workflow.looking import Look, look
from sozialraum.workflow.receiving import open_row, review
from sozialraum.workflow.review_record import Review


def correctable(project: Project, seen: Review) -> tuple[tuple[str, str], ...]:
    """Key and file name of the waiting files that this one can be said to correct, the latest first.

    Received before it, and of the same recipe or read by none yet.
    """
    return tuple((one.review_id, one.file_name) for one in _earlier(project, seen.review_id, seen.recipe))


def say_corrects(project: Project, review_id: str, other: str, role: str = DEFAULT_ROLE) -> Review:
    """Record which waiting file this one corrects; other : its key, '' = none, it is a delivery of its own.

    Raises UsageError: no such waiting file, or both hold the same figures and only one of them can count.
    """
    row = open_row(project, review_id)
    found = look(project, row)
    code = found.recipe.code if found.recipe else ""
    names = {one.review_id: one.file_name for one in _earlier(project, review_id, code)}
    if other and other not in names:
        raise UsageError(_("Die Datei, die berichtigt werden soll, wartet nicht mehr auf eine Entscheidung."))
    proposed = proposed_answer(project, row, found)
    if not other and proposed:
        _refuse_double(found, look(project, project.review_row(proposed)), names[proposed])
    told = other or proposed
    what = _("Berichtigt „{file}“.") if other else _("Eigene Lieferung, keine Berichtigung von „{file}“.")
    made = {"finding": SAID, "decision": other or "own", "reason": "", "role": role, "on": now()}
    made["what"] = what.format(file=names[told]) if told else _("Eigene Lieferung, keine Berichtigung.")
    others = tuple(one for one in row.decisions if one["finding"] != SAID)
    project.change_review(replace(row, decisions=(*others, made)))
    return review(project, review_id)


def _earlier(project: Project, review_id: str, recipe: str) -> list[ReviewRow]:
    rows = project.review_rows()
    mine = next((one for one in rows if one.review_id == review_id), None)
    if mine is None:
        return []
    earlier = reversed(rows[: rows.index(mine)]) if recipe else ()
    return [one for one in earlier if _recipe_code(project, one) in ("", recipe)]


def _recipe_code(project: Project, row: ReviewRow) -> str:
    recipe = look(project, row).recipe
    return "" if recipe is None else recipe.code


def _refuse_double(found: Look, theirs: Look, name: str) -> None:
    """Two files of one recipe, municipality and date stand beside each other only when neither is known yet and they
    hold different features: each then gets a recipe of its own."""
    assert found.recipe is not None
    assert theirs.recipe is not None
    if found.known or theirs.known or _features(found.recipe) & _features(theirs.recipe):
        raise UsageError(
            _("„{file}“ enthält dieselben Gemeinden und Stichtage; nur eine der beiden Dateien kann gelten.").format(
                file=name
            )
        )


def _features(recipe: Recipe) -> set[str]:
    return {feature for value in recipe.values for feature in recipe.features_of(value)}
