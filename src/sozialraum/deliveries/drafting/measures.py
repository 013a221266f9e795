"""Rules for the columns of numbers: decimal sign, signs, what they count, the feature they become."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from sozialraum.base import _, quoted
from sozialraum.deliveries.declare import recipes
from sozialraum.deliveries.drafting.columns import DraftColumn, column_named
from sozialraum.deliveries.drafting.head_dates import ValueGroup, YearRule, year_rule
from sozialraum.deliveries.drafting.number_columns import (
    decimal_sign,
    has_fractions,
    is_number_column,
    least_settled,
)
from sozialraum.deliveries.drafting.numerals import Numerals, numerals
from sozialraum.deliveries.drafting.questions import Asking, Option
from sozialraum.deliveries.drafting.sign_choice import SKIP, Notes, choose_signs
from sozialraum.deliveries.drafting.words import Unit, slug, unit_of_head, unit_of_lines, words_of
from sozialraum.deliveries.heads import column_letters
from sozialraum.deliveries.recipe import Column, ValueRule

FIVES = 8  # so many different multiples of 5 and nothing else may be rounded numbers
_SIGNED = re.compile(r"(?i)saldo|veränderung|differenz|zu-? und abnahme|entwicklung")


@dataclass
class Measures:
    """The rules made so far. columns : by short name. units : what each column counts. periods : of heads."""

    columns: dict[str, Column] = field(default_factory=dict)
    values: list[ValueRule] = field(default_factory=list)
    units: list[Unit | None] = field(default_factory=list)
    periods: list[str] = field(default_factory=list)
    undated: int = 0
    left_out: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Ground:
    """What holds for all columns. lines : titles, name of the sheet and of the file.

    thousands : places of columns whose total proves that '1.234' is 1234. names : position of a column -> what a person
    calls its numbers.
    """

    notes: Notes
    lines: tuple[str, ...]
    heads: tuple[str, ...]
    taken: frozenset[str]
    dimensions: str = ""
    thousands: frozenset[int] = frozenset()
    names: Mapping[int, str] = field(default_factory=dict)


def measure(groups: Sequence[ValueGroup], ground: Ground, asking: Asking) -> Measures:
    """Rules for all groups of number columns; those nobody can read are left out and said."""
    made = Measures()
    for group in groups:
        head = group.columns[0].head
        if any(column.head and ground.heads.count(column.head) > 1 for column in group.columns):
            made.left_out.append(_("„{head}“ (steht mehrfach im Kopf)").format(head=head))
            continue
        years = year_rule(group, asking)
        if group.dates and years is None and len(group.columns) > 1:
            made.left_out.append(_("„{head}“ (mehrere Tage im Kopf)").format(head=head))
            continue
        if len(group.columns) > 1 and _like(group, ground.heads) is None:
            made.left_out += [quoted(column.head) for column in group.columns]
            continue
        rule = _rule(group, ground, years, made, asking)
        if rule is None:
            made.left_out.append(quoted(head))
    return made


def _texts(group: ValueGroup) -> dict[str, str]:
    """Every distinct text of the group's columns, and the cell of its first appearance."""
    found: dict[str, str] = {}
    for column in group.columns:
        for text, row in column.texts.items():
            found.setdefault(text, f"{column_letters(column.place)}{row + 1}")
    return found


def _rule(
    group: ValueGroup, ground: Ground, years: YearRule | None, made: Measures, asking: Asking
) -> ValueRule | None:
    column, texts = group.columns[0], _texts(group)
    if not is_number_column(column, asking):
        return None
    seen = numerals(texts)
    proven = all(each.place in ground.thousands for each in group.columns)
    decimal = "," if proven else decimal_sign(column, least_settled(group, seen), texts, asking)
    if decimal == SKIP:
        return None
    unit, fractions = _unit(column, ground, asking), has_fractions(seen, decimal)
    unit = _of_fractions(column, unit, seen, texts, asking) if fractions else unit
    if unit is None:
        return None
    share = unit == "share"
    rounded = not fractions and not share and _rounded(column, seen, ground.notes, asking)
    signs = choose_signs(
        f"signs:{column.letter}", _("Spalte {letter} „{head}“").format(letter=column.letter, head=column.head), texts,
        ground.notes, decimal, asking, measure=fractions or share, rounded=rounded,
    )  # fmt: skip
    if signs is None:
        return None
    said = ground.names.get(column.place, "")
    named = said or words_of(group.base) or _("Spalte {letter}").format(letter=column.letter)
    name = slug(named, {*made.columns, *ground.taken})
    made.columns[name] = replace(_column(name, group, years, ground.heads), title=said)
    rule = ValueRule(
        column=name, signs=signs.code, own_signs=signs.own, decimal=decimal,
        measure=fractions or share or bool(_SIGNED.search(column.head)),
        feature="" if share else _feature(name, said or column.head, column, ground, made, asking),
        not_carried=_("Anteile und Durchschnitte werden nicht auf andere Gebiete übertragen.") if share else "",
        known_as="estimated" if fractions and not share else "",
        known_why=_("Die Zahlen haben Nachkommastellen, sind also nicht gezählt.") if fractions and not share else "",
        year_in_head=years.pattern if years else None, day_of_year=years.day_of_year if years else "",
    )  # fmt: skip
    made.values.append(rule)
    made.units.append(unit)
    if years:
        made.periods += years.periods
    made.undated += int(not years and not share)
    return rule


