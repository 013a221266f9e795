"""Recipes and explanations of signs as JSON: a list, and one as a form with its sections and rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sozialraum.base import InputRefused, _
from sozialraum.deliveries import Recipe, SignProfile
from sozialraum.deliveries.recipe_fields import Options, Section
from sozialraum.deliveries.recipe_sheets import bounds_text, feature_words, form_words, profiles_of, status_word
from sozialraum.deliveries.recipe_tables import tables_of
from sozialraum.deliveries.recipe_words import sections
from sozialraum.deliveries.sign_sheets import sign_sections, tables_of_profile
from sozialraum.indicators import features
from sozialraum.project import Project
from sozialraum.web.jobs import problem_of
from sozialraum.workflow.catalogue import counting_as
from sozialraum.workflow.recipe_keeping import Change, KeptRecipe, kept_recipes, own_signs


def list_json(project: Project) -> dict[str, Any]:
    """All recipes and explanations of signs."""
    own = set(project.own_recipes("signs")["code"])
    profiles = sorted(project.sign_profiles().values(), key=lambda each: each.title)
    return {
        "recipes": [row_json(each) for each in kept_recipes(project)],
        "signs": [
            {
                "code": one.code,
                "title": one.title,
                "own": one.code in own,
                "examples": [text for text in one.signs if text],
            }
            for one in profiles
        ],
    }


def row_json(kept: KeptRecipe) -> dict[str, Any]:
    recipe = kept.recipe
    words = dict(sections()[0].field("formats").options)
    return {
        "code": recipe.code,
        "title": _(recipe.title),
        "holder": recipe.source,
        "kinds": [words.get(each, each) for each in recipe.formats],
        "specimen": recipe.specimen,
        "own": kept.own,
        "changed": kept.own and kept.over,
        "version": recipe.version,
    }


def recipe_json(project: Project, kept: KeptRecipe) -> dict[str, Any]:
    """One recipe as a form."""
    with own_signs(project), counting_as(project):
        tables = tables_of(kept.recipe)
        shown = [section_json(each, tables[each.part], _options(each, kept.recipe, tables)) for each in sections()]
        return row_json(kept) | {
            "sections": shown,
            "signs": [profile_json(profile) for profile in profiles_of(tables)],
        }


def profile_json(profile: SignProfile) -> dict[str, Any]:
    """What the signs of a source mean, with what the source says."""
    rows = [
        {
            "text": sign.text, "meaning": sign.meaning, "bounds": list(bounds_text(sign)),
            "status": status_word(sign.status), "legend": sign.legend, "needs_legend": sign.only_if is not None,
        }
        for sign in profile.signs.values()
    ]  # fmt: skip
    return {"code": profile.code, "title": profile.title, "legend": profile.legend, "rows": rows}


def signs_json(profile: SignProfile, own: bool) -> dict[str, Any]:
    """One explanation of signs as a form."""
    tables = tables_of_profile(profile)
    return profile_json(profile) | {
        "own": own,
        "sections": [section_json(each, tables[each.part], {}) for each in sign_sections()],
    }


def section_json(section: Section, rows: Sequence[Mapping[str, str]], options: Mapping[str, Options]) -> dict[str, Any]:
    fields = [
        {
            "name": field.name, "title": field.title, "kind": field.kind, "needed": field.needed, "usual": field.usual,
            "advanced": field.advanced,
            "options": [{"value": code, "title": word} for code, word in options.get(field.name, field.options)],
        }
        for field in section.fields
    ]  # fmt: skip
    return {
        "part": section.part, "title": section.title, "note": section.note, "many": section.many,
        "advanced": section.advanced, "fields": fields, "rows": [dict(row) for row in rows],
    }  # fmt: skip


def _options(section: Section, recipe: Recipe, tables: Mapping[str, list[dict[str, str]]]) -> dict[str, Options]:
    """Choices that depend on this recipe: its columns by their heads, features by their titles."""
    words = form_words(recipe, tables)
    found = {field.name: words[place] for field in section.fields if (place := f"{section.part}.{field.name}") in words}
    if section.part == "value":
        known = features()
        titles = {code: feature.title for code, feature in known.items()}
        sums = [code for code, feature in known.items() if feature.parts]
        found["feature"] = (("", _("keines: nur geprüft")), *feature_words(recipe, titles, sums))
    return found


def faults_json(refused: InputRefused) -> dict[str, Any]:
    """A refusal with the entries of the form it speaks of."""
    entries = [
        {"part": part, "row": int(row), "field": field, "what": finding.what.split(": ", 1)[-1]}
        for finding in refused.findings
        if finding.cell.count("|") == 2
        for part, row, field in [finding.cell.split("|")]
    ]
    return problem_of(refused) | {"entries": entries}


def change_json(change: Change, saved: bool) -> dict[str, Any]:
    """What would change, or has been saved."""
    return {
        "code": change.after.code,
        "new": change.before is None,
        "sentences": list(change.sentences),
        "saved": saved,
    }
