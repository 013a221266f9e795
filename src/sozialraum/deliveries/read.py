"""Read a delivery: the main path of this package, from top to bottom."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from sozialraum.base import _, plural, quoted
from sozialraum.base.value import STRENGTH
from sozialraum.deliveries.cells import Cells, read_cells
from sozialraum.deliveries.checks import check_at_most, check_sums, check_unique
from sozialraum.deliveries.collector import Collector, also, refuse
from sozialraum.deliveries.counts import dimension_codes, observe
from sozialraum.deliveries.facilities import read_facilities
from sozialraum.deliveries.files import Content, open_file
from sozialraum.deliveries.grid import observe_grid, place_cells
from sozialraum.deliveries.keys import Units, known_units, resolve_units
from sozialraum.deliveries.periods import Periods, compare_with_name, find_periods, year_of_head
from sozialraum.deliveries.reading import OBSERVATION_COLUMNS, Places, Reading, no_observations
from sozialraum.deliveries.recipe import GridRule, KeyRule, Recipe, ValueRule
from sozialraum.deliveries.signs import sign_profiles
from sozialraum.deliveries.table import Table, read_table


def read_delivery(path: Path, recipe: Recipe, places: Places) -> Reading:
    """Read a delivered file by a recipe.

    path : the file. recipe : of `recipes()` or `find_recipe(path)`. places : blocks, municipalities,
    areas its keys may name. Returns a Reading: observations with their status (residual rows under
    geography 'residual', published totals of a municipality or the region too, other sums
    checked and left out), or facilities.
    Raises InputRefused with all errors at once; then nothing was taken over. Warnings and notes stay
    in `Reading.findings`.
    """
    path = Path(path)
    content = open_file(path)
    if not recipe.reads(content.format):
        raise refuse(path.name, _("Die Einleseregel „{title}“ gilt nicht für Dateien dieser Art.").format(
            title=_(recipe.title)))  # fmt: skip
    log = Collector(path.name)
    table = read_table(path, content, recipe, log)
    _say_opening(content, table, recipe, log)
    # rows of facilities are not quoted: shifted columns could bring an address into a message
    periods = find_periods(path, table, recipe.period, log, quote=recipe.facilities is None)
    if recipe.facilities:
        return _read_facilities(path, table, recipe, places, periods, log)
    assert recipe.key is not None  # a recipe without facilities has a key; checked on load
    if recipe.grid:
        return _read_grid(path, table, recipe, recipe.key, recipe.grid, places, periods, log)
    return _read_counts(path, table, recipe, recipe.key, places, periods, log)


def _say_opening(content: Content, table: Table, recipe: Recipe, log: Collector) -> None:
    if content.encoding == "cp1252":
        log.assumed.append(_("Die Datei ist nicht in UTF-8 geschrieben; sie wurde als Windows-1252 gelesen."))
    if table.other_heads:
        log.skipped.append(_("nicht benötigte Spalten: {heads}.").format(heads=", ".join(table.other_heads)))
    if recipe.facilities is None:  # free text below a list of facilities may name a protected one
        log.remarks += table.legend


def _read_counts(
    path: Path, table: Table, recipe: Recipe, key: KeyRule, places: Places, periods: Periods, log: Collector
) -> Reading:
    units = resolve_units(table, recipe, key, places, log)
    check_unique(table, key.unique, periods, log)
    codes = {each.name: dimension_codes(table, each, log) for each in recipe.dimensions}
    cells = _cells(table, recipe, np.ones(len(table.rows), dtype=bool), log)
    if not log.has_errors:  # a misread row would make its sums wrong as well
        check_sums(table, recipe, units, periods, cells, log)
        for rule in recipe.at_most:
            check_at_most(table, rule, cells, ~units.are("sum"), log)
    log.refuse_on_errors()
    _warn_of_absent(table, recipe, key, places, units, log)
    observations = observe(table, recipe, places, units, periods, cells, codes)
    sums = int((units.are("sum") & ~units.taken_over()).sum())
    if sums:
        log.skipped.append(
            plural(
                "{count} Summenzeile, geprüft und nicht übernommen.",
                "{count} Summenzeilen, geprüft und nicht übernommen.",
                sums,
            ).format(count=sums)
        )
    if key.complete:
        log.assumed.append(_("Die Liste ist vollständig: Was in ihr nicht vorkommt, ist null."))
    stated = _periods(table, recipe, periods)
    compare_with_name(path, stated, log)
    return _reading(recipe, table, log, stated, sums, observations, municipalities=units.municipalities())


def _cells(table: Table, recipe: Recipe, mask: np.ndarray, log: Collector) -> dict[str, Cells]:
    """All number columns, read under what the legend of this file says."""
    cells: dict[str, Cells] = {}
    for value in recipe.values:
        if value.column in cells:
            continue
        profile = sign_profiles()[value.signs]
        _say_unconfirmed(table, value.column, profile.code, log)
        profile = profile.under(table.legend)
        cells[value.column] = _at_most_known_as(
            value,
            read_cells(table, value.column, profile, log, measure=value.measure, mask=mask, decimal=value.decimal),
        )
        if value.not_carried:
            log.skipped.append(
                _("Spalte „{head}“, gelesen und nicht übernommen: {why}").format(
                    head=table.heads[value.column], why=value.not_carried
                )
            )
    _say_known_as(table, recipe, log)
    return cells


def _at_most_known_as(value: ValueRule, cells: Cells) -> Cells:
    """The cells with the status the recipe gives all numbers of the column, where that is weaker."""
    if not value.known_as:
        return cells
    return Cells(cells.low, cells.high, np.minimum(cells.rank, STRENGTH[value.known_as]))


def _say_known_as(table: Table, recipe: Recipe, log: Collector) -> None:
    words = {"estimated": _("geschätzt"), "uncertain": _("unsicher"), "rounded": _("gerundet")}
    columns: dict[tuple[str, str], list[str]] = {}
    for value in recipe.values:
        if value.known_as:
            columns.setdefault((value.known_as, value.known_why), []).append(quoted(table.heads[value.column]))
    for (status, why), heads in columns.items():
        log.assumed.append(
            _("Als {status} gelten alle Zahlen in {heads}: {why}").format(
                status=words.get(status, status), heads=", ".join(heads), why=why
            )
        )


def _say_unconfirmed(table: Table, name: str, code: str, log: Collector) -> None:
    texts = set(table.coded(name).texts)
    for sign in sign_profiles()[code].unconfirmed(table.legend):
        if sign.text in texts:
            log.add("warning", _(
                "Die Legende sagt nicht, dass außer „{sign}“ nichts verdeckt wurde; „{sign}“ kann deshalb mehr als "
                "{meaning} bedeuten.").format(sign=sign.text, meaning=sign.meaning),
                sheet=table.sheet, column=table.heads[name])  # fmt: skip


def _warn_of_absent(table: Table, recipe: Recipe, key: KeyRule, places: Places, units: Units, log: Collector) -> None:
    """Areas of a municipality in the file that have no row are not delivered; say which."""
    if key.kind not in ("area", "agency"):
        return
    known = known_units(log.file, key, places).keys
    there = {unit.name for unit in units.units if unit.role == "place"}
    towns = set(units.municipalities())
    absent = sorted(area for area, ags in known.values() if ags in towns and area not in there)
    if absent:
        log.add(
            "warning",
            plural(
                "Für {count} Gebiet steht keine Zeile in der Datei: {areas}.",
                "Für {count} Gebiete steht keine Zeile in der Datei: {areas}.",
                len(absent),
            ).format(count=len(absent), areas=", ".join(absent)),
            sheet=table.sheet,
            todo=_("Sie gelten als nicht geliefert."),
        )


def _periods(table: Table, recipe: Recipe, periods: Periods) -> tuple[str, ...]:
    years = [year_of_head(value, table) for value in recipe.values if value.feature]
    dated = periods.texts if not all(years) else ()
    return tuple(sorted({*dated, *filter(None, years)}))


def _read_grid(
    path: Path, table: Table, recipe: Recipe, key: KeyRule, rule: GridRule, places: Places, periods: Periods,
    log: Collector,
) -> Reading:  # fmt: skip
    check_unique(table, key.unique, periods, log)
    everything = np.ones(len(table.rows), dtype=bool)
    number = sign_profiles()["plain"]
    x = read_cells(table, rule.x, number, log, measure=True, mask=everything)
    y = read_cells(table, rule.y, number, log, measure=True, mask=everything)
    cells = {name: _marked(table, rule, each, log) for name, each in _cells(table, recipe, everything, log).items()}
    for check in recipe.at_most:
        check_at_most(table, check, cells, everything, log)
    log.refuse_on_errors()
    placed = place_cells(x.low, y.low, rule, places)
    if (placed.block < 0).all():
        raise refuse(path.name, _("Keine Gitterzelle liegt in einem Baustein."), _(
            "Bitte prüfen, ob die Datei zu diesem Kreis gehört."))  # fmt: skip
    observations = observe_grid(recipe, rule, places, placed, periods, cells, log)
    towns = sorted(set(places.blocks["municipality"].to_numpy(dtype=object)[placed.inside]))
    outside = int((placed.block < 0).sum())
    return _reading(recipe, table, log, periods.texts, outside, observations, municipalities=tuple(towns))


def _marked(table: Table, rule: GridRule, cells: Cells, log: Collector) -> Cells:
    """The cells with the status their row is marked with, if that is weaker."""
    if not rule.mark:
        return cells
    coded = table.coded(rule.mark)
    ranks = []
    for code, text in enumerate(coded.texts):
        status = rule.marks.get(text)
        if text and status is None:
            rows = np.flatnonzero(coded.codes == code)
            finding = _("„{text}“ ist kein vorgesehenes Zeichen").format(text=text) + also(len(rows) - 1) + "."
            place = (int(table.rows[rows[0]]), table.heads[rule.mark])
            if not any((each.row, each.column) == place for each in log.findings):
                log.add("error", finding, row=place[0], column=place[1])
        ranks.append(STRENGTH[status] if status else max(STRENGTH.values()))
    return Cells(cells.low, cells.high, np.minimum(cells.rank, np.array(ranks)[coded.codes]))


def _read_facilities(
    path: Path, table: Table, recipe: Recipe, places: Places, periods: Periods, log: Collector
) -> Reading:
    rule = recipe.facilities
    assert rule is not None
    check_unique(table, (rule.number,), periods, log, quote=False)
    facilities = read_facilities(table, rule, places, periods, log)
    log.refuse_on_errors()
    compare_with_name(path, periods.texts, log)
    skipped = len(table.rows) - facilities["facility_id"].nunique()
    return _reading(recipe, table, log, periods.texts, skipped, no_observations(), facilities)


def _reading(
    recipe: Recipe,
    table: Table,
    log: Collector,
    periods: tuple[str, ...],
    skipped: int,
    observations: pd.DataFrame,
    facilities: pd.DataFrame | None = None,
    municipalities: tuple[str, ...] = (),
) -> Reading:
    return Reading(
        recipe=recipe,
        observations=observations[list(OBSERVATION_COLUMNS)],
        facilities=facilities,
        periods=tuple(sorted(periods)),
        rows_read=len(table.rows),
        rows_skipped=skipped,
        assumed=tuple(log.assumed),
        findings=tuple(log.findings),
        municipalities=municipalities,
        skipped=tuple(log.skipped),
        remarks=tuple(log.remarks),
    )
