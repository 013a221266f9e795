"""Find the table in a sheet: title rows above it, its head, its rows, and what stands below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np

from sozialraum.base import Finding, _, quoted
from sozialraum.deliveries.collector import Collector, refused
from sozialraum.deliveries.files import DELIMITERS, LINES_FOR_THE_HEAD, Content, Rows, Sheet, unclosed
from sozialraum.deliveries.recipe import Column, Recipe

_MARKED_FOOTNOTE = re.compile(r"\s*(?:\d\)|[¹²³⁴⁵⁶⁷⁸⁹]\)?)$")
_GLUED_DIGIT = re.compile(r"(?<=[^\W\d_])\d$")
_HYPHEN_IN_WORD = re.compile(r"(?<=[a-zäöüß])(?:\u00ad|[-‐]\s*\n\s*)(?=[a-zäöüß])")
FORM_SHEET = "sozialraum"  # of forms that come back filled in: it says how they are read
_FOOTNOTE_LINE = re.compile(r"(?:\d\)|[¹²³⁴⁵⁶⁷⁸⁹]\)?)\s*\S")


@dataclass(frozen=True, slots=True)
class Codes:
    """A column of texts as positions in its distinct texts (stripped of blanks around them)."""

    codes: np.ndarray
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The table of one file.

    cells : by short column name, texts; all of the same length as `rows`, the row numbers (from 1)
    as a person counts them. heads : what stands above each column. titles, legend : lines around it.
    letters : 'A', 'B', … by short column name. other_heads : columns no recipe asks for.
    """

    sheet: str
    heads: Mapping[str, str]
    letters: Mapping[str, str]
    cells: Mapping[str, Sequence[str]]
    rows: np.ndarray
    titles: tuple[str, ...]
    legend: tuple[str, ...]
    other_heads: tuple[str, ...]
    known_codes: dict[str, Codes] = field(default_factory=dict, repr=False)

    def coded(self, name: str) -> Codes:
        """A column factorised: each distinct text is parsed once however often it occurs."""
        if name not in self.known_codes:
            column = self.cells[name]
            distinct = {text: text.strip() for text in dict.fromkeys(column)}
            place = {text: code for code, text in enumerate(dict.fromkeys(distinct.values()))}
            code_of = {text: place[stripped] for text, stripped in distinct.items()}
            codes = np.fromiter(map(code_of.__getitem__, column), np.int64, len(column))
            self.known_codes[name] = Codes(codes, tuple(place))
        return self.known_codes[name]


@dataclass(frozen=True, slots=True)
class Head:
    """Where the head stands (position of its first row) and which column is which."""

    sheet: Sheet
    row: int
    heads: tuple[str, ...]
    positions: Mapping[str, int]


def clean_head(text: str) -> str:
    """A head without line breaks, hyphens of line breaks and footnote marks ('1)', '²')."""
    text = _HYPHEN_IN_WORD.sub("", text)
    return _MARKED_FOOTNOTE.sub("", " ".join(text.split()))


def head_texts(sheet: Sheet, row: int, count: int) -> tuple[str, ...]:
    """The heads of `count` rows from `row`, joined by ' | '; merged cells count for each column."""
    rows = [[clean_head(cell) for cell in each] for each in sheet.rows[row : row + count]]
    width = max((len(each) for each in rows), default=0)
    rows = [each + [""] * (width - len(each)) for each in rows]
    for (top, left), (bottom, right) in sheet.merged:
        if row <= top < row + count and left < width:
            for line in range(top, min(bottom, row + count - 1) + 1):
                rows[line - row][left : right + 1] = [rows[top - row][left]] * (min(right, width - 1) - left + 1)
    for upper, lower in pairwise(rows):
        for place in range(1, width):  # a group name stands once above its columns
            if not upper[place] and lower[place]:
                upper[place] = upper[place - 1]
    return tuple(_joined(parts) for parts in zip(*rows, strict=True))


def _joined(parts: Sequence[str]) -> str:
    kept: list[str] = []
    for part in parts:
        if part and (not kept or kept[-1] != part):
            kept.append(part)
    return " | ".join(kept)


def match_heads(heads: Sequence[str], columns: Mapping[str, Column]) -> dict[str, list[int]]:
    """Positions at which each declared column stands (none, one, or wrongly several).

    A digit glued to a head ('Arbeitslose1') is taken for a footnote only where the head as it
    stands fits no column, so 'ALO_U25' stays itself.
    """
    found = {name: [i for i, head in enumerate(heads) if _fits(head, column)] for name, column in columns.items()}
    taken = {place for places in found.values() for place in places}
    for name, column in columns.items():
        if not found[name]:
            found[name] = [
                i for i, head in enumerate(heads) if i not in taken and _fits(_GLUED_DIGIT.sub("", head), column)
            ]
    return found


