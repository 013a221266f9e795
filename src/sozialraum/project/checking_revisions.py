"""Do validity, drafts, their steps and groupings fit the plans and blocks of a project? Changes nothing."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import pandas as pd
from sqlalchemy import Connection, select

from sozialraum.base import Finding, UsageError, _, plural
from sozialraum.base.numbers import day
from sozialraum.delineation import Edit, Plan
from sozialraum.plans.deciding import DECIDED, is_day
from sozialraum.plans.drafts import DRAFT_STATUSES, Draft, state
from sozialraum.project import plans, remarks, revisions, tables
from sozialraum.project.frames import read_rows

UNREADABLE = (ValueError, KeyError, TypeError, UsageError)


def unreadable_steps(connection: Connection) -> list[Finding]:
    """Steps of plans or drafts that are no longer what they were written as, or whose numbers have a gap."""
    findings = []
    for name, key, title in (
        ("plan_edits", "plan_id", _("Planstand „{key}“")),
        ("draft_edits", "draft_id", _("Fassung „{key}“")),
    ):
        rows = read_rows(connection, name, tables.columns(text=key, integer="number", text_2="edit"), order=key)
        for owner, own in rows.groupby(key, sort=True):
            broken = [number for number, text in zip(own["number"], own["edit"], strict=True) if not _is_edit(text)]
            where = title.format(key=owner)
            if broken:
                text = _("Schritt {number} ist nicht lesbar.").format(number=min(broken))
                findings.append(Finding(f"{where}: {text}", todo=_restore()))
            if sorted(own["number"]) != list(range(1, len(own) + 1)):
                findings.append(Finding(f"{where}: " + _("Es fehlen Schritte."), todo=_restore()))
    return findings


def check_drafts(connection: Connection, folder: Path) -> list[Finding]:
    """Every draft rests on a plan of the project, its position is one of its steps, and its steps can be applied."""
    findings: list[Finding] = []
    known = set(connection.execute(select(tables.plans.c.plan_id)).scalars())
    read: dict[str, Plan] = {}
    for draft in revisions.read_drafts(connection):
        where = _("Fassung „{title}“").format(title=draft.title)
        texts = _faults(draft, known)
        if not texts:
            base = read.setdefault(draft.base, plans.read_plan(connection, draft.base))  # type: ignore[arg-type]
            try:
                state(draft, base)
            except UNREADABLE as error:
                texts.append(_("Die Schritte passen nicht zum Plan: {why}").format(why=error))
        findings += [Finding(f"{where}: {text}", todo=_restore()) for text in texts]
    return findings


def check_validity(connection: Connection, folder: Path) -> list[Finding]:
    """Every plan ends no earlier than it began, its days are days, and no other plan holds beside an adopted one."""
    rows = [plans.Span(*row) for row in plans.read_plans(connection)[list(plans.Span._fields)].itertuples(index=False)]
    findings = []
    for row in rows:
        where, strange = _("Planstand „{title}“").format(title=row.title), _strange_days(connection, row)
        for text in strange:
            what = _("„{day}“ ist kein Tag in der Schreibweise JJJJ-MM-TT.").format(day=text)
            findings.append(Finding(f"{where}: {what}", todo=_again()))
        if not strange and row.valid_from and row.valid_to and row.valid_to < row.valid_from:
            what = _("Er endet am {end}, bevor er am {begin} beginnt.")
            said = what.format(end=day(row.valid_to), begin=day(row.valid_from))
            findings.append(Finding(f"{where}: {said}", todo=_again()))
    dated = [row for row in rows if is_day(row.valid_from) and row.status in DECIDED]
    for one, other in combinations(dated, 2):
        if "adopted" in (one.status, other.status) and _overlap(one, other):
            what = _("„{one}“ (seit {begin}) und „{other}“ (seit {later}) gelten zur selben Zeit.")
            said = what.format(
                one=one.title, begin=day(one.valid_from), other=other.title, later=day(other.valid_from)
            )  # fmt: skip
            findings.append(Finding(said, todo=_again()))
    return findings


def _strange_days(connection: Connection, row: plans.Span) -> list[str]:
    plan = plans.read_plan(connection, row.plan_id)
    made = [decision.date for decision in plan.decisions.values()] if plan is not None else []
    return sorted({text for text in (row.valid_from, row.valid_to, *made) if text and not is_day(text)})


def _overlap(one: plans.Span, other: plans.Span) -> bool:
    """Whether two spans share a day; the day a plan ends is the first on which it no longer holds."""
    spans = [(row.valid_from, row.valid_to if is_day(row.valid_to) else "9999-12-31") for row in (one, other)]
    return max(begin for begin, _end in spans) < min(end for _begin, end in spans)


def _again() -> str:
    return _("Öffnen Sie eine Sicherung von vor dem Beschluss und tragen Sie ihn mit dem richtigen Tag ein.")


def _faults(draft: Draft, known: set[str]) -> list[str]:
    texts = []
    if draft.base not in known:
        texts.append(_("Der Plan, auf dem sie beruht, fehlt."))
    if draft.adopted_as and draft.adopted_as not in known:
        texts.append(_("Der Plan, der aus ihr wurde, fehlt."))
    if not 0 <= draft.position <= len(draft.edits):
        texts.append(_("Die Zahl der geltenden Schritte stimmt nicht."))
    if draft.status not in DRAFT_STATUSES:
        texts.append(_("Der Stand „{status}“ ist unbekannt.").format(status=draft.status))
    return texts


def check_groupings(connection: Connection, folder: Path) -> list[Finding]:
    """Every grouping names blocks of the project, and every unit it uses."""
    findings = []
    known = set(plans.populations(connection))
    for grouping in remarks.read_groupings(connection):
        where = _("Gliederung „{title}“").format(title=grouping.title)
        unknown = len(set(grouping.assignment.index) - known)
        if unknown:
            text = plural("{count} unbekannter Baustein.", "{count} unbekannte Bausteine.", unknown)
            findings.append(Finding(f"{where}: {text.format(count=unknown)}", todo=_restore()))
        nameless = sorted(set(pd.Series(grouping.assignment, dtype=object)) - set(grouping.names))
        if nameless:
            text = _("Einheiten ohne Namen: {units}.").format(units=", ".join(nameless[:5]))
            findings.append(Finding(f"{where}: {text}", todo=_restore()))
    return findings


def _is_edit(text: str) -> bool:
    try:
        Edit.from_json(json.loads(text))
    except UNREADABLE:
        return False
    return True


def _restore() -> str:
    return _("Stellen Sie das Projekt aus einer Sicherung wieder her.")
