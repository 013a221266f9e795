"""The two files of a plan: what stands in them, delivery groups, what is unclear."""

from __future__ import annotations

import csv
import io

import pytest

from sozialraum.base import InputRefused, UsageError
from sozialraum.street_grid import (
    check_files,
    file_bytes,
    format_from,
    group_unit,
    make_likeness,
    make_street_grid,
    partners,
    propose_groups,
    refuse_groups,
)
from street_grid_town import area, register, town_blocks, town_plan, whole_street

TOWNS = {"05999004": "Musterstadt"}
PEOPLE = {area("A"): 2000, area("B"): 1500, area("C"): 1200, area("D"): 3000}
STREETS = [
    *[("Hauptstraße", str(n), "A") for n in range(1, 51)], *[("Hauptstraße", str(n), "B") for n in range(51, 101)],
    *whole_street("Lindenweg", "C"), *[("Grenzweg", str(n), "CD"[n % 2]) for n in range(1, 9)],
]  # fmt: skip


def grid(rows=STREETS, people=PEOPLE, **options):
    form = format_from(options.pop("form", None))
    return make_street_grid(town_plan(), register(rows), TOWNS, people, form, **options)


def lines(found, name):
    raw = file_bytes(found)[name].decode(found.form.encoding)
    return list(csv.reader(io.StringIO(raw), delimiter=";"))


def test_zu_names_the_three_levels_and_the_inhabitants_of_each_viertel():
    assert lines(grid(), "zu.csv") == [
        ["Gemeindeschluessel", "Schluessel", "Bezeichnung", "Einwohner"],
        ["05999004", "101000000", "Musterstadt", ""],
        ["05999004", "101100000", "Musterstadt", ""],
        ["05999004", "101100101", "1 Altstadt", "2000"],
        ["05999004", "101100102", "2 Bahnhof", "1500"],
        ["05999004", "101100103", "3 Siedlung", "1200"],
        ["05999004", "101100104", "4 Dorf", "3000"],
    ]


def test_ra_has_thirteen_columns_and_odd_and_even_numbers_apart():
    head, *rows = lines(grid(), "ra.csv")
    assert len(head) == 13
    short = [[row[2], row[3], row[4], row[6], row[8], row[10], row[12]] for row in rows]
    assert short == [
        ["Grenzweg", "52499", "1", "997", "", "", "101100104"],
        ["Grenzweg", "52499", "", "", "2", "998", "101100103"],
        ["Hauptstraße", "52499", "1", "49", "2", "50", "101100101"],
        ["Hauptstraße", "52499", "51", "997", "52", "998", "101100102"],
        ["Lindenweg", "52499", "1", "997", "2", "998", "101100103"],
    ]


def test_the_form_of_the_files_is_the_project_s():
    zu = [{"field": name, "title": name} for name in ("key", "name", "inhabitants", "empty")]
    form = {"separator": "tab", "encoding": "utf-8", "header": False, "line_end": "lf", "zu": zu, "zu_file": "x-zu.txt"}
    found = grid(form=form)
    files = file_bytes(found)
    assert list(files) == ["x-zu.txt", "ra.csv"]
    assert files["x-zu.txt"].decode("utf-8").split("\n")[0] == "101000000\tMusterstadt\t\t"
    assert check_files(files, found.form) == []


def test_every_fault_of_a_form_is_said_at_once():
    zu = [{"field": "key", "title": "a"}, {"field": "key", "title": "b"}, {"field": "lage", "title": "c"}]
    with pytest.raises(InputRefused) as caught:
        format_from({"separator": "x", "encoding": "latin2", "zu": zu, "ra_file": "a/b"})
    said = str(caught.value)
    for part in ("„x“", "„latin2“", "4 Spalten, angegeben sind 3", "„lage“", "Keine Spalte enthält", "Mehrere Spalten",
                 "„a/b“ ist kein Dateiname"):  # fmt: skip
        assert part in said


def test_a_name_the_encoding_does_not_know_is_refused_with_the_sign():
    with pytest.raises(InputRefused, match="„Łódź-Weg“ enthält „Ł“"):
        file_bytes(grid([*STREETS, ("Łódź-Weg", "1", "A")]))


def test_a_suffix_never_decides_and_a_number_in_two_areas_is_a_finding_with_both():
    rows = [*STREETS, ("Lindenweg", "3a", "D"), ("Lindenweg", "11", "C"), ("Lindenweg", "11b", "C")]
    found = grid(rows)
    (finding,) = found.findings
    assert "52499 Lindenweg 3:" in finding.what
    assert "Musterstadt 3 Siedlung, Musterstadt 4 Dorf" in finding.what
    assert finding.severity == "warning"
    assert check_files(file_bytes(found), found.form) == []


