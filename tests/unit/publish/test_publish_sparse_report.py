"""A report of one edition without target, rules and impulses: nothing is printed that is not there."""

from dataclasses import replace

import pytest

import invented_report
from sozialraum.base import InputRefused
from sozialraum.publish.document import Report, Table, walk
from sozialraum.publish.model import prepare


@pytest.fixture(scope="module")
def sparse() -> Report:
    """The invented report reduced to what an example from one census has."""
    full = invented_report.small()
    supply = full.supply_values[full.supply_values["period"] == full.edition]
    # pupils rounded to 5: each number of places has two ends
    supply = supply.assign(field="none", places_low=supply["places_low"] - 2, places_high=supply["places_high"] + 2)
    content = replace(
        full,
        editions=(full.edition,),
        index_values=full.index_values.assign(dynamics=""),
        supply_values=supply,
        supply_words=replace(full.supply_words, target=float("nan"), note="Zahlen zweier Jahre", rules={}),
        impulses=full.impulses.iloc[:0],
        impulses_note="Dieses Beispiel nennt keine Impulse.",
        comparison=None,
        pyramid=None,
        missing=(("Arbeitslosigkeit", "Sie liegt für diese Gebiete nicht vor."),),
        proposed=True,
    )
    return prepare(content)


def unpeopled(region_population):
    """The invented report without any number of inhabitants by area."""
    full = invented_report.small()
    return replace(
        full, areas=full.areas.assign(population=float("nan")), region_population=region_population, comparison=None
    )


def test_a_report_without_any_inhabitants_is_refused_in_one_sentence():
    with pytest.raises(InputRefused, match="Für kein Gebiet liegt eine Einwohnerzahl vor"):
        prepare(unpeopled(None))


def test_the_map_of_areas_says_when_only_the_region_has_a_number():
    texts = " ".join(text for _page, text in prepare(unpeopled(5_000.0)).texts())
    assert "Einwohnerzahlen der Gebiete liegen nicht vor." in texts


def page(report, key):
    return next(page for page in report.pages if page.key == key)


def words(report, key):
    return " ".join(text for owner, text in report.texts() if owner.key == key)


def tables(report, key):
    return [part for part in walk(page(report, key).parts) if isinstance(part, Table)]


def test_without_dynamics_no_table_speaks_of_it(sparse):
    heads = [column.title for table in tables(sparse, "handlungsbedarf") for column in table.columns]
    assert not [head for head in heads if "Dynamik" in head]
    assert "Ohne Dynamik" in words(sparse, "handlungsbedarf")


def test_without_a_target_no_places_are_missing_or_free(sparse):
    for table in tables(sparse, "bedarf-angebot"):
        assert not [column for column in table.columns if "fehlende" in column.title]
        assert all(len(row.cells) == len(table.columns) for row in table.rows)
    assert "Ein Zielwert ist nicht festgelegt" in words(sparse, "wie-gerechnet")


def test_without_rules_there_are_no_fields_and_no_list_of_impulses(sparse):
    text = words(sparse, "bedarf-angebot")
    assert "Felder" not in text.replace("keine Felder", "")
    assert "Bestätigte Impulse" not in text
    assert page(sparse, "bedarf-angebot").lead == "Dieses Beispiel nennt keine Impulse."


def test_rounded_places_are_printed_with_both_ends(sparse):
    cells = [cell for table in tables(sparse, "bedarf-angebot") for row in table.rows for cell in row.cells]
    spans = [cell.text for cell in cells if cell.upper is not None and cell.upper - cell.number == 2]
    assert spans
    assert all("–" in text for text in spans)


def test_what_is_missing_stands_in_summary_profile_and_with_its_reason_in_the_data_status(sparse):
    profile = next(page.key for page in sparse.pages if page.chapter == "profile")
    for key in ("zusammenfassung", profile, "datenstand"):
        assert "Arbeitslosigkeit" in words(sparse, key)
    assert "Sie liegt für diese Gebiete nicht vor." in words(sparse, "datenstand")


def test_proposed_areas_are_called_gebiete(sparse):
    for owner, text in sparse.texts():
        if owner.key != "begriffe":
            assert "Sozialr" not in text, (owner.key, text)
    assert "Gebieten" in sparse.subtitle
