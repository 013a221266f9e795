"""Propose areas for all municipalities, each on its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd

from sozialraum.base import Finding, InputRefused, Progress, Silent, UsageError, _, plural, quoted
from sozialraum.delineation.adopted import Adopted
from sozialraum.delineation.fingerprint import input_numbers
from sozialraum.delineation.parallel import Outcome, search_towns
from sozialraum.delineation.plan import Plan, make_plan
from sozialraum.delineation.problem import NoPlanFound, NoPlanPossible
from sozialraum.delineation.town import Town, prepare_town, town_reasons
from sozialraum.delineation.town_plan import TownPlan, adopted_town, kept_towns, town_plan
from sozialraum.delineation.wishes import Wishes, usual_wishes


def propose(
    blocks: gpd.GeoDataFrame,
    municipalities: gpd.GeoDataFrame,
    *,
    numbers: Mapping[str, int] | None = None,
    only: str | None = None,
    keep: Plan | None = None,
    adopted: Mapping[str, Adopted] | None = None,
    seed: int = 0,
    title: str = "",
    created: str = "",
    progress: Progress | None = None,
    bridge: bool = True,
    lines: gpd.GeoDataFrame | None = None,
    wishes: Wishes | Mapping[str, Wishes] | None = None,
    effort: str = "standard",
    workers: int = 1,
) -> Plan:
    """Propose a plan: per municipality contiguous areas within its range of inhabitants, similar inside.

    blocks, municipalities, lines : contract columns; the order of rows does not matter. Borders of areas follow
    the rivers, railways and motorways among the lines where that costs little similarity.
    numbers : AGS -> number of areas; else that of the wishes, else the agreed one, else inhabitants / 4,500 moved
    into what is possible. wishes : for all municipalities or by AGS; effort : where no wishes name one.
    keep : the present plan: an area with the same blocks keeps its key and name, and the wish `change` refers to it.
    only : propose this municipality and leave the others as they are in `keep`.
    adopted : AGS -> adopted plan, taken over unchanged (origin 'adopted').
    bridge : join exclaves by their shortest connection; the plan's notes list them.
    workers : processes over municipalities; the plan is the same with any number.
    Returns a Plan with status 'proposal'. Raises NoPlanPossible with every reason of every municipality,
    before any search; NoPlanFound when a search gave up; UsageError for an unknown municipality;
    InputRefused when blocks and plans do not fit together.
    """
    progress, adopted = progress or Silent(), dict(adopted or {})
    blocks = blocks.sort_values("block_id", ignore_index=True)
    municipalities = municipalities.sort_values("ags", ignore_index=True)
    by_town = wishes if isinstance(wishes, Mapping) else {}
    _refuse_unknown(municipalities, [*(numbers or {}), *adopted, *by_town, *([only] if only else [])])
    _refuse_homeless(blocks, municipalities)
    progress.stage(_("Gebiete vorschlagen"))
    kept = {} if keep is None or only is None else kept_towns(keep, blocks, only)
    for ags, given in adopted.items():
        if ags not in kept:
            kept[ags] = adopted_town(given, blocks[blocks["municipality"] == ags], _row(municipalities, ags))
    wanted = [ags for ags in municipalities["ags"] if ags not in kept and (only in (None, ags))]
    wished = {ags: _wishes_of(_row(municipalities, ags), wishes, (numbers or {}).get(ags), effort) for ags in wanted}
    towns = _prepare(blocks, municipalities, wished, bridge, lines)
    inputs = {ags: input_numbers(blocks, _row(municipalities, ags), lines) for ags in wanted}
    plans = kept | _search_all(towns, seed, progress, keep, inputs, workers)
    plan = assemble(plans, title, created, keep if only else None, seed)
    done = plural("{number} Gebiet", "{number} Gebiete", len(plan.areas)).format(number=len(plan.areas))
    where = plan.areas["municipality"].nunique()
    towns_text = plural("1 Gemeinde", "{n} Gemeinden", where).format(n=where)
    progress.done(_("{areas} in {towns}").format(areas=done, towns=towns_text))
    return plan


def _wishes_of(
    municipality: pd.Series, wishes: Wishes | Mapping[str, Wishes] | None, number: int | None, effort: str
) -> Wishes:
    """The wishes for one municipality; a number asked for comes before theirs."""
    own = wishes.get(str(municipality["ags"])) if isinstance(wishes, Mapping) else wishes
    if own is None:
        return usual_wishes(municipality, number, effort)
    return own if number is None else replace(own, areas=number)


def _row(municipalities: gpd.GeoDataFrame, ags: str) -> pd.Series:
    return municipalities.set_index("ags", drop=False).loc[ags]


def _refuse_unknown(municipalities: gpd.GeoDataFrame, asked: Sequence[str]) -> None:
    unknown = sorted(set(asked) - set(municipalities["ags"]))
    if unknown:
        text = _("Die Gemeinde {ags} gibt es nicht; vorhanden: {known}.")
        raise UsageError(
            text.format(ags=", ".join(quoted(ags) for ags in unknown), known=", ".join(municipalities["ags"]))
        )


def _refuse_homeless(blocks: gpd.GeoDataFrame, municipalities: gpd.GeoDataFrame) -> None:
    findings = []
    for ags in sorted(set(blocks["municipality"]) - set(municipalities["ags"])):
        findings.append(
            Finding(_("Die Bausteine der Gemeinde „{ags}“ gehören zu keiner bekannten Gemeinde.").format(ags=ags))
        )
    for ags in sorted(set(municipalities["ags"]) - set(blocks["municipality"])):
        name = _row(municipalities, ags)["name"]
        findings.append(Finding(_("{name} hat keine Bausteine.").format(name=name)))
    if findings:
        raise InputRefused(_("Bausteine und Gemeinden passen nicht zusammen."), findings)


def _prepare(
    blocks: gpd.GeoDataFrame,
    municipalities: gpd.GeoDataFrame,
    wished: Mapping[str, Wishes],
    bridge: bool,
    lines: gpd.GeoDataFrame | None,
) -> list[Town]:
    """All towns to search, refused together when one has no possible plan."""
    towns = [
        prepare_town(blocks[blocks["municipality"] == ags], _row(municipalities, ags), wishes, bridge, lines)
        for ags, wishes in wished.items()
    ]
    reasons = [reason for town in towns for reason in town_reasons(town)]
    if reasons:
        raise NoPlanPossible(reasons)
    return towns


def _search_all(
    towns: list[Town],
    seed: int,
    progress: Progress,
    present: Plan | None,
    inputs: Mapping[str, dict[str, str]],
    workers: int,
) -> dict[str, TownPlan]:
    outcomes = search_towns(towns, seed, present, workers, progress)
    refuse_failures(outcomes)
    return {
        town.ags: town_plan(
            town, outcome.found, seed=seed, balance=outcome.balance, present=present, inputs=inputs[town.ags]
        )
        for town, outcome in zip(towns, outcomes, strict=True)
        if outcome.found is not None
    }


def refuse_failures(outcomes: Sequence[Outcome]) -> None:
    """Raise NoPlanPossible when every failure is proven, NoPlanFound when one is not; all reasons at once."""
    failed = [outcome for outcome in outcomes if outcome.found is None]
    reasons = [reason for outcome in failed for reason in outcome.reasons]
    if failed and all(outcome.proven for outcome in failed):
        raise NoPlanPossible(reasons)
    if failed:
        raise NoPlanFound(np.zeros(0, dtype=np.int64), (), reasons)


def assemble(plans: Mapping[str, TownPlan], title: str, created: str, parent: Plan | None, seed: int) -> Plan:
    """One plan of what the municipalities contribute."""
    assignment: dict[str, str] = {}
    for ags in sorted(plans):
        assignment |= plans[ags].assignment
    parameters = {
        "method": _("Ähnliche Nachbarn zusammenfassen, Größen einhalten, an den Rändern verbessern"),
        "seed": seed,
        "municipalities": {ags: plans[ags].parameters for ags in sorted(plans)},
        "notes_by_municipality": {ags: plans[ags].notes for ags in sorted(plans)},
        "notes": [note for ags in sorted(plans) for note in plans[ags].notes],
    }
    areas = pd.concat([plans[ags].areas for ags in sorted(plans)], ignore_index=True)
    before = parent.plan_id if parent is not None else ""
    return make_plan(assignment, areas, title=title, created=created, parent=before, parameters=parameters)
