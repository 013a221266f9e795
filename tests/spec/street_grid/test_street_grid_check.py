"""Files written elsewhere: each fault of the table is found, with file, line, street, what and what to do."""

from __future__ import annotations

import pytest

from sozialraum.street_grid import check_files, format_from, guessed_format

ZU = """\
Gemeindeschluessel;Schluessel;Bezeichnung;Einwohner
05999004;001000000;Musterstadt;
05999004;001100000;Musterstadt;
05999004;001100101;Altstadt;2000
05999004;001100102;Dorf;1500
"""
HEAD = (
    "Gemeindeschluessel;Strassenschluessel;Strasse;PLZ;HNR_ungerade_von;Zusatz_ungerade_von;HNR_ungerade_bis;"
    "Zusatz_ungerade_bis;HNR_gerade_von;Zusatz_gerade_von;HNR_gerade_bis;Zusatz_gerade_bis;Schluessel"
)


def ra(*rows: str) -> str:
    """Rows written 'street|postcode|odd from|odd to|even from|even to|key'."""
    lines = [HEAD]
    for row in rows:
        street, postcode, *numbers, key = row.split("|")
        lines.append(";".join(["05999004", "", street, postcode, *(f"{text};" for text in numbers), key]))
    return "\n".join(lines) + "\n"


GOOD = (
    "Hauptstraße|52499|1|49|2|50|001100101",
    "Hauptstraße|52499|51|997|52|998|001100102",
    "Lindenweg|52499|1|997|||001100101",
    "Lindenweg|52499|||2|998|001100102",
)


def findings(zu: str = ZU, records: str = "", form=None):
    form = form or guessed_format()
    files = {"zu.csv": zu.encode(form.encoding), "ra.csv": (records or ra(*GOOD)).encode(form.encoding)}
    return check_files(files, form)


def test_good_files_have_no_finding():
    assert findings() == []


