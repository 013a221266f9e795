"""The register extract lists only what occurs. What it does not list, in its municipalities, is zero."""

import deliveries_specimens as specimens

from sozialraum.deliveries import find_recipe, read_delivery

# Three blocks of Altstadt live in the file, Dorf and Weiler do not occur in it.
EXTRACT = (
    "05999004-0001;0;3;w;D;5",
    "05999004-0001;0;3;w;A;2",
    "05999004-0002;0;3;w;D;4",
    "05999004-ohne;0;3;w;D;1",
)

# geography  unit            girls under 3   where it stands
EXPECTED = """
block        05999004-0001   7               Zeilen 2 und 3, Spalte G
block        05999004-0002   4               Zeile 4, Spalte G
block        05999004-0003   0               keine Zeile in der vollständigen Liste
block        05999004-0004   0               keine Zeile in der vollständigen Liste
residual     05999004        1               Zeile 5, Spalte G
"""


def test_absent_blocks_are_zero_and_people_without_address_are_in_no_block(tmp_path):
    path = specimens.register(tmp_path, *EXTRACT)
    frame = read_delivery(path, find_recipe(path), specimens.places()).observations
    girls = frame[frame["feature"] == "pop_00_03_f"]
    read = [tuple(map(str, row)) for row in girls[["geography", "unit", "low", "cell"]].itertuples(index=False)]
    expected = [line.split(maxsplit=3) for line in EXPECTED.strip().splitlines()]
    assert read == [(ground, unit, f"{float(number)}", cell) for ground, unit, number, cell in expected]
    assert set(girls["status"]) == {"observed"}


def test_municipalities_the_file_does_not_speak_of_stay_unknown(tmp_path):
    path = specimens.register(tmp_path, *EXTRACT)
    reading = read_delivery(path, find_recipe(path), specimens.places())
    assert reading.municipalities == (specimens.TOWN,)
    assert not reading.observations["unit"].str.startswith((specimens.VILLAGE, specimens.HAMLET)).any()
