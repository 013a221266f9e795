"""The explanation of a source's signs as tables to fill in, as a workbook and as text, and back."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from sozialraum.base import Finding, InputRefused, Status, _
from sozialraum.deliveries.recipe_fields import Field, Options, Section
from sozialraum.deliveries.recipe_sheets import differences_of, status_word
from sozialraum.deliveries.recipe_tables import Locate, Row, Tables, plain_place
from sozialraum.deliveries.sign_profiles import SignProfile, profile_of
from sozialraum.deliveries.workbook_tables import SheetTables
from sozialraum.deliveries.workbook_writing import write_tables

_OTHER = ("otherwise.low", "otherwise.high")


def sign_sections() -> tuple[Section, ...]:
    """The sections of an explanation of signs in the current language."""
    status: Options = tuple((one.value, status_word(one.value)) for one in Status)
    return (
        Section("", _("Angaben"), False, (
            Field("code", _("Kurzname"), needed=True),
            Field("title", _("Bezeichnung"), needed=True),
            Field("legend", _("Was die Quelle über ihre Zahlen sagt")),
            Field("brackets", _("Zahlen in Klammern gelten als"), "choice", (("", _("kommt nicht vor")), *status)),
            Field("below", _("„<3“ heißt 0 bis 2"), "yes", usual="false"),
            Field("rounded_to", _("Gerundet auf Vielfache von"), "number", usual="1"),
            Field("smallest", _("Kleinste Anzahl, die vorkommt"), "number", usual="0"),
            Field("noise", _("Höchstens so viel verändert"), "number", usual="0"),
        )),
        Section("signs", _("Zeichen"), True, (
            Field("text", _("Zeichen"), needed=True),
            Field("meaning", _("Bedeutung"), needed=True),
            Field("status", _("gilt als"), "choice", status, needed=True),
            Field("low", _("von"), "number"),
            Field("high", _("bis"), "number"),
            Field("legend", _("Die Quelle sagt"), needed=True),
            Field("only_if", _("Nur wenn die Datei dies sagt (Muster)"), "pattern", advanced=True),
            Field("otherwise.low", _("sonst von"), "number", advanced=True),
            Field("otherwise.high", _("sonst bis"), "number", advanced=True),
        ), ("text",)),
        Section("suffixes", _("Buchstaben hinter Zahlen"), True, (
            Field("text", _("Buchstabe"), needed=True),
            Field("meaning", _("Bedeutung"), needed=True),
            Field("status", _("gilt als"), "choice", status, needed=True),
            Field("legend", _("Die Quelle sagt"), needed=True),
        ), ("text",)),
    )  # fmt: skip


def tables_of_profile(profile: SignProfile) -> dict[str, list[dict[str, str]]]:
    """The rows of every section; an empty cell as a sign stands as '(leer)', no bound as 'ohne Grenze'."""
    about = {
        "code": profile.code, "title": profile.title, "legend": profile.legend, "brackets": profile.brackets or "",
        "below": "true" if profile.below else "false", "rounded_to": str(profile.rounded_to),
        "smallest": str(profile.smallest), "noise": str(profile.noise),
    }  # fmt: skip
    signs = []
    for sign in profile.signs.values():
        other = sign.otherwise or (None, None)
        signs.append({
            "text": sign.text or _empty(), "meaning": sign.meaning, "status": sign.status.value,
            "low": _bound(sign.low), "high": _bound(sign.high), "legend": sign.legend,
            "only_if": sign.only_if.pattern if sign.only_if else "",
            "otherwise.low": _bound(other[0]), "otherwise.high": _bound(other[1]),
        })  # fmt: skip
    suffixes = [{"text": one.text, "meaning": one.meaning, "status": one.status.value, "legend": one.legend}
                for one in (profile.suffixes or {}).values()]  # fmt: skip
    return {"": [about], "signs": signs, "suffixes": suffixes}


def _empty() -> str:
    return _("(leer)")


def _bound(number: float | None) -> str:
    if number is None:
        return ""
    if math.isinf(number):
        return _("ohne Grenze")
    return str(int(number)) if number.is_integer() else str(number).replace(".", ",")


def profile_of_tables(tables: Tables, name: str, locate: Locate = plain_place) -> SignProfile:
    """Make a profile of filled-in tables; see `recipe_tables.recipe_of_tables`."""
    findings: list[Finding] = []
    declared: dict[str, Any] = {}
    for section in sign_sections():
        rows = [
            _entry(section, number, row, findings, locate) for number, row in enumerate(tables.get(section.part, ()))
        ]
        if section.many:
            declared[section.part] = rows
        else:
            declared |= rows[0] if rows else {}
    if not findings:
        try:
            return profile_of(declared, name)
        except InputRefused as refused:
            findings = [_in_words(finding, locate) for finding in refused.findings]
    raise InputRefused(
        _("Die Erklärung der Zeichen „{name}“ ist nicht vollständig oder widerspricht sich.").format(name=name),
        findings,
        _("Es wurde nichts gespeichert."),
    )


def _entry(section: Section, number: int, row: Row, findings: list[Finding], locate: Locate) -> dict[str, Any]:
    entry: dict[str, Any] = {}

    def wrong(field: Field, what: str) -> None:
        place = locate(section, number, field)
        findings.append(replace(place, what=place.what + what))

    for field in section.fields:
        text = str(row.get(field.name, "") or "").strip()
        if not text and field.needed:
            wrong(field, _("fehlt."))
        if not text:
            continue
        value = _value(field, text)
        if value is None:
            wrong(field, _("„{text}“ passt hier nicht.").format(text=text))
        elif field.name.startswith("otherwise."):
            entry.setdefault("otherwise", {})[field.name.removeprefix("otherwise.")] = value
        else:
            entry[field.name] = value
    if entry.get("text") == _empty() and section.part == "signs":
        entry["text"] = ""
    return entry


def _value(field: Field, text: str) -> Any:
    """What a text means in its field; None when it means nothing."""
    if field.kind == "yes":
        return {"true": True, "false": False}.get(text)
    if field.kind == "choice":
        return text if text in {code for code, _word in field.options} else None
    if field.kind != "number":
        return text
    if field.name in ("low", "high", *_OTHER) and text.casefold() in (_("ohne Grenze").casefold(), "inf"):
        return math.inf
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return None
    return int(number) if number.is_integer() else (number if field.name in ("low", "high", *_OTHER) else None)


def _in_words(finding: Finding, locate: Locate) -> Finding:
    """A finding on the whole declaration ('signs 2.low, high: …') at its row."""
    place, told, what = finding.what.partition(": ")
    for section in sign_sections():
        head, _dot, name = place.partition(".")
        part, _space, number = head.partition(" ")
        field = next((each for each in section.fields if each.name == (name or place).split(",")[0]), None)
        if told and field is not None and (part == section.part if name else not section.part):
            found = locate(section, int(number) - 1 if number else 0, field)
            return replace(found, what=found.what + what)
    return Finding(finding.what)


def profile_text(profile: SignProfile) -> str:
    """The profile as text that `profile_from` reads back to an equal one."""
    tables = tables_of_profile(profile)
    sections = {section.part: section for section in sign_sections()}
    about = _entry(sections[""], 0, tables[""][0], [], plain_place)
    lines = [f"{name} = {_text(value)}" for name, value in about.items()]
    for part in ("signs", "suffixes"):
        for number, row in enumerate(tables[part]):
            entry = _entry(sections[part], number, row, [], plain_place)
            lines += ["", f"[[{part}]]", *(f"{name} = {_text(value)}" for name, value in entry.items())]
    if not profile.signs:
        lines.insert(0, "signs = []")
    return "\n".join(lines) + "\n"


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{name} = {_text(each)}" for name, each in value.items()) + " }"
    if isinstance(value, float):
        return "inf" if math.isinf(value) else repr(value)
    return json.dumps(str(value), ensure_ascii=False) if isinstance(value, str) else str(value)


def profile_workbook(profile: SignProfile) -> bytes:
    """The explanation of signs as XLSX."""
    hints = (
        _("Zeichen: {title}").format(title=profile.title),
        _("Ein leeres Feld steht hier als „(leer)“. Hat ein Zeichen keine Zahl, bleiben „von“ und „bis“ leer."),
        _("„Die Quelle sagt“ nennt den Wortlaut, auf den sich die Bedeutung stützt."),
    )
    return write_tables(sign_sections(), tables_of_profile(profile), hints, {}, {})


def profile_from_sheets(path: Path) -> SignProfile:
    """Read an explanation of signs from such a workbook; refused with every fault at its cell."""
    found = SheetTables(path, sign_sections, lambda _tables: {})
    if found.findings:
        raise InputRefused(
            _("„{file}“ ist keine vollständige Erklärung von Zeichen.").format(file=path.name),
            found.findings,
            _("Es wurde nichts gespeichert."),
        )
    return profile_of_tables(found.tables, path.name, found.locate)


def profile_differences(before: SignProfile, after: SignProfile) -> tuple[str, ...]:
    """What changed, as sentences."""
    return differences_of(sign_sections(), tables_of_profile(before), tables_of_profile(after), {})
