"""Delineation: from blocks to areas - proposals, adopted plans, splits, checks."""

from sozialraum.delineation.adopted import Adopted, read_adopted
from sozialraum.delineation.check import check_plan, quality
from sozialraum.delineation.plan import Change, Plan, agency_keys, area_key, make_plan, plan_to_csv, sort_areas
from sozialraum.delineation.problem import NoPlanFound, NoPlanPossible
from sozialraum.delineation.propose import propose
from sozialraum.delineation.search import Partition, partition
from sozialraum.delineation.split import split_area

__all__ = [
    "Adopted",
    "Change",
    "NoPlanFound",
    "NoPlanPossible",
    "Partition",
    "Plan",
    "agency_keys",
    "area_key",
    "check_plan",
    "make_plan",
    "partition",
    "plan_to_csv",
    "propose",
    "quality",
    "read_adopted",
    "sort_areas",
    "split_area",
]
