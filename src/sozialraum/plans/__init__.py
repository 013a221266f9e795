"""Plans revised and compared: drafts of steps, keys at adoption, lineage, comparison, groupings."""

from sozialraum.plans.drafts import Draft, StaleState
from sozialraum.plans.groupings import Grouping, check_nesting, group_areas
from sozialraum.plans.moved import change_groups, moved_blocks

__all__ = ["Draft", "Grouping", "StaleState", "change_groups", "check_nesting", "group_areas", "moved_blocks"]
