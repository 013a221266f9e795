"""The gap matrix: what is there, late, missing, not to be had; the rhythm of editions; sources and data sets."""

from __future__ import annotations

from dataclasses import replace

import pytest

from request_village import CARE, OFFERS, YOUTH, asking_project, filled, kept_delivery
from sozialraum.base import UsageError
from sozialraum.deliveries.catalogue_records import DataSet, Source
from sozialraum.workflow import catalogue_search, gaps, request_files, requesting
from sozialraum.workflow.rhythm import Rhythm, editions_due, rhythm_of, rhythm_sentence, set_rhythm
from village import AGS

TODAY = "2026-11-28"


@pytest.fixture(autouse=True)
def _early(monkeypatch):
    """Before the due dates of the tests."""
    monkeypatch.setattr(requesting, "now", lambda: "2026-01-05T08:00:00.000000+00:00")


@pytest.fixture
def project(tmp_path):
    with asking_project(tmp_path / "p") as made:
        yield made


def state(project, data_set: str, year: str, today: str = TODAY) -> str | None:
    cell = gaps.gap_matrix(project, today).cell(data_set, AGS, year)
    return None if cell is None else cell.state


def test_expected_is_missing_until_its_due_date_and_late_after_it(project):
    gaps.expect(project, "betreuung", [AGS], ["2025"], due="2026-11-28", owner="Planung")
    assert state(project, "betreuung", "2025") == "missing"
    cell = gaps.gap_matrix(project, "2026-12-08").cell("betreuung", AGS, "2025")
    assert (cell.state, cell.days_late, cell.owner, cell.due) == ("late", 10, "Planung", "2026-11-28")


def test_a_delivery_in_force_makes_it_there_until_it_is_withdrawn(project, tmp_path):
    made = requesting.request(project, "betreuung", [AGS], "2025", due="2026-01-31")
    assert state(project, "betreuung", "2025") == "late"
    file = request_files.write_request(project, made.request_id, tmp_path / "out")[1]
    delivery = kept_delivery(project, filled(file, {"C6": 30, "D6": 20, "C7": 12, "D7": 8}))
    cell = gaps.gap_matrix(project, TODAY).cell("betreuung", AGS, "2025")
    assert (cell.state, cell.deliveries, cell.days_late) == ("there", (delivery,), 0)
    project.withdraw_delivery(delivery, "falsch", "Planung")
    assert state(project, "betreuung", "2025") == "late"


def test_not_to_be_had_needs_a_reason_and_can_be_taken_back(project):
    with pytest.raises(UsageError, match="warum"):
        gaps.unavailable(project, "betreuung", [AGS], ["2025"])
    gaps.unavailable(project, "betreuung", [AGS], ["2025"], note="wird nicht erhoben")
    cell = gaps.gap_matrix(project, TODAY).cell("betreuung", AGS, "2025")
    assert (cell.state, cell.note) == ("unavailable", "wird nicht erhoben")
    gaps.forget(project, "betreuung", [AGS], ["2025"])
    assert state(project, "betreuung", "2025") is None


def test_years_outside_the_rhythm_of_a_data_set_have_no_cell(project):
    set_rhythm(project, Rhythm(years=1, first=2024))
    gaps.expect(project, "betreuung", [AGS], ["2024", "2025"])
    assert [state(project, "angebote", year) for year in ("2024", "2025", "2026")] == ["missing", None, "coming"]
    assert state(project, "betreuung", "2025") == "late"


def test_everything_wrong_is_said_at_once(project):
    with pytest.raises(UsageError) as refused:
        gaps.expect(project, "nichts", ["05999999"], ["bald"], due="31.12.")
    for words in ("„nichts“", "„05999999“", "„bald“", "„31.12.“"):
        assert words in str(refused.value)


def test_the_matrix_lists_municipalities_years_and_counts(project):
    gaps.expect(project, "betreuung", [AGS], ["2024"], due="2025-01-01")
    matrix = gaps.gap_matrix(project, TODAY)
    assert matrix.municipalities == ((AGS, "Musterdorf"),)
    assert matrix.years == ("2026", "2024")
    assert [one.data_set_id for one in matrix.data_sets] == ["betreuung", "angebote"]
    assert (matrix.count("late"), matrix.count("there")) == (1, 0)
    assert matrix.entered == {"betreuung", "angebote"}


