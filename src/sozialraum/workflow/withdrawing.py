"""Withdraw deliveries, tell what still rests on them, and delete files on their day."""

from __future__ import annotations

from datetime import date

from sozialraum.base import UsageError, _
from sozialraum.project import Project
from sozialraum.project.settings import DEFAULT_ROLE
from sozialraum.workflow.affected import affected, affected_by, pages_of
from sozialraum.workflow.review_record import Affected, Withdrawn


def withdraw(project: Project, delivery_id: str, why: str, role: str = DEFAULT_ROLE) -> Affected:
    """Take a delivery out of force; computing again leaves its values out. Returns what rests on it.

    Raises UsageError without a reason, or when it is not in force.
    """
    if not why.strip():
        raise UsageError(_("Geben Sie an, warum die Lieferung zurückgezogen wird."))
    found = affected(project, delivery_id)
    project.withdraw_delivery(delivery_id, why.strip(), role)
    return found


def withdrawn_in_use(project: Project) -> list[Withdrawn]:
    """Withdrawn deliveries that the present results still rest on, until they are computed again."""
    rows = project.deliveries()
    used = set(project.rests_on())
    gone = rows[(rows["withdrawn_on"] != "") & rows["delivery_id"].isin(used)]
    if gone.empty:
        return []
    titles = {recipe.code: _(recipe.title) for recipe in project.recipes()}
    found = []
    for row in gone.to_dict("records"):
        hit = affected_by(project, project.features_of(row["delivery_id"]))
        found.append(
            Withdrawn(
                row["delivery_id"], titles.get(row["recipe"], row["file_name"]), row["file_name"], row["withdrawn_on"],
                row["withdrawn_why"], pages_of(bool(hit.indicators), hit.index, hit.need, False),
            )
        )  # fmt: skip
    return found


def expire(project: Project, today: str = "") -> list[str]:
    """Delete the files whose day has come; returns their names. Values and rows stay, the log tells.

    today : ISO day, '' = of this computer. Raises UsageError for a text that is no day and for a day to come.
    """
    return project.delete_due(today or date.today().isoformat())
