"""Messy files from known truth: random heads, separators, encodings, signs, dates, sums, titles and notes.

Every file is made from a seed alone. Its truth is kept by cell, so that a reading can be compared without
knowing how columns or features were named.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import messy_world as world
from messy_dates import DATE_STYLES, DateStyle, dated
from messy_hazards import KINDS, spoil_columns, spoil_sheet
from messy_writing import text_of, workbook_of
from sozialraum.deliveries.heads import column_letters


@dataclass(frozen=True, slots=True)
class TrueCell:
    """What one cell stands for. number : the true one, None when there is none. role : place or residual."""

    role: str
    unit: str
    period: str
    number: float | None
    status: str


@dataclass
class MessyFile:
    """A file and the truth about it.

    cells : (row, letter) -> TrueCell, of columns that are counts. asked : beginnings of the questions that the file
    must raise because nobody could know. doubtful : why it may be refused or asked although a person sees no doubt.
    """

    name: str
    data: bytes = b""
    sheet: list[list[str]] = field(default_factory=list)
    cells: dict[tuple[int, str], TrueCell] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    doubtful: set[str] = field(default_factory=set)
    unit: str = "persons"
    styles: dict[str, world.SignStyle] = field(default_factory=dict)
    decimals: dict[str, str] = field(default_factory=dict)
    shares: set[str] = field(default_factory=set)
    rows: dict[int, str] = field(default_factory=dict)
    key: str = ""
    date: DateStyle | None = None
    rounded: bool = False
    group: str = ""
    head: int = 0
    first: int = 0

    @property
    def is_clear(self) -> bool:
        """Whether a person who knows the project has no doubt about anything in it."""
        return not self.asked and not self.doubtful

    def write(self, folder: Path) -> Path:
        path = folder / self.name
        path.write_bytes(self.data)
        return path


@dataclass
class Column:
    """A column under construction. texts : one per row of the table; truths : of the same rows, if it counts."""

    kind: str
    head: tuple[str, ...]
    texts: list[str]
    truths: list[tuple[float | None, str]] = field(default_factory=list)
    style: world.SignStyle = world.NO_SIGNS
    form: str = "plain"
    period: str = ""


def messy_file(seed: int, number: int, workbook: bool | None = None) -> MessyFile:
    """The file of this number; the same for the same seed."""
    chance = Random(f"messy-{seed}-{number}")
    workbook = chance.random() < 0.05 if workbook is None else workbook
    made = MessyFile("")
    roles, keys = _rows(chance, made)
    date = dated(chance.choice(DATE_STYLES), chance)
    made.date = date
    if date.asks:
        made.asked.add(date.asks)
    columns = _columns(chance, made, roles, keys, date)
    hazard = chance.choice(KINDS) if chance.random() < 0.12 else ""
    if hazard:
        made.doubtful.add(hazard)
        twins = {area: key for key, area in WORLD.agency_keys.items()}
        spoil_columns(hazard, chance, columns, roles, [twins.get(unit, "") for _role, unit in roles])
    _place(chance, made, columns, roles, date)
    stem = chance.choice(("Kita", "Jugendamt_Auswertung", "daten", "Lieferung-A", "AkG_C"))
    made.name = f"{stem}{date.in_name}.{'xlsx' if workbook else chance.choice(('csv', 'txt'))}"
    made.data = workbook_of(chance, made) if workbook else text_of(chance, made)
    return made


def _rows(chance: Random, made: MessyFile) -> tuple[list[tuple[str, str]], list[dict[str, str]]]:
    """Role and unit of every row, and the texts that name them: key, name, town."""
    places = WORLD
    ground = chance.choices(("area", "agency", "block", "municipality", "name"), (50, 18, 16, 6, 10))[0]
    towns = sorted(chance.sample(sorted(world.TOWNS), chance.choice((1, 2, 3))))
    by_key = {
        "area": {area: area for area in places.area_ids}, "agency": dict(places.agency_keys),
        "block": {block: block for block in places.blocks["block_id"]},
        "municipality": {ags: ags for ags in world.TOWNS},
        "name": {name: area for area, name in places.area_names.items()},
    }[ground]  # fmt: skip
    if ground == "municipality":
        towns = sorted(world.TOWNS)
    kept = [(key, unit) for key, unit in by_key.items() if unit[:8] in towns]
    if chance.random() < 0.2:
        chance.shuffle(kept)
    bare = ground in ("area", "block", "municipality") and chance.random() < 0.15
    rows = [("place", unit) for _key, unit in kept]
    names = {**places.area_names, **world.TOWNS}
    texts = [
        {"key": key.lstrip("0") if bare else key, "name": names.get(unit, f"Block {i + 1}"), "town": unit[:8]}
        for i, (key, unit) in enumerate(kept)
    ]
    home = towns[0] if len(towns) == 1 else "region"
    if ground == "municipality":
        home = "region"
    if chance.random() < 0.35:
        word = chance.choice(world.RESIDUAL_WORDS)
        rows.append(("residual", home))
        texts.append({"key": word, "name": "", "town": ""})
        made.rows[len(rows) - 1] = "residual"
    elif chance.random() < 0.05:
        rows.append(("residual", home))
        texts.append({"key": chance.choice(world.ODD_WORDS), "name": "", "town": ""})
        made.asked.add("row:")
        made.rows[len(rows) - 1] = "residual"
    if chance.random() < 0.55:
        word = chance.choice(world.SUM_WORDS)
        at = 0 if chance.random() < 0.12 else len(rows)
        empty_key = ground != "name" and chance.random() < 0.12
        rows.insert(at, ("sum", ""))
        texts.insert(at, {"key": "" if empty_key else word, "name": word if empty_key else "", "town": ""})
        made.rows = {row + (row >= at): role for row, role in made.rows.items()} | {at: "sum"}
    made.key = ground
    return rows, texts


def _columns(
    chance: Random, made: MessyFile, rows: list[tuple[str, str]], texts: list[dict[str, str]], date: DateStyle
) -> list[Column]:
    """All columns in their order: key, name and so on, and the numbers."""
    columns = [Column("key", (chance.choice(("Gebiet", "Schlüssel", "Sozialraum", "Nr. des Gebiets")),),
                      [each["key"] for each in texts])]  # fmt: skip
    needs_name = any(role == "sum" and not each["key"] for (role, _unit), each in zip(rows, texts, strict=True))
    if made.key != "name" and (needs_name or chance.random() < 0.5):
        name = Column("name", (chance.choice(("Name", "Bezeichnung")),), [each["name"] for each in texts])
        columns.insert(chance.choice((0, 1)), name)
    if made.key in ("area", "agency", "block") and chance.random() < 0.2:
        columns.insert(0, Column("town", ("Gemeinde",), [each["town"] for each in texts]))
    if date.in_column:
        columns.insert(chance.choice((0, len(columns))), Column("day", (date.head,), [date.in_column] * len(texts)))
    numbers = _number_columns(chance, made, rows, date)
    if chance.random() < 0.15:
        numbers.insert(chance.randrange(len(numbers) + 1), Column("blank", ("",), [""] * len(texts)))
    if chance.random() < 0.15:
        remark = ["" if chance.random() < 0.7 else "siehe Vorjahr" for _each in texts]
        numbers.append(Column("remark", ("Bemerkung",), remark))
    columns += numbers
    if chance.random() < 0.15:
        columns.insert(0, Column("running", ("lfd. Nr.",), [str(i + 1) for i in range(len(texts))]))
    return columns


def _number_columns(chance: Random, made: MessyFile, rows: list[tuple[str, str]], date: DateStyle) -> list[Column]:
    theme = world.DUMB if chance.random() < 0.06 else chance.choice(world.THEMES)
    made.unit = theme.unit or chance.choice(("persons", "households", "cases", "units"))
    if not theme.unit and not any("Fälle" in line for line in date.titles):
        made.asked.add("counts")
    style = chance.choice(world.SIGN_STYLES) if chance.random() < 0.55 else world.NO_SIGNS
    made.rounded = chance.random() < 0.03
    heads = [(theme.group, sub) for sub in chance.sample(theme.columns, chance.randint(1, len(theme.columns)))]
    if date.in_heads:
        heads = [(theme.group, text) for text in date.in_heads]
    made_columns = []
    for i, head in enumerate(heads):
        size = chance.choices((40, 700, 5_000, 3_000_000), (40, 40, 15, 5))[0]
        form = chance.choices(("plain", "space", "point", "comma"), (70, 10, 16, 4))[0]
        column = _counts(chance, rows, size, style if chance.random() < 0.8 else world.NO_SIGNS, made.rounded)
        column.head, column.form = head, form
        column.texts = [grouped(text, form, chance) for text in column.texts]
        column.period = date.periods[i] if date.in_heads else date.periods[0]
        made_columns.append(column)
    if chance.random() < 0.25:
        sign = chance.choice((",", ".", ","))
        shares = [f"{chance.randint(0, 99)}{sign}{chance.randint(1, 9)}" for _row in rows]
        made_columns.append(Column("share", ("", chance.choice(world.SHARES)), shares))
    return made_columns


def _counts(chance: Random, rows: list[tuple[str, str]], size: int, style: world.SignStyle, rounded: bool) -> Column:
    """Texts and truths of a column of counts; a sum is the sum of the true numbers, hidden ones too."""
    column, total = Column("count", (), []), 0
    for role, _unit in rows:
        signs = [text for text in style.signs if text or role == "place"]
        if role == "sum":
            text, number, status = "", None, "sum"
        elif signs and not rounded and chance.random() < 0.25:
            text = chance.choice(signs)
            status, least, most = style.signs[text]
            number = None if least is None or most is None else chance.randint(least, most)
            total += number if number is not None else chance.randint(0, 20)
        else:
            number = chance.randint(0, size) if role == "place" else chance.randint(0, 20)
            text, status = str(5 * ((number + 2) // 5) if rounded else number), "rounded" if rounded else "observed"
            total += number
        column.texts.append(text)
        column.truths.append((number, status))
    for i, (role, _unit) in enumerate(rows):
        if role == "sum":
            column.texts[i] = str(5 * ((total + 2) // 5) if rounded else total)
    column.style = style if any(text in style.signs for text in column.texts) else world.NO_SIGNS
    return column


def grouped(text: str, form: str, chance: Random) -> str:
    """A whole number with its thousands apart: by a no-break space, a point or a comma."""
    if form == "plain" or not text.isdigit() or len(text) < 4:
        return text
    between = {"space": chance.choice(("\u00a0", "\u00a0", "\u202f")), "point": ".", "comma": ","}[form]
    return f"{int(text):,}".replace(",", between)


def _place(
    chance: Random, made: MessyFile, columns: list[Column], rows: list[tuple[str, str]], date: DateStyle
) -> None:
    """Put titles, head, rows and notes into the sheet, and the truth to its cells."""
    titles = [chance.choice(world.TITLES) for _line in range(chance.choice((0, 1, 1, 2)))] + list(date.titles)
    width = len(columns)
    sheet = [[line] for line in titles]
    if titles and chance.random() < 0.6:
        sheet.append([""] * width)
    if made.rounded:
        sheet.insert(0, ["Alle Zahlen sind auf ein Vielfaches von 5 gerundet"])
    depth = chance.choice((1, 1, 2, 2, 3))
    made.head = len(sheet)
    sheet += _heads(chance, columns, depth)
    made.first = first = len(sheet)
    sheet += [[column.texts[i] for column in columns] for i in range(len(rows))]
    for hazard in made.doubtful:
        spoil_sheet(hazard, chance, sheet, first, len(rows))
    legend = [line for column in columns for line in column.style.legend]
    notes = list(dict.fromkeys([*legend, *chance.sample(world.FOOTERS, chance.choice((0, 0, 1, 2)))]))
    if chance.random() < 0.2:
        sheet.append([chance.choice(world.DIRECT_FOOTERS)])
    if notes:
        sheet.append([""] * width)
        sheet += [[line] for line in notes]
    if chance.random() < 0.5:
        sheet = [row + [""] * (width - len(row)) for row in sheet]
    made.sheet, made.rows = sheet, {first + row + 1: role for row, role in made.rows.items()}
    for place, column in enumerate(columns):
        _truths(made, column, column_letters(place), first, rows, several=len(date.in_heads) > 1)


def _truths(
    made: MessyFile, column: Column, letter: str, first: int, rows: list[tuple[str, str]], *, several: bool
) -> None:
    if column.kind == "key":
        made.key = letter
    if column.kind == "share":
        made.shares.add(letter)
    if column.kind != "count":
        return
    made.group = made.group or letter
    name = made.group if several else letter  # columns of one feature are asked about once
    made.styles[letter], made.decimals[letter] = column.style, "skip" if column.form == "comma" else ","
    separated = [text for text in column.texts if any(sign in text for sign in ".,") and text[0].isdigit()]
    proven = column.form == "point" and _is_proven(column, rows)
    if separated and not proven and (column.form == "comma" or all(len(text) < 8 for text in separated)):
        made.asked.add(f"decimal:{name}")
    if not column.style.clear:
        made.asked.add(f"signs:{name}")
    if several and column.style.signs:
        made.styles[made.group] = column.style
    for i, ((role, unit), (number, status)) in enumerate(zip(rows, column.truths, strict=True)):
        if role != "sum":
            made.cells[first + i + 1, letter] = TrueCell(role, unit, column.period, number, status)


def _is_proven(column: Column, rows: list[tuple[str, str]]) -> bool:
    """Whether each row has a number and the one total shows that their points stand between thousands."""
    numbers = all(text.replace(".", "").isdigit() for text in column.texts)
    return numbers and [role for role, _unit in rows].count("sum") == 1


def _heads(chance: Random, columns: list[Column], depth: int) -> list[list[str]]:
    """One to three rows of heads: a group stands once above its columns, other heads in the first or last row."""
    if depth == 1:
        return [[_decorated(chance, " ".join(part for part in column.head if part)) for column in columns]]
    upper, lower, before = [], [], ""
    low = chance.random() < 0.5
    for column in columns:
        if len(column.head) == 1:
            upper.append("" if low else column.head[0])
            lower.append(column.head[0] if low else "")
            before = ""
        else:
            upper.append(column.head[0] if column.head[0] != before else "")
            lower.append(_decorated(chance, column.head[1]))
            before = column.head[0]
    third = [[str(i + 1) for i in range(len(columns))]] if depth == 3 and chance.random() < 0.5 else []
    top = [["" if len(column.head) == 1 else "Anzahl" for column in columns]] if depth == 3 and not third else []
    return [*top, upper, lower, *third]


def _decorated(chance: Random, text: str) -> str:
    """With a footnote mark, a hyphen where the line was broken, or blanks."""
    if text and chance.random() < 0.08:
        text += chance.choice((" 1)", "1)", "²", "1" if text[-1].isalpha() else "²"))
    if "Betreuung" in text and chance.random() < 0.3:
        text = text.replace("Betreuung", "Betreu-\nung")
    return f" {text} " if text and chance.random() < 0.05 else text


WORLD = world.world()
