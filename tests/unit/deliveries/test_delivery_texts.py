import math

import pytest

from sozialraum.deliveries import NotADay, NotANumber, parse_day, parse_month_end, parse_number
from sozialraum.deliveries.texts import decimals, parse_year
from sozialraum.deliveries.workbook_child import number_text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0), ("7", 7), ("007", 7), ("1.234", 1234), ("12.345.678", 12345678), ("12,5", 12.5), ("50,00", 50),
        ("1.234,56", 1234.56), ("-3", -3), ("−1,2", -1.2), ("+4", 4), ("0,5", 0.5), ("1\u202f234", 1234),
    ],
)  # fmt: skip
def test_german_numbers_are_read_as_germans_write_them(text, number):
    assert parse_number(text) == number


@pytest.mark.parametrize(
    "text",
    ["", "ca. 40", "1.5", "0.123", "1.2345", "12.34", "1,234.5", "1.234.56", "12 %", "1 234", "x", "--3", "1e3", "٣",
     "31.12.2025", "1.234\u202f567", ",5", "5,"],
)  # fmt: skip
def test_what_is_not_surely_a_number_is_refused(text):
    with pytest.raises(NotANumber):
        parse_number(text)


@pytest.mark.parametrize(("number", "text"), [(12.0, "12"), (0.5, "0,5"), (-3.25, "-3,25"), (5999004, "5999004")])
def test_a_spreadsheet_number_becomes_the_text_it_shows(number, text):
    assert number_text(number) == text
    assert parse_number(number_text(number)) == number


@pytest.mark.parametrize(("text", "day"), [("31.12.2025", "2025-12-31"), ("1.2.2024", "2024-02-01"),
                                           ("2024-02-29", "2024-02-29")])  # fmt: skip
def test_days_become_iso_texts(text, day):
    assert parse_day(text) == day


@pytest.mark.parametrize("text", ["31.13.2025", "30.02.2025", "31.12.25", "2025", "12/31/2025", "", "31122025"])
def test_a_day_that_is_not_in_the_calendar_is_refused(text):
    with pytest.raises(NotADay):
        parse_day(text)


@pytest.mark.parametrize(
    ("text", "day"), [("202512", "2025-12-31"), ("202402", "2024-02-29"), ("202106", "2021-06-30")]
)
def test_a_reporting_month_means_its_last_day(text, day):
    assert parse_month_end(text) == day


@pytest.mark.parametrize("text", ["202513", "2025", "20251231", "122025", "Dez 2025"])
def test_a_wrong_reporting_month_is_refused(text):
    with pytest.raises(NotADay):
        parse_month_end(text)


def test_a_bare_year_is_a_year_and_nothing_else():
    assert parse_year("2025") == "2025"
    with pytest.raises(NotADay):
        parse_year("25")


def test_coordinates_are_read_with_either_sign_of_decimals_and_what_is_none_stays_unknown():
    found = decimals([" 294115.5", "5628000,25", 12, "", "ca. 3", "1.234,5"])
    assert found[:3].tolist() == [294115.5, 5628000.25, 12.0]
    assert [math.isnan(number) for number in found[3:]] == [True, True, True]
