"""The signs a form takes over from the rule its data set is read by, so that they mean the same when it comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import inf, isinf

from sozialraum.base import Status
from sozialraum.deliveries import Recipe
from sozialraum.deliveries.form_signs import legend_lines, sign_meanings, signs_of_column
from sozialraum.deliveries.forms import FormColumn
from sozialraum.deliveries.recipe import ValueRule
from sozialraum.deliveries.sign_lines import own_sign, sign_line, with_own
from sozialraum.deliveries.sign_profiles import Sign, sign_profiles
from sozialraum.project import Project


def signs_for_form(project: Project, recipe: Recipe, value: ValueRule) -> tuple[str, ...]:
    """Lines of own signs for a column of the form (see `sign_lines.own_sign`).

    They are the rule's own ones; signs a person settled for the rule, which hold whatever a legend says; and those
    of a profile of the project as they are now, so that a later change of it does not change forms that are out.
    """
    settled = set(project.explained_signs(recipe.code))
    of_project = value.signs in set(project.own_recipes("signs")["code"])
    own = {own_sign(line).text: line for line in value.own_signs}
    lines = []
    for sign in with_own(sign_profiles()[value.signs], value.own_signs).signs.values():
        if sign.text in settled and sign.only_if is not None:
            lines.append(_line(sign))
        elif sign.text in own:
            lines.append(own[sign.text])
        elif of_project and sign.only_if is None:
            lines.append(_line(sign))
    return tuple(line for line in lines if line)


def told_apart(columns: Sequence[FormColumn]) -> tuple[FormColumn, ...]:
    """The columns with firm signs where one sign means several things on the form.

    The lines below such a form state several bounds for it, so none of them could be confirmed there. A bound that
    the line of the column alone would confirm is written into the column instead.
    """
    meanings: dict[str, set[str]] = {}
    for one in sign_meanings(columns):
        meanings.setdefault(one.text, set()).add(one.meaning)
    several = {text for text, known in meanings.items() if len(known) > 1}
    return tuple(_firm(column, several) for column in columns) if several else tuple(columns)


def _firm(column: FormColumn, several: set[str]) -> FormColumn:
    profile = signs_of_column(column)
    unconfirmed = {sign.text for sign in profile.unconfirmed(legend_lines([column]))}
    firm = {sign.text: _line(sign) for sign in profile.signs.values()
            if sign.text in several and sign.only_if is not None and sign.text not in unconfirmed}  # fmt: skip
    kept = [line for line in column.own_signs if own_sign(line).text not in firm]
    return replace(column, own_signs=(*kept, *filter(None, firm.values())))


def _line(sign: Sign) -> str:
    """The sign as a line of its own; '' when no line can say it."""
    meaning = _meaning(sign)
    line = sign_line(sign.text, meaning, sign.legend) if meaning else ""
    try:
        told = own_sign(line)
    except ValueError:
        return ""
    return (
        line if (told.text, told.low, told.high, told.status) == (sign.text, sign.low, sign.high, sign.status) else ""
    )


def _meaning(sign: Sign) -> str:
    plain = {
        (0.0, 0.0, Status.OBSERVED): "zero", (0.0, 2.0, Status.ROUNDED): "rounded",
        (0.0, inf, Status.SUPPRESSED): "hidden",
        (None, None, Status.MISSING): "missing", (None, None, Status.BLOCKED): "blocked",
    }  # fmt: skip
    known = plain.get((sign.low, sign.high, sign.status), "")
    if known or sign.low is None or sign.high is None or isinf(sign.high) or sign.status != Status.SUPPRESSED:
        return known
    return f"{int(sign.low)}-{int(sign.high)}"
