"""Numbers, dates and rows that cannot be what the file says."""

from datetime import date
from pathlib import Path

import deliveries_specimens as specimens
import numpy as np
import pytest

from sozialraum.base import InputRefused
from sozialraum.deliveries import Corrections, find_recipe, read_delivery, recipes
from sozialraum.deliveries.collector import Collector
from sozialraum.deliveries.declare import recipe_from
from sozialraum.deliveries.plausible import check_dates
from sozialraum.deliveries.reading import Places
from sozialraum.deliveries.table import Table

BLOCKS = [
    f"{ags}-{number:04d}" for ags in (specimens.TOWN, specimens.VILLAGE, specimens.HAMLET) for number in (1, 2, 3, 4)
]
EVERY = """
code = "every"
version = 1
title = "Hunde"
source = "Steueramt"
formats = ["csv"]
[columns]
block = "Baustein"
dogs = "Hunde"
[key]
column = "block"
kind = "block"
unique = ["block"]
every = true
[period]
file_name = '_(\\d{4})'
form = "year_end"
[[value]]
column = "dogs"
feature = "dogs"
signs = "destatis"
"""


def every(folder, rows, text=EVERY, places=None, end="\n"):
    lines = "\n".join(["Baustein;Hunde", *rows])
    path = specimens.write(folder, "hunde_2024.csv", lines + end)
    return read_delivery(path, recipe_from(text, "every.toml", {}), places or specimens.places())


def refusal(folder, rows, **more):
    with pytest.raises(InputRefused) as caught:
        every(folder, rows, **more)
    return caught.value.findings


def test_percentages_under_the_head_of_a_count_are_one_error(tmp_path):
    rows = [f"{block};{number},5" for number, block in enumerate(BLOCKS)]
    (finding,) = refusal(tmp_path, rows)
    assert (finding.code, finding.cell, finding.found) == ("cases_as_persons", "B2", "0,5")
    (finding,) = refusal(tmp_path, [f"{block};100" for block in BLOCKS])
    assert finding.code == "cases_as_persons"


def test_a_single_broken_number_is_an_error_of_its_cell(tmp_path):
    rows = [f"{block};7" for block in BLOCKS[:-1]] + [f"{BLOCKS[-1]};7,5"]
    (finding,) = refusal(tmp_path, rows)
    assert (finding.code, finding.cell, finding.found) == ("cases_as_persons", "B13", "7,5")


def test_a_share_above_the_whole_is_an_error_of_its_cell(tmp_path):
    text = EVERY.replace('signs = "destatis"', 'signs = "destatis"\nmeasure = true\nmost = 100')
    (finding,) = refusal(
        tmp_path, [f"{block};{'100,5' if block == BLOCKS[3] else '99,5'}" for block in BLOCKS], text=text
    )
    assert (finding.code, finding.cell, finding.found) == ("impossible_share", "B5", "100,5")
    assert finding.what == "100,5 ist mehr als 100; das kann kein Anteil sein."


def test_equal_hundreds_in_a_short_list_are_counts(tmp_path):
    reading = every(tmp_path, [f"{block};100" for block in BLOCKS[:4]])
    assert reading.observations["low"].tolist() == [100] * 4


def test_an_empty_or_unknown_text_names_its_cell(tmp_path):
    text = EVERY.replace('signs = "destatis"', 'signs = "plain"')
    rows = [f"{block};3" for block in BLOCKS[:10]] + [f"{BLOCKS[10]};", f"{BLOCKS[11]};?"]
    codes = {finding.cell: finding.code for finding in refusal(tmp_path, rows, text=text)}
    assert codes == {"B12": "empty", "B13": "unknown_sign"}


def test_a_file_that_stops_in_a_row_was_cut_off(tmp_path):
    (finding,) = refusal(tmp_path, [f"{block};3" for block in BLOCKS[:5]] + ["05999"], end="")
    assert (finding.code, finding.row) == ("truncated", 7)
    assert finding.what == "Die Datei endet mitten in einer Zeile; der Rest fehlt vermutlich."


def test_a_file_that_ends_without_a_line_break_is_whole(tmp_path):
    assert every(tmp_path, [f"{block};3" for block in BLOCKS], end="").findings == ()


def test_units_without_a_row_are_a_warning_and_the_end_of_a_sorted_list_a_cut(tmp_path):
    (gap,) = every(tmp_path, [f"{block};3" for block in BLOCKS if block != BLOCKS[1]]).findings
    assert (gap.code, gap.severity) == ("incomplete", "warning")
    assert BLOCKS[1] in gap.what
    (cut,) = every(tmp_path, [f"{BLOCKS[0]};3"], places=_one_town()).findings
    assert (cut.code, cut.row) == ("truncated", 2)


def _one_town():
    places = specimens.places()
    blocks = places.blocks.assign(municipality=specimens.TOWN)
    return Places(blocks, places.municipalities.head(1))


def test_an_official_total_that_is_not_reached_is_a_warning(tmp_path):
    known = specimens.places()
    totals = {("dogs", specimens.TOWN, "2024-12-31"): (12.0, 12.0), ("dogs", "region", "2024-12-31"): (36.0, 40.0)}
    with_totals = Places(known.blocks, known.municipalities, totals=totals, titles={"dogs": "Hunde"})
    assert every(tmp_path, [f"{block};3" for block in BLOCKS], places=with_totals).findings == ()
    lost = every(tmp_path, [f"{block};{0 if block == BLOCKS[0] else 3}" for block in BLOCKS], places=with_totals)
    assert [(each.code, each.severity) for each in lost.findings] == [("sum", "warning")] * 2
    said = [each.what for each in lost.findings]
    assert "Hunde, Altstadt: zusammen ergibt die Datei 9, veröffentlicht sind 12." in said


