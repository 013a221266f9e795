"""Read and check declared recipes; everything that is wrong with one is said at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

from sozialraum.base import Finding, InputRefused, Status, _
from sozialraum.deliveries.recipe import (
    AtMostRule,
    Column,
    Dimension,
    FacilityRule,
    FileFormat,
    GridRule,
    KeyRule,
    PeriodForm,
    PeriodRule,
    PlacesRule,
    PositionRule,
    Recipe,
    Severity,
    SumRule,
    TotalOf,
    UnitKind,
    ValueRule,
)
from sozialraum.deliveries.signs import sign_profiles


@cache
def recipes() -> tuple[Recipe, ...]:
    """All recipes of the package, by code; a file that begins with '_' is only the basis of others."""
    folder = files(__package__) / "recipes"
    texts = {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.endswith(".toml")}
    return tuple(recipe_from(texts[name], name, texts) for name in sorted(texts) if not name.startswith("_"))


def read_recipe(path: Path) -> Recipe:
    """Read a recipe of one's own from a file; refused with every reason at once."""
    return recipe_from(path.read_text(encoding="utf-8"), path.name, {})


def recipe_from(text: str, name: str, others: Mapping[str, str]) -> Recipe:
    """Make a recipe of its text. others : texts of recipes it may be `based_on`, by file name."""
    try:
        declared = tomllib.loads(text)
        base = declared.pop("based_on", None)
        if base is not None:
            declared = _on_base(tomllib.loads(others[base]), declared)
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise _refused(name, [str(error)]) from error
    problems: list[str] = []
    recipe = _recipe(_Entry(declared, "", problems))
    if recipe is not None and not problems:
        problems += _contradictions(recipe)
    if problems or recipe is None:
        raise _refused(name, problems)
    return recipe


def _on_base(base: Mapping[str, Any], declared: Mapping[str, Any]) -> dict[str, Any]:
    """The base with what the recipe declares laid over it; columns are joined."""
    columns = {**base.get("columns", {}), **declared.get("columns", {})}
    return {**base, **declared, "columns": columns}


def _refused(name: str, problems: Iterable[str]) -> InputRefused:
    return InputRefused(
        _("Die Einleseregel „{name}“ ist nicht vollständig oder widerspricht sich.").format(name=name),
        [Finding(problem, file=name) for problem in problems],
        _("Bitte die Einleseregel berichtigen."),
    )


class _Entry:
    """A declared table that collects what is missing, of the wrong kind, or not known."""

    def __init__(self, declared: Mapping[str, Any], place: str, problems: list[str]) -> None:
        self.left, self.place, self.problems = dict(declared), place, problems

    def problem(self, name: str, text: str) -> None:
        self.problems.append(f"{self.place}{name}: {text}")

    def take(self, name: str, kind: type, default: Any = ...) -> Any:
        """The entry `name`, which must be of this kind; `default` when it may be absent."""
        if name not in self.left:
            if default is ...:
                self.problem(name, _("fehlt."))
                return kind()
            return default
        value = self.left.pop(name)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.problem(name, _("ist nicht von der Art {kind}.").format(kind=kind.__name__))
            return kind()
        return value

    def text(self, name: str, default: Any = ...) -> str:
        return self.take(name, str, default)

    def texts(self, name: str, default: Any = ...) -> tuple[str, ...]:
        return tuple(str(item) for item in self.take(name, list, default))

    def codes(self, name: str, default: Any = ...) -> dict[str, str]:
        return {str(key): str(value) for key, value in self.take(name, dict, default).items()}

    def choice(self, name: str, allowed: Iterable[str], default: Any = ...) -> Any:
        value, allowed = self.text(name, default), tuple(allowed)
        if value not in allowed:
            self.problem(name, _("„{value}“ gibt es nicht; es gibt {allowed}.").format(
                value=value, allowed=", ".join(allowed)))  # fmt: skip
        return value

    def pattern(self, name: str) -> re.Pattern[str] | None:
        text = self.text(name, None)
        try:
            return None if text is None else re.compile(text)
        except re.error as error:
            self.problem(name, _("ist kein gültiges Muster ({error}).").format(error=error))
            return None

    def part(self, name: str) -> _Entry | None:
        if name not in self.left:
            return None
        return _Entry(self.take(name, dict), f"{self.place}{name}.", self.problems)

    def parts(self, name: str) -> list[_Entry]:
        return [_Entry(item, f"{self.place}{name}.", self.problems) for item in self.take(name, list, [])]

    def made(self, make: Callable[[_Entry], Any]) -> Any:
        """What `make` makes of the entry; whatever it did not ask for is not known."""
        result = make(self)
        for name in sorted(self.left):
            self.problem(name, _("ist keine bekannte Angabe."))
        return result


def _recipe(entry: _Entry) -> Recipe | None:
    return entry.made(_whole)


def _whole(entry: _Entry) -> Recipe | None:
    period, key = entry.part("period"), entry.part("key")
    grid, facilities = entry.part("grid"), entry.part("facilities")
    if period is None:
        entry.problem("period", _("fehlt."))
        return None
    formats = entry.texts("formats")
    for name in formats:
        if name not in get_args(FileFormat):
            entry.problem("formats", _("„{name}“ gibt es nicht.").format(name=name))
    return Recipe(
        code=entry.text("code"),
        version=entry.take("version", int),
        title=entry.text("title"),
        source=entry.text("source"),
        formats=formats,  # type: ignore[arg-type]
        columns=_columns(entry),
        period=period.made(_period),
        key=key.made(_key) if key else None,
        values=tuple(part.made(_value) for part in entry.parts("value")),
        dimensions=tuple(part.made(_dimension) for part in entry.parts("dimension")),
        sums=tuple(part.made(_sum) for part in entry.parts("sum")),
        at_most=tuple(part.made(_at_most) for part in entry.parts("at_most")),
        grid=grid.made(_grid) if grid else None,
        facilities=facilities.made(_facilities) if facilities else None,
        head_rows=entry.take("head_rows", int, 1),
        legend=entry.texts("legend", []),
    )


