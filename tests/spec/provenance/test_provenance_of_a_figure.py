"""Any number leads back to file, sheet, row, column and date; what is hidden shows in no trace for others."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

import traced_village as village
from sozialraum import workflow
from sozialraum.base import ReleaseRefused, UsageError
from sozialraum.indicators import definitions
from sozialraum.project import Project
from sozialraum.workflow.trace_steps import Trace, TraceStep, lines, walk
from sozialraum.workflow.tracing import trace
from village import AGS

HAMLET, OLD_TOWN = f"{AGS}-03", f"{AGS}-01"
# The same totals and the same released table with other hidden numbers: 21 + 22 + 23 and 2 become 21 + 22 + 24 and 1.
OTHER_ALONE = village.ALONE | {"C": 24, "J": 1}
OTHER_YOUTH = village.YOUTH | {"01": (60, 51, 15), "03": (60, 49, 2)}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("traced")
    with village.make_project(folder / "project", folder / "files") as made:
        yield made


@dataclass(frozen=True)
class Found:
    """A trace and its steps in reading order."""

    trace: Trace

    @property
    def steps(self) -> list[TraceStep]:
        return list(walk(self.trace.steps))

    @property
    def text(self) -> str:
        return "\n".join(lines(self.trace))

    def places(self, file: str) -> list[TraceStep]:
        return [step for step in self.steps if step.file == file and step.row is not None]


def follow(project: Project, kind: str, name: str, unit: str, **options: object) -> Found:
    return Found(trace(project, kind, name, unit, **options))  # type: ignore[arg-type]


def test_a_share_leads_to_sheet_row_column_and_date(project):
    """Kinder in Tageseinrichtungen, Mühlweiler: 49 of 60; the 49 stand in D8 of the youth office's sheet "Plätze"."""
    found = follow(project, "indicator", "care_rate_03_06", HAMLET)
    (cell,) = found.places("jugendamt.xlsx")
    (delivery,) = [step for step in found.steps if step.file == "jugendamt.xlsx" and step.row is None]
    assert (cell.sheet, cell.row, cell.column) == ("Plätze", 8, "D")
    assert (delivery.recipe, delivery.version) == ("Tagesbetreuung und Hilfen zur Erziehung nach Gebieten", 1)
    assert delivery.delivered == project.deliveries()["received_at"].iloc[-1][:10]
    assert "49 von" not in found.text
    assert found.trace.sentence.startswith("Betreuung von 3 bis unter 6 Jahren, Musterdorf, Gebiet 3 Mühlweiler")
    assert found.trace.sentence.endswith("81,7\u202f%")


def test_numerator_and_denominator_stand_with_what_carried_them(project):
    found = follow(project, "indicator", "care_rate_03_06", HAMLET)
    said = [(step.level, step.sentence, step.value_text) for step in found.steps]
    assert (0, "Zähler: Kinder von 3 bis unter 6 Jahren in Tageseinrichtungen.", "49") in said
    assert (0, "Nenner: Kinder von 3 bis unter 6 Jahren.", "60") in said
    assert (1, "Für dieses Gebiet geliefert, Stichtag 31.12.2025.", "") in said
    assert (1, "6 ganze Bausteine zusammengezählt, Stichtag 31.12.2025.", "") in said


def test_blocks_are_listed_in_the_internal_view_with_their_numbers(project):
    found = follow(project, "count", "hh_children", OLD_TOWN, internal=True)
    assert [(step.row, step.column, step.value_text) for step in found.places("haushalte.csv")] == [
        (2, "D", "60"), (3, "D", "70"), (4, "D", "80"),
    ]  # fmt: skip


def test_a_hidden_number_is_said_to_be_hidden(project):
    found = follow(project, "indicator", "single_parent_share", HAMLET)
    assert found.trace.sentence.endswith("verborgen")
    assert ("Zähler: Haushalte von Alleinerziehenden.", "verborgen") in [
        (step.sentence, step.value_text) for step in found.steps
    ]


def test_the_internal_view_shows_the_number_and_why_it_is_hidden(project):
    text = follow(project, "count", "hh_single_parent", HAMLET, internal=True).text
    assert "Vor dem Schutz: 2" in text
    assert "Grund: zu wenige Fälle." in text


COUNTS = ("hh_single_parent", "hh_children", "family_aid", "care_03_06", "pop_03_06", "pop_foreign", "places_under_6")


