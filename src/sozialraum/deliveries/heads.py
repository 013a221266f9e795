"""Find the head of a table and which of its columns is which."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from sozialraum.base import Finding, _, quoted
from sozialraum.deliveries.collector import refused
from sozialraum.deliveries.files import DELIMITERS, LINES_FOR_THE_HEAD, Content, Sheet
from sozialraum.deliveries.large_text import Window
from sozialraum.deliveries.recipe import Column, Recipe
from sozialraum.deliveries.which_sheet import sheets_of

_MARKED_FOOTNOTE = re.compile(r"\s*(?:\d\)|[¹²³⁴⁵⁶⁷⁸⁹]\)?)$")
_GLUED_DIGIT = re.compile(r"(?<=[^\W\d_])\d$")
_HYPHEN_IN_WORD = re.compile(r"(?<=[a-zäöüß])(?:\u00ad|[-‐]\s*\n\s*)(?=[a-zäöüß])")
NO_HEADS: Mapping[str, str] = {}
Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Head:
    """Where the head stands (position of its first row) and which column is which.

    recipe : with every column that stands there several times taken apart ('unemployed 1', 'unemployed 2').
    """

    sheet: Sheet
    row: int
    heads: tuple[str, ...]
    positions: Mapping[str, int]
    recipe: Recipe


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


def match_heads(
    heads: Sequence[str], columns: Mapping[str, Column], meant: Mapping[str, str] = NO_HEADS
) -> dict[str, list[int]]:
    """Positions at which each declared column stands (none, one, or wrongly several).

    meant : head as printed -> short name of the column a person said it stands for.
    A digit glued to a head ('Arbeitslose1') is taken for a footnote only where the head as it
    stands fits no column, so 'ALO_U25' stays itself.
    """
    said = [meant.get(head, "") for head in heads]
    found = {name: [i for i, each in enumerate(said) if each == name] for name in columns}
    for name, column in columns.items():
        found[name] = found[name] or [i for i, head in enumerate(heads) if not said[i] and _fits(head, column, i)]
    taken = {place for places in found.values() for place in places}
    for name, column in columns.items():
        if not found[name]:
            found[name] = [
                i for i, head in enumerate(heads) if i not in taken and _fits(_GLUED_DIGIT.sub("", head), column, i)
            ]
    return found


def _fits(head: str, column: Column, place: int) -> bool:
    if column.letter:
        return not head and column_letters(place) == column.letter
    if column.like is not None and column.like.fullmatch(head):
        return True
    return (bool(column.head) and head == column.head) or head in column.also


def candidates(sheets: Sequence[Sheet], recipe: Recipe) -> Iterator[tuple[Sheet, int, tuple[str, ...]]]:
    """Every row that could be the head, with its texts."""
    for sheet in sheets_of(sheets, recipe):
        for row in range(min(len(sheet.rows) - recipe.head_rows + 1, LINES_FOR_THE_HEAD)):
            yield sheet, row, head_texts(sheet, row, recipe.head_rows)


def find_heads(
    sheets: Sequence[Sheet], recipe: Recipe, meant: Mapping[str, str] = NO_HEADS
) -> list[tuple[Sheet, int, tuple[str, ...]]]:
    """The first row of each sheet that holds all columns of the recipe."""
    found: dict[str, tuple[Sheet, int, tuple[str, ...]]] = {}
    for sheet, row, heads in candidates(sheets, recipe):
        if sheet.name not in found and all(match_heads(heads, recipe.columns, meant).values()):
            found[sheet.name] = (sheet, row, heads)
    return list(found.values())


def sheets_with_head(content: Content, recipe: Recipe, meant: Mapping[str, str] = NO_HEADS) -> tuple[str, ...]:
    """Names of the sheets that hold all columns of the recipe, whichever of them it names; () of a text."""
    return tuple(sheet.name for sheet, _row, _heads in find_heads(content.sheets, replace(recipe, sheet=""), meant))


def delimiter_of(content: Content, recipe: Recipe, meant: Mapping[str, str] = NO_HEADS) -> str | None:
    """The delimiter with which the head of the recipe is there; None when with none of them."""
    if content.sheets:
        return "" if find_heads(content.sheets, recipe, meant) else None
    for delimiter in DELIMITERS:
        if find_heads(content.cut(delimiter, LINES_FOR_THE_HEAD + recipe.head_rows), recipe, meant):
            return delimiter
    return None


@dataclass(frozen=True, slots=True)
class Nearest:
    """The row that comes nearest to the head of a recipe.

    lost : short names of columns that are not there. there : heads that are. free : positions of heads that
    no column of the recipe claims. row : position of the head's last row, -1 when nothing comes near.
    """

    lost: tuple[str, ...]
    there: tuple[str, ...]
    heads: tuple[str, ...] = ()
    free: tuple[int, ...] = ()
    row: int = -1
    sheet: str = ""


def nearest_head(content: Content, recipe: Recipe, meant: Mapping[str, str] = NO_HEADS) -> Nearest:
    """The row with most of the recipe's columns."""
    best, most = Nearest(tuple(recipe.columns), ()), 0
    for delimiter in ("",) if content.sheets else DELIMITERS:
        for sheet, row, heads in candidates(content.cut(delimiter or ";", LINES_FOR_THE_HEAD), recipe):
            matched = match_heads(heads, recipe.columns, meant)
            hits = sum(bool(places) for places in matched.values())
            if hits > most:
                taken = {place for places in matched.values() for place in places}
                most, best = hits, Nearest(
                    lost=tuple(name for name, places in matched.items() if not places),
                    there=tuple(head for head in heads if head),
                    heads=heads,
                    free=tuple(i for i, head in enumerate(heads) if head and i not in taken),
                    row=row + recipe.head_rows - 1,
                    sheet=sheet.name,
                )  # fmt: skip
    return best


