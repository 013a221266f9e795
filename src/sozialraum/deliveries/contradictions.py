"""What the parts of a recipe say must fit together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sozialraum.base import _
from sozialraum.deliveries.recipe import KeyRule, Recipe, ValueRule


def contradictions(recipe: Recipe) -> list[str]:
    """What each part of the recipe names must exist in another part."""
    problems: list[str] = [
        _("Die Spalte „{name}“ wird verwendet, ist aber unter „columns“ nicht erklärt.").format(name=name)
        for name in sorted(_columns_used(recipe) - set(recipe.columns))
    ]
    if (recipe.facilities is None) == (recipe.key is None):
        problems.append(_("Es braucht entweder „key“ (Zahlen je Baustein oder Gebiet) oder „facilities“."))
    if (recipe.key is not None and recipe.key.kind == "grid") != (recipe.grid is not None):
        problems.append(_("„grid“ und der Schlüssel der Art „grid“ gehören zusammen."))
    if not recipe.formats:
        problems.append(_("„formats“ ist leer."))
    if recipe.head_rows < 1:
        problems.append(_("„head_rows“ ist kleiner als 1."))
    period = recipe.period
    ways = (bool(period.column), period.title is not None, period.file_name is not None, bool(period.fixed))
    if sum(ways) != 1:
        problems.append(_("Der Zeitbezug braucht genau eine Stelle: „column“, „title“, „file_name“ oder „fixed“."))
    if recipe.key is not None:
        problems += _key_problems(recipe.key)
    problems += [*_value_problems(recipe), *_dimension_problems(recipe)]
    if recipe.facilities and bool(recipe.facilities.kind) == bool(recipe.facilities.every):
        problems.append(_("Einrichtungen brauchen entweder „kind“ mit „kinds“ oder „every“."))
    if recipe.facilities and bool(recipe.facilities.block) == (recipe.facilities.position is not None):
        problems.append(_("Einrichtungen brauchen entweder „block“ oder „position“."))
    return problems + _unknown_dimensions(recipe) + _without_group(recipe)


def _key_problems(key: KeyRule) -> Iterator[str]:
    if bool(key.column) == (key.title is not None):
        yield _("Der Schlüssel braucht genau eine Stelle: „column“ oder „title“.")
    if key.title is not None and key.title.groups < 1:
        yield _("Das Muster „{pattern}“ braucht eine Gruppe für das Gebiet.").format(pattern=key.title.pattern)
    if (key.kind == "geography") != bool(key.geography):
        yield _("Zur Art „geography“ gehört, welche Gliederung es ist („geography“).")
    if key.names and key.kind not in ("area", "municipality"):
        yield _("Namen statt Schlüssel („names“) gibt es nur für Gebiete und Gemeinden.")


def _value_problems(recipe: Recipe) -> Iterator[str]:
    for value in recipe.values:
        if bool(value.known_as) != bool(value.known_why):
            yield _("„known_as“ und „known_why“ gehören zusammen.")
        if bool(value.column) == recipe.records:
            yield _("Zahlen brauchen „column“, außer in Listen mit einer Zeile je Fall („records“).")
        if value.day_of_year and not re.fullmatch(r"\d\d-\d\d", value.day_of_year):
            yield _("„{day}“ ist kein Tag im Jahr (Beispiel: 12-31).").format(day=value.day_of_year)
        if value.most < 0 or (value.most and not value.measure):
            yield _("„most“ ist eine Grenze für Anteile („measure“).")
        if value.day_of_year and value.year_in_head is None:
            yield _("„day_of_year“ braucht „year_in_head“.")
        yield from _average_problems(recipe, value)
        yield from _head_problems(recipe, value)


def _average_problems(recipe: Recipe, value: ValueRule) -> Iterator[str]:
    """Averages are weighted, never added."""
    if value.weight and not (value.measure and value.feature):
        yield _("„weight“ braucht „measure“ und „feature“.")
    counted = {each.column for each in recipe.values if not each.measure}
    if value.weight and value.weight not in counted:
        yield _("Die Anzahl „{name}“ unter „weight“ muss selbst als Wert gelesen werden.").format(name=value.weight)
    if recipe.grid and value.measure and value.feature and not (value.weight or value.known_as):
        yield _("Durchschnitte werden nicht addiert: „{feature}“ braucht „weight“, bei Schätzungen „known_as“.").format(
            feature=value.feature)  # fmt: skip


def _head_problems(recipe: Recipe, value: ValueRule) -> Iterator[str]:
    column = recipe.columns.get(value.column)
    if column is not None and column.many and not (value.year_in_head or value.month_in_head or value.day_in_head):
        yield _(
            "Die Spalte „{name}“ steht mehrfach da und braucht „year_in_head“, „month_in_head“ oder „day_in_head“."
        ).format(name=column.name)
    if value.month_in_head is not None and recipe.period.form != "year":
        yield _('„month_in_head“ braucht ein Jahr je Zeile (form = "year").')


def _dimension_problems(recipe: Recipe) -> Iterator[str]:
    for dimension in recipe.dimensions:
        if bool(dimension.codes) == bool(dimension.bands) and not (dimension.otherwise and not dimension.bands):
            yield _("Die Gliederung „{name}“ braucht entweder „codes“ oder „bands“.").format(name=dimension.name)
        if dimension.bands and len(dimension.columns) != 1:
            yield _("Die Gliederung „{name}“ hat Altersgruppen und braucht genau eine Spalte.").format(
                name=dimension.name)  # fmt: skip
        for band in dimension.bands:
            if not re.fullmatch(r"\d+-\d*", band):
                yield _("„{band}“ ist keine Altersgruppe (Beispiele: 6-15, 80-).").format(band=band)


def _columns_used(recipe: Recipe) -> set[str]:
    used = {recipe.period.column} | {value.column for value in recipe.values} | {each.weight for each in recipe.values}
    used |= {column for dimension in recipe.dimensions for column in dimension.columns}
    used |= {column for rule in recipe.at_most for column in (rule.smaller, rule.larger)}
    if recipe.key:
        used |= {recipe.key.column, recipe.key.municipality, *recipe.key.unique}
    if recipe.grid:
        used |= {recipe.grid.x, recipe.grid.y, recipe.grid.mark}
    if recipe.facilities:
        rule = recipe.facilities
        used |= {rule.number, rule.name, rule.kind, rule.block, rule.protection, *rule.withheld}
        used |= {places.column for places in rule.places}
        used |= {rule.position.x, rule.position.y, rule.position.municipality} if rule.position else set()
    return used - {""}


def _unknown_dimensions(recipe: Recipe) -> list[str]:
    known = {dimension.name: set(dimension.all_codes()) for dimension in recipe.dimensions}
    problems = []
    for value in recipe.values:
        for name in sorted(set(re.findall(r"\{(\w+)\}", value.feature)) - set(known)):
            problems.append(_("„{feature}“ nennt die unbekannte Gliederung „{name}“.").format(
                feature=value.feature, name=name))  # fmt: skip
        for name, code in value.where.items():
            if code not in known.get(name, set()):
                problems.append(_("„where“ nennt „{name} = {code}“; das gibt es nicht.").format(name=name, code=code))
    return problems


def _without_group(recipe: Recipe) -> list[str]:
    patterns = [recipe.period.title, recipe.period.file_name, *(value.year_in_head for value in recipe.values),
                *(value.day_in_head for value in recipe.values),
                *(value.month_in_head for value in recipe.values)]  # fmt: skip
    return [
        _("Das Muster „{pattern}“ braucht eine Gruppe für den Zeitbezug.").format(pattern=pattern.pattern)
        for pattern in patterns
        if pattern is not None and pattern.groups < 1
    ]
