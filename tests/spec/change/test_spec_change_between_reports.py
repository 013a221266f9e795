"""Why values changed between two reports of the village, after it was divided otherwise.

| what happened | what is told |
|---|---|
| an area was split off | compared with the area it comes from; other boundaries |
| the earlier delivery was corrected | other source; where the ground changed too, not separable |
| a report is written | its printed figures are frozen with it |
| a number is hidden | nothing, and not even how small it is; bounds in the internal view |
"""

import pytest

import changed_village as village
from changed_village import points
from sozialraum import workflow
from sozialraum.workflow.change_splitting import change
from sozialraum.workflow.released_figures import FILE, read_figures
from village import AGS

OLD_TOWN, ESTATE, HAMLET = (f"{AGS}-{number}" for number in ("01", "02", "03"))


def test_an_area_split_off_is_compared_with_the_one_it_comes_from(tmp_path, monkeypatch):
    monkeypatch.setattr(village, "AREAS_LATER", {"01": "ABC", "02": "DE", "03": "JKLghi", "04": "F"})
    monkeypatch.setitem(village.NAMES, "04", "Am Bach")
    monkeypatch.setattr(village, "YOUTH_LATER", {**village.YOUTH_LATER, "04": (20, 16, 5)})
    with village.make_project(tmp_path / "project", tmp_path / "files") as project:
        told = change(project, "single_parent_share", f"{AGS}-04")
        # D, E, F had 72 of 300, F alone 22 of 100 at both dates
        assert points(told) == {"boundaries": -2.0, "population": 0.0, "cases": 0.0}
        assert told.change.compared == (
            "Der frühere Wert steht im Bericht vom 01.03.2024 für Musterdorf, Gebiet 2 Nordfeld, "
            "in den damaligen Grenzen."
        )


def test_a_report_freezes_what_a_later_one_compares_with(tmp_path):
    with village.make_project(tmp_path / "project", tmp_path / "files", frozen=False) as project:
        folder = workflow.report(project)
        (figures,) = read_figures(project)
        assert (folder / FILE).is_file()
        assert figures.plan_id == project.plan().plan_id
        assert figures.editions == (village.FIRST, village.LAST)
        assert figures.values["single_parent_share", "area", OLD_TOWN, village.LAST][:2] == (32.0, 100.0)
        assert "Warum hat sich der Wert verändert?" in (folder / "report" / "indikatoren.html").read_text("utf-8")


def test_a_report_of_both_years_on_other_areas_tells_cases_apart(tmp_path, monkeypatch):
    """Nothing was delivered for the areas of 2026: the youth office's children of both years are carried onto them."""
    monkeypatch.setattr(village, "AREAS_LATER", village.AREAS)
    monkeypatch.setattr(village, "YOUTH_LATER", {"01": (60, 36, 14), "02": (60, 57, 16), "03": (60, 49, 13)})
    with village.make_project(tmp_path / "project", tmp_path / "files", frozen=False) as project:
        village.freeze(project, "2026-03-01")
        areas = {"01": "AB", "02": "CDEF", "03": "JKLghi"}
        village.set_plan(project, areas, "Sozialräume 2026", "2026-05-01T00:00:00+00:00")
        workflow.compute(project)
        told = change(project, "care_rate_03_06", OLD_TOWN)
        # printed for A, B, C: 30 and 36 of 60; what A and B alone have of them is carried, within bounds
        found = points(told)
        assert found["cases"] == 10.0
        assert found["population"] == 0.0
        low, high = found["boundaries"]
        assert low < 100 * (told.change.after[0] - 36 / 60) < high
        assert "Bevölkerung und Fälle beider Jahre sind in den früheren Grenzen verglichen." in told.notes
        assert any(note.startswith("Der Wert für 31.12.2025 ist von anderen Grenzen übertragen") for note in told.notes)


def corrected(project, files, alone):
    """The households of 2023 once more, with other numbers, in place of the first."""
    rows = project.deliveries()
    (first,) = rows.loc[rows["file_name"] == "haushalte_2023.csv", "delivery_id"]
    workflow.withdraw(project, first, "Berichtigung")
    text = village.in_year(village.households(village.FAMILIES, alone), "2023")
    (files / "haushalte_neu.csv").write_text(text, encoding="utf-8")
    workflow.deliver(project, files / "haushalte_neu.csv")
    workflow.compute(project)


def test_a_corrected_delivery_is_another_source(tmp_path):
    files = tmp_path / "files"
    with village.make_project(tmp_path / "project", files) as project:
        corrected(project, files, {**village.ALONE, "J": 28})
        # the hamlet kept its ground: 75 of 300 were printed, 78 of 300 are counted today, as are 75 in 2025
        assert points(change(project, "single_parent_share", HAMLET)) == {
            "definition": 1.0, "population": 0.0, "cases": -1.0
        }  # fmt: skip
        # where the ground changed too, nobody can tell the correction from the boundaries
        assert points(change(project, "single_parent_share", OLD_TOWN)) == {
            "boundaries+definition": 1.0, "population": 0.0, "cases": 10.0
        }  # fmt: skip
        # the youth office's table was not touched
        assert "boundaries" in points(change(project, "care_rate_03_06", OLD_TOWN))


@pytest.mark.parametrize("hidden", [1, 2])
def test_a_hidden_number_is_not_split_and_shows_nothing(tmp_path, monkeypatch, hidden):
    monkeypatch.setattr(village, "ALONE_LATER", {**village.ALONE_LATER, "J": hidden, "K": 0, "L": 0})
    with village.make_project(tmp_path / "project", tmp_path / "files") as project:
        told = change(project, "single_parent_share", HAMLET)
        assert told.change.parts.parts == ()
        assert told.as_record() == {
            "indicator": "single_parent_share", "title": "Haushalte von Alleinerziehenden", "unit": HAMLET,
            "name": "Musterdorf, Gebiet 3 Mühlweiler", "before": village.FIRST, "after": village.LAST,
            "sentence": "Woraus sich die Veränderung seit 2023 zusammensetzt, lässt sich nicht sagen. "
            "Der Wert für 31.12.2025 wird zum Schutz einzelner Personen nicht gezeigt.",
            "total": None, "total_text": "", "parts": [], "notes": [],
        }  # fmt: skip
        inside = change(project, "single_parent_share", HAMLET, internal=True)
        assert inside.change.parts.low < inside.change.parts.high < 0
        true = 100 * (hidden - 75) / 300
        low, high = points(inside)["cases"]
        assert low <= true <= high
