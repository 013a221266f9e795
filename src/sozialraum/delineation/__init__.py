"""Delineation: from blocks to areas - proposals, adopted plans, splits, checks."""

from sozialraum.delineation.adopted import Adopted, read_adopted
from sozialraum.delineation.alternatives import Alternative, propose_alternatives, take_alternative
from sozialraum.delineation.check import check_plan, quality
from sozialraum.delineation.partition import Partition, partition
from sozialraum.delineation.plan import Change, Plan, agency_keys, area_key, make_plan, plan_to_csv, sort_areas
from sozialraum.delineation.problem import DelineationError, NoPlanFound, NoPlanPossible, Problem, make_problem
from sozialraum.delineation.propose import propose
from sozialraum.delineation.repeat import repeat
from sozialraum.delineation.split import split_area
from sozialraum.delineation.town_quality import AlternativeQuality
from sozialraum.delineation.wishes import Wishes, usual_wishes

__all__ = [
    "Adopted",
    "Alternative",
    "AlternativeQuality",
    "Change",
    "DelineationError",
    "NoPlanFound",
    "NoPlanPossible",
    "Partition",
    "Plan",
    "Problem",
    "Wishes",
    "agency_keys",
    "area_key",
    "check_plan",
    "make_plan",
    "make_problem",
    "partition",
    "plan_to_csv",
    "propose",
    "propose_alternatives",
    "quality",
    "read_adopted",
    "repeat",
    "sort_areas",
    "split_area",
    "take_alternative",
    "usual_wishes",
]
