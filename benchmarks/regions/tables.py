"""Markdown tables of the outcomes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from benchmarks.regions.runs import Outcome

Row = Sequence[str]
BEGIN, END = "<!-- printed by benchmarks/delineation.py -->", "<!-- end of what it printed -->"


def markdown(head: Row, rows: Iterable[Row]) -> str:
    lines = [list(head), ["---"] * len(head), *map(list, rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def number(value: float | None, digits: int = 2) -> str:
    return "" if value is None or not math.isfinite(value) else f"{value:.{digits}f}"


def between_marks(document: str, text: str) -> str:
    """The document with `text` in place of what stood between the two marks; ValueError without them."""
    before, rest = document.split(BEGIN)
    _old, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{text}\n\n{END}{after}"


# ---- which peer is best


def worth(outcome: Outcome, kind: str, measure: str = "ssd") -> float:
    """Of the plan of a kind ('any', 'kept'); infinity where there is none, or it is torn or of other number."""
    found = outcome.scores.get(kind)
    if found is None or found["torn"] or found["unassigned"]:
        return math.inf
    if kind == "kept" and not found["feasible"]:
        return math.inf
    return float(found[measure])


def right_number(outcome: Outcome, areas: int) -> bool:
    return all(found["areas"] == areas for found in outcome.scores.values())


def best(peers: Sequence[Outcome], kind: str, measure: str = "ssd") -> Outcome | None:
    """The peer with the smallest worth, None if none has a plan of the kind."""
    ranked = sorted(peers, key=lambda outcome: (worth(outcome, kind, measure), outcome.method))
    return ranked[0] if ranked and math.isfinite(worth(ranked[0], kind, measure)) else None


def worth_after(outcome: Outcome, seconds: float, kept: bool) -> float:
    """The peer's best spread after so many processor seconds, from its own record."""
    place = 2 if kept else 1
    reached = [step[place] for step in outcome.facts.get("steps", []) if step[0] <= seconds]
    return min((value for value in reached if value < 1e8), default=math.inf)


def ratio(ours: float, theirs: float) -> float:
    return ours / theirs if math.isfinite(theirs) and theirs > 0 else math.nan


def named(outcome: Outcome | None, kind: str, measure: str = "ssd") -> str:
    if outcome is None:
        return "none"
    found = outcome.scores[kind]
    out = f", {found['below']}+{found['above']} out" if kind == "any" and not found["feasible"] else ""
    return f"{outcome.method} {found[measure]:.2f} ({outcome.cpu:.2f} s{out})"


# ---- the tables


def with_bounds(outcomes: Sequence[Outcome]) -> str:
    rows = []
    for ours in outcomes:
        if ours.ours and ours.kind == "bounds":
            peers = peers_of(outcomes, ours.instance)
            kept, anyhow = best(peers, "kept"), best(peers, "any")
            mine = worth(ours, "kept")
            shown = number(mine) or ours.fault or "not feasible"
            rows.append(
                [
                    ours.instance, str(ours.units), ours.method.split()[-1], shown,
                    number(ours.cpu), number(ours.mib, 1), named(kept, "kept"),
                    number(ratio(mine, worth(kept, "kept")) if kept else None, 3), named(anyhow, "any"),
                    number(ratio(mine, worth(anyhow, "any")) if anyhow else None, 3), proof_of(ours),
                ]
            )  # fmt: skip
    head = ["instance", "units", "effort", "ssd, %", "CPU s", "MiB", "best feasible peer", "ratio"]
    return markdown([*head, "best peer ignoring bounds", "ratio", "proven"], rows)


def proof_of(outcome: Outcome) -> str:
    facts = outcome.facts
    if facts.get("gap") is not None:
        return "optimal" if facts["proof"] == "optimal" else f"gap {100 * facts['gap']:.2f} %"
    return "" if facts.get("proof") in (None, "none") else str(facts["proof"])


