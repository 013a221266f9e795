"""Recipes and explanations of signs as a project keeps them: what would change, and the next version."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from sozialraum import deliveries
from sozialraum.base import Finding, InputRefused, UsageError, _
from sozialraum.deliveries import Recipe, SignProfile
from sozialraum.deliveries.recipe_sheets import recipe_differences, recipe_from_sheets, recipe_workbook
from sozialraum.deliveries.recipe_tables import Tables, form_place, recipe_of_tables
from sozialraum.deliveries.recipe_writing import recipe_text
from sozialraum.deliveries.sign_profiles import with_profiles
from sozialraum.deliveries.sign_sheets import (
    profile_differences,
    profile_from_sheets,
    profile_of_tables,
    profile_text,
)
from sozialraum.indicators import features
from sozialraum.project import Project
from sozialraum.workflow.catalogue import counting_as


@dataclass(frozen=True, slots=True)
class KeptRecipe:
    """A recipe with whose it is: `own` of the project, made over a shipped one (`over`), kept so many times."""

    recipe: Recipe
    own: bool
    over: bool
    kept: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """What a form or workbook would make of a recipe or an explanation of signs.

    before : what holds now, None where it is new. sentences : what changes; none means nothing does.
    """

    before: Recipe | SignProfile | None
    after: Recipe | SignProfile
    sentences: tuple[str, ...]


def kept_recipes(project: Project) -> list[KeptRecipe]:
    """Every recipe the project knows, by title."""
    versions = project.own_recipes("recipe")["code"].value_counts()
    shipped = {recipe.code for recipe in deliveries.recipes()}
    found = [
        KeptRecipe(recipe, recipe.code in versions, recipe.code in shipped, int(versions.get(recipe.code, 0)))
        for recipe in project.recipes()
    ]
    return sorted(found, key=lambda each: _(each.recipe.title))


def recipe_kept(project: Project, code: str) -> Recipe:
    """The recipe of a code. Raises UsageError when the project knows none."""
    for recipe in project.recipes():
        if recipe.code == code:
            return recipe
    raise UsageError(_("Die Einleseregel „{code}“ gibt es nicht.").format(code=code))


def profile_kept(project: Project, code: str) -> SignProfile:
    """The explanation of signs of a code. Raises UsageError when there is none."""
    found = project.sign_profiles().get(code)
    if found is None:
        raise UsageError(_("Eine Erklärung der Zeichen „{name}“ gibt es nicht.").format(name=code))
    return found


def own_signs(project: Project) -> AbstractContextManager[None]:
    """Within it, recipes may name the explanations of signs of this project."""
    return with_profiles(project.sign_profiles())


def workbook_of(project: Project, code: str) -> bytes:
    """The recipe of a code as a workbook, its features by title. Raises UsageError when the project knows none."""
    with own_signs(project), counting_as(project):
        return recipe_workbook(recipe_kept(project, code), feature_titles())


def feature_titles() -> dict[str, str]:
    """Code of each feature in use -> its title."""
    return {code: feature.title for code, feature in features().items()}


def changed_recipe(project: Project, code: str, filled: Tables | Path) -> Change:
    """What a filled-in form or workbook would change; `code` '' for a new recipe.

    Raises InputRefused with every fault at its place.
    """
    with own_signs(project), counting_as(project):
        name = _name_of(filled)
        after = recipe_from_sheets(filled) if isinstance(filled, Path) else recipe_of_tables(filled, name, form_place)
        before = next((recipe for recipe in project.recipes() if recipe.code == after.code), None)
        _same_code(code, after.code, name)
        if before is None:
            said: tuple[str, ...] = (_("Neue Einleseregel: {title}.").format(title=after.title),)
        else:
            said = recipe_differences(before, after, feature_titles())
            after = replace(after, version=before.version + 1)
    return Change(before, after, said)


def changed_signs(project: Project, code: str, filled: Tables | Path) -> Change:
    """What a filled-in form or workbook would change of an explanation of signs; see `changed_recipe`."""
    name = _name_of(filled)
    after = profile_from_sheets(filled) if isinstance(filled, Path) else profile_of_tables(filled, name, form_place)
    _same_code(code, after.code, name)
    before = project.sign_profiles().get(after.code)
    if before is None:
        return Change(None, after, (_("Neue Erklärung von Zeichen: {title}.").format(title=after.title),))
    return Change(before, after, profile_differences(before, after))


def _name_of(filled: Tables | Path) -> str:
    """What is being read: the name of the file, or the title in the form."""
    if isinstance(filled, Path):
        return filled.name
    about = next(iter(filled.get("", ())), {})
    return about.get("title", "") or about.get("code", "")


def _same_code(wanted: str, found: str, name: str) -> None:
    if wanted and wanted != found:
        raise InputRefused(
            _("„{name}“ gehört zu „{found}“, nicht zu „{wanted}“.").format(name=name, found=found, wanted=wanted),
            [Finding(_("Der Kurzname darf sich nicht ändern."), sheet=_("Angaben"), column=_("Kurzname"))],
            _("Es wurde nichts gespeichert."),
        )


def keep_change(project: Project, change: Change, role: str, why: str = "") -> None:
    """Keep the change as the project's own next version; nothing happens where nothing changes."""
    if not change.sentences:
        return
    why = why or " ".join(change.sentences)
    if isinstance(change.after, Recipe):
        project.save_recipe(recipe_text(change.after), role, why)
    else:
        project.save_signs(change.after.code, profile_text(change.after), role, why)
