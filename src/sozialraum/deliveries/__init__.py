"""Read delivered files by declared recipes; every value keeps its status and its place in the file."""

from sozialraum.deliveries.corrections import Corrections
from sozialraum.deliveries.declare import read_recipe, recipes
from sozialraum.deliveries.find import find_recipe, nearest_recipe
from sozialraum.deliveries.read import read_delivery
from sozialraum.deliveries.reading import FACILITY_COLUMNS, OBSERVATION_COLUMNS, Places, Reading
from sozialraum.deliveries.recipe import Recipe
from sozialraum.deliveries.recipe_writing import recipe_text
from sozialraum.deliveries.shape import Shape, shape_from
from sozialraum.deliveries.signs import (
    Sign,
    SignProfile,
    UnknownMark,
    profile_from,
    read_profile,
    read_value,
    sign_profiles,
)
from sozialraum.deliveries.texts import NotADay, NotANumber, parse_day, parse_month_end, parse_number

__all__ = [
    "FACILITY_COLUMNS",
    "OBSERVATION_COLUMNS",
    "Corrections",
    "NotADay",
    "NotANumber",
    "Places",
    "Reading",
    "Recipe",
    "Shape",
    "Sign",
    "SignProfile",
    "UnknownMark",
    "find_recipe",
    "nearest_recipe",
    "parse_day",
    "parse_month_end",
    "parse_number",
    "profile_from",
    "read_delivery",
    "read_profile",
    "read_recipe",
    "read_value",
    "recipe_text",
    "recipes",
    "shape_from",
    "sign_profiles",
]