def test_addresses_in_no_area_and_areas_without_address_are_said():
    found = grid([row for row in STREETS if row[2] != "B"] + [("Feldweg", "7a", "")])
    said = " ".join(finding.what for finding in found.findings)
    assert "1 Anschrift liegt in keinem Gebiet: Feldweg 7a" in said
    assert "Musterstadt 2 Bahnhof: Im Adressregister gibt es keine einzige Anschrift" in said


def test_two_spellings_are_one_street():
    found = grid([("Hauptstraße", "1", "A"), ("Hauptstraße", "3", "A"), ("Hauptstr.", "5", "B")])
    assert {record.street for record in found.records} == {"Hauptstraße"}
    assert [(record.odd, record.key[-1]) for record in found.records] == [((1, 3), "1"), ((5, 997), "2")]
    assert any("„Hauptstr.“, „Hauptstraße“" in finding.what for finding in found.findings)


# Delivery groups


def likeness(people=None, **attributes):
    blocks = town_blocks(people, **attributes)
    counts = {area(letter): int(blocks["population"].iat[place]) for place, letter in enumerate("ABCD")}
    return make_likeness(town_plan(), blocks, counts)


def test_a_small_area_is_joined_with_the_neighbour_that_resembles_it_most():
    alike = likeness(social_benefits={"A": 0.9, "B": 0.5, "C": 0.1, "D": 0.15})
    assert propose_groups(alike) == ([(area("C"), area("D"))], [])
    other = likeness(social_benefits={"A": 0.9, "B": 0.12, "C": 0.1, "D": 0.9})
    assert propose_groups(other) == ([(area("B"), area("C"))], [])


def test_the_partner_must_be_a_neighbour():
    far = likeness(social_benefits={"A": 0.1, "B": 0.9, "C": 0.1, "D": 0.5})
    assert propose_groups(far) == ([(area("C"), area("D"))], [])
    assert partners(far, [area("C")]) == [area("D"), area("B")]


def test_a_partner_with_which_1000_is_reached_goes_before_a_more_similar_one():
    people = {"A": 2000, "B": 400, "C": 300, "D": 800}
    alike = likeness(people, social_benefits={"A": 0.15, "B": 0.1, "C": 0.1, "D": 0.5})
    assert propose_groups(alike) == ([(area("A"), area("B")), (area("C"), area("D"))], [])


def test_where_a_municipality_has_too_few_inhabitants_it_is_said():
    groups, stuck = propose_groups(likeness({"A": 100, "B": 100, "C": 100, "D": 100}))
    assert groups == [tuple(area(letter) for letter in "ABCD")]
    assert stuck == [area(letter) for letter in "ABCD"]


def test_confirmed_groups_stay():
    alike = likeness(social_benefits={"A": 0.9, "B": 0.5, "C": 0.1, "D": 0.15})
    assert propose_groups(alike, [(area("B"), area("C"))]) == ([(area("B"), area("C"))], [])


def test_a_delivery_group_has_one_key_and_the_way_back_is_kept():
    found = grid(people=PEOPLE | {area("C"): 940}, groups=[(area("D"), area("C"))])
    assert [row[1:] for row in lines(found, "zu.csv")[3:]] == [
        ["101100101", "1 Altstadt", "2000"],
        ["101100102", "2 Bahnhof", "1500"],
        ["101100901", "3 Siedlung / 4 Dorf", "3940"],
    ]
    assert found.way_back == {
        "101100101": area("A"), "101100102": area("B"), "101100901": group_unit([area("C"), area("D")]),
    }  # fmt: skip
    border = [record for record in found.records if record.street == "Grenzweg"]
    assert [(record.odd, record.even) for record in border] == [((1, 997), (2, 998))]
    assert check_files(file_bytes(found), found.form) == []


def test_bezirke_come_from_a_grouping():
    bezirke = {area("A"): "west", area("B"): "west", area("C"): "ost"}
    found = grid(bezirke=bezirke, bezirk_names={"west": "Weststadt", "ost": "Oststadt"})
    assert [row[1:3] for row in lines(found, "zu.csv")[1:]] == [
        ["101000000", "Musterstadt"],
        ["101100000", "Musterstadt"],
        ["101100101", "4 Dorf"],
        ["101101000", "Weststadt"],
        ["101101101", "1 Altstadt"],
        ["101101102", "2 Bahnhof"],
        ["101102000", "Oststadt"],
        ["101102101", "3 Siedlung"],
    ]
    assert check_files(file_bytes(found), found.form) == []


@pytest.mark.parametrize("groups", [[("A",)], [("A", "A")], [("A", "B"), ("B", "C")], [("A", "Z")]])
def test_groups_that_cannot_be_are_refused(groups):
    named = [[area(letter) if letter != "Z" else "05999004-99" for letter in group] for group in groups]
    with pytest.raises(UsageError):
        refuse_groups(town_plan(), named)