def without_bounds(outcomes: Sequence[Outcome], kind: str) -> str:
    """kind : 'free' compares the weighted spread, 'plain' the unweighted one, both without bounds."""
    measure = "ssd_plain" if kind == "plain" else "ssd"
    rows = []
    for ours in outcomes:
        if ours.ours and ours.kind == kind:
            peers = peers_of(outcomes, ours.instance)
            ward = [peer for peer in peers if peer.method == "scikit-learn Ward"]
            top, mine = best(peers, "any", measure), worth(ours, "any", measure)
            theirs = worth(ward[0], "any", measure) if ward else math.inf
            rows.append(
                [
                    ours.instance, ours.method.split()[-1], number(mine, 3) or ours.fault,
                    number(ours.cpu), number(theirs, 3),
                    number(ratio(mine, theirs), 3), named(top, "any", measure),
                    number(ratio(mine, worth(top, "any", measure)) if top else None, 3),
                ]
            )  # fmt: skip
    head = ["instance", "effort", "ours, %", "CPU s", "scikit-learn Ward", "ratio", "best peer", "ratio"]
    return markdown(head, rows)


def peers_of(outcomes: Sequence[Outcome], instance: str) -> list[Outcome]:
    """Peers with the number of areas asked for; the others (max-p) solve another task."""
    areas = {
        found["areas"] for one in outcomes if one.ours and one.instance == instance for found in one.scores.values()
    }
    return [
        peer
        for peer in outcomes
        if not peer.ours and peer.instance == instance and all(right_number(peer, number) for number in areas)
    ]


def every_peer(outcomes: Sequence[Outcome]) -> str:
    """One row per peer, one column per instance: spread (areas below+above the bounds), CPU seconds, MiB."""
    instances = list(dict.fromkeys(outcome.instance for outcome in outcomes))
    methods = list(dict.fromkeys(outcome.method for outcome in outcomes if not outcome.ours))
    found = {(outcome.method, outcome.instance): outcome for outcome in outcomes if not outcome.ours}
    asked = {one.instance: shown(one)["areas"] for one in outcomes if one.ours and one.scores}
    rows = [
        [method, *(cell(found.get((method, instance)), asked.get(instance, 0)) for instance in instances)]
        for method in methods
    ]
    return markdown(["peer", *instances], rows)


def shown(outcome: Outcome) -> dict[str, Any]:
    """The plan a row stands for: the best within the bounds, else the best of all."""
    return outcome.scores.get("kept", outcome.scores["any"])


def cell(outcome: Outcome | None, areas: int) -> str:
    if outcome is None:
        return "not run"
    if not outcome.scores:
        return outcome.fault
    plan = shown(outcome)
    notes = [f"{plan['below']}+{plan['above']}"] if plan["below"] or plan["above"] else []
    notes += [f"{plan['areas']} areas"] if plan["areas"] != areas else []
    return (
        f"{plan['ssd']:.2f}{' (' + ', '.join(notes) + ')' if notes else ''}, {outcome.cpu:.1f} s, {outcome.mib:.0f} MiB"
    )


def first_calls(outcomes: Sequence[Outcome]) -> str:
    rows = []
    for method in dict.fromkeys(outcome.method for outcome in outcomes if outcome.ours):
        calls = [one.facts["first_call"] for one in outcomes if one.method == method and "first_call" in one.facts]
        if calls:
            rows.append([method.split()[-1], number(min(calls)), number(float(np.median(calls))), number(max(calls))])
    return markdown(["effort", "least CPU s", "median", "most"], rows)


# ---- scaling


def exponent(units: Sequence[int], seconds: Sequence[float]) -> float:
    """Slope of the logarithm of time over the logarithm of size (least squares)."""
    return float(np.polyfit(np.log(units), np.log(seconds), 1)[0]) if len(units) > 1 else math.nan


def scaling(outcomes: Sequence[Outcome]) -> str:
    """Time over size in the family of generated instances with the first seed, for each effort."""
    lines = []
    for method in dict.fromkeys(outcome.method for outcome in outcomes if outcome.ours):
        family = family_of(outcomes, method)
        if len(family) > 1:
            points = ", ".join(f"{one.units:,}: {one.cpu:.2f} s" for one in family)
            slope = exponent([one.units for one in family], [one.cpu for one in family])
            lines.append(f"- {method.split()[-1]}: {points}; exponent {slope:.2f}")
    return "\n".join(lines)


def family_of(outcomes: Sequence[Outcome], method: str) -> list[Outcome]:
    """Runs of a method on generated instances of the first seed (`cells<number>`), by size."""
    named = [one for one in outcomes if one.method == method and one.kind == "bounds" and one.cpu > 0]
    family = [one for one in named if one.instance.removeprefix("cells").isdigit() and one.units >= 1000]
    return sorted(family, key=lambda one: one.units)
