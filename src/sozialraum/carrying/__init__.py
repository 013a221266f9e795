"""Carrying (Übertragung): counts of any geography brought onto blocks and areas by weights that sum to 1."""

from sozialraum.carrying.building import by_addresses, by_area, by_key, by_points, inhabited_points
from sozialraum.carrying.cells import by_cells, of_cells
from sozialraum.carrying.chaining import PlanLike, between_plans, by_lineage, compose, onto_plan
from sozialraum.carrying.choosing import Choice, best_matrix
from sozialraum.carrying.counts import Carried, carry
from sozialraum.carrying.errors import ErrorModel, estimate_errors, usual_errors
from sozialraum.carrying.geography import Geography, grid_cells
from sozialraum.carrying.matching import Matches, match_keys
from sozialraum.carrying.matrix import CLASS_OF, KINDS, Matrix
from sozialraum.carrying.naming import carried_note, class_name, geography_name, method_name
from sozialraum.carrying.shares import carry_share

__all__ = [
    "CLASS_OF",
    "KINDS",
    "Carried",
    "Choice",
    "ErrorModel",
    "Geography",
    "Matches",
    "Matrix",
    "PlanLike",
    "best_matrix",
    "between_plans",
    "by_addresses",
    "by_area",
    "by_cells",
    "by_key",
    "by_lineage",
    "by_points",
    "carried_note",
    "carry",
    "carry_share",
    "class_name",
    "compose",
    "estimate_errors",
    "geography_name",
    "grid_cells",
    "inhabited_points",
    "match_keys",
    "method_name",
    "of_cells",
    "onto_plan",
    "usual_errors",
]
