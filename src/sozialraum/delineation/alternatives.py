"""Several divisions of one municipality side by side, each with its quality and a sentence that tells it apart."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from sozialraum.base import Progress, Silent, _, current_language
from sozialraum.blocks import FAMILIES
from sozialraum.delineation.alternative_sentences import gain, sentences
from sozialraum.delineation.fingerprint import input_numbers
from sozialraum.delineation.parallel import Outcome, search_one
from sozialraum.delineation.plan import Plan
from sozialraum.delineation.problem import NoPlanPossible, possible_numbers
from sozialraum.delineation.propose import assemble, refuse_failures
from sozialraum.delineation.town import Town, prepare_town, town_reasons, with_wishes
from sozialraum.delineation.town_plan import TownPlan, kept_towns, town_plan
from sozialraum.delineation.town_quality import AlternativeQuality, enclaves, measure
from sozialraum.delineation.wishes import Wishes

SHOWN = 3
EVEN = 1.0  # the full wish for similar sizes
DIFFERENT = 0.05  # share of the inhabitants from which on two divisions are two
STRONGER = 4.0  # how much more barriers or a family count in another emphasis, and how much less shape
ROUNDER = (3.0, 2.0)  # how much more shape counts; less where the rounder areas would ring others


@dataclass(frozen=True, eq=False)
class Alternative:
    """One division of a municipality, ready to be looked at and taken.

    key : 'a', 'b', ...; title : 'Vorschlag A'; sentence : what is special beside the others; both are made when
    reading, in the language of the reader, see `told`. labels : block_id -> code.
    areas : DataFrame `code, name, population` by code. figures : its quality. parameters, notes : what a plan stores
    about the municipality when it is taken.
    """

    key: str
    labels: dict[str, str]
    areas: pd.DataFrame
    figures: AlternativeQuality
    parameters: dict[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    title: str = ""
    sentence: str = ""

    def to_json(self) -> dict[str, Any]:
        """The alternative as a mapping that JSON can hold, without title and sentence."""
        return {
            "key": self.key,
            "labels": dict(sorted(self.labels.items())),
            "areas": self.areas.to_dict("records"),
            "figures": self.figures.to_json(),
            "parameters": self.parameters,
            "notes": list(self.notes),
        }

    @classmethod
    def from_json(cls, given: dict[str, Any]) -> Alternative:
        """The alternative that `to_json` described; `told` gives it title and sentence."""
        areas = pd.DataFrame(given["areas"], columns=["code", "name", "population"])
        rest = {"areas": areas, "figures": AlternativeQuality(**given["figures"]), "notes": tuple(given["notes"])}
        told_anew = ("title", "sentence")
        return cls(**{**{name: value for name, value in given.items() if name not in told_anew}, **rest})


def told(alternatives: Sequence[Alternative]) -> tuple[Alternative, ...]:
    """The alternatives with titles and sentences in the present language."""
    if not alternatives:
        return ()
    texts = sentences([one.figures for one in alternatives])
    title = _("Vorschlag {letter}")
    return tuple(
        replace(one, title=title.format(letter=one.key.upper()), sentence=text)
        for one, text in zip(alternatives, texts, strict=True)
    )


def propose_alternatives(
    blocks: gpd.GeoDataFrame,
    municipality: pd.Series,
    wishes: Wishes,
    lines: gpd.GeoDataFrame | None = None,
    *,
    present: Plan | None = None,
    seed: int = 0,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> tuple[Alternative, ...]:
    """Usually three divisions: as wished; rounder and along barriers; with one area more or fewer, of more similar
    sizes, or with another emphasis of the families. Those that place hardly anybody otherwise, are nowhere better than
    the first or ring more areas than it does are dropped, others take their place where possible.

    blocks : of the whole region or of the municipality. municipality : its row. lines : rivers, railways, ...
    present : the plan in force (stable keys, wish `change`). executor : searches several at once, with the same result.
    Raises NoPlanPossible or NoPlanFound when there is no division as wished.
    """
    progress = progress or Silent()
    own = blocks[blocks["municipality"] == municipality["ags"]].sort_values("block_id", ignore_index=True)
    progress.stage(_("Vorschläge für {name}").format(name=municipality["name"]))
    first = prepare_town(own, municipality, wishes, True, lines)
    reasons = town_reasons(first)
    if reasons:
        raise NoPlanPossible(reasons)
    inputs = input_numbers(own, municipality, lines)
    found = _distinct(first, municipality, present, seed, progress, executor)
    plans = [
        (town, town_plan(town, outcome.found, seed=seed, balance=outcome.balance, present=present, inputs=inputs))
        for town, outcome in found
        if outcome.found is not None
    ]
    figures = [
        measure(town, _labels(town, plan), outcome.found, _changed(town, plan, present))
        for (town, plan), (_town, outcome) in zip(plans, found, strict=True)
        if outcome.found is not None
    ]
    return told(
        [
            _alternative("abcdefgh"[place], town, plan, figure)
            for place, ((town, plan), figure) in enumerate(zip(plans, figures, strict=True))
        ]
    )


def take_alternative(
    present: Plan | None, alternative: Alternative, blocks: gpd.GeoDataFrame, ags: str, *, title: str, created: str
) -> Plan:
    """The present plan with one municipality replaced by the alternative, as a new proposal.

    present : None when the region has just this municipality. Its plan_id becomes the parent.
    Raises InputRefused when the present plan does not know all blocks.
    """
    plans = {} if present is None else kept_towns(present, blocks, ags)
    codes = dict(zip(alternative.areas["code"], alternative.parameters["area_ids"], strict=True))
    assignment = {block: codes[code] for block, code in alternative.labels.items()}
    areas = alternative.areas.assign(area_id=alternative.parameters["area_ids"], municipality=ags, origin="proposal")
    parameters = {name: value for name, value in alternative.parameters.items() if name != "area_ids"}
    plans[ags] = TownPlan(assignment, areas, parameters, list(alternative.notes))
    return assemble(plans, title, created, present, int(parameters["seed"]))


def _distinct(
    first: Town,
    municipality: pd.Series,
    present: Plan | None,
    seed: int,
    progress: Progress,
    executor: Executor | None,
) -> list[tuple[Town, Outcome]]:
    """Search wish after wish until there are enough different divisions."""
    progress.step(0, SHOWN)
    as_wished = search_one(first, seed, present, current_language())
    refuse_failures([as_wished])
    found = [(first, as_wished)]
    wished = other_wishes(first)
    while wished and len(found) < SHOWN:
        now, wished = wished[: SHOWN - len(found)], wished[SHOWN - len(found) :]
        towns = [with_wishes(first, wishes, municipality) for wishes in now]
        for town, outcome in zip(towns, _searched(towns, seed, present, progress, executor, len(found)), strict=True):
            if len(found) < SHOWN and _worth_showing(first, outcome, [other for _town, other in found]):
                found.append((town, outcome))
    progress.step(SHOWN, SHOWN)
    return found


def _searched(
    towns: Sequence[Town], seed: int, present: Plan | None, progress: Progress, executor: Executor | None, done: int
) -> list[Outcome]:
    language = current_language()
    if executor is not None:
        tasks = [executor.submit(search_one, town, seed, present, language) for town in towns]
        return [task.result() for task in tasks]
    outcomes = []
    for number, town in enumerate(towns):
        progress.step(min(done + number, SHOWN), SHOWN)
        outcomes.append(search_one(town, seed, present, language))
    return outcomes


def other_wishes(town: Town) -> list[Wishes]:
    """The wishes that give the alternatives, in the order in which they are tried."""
    wishes = replace(town.wishes, areas=town.areas)
    walls = max(1.0, wishes.barriers) * STRONGER if town.barriers.names else wishes.barriers
    shaped = [replace(wishes, compactness=max(1.0, wishes.compactness) * times, barriers=walls) for times in ROUNDER]
    others = [replace(wishes, areas=number) for number in _other_numbers(town)]
    emphasised = [
        replace(wishes, weights={**wishes.weights, family: max(1.0, wishes.weights[family]) * STRONGER})
        for family in FAMILIES
        if wishes.weights[family] and any(column.startswith(family) for column in town.table.columns)
    ]
    alike = replace(wishes, compactness=wishes.compactness / STRONGER, barriers=wishes.barriers / STRONGER)
    even = [replace(wishes, balance=EVEN)] if wishes.balance < EVEN else []
    return [shaped[0], *others[:1], *even, *emphasised, *shaped[1:], alike, *others[1:]]


def _other_numbers(town: Town) -> list[int]:
    """One area more, one fewer, as far as the wish leaves it open and the limits allow it."""
    wished = town.wishes.areas
    if isinstance(wished, int):
        return []
    fewest, most = possible_numbers(float(town.people.sum()), town.low, town.high)
    if wished is not None:
        fewest, most = max(fewest, wished[0]), min(most, wished[1])
    return [number for number in (town.areas + 1, town.areas - 1) if fewest <= number <= most]


def _worth_showing(town: Town, outcome: Outcome, found: Sequence[Outcome]) -> bool:
    """Whether an outcome places people otherwise than all found, is better than the first at something of its own, and
    rings no more areas than it does."""
    if outcome.found is None:
        return False
    own = np.unique(outcome.found.labels, return_inverse=True)[1]
    known = [np.unique(other.found.labels, return_inverse=True)[1] for other in found if other.found is not None]
    if any(moved_share(own, labels, town.people) < DIFFERENT for labels in known):
        return False
    if enclaves(town, own) > enclaves(town, known[0]):
        return False
    figures = [
        measure(town, labels, one.found)
        for labels, one in zip([*known, own], [*found, outcome], strict=True)
        if one.found
    ]
    heads = [gain(figure, figures[0]) for figure in figures[1:]]
    return heads[-1] != "" and heads[-1] not in heads[:-1]


def moved_share(labels: np.ndarray, other: np.ndarray, people: np.ndarray) -> float:
    """Share of the inhabitants placed otherwise, by the best matching of the areas of two divisions (0 to 1)."""
    from scipy.optimize import linear_sum_assignment

    one, two = (np.unique(given, return_inverse=True)[1] for given in (labels, other))
    # blocks decide where nobody lives
    weight = people if people.sum() > 0 else np.ones(len(people))
    shared = np.zeros((one.max() + 1, two.max() + 1))
    np.add.at(shared, (one, two), weight)
    rows, columns = linear_sum_assignment(shared, maximize=True)
    return 1.0 - float(shared[rows, columns].sum()) / float(weight.sum())


def _labels(town: Town, plan: TownPlan) -> np.ndarray:
    place = {area: number for number, area in enumerate(plan.areas["area_id"])}
    return np.array([place[plan.assignment[block]] for block in town.blocks["block_id"]], dtype=np.int64)


def _changed(town: Town, plan: TownPlan, present: Plan | None) -> float | None:
    """Percent of the inhabitants whose neighbours in the area are other ones than now, by best matching of areas."""
    if present is None:
        return None
    now = town.blocks["block_id"].map(present.assignment)
    return None if now.isna().any() else 100.0 * moved_share(_labels(town, plan), now.to_numpy(dtype=str), town.people)


def _alternative(key: str, town: Town, plan: TownPlan, figures: AlternativeQuality) -> Alternative:
    code = dict(zip(plan.areas["area_id"], plan.areas["code"], strict=True))
    people = np.bincount(_labels(town, plan), town.people, len(plan.areas)).astype(int)
    rows = plan.areas.assign(population=people)
    rows = rows.iloc[np.lexsort((rows["code"], rows["area_id"]))].reset_index(drop=True)
    return Alternative(
        key=key,
        labels={block: code[area] for block, area in plan.assignment.items()},
        areas=rows[["code", "name", "population"]],
        figures=figures,
        parameters={**plan.parameters, "area_ids": rows["area_id"].tolist()},
        notes=tuple(plan.notes),
    )
