"""The date of the numbers: every place where one stands, and which of them holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sozialraum.base import _, quoted
from sozialraum.base.numbers import day
from sozialraum.deliveries.drafting.columns import DraftColumn
from sozialraum.deliveries.drafting.date_places import (
    MADE,
    MOST_DATES,
    Candidate,
    in_notes,
    in_part_of_a_column,
    translated,
)
from sozialraum.deliveries.drafting.dates import FoundDate, dates_in
from sozialraum.deliveries.drafting.layout import Layout
from sozialraum.deliveries.drafting.questions import Asking, Option
from sozialraum.deliveries.files import Sheet
from sozialraum.deliveries.recipe import PeriodForm, PeriodRule

_SURE = re.compile(r"(?i)\b(?:stichtag|berichts(?:monat|jahr|zeitraum)|erhebungs(?:tag|jahr|stichtag))\b")
_IN_YEAR = re.compile(r"(?i)\b(?:im jahr(?:e|esverlauf)?|jahressumme|im laufe|zeitraum|während|berichtsjahr)\b")
_YEAR_END = re.compile(r"(?i)\b(?:jahresende|ende(?: des jahres)?|zum 31\.12|am 31\.12)\b")
_WHOLE_YEAR = re.compile(r"0?1\.0?1\.(?:(\d{4}))?\s*(?:bis|[-–])\s*(?:zum )?31\.12\.(\d{4})")
_OF_FORM = {
    "day": r"(\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d{2}-\d{2})",
    "month_end": r"((?:19|20)\d{2}(?:0[1-9]|1[0-2]))(?!\d)",
    "year": r"((?:19|20)\d{2})(?!\d)",
    "compact": r"((?:19|20)\d{6})(?!\d)",
}


@dataclass(frozen=True, slots=True)
class When:
    """The rule for the date, and the column it names (its short name is given later)."""

    rule: PeriodRule
    column: DraftColumn | None
    periods: tuple[str, ...]


def choose_period(
    layout: Layout, columns: Sequence[DraftColumn], name: str, asking: Asking, others: Sequence[Sheet] = ()
) -> When:
    """The place of the date. Where places disagree, or there is none, it is asked.

    others : further sheets, whose notes may say the date; it is proposed and never taken without a word.
    """
    found = [*_in_columns(layout, columns), *_in_titles(layout), *_in_name(name)]
    said = [each for each in found if each.column is not None and each.column.said]
    if said:
        return _with_form(said[0], asking)
    partly = list(in_part_of_a_column(columns, asking)) if not any(each.sure for each in found) else []
    if partly:
        return _proposed([*partly, *found], asking)
    relevant = [each for each in found if not each.made]
    clear = [each for each in relevant if not each.ambiguous]
    relevant = clear if any(each.order < 2 for each in clear) else relevant  # a year in the name settles no day
    if not relevant:
        notes = list(in_notes(others))
        return _proposed([*notes, *found], asking) if notes else _typed(found, asking)
    sure = [each for each in relevant if each.sure]
    best = _agreed(relevant) or (_agreed(sure) if sure and _only_name_differs(sure, relevant) else None)
    chosen = best or _asked(found, asking)
    return chosen if isinstance(chosen, When) else _with_form(chosen, asking)


def _agreed(found: Sequence[Candidate]) -> Candidate | None:
    """The most precise candidate, when all others say the same less precisely; the first place of several."""
    if not found:
        return None
    best = min(found, key=lambda each: (-max(map(len, each.periods)), each.order))
    fits = all(any(mine.startswith(other) for mine in best.periods) for each in found for other in each.periods)
    return best if fits else None


def _only_name_differs(sure: Sequence[Candidate], relevant: Sequence[Candidate]) -> bool:
    """A date called Stichtag holds against the file name; the reading then warns of the name."""
    return _agreed([*sure, *(each for each in relevant if each.order < 2)]) is not None


def _asked(found: Sequence[Candidate], asking: Asking) -> Candidate | When:
    options = [Option(str(i), _("{date} ({where})").format(
        date=_shown(each.periods), where=each.shown)) for i, each in enumerate(found)]  # fmt: skip
    answer = asking.ask(
        "period",
        _("Für welchen Stichtag gelten die Zahlen? In der Datei stehen mehrere Daten."),
        options,
        found[0].cell,
        typed="day",
    )
    return found[int(answer)] if answer.isdigit() and int(answer) < len(found) else _fixed(answer, asking)


def _typed(found: Sequence[Candidate], asking: Asking) -> When:
    """No date that surely belongs to the numbers: a person types it, or takes the date the file was made."""
    options = [Option(each.periods[0], _("{date} ({where})").format(
        date=_shown(each.periods), where=each.shown)) for each in found if len(each.periods[0]) == 10]  # fmt: skip
    sentence = _("Für welchen Stichtag gelten die Zahlen? In der Datei steht keiner.")
    return _fixed(asking.ask("period", sentence, options, typed="day"), asking)


def _proposed(found: Sequence[Candidate], asking: Asking) -> When:
    """Dates that stand where no rule can find them in each row, or beside the table: a person says which holds."""
    days = {each.periods[0]: each for each in reversed(found)}
    options = [Option(period, _("{date} ({where})").format(date=_shown((period,)), where=days[period].shown))
               for period in dict.fromkeys(each.periods[0] for each in found)]  # fmt: skip
    sentence = _("Für welchen Stichtag gelten die Zahlen? Diese Daten stehen in der Datei.")
    return _fixed(asking.ask("period", sentence, options[:MOST_DATES], found[0].cell, typed="day"), asking)


def _fixed(period: str, asking: Asking) -> When:
    if period:
        asking.say(_("Stichtag nach Ihrer Angabe: {day}. Er gilt nur für diese Datei.").format(day=_shown((period,))))
    return When(PeriodRule(fixed=period or "1900-01-01"), None, (period,))


def _shown(periods: Sequence[str]) -> str:
    texts = [day(period) if len(period) == 10 else period for period in periods[:3]]
    return ", ".join(texts) + (" …" if len(periods) > 3 else "")


def _with_form(best: Candidate, asking: Asking) -> When:
    """A bare year is the sum over it or its last day; words beside it say which, else a person does."""
    rule, periods = best.rule, best.periods
    if best.ambiguous:
        days, periods = translated(best.texts, best.form, best.cell, best.written, asking)
        rule = replace(rule, days=days.days)
    if rule.form == "year":
        form = year_form(best.label, best.periods[0], best.cell, asking)
        rule = replace(rule, form=form)
        if form == "year_end":
            periods = tuple(f"{year}-12-31" for year in periods)
    asking.say(_("Stichtag {date}: {where}.").format(date=_shown(periods), where=best.shown))
    return When(rule, best.column, periods)


def year_form(label: str, year: str, cell: str, asking: Asking) -> PeriodForm:
    if _IN_YEAR.search(label):
        return "year"
    if _YEAR_END.search(label):
        return "year_end"
    answer = asking.ask(
        "period_form",
        _("Die Datei nennt nur das Jahr {year}. Gelten die Zahlen für das ganze Jahr oder für den 31.12.?").format(
            year=year),
        [Option("year_end", _("Bestand am 31.12.")), Option("year", _("Summe über das ganze Jahr"))],
        cell,
    )  # fmt: skip
    return "year" if answer == "year" else "year_end"


def _in_columns(layout: Layout, columns: Sequence[DraftColumn]) -> Iterator[Candidate]:
    for column in columns:
        if column.use != "day" or "" in column.texts:
            continue
        where = _("Spalte {letter} „{head}“").format(letter=column.letter, head=column.head)
        cell = f"{column.letter}{layout.first + 1}"
        texts = tuple(column.texts)
        rule, periods = translated(texts, column.form, cell)
        yield Candidate(
            0, where, replace(rule, column="day"), periods, cell, column, bool(_SURE.search(column.head)),
            bool(MADE.search(column.head)), column.head, texts, column.form,
        )  # fmt: skip


def title_lines(layout: Layout) -> list[tuple[int, str]]:
    """Rows above the table as lines (as the reading makes them), with their row numbers."""
    between = " " if layout.sheet.name else "; "
    lines = [(i + 1, between.join(c.strip() for c in row if c.strip())) for i, row in enumerate(layout.titles())]
    return [(number, line) for number, line in lines if line]


def _in_titles(layout: Layout) -> Iterator[Candidate]:
    lines = title_lines(layout)
    for number, line in lines:
        where = _("Zeile {row} über der Tabelle: {line}").format(row=number, line=quoted(line[:60]))
        whole = _WHOLE_YEAR.search(line)
        if whole and whole[1] in (None, whole[2]):
            rule = PeriodRule(form="year", title=re.compile(r"31\.12\.(\d{4})"))
            yield Candidate(1, where, rule, (whole[2],), f"A{number}", label="Zeitraum")
            continue
        for start, read in dates_in(line):
            label = line[:start]
            pattern = _pattern([text for _number, text in lines], line, start, read)
            rule, periods = translated([read.text], read.form, f"A{number}")
            yield Candidate(
                1, where, replace(rule, title=pattern), periods, f"A{number}", None, bool(_SURE.search(label[-40:])),
                bool(MADE.search(label[-40:])), line, (read.text,), read.form,
            )  # fmt: skip


def _pattern(lines: Sequence[str], line: str, start: int, read: FoundDate) -> re.Pattern[str]:
    """A pattern that finds the date in next year's title too: the words before it and the form of the date."""
    form = _OF_FORM.get(read.form, rf"({re.escape(read.text)})")
    words = re.findall(r"\S+\s*", line[:start])
    for number in (2, 4, len(words)):
        label = "".join(words[-number:] if number else [])
        if any(character.isdigit() for character in label) and number < len(words):
            continue
        pattern = re.compile((r"\s*".join(map(re.escape, label.split())) + r"\s*" if label else r"(?<!\d)") + form)
        found = next((match[1] for text in lines if (match := pattern.search(text))), "")
        if found == read.text:
            return pattern
    return re.compile(re.escape(line[:start]) + form)


def _in_name(name: str) -> Iterator[Candidate]:
    stem = name.rpartition(".")[0] or name
    for start, read in dates_in(stem.replace("_", " ")):
        form = _OF_FORM.get(read.form, rf"({re.escape(stem[start : start + len(read.text)])})")
        pattern = re.compile(r"(?<![\d.-])" + form)
        found = pattern.search(name)
        if found is None or found.start(1) != start:
            pattern = re.compile(re.escape(stem[:start]) + form)
        written = stem[start : start + len(read.text)]
        rule, periods = translated([read.text], read.form, "", written)
        yield Candidate(
            2, _("Dateiname „{name}“").format(name=name), replace(rule, file_name=pattern), periods, label=stem,
            texts=(read.text,), form=read.form, written=written,
        )  # fmt: skip
