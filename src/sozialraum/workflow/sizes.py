"""Areas of different size: whether the plan mixes them, and the index within size classes."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from sozialraum import indicators
from sozialraum.indicators.size_classes import FEWEST
from sozialraum.project import Project
from sozialraum.workflow.catalogue import counting_as


@dataclass(frozen=True, eq=False)
class Sizes:
    """mixed : whether it has to be said. sentence : what is said. titles : of the classes, smallest first.

    class_of : Series area_id -> class. within : index values measured against areas of the same class only.
    fewest : areas a class needs for that.
    """

    mixed: bool
    sentence: str
    titles: tuple[str, ...]
    class_of: pd.Series
    within: pd.DataFrame
    fewest: int = FEWEST


def size_comparison(project: Project) -> Sizes | None:
    """The sizes of the areas of the current plan; None before there is an index."""
    plan, values = project.plan(), project.results("indicator_values")
    if plan is None or values.empty:
        return None
    blocks = project.blocks().set_index("block_id")["population"]
    people = blocks.groupby(plan.assignment.reindex(blocks.index)).sum().reindex(plan.areas["area_id"])
    town = plan.areas.set_index("area_id")["municipality"]
    editions = sorted(project.results("index_values")["period"].unique())
    mixed = indicators.is_mixed(people, town)
    with counting_as(project):
        within = indicators.index_within(values, plan, people, editions) if mixed else pd.DataFrame()
    return Sizes(
        mixed,
        indicators.mixed_sentence(people) if mixed else "",
        tuple(indicators.class_titles()),
        indicators.size_class(people),
        within,
    )
