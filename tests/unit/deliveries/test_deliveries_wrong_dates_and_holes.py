"""One wrong date in a list, and lists in which inhabited blocks have no row."""

from __future__ import annotations

import deliveries_specimens as specimens
import numpy as np
import pandas as pd
import pytest

from sozialraum.base import InputRefused
from sozialraum.deliveries import Places, find_recipe, read_delivery
from sozialraum.deliveries.periods import Periods, lonely_dates

BLOCKS = 30


def town(uninhabited=()) -> Places:
    """One municipality of thirty blocks."""
    shapes = specimens.blocks().iloc[[0] * BLOCKS].reset_index(drop=True)
    shapes["block_id"] = [block(place) for place in range(BLOCKS)]
    shapes["population"] = [0 if place in uninhabited else 100 for place in range(BLOCKS)]
    return Places(shapes, pd.DataFrame({"ags": [specimens.TOWN], "name": ["Altstadt"]}))


def block(place: int) -> str:
    return f"{specimens.TOWN}-{place + 1:04d}"


def row(place: int, day: str = "31.12.2025") -> str:
    return f"{day};{block(place)};0;3;w;D;5"


def read(folder, rows, places=None):
    text = "\n".join([specimens.REGISTER_HEAD, *rows]) + "\n"
    path = specimens.write(folder, "einwohnerbestand_2025-12-31.csv", text)
    return read_delivery(path, find_recipe(path), places or town())


def refusal(folder, rows, places=None):
    with pytest.raises(InputRefused) as caught:
        read(folder, rows, places)
    return caught.value.findings


def codes(reading):
    return [finding.code for finding in reading.findings]


def test_one_wrong_date_in_a_list_is_an_error_naming_the_cell_and_both_dates(tmp_path):
    rows = [row(place, "31.12.2023" if place == 7 else "31.12.2025") for place in range(BLOCKS)]
    (finding,) = refusal(tmp_path, rows)
    assert (finding.code, finding.cell, finding.found, finding.offer) == ("date", "A9", "31.12.2023", "31.12.2025")
    assert finding.what == "31.12.2023 steht nur in 1 Zeile (A9), in den übrigen steht 31.12.2025."


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        ((1, 19), []),
        ((1, 20), [0]),
        ((2, 99), []),
        ((2, 101), [0]),
        ((49, 2451), [0]),
        ((50, 9000), []),
        ((3000, 3000, 2), [2]),
        ((12,), []),
    ],
)
def test_a_date_is_lonely_below_two_percent_and_fifty_rows_or_alone_beside_twenty(counts, found):
    dates = tuple(f"20{place + 10}-12-31" for place in range(len(counts)))
    assert lonely_dates(Periods(np.repeat(np.arange(len(counts)), counts), dates)).tolist() == found


def test_a_list_of_two_full_dates_stays_readable(tmp_path):
    rows = [row(place, day) for day in ("31.12.2024", "31.12.2025") for place in range(BLOCKS)]
    reading = read(tmp_path, rows)
    assert (reading.periods, codes(reading)) == (("2024-12-31", "2025-12-31"), [])


def test_no_zeros_are_made_for_a_date_with_few_of_the_blocks_of_another(tmp_path):
    rows = [row(place) for place in range(BLOCKS)] + [row(place, "31.12.2024") for place in range(14)]
    (finding,) = refusal(tmp_path, rows)
    assert (finding.code, finding.found) == ("date", "31.12.2024")
    assert finding.what.startswith("Zum 31.12.2024 stehen nur Zeilen für 14 Bausteine in der Datei")


def test_inhabited_blocks_without_a_row_are_a_warning_and_empty_ones_are_not(tmp_path):
    rows = [row(place) for place in range(BLOCKS) if place not in (3, 8, 9)]
    reading = read(tmp_path, rows, town(uninhabited=(8, 9)))
    (finding,) = reading.findings
    assert (finding.severity, finding.code) == ("warning", "incomplete")
    assert finding.what == f"Für 1 bewohnten Baustein steht keine Zeile in der Datei: {block(3)}."
    assert codes(read(tmp_path, rows, town(uninhabited=(3, 8, 9)))) == []


def test_the_first_half_of_a_sorted_list_is_an_error(tmp_path):
    (finding,) = refusal(tmp_path, [row(place) for place in range(15)])
    assert (finding.severity, finding.code, finding.row) == ("error", "truncated", 16)
    assert finding.what.startswith(f"Die Datei endet vermutlich zu früh, nach „{block(14)}“. Für 15 bewohnte Bausteine")


def test_half_a_list_in_another_order_is_a_warning(tmp_path):
    reading = read(tmp_path, [row(place) for place in reversed(range(15))])
    assert [(each.severity, each.code) for each in reading.findings] == [("warning", "incomplete")]


def test_a_long_list_of_blocks_is_told_apart_beyond_those_that_are_named(tmp_path):
    def gap(*absent):
        reading = read(tmp_path, [row(place) for place in reversed(range(BLOCKS)) if place not in absent])
        (finding,) = reading.findings
        return finding

    long, other, again = (gap(*range(12), last) for last in (20, 21, 20))
    assert long.what == other.what
    assert long.facts != other.facts
    assert long.facts == again.facts
    assert gap(*range(0, 24, 2)).facts == ""