def find_head(
    path: Path, content: Content, recipe: Recipe, meant: Mapping[str, str] = NO_HEADS, window: Bounds | None = None
) -> Head:
    """The one head of the file; refused when it is not there, twice, or has a column twice.

    window : of a text too long to be held, only grid cells inside are kept.
    """
    delimiter = delimiter_of(content, recipe, meant)
    if delimiter is None:
        raise refused(path.name, _no_head(path, content, recipe, meant))
    inside = _window(content, delimiter, recipe, meant, window)
    heads = find_heads(content.cut(delimiter or ";", window=inside), recipe, meant)
    if len(heads) != 1:
        raise refused(path.name, _several_heads(path, heads) if heads else _no_head(path, content, recipe, meant))
    sheet, row, texts = heads[0]
    matched = match_heads(texts, recipe.columns, meant)
    twice = [
        Finding(
            _("Die Spalte „{head}“ steht {count}-mal im Kopf.").format(head=texts[places[0]], count=len(places)),
            path.name, sheet.name, row + recipe.head_rows, texts[places[0]], code="ambiguous",
            cell=f"{column_letters(places[1])}{row + recipe.head_rows}", found=texts[places[0]],
        )
        for name, places in matched.items() if len(places) > 1 and not recipe.columns[name].many
    ]  # fmt: skip
    if twice:
        raise refused(path.name, twice)
    return Head(sheet, row, texts, *_taken_apart(recipe, matched))


def _window(
    content: Content, delimiter: str, recipe: Recipe, meant: Mapping[str, str], bounds: Bounds | None
) -> Window | None:  # fmt: skip
    """The window as positions of columns, for a long text of grid cells."""
    if content.large is None or recipe.grid is None or bounds is None:
        return None
    _sheet, row, heads = find_heads(content.cut(delimiter, LINES_FOR_THE_HEAD + recipe.head_rows), recipe, meant)[0]
    matched = match_heads(heads, recipe.columns, meant)
    x, y = matched[recipe.grid.x][0], matched[recipe.grid.y][0]
    return Window(x, y, *bounds, first=row + recipe.head_rows, decimal=".")


