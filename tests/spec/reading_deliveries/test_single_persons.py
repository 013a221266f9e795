"""Lists with one row per person are counted; nothing of a single person is left in what comes out."""

import deliveries_specimens as specimens
import pytest

from sozialraum.base import InputRefused
from sozialraum.deliveries import find_recipe, read_delivery

HEAD = "Stichtag;Baublock;Geburtsdatum;Geschlecht;Staatsangehörigkeit;Wohnungsstatus;Familienname"
PEOPLE = """
31.12.2025;05999004-0001;01.01.2023;w;000;HW;Amsel
31.12.2025;05999004-0001;31.12.2022;w;000;HW;Drossel
31.12.2025;05999004-0001;01.01.2020;m;163;HW;Fink
31.12.2025;05999004-0002;15.06.1940;m;000;HW;Star
31.12.2025;05999004-0002;15.06.1990;w;000;NW;Meise
31.12.2025;05999004-ohne;24.12.1985;m;432;HW;Specht
"""
# On 31 December 2025 the first is 2, the second 3, the third 5, the fourth 85; the fifth lives here a second time.
EXPECTED = """
block     05999004-0001  pop_00_03_f  1
block     05999004-0001  pop_03_06_f  1
block     05999004-0001  pop_03_06_m  1
block     05999004-0001  pop_foreign  1
block     05999004-0002  pop_80_up_m  1
residual  05999004       pop_25_45_m  1
residual  05999004       pop_foreign  1
"""


def people(folder, rows=PEOPLE):
    return specimens.write(folder, "einwohner_2025-12-31.csv", f"{HEAD}\n{rows.strip()}\n")


def test_people_are_counted_by_block_age_and_sex(tmp_path):
    path = people(tmp_path)
    recipe = find_recipe(path)
    assert (recipe.code, recipe.protection) == ("register_records", "personal")
    reading = read_delivery(path, recipe, specimens.places())
    counted = reading.observations.query("low > 0")
    told = [tuple(row) for row in counted[["geography", "unit", "feature", "low"]].itertuples(index=False)]
    assert told == [(g, u, f, float(n)) for g, u, f, n in (line.split() for line in EXPECTED.strip().splitlines())]


def test_who_is_not_there_is_an_observed_zero(tmp_path):
    reading = read_delivery(people(tmp_path), find_recipe(people(tmp_path)), specimens.places())
    empty = reading.observations.query("unit == '05999004-0003'")
    assert set(empty["low"]) == {0}
    assert set(empty["status"]) == {"observed"}


def test_no_name_no_birthday_and_no_row_stays(tmp_path):
    reading = read_delivery(people(tmp_path), find_recipe(people(tmp_path)), specimens.places())
    left = repr((reading.observations.to_dict("records"), reading.sentences(), reading.shape, reading.findings))
    for secret in ("Amsel", "Specht", "01.01.2023", "24.12.1985", "Zeile 2", "Zeile 7"):
        assert secret not in left
    assert set(reading.observations.query("low > 0")["cell"]) == {"gezählt aus Einzelfällen"}
    assert reading.shape.rows == 6


def test_findings_repeat_nothing_about_a_person(tmp_path):
    rows = PEOPLE + "31.12.2025;Specht-Weg 3 Hinterhaus;31.02.1999;weiblich;000;HW;Specht\n"
    path = people(tmp_path, rows)
    with pytest.raises(InputRefused) as caught:
        read_delivery(path, find_recipe(path), specimens.places())
    findings = caught.value.findings
    assert {finding.row for finding in findings} == {8}
    assert len(findings) == 3  # block, day of birth and sex
    assert "Specht" not in str(caught.value) + repr(findings)
    assert "1999" not in str(caught.value) + repr(findings)
    assert "weiblich" not in str(caught.value) + repr(findings)


def test_every_reading_says_that_no_real_file_was_seen(tmp_path):
    reading = read_delivery(people(tmp_path), find_recipe(people(tmp_path)), specimens.places())
    assert "Für diese Einleseregel lag keine echte Datei vor; bitte einige Werte mit der Datei vergleichen." in (
        reading.assumed
    )


def test_children_examined_at_school_entry_are_counted_by_area(tmp_path):
    text = (
        "Untersuchungsjahr;Gebiet;Sprache auffällig;Übergewicht\n"
        "2025;05999004-01;ja;nein\n2025;05999004-01;nein;ja\n2025;05999004-01;;nein\n2025;ohne Angabe;ja;nein\n"
    )
    path = specimens.write(tmp_path, "seu_2025.csv", text)
    reading = read_delivery(path, find_recipe(path), specimens.places())
    told = {(row.unit, row.feature): row.low for row in reading.observations.itertuples()}
    assert told[("05999004-01", "school_entry_examined")] == 3
    assert told[("05999004-01", "school_entry_language")] == 1  # not stated is not conspicuous
    assert told[("05999004-01", "school_entry_overweight")] == 1
    assert told[("05999004", "school_entry_language")] == 1
    assert reading.periods == ("2025",)
