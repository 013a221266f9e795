"""Who is asked, until when: a request asks for a day to come, and what comes back is asked about at the same office."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from request_village import asking_project
from sozialraum.workflow import asking, gaps, requesting
from village import AGS


@pytest.fixture
def project(tmp_path):
    with asking_project(tmp_path / "p") as made:
        yield made


def test_without_a_day_a_request_asks_for_one_to_come(project):
    past, coming = date.today().year - 3, date.today().year + 1
    due = requesting.draft_request(project, "betreuung", [AGS], str(past)).due
    assert (date.fromisoformat(due) - date.today()).days in (13, 14)  # the moment is told in world time
    assert requesting.draft_request(project, "betreuung", [AGS], str(coming)).due == f"{coming + 1}-06-30"


def test_a_request_leaves_who_cares_for_the_gap(project):
    gaps.expect(project, "betreuung", [AGS], ["2025"], "2026-03-31", "Jugendamt Hallenfeld", "ruft zurück")
    requesting.request(project, "betreuung", [AGS], "2025", due="2027-01-31", role="Planung")
    (kept,) = project.expectations()
    assert (kept.owner, kept.due, kept.note) == ("Jugendamt Hallenfeld", "2027-01-31", "ruft zurück")


def test_a_query_about_a_form_goes_where_the_form_was_sent(project):
    form = SimpleNamespace(recipe="form_betreuung", about=None)
    assert asking.addressee(project, form) == ("Liefernde Stelle",)
    requesting.request(project, "betreuung", [AGS], "2025", to=["Jugendamt Hallenfeld", "Frau Muster"])
    assert asking.addressee(project, form) == ("Jugendamt Hallenfeld", "Frau Muster")
