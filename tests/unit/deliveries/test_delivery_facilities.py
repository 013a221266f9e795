"""Facilities, and above all what must not be read of the protected ones."""

import dataclasses

import deliveries_specimens as specimens
import pytest

from sozialraum.base import InputRefused
from sozialraum.deliveries import FACILITY_COLUMNS, find_recipe, read_delivery

SECRET = "Geheimweg 7"


def read(path):
    return read_delivery(path, find_recipe(path), specimens.places())


def everything(reading):
    """All texts a Reading holds, in whatever field."""
    texts = [str(getattr(reading, field.name)) for field in dataclasses.fields(reading)]
    texts += [reading.facilities.to_csv(), reading.observations.to_csv(), *reading.sentences()]
    return "\n".join(texts)


def test_kinds_and_places_are_read(tmp_path):
    frame = read(specimens.facilities(tmp_path)).facilities
    assert tuple(frame.columns) == FACILITY_COLUMNS
    assert frame["kind"].tolist() == ["daycare", "care_home", "womens_shelter"]
    assert frame["group"].tolist() == ["under_6", "", ""]
    assert frame["status"].tolist() == ["observed", "missing", "missing"]
    assert frame.loc[0, ["low", "high", "block_id", "period"]].tolist() == [75, 75, "05999004-0001", "2025-12-31"]


@pytest.mark.parametrize(
    "row",
    [
        f"3;Haus Lilie;Frauenhaus;{SECRET};05999004-0003;12;31.12.2025;ja",
        f"3;Haus Lilie;Frauenhaus;{SECRET};05999004-0003;12;31.12.2025;",
        f"3;Haus Lilie;Frauenhaus;{SECRET};05999004-0003;12;31.12.2025;nein",
        f"3;Haus Lilie;Schutzwohnung;{SECRET};05999004-0003;12;31.12.2025;",
        f"3;Haus Lilie;Kindertageseinrichtung;{SECRET};05999004-0003;12;31.12.2025;JA",
        f"3;Haus Lilie;Kindertageseinrichtung;{SECRET};05999004-0003;12;31.12.2025;streng",
        f"3;Haus Lilie;frauenhaus {SECRET};{SECRET};05999004-0003;12;31.12.2025;ja",
    ],
)
def test_of_a_protected_facility_nothing_remains_that_leads_to_it(tmp_path, row):
    reading = read(specimens.facilities(tmp_path, row))
    assert reading.facilities["protected"].tolist() == [True]
    assert reading.facilities[["name", "block_id"]].to_numpy().tolist() == [["", ""]]
    for telling in (SECRET, "Haus Lilie", "05999004-0003"):
        assert telling not in everything(reading)
    assert any("Bitte die Datei ohne diese Angabe neu liefern" in finding.todo for finding in reading.findings)


def test_errors_about_a_protected_facility_do_not_quote_it(tmp_path):
    row = f"3;Haus Lilie;Frauenhaus;nicht mitgeteilt;unbekannt;{SECRET};31.12.2025;ja"
    with pytest.raises(InputRefused) as caught:
        read(specimens.facilities(tmp_path, row))
    assert SECRET not in str(caught.value)
    assert "unbekannt" not in str(caught.value)
    assert "Das ist keine Platzzahl" in str(caught.value)


def test_not_even_shifted_columns_or_notes_bring_an_address_into_words(tmp_path):
    row = f"3;Frauenhaus;Frauenhaus;nicht mitgeteilt;;;{SECRET};ja"
    with pytest.raises(InputRefused) as caught:
        read(specimens.facilities(tmp_path, row))
    assert "Das ist kein gültiges Datum" in str(caught.value)
    assert SECRET not in str(caught.value)
    reading = read(specimens.facilities(tmp_path, *specimens.FACILITY_ROWS, "", f"Das Frauenhaus liegt im {SECRET}"))
    assert SECRET not in everything(reading)


def test_a_shelter_delivered_as_agreed_gives_no_warning(tmp_path):
    assert read(specimens.facilities(tmp_path)).findings == ()


def test_addresses_are_read_of_nobody(tmp_path):
    assert "Marktweg" not in everything(read(specimens.facilities(tmp_path)))


def test_an_unknown_kind_is_a_warning_and_left_out(tmp_path):
    reading = read(specimens.facilities(tmp_path, specimens.FACILITY_ROWS[0], "9;Bad;Freibad;Am See 1;;;31.12.2025;"))
    assert reading.facilities["facility_id"].tolist() == ["1"]
    assert reading.rows_skipped == 1
    assert "Die Art „Freibad“ ist nicht vorgesehen" in reading.findings[0].what


def test_an_unknown_block_is_an_error(tmp_path):
    with pytest.raises(InputRefused, match="„05999004-0009“ ist nicht bekannt"):
        read(specimens.facilities(tmp_path, "1;Kita;Kindertageseinrichtung;Weg 1;05999004-0009;5;31.12.2025;"))


def test_a_facility_without_block_counts_in_sums_only_and_is_said(tmp_path):
    reading = read(specimens.facilities(tmp_path, "1;Kita;Kindertageseinrichtung;Weg 1;;5;31.12.2025;"))
    assert reading.facilities["block_id"].tolist() == [""]
    assert "zählt nur in den Summen" in reading.findings[0].what


def test_places_that_are_no_number_are_an_error(tmp_path):
    with pytest.raises(InputRefused, match=r"„ca\. 40“ ist keine Platzzahl"):
        read(specimens.facilities(tmp_path, "1;Kita;Kindertageseinrichtung;Weg 1;05999004-0001;ca. 40;31.12.2025;"))


def test_a_number_given_twice_is_an_error(tmp_path):
    with pytest.raises(InputRefused, match="steht schon in Zeile 2"):
        read(specimens.facilities(tmp_path, specimens.FACILITY_ROWS[0], specimens.FACILITY_ROWS[0]))
