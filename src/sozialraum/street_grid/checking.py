"""Check the two files, wherever they were written: every rule, all findings at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from sozialraum.base import Finding, _, quoted
from sozialraum.base.numbers import count
from sozialraum.street_grid.checking_ranges import check_ranges
from sozialraum.street_grid.format import Format
from sozialraum.street_grid.groups import AT_LEAST
from sozialraum.street_grid.reading import Content, Line, read_file

KEY = re.compile(r"\d{9}")
LEVELS = ((6, "Stadtbezirk"), (3, "Stadtdistrikt"))


def check_files(files: Mapping[str, bytes], form: Format) -> list[Finding]:
    """All findings of a pair of files or of one of them, by file and line; [] = the agency's rules are kept.

    files : name -> content. Which is `zu` and which `ra` is told by the number of columns. Each finding names file,
    line, street or key, what is wrong and what to do. With one file only, what needs both is not looked at.
    """
    contents = [read_file(name, raw, form) for name, raw in files.items()]
    findings = [finding for content in contents for finding in content.findings]
    units = [content for content in contents if content.kind == "zu"]
    ranges = [content for content in contents if content.kind == "ra"]
    for kind, found in (("zu", units), ("ra", ranges)):
        for more in found[1:]:
            what = _("Zwei Dateien „{kind}“: geprüft wird „{name}“.").format(kind=kind, name=found[0].name)
            findings.append(Finding(what, file=more.name, severity="warning"))
    known = _names(units[0].lines) if units and units[0].lines else None
    for content in units[:1]:
        findings += [_at(finding, content) for finding in _check_units(content, form)]
        findings += [_at(finding, content) for finding in _check_levels(content, form)]
        if ranges and ranges[0].lines:
            findings += [_at(finding, content) for finding in _check_used(content, ranges[0], form)]
    for content in ranges[:1]:
        findings += [_at(finding, content) for finding in _check_keys(content, known, form)]
        findings += [_at(finding, content) for finding in check_ranges(content, known or {}, form)]
    order = {content.name: position for position, content in enumerate([*units, *ranges])}
    return sorted(findings, key=lambda finding: (order.get(finding.file, 0), finding.row or 0))


def _at(finding: Finding, content: Content) -> Finding:
    return replace(finding, file=content.name)


def _names(lines: Iterable[Line]) -> dict[str, str]:
    """Key -> name of the rows of `zu`."""
    return {line["key"]: line["name"] for line in lines}


def _heads(keys: Iterable[str]) -> set[str]:
    """Beginnings of keys that have parts of their own: '101' of a divided district, '101100' of a divided Bezirk."""
    there = list(keys)
    divided = {key[:3] for key in there if not key.endswith("000000")}
    return divided | {key[:6] for key in there if not key.endswith("000")}


def _is_upper(key: str, heads: set[str]) -> bool:
    return key.endswith("000") and (key[:3] if key.endswith("000000") else key[:6]) in heads


def _check_units(content: Content, form: Format) -> list[Finding]:
    findings = []
    column = form.title("zu", "key")
    seen: dict[str, Line] = {}
    keys = {line["key"] for line in content.lines}
    heads = _heads(keys)
    for line in content.lines:
        key = line["key"]
        fault = key_fault(key, keys)
        if fault:
            findings.append(replace(fault, row=line.number, column=column))
        if key in seen and key:
            what = _("Der Schlüssel „{key}“ steht auch in Zeile {row}: „{one}“ und „{other}“.")
            text = what.format(key=key, row=seen[key].number, one=seen[key]["name"], other=line["name"])
            findings.append(Finding(text, row=line.number, column=column, todo=_("Jeder Schlüssel steht einmal.")))
        seen.setdefault(key, line)
        if not line["name"]:
            what = _("„{key}“ hat keine Bezeichnung.").format(key=key)
            findings.append(Finding(what, row=line.number, column=form.title("zu", "name"),
                                    todo=_("Ergänzen Sie den Namen.")))  # fmt: skip
        findings += _check_people(line, _is_upper(key, heads), form)
    return findings


def _check_people(line: Line, upper: bool, form: Format) -> list[Finding]:
    column, text = form.title("zu", "inhabitants"), line["inhabitants"]
    label = f"{line['key']} {line['name']}".strip()
    if upper and not text:
        return []
    if not text:
        what = _("{area}: Die Zahl der Einwohnerinnen und Einwohner fehlt.").format(area=label)
        todo = _("Verlangt ist sie für jedes Stadtviertel zum 31.12. des Vorjahres.")
        return [Finding(what, row=line.number, column=column, todo=todo)]
    if not text.isdigit():
        what = _("{area}: „{text}“ ist keine ganze Zahl.").format(area=label, text=text)
        todo = _("Schreiben Sie die Zahl ohne Punkt und Komma.")
        return [Finding(what, row=line.number, column=column, todo=todo)]
    if upper or int(text) >= AT_LEAST:
        return []
    what = _("{area}: {people} Einwohnerinnen und Einwohner, verlangt sind mindestens 1.000.")
    todo = _("Geben Sie das Gebiet zusammen mit einem ähnlichen Nachbargebiet ab (Liefergruppe).")
    return [Finding(what.format(area=label, people=count(int(text))), row=line.number, column=column, todo=todo)]


def key_fault(key: str, known: Iterable[str] = ()) -> Finding | None:
    """What is wrong with the form of a key; None when it has nine digits."""
    if KEY.fullmatch(key):
        return None
    if not key:
        return Finding(_("Der Schlüssel fehlt."), todo=_("Ergänzen Sie die neun Ziffern."))
    if key.isdigit() and len(key) < 9 and key.zfill(9) in set(known):
        what = _("„{key}“: Führende Null verloren, gemeint ist „{right}“.").format(key=key, right=key.zfill(9))
        return Finding(what, todo=_("Speichern Sie den Schlüssel als Text, nicht als Zahl."))
    if key.isdigit() and len(key) < 9:
        what = _("„{key}“ hat nur {digits} Ziffern statt neun; vermutlich ging eine führende Null verloren.")
        todo = _("Speichern Sie den Schlüssel als Text, nicht als Zahl.")
        return Finding(what.format(key=key, digits=len(key)), todo=todo)
    what = _("„{key}“ ist kein Schlüssel aus neun Ziffern.").format(key=key)
    return Finding(what, todo=_("Ziffern 1 bis 3 Distrikt, 4 bis 6 Bezirk, 7 bis 9 Viertel."))


def _check_levels(content: Content, form: Format) -> list[Finding]:
    """Every Viertel has its Bezirk and its district in the list, each said once."""
    keys = {line["key"] for line in content.lines if KEY.fullmatch(line["key"])}
    findings = []
    said: set[str] = set()
    for line in content.lines:
        key = line["key"]
        if key not in keys:
            continue
        for digits, level in LEVELS:
            upper = key[:digits] + "0" * (9 - digits)
            if upper not in keys and upper not in said and key[3:] != "000000":
                said.add(upper)
                what = _("Zu „{key}“ fehlt die Ebene darüber: {level} „{upper}“.")
                text = what.format(key=key, level=level, upper=upper)
                todo = _("Ergänzen Sie eine Zeile mit diesem Schlüssel und seiner Bezeichnung.")
                findings.append(Finding(text, row=line.number, column=form.title("zu", "key"), todo=todo))
    return findings


def _check_used(content: Content, ranges: Content, form: Format) -> list[Finding]:
    """Viertel without a single street."""
    used = {line["key"] for line in ranges.lines}
    keys = {line["key"] for line in content.lines}
    heads = _heads(keys)
    findings = []
    for line in content.lines:
        key = line["key"]
        if not _is_upper(key, heads) and key not in used:
            what = _("{area}: Keine einzige Straße gehört dazu.").format(area=f"{key} {line['name']}".strip())
            todo = _("Ordnen Sie Straßen zu oder nehmen Sie das Gebiet heraus.")
            findings.append(Finding(what, row=line.number, column=form.title("zu", "key"), todo=todo))
    return findings


def _check_keys(content: Content, known: Mapping[str, str] | None, form: Format) -> list[Finding]:
    """Keys and postcodes of `ra`, each line by itself."""
    findings = []
    heads = _heads(known or ())
    for line in content.lines:
        street, key = line["street"], line["key"]
        fault = key_fault(key, known or ())
        if fault is None and known is not None and key not in known:
            what = _("Der Schlüssel „{key}“ steht nicht in der Zuordnungsdatei.").format(key=key)
            fault = Finding(what, todo=_("Berichtigen Sie ihn oder ergänzen Sie ihn dort."))
        elif fault is None and known is not None and _is_upper(key, heads):
            what = _("„{key}“ ist kein Stadtviertel, sondern eine Ebene darüber.").format(key=key)
            fault = Finding(what, todo=_("Straßen gehören zur kleinsten Ebene."))
        if fault:
            findings.append(_of_street(fault, street, line, form.title("ra", "key")))
        if not street:
            todo = _("Ergänzen Sie den Namen.")
            what = _("Der Straßenname fehlt.")
            findings.append(Finding(what, row=line.number, column=form.title("ra", "street"), todo=todo))
        code = line["postcode"]
        if not (len(code) == 5 and code.isdigit()):
            what = _("{code} ist keine Postleitzahl aus fünf Ziffern.").format(code=quoted(code))
            todo = _("Eine führende Null darf nicht verloren gehen: Speichern Sie die Spalte als Text.")
            findings.append(_of_street(Finding(what, todo=todo), street, line, form.title("ra", "postcode")))
    return findings


def _of_street(finding: Finding, street: str, line: Line, column: str) -> Finding:
    what = f"{street}: {finding.what}" if street else finding.what
    return replace(finding, what=what, row=line.number, column=column)