def _fits(head: str, column: Column) -> bool:
    return column.like.fullmatch(head) is not None if column.like else head == column.head


def candidates(sheets: Sequence[Sheet], recipe: Recipe) -> Iterator[tuple[Sheet, int, tuple[str, ...]]]:
    """Every row that could be the head, with its texts."""
    for sheet in sheets:
        for row in range(min(len(sheet.rows) - recipe.head_rows + 1, LINES_FOR_THE_HEAD)):
            yield sheet, row, head_texts(sheet, row, recipe.head_rows)


def find_heads(sheets: Sequence[Sheet], recipe: Recipe) -> list[tuple[Sheet, int, tuple[str, ...]]]:
    """The first row of each sheet that holds all columns of the recipe."""
    found: dict[str, tuple[Sheet, int, tuple[str, ...]]] = {}
    for sheet, row, heads in candidates(sheets, recipe):
        if sheet.name not in found and all(match_heads(heads, recipe.columns).values()):
            found[sheet.name] = (sheet, row, heads)
    return list(found.values())


def delimiter_of(content: Content, recipe: Recipe) -> str | None:
    """The delimiter with which the head of the recipe is there; None when with none of them."""
    if content.sheets:
        return ""
    for delimiter in DELIMITERS:
        if find_heads(content.cut(delimiter, LINES_FOR_THE_HEAD + recipe.head_rows), recipe):
            return delimiter
    return None


def missing_columns(content: Content, recipe: Recipe) -> tuple[list[str], list[str]]:
    """Of the row that comes nearest to the head: columns that are missing, heads that are there."""
    best: tuple[int, list[str], list[str]] = (0, [column.shown for column in recipe.columns.values()], [])
    for delimiter in ("",) if content.sheets else DELIMITERS:
        for _sheet, _row, heads in candidates(content.cut(delimiter or ";", LINES_FOR_THE_HEAD), recipe):
            matched = match_heads(heads, recipe.columns)
            hits = sum(bool(places) for places in matched.values())
            if hits > best[0]:
                lost = [recipe.columns[name].shown for name, places in matched.items() if not places]
                best = (hits, lost, [head for head in heads if head])
    return best[1], best[2]


def find_head(path: Path, content: Content, recipe: Recipe) -> Head:
    """The one head of the file; refused when it is not there, twice, or has a column twice."""
    delimiter = delimiter_of(content, recipe)
    if delimiter is None:
        raise refused(path.name, [_no_head(path, content, recipe)])
    heads = find_heads(content.cut(delimiter or ";"), recipe)
    if len(heads) != 1:
        raise refused(path.name, [_several_heads(path, heads) if heads else _no_head(path, content, recipe)])
    sheet, row, texts = heads[0]
    matched = match_heads(texts, recipe.columns)
    twice = [
        Finding(
            _("Die Spalte „{head}“ steht {count}-mal im Kopf.").format(head=texts[places[0]], count=len(places)),
            path.name, sheet.name, row + recipe.head_rows, texts[places[0]],
        )
        for places in matched.values() if len(places) > 1
    ]  # fmt: skip
    if twice:
        raise refused(path.name, twice)
    return Head(sheet, row, texts, {name: places[0] for name, places in matched.items()})


def _no_head(path: Path, content: Content, recipe: Recipe) -> Finding:
    lost, there = missing_columns(content, recipe)
    if there:
        what = _("Im Kopf der Tabelle fehlt: {lost}; vorhanden ist: {there}.")
    else:
        what = _("Es wurde keine Tabelle mit den Spalten {lost} gefunden.")
    return Finding(
        what.format(lost=_quoted(lost), there=_quoted(there)),
        path.name,
        todo=_("Erwartet wird: {title}.").format(title=_(recipe.title)),
    )


def _several_heads(path: Path, heads: Sequence[tuple[Sheet, int, tuple[str, ...]]]) -> Finding:
    names = ", ".join(quoted(sheet.name) for sheet, _row, _heads in heads)
    return Finding(
        _("Mehrere Blätter enthalten die Tabelle: {names}.").format(names=names),
        path.name,
        todo=_("Bitte nur ein Blatt mit der Tabelle liefern."),
    )


