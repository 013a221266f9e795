"""Need against supply, and the impulses that follow from both."""

from sozialraum.need.impulses import find_impulses
from sozialraum.need.rules import Rule, field_of, rules
from sozialraum.need.supplying import Target, supply

__all__ = ["Rule", "Target", "field_of", "find_impulses", "rules", "supply"]
