"""A date that a person gives by hand, where the file names none or a wrong one."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from sozialraum import deliveries
from sozialraum.base import Finding, UsageError, _
from sozialraum.base.numbers import day
from sozialraum.deliveries import Reading, Recipe
from sozialraum.deliveries.corrections import Corrections
from sozialraum.deliveries.periods import period_by_hand
from sozialraum.deliveries.recipe import PeriodForm
from sozialraum.deliveries.texts import NotADay


def date_form(recipe: Recipe | None) -> str:
    """The form in which a person may give the date of a file, '' where giving one would change nothing.

    The one date of a shipped source is no guess; that of an own recipe is what somebody typed for one file.
    """
    if recipe is None or _dated_by_heads(recipe):
        return ""
    if not recipe.period.fixed:
        return recipe.period.form
    if recipe.code in {one.code for one in deliveries.recipes()}:
        return ""
    return "day" if len(recipe.period.fixed) == 10 else "year"


def _dated_by_heads(recipe: Recipe) -> bool:
    """Whether every column of numbers has its date in its head."""
    used = [value for value in recipe.values if value.feature or not value.not_carried]
    return bool(used) and all(value.year_in_head or value.day_in_head for value in used)


def with_period(recipe: Recipe | None, change: Corrections, *, known: bool) -> Corrections:
    """The corrections with their date as the recipe gives dates. known : the recipe is kept, no draft.

    Raises UsageError where it is no date, or none can be given.
    """
    if not change.period:
        return change
    form = date_form(recipe) if known else ""
    if not form:
        raise UsageError(_("Für diese Datei lässt sich der Stichtag nicht von Hand angeben."))
    return replace(change, period=given_period(change.period, form))


def with_old_date(reading: Reading, recipe: Recipe, corrections: Corrections) -> Reading:
    """The reading with a warning where its date is one that somebody typed for an earlier file of a kept recipe."""
    if corrections.period or not recipe.period.fixed or not date_form(recipe):
        return reading
    what = _("Die Datei nennt keinen Stichtag; {day} wurde für eine frühere Datei angegeben.")
    todo = _("Bitte den Stichtag angeben.")
    finding = Finding(what.format(day=day(recipe.period.fixed)), todo=todo, severity="warning", code="date")
    return replace(reading, findings=(*reading.findings, finding))


def given_period(text: str, form: str) -> str:
    """A typed date as a rule of this form gives it (`periods.period_by_hand`). Raises UsageError."""
    try:
        return period_by_hand(text, cast(PeriodForm, form))
    except NotADay:
        example = {"day": "31.12.2025", "month_end": "12/2025"}.get(form, _("2025 oder 2025/26"))
        raise UsageError(
            _("„{text}“ ist kein Stichtag, wie ihn die Einleseregel braucht (Beispiel: {example}).").format(
                text=text, example=example
            )
        ) from None