def test_the_rhythm_of_editions_gives_reference_dates_and_due_dates(project):
    assert rhythm_of(project) == Rhythm()
    set_rhythm(project, Rhythm(years=4, first=2018, reference="12-31", due="06-30"))
    rhythm = rhythm_of(project)
    assert [rhythm.is_edition(year) for year in (2022, 2023, 2026)] == [True, False, True]
    assert [(one.year, one.due) for one in editions_due(rhythm, "2023-07-01", 2)] == [
        (2026, "2027-06-30"),
        (2030, "2031-06-30"),
    ]
    assert rhythm_sentence(rhythm, TODAY) == (
        "Alle 4 Jahre eine Ausgabe. Nächster Stichtag: 31.12.2026, Daten bis 30.06.2027."
    )


@pytest.mark.parametrize(
    "wrong", [Rhythm(years=5), Rhythm(years=0), Rhythm(first=12), Rhythm(due="02-29"), Rhythm(due="x")]
)
def test_a_rhythm_that_cannot_be_is_refused(project, wrong):
    with pytest.raises(UsageError):
        set_rhythm(project, wrong)
    assert rhythm_of(project) == Rhythm()


def test_sources_and_data_sets_are_entered_changed_and_taken_away(project):
    source = catalogue_search.save_source(project, Source("", "Gesundheitsamt Köln"))
    assert source.source_id == "gesundheitsamt_koeln"
    again = catalogue_search.save_source(project, Source("", "Gesundheitsamt Köln"))
    assert again.source_id == "gesundheitsamt_koeln_2"
    made = catalogue_search.save_data_set(project, DataSet("", source.source_id, "Schuleingang", rhythm=36))
    catalogue_search.save_data_set(project, replace(made, theme="Gesundheit"))
    assert [one for one in project.data_sets() if one.title == "Schuleingang"] == [replace(made, theme="Gesundheit")]
    with pytest.raises(UsageError, match="Schuleingang"):
        catalogue_search.remove_record(project, source.source_id)
    catalogue_search.remove_record(project, made.data_set_id)
    catalogue_search.remove_record(project, source.source_id)
    assert [one.source_id for one in project.sources()] == ["jugendamt", "gesundheitsamt_koeln_2"]


@pytest.mark.parametrize(
    "wrong",
    [
        replace(CARE, title=" "),
        replace(CARE, rhythm=0),
        replace(CARE, geography="mars"),
        replace(CARE, counts="dogs"),
        replace(CARE, visible_to="x"),
        replace(CARE, theme="a\nb"),
        replace(CARE, data_set_id="A B"),
        replace(CARE, source_id="nobody"),
    ],
)
def test_a_data_set_that_cannot_be_is_refused_and_nothing_changes(project, wrong):
    before = project.data_sets()
    with pytest.raises(UsageError):
        catalogue_search.save_data_set(project, wrong)
    assert project.data_sets() == before


def test_the_first_data_sets_are_proposed_from_deliveries(tmp_path):
    with asking_project(tmp_path / "p", records=False) as project:
        register = tmp_path / "haushalte.csv"
        register.write_text(
            "Stichtag;Baustein;Haushalte;mit Kindern unter 18;darunter Alleinerziehende\n"
            + "".join(f"31.12.2025;{AGS}-{block};200;50;10\n" for block in "ABCDEFJKL")
        )
        from sozialraum import workflow

        workflow.deliver(project, register)
        (data_set,) = gaps.gap_matrix(project, TODAY).data_sets
        assert (data_set.data_set_id, data_set.geography, data_set.recipe) == ("households", "block", "households")
        assert state(project, "households", "2025") == "there"
        assert project.data_sets() == ()
        assert [one.data_set_id for one in catalogue_search.keep_proposed(project)] == ["households"]
        assert [one.holder for one in project.sources()] == ["Meldebehörden (Haushaltegenerierung)"]
        assert catalogue_search.keep_proposed(project) == []


def test_catalogues_are_imported_replaced_and_searched(project, tmp_path):
    file = tmp_path / "regio.csv"
    file.write_text("Code,Content,Time\n1,Arbeitslose,2020\n2,Fläche,2020\n")
    assert catalogue_search.import_catalogue(project, file) == ["regio: 2 Einträge gelesen."]
    file.write_text("Code,Content,Time\n1,Arbeitslose,2021\n3,Pflege,2020\n")
    assert catalogue_search.import_catalogue(project, file)[1:] == [
        "1 neuer Eintrag.",
        "1 Eintrag entfallen.",
        "1 Eintrag mit anderem Zeitraum.",
    ]
    assert [one.code for one in catalogue_search.search_catalogue(project, "arbeit")] == ["1"]
    assert catalogue_search.catalogues(project) == [{"catalogue": "regio", "provider": "", "entries": 2}]
    project.remove_catalogue("regio")
    assert project.catalogue() == []


def test_the_source_keeps_a_function_and_no_name(project):
    assert project.sources() == (YOUTH,)
    assert project.data_sets() == (CARE, OFFERS)