def _taken_apart(recipe: Recipe, matched: Mapping[str, list[int]]) -> tuple[dict[str, int], Recipe]:
    """Positions by short name, and the recipe with one column and one rule for each repeated column."""
    positions: dict[str, int] = {}
    columns: dict[str, Column] = {}
    parts: dict[str, list[str]] = {}
    for name, column in recipe.columns.items():
        names = [f"{name} {i + 1}" for i in range(len(matched[name]))] if column.many else [name]
        parts[name] = names
        positions |= dict(zip(names, matched[name], strict=True))
        columns |= {each: replace(column, name=each) for each in names}
    if all(len(names) == 1 for names in parts.values()) and columns.keys() == recipe.columns.keys():
        return positions, recipe
    values = [replace(rule, column=name) for rule in recipe.values for name in parts.get(rule.column, [rule.column])]
    return positions, replace(recipe, columns=columns, values=tuple(values))


def _no_head(path: Path, content: Content, recipe: Recipe, meant: Mapping[str, str]) -> list[Finding]:
    """One finding for each column that is missing, with the head that may be meant."""
    near = nearest_head(content, recipe, meant)
    todo = _("Erwartet wird: {title}.").format(title=_(recipe.title))
    shown = {name: recipe.columns[name].shown for name in near.lost}
    if not near.there:
        what = _("Es wurde keine Tabelle mit den Spalten {lost} gefunden.").format(lost=_quoted([*shown.values()]))
        return [Finding(what, path.name, todo=todo, code="missing_column")]
    what = _("Im Kopf der Tabelle fehlt: {lost}; vorhanden ist: {there}.")
    if len(shown) > len(recipe.columns) / 2:
        joint = what.format(lost=_quoted([*shown.values()]), there=_quoted(near.there))
        return [Finding(joint, path.name, near.sheet, todo=todo, code="missing_column")]
    findings = []
    for name, head in shown.items():
        place = likely_place(near, recipe, name)
        found = near.heads[place] if place >= 0 else ""
        cell = f"{column_letters(place)}{near.row + 1}" if place >= 0 else ""
        hint = _("Vielleicht ist „{found}“ gemeint.").format(found=found) + " " if found else ""
        findings.append(Finding(
            what.format(lost=quoted(head), there=_quoted(near.there)), path.name, near.sheet, near.row + 1, "",
            hint + todo, code="missing_column", cell=cell, found=found, offer=name,
        ))  # fmt: skip
    return findings


def likely_place(near: Nearest, recipe: Recipe, name: str) -> int:
    """Position of the head that probably is this column under another name, -1 when none is likely."""
    column = recipe.columns[name]
    for known in (column.head, *column.also):
        alike = difflib.get_close_matches(known, [near.heads[i] for i in near.free], n=1, cutoff=0.6) if known else []
        if alike:
            return near.heads.index(alike[0])
    return near.free[0] if len(near.free) == 1 == len(near.lost) else -1


def _several_heads(path: Path, heads: Sequence[tuple[Sheet, int, tuple[str, ...]]]) -> list[Finding]:
    names = ", ".join(quoted(sheet.name) for sheet, _row, _heads in heads)
    what = _("Mehrere Blätter enthalten die Tabelle: {names}.").format(names=names)
    return [Finding(what, path.name, todo=_("Bitte das Blatt wählen, das gelesen wird."), code="ambiguous")]


def _quoted(names: Sequence[str]) -> str:
    shown = ", ".join(quoted(name) for name in names[:12])
    return shown + (" …" if len(names) > 12 else "")


def column_place(letters: str) -> int:
    """0 for 'A', 26 for 'AA', -1 for what names no column."""
    if not re.fullmatch(r"[A-Z]{1,3}", letters):
        return -1
    place = 0
    for letter in letters:
        place = 26 * place + ord(letter) - 64
    return place - 1


def column_letters(place: int) -> str:
    """'A' for 0, 'Z' for 25, 'AA' for 26."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
