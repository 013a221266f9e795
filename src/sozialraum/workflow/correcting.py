"""Correct how a received file is read, decide on what was noticed, and say how it may be used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Literal

from sozialraum.base import UsageError, _
from sozialraum.base.text import line_fault
from sozialraum.deliveries.corrections import Corrections
from sozialraum.project import Project
from sozialraum.project.delivered import About
from sozialraum.project.settings import DEFAULT_ROLE
from sozialraum.project.store import now
from sozialraum.workflow.by_hand import with_period
from sozialraum.workflow.catalogue_search import known_data_sets
from sozialraum.workflow.looking import look
from sozialraum.workflow.receiving import keep_out, open_row, review
from sozialraum.workflow.refusing import refuse_nonsense
from sozialraum.workflow.review_record import Review, ReviewFinding

PROTECTIONS = ("personal", "restricted", "public")
LONGEST_REASON = 500


def correct(project: Project, review_id: str, change: Corrections) -> Review:
    """Read the file under further corrections; they are added to those made so far. Raises UsageError.

    The date may be written as people do ('31.12.2025', '2025/26').
    """
    row = open_row(project, review_id)
    found = look(project, row)
    change = with_period(found.recipe, change, known=found.known)
    refuse_nonsense(project, row, change)
    project.change_review(replace(row, corrections=row.corrections.and_then(change)))
    return review(project, review_id)


def undo_corrections(project: Project, review_id: str) -> Review:
    """Read the file as it came again. Raises UsageError."""
    row = open_row(project, review_id)
    project.change_review(replace(row, corrections=Corrections()))
    return review(project, review_id)


def decide(
    project: Project,
    review_id: str,
    finding: str,
    decision: Literal["accepted", "answered", ""] = "accepted",
    reason: str = "",
    role: str = DEFAULT_ROLE,
) -> Review:
    """Record what was decided on a warning; '' takes it back. Raises UsageError for errors and unknown findings.

    A total that does not fit its parts can be accepted once the office has answered: its row is then left out, and
    the answer is the reason unless another is given.
    """
    row = open_row(project, review_id)
    if decision not in ("accepted", "answered", ""):
        raise UsageError(_("Ein Befund kann anerkannt oder beantwortet sein."))
    fault = line_fault(reason, LONGEST_REASON)
    if fault:
        raise UsageError(_("Der Grund {fault}").format(fault=fault))
    seen = {one.id: one for one in review(project, review_id).findings}
    found = {key: one.finding for key, one in seen.items()}
    if finding not in found:
        raise UsageError(_("Diesen Befund gibt es in der Datei nicht."))
    if found[finding].severity == "error" and decision == "accepted":
        line = _row_of_answered_total(seen[finding], list(seen.values()))
        row = replace(row, corrections=row.corrections.and_then(Corrections(rows={line: "skip"})))
        reason = reason.strip() or seen[finding].reason
    others = tuple(one for one in row.decisions if one["finding"] != finding)
    made = {"finding": finding, "decision": decision, "reason": reason.strip(), "role": role, "on": now()}
    made["what"] = found[finding].sentence()
    project.change_review(replace(row, decisions=(*others, made) if decision else others))
    return review(project, review_id)


def _row_of_answered_total(one: ReviewFinding, others: Sequence[ReviewFinding]) -> int:
    """The row of a total that may be left out: the office answered, and nothing else is wrong in the row."""
    finding = one.finding
    if finding.code != "sum" or finding.row is None or not one.decision:
        raise UsageError(_("Ein Fehler lässt sich nicht anerkennen. Berichtigen Sie ihn oder die Datei."))
    beside = [each for each in others if each.finding.severity == "error" and each.id != one.id]
    if any((each.finding.sheet, each.finding.row) == (finding.sheet, finding.row) and not each.decision
           for each in beside):  # fmt: skip
        raise UsageError(_("In dieser Zeile ist noch ein anderer Befund offen."))
    return finding.row


def describe(
    project: Project,
    review_id: str,
    *,
    protection: str | None = None,
    purpose: str | None = None,
    legal_basis: str | None = None,
    delete_on: str | None = None,
    data_set: str | None = None,
) -> Review:
    """Say how a delivery may be used; what is None stays. A file of single cases leaves the project folder at once.

    delete_on : ISO day, '' = the file stays. Raises UsageError for a class or a day there is not.
    """
    row = open_row(project, review_id)
    given = {"protection": protection, "purpose": purpose, "legal_basis": legal_basis, "delete_on": delete_on}
    said = {name: value.strip() for name, value in {**given, "data_set": data_set}.items() if value is not None}
    before = review(project, review_id).about
    about = About(**asdict(before) | said)
    refuse_wrong(about)
    _refuse_unknown_set(project, about.data_set, before.data_set)
    found = look(project, row)
    recipe = found.recipe
    if found.tells_shelters and about.protection != "personal":
        raise UsageError(_("Diese Datei nennt eine geschützte Einrichtung mit Ortsangabe; sie wird nicht aufbewahrt."))
    if recipe is not None and recipe.records and about.protection != "personal":
        raise UsageError(_("Jede Zeile dieser Datei ist ein Einzelfall; sie bleibt personenbezogen."))
    row = replace(row, about=about)
    project.change_review(row)
    if about.protection == "personal" and row.stored_name:
        keep_out(project, row)
    return review(project, review_id)


def describe_delivery(
    project: Project,
    delivery_id: str,
    *,
    protection: str | None = None,
    purpose: str | None = None,
    legal_basis: str | None = None,
    delete_on: str | None = None,
    data_set: str | None = None,
    role: str = DEFAULT_ROLE,
) -> About:
    """Like `describe`, for a delivery that was taken over already; returns what holds now. Raises UsageError."""
    rows = project.deliveries().set_index("delivery_id")
    if delivery_id not in rows.index:
        raise UsageError(_("Diese Lieferung gibt es nicht."))
    before = {name: str(rows.at[delivery_id, name]) for name in About.__slots__}
    given = {"protection": protection, "purpose": purpose, "legal_basis": legal_basis, "delete_on": delete_on}
    said = {name: value.strip() for name, value in {**given, "data_set": data_set}.items() if value is not None}
    about = About(**before | said)
    refuse_wrong(about)
    _refuse_unknown_set(project, about.data_set, before["data_set"])
    if before["protection"] == "personal" and about.protection != "personal":
        raise UsageError(_("Eine personenbezogene Lieferung bleibt personenbezogen; ihre Datei gibt es nicht mehr."))
    project.describe_delivery(delivery_id, about, role)
    return about


def _refuse_unknown_set(project: Project, data_set: str, before: str) -> None:
    """Raise UsageError for a data set that the project does not know; what was said before may stay."""
    if data_set and data_set != before and data_set not in {one.data_set_id for one in known_data_sets(project)[1]}:
        raise UsageError(_("Den Datensatz „{key}“ gibt es nicht.").format(key=data_set))


def refuse_wrong(about: About) -> None:
    """Raise UsageError for a class of protection or a day that there is not, or text that cannot be kept."""
    if about.protection not in PROTECTIONS:
        raise UsageError(_("Eine Lieferung ist personenbezogen, eingeschränkt oder öffentlich."))
    for text in (about.purpose, about.legal_basis, about.data_set):
        fault = line_fault(text, LONGEST_REASON)
        if fault:
            raise UsageError(_("Die Angabe {fault}").format(fault=fault))
    try:
        if about.delete_on:
            date.fromisoformat(about.delete_on)
    except ValueError:
        raise UsageError(_("„{day}“ ist kein Datum der Form 2030-12-31.").format(day=about.delete_on)) from None