def _like(group: ValueGroup, heads: Sequence[str]) -> re.Pattern[str] | None:
    """A pattern for next year's heads too, when it fits just the columns of the group."""
    like = group.like()
    fits = like is not None and sum(like.fullmatch(head) is not None for head in heads) == len(group.columns)
    return like if fits else None


def _column(name: str, group: ValueGroup, years: YearRule | None, heads: Sequence[str]) -> Column:
    """The column by its head as it stands; with any year where next year's head has another one."""
    like, column = _like(group, heads), group.columns[0]
    if like is None:
        return column_named(name, column)
    return Column(name, "", like, many=years is not None and len(group.columns) > 1)


def _unit(column: DraftColumn, ground: Ground, asking: Asking) -> Unit | None:
    """What the column counts: by its head, else by the titles, else asked once for all such columns."""
    found = unit_of_head(column.head) or unit_of_lines(ground.lines)
    if found:
        return found
    answer = asking.ask(
        "counts",
        _("Was zählen die Zahlen? Die Überschriften sagen es nicht („{head}“).").format(head=column.head),
        [
            Option("persons", _("Personen")),
            Option("households", _("Haushalte")),
            Option("cases", _("Fälle")),
            Option("units", _("Plätze, Wohnungen oder Einrichtungen")),
            Option("share", _("Anteile oder Durchschnitte (werden nicht übernommen)")),
        ],
        f"{column.letter}{min(column.texts.values())}",
    )
    return cast(Unit, answer)


def _of_fractions(
    column: DraftColumn, unit: Unit | None, seen: Numerals, texts: dict[str, str], asking: Asking
) -> Unit | None:
    """Decimals are no counts: a share, an average or an estimate."""
    if unit == "share":
        return unit
    text = next(text for kind, text in seen.kinds.items() if kind != "spaced")
    answer = asking.ask(
        f"measure:{column.letter}",
        _("Spalte {letter} „{head}“ hat Nachkommastellen („{text}“). Was steht dort?").format(
            letter=column.letter, head=column.head, text=text),
        [
            Option("share", _("Anteile oder Durchschnitte; sie werden nicht übernommen")),
            Option("estimate", _("geschätzte Anzahlen")),
            Option(SKIP, _("etwas anderes: Spalte nicht lesen")),
        ],
        texts[text],
    )  # fmt: skip
    return "share" if answer == "share" else unit if answer == "estimate" else None


def _rounded(column: DraftColumn, seen: Numerals, notes: Notes, asking: Asking) -> bool:
    """Whether the counts are rounded to multiples of 5; asked when only such numbers occur."""
    if notes.rounded:
        asking.say(_("Die Zahlen sind auf Vielfache von 5 gerundet; so sagt es die Datei."))
        return True
    numbers = {int(text.replace("−", "-")) for text in seen.whole} - {0}
    if len(numbers) < FIVES or any(number % 5 for number in numbers):
        return False
    answer = asking.ask(
        "rounding",
        _("In „{head}“ sind alle Zahlen Vielfache von 5. Sind sie gerundet?").format(head=column.head),
        [Option("rounded", _("ja, auf Vielfache von 5")), Option("exact", _("nein, es sind genaue Zahlen"))],
        f"{column.letter}{min(column.texts.values()) + 1}",
    )
    return answer == "rounded"


def _feature(name: str, called: str, column: DraftColumn, ground: Ground, made: Measures, asking: Asking) -> str:
    """The feature the column becomes: its own, or one the product knows (an optional question)."""
    default = f"own_{name}{ground.dimensions}"
    taken = {rule.feature for rule in made.values}
    known = known_features()
    options = [Option(default, _("eigenes Merkmal „{head}“").format(head=called))]
    options += [Option(feature, title) for feature, title in known.items() if feature not in taken]
    if ground.dimensions:
        return default
    return asking.ask(
        f"feature:{column.letter}", _("Welches Merkmal ist „{head}“?").format(head=called), options,
        column.letter + "1", default=default,
    )  # fmt: skip


def known_features() -> dict[str, str]:
    """Features the shipped recipes give to single columns -> a title for people."""
    found: dict[str, str] = {}
    for recipe in recipes():
        for rule in recipe.values:
            if rule.feature and "{" not in rule.feature and rule.column:
                title = f"{recipe.columns[rule.column].shown} ({_(recipe.title)})"
                found.setdefault(rule.feature, title)
    return found
