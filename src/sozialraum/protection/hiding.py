"""Which cells are hidden: small counts, and further ones so that nothing can be subtracted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sozialraum.protection.intervals import Attack, Span
from sozialraum.protection.system import LEVELS, Flags, System

SHOWN, SOURCE, PRIMARY, SECONDARY = "", "source", "primary", "secondary"


@dataclass(frozen=True)
class Pattern:
    """reason : per cell, '' = shown. spans : what a reader can compute of each hidden cell.

    disclosed : hidden cells that stay too narrow although nothing is left to hide; must be empty.
    """

    reason: np.ndarray
    spans: dict[int, Span]
    disclosed: tuple[int, ...]


def hide(system: System) -> Pattern:
    """Hide small counts and whatever else is needed, smallest first, until every hidden cell is
    at least as unsure as its profile asks, for a reader who subtracts through all sums at once."""
    reason = _first(system)
    attack = Attack(system)
    while True:
        _close_sums(system, reason)
        spans = attack.spans(_unseen(system, reason), _protected(system, reason))
        narrow = _too_narrow(system, reason, spans)
        if not _hide_for(system, reason, narrow):
            break
    spans = attack.spans(_unseen(system, reason), (reason != SHOWN) & system.printed)
    return Pattern(reason, spans, tuple(narrow))


def _first(system: System) -> np.ndarray:
    """Cells hidden by their holder or by the minimum; a part is hidden when its rest is small."""
    small = system.known & (system.low > 0) & (system.low < system.minimum)
    visible_kind = np.array([key[0] != "rest" for key in system.keys])
    reason = np.full(len(system.keys), SHOWN, dtype=object)
    reason[small & visible_kind] = PRIMARY
    reason[system.by_source] = SOURCE
    place = {key: position for position, key in enumerate(system.keys)}
    for cell in np.flatnonzero(small & ~visible_kind & system.complement):
        _rest, unit, feature, period = system.keys[cell]
        level, _colon, name = unit.partition(":")
        part = place[(level, name, feature, period)]
        reason[part] = reason[part] or PRIMARY
        reason[cell] = PRIMARY
    return reason


def _unseen(system: System, reason: np.ndarray) -> Flags:
    """What a reader does not see: hidden cells, values without one number, and every rest."""
    rest = np.array([key[0] == "rest" for key in system.keys])
    return np.asarray((reason != SHOWN) | ~system.known | rest, bool)


def _protected(system: System, reason: np.ndarray) -> Flags:
    """Cells that must stay unsure. A total is suppressed only because parts of it are: it may be known."""
    total = np.array([key[0] in ("municipality", "region") for key in system.keys])
    held = (reason == SOURCE) & ~total
    return np.asarray(held | (reason == PRIMARY) | (reason == SECONDARY) | (system.blocked & ~total), bool)


def _need(system: System, cell: int) -> float:
    """The width a cell must keep; never more than its public mark leaves from the start."""
    return float(min(system.width[cell], system.public_high[cell] - system.public_low[cell]))


def _too_narrow(system: System, reason: np.ndarray, spans: dict[int, Span]) -> list[int]:
    cells = [cell for cell, (low, high) in spans.items() if not high - low >= _need(system, cell) - 1e-9]
    return sorted(cells, key=lambda cell: (system.low[cell], system.keys[cell]))


def _close_sums(system: System, reason: np.ndarray) -> None:
    """Hide further cells until no single sum gives a hidden cell away. Changes `reason`."""
    unseen, protected = _unseen(system, reason), _protected(system, reason)
    touched = sorted({number for cell in np.flatnonzero(protected) for number in system.sums_of.get(int(cell), ())})
    # `open` is the set of sums that still give something away.
    gaping = {number for number in touched if _gives_away(system, number, unseen, protected)}
    stuck: set[int] = set()
    while gaping - stuck:
        number = min(gaping - stuck)
        chosen = _choose(system, number, unseen, gaping)
        if chosen is None:
            stuck.add(number)
            continue
        reason[chosen] = SECONDARY
        unseen[chosen] = protected[chosen] = True
        for other in system.sums_of[chosen]:
            stuck.discard(other)
            if _gives_away(system, other, unseen, protected):
                gaping.add(other)
            else:
                gaping.discard(other)


def _gives_away(system: System, number: int, unseen: Flags, protected: Flags) -> bool:
    """True when this sum alone leaves one of its protected cells too narrow an interval."""
    one = system.sums[number]
    mask = unseen[one.cells]
    cells, signs = one.cells[mask], one.signs[mask]
    watched = protected[cells]
    if not watched.any():
        return False
    if len(cells) == 1:
        return _need(system, int(cells[0])) > 0
    right = -float(np.sum(one.signs[~mask] * system.low[one.cells[~mask]]))
    low, high = system.public_low[cells], system.public_high[cells]
    least, most = np.where(signs > 0, low, -high), np.where(signs > 0, high, -low)
    for place in np.flatnonzero(watched):
        others = np.arange(len(cells)) != place
        end = sorted(((right - most[others].sum()) * signs[place], (right - least[others].sum()) * signs[place]))
        width = min(high[place], end[1]) - max(low[place], end[0])
        if width < _need(system, int(cells[place])) - 1e-9:
            return True
    return False


def _choose(system: System, number: int, unseen: Flags, gaping: set[int]) -> int | None:
    """The next cell of a sum to hide: areas before totals, then whoever closes most open sums, then the smallest."""
    cells = [int(cell) for cell in system.sums[number].cells if not unseen[cell]]
    usable = [cell for cell in cells if system.printed[cell] and system.low[cell] > 0]
    if not usable:
        return None
    return min(usable, key=lambda cell: _price(system, cell, gaping))


def _price(system: System, cell: int, gaping: set[int]) -> tuple[int, int, float, tuple[str, str, str, str]]:
    closes = sum(number in gaping for number in system.sums_of.get(cell, ()))
    return (LEVELS[system.keys[cell][0]], -closes, float(system.low[cell]), system.keys[cell])


def _hide_for(system: System, reason: np.ndarray, narrow: list[int]) -> bool:
    """Hide one more cell near each cell that several sums together give away. False: nothing left to do."""
    unseen = _unseen(system, reason)
    changed = False
    done: set[int] = set()
    for cell in narrow:
        sums = system.sums_of.get(cell, ())
        if done.intersection(sums):
            continue
        options = [option for number in sums if (option := _choose(system, number, unseen, set())) is not None]
        if not options:
            options = _further(system, cell, unseen)
        if options:
            chosen = min(options, key=lambda option: _price(system, option, set()))
            reason[chosen], unseen[chosen], changed = SECONDARY, True, True
            done.update(sums)
            done.update(system.sums_of[chosen])
    return changed


def _further(system: System, cell: int, unseen: Flags) -> list[int]:
    """Visible cells in the sums of cells that share a sum with this one."""
    near = {int(other) for number in system.sums_of.get(cell, ()) for other in system.sums[number].cells}
    numbers = sorted({number for other in near for number in system.sums_of.get(other, ())})
    return [option for number in numbers if (option := _choose(system, number, unseen, set())) is not None]
