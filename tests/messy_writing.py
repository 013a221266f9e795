"""Write a messy sheet as text or workbook."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime
from random import Random
from typing import TYPE_CHECKING, Any

import xlsxwriter

if TYPE_CHECKING:
    from messy_files import MessyFile

SEPARATORS = (";", ",", "\t", "|")
ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "cp850", "mac_roman")


def text_of(chance: Random, made: MessyFile) -> bytes:
    """The sheet as text: any separator, quoting, end of line and encoding that can hold it."""
    stream = io.StringIO()
    quoting = csv.QUOTE_ALL if chance.random() < 0.2 else csv.QUOTE_MINIMAL
    end = chance.choice(("\r\n", "\n"))
    writer = csv.writer(stream, delimiter=chance.choice(SEPARATORS), quoting=quoting, lineterminator=end)
    writer.writerows(made.sheet)
    text, encoding = stream.getvalue(), chance.choice(ENCODINGS)
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode("utf-8")


def workbook_of(chance: Random, made: MessyFile) -> bytes:
    """The sheet as a workbook, numbers and dates as such, groups merged or not."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        if chance.random() < 0.3:
            book.add_worksheet("Hinweise").write(0, 0, "Die Zahlen stammen aus dem Fachverfahren.")
        sheet = book.add_worksheet(chance.choice(("Tabelle1", "Daten")))
        dates = book.add_format({"num_format": "dd.mm.yyyy"})
        for place, row in enumerate(made.sheet):
            for column, text in enumerate(row):
                if text.isdecimal() and text.isascii() and len(text) < 7:
                    sheet.write_number(place, column, int(text))
                elif re.fullmatch(r"\d+,\d", text):
                    sheet.write_number(place, column, float(text.replace(",", ".")))
                elif re.fullmatch(r"\d\d\.\d\d\.\d{4}", text) and place >= made.first:
                    sheet.write_datetime(place, column, datetime.strptime(text, "%d.%m.%Y"), dates)
                elif text:
                    sheet.write_string(place, column, text)
        if chance.random() < 0.6:
            _merge(sheet, made)
    return stream.getvalue()


def _merge(sheet: Any, made: MessyFile) -> None:
    """Groups merged over their columns, and heads of one row merged down."""
    upper, lower = made.sheet[made.head], made.sheet[made.first - 1]
    if made.first - made.head != 2:
        return
    for column, text in enumerate(upper):
        end = column
        while text and lower[column] and end + 1 < len(upper) and not upper[end + 1] and lower[end + 1]:
            end += 1
        if end > column:
            sheet.merge_range(made.head, column, made.head, end, text)
        elif text and not lower[column]:
            sheet.merge_range(made.head, column, made.head + 1, column, text)
