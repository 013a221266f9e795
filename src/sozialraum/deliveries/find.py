"""Find the recipe that fits a file, by what stands in it and not by its name."""

from __future__ import annotations

from pathlib import Path

from sozialraum.base import Finding, InputRefused, _, quoted
from sozialraum.deliveries.declare import recipes
from sozialraum.deliveries.files import Content, open_file
from sozialraum.deliveries.heads import delimiter_of, nearest_head
from sozialraum.deliveries.recipe import Recipe


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
    """'Am nächsten kommt …; es fehlt: …', when at least half of the columns of a recipe are there."""
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

    None when less than half of the columns of every recipe are there.
    """
    rated = []
    for recipe in known:
        if recipe.reads(content.format):
            near = nearest_head(content, recipe)
            rated.append((len(near.lost) / len(recipe.columns), recipe.code, recipe, near))
    if not rated or min(rated, key=lambda each: each[:2])[0] > 0.5:
        return None
    _share, _code, recipe, near = min(rated, key=lambda each: each[:2])
    return recipe, near.lost, near.there
