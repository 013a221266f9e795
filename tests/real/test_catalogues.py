"""The catalogues of the statistical offices as they are given out: every file read, every row counted."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from sozialraum.deliveries.catalogue import CatalogueIndex, read_catalogue

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "statistik-kataloge"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the catalogues are not here")
# File -> entries, entries with a period, kinds of finding
FILES = {
    "genesis_tables.csv": (2_689, 2_676, []),
    "genesis_statistics.csv": (324, 0, ["note"]),
    "regioDB_tables.csv": (791, 791, []),
    "regioDB_statistics.csv": (101, 0, ["note"]),
    "zensusDB_tables.csv": (754, 754, []),
    "evas.csv": (305, 0, ["warning"]),
}


def rows_of(name: str) -> list[list[str]]:
    """The rows below the head, by the csv module alone."""
    text = (FOLDER / name).read_text(encoding="utf-8-sig")
    return list(csv.reader(text.splitlines(keepends=True), delimiter=";" if name == "evas.csv" else ","))[1:]


def test_no_file_is_forgotten():
    assert {file.name for file in FOLDER.glob("*.csv")} == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_every_row_of_every_file_is_read(name):
    read = read_catalogue(FOLDER / name)
    entries, dated, findings = FILES[name]
    rows = rows_of(name)
    assert len(read.entries) == len(rows) == entries
    assert [one.code for one in read.entries] == [row[0].strip() for row in rows]
    assert [one.title for one in read.entries] == [" ".join(row[1].split()) for row in rows]
    assert sum(bool(one.period) for one in read.entries) == dated
    assert [one.severity for one in read.findings] == findings
    assert all(one.provider for one in read.entries)


def test_the_code_that_stands_twice_is_said():
    (finding,) = read_catalogue(FOLDER / "evas.csv").findings
    assert "„9“ steht 2-mal" in finding.what


def test_the_search_finds_what_a_planner_looks_for():
    entries = [entry for name in FILES for entry in read_catalogue(FOLDER / name).entries]
    index = CatalogueIndex(entries)
    found = index.search("arbeitslose gemeinden", 10)
    assert {one.catalogue for one in found} == {"regioDB_tables"}
    assert all("Arbeitslose" in one.title and "Gemeinden" in one.title for one in found)
    assert index.count("arbeitslos") == sum("arbeitslos" in one.title.casefold() for one in entries)
    assert index.search("1000A-1004")[0].title == "Personen: Alter (5er-Jahresgruppen)"
    assert index.search("bevoelkerung geschlecht", 100) == index.search("Bevölkerung Geschlecht", 100)
