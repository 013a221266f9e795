"""How numbers, dates, ages, codes and names are printed: the table every output keeps to."""

from __future__ import annotations

import html
import re

import openpyxl
import pytest
from pypdf import PdfReader

from sozialraum.base import code_key, in_language, name_key
from sozialraum.base.numbers import age_band, count, counted, day, decimal, percent, percentage_points, signed, span

NARROW, MINUS, NO_BREAK = "\u202f", "\u2212", "\u00a0"


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (lambda: count(1234), "1.234"),
        (lambda: count(1234567), "1.234.567"),
        (lambda: count(0), "0"),
        (lambda: percent(0.115), f"11,5{NARROW}%"),
        (lambda: percent(0), f"0,0{NARROW}%"),
        (lambda: percentage_points(-0.012), f"{MINUS}1,2{NO_BREAK}Prozentpunkte"),
        (lambda: percentage_points(0.004), f"+0,4{NO_BREAK}Prozentpunkte"),
        (lambda: percentage_points(0.01), f"+1,0{NO_BREAK}Prozentpunkt"),
        (lambda: signed(-0.04, 1), "0,0"),
        (lambda: signed(0.4), "+0,4"),
        (lambda: decimal(-1234.5), f"{MINUS}1.234,5"),
        (lambda: span(31.1, 37.2), "31,1–37,2"),
        (lambda: span(-95, -67, 0), f"{MINUS}95 bis {MINUS}67"),
        (lambda: day("2025-12-31"), "31.12.2025"),
        (lambda: day("2025"), "2025"),
        (lambda: age_band(0, 3), "unter 3"),
        (lambda: age_band(3, 6), "3 bis unter 6"),
        (lambda: age_band(80, None), "80 und älter"),
        (lambda: counted(1, "Kind", "Kinder"), f"1{NO_BREAK}Kind"),
        (lambda: counted(2, "Kind", "Kinder"), f"2{NO_BREAK}Kinder"),
        (lambda: counted(0, "Kind", "Kinder"), f"0{NO_BREAK}Kinder"),
        (lambda: counted(1234, "Kind", "Kinder"), f"1.234{NO_BREAK}Kinder"),
    ],
)
def test_a_german_report_prints(printed, expected):
    assert printed() == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (lambda: count(1234), "1,234"),
        (lambda: percent(0.115), f"11.5{NARROW}%"),
        (lambda: decimal(-1.2), f"{MINUS}1.2"),
        (lambda: day("2025-12-31"), "31 December 2025"),
    ],
)
def test_an_english_report_prints(printed, expected):
    with in_language("en"):
        assert printed() == expected


@pytest.mark.parametrize(
    "expected",
    [["2", "2a", "2b", "10"], ["1", "1a", "2", "10", "10a"], ["A1", "A2", "A10"], ["3", "3b", "3c", "30"]],
)
def test_codes_are_sorted_by_their_numbers(expected):
    mixed = expected[1:] + expected[:1]
    assert sorted(mixed, key=code_key) == expected


@pytest.mark.parametrize(
    "expected",
    [["Ährenfeld", "Auental", "Zell"], ["Ofen", "Öhringen", "Olpe"], ["Stras", "Strasburg", "Straße", "Strassen"]],
)
def test_umlauts_are_sorted_as_their_letters(expected):
    mixed = expected[1:] + expected[:1]
    assert sorted(mixed, key=name_key) == expected


# What each output must say of the same invented report.
SAID = [
    ("thousands by point", r"\d\.\d{3}"),
    ("narrow no-break space before %", rf"\d,\d{NARROW}%"),
    ("points with sign and real minus or plus", rf"[+{MINUS}]\d+,\d[{NO_BREAK} ]Prozentpunkte?\b"),
    ("the day in figures", r"31\.12\.2025"),
    ("the youngest band", r"unter 3\b"),
    ("a band in the middle", r"3 bis unter 6"),
    ("the oldest band", r"80 und älter"),
    ("an interval with en dash", r"\d+,\d–\d+,\d"),
    ("one impulse in the singular", r"1.bestätigter Impuls\b"),
]


@pytest.fixture(scope="session")
def pdf_text(written) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(written.pdf).pages)


@pytest.fixture(scope="session")
def html_text(written) -> str:
    pages = sorted(written.html.glob("*.html"))
    return "\n".join(html.unescape(re.sub(r"<style.*?</style>|<[^>]+>", " ", p.read_text(), flags=re.S)) for p in pages)


@pytest.mark.parametrize(("what", "pattern"), SAID, ids=[what for what, _pattern in SAID])
def test_the_pdf_says(pdf_text, what, pattern):
    assert re.search(pattern, pdf_text)


@pytest.mark.parametrize(("what", "pattern"), SAID, ids=[what for what, _pattern in SAID])
def test_the_web_pages_say(html_text, what, pattern):
    assert re.search(pattern, html_text)


def test_no_output_prints_a_hyphen_as_minus_or_a_bare_per_cent(pdf_text, html_text):
    for text in (pdf_text, html_text):
        assert not re.search(r"(?<![\d\w–/.-])-\d+,\d", text)
        assert not re.search(r"\d %", text)
        assert not re.search(r"[+−]\d+,\d.?Prozent\b", text)


def test_differences_are_those_of_the_printed_values(written):
    sheet = openpyxl.load_workbook(written.xlsx)["Kinder in Bedarfsgemeinschaften"]
    head = [cell.value for cell in sheet[4]]
    share, before, change = (head.index(title) for title in ("Anteil in\u00a0%", "31.12.2023", "Änderung in Pp."))
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5, max_row=8)]
    numbers = [row for row in rows if isinstance(row[change], (int, float))]
    assert numbers
    for row in numbers:
        assert row[change] == pytest.approx(row[share] - row[before])


@pytest.mark.parametrize(
    ("title", "number_format"),
    [
        ("Basis", "#,##0;\u2212#,##0"),
        ("Anzahl", "#,##0;\u2212#,##0"),
        ("Anteil in\u00a0%", f'0.0"{NARROW}%";\u22120.0"{NARROW}%"'),
        ("Änderung in Pp.", "+#,##0.0;\u2212#,##0.0;0.0"),
    ],
)
def test_spreadsheet_cells_are_numbers_with_a_format(written, title, number_format):
    sheet = openpyxl.load_workbook(written.xlsx)["Kinder unter 6 Jahren"]
    column = [cell.value for cell in sheet[4]].index(title)
    cells = [row[column] for row in sheet.iter_rows(min_row=5, max_row=8)]
    assert all(isinstance(cell.value, (int, float)) for cell in cells)
    assert {cell.number_format for cell in cells} == {number_format}


def test_the_spreadsheet_shows_a_mark_as_text(written):
    book = openpyxl.load_workbook(written.xlsx)
    marks = {
        cell.value
        for sheet in book
        for row in sheet.iter_rows(min_row=5)
        for cell in row
        if cell.value in ("•", "n. g.", "/")
    }
    assert "•" in marks


def test_areas_stand_by_municipality_name_then_code(written):
    sheet = openpyxl.load_workbook(written.xlsx)["Gebiete"]
    rows = [(row[0].value, row[1].value) for row in sheet.iter_rows(min_row=5) if row[1].value]
    names = list(dict.fromkeys(name for name, _code in rows))
    assert names == ["Ährenfeld", "Auental", "Zell"]
    codes = [code.split(NO_BREAK)[1] for name, code in rows if name == "Zell"]
    assert [code for code in codes if code in ("2", "2a", "2b", "10")] == ["2", "2a", "2b", "10"]