def _quoted(names: Sequence[str]) -> str:
    shown = ", ".join(quoted(name) for name in names[:12])
    return shown + (" …" if len(names) > 12 else "")


def read_table(path: Path, content: Content, recipe: Recipe, log: Collector) -> Table:
    """Read the table: rows below the head to the first empty row or legend line, all as text."""
    head = find_head(path, content, recipe)
    rows = head.sheet.rows
    first = head.row + recipe.head_rows
    last = _end(rows, first, recipe.legend)
    body = rows[first:last]
    numbers = np.arange(first + 1, last + 1)
    _check_shape(body, first, head, rows[head.row : first], log, quoted='"' in content.text)
    if not log.has_errors and not body:
        log.add("error", _("Unter dem Kopf der Tabelle steht keine Zeile."), sheet=head.sheet.name, row=first)
    _check_rest(rows, last, head, recipe, log)
    log.refuse_on_errors()
    columns = list(zip(*body, strict=False))
    taken = set(head.positions.values())
    return Table(
        sheet=head.sheet.name,
        heads={name: head.heads[place] for name, place in head.positions.items()},
        letters={name: column_letters(place) for name, place in head.positions.items()},
        cells={name: columns[place] for name, place in head.positions.items()},
        rows=numbers,
        titles=_lines(head.sheet, 0, head.row),
        legend=_lines(head.sheet, last) + tuple(line for sheet in _others(content, head) for line in _lines(sheet)),
        other_heads=tuple(text for i, text in enumerate(head.heads) if text and i not in taken),
    )


def _others(content: Content, head: Head) -> list[Sheet]:
    return [sheet for sheet in content.sheets if sheet.name not in (head.sheet.name, FORM_SHEET)]


def _end(rows: Rows, first: int, legend: tuple[str, ...]) -> int:
    """Position of the first row below the table: empty, or beginning like a legend."""
    for place in range(first, len(rows)):
        row = rows[place]
        if len(row) > 1 and row[0] and row[1] and not row[0].startswith(legend or "\n"):
            continue  # the usual row, decided quickly
        if not any(cell.strip() for cell in row):
            return place
        beginning = row[0].lstrip()
        if legend and beginning.startswith(legend):
            return place
        if _FOOTNOTE_LINE.match(beginning) and not any(cell.strip() for cell in row[1:]):
            return place
    return len(rows)


def _check_shape(body: Rows, first: int, head: Head, head_rows: Rows, log: Collector, *, quoted: bool) -> None:
    """Every row has as many fields as the head, and the head stands there once."""
    names = list(head_rows[-1])
    for place, row in enumerate(body if quoted else ()):
        if any("\n" in cell for cell in row):
            what, todo = unclosed()
            log.add("error", what, row=first + place + 1, todo=todo)
    for place, row in enumerate(body):
        if len(row) != len(names):
            what = _("Die Zeile hat {there} statt {width} Felder.").format(there=len(row), width=len(names))
            log.add("error", what, sheet=head.sheet.name, row=first + place + 1)
        elif row[-1] == names[-1] and row == names:
            log.add("error", _("Hier steht der Kopf der Tabelle ein zweites Mal."), sheet=head.sheet.name,
                    row=first + place + 1, todo=_("Bitte nur eine Tabelle je Datei liefern."))  # fmt: skip


def _check_rest(rows: Rows, last: int, head: Head, recipe: Recipe, log: Collector) -> None:
    """Rows of the table below an empty row would be lost without a word: they are an error."""
    width = len(head.heads)
    for place in range(last, len(rows)):
        row = rows[place]
        if recipe.legend and row and row[0].lstrip().startswith(recipe.legend):
            continue  # a legend may contain the delimiter
        if len(row) == width and sum(bool(cell.strip()) for cell in row) >= max(3, (2 * width + 2) // 3):
            log.add("error", _("Unter einer leeren Zeile oder der Legende stehen weitere Zeilen der Tabelle."),
                    sheet=head.sheet.name, row=place + 1, todo=_("Bitte die Tabelle ohne Lücke liefern."))  # fmt: skip
            return


def _lines(sheet: Sheet, first: int = 0, last: int | None = None) -> tuple[str, ...]:
    """Rows as lines of text; where a sentence was cut at its semicolons it is joined again."""
    between = " " if sheet.name else "; "
    lines = (between.join(cell.strip() for cell in row if cell.strip()) for row in sheet.rows[first:last])
    return tuple(line for line in lines if line)


def column_letters(place: int) -> str:
    """'A' for 0, 'Z' for 25, 'AA' for 26."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
