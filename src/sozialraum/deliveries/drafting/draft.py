"""Draft a recipe of a file that no recipe knows: the main path of this package, from top to bottom."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sozialraum.base import _, quoted
from sozialraum.deliveries.collector import refuse
from sozialraum.deliveries.drafting.clicks import click_sentence, clicks_in
from sozialraum.deliveries.drafting.columns import DraftColumn, column_named, columns_of
from sozialraum.deliveries.drafting.dates import dates_in
from sozialraum.deliveries.drafting.head_dates import value_groups
from sozialraum.deliveries.drafting.key_choice import choose_key
from sozialraum.deliveries.drafting.known_texts import grounds
from sozialraum.deliveries.drafting.layout import Layout
from sozialraum.deliveries.drafting.long_tables import Splitting, splitting
from sozialraum.deliveries.drafting.measures import Ground, Measures, measure
from sozialraum.deliveries.drafting.questions import Asking, ColumnRead, Draft
from sozialraum.deliveries.drafting.row_kinds import RowKinds, row_kinds
from sozialraum.deliveries.drafting.sheet_choice import choose_sheet
from sozialraum.deliveries.drafting.sign_choice import read_notes
from sozialraum.deliveries.drafting.totals import proven_thousands
from sozialraum.deliveries.drafting.when import When, choose_period, title_lines
from sozialraum.deliveries.drafting.words import counted, slug
from sozialraum.deliveries.files import Content
from sozialraum.deliveries.reading import Places
from sozialraum.deliveries.recipe import Column, KeyRule, PeriodRule, Recipe
from sozialraum.deliveries.sign_profiles import SignProfile

_SOURCE = re.compile(r"(?i)^(?:quelle|datenquelle|herausgeber)\s*:?\s*(\S.+)")
_PLAIN_SHEET = re.compile(r"(?i)(?:tabelle|sheet|blatt|table) ?\d*")
NO_ANSWERS: Mapping[str, str] = {}
_RESERVED = ("key", "name", "municipality", "day")


def draft_recipe(
    content: Content,
    places: Places,
    answers: Mapping[str, str] = NO_ANSWERS,
    profiles: Mapping[str, SignProfile] | None = None,
) -> Draft:
    """A recipe made of the texts of a file, and questions where they can be read in two ways.

    places : what keys may name. answers : question id -> value of an option (or a typed date). profiles : sign
    profiles by code, the shipped ones when not given.
    Returns a Draft; its recipe is None until every question without default is answered. Answering can bring
    up further questions, or make an earlier answer idle. Raises InputRefused when there is no table with keys of the
    project, and UsageError for an answer that is none of the options.
    """
    asking = Asking(answers)
    known = grounds(places)
    clicks = clicks_in(asking)
    layout = choose_key(choose_sheet(content, known, clicks, asking), asking)
    towns = next((each for each in known if each.kind == "municipality" and not each.names), None)
    columns = columns_of(layout, towns, clicks.uses)
    _refuse_key_twice(content, layout)
    kinds = row_kinds(layout, columns, asking)
    days = [column for column in columns if column.use == "day" and "" not in column.texts]
    day = next((column for column in days if column.said), next(iter(days), None))
    split = splitting(layout, columns, day)
    thousands = proven_thousands(layout, columns, kinds)
    ground = replace(_ground(content, layout, split, profiles), thousands=thousands, names=clicks.names)
    measures = measure(value_groups(_numbers(columns, split)), ground, asking)
    when = _when(layout, columns, content, measures, asking)
    if not measures.values and not asking.open:
        raise refuse(
            content.name,
            _("In der Tabelle steht keine Spalte mit Zahlen, die sich lesen lässt."),
            _("Bitte die Antworten prüfen oder die Datei neu anfordern."),
        )
    recipe = _recipe(content, layout, columns, kinds, split, measures, when, clicks.sheet)
    if not split.complete:
        asking.say(_("Mehrere Zeilen je Gebiet, und keine Spalte unterscheidet sie."))
    _say(layout, columns, recipe, measures, asking)
    return _made(layout, columns, recipe, asking)


def _made(layout: Layout, columns: Sequence[DraftColumn], recipe: Recipe, asking: Asking) -> Draft:
    clicked = {name: click_sentence(name, answer) for name, answer in asking.answers.items() if name in asking.used}
    return Draft(
        None if asking.open else recipe,
        (*asking.open, *asking.optional),
        tuple(asking.said),
        replace(recipe, sheet=layout.sheet.name),
        asking.unused(),
        asking.settled | {name: sentence for name, sentence in clicked.items() if sentence},
        tuple(_read_as(column, recipe) for column in columns),
        layout.sheet.name,
    )


def _read_as(column: DraftColumn, recipe: Recipe) -> ColumnRead:
    """What a column became in the recipe; those it does not name are not read."""
    use = {"number": "value", "town": "town", "key": "key", "day": "day", "value": "value", "name": "name"}
    named = {each.head or each.letter for each in recipe.columns.values()}
    patterns = [each.like for each in recipe.columns.values() if each.like is not None]
    read = (column.head or column.letter) in named or any(like.fullmatch(column.head) for like in patterns)
    return ColumnRead(column.letter, column.head, use.get(column.use, "") if read else "skip" if column.said else "")


def _refuse_key_twice(content: Content, layout: Layout) -> None:
    head = layout.heads[layout.keys[0].place]
    if head and layout.heads.count(head) > 1:
        raise refuse(
            content.name,
            _("Die Spalte „{head}“ steht {count}-mal im Kopf.").format(head=head, count=layout.heads.count(head)),
            _("Bitte die Spalten verschieden nennen lassen."),
        )


def _numbers(columns: Sequence[DraftColumn], split: Splitting) -> list[DraftColumn]:
    return [each for each in columns if each.use in ("value", "number") and each not in split.columns]


def _ground(content: Content, layout: Layout, split: Splitting, profiles: Mapping[str, SignProfile] | None) -> Ground:
    around = [line for _number, line in title_lines(layout)]
    below = [" ".join(cell.strip() for cell in row if cell.strip()) for row in layout.below()]
    others = [
        " ".join(cell.strip() for cell in row if cell.strip())
        for sheet in content.sheets if sheet.name != layout.sheet.name for row in sheet.rows[:200]
    ]  # fmt: skip
    name = content.name.rpartition(".")[0].replace("_", " ")
    sheet = "" if _PLAIN_SHEET.fullmatch(layout.sheet.name) else layout.sheet.name
    names = "".join(f"_{{{dimension.name}}}" for dimension in split.dimensions())
    taken = frozenset({*_RESERVED, *(dimension.name for dimension in split.dimensions())})
    return Ground(read_notes([*around, *below, *others], profiles), (*around, sheet, name), layout.heads, taken, names)


def _when(layout: Layout, columns: Sequence[DraftColumn], content: Content, measures: Measures, asking: Asking) -> When:
    """The date of the heads where every column has one, else the date of the file."""
    if measures.periods and not measures.undated:
        periods = tuple(sorted(set(measures.periods)))
        asking.say(_("Die Daten stehen in den Überschriften der Spalten."))
        return When(PeriodRule(fixed=_day(periods[-1])), None, periods)
    others = [sheet for sheet in content.sheets if sheet.name != layout.sheet.name]
    return choose_period(layout, columns, content.name, asking, others)


def _day(period: str) -> str:
    return period if len(period) == 10 else f"{period}-12-31"


def _recipe(
    content: Content, layout: Layout, columns: Sequence[DraftColumn], kinds: RowKinds, split: Splitting,
    measures: Measures, when: When, sheet: str,
) -> Recipe:  # fmt: skip
    key = layout.keys[0]
    named = _named_columns(columns, when)
    dimensions = split.dimensions()
    named |= {
        dimension.name: column_named(dimension.name, column)
        for dimension, column in zip(dimensions, split.columns, strict=True)
    }
    period = replace(when.rule, column="day") if when.column else when.rule
    title = _title(content, layout)
    return Recipe(
        code=f"own_{slug(title)}",
        version=1,
        title=title,
        source=_source(layout, content),
        formats=(content.format,),
        columns=named | measures.columns,
        period=period,
        key=KeyRule(
            "key",
            key.ground.kind,
            names=key.ground.names,
            municipality="municipality" if "municipality" in named else "",
            residual=kinds.residual,
            unique=("key", *(("municipality",) if "municipality" in named else ()), *(d.name for d in dimensions)),
            every=key.ground.kind in ("area", "agency"),
            geography=key.ground.geography,
        ),
        values=tuple(measures.values),
        dimensions=dimensions,
        sums=kinds.sums,
        head_rows=layout.head_rows,
        legend=layout.legend,
        sheet=sheet,
        counts=counted(measures.units),
    )


def _named_columns(columns: Sequence[DraftColumn], when: When) -> dict[str, Column]:
    """Key, municipality, name and date, each once; heads that stand there twice name no column."""
    found: dict[str, Column] = {}
    heads = [column.head for column in columns]
    for column in sorted(columns, key=lambda each: not each.said):  # what a person named goes first
        short = {"key": "key", "town": "municipality", "name": "name"}.get(column.use, "")
        short = "day" if column is when.column else short
        needed = short == "key" or column is when.column
        if short and short not in found and (needed or (column.head and heads.count(column.head) == 1)):
            found[short] = column_named(short, column)
    return found


def _title(content: Content, layout: Layout) -> str:
    """The first title, without dates; else the name of the sheet; else that of the file."""
    for _number, line in title_lines(layout):
        dates = [each.text for _start, each in dates_in(line)]
        for text in dates:
            line = line.replace(text, "")
        line = re.sub(r"(?i)[\s:;,(–-]*\b(?:stand|stichtag|am|zum|im)?[\s:;,()–-]*$", "", line).strip(" ;,:")
        if len(line) > 5:
            return line[:80]
    if layout.sheet.name and not _PLAIN_SHEET.fullmatch(layout.sheet.name):
        return layout.sheet.name
    stem = content.name.rpartition(".")[0] or content.name
    return re.sub(r"[\d_.-]+", " ", stem).strip() or stem or _("Tabelle")


def _source(layout: Layout, content: Content) -> str:
    lines = [line for _number, line in title_lines(layout)]
    below = [" ".join(cell.strip() for cell in row if cell.strip()) for row in layout.below()]
    for line in (*below, *lines):
        found = _SOURCE.search(line)
        if found:
            return found[1].strip()[:120]
    return lines[0][:120] if lines else content.name


def _say(layout: Layout, columns: Sequence[DraftColumn], recipe: Recipe, measures: Measures, asking: Asking) -> None:
    key = layout.keys[0]
    where = _("Blatt „{sheet}“, ").format(sheet=layout.sheet.name) if layout.sheet.name else ""
    asking.say(
        _("{where}Kopf in Zeile {head}, Tabelle in Zeile {first} bis {last}.").format(
            where=where, head=_span(layout.head + 1, layout.first), first=layout.first + 1, last=layout.last
        )
    )
    kinds = {
        "block": _("Bausteine"), "area": _("Gebiete"), "agency": _("Gebiete nach neunstelligem Schlüssel"),
        "municipality": _("Gemeinden"), "geography": _("Einheiten einer anderen Gliederung"),
    }  # fmt: skip
    asking.say(
        _("Schlüssel in Spalte {letter} „{head}“: {count} {kind}.").format(
            letter=columns[key.place].letter, head=columns[key.place].head, count=key.different,
            kind=kinds.get(key.ground.kind, key.ground.kind),
        )
    )  # fmt: skip
    if layout.delimiter:
        asking.say(
            _("Trennzeichen: {sign}.").format(
                sign=_("Tabulator") if layout.delimiter == "\t" else quoted(layout.delimiter)
            )
        )
    for rule in recipe.values:
        if rule.decimal == ".":
            asking.say(_("Dezimalpunkt in „{head}“.").format(head=recipe.columns[rule.column].shown))
    used = {column.head for column in recipe.columns.values()}
    unread = [
        quoted(column.head) for column in columns
        if column.head and column.use in ("text", "day", "name", "town", "skip") and column.head not in used
    ]  # fmt: skip
    if unread or measures.left_out:
        asking.say(_("Nicht gelesen: {heads}.").format(heads=", ".join([*unread, *measures.left_out])))


def _span(first: int, last: int) -> str:
    return str(first) if first == last else _("{first} bis {last}").format(first=first, last=last)
