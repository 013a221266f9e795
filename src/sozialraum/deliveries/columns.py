"""Read the number columns of a table, under what the legend of this very file says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from sozialraum.base import _, quoted
from sozialraum.base.value import STRENGTH
from sozialraum.deliveries.cells import OBSERVED, Cells, read_cells
from sozialraum.deliveries.collector import Collector, also
from sozialraum.deliveries.plausible import check_percentages, check_words
from sozialraum.deliveries.recipe import GridRule, Recipe, ValueRule
from sozialraum.deliveries.sign_lines import with_own
from sozialraum.deliveries.signs import SignProfile
from sozialraum.deliveries.table import Table

Profiles = Mapping[str, SignProfile]


def read_columns(
    table: Table, recipe: Recipe, mask: np.ndarray, profiles: Profiles, explained: Sequence[str], log: Collector
) -> dict[str, Cells]:
    """All number columns by short name; a list of single cases has the column '' in which each row is one.

    mask : rows that count. profiles : sign profiles by code. explained : signs whose narrow meaning a person
    confirmed although this file's legend is silent.
    """
    cells: dict[str, Cells] = {}
    for value in recipe.values:
        if value.column in cells:
            continue
        if not value.column:
            ones = np.ones(len(table.rows))
            cells[""] = Cells(ones, ones, np.full(len(table.rows), OBSERVED))
            continue
        cells[value.column] = _at_most_known_as(value, _read(table, value, profiles, explained, mask, log))
        if value.not_carried:
            log.skipped.append(
                _("Spalte „{head}“, gelesen und nicht übernommen: {why}").format(
                    head=table.heads[value.column], why=_(value.not_carried)
                )
            )
    _say_known_as(table, recipe, log)
    for value in recipe.values:
        if value.weight:
            log.assumed.append(
                _("„{average}“ ist ein Durchschnitt und wird mit „{number}“ gewichtet, nicht addiert.").format(
                    average=table.heads[value.column], number=table.heads[value.weight]
                )
            )
    return cells


def _read(
    table: Table, value: ValueRule, profiles: Profiles, explained: Sequence[str], mask: np.ndarray, log: Collector
) -> Cells:
    profile = with_own(profiles[value.signs], value.own_signs)
    _say_unconfirmed(table, value.column, profile, explained, log)
    narrow, profile = profile, profile.under(table.legend)
    said = {text: narrow.signs[text] for text in explained if text in narrow.signs}
    if said:
        profile = replace(profile, signs={**profile.signs, **said})
    wrong = check_words(table, value.column, mask, tuple(profile.signs), value.decimal, log) or (
        not value.measure and check_percentages(table, value.column, mask, value.decimal, log)
    )
    if wrong:
        return Cells(*(np.full(len(table.rows), each) for each in (np.nan, np.nan, OBSERVED)))
    cells = read_cells(table, value.column, profile, log, measure=value.measure, mask=mask, decimal=value.decimal)
    _check_most(table, value, cells, mask, log)
    return _without_zeros(table, value, cells, mask, log) if value.zero_as else cells


def _check_most(table: Table, value: ValueRule, cells: Cells, mask: np.ndarray, log: Collector) -> None:
    """Shares above the whole are one error for each text."""
    if not value.most:
        return
    with np.errstate(invalid="ignore"):
        wrong = np.flatnonzero((cells.low > value.most) & mask)
    coded = table.coded(value.column)
    for code in dict.fromkeys(coded.codes[wrong].tolist()):
        rows = wrong[coded.codes[wrong] == code]
        what = _("{text} ist mehr als {most}; das kann kein Anteil sein").format(
            text=coded.texts[code], most=value.most
        )
        log.add("error", what + also(len(rows) - 1) + ".", **table.at(value.column, int(rows[0])),
                code="impossible_share", found=coded.texts[code])  # fmt: skip


def _without_zeros(table: Table, value: ValueRule, cells: Cells, mask: np.ndarray, log: Collector) -> Cells:
    """The cells with every printed zero as not known."""
    zero = (cells.high == 0) & mask
    if zero.any():
        log.assumed.append(
            _("{count} Nullen in „{head}“ heißen nach der Einleseregel: nicht bekannt.").format(
                count=int(zero.sum()), head=table.heads[value.column]
            )
        )
    low, high, rank = cells.low.copy(), cells.high.copy(), cells.rank.copy()
    low[zero], high[zero], rank[zero] = np.nan, np.nan, STRENGTH[value.zero_as]
    return Cells(low, high, rank)


def _at_most_known_as(value: ValueRule, cells: Cells) -> Cells:
    """The cells with the status the recipe gives all numbers of the column, where that is weaker."""
    if not value.known_as:
        return cells
    return Cells(cells.low, cells.high, np.minimum(cells.rank, STRENGTH[value.known_as]))


def _say_known_as(table: Table, recipe: Recipe, log: Collector) -> None:
    words = {"estimated": _("geschätzt"), "uncertain": _("unsicher"), "rounded": _("gerundet")}
    columns: dict[tuple[str, str], list[str]] = {}
    for value in recipe.values:
        if value.known_as and value.column:
            heads = columns.setdefault((value.known_as, value.known_why), [])
            heads += [head for head in [quoted(table.heads[value.column])] if head not in heads]
    for (status, why), heads in columns.items():
        log.assumed.append(
            _("Als {status} gelten alle Zahlen in {heads}: {why}").format(
                status=words.get(status, status), heads=", ".join(heads), why=why
            )
        )


def _say_unconfirmed(
    table: Table, name: str, profile: SignProfile, explained: Sequence[str], log: Collector
) -> None:  # fmt: skip
    coded = table.coded(name)
    for sign in profile.unconfirmed(table.legend):
        if sign.text in explained or sign.text not in coded.texts:
            continue
        first = int(np.argmax(coded.codes == coded.texts.index(sign.text)))
        log.add("warning", _(
            "Die Legende sagt nicht, dass außer „{sign}“ nichts verdeckt wurde; „{sign}“ kann deshalb auch für "
            "{number} oder mehr stehen.").format(sign=sign.text, number=f"{(sign.high or 0) + 1:.0f}"),
            sheet=table.sheet, column=table.heads[name], cell=table.at(name, first)["cell"],
            code="unexplained_sign", found=sign.text)  # fmt: skip


def marked(table: Table, rule: GridRule, cells: Cells, log: Collector) -> Cells:
    """The cells with the status their row is marked with, if that is weaker."""
    if not rule.mark:
        return cells
    coded = table.coded(rule.mark)
    ranks = []
    for code, text in enumerate(coded.texts):
        status = rule.marks.get(text)
        if text and status is None:
            rows = np.flatnonzero(coded.codes == code)
            where = table.at(rule.mark, int(rows[0]))
            if not any(each.code == "unknown_sign" and each.cell == where["cell"] for each in log.findings):
                finding = _("„{text}“ ist kein vorgesehenes Zeichen").format(text=text) + also(len(rows) - 1) + "."
                log.add("error", finding, **where, code="unknown_sign", found=text)
        ranks.append(STRENGTH[status] if status else max(STRENGTH.values()))
    return Cells(cells.low, cells.high, np.minimum(cells.rank, np.array(ranks)[coded.codes]))
