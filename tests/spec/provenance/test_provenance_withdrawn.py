"""A withdrawn delivery: what rests on it says so, nothing is printed from it, and computing again settles it."""

from __future__ import annotations

import pytest

import traced_village as village
from sozialraum import workflow
from sozialraum.base import ReleaseRefused
from sozialraum.workflow.consulting import make_package
from sozialraum.workflow.content import refuse_other_deliveries
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


def corrected(project, tmp_path):
    """The table again with more children in daycare; it takes the place of the first one."""
    path = village.write_youth(tmp_path / "korrigiert.xlsx", village.YOUTH | {"03": (60, 55, 3)})
    workflow.deliver(project, path)


def care(project):
    """The trace of the daycare of one area, and the steps that name a file."""
    found = workflow.trace(project, "count", "care_03_06", f"{AGS}-03", village.END)
    return lines(found)


def test_a_number_whose_delivery_was_withdrawn_names_it_before_the_one_in_force_now(project, tmp_path):
    corrected(project, tmp_path)
    workflow.compute(project)
    assert not any("beruht auf der Datei" in line for line in care(project))
    rows = project.deliveries().set_index("file_name")
    workflow.withdraw(project, rows.at["korrigiert.xlsx", "delivery_id"], "Falscher Stand", "Planung")
    workflow.deliver(project, village.write_youth(tmp_path / "wieder.xlsx", village.YOUTH | {"03": (60, 50, 3)}))
    year, month, day = project.deliveries().set_index("file_name").at["korrigiert.xlsx", "withdrawn_on"][:10].split("-")
    told = care(project)
    assert "55" in told[0]
    expected = f"Die Zahl beruht auf der Datei „korrigiert.xlsx“, zurückgezogen am {day}.{month}.{year}."
    named = [place for place, line in enumerate(told) if expected in line]
    assert len(named) == 1
    assert named[0] < next(place for place, line in enumerate(told) if "„wieder.xlsx“" in line)
    workflow.compute(project)
    assert not any("korrigiert.xlsx" in line for line in care(project))


def test_a_number_whose_delivery_was_replaced_names_it(project, tmp_path):
    corrected(project, tmp_path)
    told = care(project)
    assert "49" in told[0]
    assert any("„jugendamt.xlsx“, inzwischen durch eine neuere Lieferung ersetzt." in line for line in told)
    households = workflow.trace(project, "count", "hh_single_parent", f"{AGS}-02", village.END)
    assert not any("beruht auf der Datei" in line for line in lines(households))


def test_no_figure_goes_into_a_package_for_a_town_hall(project, monkeypatch):
    """A package outlives the note on a page, so it brings no figures until they are computed again."""
    monkeypatch.setattr("sozialraum.consultation.page_template", lambda: TEMPLATE)
    assert FIGURE in make_package(project, AGS)[1]
    withdraw_youth(project)
    assert FIGURE not in make_package(project, AGS)[1]


def test_no_report_lists_deliveries_its_numbers_do_not_rest_on(project, tmp_path):
    (youth,) = project.deliveries().loc[lambda rows: rows["file_name"] == "jugendamt.xlsx", "stored_name"]
    longer = tmp_path / "jugendamt_neu.xlsx"
    longer.write_bytes((project.folder / "deliveries" / youth).read_bytes() + b"\0")
    workflow.deliver(project, longer)
    with pytest.raises(ReleaseRefused, match="Seit der letzten Rechnung haben sich die Lieferungen geändert"):
        workflow.report(project)
    workflow.compute(project)
    refuse_other_deliveries(project)
