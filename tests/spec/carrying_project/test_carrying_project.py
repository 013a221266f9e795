"""Counts by polling district come onto the areas of a project, from the file to the printed sentence.

The ground is drawn in tests/carried_village.py: of the inhabitants of district 0101, 500 of 700 live in area 1; of
those of 0201 600 of 1,500; of those of 0202 300 of 900; 0102 lies in area 2.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

import village
from carried_village import DAY, DELIVERED, ONE, RECIPE, TWO, TWO_AREAS, district_delivery, district_map
from sozialraum import workflow
from sozialraum.base import InputRefused, UsageError
from sozialraum.indicators import current_catalogue, note_sentences
from sozialraum.project import Project
from sozialraum.workflow import carrying_choice
from sozialraum.workflow.geographies import add_geography, geography_rows
from sozialraum.workflow.geography_files import GeographyFile
from sozialraum.workflow.trace_counts import count_chain
from sozialraum.workflow.trace_ground import ground_of
from sozialraum.workflow.trace_parts import Listing
from sozialraum.workflow.trace_steps import walk

sys.path.insert(0, str(Path(__file__).parents[2] / "unit" / "project"))
from project_world import new_project, village_plan


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with new_project(tmp_path / "p", editions=[DAY]) as opened:
        opened.save_plan(village_plan("Gebiete", TWO_AREAS))
        opened.save_recipe(RECIPE)
        yield opened


@pytest.fixture
def counted(project: Project, tmp_path: Path) -> Project:
    """With districts, a delivery for them, and results."""
    add_geography(project, GeographyFile(district_map(tmp_path)), "Stimmbezirke", valid_on="2025-01-01")
    workflow.deliver(project, district_delivery(tmp_path))
    workflow.compute(project)
    return project


def rows(project: Project, name: str = "area_counts") -> pd.DataFrame:
    found = project.results(name)
    return found[found["feature"] == "own_voters"].set_index("unit")


def test_units_are_taken_in_with_their_usual_columns(project: Project, tmp_path: Path) -> None:
    added = add_geography(project, GeographyFile(district_map(tmp_path)), "Stimmbezirke", valid_on="2025-01-01")
    assert (added.code, added.units) == ("stimmbezirke", 4)
    (row,) = geography_rows(project)
    assert (row.title, row.kind, row.units, row.features) == ("Stimmbezirke", "shapes", 4, ())
    assert project.geography_names("stimmbezirke")["0101"] == "Wahllokal"
    with pytest.raises(UsageError, match="gibt es schon"):
        add_geography(project, GeographyFile(district_map(tmp_path)), "Stimmbezirke")


@pytest.mark.parametrize(
    ("unit", "low", "status", "what"),
    [
        (ONE, 70 * 5 / 7 + 50 * 0.4 + 30 / 3, "estimated", "50 + 20 + 10"),
        (TWO, 70 * 2 / 7 + 44 + 50 * 0.6 + 30 * 2 / 3, "estimated", "20 + 44 + 30 + 20"),
    ],
)
def test_counts_are_divided_by_the_inhabitants(counted: Project, unit: str, low: float, status: str, what: str) -> None:
    row = rows(counted).loc[unit]
    assert row["low"] == pytest.approx(low, abs=1e-9), what
    assert row["status"] == status
    assert row["provenance"] == "übertragen nach Einwohnerzahl („Stimmbezirke“)"
    assert row["note"].startswith("carried=inhabitants/B/")


def test_the_total_stays(counted: Project) -> None:
    found = rows(counted)
    assert found.loc["region", "low"] == pytest.approx(sum(DELIVERED.values()), abs=1e-9)
    assert counted.record("carrying") == {"outside": []}  # nobody lives in the strip


def test_what_lies_outside_is_a_row_of_its_own(project: Project, tmp_path: Path) -> None:
    """By ground a seventh of 0202 lies in the strip: 30 / 7."""
    add_geography(project, GeographyFile(district_map(tmp_path)), "Stimmbezirke")
    carrying_choice.choose(project, "stimmbezirke", "", "area", "Probe")
    workflow.deliver(project, district_delivery(tmp_path))
    workflow.compute(project)
    (row,) = project.record("carrying")["outside"]
    assert (row["geography"], row["feature"], row["of"]) == ("geo:stimmbezirke", "own_voters", 194.0)
    assert row["low"] == row["high"] == pytest.approx(30 / 7)
    assert rows(project).loc["region", "low"] == pytest.approx(194 - 30 / 7)
    assert rows(project).loc[ONE, "note"].startswith("carried=area/C/")


def test_a_share_is_refused_in_the_review(project: Project, tmp_path: Path) -> None:
    add_geography(project, GeographyFile(district_map(tmp_path)), "Stimmbezirke")
    review = workflow.receive(project, district_delivery(tmp_path))
    (finding,) = [one.finding for one in review.findings if one.finding.code == "carry_share"]
    assert finding.column == "Anteil der Briefwahl"
    assert "Ein Anteil lässt sich nicht aufteilen." in finding.what


def test_without_the_geography_the_file_is_refused(project: Project, tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="gibt es im Projekt nicht"):
        workflow.deliver(project, district_delivery(tmp_path))


def test_weights_are_kept_and_used_again(counted: Project) -> None:
    before = counted.kept_matrices()
    assert sorted(before["kind"]) == ["area", "inhabitants"]
    workflow.compute(counted)
    assert counted.kept_matrices()["matrix_id"].tolist() == before["matrix_id"].tolist()


def test_a_way_is_chosen_by_feature_with_a_reason(counted: Project) -> None:
    plan = counted.plan()
    every, own = carrying_choice.ways_of(counted, "stimmbezirke", plan, ["own_voters"])
    assert (every.matrix.kind, every.chosen) == ("inhabitants", False)
    assert own.reason == "Geteilte Einheiten werden nach Einwohnerzahl übertragen."
    assert [one.kind for one in own.alternatives] == ["inhabitants", "area"]
    with pytest.raises(UsageError, match="Grund"):
        carrying_choice.choose(counted, "stimmbezirke", "own_voters", "area", " ")
    with pytest.raises(UsageError, match="gibt es"):
        carrying_choice.choose(counted, "stimmbezirke", "own_voters", "dwellings", "so")
    carrying_choice.choose(counted, "stimmbezirke", "own_voters", "area", "Freie Flächen zählen mit")
    assert counted.results_are_stale()
    every, own = carrying_choice.ways_of(counted, "stimmbezirke", plan, ["own_voters"])
    assert (every.matrix.kind, own.matrix.kind, own.reason) == ("inhabitants", "area", "Freie Flächen zählen mit")
    carrying_choice.choose(counted, "stimmbezirke", "own_voters", "", "")
    assert carrying_choice.ways_of(counted, "stimmbezirke", plan, ["own_voters"])[1].matrix.kind == "inhabitants"


def test_the_note_is_a_sentence(counted: Project) -> None:
    (sentence,) = note_sentences(rows(counted, "released_counts").loc[ONE, "note"])
    assert sentence.startswith("Übertragen nach Einwohnerzahl, Abweichung etwa ")
    assert sentence.endswith("\u202f% (B: nach Adressen, Wohnungen oder Einwohnerzahl geschätzt).")


def test_the_trace_names_weights_and_the_part_of_each_unit(counted: Project) -> None:
    ground = ground_of(counted, current_catalogue())
    _head, steps = count_chain(ground, "own_voters", ONE, DAY, "", Listing(True))
    said = [step.sentence for step in walk(steps)]
    assert "Aus einer anderen Gliederung übertragen, Stichtag 31.12.2025." in said
    (weights,) = [one for one in said if "geteilte nach Einwohnerzahl" in one]
    assert weights.startswith("3 Einheiten von „Stimmbezirke“")
    assert "Gewichte vom 01.01.2025" in weights
    assert [one.replace("\u202f", " ") for one in said if "davon liegen hier" in one] == [
        "„0101“: 71,4 % davon liegen hier", "„0201“: 40,0 % davon liegen hier", "„0202“: 33,3 % davon liegen hier",
    ]  # fmt: skip
    assert any("wahl.csv" in one for one in said)


def test_a_table_of_units_and_blocks_divides_only_by_given_shares(project: Project, tmp_path: Path) -> None:
    """Streets of 0101 in B were counted: a quarter."""
    whole = {"0102": "C", "0201": "D", "0202": "J"}
    lines = [f"{unit};{village.AGS}-{block};" for unit, block in whole.items()]
    lines += [f"0101;{village.AGS}-A;75 %", f"0101;{village.AGS}-B;25 %"]
    table = tmp_path / "liste.csv"
    table.write_text("\n".join(["Einheit;Baustein;Anteil", *lines]) + "\n")
    add_geography(project, GeographyFile(str(table)), "Stimmbezirke")
    workflow.deliver(project, district_delivery(tmp_path))
    workflow.compute(project)
    assert rows(project).loc[ONE, "low"] == pytest.approx(70 * 0.75 + 50 + 30)
    assert rows(project).loc[TWO, "low"] == pytest.approx(70 * 0.25 + 44)
    table.write_text("\n".join(["Einheit;Baustein", f"0101;{village.AGS}-A", f"0101;{village.AGS}-B"]) + "\n")
    with pytest.raises(InputRefused, match="0101"):
        add_geography(project, GeographyFile(str(table)), "Andere")
