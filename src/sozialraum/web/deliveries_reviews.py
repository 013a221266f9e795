"""A review with all its page needs: the recipe's columns, names of areas, data sets, other sheets of the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sozialraum.base import InputRefused, UsageError, _, current_language
from sozialraum.deliveries import Places, Recipe
from sozialraum.web.deliveries_answers import preview_json, review_json
from sozialraum.web.deliveries_places import titles_of
from sozialraum.web.session import Session
from sozialraum.workflow.review_record import Review


def full(session: Session, review: Review) -> dict[str, Any]:
    """The whole review, as the page "Lieferung prüfen" shows it."""
    session.forget("reviews")
    titles = used_titles(review, places_of(session, review))
    shown = review_json(review, recipe_of(session.project, review), titles, sources_of(session, review))
    return shown | {"correctable": correctable_by(session, review)}


def correctable_by(session: Session, review: Review) -> list[dict[str, str]]:
    """Waiting files that this one can be said to correct."""
    from sozialraum.workflow.corrected import correctable

    return [{"value": key, "title": name} for key, name in correctable(session.project, review)]


def recipe_of(project: Any, review: Review) -> Recipe | None:
    """The recipe the file is read by, None while nobody knows one."""
    return next((recipe for recipe in project.recipes() if recipe.code == review.recipe), None)


def places_of(session: Session, review: Review) -> Mapping[str, str]:
    """Key of the file -> name of what it stands for; kept until the project changes."""
    recipe = recipe_of(session.project, review)
    key = ("delivery_places", "" if recipe is None else f"{recipe.code} {recipe.version}", current_language())
    found: Mapping[str, str] = session.drawn(key, lambda: titles_of(session.project, recipe, known_places(session)))
    return found


def known_places(session: Session) -> Places | None:
    """The units deliveries speak of, None while there are no blocks."""
    from sozialraum.workflow.looking import places_of as units_of

    try:
        return units_of(session.project)
    except InputRefused:
        return None


def used_titles(review: Review, titles: Mapping[str, str]) -> dict[str, str]:
    """The names of the keys that findings propose and corrections chose."""
    used = {one.finding.offer for one in review.findings} | set(review.corrections.keys.values())
    return {key: titles[key] for key in used if key in titles}


def sources_of(session: Session, review: Review) -> dict[str, Any]:
    """Data sets the delivery can belong to, and whom a letter about it would go to."""
    from sozialraum.workflow.asking import addressee

    data_sets = [{"value": one.data_set_id, "title": one.title} for one in session.project.data_sets()]
    holder = addressee(session.project, review)[0]
    # where nobody is known, the words a letter begins with are no name
    return {"data_sets": data_sets, "holder": "" if holder == _("Liefernde Stelle") else holder}


def shown_sheet(session: Session, review_id: str, name: str) -> dict[str, Any]:
    """Another sheet of the file, every cell without a role: it was not read."""
    from sozialraum.deliveries.files import open_file
    from sozialraum.deliveries.preview import preview

    project = session.project
    path = project.review_file(project.review_row(review_id))
    if path is None:
        raise UsageError(_("Die Datei wird nicht aufbewahrt; andere Blätter lassen sich nicht zeigen."))
    content = open_file(path)
    one = next((sheet for sheet in content.sheets if sheet.name == name), None)
    if one is None:
        raise UsageError(_("Das Blatt „{sheet}“ gibt es in der Datei nicht.").format(sheet=name))
    found = preview_json(preview(replace(content, sheets=(one,)), None)) or {}
    return found | {"sheets": [sheet.name for sheet in content.sheets]}
