"""`sozialraum recipe …`: the group of commands about recipes ("Einleseregeln").

Annotations are evaluated while the commands are built, so that their help speaks the current language;
this file must not postpone them.
"""

import typer

from sozialraum.base import _


def add_recipe_group(app: typer.Typer) -> typer.Typer:
    """Register the group `recipe` and return it, so that its other commands can be added."""
    group = typer.Typer(help=_("Einleseregeln: wie eine Datei gelesen wird"), rich_markup_mode=None)
    app.add_typer(group, name="recipe")
    return group
