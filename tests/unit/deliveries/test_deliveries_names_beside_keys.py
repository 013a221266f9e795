"""Names against keys: a name that is another unit's is said, one the project does not know is not."""

from __future__ import annotations

from dataclasses import replace

import deliveries_specimens as specimens
import pytest

from sozialraum.base import InputRefused
from sozialraum.deliveries import find_recipe, read_delivery

T, V = specimens.TOWN, specimens.VILLAGE
NAMES = {f"{T}-01": "Mitte", f"{T}-02": "Nord", f"{T}-03": "Hof", f"{V}-01": "Dorf"}


def read(folder, *names, known=NAMES):
    rows = [(key, name, *rest) for name, (key, _old, *rest) in zip(names, specimens.YOUTH_ROWS, strict=False)]
    path = specimens.youth(folder, (*rows, *specimens.YOUTH_ROWS[len(names) :]))
    return read_delivery(path, find_recipe(path), replace(specimens.places(), area_names=known))


def said(reading):
    return [(each.severity, each.cell, each.found, each.offer) for each in reading.findings if each.severity != "note"]


def test_names_that_fit_or_that_nobody_has_are_no_finding(tmp_path):
    assert said(read(tmp_path, "Mitte", "nord", "Hof")) == []
    assert said(read(tmp_path, "Stadtkern", "Nord", "")) == []
    assert said(read(tmp_path, "Nord", "Mitte", "Hof", known={})) == []


def test_a_name_of_another_area_is_a_warning_with_the_key_it_belongs_to(tmp_path):
    reading = read(tmp_path, "Nord", "Nord", "Hof")
    assert said(reading) == [("warning", "B6", "Nord", f"{T}-02")]
    (finding,) = (each for each in reading.findings if each.severity == "warning")
    assert finding.code == "name_contradicts"
    assert finding.what == (f"Der Name „Nord“ gehört zu einem anderen Gebiet als der Schlüssel „{T}-01“ (Mitte).")


def test_two_exchanged_names_are_two_warnings(tmp_path):
    assert said(read(tmp_path, "Nord", "Mitte", "Hof")) == [
        ("warning", "B6", "Nord", f"{T}-02"),
        ("warning", "B7", "Mitte", f"{T}-01"),
    ]


@pytest.mark.parametrize("names", [("Nord", "Hof", "Mitte"), ("Hof", "Mitte", "Nord")])
def test_names_moved_by_a_row_are_one_error(tmp_path, names):
    with pytest.raises(InputRefused) as caught:
        read(tmp_path, *names)
    (finding,) = caught.value.findings
    assert (finding.code, finding.cell) == ("name_contradicts", "B6")
    assert finding.what == "Die Namen stehen um eine Zeile versetzt zu den Schlüsseln."


def test_the_name_of_an_area_in_another_municipality_may_stand_here_too(tmp_path):
    assert said(read(tmp_path, "Dorf", "Nord", "Hof")) == []


def test_agency_keys_offer_the_key_of_the_area_named(tmp_path):
    rows = specimens.replaced(specimens.AGENCY_ROWS, f"{T};101100101;Mitte;120;14", f"{T};101100101;Nord;120;14")
    path = specimens.agency(tmp_path, rows)
    reading = read_delivery(path, find_recipe(path), replace(specimens.places(), area_names=NAMES))
    assert [each[2:] for each in said(reading) if each[0] == "warning"] == [("Nord", "101100102")]
