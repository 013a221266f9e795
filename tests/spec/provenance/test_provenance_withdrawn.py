"""A withdrawn delivery: what rests on it says so, nothing is printed from it, and computing again settles it."""

from __future__ import annotations

import pytest

import traced_village as village
from sozialraum import workflow
from sozialraum.base import ReleaseRefused
from sozialraum.workflow.consulting import make_package
from sozialraum.workflow.trace_steps import lines
from sozialraum.workflow.withdrawn_results import withdrawn_notes
from village import AGS

TEMPLATE = (
    '<!doctype html><html><head><title></title></head><body><script type="application/json" id="data">{}</script>'
    '<script type="application/json" id="words">{}</script></body></html>'
)
# Stands in a package that brings indicators.
FIGURE = "care_rate_03_06"


@pytest.fixture
def project(tmp_path):
    with village.make_project(tmp_path / "project", tmp_path / "files") as made:
        yield made


def withdraw_youth(project):
    rows = project.deliveries()
    delivery_id = rows.loc[rows["file_name"] == "jugendamt.xlsx", "delivery_id"].iloc[0]
    workflow.withdraw(project, delivery_id, "Ein Gebiet fehlt", "Jugendhilfeplanung")
    return delivery_id


def test_nothing_is_said_while_every_delivery_is_in_force(project):
    assert withdrawn_notes(project) == []


def test_the_pages_that_show_its_values_say_so(project):
    delivery_id = withdraw_youth(project)
    (note,) = withdrawn_notes(project)
    withdrawn_on = project.deliveries().set_index("delivery_id").loc[delivery_id, "withdrawn_on"]
    year, month, date = withdrawn_on[:10].split("-")
    assert note.sentence == (
        "Beruht auf einer zurückgezogenen Lieferung: „Tagesbetreuung und Hilfen zur Erziehung nach Gebieten“ "
        f"(zurückgezogen am {date}.{month}.{year})."
    )
    assert note.why == "Ein Gebiet fehlt"
    assert {"indikatoren", "freigabe", "bericht"} <= set(note.pages)
    assert "bedarf" not in note.pages


def test_no_report_is_written_from_withdrawn_data(project):
    withdraw_youth(project)
    with pytest.raises(ReleaseRefused, match=r"zurückgezogenen Lieferung: „Tagesbetreuung.*Rechnen Sie neu"):
        workflow.report(project)
    assert project.releases().empty


def test_computing_again_settles_it(project):
    withdraw_youth(project)
    workflow.compute(project)
    assert withdrawn_notes(project) == []
    assert (workflow.report(project) / "report.pdf").is_file()


def test_the_trace_names_what_was_withdrawn(project):
    withdraw_youth(project)
    found = workflow.trace(project, "indicator", "care_rate_03_06", f"{AGS}-03")
    assert found.warnings[0].startswith("Seit der Rechnung haben sich Lieferungen")
    assert any("Zurückgezogen am" in line and "„jugendamt.xlsx“" in line for line in lines(found))


def test_no_figure_goes_into_a_package_for_a_town_hall(project, monkeypatch):
    """A package outlives the note on a page, so it brings no figures until they are computed again."""
    monkeypatch.setattr("sozialraum.consultation.page_template", lambda: TEMPLATE)
    assert FIGURE in make_package(project, AGS)[1]
    withdraw_youth(project)
    assert FIGURE not in make_package(project, AGS)[1]