# what is wrong -> (row that replaces or follows, line in ra.csv, what is said)
RA_FAULTS = {
    "a gap": (
        ["Weg|52499|1|9|2|998|001100101", "Weg|52499|15|997|||001100102"],
        3, "Weg: Nummer 11 bis 13 gehört zu keinem Gebiet: Lücke zwischen 001100101 Altstadt (Zeile 2) und "
        "001100102 Dorf.",
    ),
    "a gap of one number": (
        ["Weg|52499|1|9|2|998|001100101", "Weg|52499|13|997|||001100102"], 3, "Nummer 11 gehört zu keinem Gebiet",
    ),
    "a gap at the beginning": (["Weg|52499|5|997|2|998|001100101"], 2, "Nummer 1 bis 3 vor dem ersten Bereich"),
    "an overlap: a number in two areas, both named": (
        ["Weg|52499|1|21|2|998|001100101", "Weg|52499|19|997|||001100102"],
        3, "Weg: Nummer 19 bis 21 liegt in zwei Gebieten: 001100101 Altstadt (Zeile 2) und 001100102 Dorf.",
    ),
    "a range twice": (
        ["Weg|52499|1|997|2|998|001100101", "Weg|52499|||2|998|001100101"], 3, "998 bedeutet „bis zum Ende“",
    ),
    "a number twice for one area": (
        ["Weg|52499|1|9|2|998|001100101", "Weg|52499|9|997|||001100101"], 3, "steht zweimal, auch in Zeile 2",
    ),
    "an empty line": (["Weg|52499|||||001100101"], 2, "Weg: Es steht keine Hausnummer in der Zeile."),
    "an empty range": (["Weg|52499|9|1|2|998|001100101"], 2, "Der Bereich 9 bis 1 enthält keine Nummer."),
    "half a range": (["Weg|52499|1||2|998|001100101"], 2, "Neben „1“ fehlt das andere Ende."),
    "an even number on the odd side": (
        ["Weg|52499|1|10|2|998|001100101"], 2, "Die gerade Nummer 10 steht im Feld der ungeraden.",
    ),
    "an odd number on the even side": (
        ["Weg|52499|1|997|3|998|001100101"], 2, "Die ungerade Nummer 3 steht im Feld der geraden.",
    ),
    "998 on the odd side": (["Weg|52499|1|998|2|998|001100101"], 2, "998 steht im falschen Feld."),
    "997 on the even side": (["Weg|52499|1|997|2|997|001100101"], 2, "997 steht im falschen Feld."),
    "997 as first number": (["Weg|52499|997|997|2|998|001100101"], 2, "997 steht als erste Nummer"),
    "997 although numbers follow": (
        ["Weg|52499|1|997|2|998|001100101", "Weg|52499|51|99|||001100102"],
        3, "997 bedeutet „bis zum Ende“ (Zeile 2, 001100101 Altstadt), hier folgen aber weitere Nummern (001100102",
    ),
    "a small two behind the number": (["Weg|52499|1²|997|2|998|001100101"], 2, "„1²“ ist keine Hausnummer."),
    "nothing but a small two": (["Weg|52499|²|997|2|998|001100101"], 2, "„²“ ist keine Hausnummer."),
    "zero": (["Weg|52499|0|997|2|998|001100101"], 2, "„0“ ist keine Hausnummer."),
    "thousands of digits": ([f"Weg|52499|1|{'9' * 5000}|2|998|001100101"], 2, "9…“ ist keine Hausnummer."),
    "a postcode with a small two": (["Weg|5249²|1|997|2|998|001100101"], 2, "„5249²“ ist keine Postleitzahl"),
    "a suffix": (["Weg|52499|1|9a|2|998|001100101"], 2, "„9a“ ist keine Hausnummer."),
    "a side left out": (["Weg|52499|1|997|||001100101"], 2, "Gerade Nummern gehören zu keinem Gebiet."),
    "an unknown key": (["Weg|52499|1|997|2|998|001100109"], 2, "„001100109“ steht nicht in der Zuordnungsdatei."),
    "a key of an upper level": (["Weg|52499|1|997|2|998|001100000"], 2, "ist kein Stadtviertel"),
    "a lost leading zero": (
        ["Weg|52499|1|997|2|998|1100101"], 2, "„1100101“: Führende Null verloren, gemeint ist „001100101“.",
    ),
    "a key spoilt by a spreadsheet": (
        ["Weg|52499|1|997|2|998|1,1001E+06"], 2, "„1,1001E+06“ ist kein Schlüssel aus neun Ziffern.",
    ),
    "no key": (["Weg|52499|1|997|2|998|"], 2, "Weg: Der Schlüssel fehlt."),
    "a postcode without its zero": (["Weg|1067|1|997|2|998|001100101"], 2, "„1067“ ist keine Postleitzahl"),
    "no street": (["|52499|1|997|2|998|001100101"], 2, "Der Straßenname fehlt."),
    "a street twice": (
        ["Haupt-Straße|52499|1|9|2|998|001100101", "Hauptstr.|52499|11|997|||001100102"],
        3, "Hauptstr.: Die Straße steht zweimal, in Zeile 2 als „Haupt-Straße“.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", RA_FAULTS)
def test_faults_of_the_streets(name):
    rows, line, text = RA_FAULTS[name]
    # a street of the other area, so that every Viertel is used
    found = findings(records=ra(*rows, "Anger|52499|1|997|||001100101", "Anger|52499|||2|998|001100102"))
    assert [finding for finding in found if text in finding.what and (finding.file, finding.row) == ("ra.csv", line)]
    assert all(finding.todo and finding.column for finding in found)
    assert len(found) == 1


# what is wrong -> (text in zu.csv, what stands there instead, line, what is said)
ZU_FAULTS = {
    "below 1,000": ("Dorf;1500", "Dorf;940", 5, "001100102 Dorf: 940 Einwohnerinnen und Einwohner, verlangt sind"),
    "no inhabitants": ("Dorf;1500", "Dorf;", 5, "Die Zahl der Einwohnerinnen und Einwohner fehlt."),
    "a number with a point": ("Dorf;1500", "Dorf;1.500", 5, "„1.500“ ist keine ganze Zahl."),
    "inhabitants of thousands of digits": ("Dorf;1500", f"Dorf;{'1' * 5000}", 5, "1…“ ist keine ganze Zahl."),
    "inhabitants with a small two": ("Dorf;1500", "Dorf;1500²", 5, "„1500²“ ist keine ganze Zahl."),
    "a key with a small two": ("001100102;Dorf", "00110010²;Dorf", 5, "„00110010²“ ist kein Schlüssel"),
    "no name": ("Dorf;1500", ";1500", 5, "„001100102“ hat keine Bezeichnung."),
    "a key twice": ("001100102;Dorf", "001100101;Dorf", 5, "„001100101“ steht auch in Zeile 4: „Altstadt“ und „Dorf“."),
    "the level above is missing": (
        "05999004;001100000;Musterstadt;\n", "", 3, "fehlt die Ebene darüber: Stadtbezirk „001100000“.",
    ),
    "the district is missing": (
        "05999004;001000000;Musterstadt;\n", "", 2, "fehlt die Ebene darüber: Stadtdistrikt „001000000“.",
    ),
    "eight digits": ("001100102;Dorf", "01100102;Dorf", 5, "hat nur 8 Ziffern statt neun"),
    "an area without street": (
        "Dorf;1500\n", "Dorf;1500\n05999004;001100103;Neu;1200\n", 6, "001100103 Neu: Keine einzige Straße",
    ),
    "a column too many": ("Dorf;1500", "Dorf;1500;x", 5, "Die Zeile hat 5 Spalten statt 4."),
}  # fmt: skip


@pytest.mark.parametrize("name", ZU_FAULTS)
def test_faults_of_the_list_of_areas(name):
    old, new, line, text = ZU_FAULTS[name]
    assert old in ZU
    found = findings(zu=ZU.replace(old, new))
    assert [finding for finding in found if text in finding.what and (finding.file, finding.row) == ("zu.csv", line)]


def test_all_findings_come_at_once_in_the_order_of_the_lines():
    found = findings(
        zu=ZU.replace("1500", "940"), records=ra("Weg|52499|1|9|||001100102", "Weg|1067|13|998|2|998|001100101")
    )
    assert [finding.file for finding in found] == sorted((finding.file for finding in found), reverse=True)
    rows = [finding.row for finding in found if finding.file == "ra.csv"]
    assert rows == sorted(rows)
    said = " ".join(finding.what for finding in found)
    for part in ("940 Einwohnerinnen", "Gerade Nummern gehören zu keinem", "„1067“ ist keine", "998 steht im falschen"):
        assert part in said


def test_another_separator_and_another_encoding_are_named():
    files = {"ra.csv": ra(*GOOD).replace(";", ",").encode("cp1252")}
    (finding,) = check_files(files, guessed_format())
    assert "vermutlich durch „,“" in finding.what
    (finding,) = check_files({"ra.csv": ra(*GOOD).encode("utf-8")}, guessed_format())
    assert "vermutlich in utf-8 geschrieben" in finding.what
    assert finding.row == 2
    (finding,) = check_files({"ra.csv": ra(*GOOD).encode("cp1252")}, format_from({"encoding": "utf-8"}))
    assert "nicht im Zeichensatz utf-8" in finding.what


def test_titles_that_are_missing_or_different_are_said():
    without = ra(*GOOD).split("\n", 1)[1]
    assert "keine Spaltentitel" in findings(records=without)[0].what
    other = ra(*GOOD).replace("PLZ", "Postleitzahl")
    assert "Postleitzahl" in findings(records=other)[0].what


def test_one_file_alone_is_checked_as_far_as_it_goes():
    form = guessed_format()
    for content, said in ((ra(*GOOD), "Nur „ra“ geprüft, „zu“ fehlt."), (ZU, "Nur „zu“ geprüft, „ra“ fehlt.")):
        (finding,) = check_files({"a.csv": content.encode("cp1252")}, form)
        assert (finding.what, finding.severity, finding.file) == (said, "note", "a.csv")


def test_the_same_file_twice_is_said_and_the_other_is_missed():
    raw = ZU.encode("cp1252")
    found = check_files({"zu.csv": raw, "zu.csv (2)": raw}, guessed_format())
    assert [(one.file, one.what, one.severity) for one in found] == [
        ("zu.csv", "Nur „zu“ geprüft, „ra“ fehlt.", "note"),
        ("zu.csv (2)", "Der Inhalt ist derselbe wie in „zu.csv“.", "error"),
    ]


def test_swapped_names_are_said_of_both():
    files = {"ra.csv": ZU.encode("cp1252"), "ZU.CSV": ra(*GOOD).encode("cp1252")}
    found = check_files(files, guessed_format())
    assert [(one.file, one.what) for one in found] == [
        ("ra.csv", "Nach den Spalten ist das die Datei „zu“, dem Namen nach die andere."),
        ("ZU.CSV", "Nach den Spalten ist das die Datei „ra“, dem Namen nach die andere."),
    ]
    assert all("vertauscht" in one.todo for one in found)


# what is no table of the street grid -> (bytes, what is said)
NO_TABLES = {
    "a workbook": (b"PK\x03\x04" + bytes(range(200)), "vermutlich eine Arbeitsmappe"),
    "only the mark of a workbook": (b"PK\x03\x04", "vermutlich eine Arbeitsmappe"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "vermutlich eine Arbeitsmappe"),
    "a document": (b"%PDF-1.7\n", "keine Textdatei"),
    "another width of characters": (ZU.encode("utf-16"), "UTF-16"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00", "keine Textdatei"),
    "a letter": ("Sehr geehrte Damen und Herren,\nanbei das Raster.\n".encode("cp1252"), "Keine Zeile hat 4 Spalten"),
    "a table of other columns": (b"a;b;c\n1;2;3\n" * 500, "Keine Zeile hat 4 Spalten"),
    "a field without end": (b'a;b;c;"' + b"x;y\n" * 50_000, "Ein Feld nimmt kein Ende"),
    "titles alone": (ZU.split("\n")[0].encode(), "Unter den Spaltentiteln steht keine Zeile."),
}


@pytest.mark.parametrize("name", NO_TABLES)
def test_a_file_that_is_no_table_is_one_finding(name):
    raw, said = NO_TABLES[name]
    (finding,) = check_files({"x.xlsx": raw}, guessed_format())
    assert said in finding.what
    assert (finding.file, finding.severity) == ("x.xlsx", "error")


def test_a_first_line_of_another_width_is_said():
    found = findings(zu=ZU.replace("Gemeindeschluessel;Schluessel", "Schluessel", 1))
    assert [(one.row, one.what) for one in found] == [(1, "Die erste Zeile hat 3 Spalten statt 4.")]


def test_an_empty_file_is_a_finding():
    (finding,) = check_files({"ra.csv": b""}, guessed_format())
    assert finding.what == "Die Datei ist leer."
