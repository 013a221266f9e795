"""The form of the two files: a documented guess in the package, changed by the project where the contract says more."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from functools import cache
from importlib import resources
from typing import Any

from sozialraum.base import Finding, InputRefused, _, quoted

ZU_COLUMNS, RA_COLUMNS = 4, 13
SEPARATORS = {";": ";", ",": ",", "|": "|", "tab": "\t"}
ENCODINGS = ("cp1252", "utf-8", "utf-8-sig", "iso-8859-1")
LINE_ENDS = {"crlf": "\r\n", "lf": "\n"}
LASTS = ("open", "known")
ZU_FIELDS = ("municipality", "key", "name", "inhabitants", "level", "municipality_name", "empty")
RA_FIELDS = (
    "municipality", "municipality_name", "street", "postcode", "odd_from", "odd_to", "even_from", "even_to", "key",
    "name", "empty",
)  # fmt: skip
NEEDED = {
    "zu": ("key", "name", "inhabitants"),
    "ra": ("street", "postcode", "odd_from", "odd_to", "even_from", "even_to", "key"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file: what it holds (a name of ZU_FIELDS or RA_FIELDS) and its title in the first line."""

    field: str
    title: str


@dataclass(frozen=True, slots=True)
class Format:
    """How the two files are written and read.

    separator : ';', ',', '|' or 'tab'. encoding : one of ENCODINGS. header : the first line holds the titles.
    line_end : 'crlf' or 'lf'. last : 'open' = the last range of a street ends in 997 or 998, 'known' = in the last
    number of the register. zu : 4 columns. ra : 13 columns.
    """

    separator: str
    encoding: str
    header: bool
    line_end: str
    last: str
    zu_file: str
    ra_file: str
    zu: tuple[Column, ...]
    ra: tuple[Column, ...]

    def columns(self, kind: str) -> tuple[Column, ...]:
        """The columns of 'zu' or 'ra'."""
        return self.zu if kind == "zu" else self.ra

    def title(self, kind: str, field: str) -> str:
        """The title of the first column that holds a field; the field's name when none does."""
        return next((column.title for column in self.columns(kind) if column.field == field), field)

    def to_json(self) -> dict[str, Any]:
        """The form as JSON values, as it is kept in the settings of a project."""
        return asdict(self)


@cache
def guessed_format() -> Format:
    """The documented guess of the package (format.toml)."""
    text = resources.files("sozialraum.street_grid").joinpath("format.toml").read_text(encoding="utf-8")
    return _format(tomllib.loads(text))


def format_from(given: Mapping[str, Any] | None) -> Format:
    """The guess, overlaid by what a project has set.

    given : any of the fields of `Format` as JSON values. Raises InputRefused with every fault at once.
    """
    if not given:
        return guessed_format()
    found = _format(guessed_format().to_json() | dict(given))
    findings = _findings(found)
    if findings:
        raise InputRefused(_("Diese Form der Dateien geht nicht."), findings)
    return found


def _format(given: Mapping[str, Any]) -> Format:
    plain: dict[str, Any] = {field.name: given[field.name] for field in fields(Format)}
    for kind in ("zu", "ra"):
        plain[kind] = tuple(Column(str(column["field"]), str(column["title"]).strip()) for column in given[kind])
    return Format(**plain)


def _findings(found: Format) -> list[Finding]:
    findings = []
    for field, allowed in (
        ("separator", SEPARATORS), ("encoding", ENCODINGS), ("line_end", LINE_ENDS), ("last", LASTS),
    ):  # fmt: skip
        value = getattr(found, field)
        if value not in allowed:
            what = _("„{value}“ gibt es hier nicht.").format(value=value)
            findings.append(Finding(what, column=field, todo=_("Möglich sind: {names}.").format(names=_named(allowed))))
    for field in ("zu_file", "ra_file"):
        name = getattr(found, field)
        if not name or any(sign in name for sign in '<>:"/\\|?*') or name != name.strip():
            findings.append(Finding(_("„{name}“ ist kein Dateiname.").format(name=name), column=field))
    if found.zu_file == found.ra_file:
        findings.append(Finding(_("Beide Dateien heißen gleich."), column="ra_file"))
    return (
        findings
        + _column_findings("zu", found, ZU_COLUMNS, ZU_FIELDS)
        + _column_findings("ra", found, RA_COLUMNS, RA_FIELDS)
    )


def _column_findings(kind: str, found: Format, number: int, allowed: tuple[str, ...]) -> list[Finding]:
    held = [column.field for column in found.columns(kind)]
    findings = []
    if len(held) != number:
        what = _("Die Datei „{kind}“ hat {number} Spalten, angegeben sind {given}.")
        findings.append(Finding(what.format(kind=kind, number=number, given=len(held)), sheet=kind))
    unknown = sorted(set(held) - set(allowed))
    if unknown:
        findings.append(Finding(_("Diesen Inhalt gibt es nicht: {names}.").format(names=_named(unknown)), sheet=kind))
    lost = [_label(field) for field in NEEDED[kind] if field not in held]
    if lost:
        findings.append(Finding(_("Keine Spalte enthält: {names}.").format(names=_named(lost)), sheet=kind))
    twice = sorted({_label(field) for field in held if field != "empty" and held.count(field) > 1})
    if twice:
        findings.append(Finding(_("Mehrere Spalten enthalten: {names}.").format(names=_named(twice)), sheet=kind))
    return findings


def field_labels() -> dict[str, str]:
    """What people read for each field of a column."""
    return {
        "municipality": _("Gemeindeschlüssel"),
        "municipality_name": _("Name der Gemeinde"),
        "key": _("Schlüssel aus neun Ziffern"),
        "name": _("Bezeichnung"),
        "inhabitants": _("Zahl der Einwohnerinnen und Einwohner"),
        "level": _("Ebene"),
        "street": _("Straßenname"),
        "postcode": _("Postleitzahl"),
        "odd_from": _("ungerade von"),
        "odd_to": _("ungerade bis"),
        "even_from": _("gerade von"),
        "even_to": _("gerade bis"),
        "empty": _("bleibt leer"),
    }


def _label(field: str) -> str:
    return field_labels().get(field, field)


def _named(names: Any) -> str:
    return ", ".join(quoted(name) for name in names)