def test_the_total_of_the_region_needs_every_municipality(tmp_path):
    known = specimens.places()
    totals = {("dogs", "region", "2024-12-31"): (36.0, 40.0)}
    own = [block for block in BLOCKS if block.startswith(specimens.TOWN)]
    places = Places(known.blocks, known.municipalities, totals=totals)
    assert not [
        one for one in every(tmp_path, [f"{block};3" for block in own], places=places).findings if one.code == "sum"
    ]


def test_a_hidden_number_opens_the_comparison_with_a_total(tmp_path):
    known = specimens.places()
    totals = {("dogs", specimens.TOWN, "2024-12-31"): (12.0, 12.0)}
    rows = [f"{block};{'.' if block == BLOCKS[0] else 3}" for block in BLOCKS]
    assert every(tmp_path, rows, places=Places(known.blocks, known.municipalities, totals=totals)).findings == ()


def findings_on(name, titles, periods, today=date(2026, 6, 1)):
    table = Table("", {}, {}, {}, np.array([1]), tuple(titles), (), ())
    log = Collector(name)
    check_dates(Path(name), table, periods, log, today)
    return [(each.code, each.found, each.offer) for each in log.findings], [each.what for each in log.findings]


def test_a_date_that_has_not_come_is_a_warning():
    assert findings_on("a.csv", (), ("2025-12-31",)) == ([], [])
    codes, texts = findings_on("a.csv", (), ("2026-12-31",))
    assert codes == [("date", "31.12.2026", "")]
    assert texts == ["Der Stichtag 31.12.2026 liegt in der Zukunft."]


def test_two_dates_or_a_swapped_day_and_month_are_warnings():
    codes, texts = findings_on("a.csv", ("Stand: 30.06.2025",), ("2025-12-31",))
    assert codes == [("date", "31.12.2025", "30.06.2025")]
    codes, texts = findings_on("a.csv", ("Stichtag 03.04.2025",), ("2025-03-04",))
    assert texts[0].startswith("Tag und Monat scheinen vertauscht: über der Tabelle steht 03.04.2025")
    codes, texts = findings_on("kitas_2025-04-03.csv", (), ("2025-03-04",))
    assert codes == [("date", "04.03.2025", "03.04.2025")]
    assert findings_on("kitas_2026-01-15.csv", (), ("2025-12-31",)) == ([], [])  # the day it was written


def test_a_protected_place_in_any_delivery_is_said_without_being_quoted(tmp_path):
    rows = (
        *specimens.AGENCY_ROWS[:1],
        f"{specimens.TOWN};101100102;Frauenhaus Rosenweg 3;35;*",
        *specimens.AGENCY_ROWS[2:],
    )
    reading = read(specimens.agency(tmp_path, rows))
    (finding,) = [each for each in reading.findings if each.code == "shelter"]
    assert (finding.row, finding.cell, finding.severity) == (3, "D3", "warning")
    assert "Rosenweg" not in repr(reading.findings) + repr(reading.sentences()) + repr(reading.shape)


def test_a_protected_place_below_the_table_is_no_remark(tmp_path):
    legend = (*specimens.AGENCY_LEGEND, "Das Frauenhaus Rosenweg 3 ist in keine Angabe enthalten")
    reading = read(specimens.agency(tmp_path, legend=legend))
    assert [each.code for each in reading.findings if each.code == "shelter"] == ["shelter"]
    assert "Rosenweg" not in repr(reading.remarks) + repr(reading.shape) + repr(reading.sentences())


def test_a_column_nobody_asked_for_is_looked_at_as_well(tmp_path):
    text = f"{specimens.HOUSEHOLD_HEAD};Bemerkung\n31.12.2025;05999004-0001;40;10;2;Schutzwohnung Rosenweg\n"
    reading = read(specimens.write(tmp_path, "haushalte.csv", text))
    (finding,) = [each for each in reading.findings if each.code == "shelter"]
    assert (finding.column, finding.cell) == ("Bemerkung", "F2")


def read(path, corrections=Corrections()):
    return read_delivery(path, find_recipe(path), specimens.places(), corrections)


def test_a_quoted_field_over_two_lines_is_read_where_it_is_closed(tmp_path):
    head = f"{specimens.HOUSEHOLD_HEAD};Bemerkung"
    text = f'{head}\n31.12.2025;05999004-0001;40;10;2;"zwei\nZeilen"\n31.12.2025;05999004-0002;4;1;0;\n'
    reading = read(specimens.write(tmp_path, "haushalte.csv", text))
    assert reading.rows_read == 2


def test_a_quotation_mark_that_swallowed_a_row_is_found_although_another_closes_it(tmp_path):
    rows = '31.12.2025;05999004-0001;"40;10;2\n31.12.2025;05999004-0002;"4;1;0\n'
    path = specimens.write(tmp_path, "haushalte.csv", f"{specimens.HOUSEHOLD_HEAD}\n{rows}")
    recipe = next(each for each in recipes() if each.code == "households")
    with pytest.raises(InputRefused, match=r"reicht über mehrere Zeilen|statt 5 Felder"):
        read_delivery(path, recipe, specimens.places())
