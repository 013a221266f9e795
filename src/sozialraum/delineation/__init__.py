"""Delineation: from blocks to areas - proposals, adopted plans, splits, checks."""

from sozialraum.delineation.adopted import Adopted, read_adopted
from sozialraum.delineation.check import check_plan, quality
from sozialraum.delineation.partition import Partition, partition
from sozialraum.delineation.plan import Change, Plan, agency_keys, area_key, make_plan, plan_to_csv, sort_areas
from sozialraum.delineation.problem import DelineationError, NoPlanFound, NoPlanPossible, Problem, make_problem
from sozialraum.delineation.propose import propose
from sozialraum.delineation.split import split_area

__all__ = [
    "Adopted",
    "Change",
    "DelineationError",
    "NoPlanFound",
    "NoPlanPossible",
    "Partition",
    "Plan",
    "Problem",
    "agency_keys",
    "area_key",
    "check_plan",
    "make_plan",
    "make_problem",
    "partition",
    "plan_to_csv",
    "propose",
    "quality",
    "read_adopted",
    "sort_areas",
    "split_area",
]
