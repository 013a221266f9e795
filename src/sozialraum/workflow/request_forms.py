"""The empty table of a data set: its rows are the areas of the project, its columns what the recipe reads."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product

import pandas as pd

from sozialraum import indicators
from sozialraum.base import InputRefused, UsageError, _
from sozialraum.base.text import line_fault, shown
from sozialraum.deliveries import Recipe
from sozialraum.deliveries.catalogue_records import DataSet, Source
from sozialraum.deliveries.form_signs import legend_lines
from sozialraum.deliveries.forms import FORM_CODE, KEY_HEAD, NAME_HEAD, Form, FormColumn
from sozialraum.deliveries.heads import clean_head
from sozialraum.deliveries.recipe import Column, Dimension, ValueRule
from sozialraum.deliveries.recipe_writing import recipe_text
from sozialraum.project import Project
from sozialraum.workflow.catalogue import counting_as
from sozialraum.workflow.catalogue_search import key_of
from sozialraum.workflow.form_signs_of_rule import signs_for_form, told_apart
from sozialraum.workflow.form_words import column_note, larger_note
from sozialraum.workflow.recipe_keeping import own_signs

WITHOUT_FORM = ("grid", "district")
KINDS = {"block": "block", "area": "area", "agency": "area", "municipality": "municipality"}
LONGEST_HEAD = 120
MOST_COLUMNS = 60


def form_for(
    project: Project,
    data_set: DataSet,
    source: Source,
    ags: Sequence[str],
    period: str,
    columns: Sequence[str] = (),
) -> Form | None:
    """The empty table that is asked for; None where a table of areas makes no sense (grid cells).

    period : ISO date. columns : heads of columns where the data set has no recipe.
    Raises InputRefused: no areas yet. UsageError: no columns, or heads that cannot be.
    """
    recipe = next((one for one in project.recipes() if one.code == data_set.recipe), None)
    if data_set.geography in WITHOUT_FORM:
        return None
    if recipe is not None and recipe.facilities is not None:
        return _list(data_set, source, recipe, period)
    with own_signs(project):
        wanted, at_most = (
            (_own_columns(columns, data_set.counts, period), ())
            if recipe is None
            else _columns(project, recipe, period, data_set.counts)
        )
        legend = legend_lines(wanted)
    return Form(
        code=data_set.data_set_id,
        title=data_set.title,
        source=source.holder,
        period=period,
        kind=KINDS[data_set.geography],
        units=_units(project, KINDS[data_set.geography], ags),
        columns=wanted,
        at_most=at_most,
        lines=(_("Bitte nur die hellen Felder ausfüllen. Ein leeres Feld gilt als nicht geliefert, eine 0 als null."),),
        legend=tuple(legend),
    )


def plain_head(column: Column) -> str:
    """The head of a column as words: the first of several heads, one row instead of two."""
    if not column.like:
        return column.head.replace(" | ", ", ")
    text = re.sub(r"\(([^()|]*)\|[^()]*\)", r"\1", column.like.pattern.replace(r"\|", "§"))
    text = re.sub(r"\\d\{\d\}|[\\^$?*+]|\(|\)", "", text).replace(" § ", ", ").replace("§", ", ")
    return " ".join(text.split()) or column.name


def _columns(
    project: Project, recipe: Recipe, period: str, counted: str
) -> tuple[tuple[FormColumn, ...], tuple[tuple[int, int], ...]]:
    """A column for each thing the recipe reads, and which is at most which. counted : as the data set says."""
    counts = counted if counted == recipe.counts else "units"  # where rule and data set differ, neither is claimed
    with counting_as(project):
        titles = {code: feature.title_de for code, feature in indicators.features().items()}
    made: list[FormColumn] = []
    of_column: dict[str, list[int]] = {}
    for value in recipe.values:
        if value.not_carried:
            continue
        head, over_year = _dated(plain_head(recipe.columns[value.column]), recipe, value, period)
        for feature, words in _parts(recipe, value):
            shown = f"{head}: {words}" if words else head
            # the year stands last, where the form's own recipe looks for it
            text = _free(f"{shown}, im Jahr {period[:4]}" if over_year else shown, _taken(made))
            note = column_note(titles.get(feature, ""), words, counts, period, measure=value.measure,
                               over_year=over_year, most=value.most)  # fmt: skip
            of_column.setdefault(value.column, []).append(len(made))
            made.append(
                FormColumn(
                    text, feature, value.signs, value.measure, note, signs_for_form(project, recipe, value),
                    value.most, value.known_as, value.known_why, value.weight, over_year,
                )
            )  # fmt: skip
    if len(made) > MOST_COLUMNS:
        raise UsageError(_("Das Formblatt hätte {count} Spalten; fordern Sie diese Daten als Datei an.").format(
            count=len(made)))  # fmt: skip
    alone = {name: places[0] for name, places in of_column.items() if len(places) == 1}
    pairs = tuple(
        (alone[rule.smaller], alone[rule.larger])
        for rule in recipe.at_most
        if rule.smaller in alone and rule.larger in alone
    )
    for smaller, larger in pairs:
        if not made[larger].feature:
            note = larger_note(made[smaller].head, counts, period)
            made[larger] = replace(made[larger], note=note)
    return told_apart(_weighted(made, alone)), pairs


def _dated(head: str, recipe: Recipe, value: ValueRule, period: str) -> tuple[str, bool]:
    """The head, with the year where the numbers are sums over it, and whether they are."""
    in_year = f"{head} {period[:4]}"
    if value.year_in_head is not None and value.year_in_head.search(in_year) and not value.day_of_year:
        return head.removesuffix("im Jahr").rstrip(" ,"), True
    return head, recipe.period.form == "year"


def _weighted(made: Sequence[FormColumn], alone: Mapping[str, int]) -> list[FormColumn]:
    """The columns with the head of the number each average is over, in place of its name in the recipe.

    Raises UsageError where that number is divided into groups: an average cannot be told from a plain one then.
    """
    found = []
    for column in made:
        if column.weight and column.weight not in alone:
            raise UsageError(_("Die Durchschnitte in „{head}“ passen in kein Formblatt; fordern Sie diese Daten als "
                               "Datei an.").format(head=shown(column.head)))  # fmt: skip
        found.append(replace(column, weight=made[alone[column.weight]].head if column.weight else ""))
    return found


def _parts(recipe: Recipe, value: ValueRule) -> list[tuple[str, str]]:
    """Feature and words of each part of a value; one without words where no dimension divides it."""
    if not value.feature:
        return [("", "")]
    named = [one for one in recipe.dimensions if "{" + one.name + "}" in value.feature]
    words = [_texts_of(one) for one in named]
    fixed = [_texts_of(one).get(value.where.get(one.name, ""), "") for one in recipe.dimensions]
    found = []
    for codes in product(*(dict.fromkeys(each) for each in words)):
        feature = value.feature
        for dimension, code in zip(named, codes, strict=True):
            feature = feature.replace("{" + dimension.name + "}", code)
        texts = [each[code] for each, code in zip(words, codes, strict=True)]
        found.append((feature, ", ".join(filter(None, [*texts, *fixed]))))
    return found


def _texts_of(dimension: Dimension) -> Mapping[str, str]:
    """Code of a dimension -> the text it stands for in the files of the source."""
    return {code: text for text, code in {**dimension.bands, **dimension.codes}.items()}


def _own_columns(heads: Sequence[str], counts: str, period: str) -> tuple[FormColumn, ...]:
    """Columns that a person named; each becomes a feature of its own. counts : what is counted, as of the data set."""
    wanted = list(dict.fromkeys(head.strip() for head in heads if head.strip()))
    if not wanted:
        raise UsageError(_("Geben Sie an, welche Spalten gebraucht werden."))
    for head in wanted:
        fault = line_fault(head, LONGEST_HEAD) or ("" if clean_head(head) else _("hat keinen Namen."))
        if fault:
            raise UsageError(_("Die Spalte „{head}“ {fault}").format(head=shown(head), fault=fault))
    made: list[FormColumn] = []
    for head in wanted:
        feature = _free(f"own_{key_of(head)}", [one.feature for one in made])
        note = column_note("", "", counts, period)
        made.append(FormColumn(_free(head, _taken(made)), feature.replace(" ", "_"), note=note))
    return tuple(made)


def _taken(made: Sequence[FormColumn]) -> list[str]:
    """Heads that stand already, as they are read; those of key and name too."""
    return [KEY_HEAD, NAME_HEAD, *(clean_head(one.head) for one in made)]


def _free(text: str, taken: Sequence[str]) -> str:
    names = [text, *(f"{clean_head(text)} {number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if clean_head(name) not in taken)


def _units(project: Project, kind: str, ags: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Key and name of each row, and a row for those who belong to no place."""
    towns = project.municipalities().set_index("ags")["name"]
    if kind == "municipality":
        return tuple((one, str(towns[one])) for one in ags)
    rows: list[tuple[str, str]] = []
    frame = _areas(project) if kind == "area" else _blocks(project)
    for one in ags:
        own = frame[frame["municipality"] == one]
        rows += [(str(key), str(name)) for key, name in zip(own["key"], own["name"], strict=True)]
        rows.append((f"{one}-ohne", _("ohne Angabe des Gebiets ({town})").format(town=towns[one])))
    return tuple(rows)


def _areas(project: Project) -> pd.DataFrame:
    plan = project.plan()
    if plan is None:
        raise InputRefused(_("Es gibt noch keine Gebiete."), (), _("Rechnen Sie zuerst einen Vorschlag."))
    return plan.areas.rename(columns={"area_id": "key"}).sort_values("key")


def _blocks(project: Project) -> pd.DataFrame:
    blocks = project.blocks()
    return pd.DataFrame(
        {"key": blocks["block_id"], "name": blocks["quarter"], "municipality": blocks["municipality"]}
    ).sort_values("key")


def _list(data_set: DataSet, source: Source, recipe: Recipe, period: str) -> Form:
    """A list with the heads of its recipe and free rows."""
    code = FORM_CODE + data_set.data_set_id
    return Form(
        code=data_set.data_set_id,
        title=data_set.title,
        source=source.holder,
        period=period,
        kind="list",
        units=(),
        columns=tuple(FormColumn(plain_head(column), "") for column in recipe.columns.values()),
        lines=(_("Bitte je Einrichtung eine Zeile ausfüllen."),),
        recipe_text=recipe_text(replace(recipe, code=code, formats=("xlsx",))),
    )
