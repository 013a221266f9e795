"""The goals of the engine and whether a run of the benchmark met them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.regions import tables
from benchmarks.regions.runs import Outcome

# Proven optima as the README of the shared instances states them, % ssd.
OPTIMA = {"columbus49": 35.134864, "syracuse": 12.807310}
FEASIBLE_RATIO = {"ny281": 0.70}  # every other instance of 60 to 500 blocks: 0.85
MOST_MIB = 50.0
FIRST_CALL = 2.0
EXPONENT = 1.25


@dataclass(frozen=True)
class Judgement:
    """reached and limit in the unit the goal names; both must be finite for a goal to be met."""

    goal: str
    instance: str
    reached: float
    limit: float
    digits: int = 3

    @property
    def met(self) -> bool:
        return math.isfinite(self.reached) and self.reached <= self.limit

    def row(self) -> list[str]:
        shown = tables.number(self.reached, self.digits) or "no figure"
        return [
            self.goal,
            self.instance,
            shown,
            tables.number(self.limit, self.digits),
            "met" if self.met else "not met",
        ]


def judged(outcomes: Sequence[Outcome]) -> str:
    """Markdown table of all goals the outcomes speak to."""
    rows = [judgement.row() for judgement in judgements(outcomes)]
    return tables.markdown(["goal", "instance", "reached", "at most", ""], rows) if rows else ""


def judgements(outcomes: Sequence[Outcome]) -> Iterator[Judgement]:
    for one in outcomes:
        if one.ours and one.kind == "bounds":
            peers = tables.peers_of(outcomes, one.instance)
            if one.method.endswith(" exact") and one.instance in OPTIMA:
                yield Judgement("exact: proven optimum, CPU s", one.instance, _proof_seconds(one), 20.0)
            if one.method.endswith(" standard"):
                yield from of_standard(one, peers)
            if one.method.endswith(" draft"):
                yield from of_first_plan(one, peers)
    yield from of_all(outcomes)


def _proof_seconds(one: Outcome) -> float:
    return one.cpu if one.facts.get("proof") == "optimal" else math.nan


def of_standard(one: Outcome, peers: Sequence[Outcome]) -> Iterator[Judgement]:
    """The goal of the instance's size: worth against the best peer, processor seconds."""
    if one.instance in OPTIMA:
        share = tables.worth(one, "kept") / OPTIMA[one.instance]
        yield Judgement("standard: share of the proven optimum", one.instance, share, 1.005, 4)
    if one.units <= 60:
        yield Judgement("standard: CPU s", one.instance, one.cpu, 1.0)
    elif one.units <= 500:
        yield from of_small(one, peers)
    elif size_goal(one.units)[0]:
        yield from of_large(one, peers)


def of_small(one: Outcome, peers: Sequence[Outcome]) -> Iterator[Judgement]:
    """60 to 500 blocks: the best feasible peer, and what it had after two seconds."""
    kept = named_worth(tables.best(peers, "kept"), "kept")
    within = min((tables.worth_after(peer, 2.0, True) for peer in peers), default=math.inf)
    yield feasible_ratio(one, "standard: ratio to best feasible peer", kept)
    yield feasible_ratio(one, "standard: ratio to best feasible peer within 2 s", within)
    yield Judgement("standard: CPU s", one.instance, one.cpu, 2.0)


def of_large(one: Outcome, peers: Sequence[Outcome]) -> Iterator[Judgement]:
    """Near 1,000 and 5,000 blocks the best peer that ignores the bounds, near 20,000 Ward."""
    limit, seconds = size_goal(one.units)
    mine = tables.worth(one, "kept")
    if one.units > 15_000:
        yield Judgement("standard: ratio to Ward", one.instance, tables.ratio(mine, ward_of(peers)), limit)
        yield Judgement("standard: MiB more", one.instance, one.mib, MOST_MIB, 1)
    else:
        anyhow = named_worth(tables.best(peers, "any"), "any")
        ratio = tables.ratio(mine, anyhow)
        yield Judgement("standard: ratio to best peer ignoring bounds", one.instance, ratio, limit)
        yield equal_time(one, peers, seconds, limit)
    yield Judgement("standard: CPU s", one.instance, one.cpu, seconds)


def size_goal(units: int) -> tuple[float, float]:
    """(ratio, processor seconds) asked for near 1,000, 5,000 and 20,000 blocks; (0, 0) between them."""
    for size, goal in ((1_000, (0.95, 1.0)), (5_000, (0.90, 3.0)), (20_000, (0.89, 15.0))):
        if abs(units - size) <= size // 100:
            return goal
    return 0.0, 0.0


def feasible_ratio(one: Outcome, goal: str, theirs: float) -> Judgement:
    """0.85 of the peer (0.70 on ny281), or within 1 % of a proven optimum where that is more."""
    limit = FEASIBLE_RATIO.get(one.instance, 0.85)
    if one.instance in OPTIMA:
        limit = max(limit, tables.ratio(1.01 * OPTIMA[one.instance], theirs))
    return Judgement(goal, one.instance, tables.ratio(tables.worth(one, "kept"), theirs), limit)


def equal_time(one: Outcome, peers: Sequence[Outcome], seconds: float, limit: float) -> Judgement:
    """The same with what the peers had found after the goal's seconds."""
    theirs = min((tables.worth_after(peer, seconds, False) for peer in peers), default=math.inf)
    reached = tables.ratio(tables.worth(one, "kept"), theirs)
    goal = f"standard: ratio to best peer ignoring bounds within {seconds:g} s"
    return Judgement(goal, one.instance, reached, limit)


def of_first_plan(one: Outcome, peers: Sequence[Outcome]) -> Iterator[Judgement]:
    """The draft stands for the first plan."""
    if one.units > 15_000:
        yield Judgement(
            "draft: ratio to Ward", one.instance, tables.ratio(tables.worth(one, "kept"), ward_of(peers)), 0.92
        )
        yield Judgement("draft: CPU s", one.instance, one.cpu, 0.3)
    elif one.units <= 500 or size_goal(one.units) == (0.90, 3.0):
        yield Judgement("draft: CPU s, feasible", one.instance, one.cpu if "kept" in one.scores else math.nan, 0.1)


def of_all(outcomes: Sequence[Outcome]) -> Iterator[Judgement]:
    for one in outcomes:
        if one.ours and one.kind == "plain" and one.method.endswith(" standard"):
            mine, theirs = (
                tables.worth(one, "any", "ssd_plain"),
                ward_of(tables.peers_of(outcomes, one.instance), "ssd_plain"),
            )
            if math.isfinite(theirs):
                yield Judgement("no bounds, no weights: ratio to Ward", one.instance, mine / theirs, 1.0)
    calls = [one.facts["first_call"] for one in outcomes if "first_call" in one.facts]
    if calls:
        yield Judgement(
            "first call in a fresh process, CPU s (most of all runs)", "50 blocks", max(calls), FIRST_CALL, 2
        )
    family = [(one.units, one.cpu) for one in tables.family_of(outcomes, "sozialraum standard")]
    if family and max(family)[0] == 20_000:
        slope = tables.exponent([units for units, _cpu in family], [cpu for _units, cpu in family])
        yield Judgement("standard: exponent of CPU time", "1,000 to 20,000", slope, EXPONENT, 2)


def ward_of(peers: Sequence[Outcome], measure: str = "ssd") -> float:
    return min(
        (tables.worth(peer, "any", measure) for peer in peers if peer.method == "scikit-learn Ward"), default=math.inf
    )


def named_worth(peer: Outcome | None, kind: str) -> float:
    return math.inf if peer is None else tables.worth(peer, kind)
