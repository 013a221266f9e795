"""Read and check declared recipes; everything that is wrong with one is said at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

from sozialraum.base import Finding, InputRefused, Status, _
from sozialraum.deliveries.contradictions import contradictions
from sozialraum.deliveries.entries import Entry
from sozialraum.deliveries.facility_rules import FacilityRule, PlacesRule, PositionRule
from sozialraum.deliveries.recipe import (
    AtMostRule,
    Column,
    Counted,
    Dimension,
    FileFormat,
    GridRule,
    KeyRule,
    Noise,
    PeriodForm,
    PeriodRule,
    Protection,
    Recipe,
    Severity,
    SumRule,
    TotalOf,
    UnitKind,
    ValueRule,
)
from sozialraum.deliveries.sign_lines import own_sign
from sozialraum.deliveries.signs import sign_profiles


@cache
def recipes() -> tuple[Recipe, ...]:
    """All recipes of the package, by code; a file that begins with '_' is only the basis of others."""
    folder = files(__package__) / "recipes"
    texts = {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.endswith(".toml")}
    return tuple(recipe_from(texts[name], name, texts) for name in sorted(texts) if not name.startswith("_"))


def read_recipe(path: Path, signs: Collection[str] | None = None) -> Recipe:
    """Read a recipe of one's own from a file; refused with every reason at once. signs : see `recipe_of`."""
    return recipe_from(path.read_text(encoding="utf-8"), path.name, {}, signs)


def recipe_from(text: str, name: str, others: Mapping[str, str], signs: Collection[str] | None = None) -> Recipe:
    """Make a recipe of its text. others : texts of recipes it may be `based_on`, by file name. signs : see below."""
    try:
        declared = tomllib.loads(text)
        base = declared.pop("based_on", None)
        if base is not None:
            declared = _on_base(tomllib.loads(others[base]), declared)
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise _refused(name, [str(error)]) from error
    return recipe_of(declared, name, signs)


def recipe_of(declared: Mapping[str, Any], name: str, signs: Collection[str] | None = None) -> Recipe:
    """Make a recipe of its declaration, as it stands in a text or was filled in; refused with every reason at once.

    signs : codes of the sign profiles it may name, those of the package when not given.
    """
    problems: list[str] = []
    recipe = _recipe(Entry(declared, "", problems, tuple(sign_profiles()) if signs is None else signs))
    if recipe is not None and not problems:
        problems += contradictions(recipe)
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


def _recipe(entry: Entry) -> Recipe | None:
    return entry.made(_whole)


def _whole(entry: Entry) -> Recipe | None:
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
        specimen=entry.take("specimen", bool, True),
        records=entry.take("records", bool, False),
        protection=entry.choice("protection", get_args(Protection), "restricted"),
        noise=entry.choice("noise", get_args(Noise), ""),
        counts=entry.choice("counts", get_args(Counted), "persons"),
        sheet=entry.text("sheet", ""),
    )


def _columns(entry: Entry) -> dict[str, Column]:
    columns = {}
    for name, declared in entry.take("columns", dict).items():
        part = entry.under({"head": declared} if isinstance(declared, str) else declared, f"columns.{name}")
        columns[name] = part.made(partial(_column, name))
        if sum(bool(each) for each in (columns[name].head, columns[name].like, columns[name].letter)) != 1:
            part.problem("head", _("entweder „head“ oder „like“ oder „letter“."))
    return columns


def _column(name: str, entry: Entry) -> Column:
    return Column(
        name,
        entry.text("head", ""),
        entry.pattern("like"),
        entry.texts("also", []),
        entry.take("many", bool, False),
        entry.text("letter", ""),
        entry.text("title", ""),
    )


def _period(entry: Entry) -> PeriodRule:
    return PeriodRule(
        form=entry.choice("form", get_args(PeriodForm), "day"),
        column=entry.text("column", ""),
        title=entry.pattern("title"),
        file_name=entry.pattern("file_name"),
        fixed=entry.text("fixed", ""),
        days=entry.codes("days", {}),
    )


def _key(entry: Entry) -> KeyRule:
    return KeyRule(
        column=entry.text("column", ""),
        kind=entry.choice("kind", get_args(UnitKind)),
        title=entry.pattern("title"),
        names=entry.take("names", bool, False),
        municipality=entry.text("municipality", ""),
        residual=entry.pattern("residual"),
        unique=entry.texts("unique", []),
        complete=entry.take("complete", bool, False),
        every=entry.take("every", bool, False),
        geography=entry.text("geography", ""),
        regional=entry.take("regional", bool, False),
    )


