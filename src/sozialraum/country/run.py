"""The run over a country: what is left to do, handed out in tasks, each result kept as it comes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sozialraum import __version__
from sozialraum.base import Progress, Silent, SozialraumError, _, plural
from sozialraum.base.numbers import count
from sozialraum.country.cells import Cells
from sozialraum.country.folder import RunFolder, input_hash, open_folder
from sozialraum.country.grid import Grid, open_grid, read_cells
from sozialraum.country.rule import Rule
from sozialraum.country.survey import Municipality, survey
from sozialraum.country.task import Outcome, cut_all
from sozialraum.country.workers import cluster, processes, processors, result_of

ROWS_AT_ONCE = 400_000  # cells read in one go, at least one municipality
CELLS_PER_TASK = 4_000  # at least one municipality
SECONDS_TO_LISTEN = 0.5  # how often the wish to stop is looked at
SECONDS_TO_FINISH = 10.0  # what running tasks get when the person stops
FAULTS_SHOWN = 5


@dataclass(frozen=True)
class Summary:
    """What stands in the folder after a run.

    municipalities : of the grid. divided : cut into two or more areas by this run. whole : one area.
    too_small : of these, fewer inhabitants than the minimum. not_possible : without areas, with reasons.
    earlier : already there before. outcomes : of this run, without the files.
    """

    municipalities: int
    divided: int
    whole: int
    too_small: int
    not_possible: int
    earlier: int
    areas: int
    ignored: tuple[str, ...]
    outcomes: tuple[Outcome, ...]


def propose_country(
    path: Path,
    out: Path,
    rule: Rule | None = None,
    *,
    workers: int | None = None,
    scheduler: str = "",
    progress: Progress | None = None,
) -> Summary:
    """Propose areas for every municipality of a grid of cells; one result file per municipality.

    path : Parquet with `municipality` (AGS, text), `x`, `y` (midpoints of 100 m cells, EPSG:3035), `population`,
    attributes `family:name` and optional `block_id`. out : folder, new or of an interrupted run with the same
    grid and rule, which goes on. workers : processes, default all processors; scheduler : address of a dask
    scheduler instead. The areas do not depend on either.
    Writes <ags>.parquet (block_id, area_id), not_possible.csv (municipality;reason) and run.json.
    Raises InputRefused (grid or folder), UsageError (extra or cluster missing), WorkersGone.
    """
    rule, progress = rule or Rule(), progress or Silent()
    progress.stage(_("Gitter prüfen"))
    grid = open_grid(path)
    towns = survey(grid)
    with open_folder(out, record_of(grid, rule)) as folder:
        left = [town for town in towns if not is_done(town, folder, rule)]
        progress.stage(_stage(len(towns), len(left)))
        outcomes = _compute(grid, towns, left, folder, rule, workers, scheduler, progress) if left else []
        _tell_faults(outcomes)
        return _summary(grid, towns, left, folder, outcomes)


def record_of(grid: Grid, rule: Rule) -> dict[str, Any]:
    """What the results of a folder depend on."""
    source = {"file": grid.path.name, "sha256": input_hash(grid.path)}
    return {"version": __version__, "input": source, "parameters": rule.parameters()}


def is_done(town: Municipality, folder: RunFolder, rule: Rule) -> bool:
    """Whether nothing is left to do: a file, or reasons why there is none."""
    return folder.has_file(town.ags) or (town.ags in folder.reasons and town.population >= rule.low)


def _stage(number: int, left: int) -> str:
    text = plural("1 Gemeinde", "{n} Gemeinden", number).format(n=count(number))
    if left == number:
        return _("Gebiete vorschlagen: {towns}").format(towns=text)
    return _("Gebiete vorschlagen: {towns}, {done} liegen schon vor").format(towns=text, done=count(number - left))


def _compute(
    grid: Grid,
    towns: Sequence[Municipality],
    left: Sequence[Municipality],
    folder: RunFolder,
    rule: Rule,
    workers: int | None,
    scheduler: str,
    progress: Progress,
) -> list[Outcome]:
    total = sum(town.cells for town in towns)
    meter = _Meter(progress, total - sum(town.cells for town in left), total)
    place = cluster(scheduler) if scheduler else processes(workers or processors(), rule.effort)
    with place as (executor, width):
        meter.add(0)
        return _hand_out(executor, width, _tasks(grid, left), grid.families, rule, folder, meter)


@dataclass
class _Meter:
    """Progress in cells: they, not municipalities, cost time."""

    progress: Progress
    done: int
    total: int

    def add(self, cells: int) -> None:
        self.done += cells
        self.progress.step(self.done, self.total)


def _tasks(grid: Grid, left: Sequence[Municipality]) -> Iterator[list[Cells]]:
    """The cells of the municipalities, a few thousand per task, the largest first so that none comes late."""
    largest_first = sorted(left, key=lambda town: (-town.cells, town.ags))
    for portion in _portions(largest_first, ROWS_AT_ONCE):
        cells = read_cells(grid, [town.ags for town in portion])
        for chunk in _portions(portion, CELLS_PER_TASK):
            yield [cells.pop(town.ags) for town in chunk]


def _portions(towns: Sequence[Municipality], most: int) -> Iterator[list[Municipality]]:
    portion: list[Municipality] = []
    size = 0
    for town in towns:
        if portion and size + town.cells > most:
            yield portion
            portion, size = [], 0
        portion.append(town)
        size += town.cells
    if portion:
        yield portion


def _hand_out(
    executor: Executor,
    width: int,
    tasks: Iterator[list[Cells]],
    families: Sequence[str],
    rule: Rule,
    folder: RunFolder,
    meter: _Meter,
) -> list[Outcome]:
    """Keep every worker busy, and no more tasks in memory than that needs."""
    outcomes: list[Outcome] = []
    waiting: set[Future] = set()
    try:
        for chunk in tasks:
            waiting.add(executor.submit(cut_all, chunk, families, rule))
            while len(waiting) > 2 * width:
                waiting = _collect(waiting, folder, meter, outcomes)
        while waiting:
            waiting = _collect(waiting, folder, meter, outcomes)
    except KeyboardInterrupt:
        _keep_running(waiting, folder, outcomes)
        raise
    return outcomes


def _collect(waiting: set[Future], folder: RunFolder, meter: _Meter, outcomes: list[Outcome]) -> set[Future]:
    done, waiting = wait(waiting, SECONDS_TO_LISTEN, FIRST_COMPLETED)
    cells = sum(_keep(result_of(future), folder, outcomes) for future in done)
    meter.add(cells)
    return waiting


def _keep_running(waiting: set[Future], folder: RunFolder, outcomes: list[Outcome]) -> None:
    """The person stops: tasks not begun are dropped, running ones get a moment to end."""
    running = {future for future in waiting if not future.cancel()}
    for future in wait(running, SECONDS_TO_FINISH).done:
        _keep(result_of(future), folder, outcomes)


def _keep(found: Sequence[Outcome], folder: RunFolder, outcomes: list[Outcome]) -> int:
    """Write the results of one task, the reasons first; returns its cells."""
    reasons = {outcome.ags: outcome.reasons for outcome in found if outcome.reasons}
    if reasons:
        folder.keep_reasons(reasons)
    for outcome in found:
        if outcome.file is not None:
            folder.keep_file(outcome.ags, outcome.file)
        outcomes.append(outcome.without_file())
    return sum(outcome.cells for outcome in found)


def _tell_faults(outcomes: Sequence[Outcome]) -> None:
    faulty = sorted((one.ags, one.fault) for one in outcomes if one.fault)
    if faulty:
        listed = "; ".join(f"{ags} ({fault})" for ags, fault in faulty[:FAULTS_SHOWN])
        text = plural(
            "1 Gemeinde konnte wegen eines Programmfehlers nicht gerechnet werden: {listed}.",
            "{n} Gemeinden konnten wegen eines Programmfehlers nicht gerechnet werden: {listed}.",
            len(faulty),
        )
        todo = _("Alle anderen sind fertig. Bitte melden Sie den Fehler; derselbe Befehl versucht sie noch einmal.")
        raise SozialraumError(text.format(n=count(len(faulty)), listed=listed) + " " + todo)


def _summary(
    grid: Grid,
    towns: Sequence[Municipality],
    left: Sequence[Municipality],
    folder: RunFolder,
    outcomes: Sequence[Outcome],
) -> Summary:
    with_file = {town.ags for town in towns if folder.has_file(town.ags)}
    return Summary(
        municipalities=len(towns),
        divided=sum(one.areas > 1 for one in outcomes),
        whole=sum(one.areas == 1 for one in outcomes),
        too_small=sum(ags in with_file for ags in folder.reasons),
        not_possible=sum(ags not in with_file for ags in folder.reasons),
        earlier=len(towns) - len(left),
        areas=sum(one.areas for one in outcomes),
        ignored=grid.ignored,
        outcomes=tuple(sorted(outcomes, key=lambda one: one.ags)),
    )
