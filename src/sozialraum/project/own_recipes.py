"""Recipes and profiles of signs that a project keeps beside those of the package; every version stays.

Kind of a row: recipe (TOML), signs (TOML), explained (signs of a recipe, one a line, whose narrow meaning a person
settled although files do not say so).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import pandas as pd
from sqlalchemy import Connection, Engine, func, insert, select

from sozialraum import deliveries
from sozialraum.base import _
from sozialraum.deliveries import Recipe, SignProfile
from sozialraum.deliveries.declare import recipe_from
from sozialraum.deliveries.sign_profiles import with_profiles
from sozialraum.project import tables
from sozialraum.project.frames import read_rows
from sozialraum.project.settings import DEFAULT_ROLE, log
from sozialraum.project.store import now, reading, writing

Kind = Literal["recipe", "signs", "explained"]


class OwnRecipes:
    """Part of `Project`; each method is one transaction."""

    _engine: Engine

    def recipes(self) -> tuple[Recipe, ...]:
        """All recipes by code: those of the package and the project's own, whose newest version goes first."""
        with reading(self._engine) as connection:
            own = newest(connection, "recipe")
        known = {recipe.code: recipe for recipe in deliveries.recipes()}
        with with_profiles(self.sign_profiles()):
            known |= {code: recipe_from(text, code, {}) for code, text in own.items()}
        return tuple(known[code] for code in sorted(known))

    def save_recipe(self, text: str, role: str = DEFAULT_ROLE, why: str = "") -> Recipe:
        """Keep a recipe (TOML) as the newest version of its code. Raises InputRefused with everything wrong with it."""
        with with_profiles(self.sign_profiles()):
            recipe = recipe_from(text, _("Einleseregel"), {})
        with writing(self._engine) as connection:
            write_own(connection, "recipe", recipe.code, text, role, why)
            log(connection, _("Einleseregel „{title}“ gespeichert").format(title=_(recipe.title)), role)
        return recipe

    def own_recipes(self, kind: Kind = "recipe") -> pd.DataFrame:
        """Every version of the project's own recipes or signs, oldest first: code, version, text, role, why,
        created."""
        with reading(self._engine) as connection:
            frame = read_rows(connection, "own_recipes", tables.OWN_RECIPES, "kind = ?", (kind,), order="created")
        return frame.drop(columns="kind").reset_index(drop=True)

    def sign_profiles(self) -> Mapping[str, SignProfile]:
        """All profiles of signs by code: those of the package and the project's own, which go first."""
        with reading(self._engine) as connection:
            own = newest(connection, "signs")
        if not own:
            return deliveries.sign_profiles()
        from sozialraum.deliveries.signs import profile_from

        return {**deliveries.sign_profiles(), **{code: profile_from(text, code) for code, text in own.items()}}

    def explained_signs(self, code: str) -> tuple[str, ...]:
        """The signs a person settled for a recipe: their narrow meaning holds whatever the legend of a file says."""
        with reading(self._engine) as connection:
            return tuple(newest(connection, "explained").get(code, "").split())

    def save_signs(self, code: str, text: str, role: str = DEFAULT_ROLE, why: str = "") -> None:
        """Keep a profile of signs (TOML) as the newest version of its code. Raises InputRefused when it is faulty."""
        from sozialraum.deliveries.signs import profile_from

        profile_from(text, code)
        with writing(self._engine) as connection:
            write_own(connection, "signs", code, text, role, why)
            log(connection, _("Zeichenerklärung „{code}“ gespeichert").format(code=code), role)


def write_own(connection: Connection, kind: str, code: str, text: str, role: str = "", why: str = "") -> int:
    """Append a version; returns its number. The same text again changes nothing."""
    table = tables.own_recipes
    same = (table.c.kind == kind) & (table.c.code == code)
    last = int(connection.execute(select(func.coalesce(func.max(table.c.version), 0)).where(same)).scalar_one())
    if last and newest(connection, kind)[code] == text:
        return last
    row = {"kind": kind, "code": code, "version": last + 1, "text": text, "role": role, "why": why, "created": now()}
    connection.execute(insert(table).values(**row))
    return last + 1


def newest(connection: Connection, kind: str) -> dict[str, str]:
    """The newest text of every code."""
    table = tables.own_recipes
    rows = connection.execute(
        select(table.c.code, table.c.text).where(table.c.kind == kind).order_by(table.c.version)
    ).all()
    return {str(code): str(text) for code, text in rows}
