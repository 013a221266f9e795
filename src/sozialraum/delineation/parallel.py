"""Search the areas of many municipalities, one after the other or in several processes, always with one result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from sozialraum.base import Progress, current_language, in_language
from sozialraum.delineation.partition import Partition
from sozialraum.delineation.plan import Plan
from sozialraum.delineation.problem import DelineationError, NoPlanFound, NoPlanPossible
from sozialraum.delineation.town import Town
from sozialraum.delineation.town_plan import search_town


@dataclass(frozen=True, eq=False)
class Outcome:
    """What the search of one municipality gave: a partition, or the reasons why there is none.

    balance : how much of the wish for similar sizes could be kept. proven : there can be none.
    """

    found: Partition | None
    balance: float = 0.0
    reasons: tuple[str, ...] = ()
    proven: bool = False


def search_towns(
    towns: Sequence[Town], seed: int, present: Plan | None, workers: int, progress: Progress
) -> list[Outcome]:
    """Search all towns; outcomes in the order of the towns, the same with any number of workers.

    Between two towns `progress` may raise Interrupted; then nothing further is begun.
    """
    outcomes: list[Outcome] = []
    progress.step(0, len(towns))
    for outcome in _searched(towns, seed, present, min(workers, len(towns))):
        outcomes.append(outcome)
        progress.step(len(outcomes), len(towns))
    return outcomes


def _searched(towns: Sequence[Town], seed: int, present: Plan | None, workers: int) -> Iterator[Outcome]:
    language = current_language()
    if workers <= 1:
        for town in towns:
            yield search_one(town, seed, present, language)
        return
    # fresh processes: a copy of one with running threads could stand still
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
    try:
        tasks = [pool.submit(search_one, town, seed, present, language) for town in towns]
        for task in tasks:
            yield task.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def search_one(town: Town, seed: int, present: Plan | None, language: str) -> Outcome:
    """Search one town; a search without a plan is an outcome, not an error, so that it travels between processes."""
    with in_language(language):
        try:
            found, balance = search_town(town, seed, present)
        except (NoPlanFound, NoPlanPossible) as error:
            return Outcome(None, reasons=error.reasons, proven=isinstance(error, NoPlanPossible))
        except DelineationError as error:
            return Outcome(None, reasons=(str(error),))
    return Outcome(found, balance)