def everything(project: Project, *, internal: bool, units: tuple[str, ...] = ()) -> str:
    """Traces of all indicators and of counts of every source; check numbers of files follow from their bytes."""
    units = units or (*project.plan().areas["area_id"], AGS, "region")
    found = []
    for unit in units:
        kinds = [("indicator", one.id) for one in definitions()] + [("supply", "")]
        kinds += [("count", code) for code in COUNTS]
        kinds += [("index", "")] if unit in units[:3] else []
        for kind, name in kinds:
            found.append(trace(project, kind, name, unit, internal=internal, limit=None).as_record())
    text = json.dumps(found, ensure_ascii=False)
    for delivery_id in project.deliveries()["delivery_id"]:
        text = text.replace(delivery_id, "…")
    return text


def test_no_trace_for_others_depends_on_a_hidden_number(project, tmp_path):
    """Two projects whose released tables are equal and whose hidden numbers differ have the same traces."""
    with village.make_project(tmp_path / "project", tmp_path / "files", alone=OTHER_ALONE, youth=OTHER_YOUTH) as other:
        pd.testing.assert_frame_equal(project.results("released_counts"), other.results("released_counts"))
        assert not project.results("area_counts").equals(other.results("area_counts"))
        assert everything(project, internal=False) == everything(other, internal=False)
        hidden = [everything(each, internal=True, units=(HAMLET,)) for each in (project, other)]
        assert hidden[0] != hidden[1]


def test_a_protected_facility_is_named_in_no_view(project):
    for internal in (False, True):
        text = follow(project, "count", "places_under_6", "region", internal=internal).text
        assert "Kita Am Tor" in text
        assert "Schutzhof" not in text
        assert "Zeile 4" not in text
        assert "17" not in text
        assert "Geschützte Einrichtungen werden nicht genannt." in text


def test_the_region_is_the_sum_of_its_municipalities(project):
    found = follow(project, "count", "care_03_06", "region")
    assert found.steps[0].sentence == "Summe aus 1 Gemeinde."
    assert [step.row for step in found.places("jugendamt.xlsx")] == [6, 7, 8]


def test_a_long_list_is_cut_and_can_be_had_whole(project):
    short = follow(project, "count", "population", OLD_TOWN, internal=True)
    whole = follow(project, "count", "population", OLD_TOWN, internal=True, limit=None)
    assert (short.trace.parts, short.trace.left_out) == (48, 28)
    assert "… und 28 weitere Stellen." in short.text
    assert (whole.trace.parts, whole.trace.left_out) == (48, 0)
    assert len(whole.places("einwohner.csv")) == 48


def test_the_index_leads_to_its_indicators(project):
    found = follow(project, "index", "", OLD_TOWN)
    titles = [step.sentence for step in found.steps if step.level == 0]
    assert [f"{one.title}:" for one in definitions() if one.in_index] == titles[-4:]


def test_need_and_supply_lead_to_the_facilities(project):
    found = follow(project, "supply", "", OLD_TOWN)
    assert found.places("einrichtungen.csv")[0].sentence == "Kita Am Tor: Zeile 2, Spalte F."
    assert "Zielwert: 50 Plätze je 100 Kinder; Jugendhilfeausschuss, 30.06.2025." in found.text


@pytest.mark.parametrize(
    ("kind", "name", "unit", "period", "said"),
    [
        ("indicator", "unknown", OLD_TOWN, "", "Den Indikator „unknown“ gibt es nicht"),
        ("count", "unknown", OLD_TOWN, "", "Das Merkmal „unknown“ gibt es nicht"),
        ("indicator", "share_under_6", "nowhere", "", "Das Gebiet „nowhere“ gibt es nicht"),
        ("indicator", "share_under_6", OLD_TOWN, "1999-12-31", "es gibt 31.12.2025"),
        ("rumour", "", OLD_TOWN, "", "Zu „rumour“ gibt es keine Zahlen"),
    ],
)
def test_a_figure_that_is_not_there_is_refused_in_one_sentence(project, kind, name, unit, period, said):
    with pytest.raises(UsageError, match=said):
        trace(project, kind, name, unit, period)


def test_nothing_can_be_traced_before_anything_was_computed(tmp_path: Path):
    with (
        village.make_project(tmp_path / "project", tmp_path / "files", compute=False) as empty,
        pytest.raises(ReleaseRefused, match="Rechnen Sie zuerst"),
    ):
        trace(empty, "indicator", "share_under_6", OLD_TOWN)


def test_a_result_older_than_what_is_there_says_so(tmp_path: Path):
    with village.make_project(tmp_path / "project", tmp_path / "files") as stale:
        stale.settings["target"] = None
        assert workflow.state(stale)  # the steps can still be read
        assert "Seit der Rechnung" in trace(stale, "indicator", "share_under_6", OLD_TOWN).warnings[0]
