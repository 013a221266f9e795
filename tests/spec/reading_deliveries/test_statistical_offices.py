"""Tables of statistical offices: flat and classic files of GENESIS, names and keys of municipalities in every form."""

import deliveries_specimens as specimens
import pytest

from sozialraum.base import InputRefused
from sozialraum.deliveries import find_recipe, read_delivery

FLAT_HEAD = (
    "statistics_code;statistics_label;time_code;time_label;time;1_variable_code;1_variable_label;"
    "1_variable_attribute_code;1_variable_attribute_label;2_variable_code;2_variable_label;"
    "2_variable_attribute_code;2_variable_attribute_label;value;value_unit;value_variable_code;value_variable_label"
)


def flat(folder, *rows):
    """rows : 'key;sex;value;what'."""
    lines = []
    for row in rows:
        key, sex, number, what = row.split(";")
        lines.append(f"12411;Fortschreibung;STAG;Stichtag;2024-12-31;GEMEIN;Gemeinden;{key};Ort;GES;Geschlecht;{sex};;"
                     f"{number};Anzahl;{what};Bevölkerungsstand")  # fmt: skip
    return specimens.write(folder, "12411-0015_flat.csv", "\n".join([FLAT_HEAD, *lines]) + "\n", "utf-8")


def told(reading):
    return {(row.unit, row.period): (row.low, row.status) for row in reading.observations.itertuples()}


def test_a_flat_file_gives_the_total_and_counts_nobody_twice(tmp_path):
    path = flat(tmp_path, "05999004;GESM;610;BEVSTD", "05999004;GESW;624;BEVSTD", "05999004;;1234;BEVSTD",
                "05999004;;41;BEVALT", "05315000;;1087353;BEVSTD", "05;;18017520;BEVSTD")  # fmt: skip
    reading = read_delivery(path, find_recipe(path), specimens.places())
    assert told(reading) == {("05999004", "2024-12-31"): (1234, "observed")}
    assert set(reading.observations["geography"]) == {"municipality"}
    assert "1 Zeile mit anderen Merkmalen." in reading.skipped
    assert "2 Zeilen von Gemeinden, die nicht zum Projekt gehören." in reading.skipped


@pytest.mark.parametrize("key", ["05999004", "059990000004", "5999004"])
def test_keys_of_8_and_12_digits_and_without_their_zero_are_the_same_municipality(tmp_path, key):
    path = flat(tmp_path, f"{key};;1234;BEVSTD")
    reading = read_delivery(path, find_recipe(path), specimens.places())
    assert told(reading) == {("05999004", "2024-12-31"): (1234, "observed")}
    assert [each.code for each in reading.findings] == (["lost_zeros"] if len(key) == 7 else [])


def test_a_key_that_is_none_is_an_error_and_not_another_municipality(tmp_path):
    path = flat(tmp_path, "05999004;;1234;BEVSTD", "Altstadt;;9;BEVSTD")
    with pytest.raises(InputRefused) as caught:
        read_delivery(path, find_recipe(path), specimens.places())
    (finding,) = caught.value.findings
    assert (finding.code, finding.cell, finding.found) == ("unknown_key", "H3", "Altstadt")


def test_a_file_about_others_is_refused_in_one_sentence(tmp_path):
    path = flat(tmp_path, "05315000;;1087353;BEVSTD")
    with pytest.raises(InputRefused) as caught:
        read_delivery(path, find_recipe(path), specimens.places())
    (finding,) = caught.value.findings
    assert finding.what == "Keine Zeile der Datei gehört zum Projekt; sie nennt zum Beispiel „05315000“."


CLASSIC = """Tabelle: 12411-01-01-5
Bevölkerung nach Geschlecht;;;;;
Fortschreibung des Bevölkerungsstandes;;;;;
;;;Bevölkerungsstand;Bevölkerungsstand;Bevölkerungsstand
;;;Insgesamt;männlich;weiblich
31.12.2024;05999004;Altstadt, Stadt;1234;610;624
31.12.2024;05999008;Dorf;.;-;...
31.12.2024;05315;Köln, kreisfreie Stadt;1087353;529000;558353
_____
(C)opyright Statistische Ämter
"""


def test_a_classic_file_has_columns_without_a_head(tmp_path):
    path = specimens.write(tmp_path, "12411-01-01-5.csv", CLASSIC)
    recipe = find_recipe(path)
    assert recipe.code == "genesis_population"
    reading = read_delivery(path, recipe, specimens.places())
    assert told(reading) == {
        ("05999004", "2024-12-31"): (1234, "observed"),
        ("05999008", "2024-12-31"): (0, "suppressed"),  # a point hides a number
    }
    assert "1 Zeile einer Gemeinde, die nicht zum Projekt gehört." in reading.skipped
