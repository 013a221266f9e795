"""Take a received file over: its values count from now on, what it replaces counts no more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from sozialraum.base import Finding, InputRefused, _
from sozialraum.deliveries import Reading, Recipe
from sozialraum.deliveries.corrections import Corrections
from sozialraum.deliveries.recipe_writing import recipe_text
from sozialraum.project import Project
from sozialraum.project.delivered import About, Taking
from sozialraum.project.files import sha256_of
from sozialraum.project.review_rows import ReviewRow
from sozialraum.project.settings import DEFAULT_ROLE
from sozialraum.project.store import now
from sozialraum.workflow import looking
from sozialraum.workflow.affected import affected
from sozialraum.workflow.asking import close_answered
from sozialraum.workflow.jumps import waiting_differences
from sozialraum.workflow.receiving import open_row, review
from sozialraum.workflow.review_record import Review, Taken, with_ids
from sozialraum.workflow.reviews import about_of, differences_of, overlap_finding, overlapping_files


def take_over(project: Project, review_id: str, role: str = DEFAULT_ROLE) -> Taken:
    """Let the values of a received file count: delivery, values, shape, control sums and decisions in one transaction.

    It takes the place of what it replaces, and ends the earlier review it answers. Corrections of heads and signs
    become a new version of the project's own recipe. Raises InputRefused while errors, questions or undecided
    warnings remain, UsageError when there is no such review.
    """
    row = open_row(project, review_id)
    seen = review(project, review_id)
    refuse_unsettled(seen)
    found = looking.look(project, row)
    assert found.reading is not None
    assert found.recipe is not None
    read = _with_differences(found.reading, seen)
    reading, learned = _learned(project, read, found.recipe, row.corrections, known=found.known, role=role)
    taking = Taking(
        about=seen.about,
        corrections=row.corrections.content(),
        decisions=row.decisions,
        shape=reading.shape.content(),
        control=control_sums(reading),
        role=role,
        closes=tuple(key for key in (review_id, seen.answers_to) if key),
        remembers=learned,
    )
    with looking.file_of(project, row) as path:
        if path is None:
            raise InputRefused(seen.headline)
        delivery_id, replaced = project.take_delivery(path, reading, row.received_at, taking)
    remaining = [one.id for one in seen.findings]
    for key in taking.closes:
        looking.forget(project, key)
        close_answered(project, key, remaining)
    return Taken(delivery_id, tuple(reading.sentences()), tuple(replaced), affected(project, delivery_id))


def _with_differences(reading: Reading, seen: Review) -> Reading:
    """The reading with what was decided on beside it: jumps, and rows that are gone since the delivery before."""
    more = [one.finding for one in seen.findings if one.decision and one.finding not in reading.findings]
    return replace(reading, findings=(*reading.findings, *more))


def take_at_once(
    project: Project,
    file: Path,
    recipe: Recipe,
    reading: Reading,
    role: str = DEFAULT_ROLE,
    corrections: Corrections = Corrections(),
) -> Reading:
    """Take over what the command line read: warnings are recorded as accepted. Raises InputRefused on overlap.

    Returns the reading with what is noticed beside the delivery before.
    """
    overlaps = overlapping_files(project, reading)
    if overlaps:
        raise InputRefused(
            _("„{file}“ wurde nicht übernommen.").format(file=file.name), [overlap_finding(name) for name in overlaps]
        )
    received, known = now(), any(one.code == recipe.code for one in project.recipes())
    earlier, differences = differences_of(project, looking.Look(recipe, known, reading=reading), About())
    changed = waiting_differences(project, reading, earlier, differences) if earlier else {}
    findings = with_ids(reading.findings) | changed
    warned = [one for one in findings.items() if one[1].severity == "warning"]
    sha256 = sha256_of(file)
    reading = replace(reading, findings=tuple(findings.values()))
    taking = Taking(
        about=about_at_once(recipe, received),
        corrections=corrections.content(),
        decisions=[accepted(key, finding, role) for key, finding in warned],
        shape=reading.shape.content(),
        control=control_sums(reading),
        role=role,
        closes=tuple(row.review_id for row in project.review_rows() if row.sha256 == sha256),
        remembers=() if known else (_recipe_row(recipe, role, _("Neue Einleseregel aus einer Lieferung")),),
    )
    project.take_delivery(file, reading, received, taking)
    return reading


def about_at_once(recipe: Recipe, received: str) -> About:
    """How a delivery may be used when nobody says more than its recipe."""
    return about_of(ReviewRow("", "", "", "", 0, received, ""), recipe)


def accepted(key: str, finding: Finding, role: str) -> Mapping[str, str]:
    """The record of a warning that was taken over by command."""
    reason = _("Ohne Rückfrage übernommen")
    made = {"finding": key, "decision": "accepted", "reason": reason, "role": role, "on": now()}
    return made | {"what": finding.sentence(), "by_command": "yes"}


def refuse_unsettled(seen: Review) -> None:
    """Raise InputRefused with everything that stands in the way of taking a file over."""
    if seen.state == "ready":
        return
    open_ones = [one.finding for one in seen.findings if one.is_open]
    questions = [Finding(one.sentence) for one in seen.questions if not one.default]
    raise InputRefused(
        _("„{file}“ kann noch nicht übernommen werden.").format(file=seen.file_name),
        [*open_ones, *questions] or [Finding(seen.headline)],
        _("Es wurde nichts übernommen."),
    )


def control_sums(reading: Reading) -> dict[str, Any]:
    """Sums that allow a check when the file is gone: rows, and per feature and date number and sum of the values."""
    values = reading.observations
    grouped = values.groupby(["feature", "period"], sort=True)
    frame = grouped.agg(low=("low", "sum"), high=("high", "sum"), number=("low", "size")).reset_index()
    sums = {
        f"{feature}|{period}": [_plain(low), _plain(high), int(number)]
        for feature, period, low, high, number in frame.itertuples(index=False, name=None)
    }
    places = 0 if reading.facilities is None else int(reading.facilities["facility_id"].nunique())
    return {"rows": int(reading.rows_read), "facilities": places, "sums": sums}


def _plain(number: float) -> float | None:
    """A number JSON can hold; None for unbounded."""
    return float(number) if abs(number) != float("inf") else None


def _learned(
    project: Project, reading: Reading, recipe: Recipe, corrections: Corrections, *, known: bool, role: str
) -> tuple[Reading, tuple[Mapping[str, str], ...]]:
    """What the recipe learns from a person: other heads and settled signs hold next year too.

    A drafted recipe is kept as it is. Returns the reading under the recipe that is kept, and the rows to keep.
    """
    kept: list[Mapping[str, str]] = []
    taught = with_heads(recipe, corrections.heads)
    taught = replace(taught, sheet=corrections.sheet or taught.sheet)
    if not known:
        taught = replace(taught, code=_free_code(project, taught.code))
        kept.append(_recipe_row(taught, role, _("Neue Einleseregel aus einer Lieferung")))
    elif taught != recipe:
        taught = replace(taught, version=recipe.version + 1)
        kept.append(_recipe_row(taught, role, _why(corrections)))
    signs = dict.fromkeys((*project.explained_signs(recipe.code), *corrections.signs))
    if corrections.signs:
        why = " ".join(_("„{sign}“ gilt wie bisher.").format(sign=sign) for sign in corrections.signs)
        kept.append({"kind": "explained", "code": recipe.code, "text": "\n".join(signs), "role": role, "why": why})
    return replace(reading, recipe=taught), tuple(kept)


def _recipe_row(recipe: Recipe, role: str, why: str) -> Mapping[str, str]:
    """A row of `own_recipes`."""
    return {"kind": "recipe", "code": recipe.code, "text": recipe_text(recipe), "role": role, "why": why}


def _free_code(project: Project, code: str) -> str:
    """The code, with a running number where another recipe has it."""
    taken = {recipe.code for recipe in project.recipes()}
    free, number = code, 1
    while free in taken:
        number += 1
        free = f"{code}_{number}"
    return free


def with_heads(recipe: Recipe, heads: Mapping[str, str]) -> Recipe:
    """The recipe that takes further heads for its columns. heads : head as printed -> short name of the column."""
    columns = dict(recipe.columns)
    for head, name in heads.items():
        column = columns.get(name)
        if column is not None and head != column.head and head not in column.also:
            columns[name] = replace(column, also=(*column.also, head))
    return replace(recipe, columns=columns)


def _why(corrections: Corrections) -> str:
    said = [
        _("„{head}“ ist dasselbe wie „{name}“.").format(head=head, name=name)
        for head, name in corrections.heads.items()
    ]
    if corrections.sheet:
        said.append(_("Gelesen wird das Blatt „{sheet}“.").format(sheet=corrections.sheet))
    return " ".join(said)
