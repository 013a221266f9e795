"""Show a file as it was read: every cell with the role it played, before anything is taken over."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sozialraum.base import Status
from sozialraum.deliveries.corrections import Corrections
from sozialraum.deliveries.files import DELIMITERS, LINES_FOR_THE_HEAD, Content, Sheet
from sozialraum.deliveries.heads import candidates, column_letters, match_heads
from sozialraum.deliveries.recipe import Recipe, ValueRule
from sozialraum.deliveries.sign_lines import with_own
from sozialraum.deliveries.signs import UnknownMark, read_value, sign_profiles
from sozialraum.deliveries.table import end_of_table

Role = Literal["key", "name", "head", "value", "hidden", "total", "text", "unread"]
LAST_ROWS = 15
FIRST_LINES = 1_000  # of a text that is too long to be held
WITHHELD = "…"
_HIDDEN = frozenset({Status.SUPPRESSED, Status.MISSING, Status.BLOCKED})


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row of the sheet: its number from 1 as a person counts, and text and role of each cell.

    roles : key, name (tells what the row is about: name, date, age), head, value, hidden (missing or hidden
    sign), total (a sum, checked only), text (above or below the table), unread.
    """

    number: int
    texts: tuple[str, ...]
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """The shown sheet; letters name its columns, left_out counts rows between the first and last ones shown.

    Of a text that is too long to be held, the sheet is its beginning.
    """

    sheet: str
    sheets: tuple[str, ...]
    letters: tuple[str, ...]
    rows: tuple[PreviewRow, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which rows are the table (positions from 0), and which short name each column has (by position)."""

    sheet: Sheet
    head: int
    first: int
    last: int
    names: Mapping[int, str]


def preview(
    content: Content,
    recipe: Recipe | None,
    corrections: Corrections = Corrections(),
    *,
    rows: int = 60,
    keep: Collection[int] = (),
) -> Preview:
    """The first `rows` rows of the sheet, its last 15 and those of `keep` (row numbers), with the role of each cell.

    recipe : as the file is read; None when nobody knows yet, then every cell is 'unread'. Where the head lost a
    column, the columns that are still there are shown in their roles. Texts of single records and of facility
    lists are withheld ('…'): they could name a person or a protected place.
    """
    if recipe and corrections.sheet:
        recipe = replace(recipe, sheet=corrections.sheet)
    layout = _layout(content, recipe, corrections) if recipe else None
    sheet = layout.sheet if layout else _fullest(content)
    width = max((len(row) for row in sheet.rows), default=0)
    shown = _shown(len(sheet.rows), rows, keep)
    of_row = _roles_of(layout, recipe, corrections, width) if layout and recipe else _unread(width)
    return Preview(
        sheet.name,
        tuple(each.name for each in content.sheets),
        tuple(column_letters(place) for place in range(width)),
        tuple(_row(sheet, place, width, of_row, _withheld(recipe, layout)) for place in shown),
        len(sheet.rows) - len(shown),
    )


def _shown(count: int, rows: int, keep: Collection[int]) -> list[int]:
    wanted = {*range(min(rows, count)), *range(max(0, count - LAST_ROWS), count)}
    return sorted(wanted | {number - 1 for number in keep if 1 <= number <= count})


def _row(
    sheet: Sheet, place: int, width: int, of_row: Callable[[int, Sequence[str]], list[Role]], withheld: range
) -> PreviewRow:
    texts = [cell.strip() for cell in sheet.rows[place]]
    texts += [""] * (width - len(texts))
    roles = of_row(place, texts)
    if place in withheld:
        texts = [WITHHELD if text else "" for text in texts]
    return PreviewRow(place + 1, tuple(texts), tuple(roles))


def _withheld(recipe: Recipe | None, layout: _Layout | None) -> range:
    """Rows whose texts are not shown: all below the head where rows are people or facilities."""
    if recipe is None or layout is None or not (recipe.facilities or recipe.records):
        return range(0)
    return range(layout.first, len(layout.sheet.rows))


def _unread(width: int) -> Callable[[int, Sequence[str]], list[Role]]:
    return lambda _place, _texts: ["unread"] * width


def _fullest(content: Content) -> Sheet:
    """The sheet with most cells; a text is cut where that gives most fields in its first lines."""
    if content.sheets:
        return max(content.sheets, key=lambda sheet: sum(len(row) for row in sheet.rows))
    best = max(DELIMITERS, key=lambda each: sum(len(row) for row in content.cut(each, LINES_FOR_THE_HEAD)[0].rows))
    return _cut(content, best)[0]


def _layout(content: Content, recipe: Recipe, corrections: Corrections) -> _Layout | None:
    """The head that holds most columns of the recipe; None when not even half of them are anywhere."""
    best: tuple[int, str, int, str] = (0, "", 0, "")
    for delimiter in ("",) if content.sheets else DELIMITERS:
        for sheet, row, heads in candidates(content.cut(delimiter or ";", LINES_FOR_THE_HEAD + 20), recipe):
            hits = sum(bool(places) for places in match_heads(heads, recipe.columns, corrections.heads).values())
            if hits > best[0]:
                best = (hits, delimiter, row, sheet.name)
    hits, delimiter, head, name = best
    if 2 * hits < len(recipe.columns) or not hits:
        return None
    sheet = next(each for each in _cut(content, delimiter or ";") if each.name == name)
    texts = next(heads for _sheet, row, heads in candidates([sheet], recipe) if row == head)
    matched = match_heads(texts, recipe.columns, corrections.heads)
    names = {place: short for short, places in matched.items() for place in places}
    first = head + recipe.head_rows
    return _Layout(sheet, head, first, end_of_table(sheet.rows, first, recipe.legend), names)


def _cut(content: Content, delimiter: str) -> tuple[Sheet, ...]:
    """The sheets; of a text that is too long to be held, its beginning."""
    return content.cut(delimiter, FIRST_LINES if content.large is not None else None)


def _roles_of(
    layout: _Layout, recipe: Recipe, corrections: Corrections, width: int
) -> Callable[[int, Sequence[str]], list[Role]]:
    capacities = recipe.facilities.places if recipe.facilities else ()
    rules = {rule.column: rule for rule in recipe.values}
    rules |= {rule.column: ValueRule(rule.column, rule.signs) for rule in capacities}
    values = {place: rules[name] for place, name in layout.names.items() if name in rules}
    keys, names = _descriptive(recipe, layout.names, set(values))

    def of_row(place: int, texts: Sequence[str]) -> list[Role]:
        if layout.head <= place < layout.first:
            return ["head"] * width
        if not layout.first <= place < layout.last:
            return ["text"] * width
        means = corrections.rows.get(place + 1)
        if means == "skip":
            return ["unread"] * width
        total = means == "total" or (means is None and _is_sum(recipe, layout, texts))
        roles: list[Role] = ["total" if total else "unread"] * width
        for column in range(width):
            if column in values:
                roles[column] = _of_value(texts[column], values[column], total)
            elif not total and column in keys:
                roles[column] = "key"
            elif not total and column in names:
                roles[column] = "name"
        return roles

    return of_row


def _descriptive(recipe: Recipe, columns: Mapping[int, str], values: set[int]) -> tuple[set[int], set[int]]:
    """Columns that name the unit, and all others the recipe asks for that are no numbers to take over."""
    short = {recipe.key.column, recipe.key.municipality} if recipe.key else set()
    withheld = set[str]()
    if recipe.facilities:
        short |= {recipe.facilities.number, recipe.facilities.block}
        withheld = set(recipe.facilities.withheld)
    keys = {place for place, name in columns.items() if name in short}
    return keys, {place for place, name in columns.items() if name not in withheld} - keys - values


def _is_sum(recipe: Recipe, layout: _Layout, texts: Sequence[str]) -> bool:
    column = recipe.key.column if recipe.key else ""
    key = next((texts[place].strip() for place, name in layout.names.items() if name == column and column), None)
    if key is None or recipe.key is None or (recipe.key.residual and recipe.key.residual.fullmatch(key)):
        return False
    return any(rule.key.fullmatch(key) for rule in recipe.sums)


def _of_value(text: str, rule: ValueRule, total: bool) -> Role:
    try:
        profile = with_own(sign_profiles()[rule.signs], rule.own_signs).under(()) if rule.own_signs else rule.signs
        value = read_value(text, profile, decimal=rule.decimal, measure=rule.measure)
    except UnknownMark:
        return "unread"
    if value.status in _HIDDEN:
        return "hidden"
    return "total" if total else "value"
