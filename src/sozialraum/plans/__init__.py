"""Plans revised and compared: drafts of steps, keys at adoption, lineage, comparison, groupings."""

from sozialraum.plans.comparing import Comparison, PlanLabel, TownComparison, compare
from sozialraum.plans.drafts import Draft, StaleState
from sozialraum.plans.effect import Effect, effect
from sozialraum.plans.ground import Ground, make_ground
from sozialraum.plans.groupings import Grouping, check_nesting, group_areas
from sozialraum.plans.history import step_sentences
from sozialraum.plans.keys import fix_keys
from sozialraum.plans.lineage import lineage
from sozialraum.plans.moved import change_groups, moved_blocks

__all__ = [
    "Comparison",
    "Draft",
    "Effect",
    "Ground",
    "Grouping",
    "PlanLabel",
    "StaleState",
    "TownComparison",
    "change_groups",
    "check_nesting",
    "compare",
    "effect",
    "fix_keys",
    "group_areas",
    "lineage",
    "make_ground",
    "moved_blocks",
    "step_sentences",
]
