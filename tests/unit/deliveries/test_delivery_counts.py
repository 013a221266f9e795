import deliveries_specimens as specimens
import pandas as pd
import pytest

from sozialraum.base import InputRefused
from sozialraum.deliveries import OBSERVATION_COLUMNS, find_recipe, read_delivery


def read(path):
    return read_delivery(path, find_recipe(path), specimens.places())


def refusal(path):
    with pytest.raises(InputRefused) as caught:
        read(path)
    return str(caught.value)


def value(reading, unit, feature):
    (row,) = reading.observations.query("unit == @unit and feature == @feature").itertuples()
    return row.low, row.high, row.status, row.cell


def test_rows_of_the_register_are_added_up_to_age_and_sex(tmp_path):
    reading = read(specimens.register(tmp_path, "05999004-0001;0;3;w;D;5", "05999004-0001;0;3;w;A;2",
                                      "05999004-0001;80;;m;A;1.234"))  # fmt: skip
    assert value(reading, "05999004-0001", "pop_00_03_f") == (7, 7, "observed", "Zeilen 2 und 3, Spalte G")
    assert value(reading, "05999004-0001", "pop_80_up_m") == (1234, 1234, "observed", "Zeile 4, Spalte G")
    assert value(reading, "05999004-0001", "pop_foreign") == (1236, 1236, "observed", "Zeilen 3 und 4, Spalte G")


def test_a_complete_list_makes_absent_blocks_of_its_municipalities_an_observed_zero(tmp_path):
    reading = read(specimens.register(tmp_path, "05999004-0001;0;3;w;D;5"))
    assert value(reading, "05999004-0003", "pop_45_65_m") == (
        0, 0, "observed", "keine Zeile in der vollständigen Liste",
    )  # fmt: skip
    assert not reading.observations["unit"].str.startswith(specimens.VILLAGE).any()
    assert len(reading.observations) == 4 * 17


def test_persons_without_an_address_are_residual_and_in_no_block(tmp_path):
    reading = read(specimens.register(tmp_path, "05999004-0001;0;3;w;D;5", "05999004-ohne;25;45;w;D;7"))
    assert value(reading, specimens.TOWN, "pop_25_45_f")[0] == 7
    on_blocks = reading.observations.query("geography == 'block'")
    assert on_blocks["low"].sum() == 5


def test_observations_have_the_columns_and_types_of_the_contract(tmp_path):
    frame = read(specimens.agency(tmp_path)).observations
    assert tuple(frame.columns) == OBSERVATION_COLUMNS
    assert frame["low"].dtype == frame["high"].dtype == float
    assert pd.api.types.is_string_dtype(frame["unit"])
    assert set(frame["geography"]) == {"plan:plan-1", "residual", "municipality", "region"}


def test_an_unknown_code_is_refused_with_the_codes_there_are(tmp_path):
    text = refusal(specimens.register(tmp_path, "05999004-0001;0;3;d;D;5", "05999004-0002;0;3;d;D;5"))
    assert (
        "Zeile 2, Spalte „Geschlecht“: „d“ ist nicht vorgesehen; vorgesehen ist: „w“, „m“ (ebenso in 1 weiteren Zeile)"
        in text
    )


def test_an_unknown_age_band_is_refused(tmp_path):
    assert "„0-6“ ist nicht vorgesehen" in refusal(specimens.register(tmp_path, "05999004-0001;0;6;w;D;5"))


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("ca. 40", "„ca. 40“ ist weder eine Zahl noch ein Zeichen dieser Quelle"),
        ("-3", "„-3“ ist eine negative Anzahl"),
        ("2,5", "„2,5“ ist keine ganze Anzahl"),
        ("", "Das Feld ist leer; ob 0 oder nicht geliefert gemeint ist"),
        ("*", "„*“ ist weder eine Zahl noch ein Zeichen dieser Quelle"),
    ],
)
def test_what_is_no_count_is_an_error_with_its_place(tmp_path, cell, said):
    text = refusal(specimens.households(tmp_path, f"05999004-0001;{cell};0;0"))
    assert f"Zeile 2, Spalte „Haushalte“: {said}" in text


def test_an_unknown_mark_names_the_marks_of_the_source(tmp_path):
    rows = specimens.replaced(specimens.AGENCY_ROWS, specimens.AGENCY_ROWS[0], f"{specimens.TOWN};101100101;Mitte;.;14")
    assert "„.“ ist weder eine Zahl noch ein Zeichen dieser Quelle (vorgesehen: „*“, „x“)" in refusal(
        specimens.agency(tmp_path, rows)
    )


def test_all_errors_are_said_at_once_and_in_order(tmp_path):
    path = specimens.households(tmp_path, "05999004-0001;ca. 40;0;0", "05999004-9999;4;1;0", "05999004-0003;4;x;0")
    with pytest.raises(InputRefused) as caught:
        read(path)
    assert [finding.row for finding in caught.value.findings] == [2, 3, 4]
    assert "3 Befunde" in str(caught.value)
    assert "Es wurde nichts übernommen" in str(caught.value)


