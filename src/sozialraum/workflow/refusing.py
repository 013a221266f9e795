"""Refuse corrections and answers that mean nothing in the file they are about, before they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import get_args

from sozialraum.base import InputRefused, UsageError, _
from sozialraum.base.numbers import count
from sozialraum.deliveries import Places, Recipe
from sozialraum.deliveries.corrections import Corrections, RowMeans
from sozialraum.deliveries.files import open_file
from sozialraum.deliveries.keys import known_units
from sozialraum.deliveries.preview import FIRST_LINES
from sozialraum.project import Project
from sozialraum.project.review_rows import ReviewRow
from sozialraum.workflow import looking
from sozialraum.workflow.looking import Look


def refuse_nonsense(project: Project, row: ReviewRow, change: Corrections) -> None:
    """Raise UsageError for a column the recipe has not, a key the project has not, a row or a sign the file has not."""
    found = looking.look(project, row)
    columns = set(found.recipe.columns) if found.recipe else set[str]()
    for name in change.heads.values():
        if name not in columns:
            raise UsageError(_("Eine Spalte „{column}“ kennt die Einleseregel nicht.").format(column=name))
    wrong = [key for key in change.keys.values() if key not in _keys(project, found, None)] if change.keys else []
    for key in wrong:
        if not any(key in _keys(project, found, version) for version in range(1, project.blocks_version())):
            raise UsageError(_("Ein Gebiet „{key}“ kennt das Projekt nicht.").format(key=key))
    _refuse_rows(found, change.rows)
    if change.sheet and change.sheet not in {*found.sheets, row.corrections.sheet}:
        raise UsageError(_("Das Blatt „{sheet}“ gibt es in der Datei nicht.").format(sheet=change.sheet))
    for sign in change.signs:
        if sign not in row.corrections.signs and not _stands(project, row, found, sign):
            raise UsageError(_("Das Zeichen „{sign}“ steht nicht in der Datei.").format(sign=sign))


def _refuse_rows(found: Look, rows: Mapping[int, str]) -> None:
    last = found.preview.rows[-1].number if found.preview and found.preview.rows else 0
    for number, means in rows.items():
        if means not in get_args(RowMeans):
            raise UsageError(
                _("„{means}“ kann eine Zeile nicht sein; möglich sind: {known}.").format(
                    means=means, known=", ".join(get_args(RowMeans))
                )
            )
        # of a text that is too long to be held only the beginning is known here
        if number < 1 or (last and number > last and last < FIRST_LINES):
            raise UsageError(_("Eine Zeile {row} hat die Datei nicht.").format(row=count(number)))


def _keys(project: Project, found: Look, version: int | None) -> set[str]:
    """Everything a key of the file can mean: blocks, areas, municipalities, agency keys, and what was proposed."""
    places = looking.places_of(project, version)
    towns = places.municipalities
    known = {*places.blocks["block_id"], *places.area_ids, *places.area_names.values(), *places.agency_keys}
    known |= {*towns["ags"], *towns["name"], *(one.offer for one in found.findings if one.offer)}
    return {str(key) for key in known} | _by_recipe(found.recipe, places)


def _by_recipe(recipe: Recipe | None, places: Places) -> set[str]:
    """Keys as the recipe spells them."""
    if recipe is None or recipe.key is None or recipe.key.kind in ("grid", "district"):
        return set()
    with suppress(InputRefused):  # there are no areas yet; the review says so itself
        return set(known_units("", recipe.key, places).keys)
    return set()


def _stands(project: Project, row: ReviewRow, found: Look, sign: str) -> bool:
    """Whether a cell of the file is just this sign."""
    rows = found.preview.rows if found.preview else ()
    if sign in {one.found for one in found.findings} | {text.strip() for one in rows for text in one.texts}:
        return True
    with looking.file_of(project, row) as path:
        if path is None:
            return False
        content = open_file(path)
    # of a text that is too long to be held this is its beginning; beyond it the findings decide
    return sign in content.text or any(
        sign == text.strip() for sheet in content.sheets for line in sheet.rows for text in line
    )


def refuse_unknown_answers(before: Look, after: Look, row: ReviewRow, answers: Mapping[str, str]) -> None:
    """Raise UsageError for an answer to what was never asked. Clicks may stand, and answers made needless."""
    from sozialraum.deliveries.drafting.clicks import is_click

    asked = {one.id for one in (before.draft.questions if before.draft else ())} | set(row.answers)
    if after.drafting:
        answers = {key: value for key, value in answers.items() if not is_click(key)}
    unused = set(after.draft.unused) if after.draft else set(answers)
    wrong = sorted(key for key, value in answers.items() if value and key in unused - asked)
    if wrong:
        raise UsageError(_("Nach „{name}“ wird zu dieser Datei nicht gefragt.").format(name=wrong[0]))
