"""Catalogues of tables: what is read, what is found, and how they are searched."""

from __future__ import annotations

from pathlib import Path

import pytest

from sozialraum.base import InputRefused
from sozialraum.deliveries.catalogue import CatalogueIndex, differences, read_catalogue
from sozialraum.deliveries.catalogue_records import CatalogueEntry, rhythm_words


def written(folder: Path, text: str, name: str = "regioDB_tables.csv") -> Path:
    file = folder / name
    file.write_bytes(text.encode())
    return file


def entry(code: str, title: str) -> CatalogueEntry:
    return CatalogueEntry("k", code, title)


def test_line_breaks_in_quoted_fields_become_blanks(tmp_path):
    text = 'Code,Content,Time\n11-1,"Bevölkerung nach\nGeschlecht",2020 - 2022\n11-2,Fläche,\n'
    read = read_catalogue(written(tmp_path, text))
    assert [(one.code, one.title, one.period) for one in read.entries] == [
        ("11-1", "Bevölkerung nach Geschlecht", "2020 - 2022"),
        ("11-2", "Fläche", ""),
    ]
    assert read.entries[0].provider.endswith("Regionaldatenbank")
    assert read.findings == ()


def test_semicolons_a_byte_order_mark_and_a_blank_in_the_head_are_read(tmp_path):
    read = read_catalogue(written(tmp_path, "\ufeffEVAS ;Beschreibung\n12;Bevölkerung, Fläche\n", "evas.csv"))
    assert [(one.code, one.title) for one in read.entries] == [("12", "Bevölkerung, Fläche")]


def test_doubled_rows_count_once_and_doubled_codes_with_other_titles_are_kept_and_said(tmp_path):
    text = "Code;Content\n9;Sonderbereich\n9;Sonderbereiche\n8;Preise\n8;Preise\n"
    read = read_catalogue(written(tmp_path, text))
    assert [one.code for one in read.entries] == ["9", "9", "8"]
    assert [one.severity for one in read.findings] == ["note", "warning"]
    assert "„9“" in read.findings[1].what


def test_rows_without_code_or_title_are_left_out_with_their_number(tmp_path):
    read = read_catalogue(written(tmp_path, "Code,Content,Time\n,Ohne Schlüssel,\n1,,\n2,Gut,\n3,zu,viele,Felder\n"))
    assert [one.code for one in read.entries] == ["2", "3"]
    assert [(one.row, one.severity) for one in read.findings] == [(2, "warning"), (3, "warning"), (5, "warning")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Name;Ort\nA;B\n", "Schlüssel und Titel"),
        ("Code;Content\n\n", "kein Eintrag"),
        ("", "leer"),
    ],
)
def test_what_is_no_catalogue_is_refused_with_a_sentence(tmp_path, text, words):
    with pytest.raises(InputRefused, match=words):
        read_catalogue(written(tmp_path, text))


def test_columns_that_are_not_kept_are_named(tmp_path):
    read = read_catalogue(written(tmp_path, "Code,Content,Cubes,Information\n12111,Zensus,24,true\n"))
    assert "Cubes, Information" in read.findings[0].what


ENTRIES = (
    entry("13211-01", "Arbeitslose nach Personengruppen - Gemeinden"),
    entry("13211-02", "Arbeitslosenquoten - Kreise"),
    entry("12411-01", "Bevölkerung nach Geschlecht - Gemeinden"),
    entry("22531-01", "Jugendarbeitslosigkeit und Straßensozialarbeit"),
)


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("arbeitslos", ["13211-02", "13211-01", "22531-01"]),  # short titles first, insides of words after
        ("arbeitslose gemeinden", ["13211-01"]),
        ("BEVÖLKERUNG", ["12411-01"]),
        ("bevoelkerung", ["12411-01"]),
        ("strassensozial", ["22531-01"]),
        ("13211", ["13211-02", "13211-01"]),
        ("13211-02", ["13211-02"]),
        ('kreise" OR "x', []),
        ("zebra", []),
        ("  ", ["13211-01", "13211-02", "12411-01", "22531-01"]),
    ],
)
def test_search_knows_umlauts_beginnings_insides_and_several_words(words, codes):
    assert [one.code for one in CatalogueIndex(ENTRIES).search(words)] == codes


def test_a_code_that_fits_stands_before_a_title_that_fits():
    found = CatalogueIndex((entry("1", "Tabelle 777"), entry("777", "Fläche"))).search("777")
    assert [one.code for one in found] == ["777", "1"]


def test_two_thousand_rows_are_indexed_and_searched():
    rows = [
        entry(f"{number:05d}", f"Bevölkerung nach Merkmal {number} - Gemeinden und Kreise") for number in range(2_000)
    ]
    index = CatalogueIndex(rows)
    assert len(index.search("bevölk gemein 1", 100)) == 100
    assert index.count("merkmal 1999") == 1


def test_differences_to_the_catalogue_before_are_counted():
    now = (entry("1", "Neu"), CatalogueEntry("k", "12411-01", "Bevölkerung nach Geschlecht - Gemeinden", "2023"))
    lines = differences(ENTRIES, now)
    assert lines == ["1 neuer Eintrag.", "3 Einträge entfallen.", "1 Eintrag mit anderem Zeitraum."]
    assert differences(ENTRIES, ENTRIES) == ["Unverändert gegenüber dem bisherigen Stand."]
    assert differences((), ENTRIES) == []


def test_rhythms_have_words():
    assert [rhythm_words(months) for months in (1, 3, 12, 24, 18)] == [
        "monatlich", "vierteljährlich", "jährlich", "alle 2 Jahre", "alle 18 Monate",
    ]  # fmt: skip