def test_a_wrong_date_is_an_error_with_its_place(tmp_path):
    text = f"{specimens.HOUSEHOLD_HEAD}\n31.13.2025;05999004-0001;4;1;0\n"
    assert "Zeile 2, Spalte „Stichtag“: „31.13.2025“ ist kein gültiges Datum" in refusal(
        specimens.write(tmp_path, "haushalte.csv", text)
    )


def test_a_missing_date_above_a_workbook_table_is_an_error(tmp_path):
    assert "Der Stichtag wurde in den Zeilen über der Tabelle nicht gefunden." in refusal(
        specimens.youth(tmp_path, day="Stand unbekannt")
    )
    assert "„31.02.2025“ (in den Zeilen über der Tabelle) ist kein gültiges Datum" in refusal(
        specimens.youth(tmp_path, day="Stichtag: 31.02.2025")
    )


def test_a_silent_legend_opens_the_bounds_of_stars_and_is_said(tmp_path):
    path = specimens.agency(tmp_path, specimens.AGENCY_ROWS, legend=())
    reading = read(path)
    stars = reading.observations.query("status == 'suppressed'")
    assert set(stars["low"]) == {0}
    assert stars["high"].max() > 9  # bounded by the sums of the file alone
    assert any("Die Legende sagt nicht" in finding.what for finding in reading.findings)


def test_numbers_stored_as_text_in_a_workbook_are_read(tmp_path):
    rows = ((f"{specimens.TOWN}-01", "Mitte", "1.040", "1.035", "12"), *specimens.YOUTH_ROWS[1:4],
            ("Summe", "", "1.071", 1061, 16))  # fmt: skip
    reading = read(specimens.youth(tmp_path, rows))
    assert value(reading, f"{specimens.TOWN}-01", "care_03_06") == (1035, 1035, "observed", "Blatt Tabelle 1, D6")


def test_aid_summed_over_the_year_has_the_year_as_period(tmp_path):
    reading = read(specimens.youth(tmp_path, aid="im Jahr 2025"))
    periods = reading.observations.groupby("feature")["period"].unique()
    assert list(periods["family_aid"]) == ["2025"]
    assert list(periods["care_03_06"]) == ["2025-12-31"]
    assert reading.periods == ("2025", "2025-12-31")


def test_a_file_name_of_another_year_than_the_table_is_a_warning(tmp_path):
    reading = read(specimens.youth(tmp_path, day="Stichtag: 31.12.2024"))
    assert reading.periods == ("2024-12-31",)
    assert (
        next(each for each in reading.findings if each.code == "date").what
        == "Der Dateiname nennt 2025, die Tabelle gilt für 31.12.2024."
    )


def test_order_of_rows_does_not_matter(tmp_path):
    rows = ("05999004-0001;4;1;0", "05999004-0002;5;1;0", "05999008-0001;6;1;0")
    there = read(specimens.households(tmp_path, *rows)).observations.drop(columns="cell")
    back = read(specimens.households(tmp_path, *reversed(rows))).observations.drop(columns="cell")
    pd.testing.assert_frame_equal(there, back)


def test_an_empty_cell_of_a_youth_office_is_not_delivered_and_said(tmp_path):
    rows = ((f"{specimens.TOWN}-01", "Mitte", 40, "", 12), *specimens.YOUTH_ROWS[1:])
    reading = read(specimens.youth(tmp_path, rows))
    assert value(reading, f"{specimens.TOWN}-01", "care_03_06")[2] == "missing"
    (said,) = [text for text in reading.assumed if "nicht geliefert, nicht null" in text]
    assert said.startswith("1 leeres Feld in „")


def test_the_sentences_say_what_was_read_skipped_and_assumed(tmp_path):
    assert read(specimens.agency(tmp_path)).sentences() == [
        "Gelesen: Arbeitslose nach Gebieten (Tabelle A), Stand 31.12.2025.",
        "11 Zeilen gelesen, 18 Werte übernommen, 2 Zeilen übergangen.",
        "Übergangen: 2 Summenzeilen, geprüft und nicht übernommen.",
        "Anmerkung der Quelle: Zeichenerklärung: * = 1 bis 9; keine weitere Geheimhaltung; x = Gebiet unter "
        "1.000 Einwohnern",
        "Anmerkung der Quelle: Stand der Daten: Januar 2026",
        "Angenommen: Die Datei ist nicht in UTF-8 geschrieben; sie wurde als Windows-1252 gelesen.",
        "Angenommen: „x“ heißt: gesperrt (Gebiet unter 1.000 Einwohnern).",
        "Angenommen: „*“ heißt: unter 10, verdeckt (Sterne in den Zellen bedeuten Zahlen < 10).",
    ]
