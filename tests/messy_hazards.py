"""What goes wrong in files beyond mess: contradictions and damage that must be refused or asked, never read over."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from messy_files import Column

KINDS = (
    "names_swapped", "wrong_sum", "twice", "unknown_key", "remark_in_number", "second_key", "gap", "percent", "ragged",
    "years", "negative",
)  # fmt: skip


def spoil_columns(
    kind: str, chance: Random, columns: list[Column], rows: list[tuple[str, str]], twin: list[str]
) -> None:
    """Spoil texts before they are placed; truths stay as they are. twin : another key of each row."""
    places = [i for i, (role, _unit) in enumerate(rows) if role == "place"]
    counts = [column for column in columns if column.kind == "count"]
    number, first, second = counts[0], *chance.sample(places, 2)
    if kind == "names_swapped":
        for column in columns:
            if column.kind == "name":
                column.texts[first], column.texts[second] = column.texts[second], column.texts[first]
    elif kind == "wrong_sum":
        for i, (role, _unit) in enumerate(rows):
            if role == "sum":
                number.texts[i] = str(int("".join(filter(str.isdigit, number.texts[i]))) + 1_000_000)
    elif kind == "twice":
        key = next(column for column in columns if column.kind == "key")
        key.texts[first] = key.texts[second]
    elif kind == "unknown_key":
        key = next(column for column in columns if column.kind == "key")
        key.texts[first] = key.texts[first][:-1] + "7x"
    elif kind == "remark_in_number":
        number.texts[first] = chance.choice(("ca. 40", "12 1)", "12 %", "k.A.", "fehlt", "1 234", "12,5"))
        number.truths[first] = (None, "missing")  # whatever it was: no number may be read from it
    elif kind == "second_key":
        head = chance.choice(("Schlüssel alt", "Kennziffer", "Gebiet neu"))
        columns.insert(chance.choice((0, 1)), type(number)("twin", (head,), twin))
    elif kind == "years" and all(role == "place" for role, _unit in rows):
        for i in places:
            value = chance.randint(1950, 2050)
            number.texts[i], number.truths[i] = str(value), (float(value), "observed")
    elif kind == "negative":
        number.texts[first], number.truths[first] = "-5", (None, "missing")


def spoil_sheet(kind: str, chance: Random, sheet: list[list[str]], first: int, count: int) -> None:
    """An empty row in the table, or a field that fell apart at its comma."""
    if kind == "gap" and count > 3:
        row = sheet[first + count // 2]
        row[:] = ["" for _cell in row]
    elif kind == "ragged":
        row = sheet[first + chance.randrange(count)]
        row.append("5")
    elif kind == "percent":
        for row in sheet[first : first + count]:
            row[-1] = f"{row[-1]} %" if row[-1].isdigit() else row[-1]