def _value(entry: Entry) -> ValueRule:
    return ValueRule(
        column=entry.text("column", ""),
        signs=entry.choice("signs", entry.signs, "plain"),
        feature=entry.text("feature", ""),
        where=entry.codes("where", {}),
        measure=entry.take("measure", bool, False),
        year_in_head=entry.pattern("year_in_head"),
        not_carried=entry.text("not_carried", ""),
        known_as=entry.choice("known_as", ("", *Status), ""),
        known_why=entry.text("known_why", ""),
        decimal=entry.choice("decimal", (",", "."), ","),
        day_of_year=entry.text("day_of_year", ""),
        month_in_head=entry.pattern("month_in_head"),
        weight=entry.text("weight", ""),
        day_in_head=entry.pattern("day_in_head"),
        most=entry.take("most", int, 0),
        zero_as=entry.choice("zero_as", ("", "missing", "blocked"), ""),
        own_signs=_own_signs(entry),
    )


def _own_signs(entry: Entry) -> tuple[str, ...]:
    lines = entry.texts("own_signs", [])
    for line in lines:
        try:
            own_sign(line)
        except ValueError:
            entry.problem("own_signs", _("„{line}“ erklärt kein Zeichen (Beispiel: * = 0-2).").format(line=line))
    return lines


def _dimension(entry: Entry) -> Dimension:
    return Dimension(
        name=entry.text("name"),
        columns=entry.texts("columns"),
        codes=entry.codes("codes", {}),
        bands=entry.codes("bands", {}),
        born=entry.take("born", bool, False),
        otherwise=entry.text("otherwise", ""),
        leave_out=entry.take("leave_out", bool, False),
    )


def _sum(entry: Entry) -> SumRule:
    key = entry.pattern("key")
    if key is None or key.groups < 1:
        entry.problem("key", _("braucht eine Gruppe für den Anfang der Schlüssel."))
        key = re.compile("()")
    severity = entry.choice("severity", get_args(Severity), "error")
    total = entry.choice("total", get_args(TotalOf), "")
    return SumRule(key, entry.take("residual", bool, True), severity, total)


def _at_most(entry: Entry) -> AtMostRule:
    severity = entry.choice("severity", get_args(Severity), "error")
    return AtMostRule(entry.text("smaller"), entry.text("larger"), severity, entry.take("units", bool, False))


def _grid(entry: Entry) -> GridRule:
    rule = GridRule(
        x=entry.text("x"),
        y=entry.text("y"),
        crs=entry.text("crs"),
        size=float(entry.take("size", int)),
        mark=entry.text("mark", ""),
        marks=entry.codes("marks", {}),
        ids=entry.pattern("ids"),
        step=entry.take("step", int, 1),
        to=entry.choice("to", ("block", "municipality"), "block"),
    )
    for status in rule.marks.values():
        if status not in set(Status):
            entry.problem("marks", _("„{status}“ ist kein Status.").format(status=status))
    return rule


def _facilities(entry: Entry) -> FacilityRule:
    position = entry.part("position")
    return FacilityRule(
        number=entry.text("number"),
        name=entry.text("name"),
        kind=entry.text("kind", ""),
        block=entry.text("block", ""),
        protection=entry.text("protection", ""),
        kinds=entry.codes("kinds", {}),
        always_protected=tuple(text.casefold() for text in entry.texts("always_protected")),
        protected=tuple(text.casefold() for text in entry.texts("protected", [])),
        open=tuple(text.casefold() for text in entry.texts("open", [])),
        withheld=entry.texts("withheld", []),
        places=tuple(part.made(_places) for part in entry.parts("places")),
        position=position.made(_position) if position else None,
        every=entry.text("every", ""),
    )


def _places(entry: Entry) -> PlacesRule:
    signs = entry.choice("signs", entry.signs)
    return PlacesRule(
        entry.text("column"),
        entry.text("group"),
        entry.texts("kinds"),
        signs,
        entry.texts("only", []),
        entry.take("rounded_to", int, 1),
    )


def _position(entry: Entry) -> PositionRule:
    return PositionRule(entry.text("x"), entry.text("y"), entry.text("crs"), entry.text("municipality", ""))
