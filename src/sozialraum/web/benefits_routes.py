"""Routes of the page "Namen von Leistungen": names by period of validity, as forms and as a workbook."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter

from sozialraum.web.plain_model import PlainModel
from sozialraum.web.reading import Open
from sozialraum.web.round_trips import RoundTrip, add_round_trip
from sozialraum.workflow import benefit_round_trip, benefits
from sozialraum.workflow.benefit_rows import NameRow, last_days, validity

router = APIRouter(prefix="/api/benefits")


class Named(PlainModel):
    """A name as entered. before : first day of the name that is changed, None for a new one."""

    code: str = ""
    title: str = ""
    de: str
    en: str = ""
    since: str = ""
    until: str = ""
    before: str | None = None


class Name(PlainModel):
    """The name of a benefit that began on a day."""

    code: str
    since: str


@router.get("")
def names(session: Open) -> dict[str, Any]:
    """All names, each with its period of validity in words, and where each benefit is named."""
    return names_json(session.project)


@router.post("")
def save(session: Open, name: Named) -> dict[str, Any]:
    """Enter a name, or change or end one."""
    row = NameRow(**name.model_dump(exclude={"before"}))
    benefits.save_name(session.project, row, name.before)
    session.forget()
    return names_json(session.project)


@router.post("/remove")
def remove(session: Open, name: Name) -> dict[str, Any]:
    """Take a name away."""
    benefits.remove_name(session.project, name.code, name.since)
    session.forget()
    return names_json(session.project)


add_round_trip(
    router,
    "",
    RoundTrip(
        "namen-von-leistungen.xlsx",
        benefit_round_trip.names_workbook,
        benefit_round_trip.read_names,
        benefit_round_trip.apply_names,
    ),
)


def names_json(project: Any) -> dict[str, Any]:
    """The benefits one after the other, each with its names and the indicators whose texts name it."""
    rows = benefits.benefit_names(project)
    ends, used = last_days(rows), benefits.used_in(project)
    return {
        "names": [asdict(row) | {"ends": ends[row], "validity": validity(row, ends[row])} for row in rows],
        "used": {row.code: list(used.get(row.code, ())) for row in rows},
    }
