"""Sources, data sets and catalogues of a project: take them in, search them, propose the first ones."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sozialraum import indicators
from sozialraum.base import UsageError, _
from sozialraum.base.text import line_fault, shown
from sozialraum.deliveries import Recipe
from sozialraum.deliveries.catalogue import CatalogueIndex, differences, read_catalogue, spelled
from sozialraum.deliveries.catalogue_records import (
    COUNTS,
    GEOGRAPHIES,
    LONGEST_RHYTHM,
    VISIBLE_TO,
    CatalogueEntry,
    DataSet,
    Source,
)
from sozialraum.project import Project
from sozialraum.project.settings import DEFAULT_ROLE
from sozialraum.workflow.catalogue import counting_as

LONGEST_LINE = 300
_KEY = re.compile(r"[a-z0-9_]{1,60}")


def import_catalogue(project: Project, file: Path) -> list[str]:
    """Take in a catalogue in place of an earlier one of the same name; sentences say what was read and changed.

    Raises InputRefused when the file is no catalogue; then nothing is changed.
    """
    read = read_catalogue(Path(file))
    before = [entry for entry in project.catalogue() if entry.catalogue == read.catalogue]
    project.save_catalogue(read.catalogue, read.entries)
    return read.sentences() + differences(before, read.entries)


def search_catalogue(project: Project, words: str, limit: int = 50) -> list[CatalogueEntry]:
    """The entries of all catalogues that hold every word, the best first."""
    return CatalogueIndex(project.catalogue()).search(words, limit)


def catalogues(project: Project) -> list[dict[str, Any]]:
    """The catalogues there are, each with its number of entries and its provider."""
    found: dict[str, dict[str, Any]] = {}
    for entry in project.catalogue():
        row = found.setdefault(
            entry.catalogue, {"catalogue": entry.catalogue, "provider": entry.provider, "entries": 0}
        )
        row["entries"] += 1
    return list(found.values())


def known_data_sets(project: Project) -> tuple[tuple[Source, ...], tuple[DataSet, ...]]:
    """Sources and data sets as entered, and after them those that deliveries of the project speak of."""
    sources, data_sets = project.sources(), project.data_sets()
    more_sources, more = proposed(project)
    return (*sources, *more_sources), (*data_sets, *more)


def proposed(project: Project) -> tuple[tuple[Source, ...], tuple[DataSet, ...]]:
    """Sources and data sets that deliveries speak of and nobody entered yet, made from their recipes."""
    recipes = {recipe.code: recipe for recipe in project.recipes()}
    forms = same_data(tuple(recipes.values()))
    entered_sets = project.data_sets()
    known = {data_set.recipe for data_set in entered_sets} | {one.data_set_id for one in entered_sets}
    known |= {code for one in entered_sets for code in forms.get(one.recipe, ())}
    delivered: list[str] = []
    for code in dict.fromkeys(map(str, project.deliveries()["recipe"])):
        others = forms.get(code, (code,))
        if not set(others) & set(delivered):
            delivered.append(_summed(code, others, recipes))
    themes = _themes(project)
    entered = {source.holder: source for source in project.sources()}
    sources: dict[str, Source] = {}
    data_sets = []
    for code in delivered:
        recipe = recipes.get(code)
        if recipe is None or code in known:
            continue
        source = entered.get(recipe.source) or sources.setdefault(
            recipe.source, Source(key_of(recipe.source), recipe.source)
        )
        data_sets.append(_from_recipe(recipe, source.source_id, themes))
    return tuple(sources.values()), tuple(data_sets)


def same_data(recipes: Sequence[Recipe]) -> dict[str, tuple[str, ...]]:
    """Code of a recipe -> codes of all recipes for the same data: the same features of the same kind of unit.

    A table of sums and a list with one row per case are two forms of one data set, and so are the editions of a table.
    """
    groups: dict[tuple[frozenset[str], str], list[str]] = {}
    for recipe in recipes:
        if recipe.key is not None and recipe.grid is None and recipe.features():
            groups.setdefault((frozenset(recipe.features()), recipe.key.kind), []).append(recipe.code)
    return {code: tuple(group) for group in groups.values() for code in group}


def _summed(code: str, forms: Sequence[str], recipes: Mapping[str, Recipe]) -> str:
    """The recipe a data set is named after: that of the table of sums rather than of single cases."""
    if code not in recipes or not recipes[code].records:
        return code
    return next((each for each in forms if not recipes[each].records), code)


def keep_proposed(project: Project, role: str = DEFAULT_ROLE) -> list[DataSet]:
    """Enter what `proposed` gives; returns the data sets that were entered."""
    sources, data_sets = proposed(project)
    if data_sets:
        project.save_catalogue_records(sources, data_sets, role=role)
    return list(data_sets)


def save_source(project: Project, source: Source, role: str = DEFAULT_ROLE) -> Source:
    """Enter or change a source; without a key it gets one. Raises UsageError with what is wrong."""
    made = (
        source
        if source.source_id
        else replace(source, source_id=free_key(source.holder, [one.source_id for one in project.sources()]))
    )
    faults = source_faults(made)
    if faults:
        raise UsageError(" ".join(faults))
    project.save_catalogue_records([made], role=role)
    return made


def save_data_set(project: Project, data_set: DataSet, role: str = DEFAULT_ROLE) -> DataSet:
    """Enter or change a data set; without a key it gets one. Raises UsageError with what is wrong.

    A source that is only proposed is entered with it.
    """
    sources, known = known_data_sets(project)
    made = (
        data_set
        if data_set.data_set_id
        else replace(data_set, data_set_id=free_key(data_set.title, [one.data_set_id for one in known]))
    )
    faults = data_set_faults(made)
    if faults:
        raise UsageError(" ".join(faults))
    entered = {one.source_id for one in project.sources()}
    needed = [one for one in sources if one.source_id == made.source_id and one.source_id not in entered]
    project.save_catalogue_records(needed, [made], role=role)
    return made


def remove_record(project: Project, key: str, role: str = DEFAULT_ROLE) -> None:
    """Take a source or a data set away. Raises UsageError when a data set still names the source."""
    project.save_catalogue_records(without=[key], role=role)


def source_faults(source: Source) -> list[str]:
    """What is wrong with a source, as sentences."""
    faults = [] if source.holder.strip() else [_("Der Name der Stelle fehlt.")]
    faults += filter(None, [key_fault(source.source_id)])
    lines = {
        _("Stelle"): source.holder,
        _("Funktion"): source.contact,
        _("Rechtsgrundlage"): source.legal_basis,
        _("Bemerkung"): source.note,
    }
    return faults + _line_faults(lines)


def data_set_faults(data_set: DataSet) -> list[str]:
    """What is wrong with a data set, as sentences."""
    faults = [] if data_set.title.strip() else [_("Der Titel des Datensatzes fehlt.")]
    faults += filter(None, [key_fault(data_set.data_set_id)])
    if not 1 <= data_set.rhythm <= LONGEST_RHYTHM:
        faults.append(_("Der Rhythmus liegt zwischen 1 und {most} Monaten.").format(most=LONGEST_RHYTHM))
    choices = (
        (_("Raumbezug"), data_set.geography, GEOGRAPHIES),
        (_("Zählung"), data_set.counts, COUNTS),
        (_("Einsicht"), data_set.visible_to, VISIBLE_TO),
    )
    faults += [
        _("{what}: „{value}“ gibt es nicht.").format(what=what, value=shown(value))
        for what, value, allowed in choices
        if value not in allowed
    ]
    lines = {
        _("Titel"): data_set.title,
        _("Thema"): data_set.theme,
        _("Bedingungen"): data_set.terms,
        _("Schwelle"): data_set.threshold,
    }
    return faults + _line_faults(lines)


def key_of(title: str) -> str:
    """A key made of a title: small letters, digits and underscores."""
    return re.sub(r"[^a-z0-9]+", "_", spelled(title)).strip("_")[:40] or "x"


def free_key(title: str, taken: Sequence[str]) -> str:
    """A key made of a title that is none of those taken."""
    key = key_of(title)
    names = [key, *(f"{key}_{number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)


def key_fault(key: str) -> str:
    """What is wrong with a key, as a sentence; '' when nothing is."""
    if _KEY.fullmatch(key):
        return ""
    return _("Der Schlüssel „{key}“ ist nicht zulässig: nur kleine Buchstaben, Ziffern und Unterstriche.").format(
        key=shown(key)
    )


def _line_faults(lines: dict[str, str]) -> list[str]:
    faults = [(name, line_fault(text, LONGEST_LINE)) for name, text in lines.items()]
    return [f"{name} {fault}" for name, fault in faults if fault]


def _themes(project: Project) -> dict[str, str]:
    """Feature -> title of the theme whose indicators count it; the numerator's theme comes first."""
    found: dict[str, str] = {}
    with counting_as(project):
        titles = {theme.id: theme.title for theme in indicators.themes()}
        definitions = indicators.definitions()
    for definition in definitions:
        for feature in definition.numerator_features:
            found.setdefault(feature, titles.get(definition.theme, ""))
    for definition in definitions:
        for feature in definition.denominator_features:
            found.setdefault(feature, titles.get(definition.theme, ""))
    return found


def _rhythm(recipe: Recipe) -> int:
    """Months between two deliveries, as far as a recipe tells: a census, tables of each quarter, else every year."""
    if recipe.grid is not None or recipe.period.fixed:
        return LONGEST_RHYTHM
    return 3 if recipe.key is not None and recipe.key.kind == "agency" else 12


def _from_recipe(recipe: Recipe, source_id: str, themes: dict[str, str]) -> DataSet:
    theme = next((themes[feature] for feature in recipe.features() if feature in themes), "")
    geography = "facility" if recipe.facilities else recipe.key.kind if recipe.key else "area"
    return DataSet(
        data_set_id=recipe.code,
        source_id=source_id,
        title=_(recipe.title),
        theme=theme,
        geography=geography if geography in GEOGRAPHIES else "area",
        rhythm=_rhythm(recipe),
        recipe=recipe.code,
        counts=str(getattr(recipe, "counts", "persons")) or "persons",
    )
