"""Find the recipe that fits a file, by what stands in it and not by its name."""

from __future__ import annotations

import difflib
from pathlib import Path

from sozialraum.base import Finding, InputRefused, _, quoted
from sozialraum.deliveries.declare import recipes
from sozialraum.deliveries.files import Content, open_file
from sozialraum.deliveries.heads import Nearest, delimiter_of, nearest_head
from sozialraum.deliveries.recipe import Column, Recipe


def find_recipe(path: Path, known: tuple[Recipe, ...] | None = None) -> Recipe:
    """The one recipe whose columns stand in the file.

    known : recipes to choose from, those of the package when not given.
    Raises InputRefused when none or more than one fits, with the sources that are known.
    """
    path = Path(path)
    content = open_file(path)
    known = recipes() if known is None else known
    found = fitting(content, known)
    if len(found) == 1:
        return found[0]
    if found:
        raise InputRefused(
            _("Für die Datei „{file}“ kommen mehrere Einleseregeln in Frage.").format(file=path.name),
            [Finding(_line(recipe), path.name) for recipe in found],
            _("Bitte die richtige Einleseregel auswählen. Es wurde nichts übernommen."),
        )
    findings = [Finding(_line(recipe), path.name) for recipe in known]
    raise InputRefused(
        _("Die Datei „{file}“ passt zu keiner bekannten Quelle. Bekannt sind:").format(file=path.name),
        findings,
        _nearest(content, known)
        + _("Bitte prüfen, ob die richtige Datei geliefert wurde. Es wurde nichts übernommen."),
    )


def fitting(content: Content, known: tuple[Recipe, ...]) -> list[Recipe]:
    """The recipes of this file format whose head is in the content."""
    return [each for each in known if each.reads(content.format) and delimiter_of(content, each) is not None]


def _line(recipe: Recipe) -> str:
    return _("{title} (Kennung: {code}; Quelle: {source})").format(
        title=_(recipe.title), code=recipe.code, source=recipe.source
    )


def _nearest(content: Content, known: tuple[Recipe, ...]) -> str:
    """'Am nächsten kommt …; es fehlt: …', when most columns of a recipe are there."""
    near = nearest_recipe(content, known)
    if near is None:
        return ""
    recipe, lost, _there = near
    return _("Am nächsten kommt „{title}“; dafür fehlt: {lost}. ").format(
        title=_(recipe.title), lost=", ".join(quoted(recipe.columns[name].shown) for name in lost)
    )


def nearest_recipe(
    content: Content, known: tuple[Recipe, ...]
) -> tuple[Recipe, tuple[str, ...], tuple[str, ...]] | None:
    """The recipe most of whose columns are there: itself, short names of lost columns, heads that are there.

    Only distinctive columns count: those with a head of their own, not a letter and no pattern that fits an empty
    head. None when no recipe comes near; such a table is another source (see `_comes_near`).
    """
    rated = []
    for recipe in known:
        if recipe.reads(content.format):
            near = nearest_head(content, recipe)
            if _comes_near(content, recipe, near):
                rated.append((len(near.lost) / len(recipe.columns), recipe.code, recipe, near))
    if not rated:
        return None
    _share, _code, recipe, near = min(rated, key=lambda each: each[:2])
    return recipe, near.lost, near.there


_NEAR = 0.6  # share of the distinctive columns that must be there
_MANY = 4  # so many of them speak for the source even if none of the columns with numbers is there


def _comes_near(content: Content, recipe: Recipe, near: Nearest) -> bool:
    """Whether clearly more than half of the distinctive columns are there, the key and a column it is about."""
    names = {name for name, column in recipe.columns.items() if is_distinctive(column)}
    there = names.difference(near.lost)
    if len(there) < 2 or len(there) < _NEAR * len(names):
        return False
    if not _key_is_there(content, recipe, near) and not (len(there) > 2 and near.lost == (_key_column(recipe),)):
        return False
    numbers = names.intersection(value.column for value in recipe.values)
    return not numbers or bool(numbers & there) or len(there) >= _MANY or any(
        _is_alike(recipe.columns[name], near) for name in numbers
    )  # fmt: skip


def is_distinctive(column: Column) -> bool:
    """Whether the head of the column tells its source: not a letter, and no pattern an empty head would fit."""
    return bool(column.head) or (column.like is not None and column.like.fullmatch("") is None)


def _key_column(recipe: Recipe) -> str:
    return recipe.key.column if recipe.key else ""


def _key_is_there(content: Content, recipe: Recipe, near: Nearest) -> bool:
    if recipe.key is None or recipe.key.title is None:
        return _key_column(recipe) not in near.lost
    rows = next((sheet.rows for sheet in content.cut(";", near.row + 1) if sheet.name == near.sheet), ())
    above = rows[: max(0, near.row + 1 - recipe.head_rows)]
    return any(recipe.key.title.search(" ".join(cell.strip() for cell in row if cell.strip())) for row in above)


def _is_alike(column: Column, near: Nearest) -> bool:
    free = [near.heads[place] for place in near.free]
    return any(difflib.get_close_matches(head, free, n=1, cutoff=0.6) for head in (column.head, *column.also) if head)
