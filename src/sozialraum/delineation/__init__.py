"""Delineation: from blocks to areas - proposals, adopted plans, splits, checks."""

from sozialraum.delineation.adopted import Adopted, read_adopted
from sozialraum.delineation.alternatives import Alternative, propose_alternatives, take_alternative
from sozialraum.delineation.applying import apply_edits, begin_revision, next_area_id, split_codes
from sozialraum.delineation.check import check_plan, quality
from sozialraum.delineation.edit import Decision, Edit, municipality_of_key
from sozialraum.delineation.partition import Partition, partition
from sozialraum.delineation.plan import Plan, agency_keys, area_key, make_plan, plan_to_csv, sort_areas
from sozialraum.delineation.problem import DelineationError, NoPlanFound, NoPlanPossible, Problem, make_problem
from sozialraum.delineation.propose import propose
from sozialraum.delineation.repeat import repeat
from sozialraum.delineation.split import propose_split, split_area
from sozialraum.delineation.town_quality import AlternativeQuality
from sozialraum.delineation.wishes import Wishes, usual_wishes

__all__ = [
    "Adopted",
    "Alternative",
    "AlternativeQuality",
    "Decision",
    "DelineationError",
    "Edit",
    "NoPlanFound",
    "NoPlanPossible",
    "Partition",
    "Plan",
    "Problem",
    "Wishes",
    "agency_keys",
    "apply_edits",
    "area_key",
    "begin_revision",
    "check_plan",
    "make_plan",
    "make_problem",
    "municipality_of_key",
    "next_area_id",
    "partition",
    "plan_to_csv",
    "propose",
    "propose_alternatives",
    "propose_split",
    "quality",
    "read_adopted",
    "repeat",
    "sort_areas",
    "split_area",
    "split_codes",
    "take_alternative",
    "usual_wishes",
]
