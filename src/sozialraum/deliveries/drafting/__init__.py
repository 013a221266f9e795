"""Draft a recipe of a file that no recipe knows; what can be read in two ways is asked, never guessed."""

from sozialraum.deliveries.drafting.draft import draft_recipe
from sozialraum.deliveries.drafting.questions import Draft, Option, Question

__all__ = ["Draft", "Option", "Question", "draft_recipe"]
