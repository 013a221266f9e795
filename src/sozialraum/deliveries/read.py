"""Read a delivery: the main path of this package, from top to bottom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd

from sozialraum.base import _, plural
from sozialraum.deliveries.belonging import named_units, only_ours, unit_from_title
from sozialraum.deliveries.checks import check_at_most, check_totals, check_unique
from sozialraum.deliveries.collector import Collector, Sketch, refuse
from sozialraum.deliveries.columns import Profiles, marked, read_columns
from sozialraum.deliveries.compared import compared
from sozialraum.deliveries.corrections import Corrections
from sozialraum.deliveries.counts import observe
from sozialraum.deliveries.dimensions import dimension_codes
from sozialraum.deliveries.encodings import encoding_sentence
from sozialraum.deliveries.facilities import read_facilities
from sozialraum.deliveries.files import Content, open_file
from sozialraum.deliveries.grid import observe_grid, place_cells, read_midpoints, window_of
from sozialraum.deliveries.heads import Bounds
from sozialraum.deliveries.keys import Units, resolve_units
from sozialraum.deliveries.names_beside_keys import check_names
from sozialraum.deliveries.only_counts import only_counts
from sozialraum.deliveries.periods import (
    Periods,
    check_lonely_dates,
    compare_with_name,
    find_periods,
    periods_of,
)
from sozialraum.deliveries.plausible import check_dates
from sozialraum.deliveries.reading import OBSERVATION_COLUMNS, HiddenPlace, Places, Reading, no_observations
from sozialraum.deliveries.recipe import GridRule, KeyRule, Recipe
from sozialraum.deliveries.reference_set import say_absent, say_holes
from sozialraum.deliveries.shape import Shape, sums_of, sums_of_places
from sozialraum.deliveries.shelters import without_shelters
from sozialraum.deliveries.signs import sign_profiles
from sozialraum.deliveries.table import Table, read_table
from sozialraum.deliveries.wrong_system import say_wrong_system

_HEADS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class _Task:
    """What one reading is about. recipe : as it holds for the table; declared : as the reading names it."""

    path: Path
    recipe: Recipe
    declared: Recipe
    places: Places
    corrections: Corrections
    profiles: Profiles
    log: Collector


def read_delivery(
    path: Path,
    recipe: Recipe,
    places: Places,
    corrections: Corrections = Corrections(),
    profiles: Profiles | None = None,
    content: Content | None = None,
) -> Reading:
    """Read a delivered file by a recipe.

    path : the file. recipe : of `recipes()` or `find_recipe(path)`. places : blocks, municipalities,
    areas its keys may name. corrections : what a person put right in how this file is read.
    profiles : sign profiles by code, those of the package when not given. content : the file as `open_file` gave it,
    where it is open already.
    Returns a Reading: observations with their status (residual rows under geography 'residual', published
    totals of a municipality or the region too, other sums checked and left out), or facilities.
    Raises InputRefused with all errors at once; then nothing was taken over. Warnings and notes stay
    in `Reading.findings`.
    """
    path = Path(path)
    content = open_file(path) if content is None else content
    if not recipe.reads(content.format):
        raise refuse(path.name, _("Die Einleseregel „{title}“ gilt nicht für Dateien dieser Art.").format(
            title=_(recipe.title)))  # fmt: skip
    recipe = replace(recipe, sheet=corrections.sheet or recipe.sheet)
    log = Collector(path.name)
    table, used = read_table(path, content, recipe, log, corrections, _window(content, recipe, places))
    task = _Task(path, used, recipe, places, corrections, sign_profiles() if profiles is None else profiles, log)
    _say_opening(content, table, recipe, log)
    if recipe.facilities:  # free text below a list of facilities may name a protected one: no remarks
        return _read_facilities(task, table)
    table = without_shelters(table, log)
    log.remarks += table.legend
    assert used.key is not None  # a recipe without facilities has a key; checked on load
    table, key = unit_from_title(table, used, used.key, log)
    table = only_ours(named_units(table, used, key, places, log), key, places, log)
    return _read_grid(task, table, key, used.grid) if used.grid else _read_counts(task, table, key)


def _window(content: Content, recipe: Recipe, places: Places) -> Bounds | None:
    """What of a long grid table is kept at all."""
    return window_of(recipe.grid, places) if content.large is not None and recipe.grid else None


def _say_opening(content: Content, table: Table, recipe: Recipe, log: Collector) -> None:
    if encoding_said := encoding_sentence(content.encoding):
        log.assumed.append(encoding_said)
    if not recipe.specimen:
        log.assumed.append(_(
            "Für diese Einleseregel lag keine echte Datei vor; bitte einige Werte mit der Datei vergleichen."
        ))  # fmt: skip
    if recipe.noise == "cell_key":
        log.assumed.append(_(
            "Die Quelle verändert Anzahlen ein wenig zum Schutz von Personen. Eigene Summen weichen deshalb von "
            "veröffentlichten ab; sie werden nicht angeglichen."
        ))  # fmt: skip
    if table.other_heads:
        heads = ", ".join(table.other_heads[:_HEADS_SHOWN]) + (" …" if len(table.other_heads) > _HEADS_SHOWN else "")
        log.skipped.append(_("nicht benötigte Spalten: {heads}.").format(heads=heads))


def _read_counts(task: _Task, table: Table, key: KeyRule) -> Reading:
    recipe, log = task.recipe, task.log
    periods = find_periods(
        task.path, table, recipe.period, log, quote=not recipe.records, given=task.corrections.period
    )
    if recipe.period.column:
        check_lonely_dates(table, recipe.period.column, periods, log, quote=not recipe.records)
    told = len(log.findings)
    codes = {each.name: dimension_codes(table, each, periods, log, quote=not recipe.records)
             for each in recipe.dimensions}  # fmt: skip
    sorted_out = len(log.findings) == told  # else rows may be left out that belong to sums
    wanted = np.ones(len(table.rows), dtype=bool)
    for each in codes.values():
        wanted &= each != None  # noqa: E711 - one comparison per row
    if not wanted.all():
        table, periods, codes = _without_others(table, periods, codes, wanted, log)
    units = resolve_units(table, recipe, key, task.places, log)
    check_names(table, recipe, key, task.places, units, log)
    repeated = check_unique(table, key.unique, periods, log, quote=not recipe.records)
    cells = read_columns(
        table, recipe, np.ones(len(table.rows), dtype=bool), task.profiles, task.corrections.signs, log
    )
    taken = tuple(sorted({unit.name for unit in units.units if unit.role == "place"}))
    stated = _periods(table, recipe, periods)
    log.sketch = Sketch(_shape(task, table, taken), stated, units.municipalities())
    if sorted_out:
        cells = compared(table, recipe, units, periods, cells, repeated, log)
    if not units.are("unknown").any():  # a key that is not known is the row of an area that seems to be missing
        say_absent(table, key, task.places, units, log)
        if key.complete:
            say_holes(table, key, task.places, units, periods, log)
    compare_with_name(task.path, stated, log)
    check_dates(task.path, table, tuple({*stated, *periods.texts}), log)
    counting = only_counts(recipe, key, table, units, log)
    log.refuse_on_errors()
    observations = observe(table, counting, key, task.places, units, periods, cells, codes)
    check_totals(observations, task.places, log)
    log.refuse_on_errors()
    sums = _say_sums(units, key, log)
    return _reading(task, table, stated, sums, observations, municipalities=units.municipalities(), keys=taken)


def _without_others(
    table: Table, periods: Periods, codes: dict[str, np.ndarray], wanted: np.ndarray, log: Collector
) -> tuple[Table, Periods, dict[str, np.ndarray]]:
    """Only the rows whose properties the recipe asks for."""
    log.skipped.append(
        plural(
            "{count} Zeile mit anderen Merkmalen.", "{count} Zeilen mit anderen Merkmalen.", int((~wanted).sum())
        ).format(count=int((~wanted).sum()))
    )
    kept = {name: each[wanted] for name, each in codes.items()}
    return table.only(wanted), Periods(periods.codes[wanted], periods.texts), kept


def _say_sums(units: Units, key: KeyRule, log: Collector) -> int:
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
    return sums


def _periods(table: Table, recipe: Recipe, periods: Periods) -> tuple[str, ...]:
    found: set[str] = set()
    for value in recipe.values:
        if value.feature or not value.not_carried:
            found |= set(periods_of(value, table, periods).texts)
    return tuple(sorted((found or set(periods.texts)) - {""}))


def _read_grid(task: _Task, table: Table, key: KeyRule, rule: GridRule) -> Reading:
    recipe, log = task.recipe, task.log
    periods = find_periods(task.path, table, recipe.period, log, given=task.corrections.period)
    check_unique(table, key.unique, periods, log)
    everything = np.ones(len(table.rows), dtype=bool)
    x, y = read_midpoints(table, key, rule, log)
    read = read_columns(table, recipe, everything, task.profiles, task.corrections.signs, log)
    cells = {name: marked(table, rule, each, log) for name, each in read.items()}
    for check in recipe.at_most:
        check_at_most(table, check, cells, everything, log)
    log.refuse_on_errors()
    placed = place_cells(x, y, rule, task.places)
    if (placed.block < 0).all():
        say_wrong_system(np.column_stack([x, y]), rule.x, rule.crs, task.places, table, log)
        log.refuse_on_errors()
        raise refuse(task.path.name, _("Keine Gitterzelle liegt in einem Baustein."), _(
            "Bitte prüfen, ob die Datei zu diesem Kreis gehört."))  # fmt: skip
    observations = observe_grid(table, recipe, rule, task.places, placed, periods, cells, log)
    check_totals(observations, task.places, log)
    log.refuse_on_errors()
    check_dates(task.path, table, periods.texts, log)
    inside = placed.inside
    towns = sorted(set(task.places.blocks["municipality"].to_numpy(dtype=object)[inside]))
    taken = tuple(sorted(set(task.places.blocks["block_id"].astype(str).to_numpy(dtype=object)[inside])))
    outside = int((placed.block < 0).sum())
    return _reading(task, table, periods.texts, outside, observations, municipalities=tuple(towns), keys=taken)


def _read_facilities(task: _Task, table: Table) -> Reading:
    rule, log = task.recipe.facilities, task.log
    assert rule is not None
    # rows of facilities are not quoted: shifted columns could bring an address into a message
    periods = find_periods(task.path, table, task.recipe.period, log, quote=False, given=task.corrections.period)
    check_unique(table, (rule.number,), periods, log, quote=False)
    hidden: list[HiddenPlace] = []
    facilities = read_facilities(table, rule, task.places, periods, log, hidden)
    log.refuse_on_errors()
    compare_with_name(task.path, periods.texts, log)
    skipped = len(table.rows) - facilities["facility_id"].nunique()
    numbers = tuple(sorted(facilities.loc[~facilities["protected"], "facility_id"].unique()))
    found = _reading(task, table, periods.texts, skipped, no_observations(), facilities, keys=numbers)
    return replace(found, hidden_places=tuple(hidden))


def _reading(
    task: _Task,
    table: Table,
    periods: Sequence[str],
    skipped: int,
    observations: pd.DataFrame,
    facilities: pd.DataFrame | None = None,
    municipalities: tuple[str, ...] = (),
    keys: tuple[str, ...] = (),
) -> Reading:
    log = task.log
    return Reading(
        recipe=task.declared,
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
        shape=_shape(
            task,
            table,
            keys,
            sums_of(observations) if facilities is None else sums_of_places(facilities),
            quotes=facilities is None,
        ),
    )


def _shape(
    task: _Task,
    table: Table,
    keys: tuple[str, ...],
    sums: Mapping[str, tuple[float, float]] = MappingProxyType({}),
    *,
    quotes: bool = True,
) -> Shape:
    """The shape of the file. quotes : whether the rows around the table may be kept."""
    return Shape(
        heads=table.all_heads,
        columns=_columns(task.declared, table),
        keys=keys,
        sums=dict(sums),
        notes=(*table.titles, *table.legend) if quotes else (),
        rows=len(table.rows),
        sheet=table.sheet,
    )


def _columns(recipe: Recipe, table: Table) -> dict[str, str]:
    """Short name -> head; of a column that stands there several times the first one."""
    return {name: table.heads[name if name in table.heads else f"{name} 1"] for name in recipe.columns}