def _columns(entry: _Entry) -> dict[str, Column]:
    columns = {}
    for name, declared in entry.take("columns", dict).items():
        part = _Entry({"head": declared} if isinstance(declared, str) else declared, f"columns.{name}.", entry.problems)
        columns[name] = part.made(partial(_column, name))
        if bool(columns[name].head) == bool(columns[name].like):
            part.problem("head", _("entweder „head“ oder „like“."))
    return columns


def _column(name: str, entry: _Entry) -> Column:
    return Column(name, entry.text("head", ""), entry.pattern("like"))


def _period(entry: _Entry) -> PeriodRule:
    return PeriodRule(
        form=entry.choice("form", get_args(PeriodForm), "day"),
        column=entry.text("column", ""),
        title=entry.pattern("title"),
        file_name=entry.pattern("file_name"),
        fixed=entry.text("fixed", ""),
        days=entry.codes("days", {}),
    )


def _key(entry: _Entry) -> KeyRule:
    return KeyRule(
        column=entry.text("column"),
        kind=entry.choice("kind", get_args(UnitKind)),
        municipality=entry.text("municipality", ""),
        residual=entry.pattern("residual"),
        unique=entry.texts("unique", []),
        complete=entry.take("complete", bool, False),
    )


def _value(entry: _Entry) -> ValueRule:
    return ValueRule(
        column=entry.text("column"),
        signs=entry.choice("signs", sign_profiles()),
        feature=entry.text("feature", ""),
        where=entry.codes("where", {}),
        measure=entry.take("measure", bool, False),
        year_in_head=entry.pattern("year_in_head"),
        not_carried=entry.text("not_carried", ""),
        known_as=entry.choice("known_as", ("", *Status), ""),
        known_why=entry.text("known_why", ""),
        decimal=entry.choice("decimal", (",", "."), ","),
    )


def _dimension(entry: _Entry) -> Dimension:
    return Dimension(entry.text("name"), entry.texts("columns"), entry.codes("codes"))


def _sum(entry: _Entry) -> SumRule:
    key = entry.pattern("key")
    if key is None or key.groups < 1:
        entry.problem("key", _("braucht eine Gruppe für den Anfang der Schlüssel."))
        key = re.compile("()")
    severity = entry.choice("severity", get_args(Severity), "error")
    total = entry.choice("total", get_args(TotalOf), "")
    return SumRule(key, entry.take("residual", bool, True), severity, total)


def _at_most(entry: _Entry) -> AtMostRule:
    return AtMostRule(
        entry.text("smaller"), entry.text("larger"), entry.choice("severity", get_args(Severity), "error")
    )


def _grid(entry: _Entry) -> GridRule:
    rule = GridRule(
        x=entry.text("x"),
        y=entry.text("y"),
        crs=entry.text("crs"),
        size=float(entry.take("size", int)),
        mark=entry.text("mark", ""),
        marks=entry.codes("marks", {}),
    )
    for status in rule.marks.values():
        if status not in set(Status):
            entry.problem("marks", _("„{status}“ ist kein Status.").format(status=status))
    return rule


def _facilities(entry: _Entry) -> FacilityRule:
    position = entry.part("position")
    return FacilityRule(
        number=entry.text("number"),
        name=entry.text("name"),
        kind=entry.text("kind"),
        block=entry.text("block", ""),
        protection=entry.text("protection", ""),
        kinds=entry.codes("kinds"),
        always_protected=tuple(text.casefold() for text in entry.texts("always_protected")),
        protected=tuple(text.casefold() for text in entry.texts("protected", [])),
        open=tuple(text.casefold() for text in entry.texts("open", [])),
        withheld=entry.texts("withheld", []),
        places=tuple(part.made(_places) for part in entry.parts("places")),
        position=position.made(_position) if position else None,
    )


def _places(entry: _Entry) -> PlacesRule:
    signs = entry.choice("signs", sign_profiles())
    return PlacesRule(
        entry.text("column"),
        entry.text("group"),
        entry.texts("kinds"),
        signs,
        entry.texts("only", []),
        entry.take("rounded_to", int, 1),
    )


def _position(entry: _Entry) -> PositionRule:
    return PositionRule(entry.text("x"), entry.text("y"), entry.text("crs"), entry.text("municipality"))


def _contradictions(recipe: Recipe) -> list[str]:
    """What each part of the recipe names must exist in another part."""
    problems = [
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
    if recipe.facilities and bool(recipe.facilities.block) == (recipe.facilities.position is not None):
        problems.append(_("Einrichtungen brauchen entweder „block“ oder „position“."))
    if any(bool(value.known_as) != bool(value.known_why) for value in recipe.values):
        problems.append(_("„known_as“ und „known_why“ gehören zusammen."))
    return problems + _unknown_dimensions(recipe) + _without_group(recipe)


def _columns_used(recipe: Recipe) -> set[str]:
    used = {recipe.period.column} | {value.column for value in recipe.values}
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
    known = {dimension.name: set(dimension.codes.values()) for dimension in recipe.dimensions}
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
    patterns = [recipe.period.title, recipe.period.file_name, *(value.year_in_head for value in recipe.values)]
    return [
        _("Das Muster „{pattern}“ braucht eine Gruppe für den Zeitbezug.").format(pattern=pattern.pattern)
        for pattern in patterns
        if pattern is not None and pattern.groups < 1
    ]
