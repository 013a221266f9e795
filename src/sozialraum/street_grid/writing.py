"""The two files as bytes, in the form the settings give."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from sozialraum.base import Finding, InputRefused, _
from sozialraum.street_grid.format import LINE_ENDS, SEPARATORS, Format
from sozialraum.street_grid.grid import StreetGrid
from sozialraum.street_grid.levels import Unit
from sozialraum.street_grid.records import Record


def level_words() -> dict[str, str]:
    """What the agency calls the three levels."""
    return {"district": "Stadtdistrikt", "bezirk": "Stadtbezirk", "viertel": "Stadtviertel"}


def file_bytes(grid: StreetGrid) -> dict[str, bytes]:
    """File name -> content, `zu` first. Raises InputRefused when the encoding lacks a character of a name."""
    towns = {unit.key: unit for unit in grid.units}
    zu = [_unit_row(unit) for unit in grid.units]
    ra = [_record_row(record, towns[record.key]) for record in grid.records]
    _refuse_characters(grid.form, [*zu, *ra])
    return {
        grid.form.zu_file: _encoded(_text(grid.form, "zu", zu), grid.form),
        grid.form.ra_file: _encoded(_text(grid.form, "ra", ra), grid.form),
    }


def _unit_row(unit: Unit) -> dict[str, str]:
    return {
        "municipality": unit.municipality,
        "municipality_name": unit.municipality_name,
        "key": unit.key,
        "name": unit.name,
        "level": level_words()[unit.level],
        "inhabitants": "" if unit.inhabitants is None else str(unit.inhabitants),
    }


def _record_row(record: Record, unit: Unit) -> dict[str, str]:
    odd, even = record.odd or ("", ""), record.even or ("", "")
    return {
        "municipality": unit.municipality,
        "municipality_name": unit.municipality_name,
        "name": unit.name,
        "street": record.street,
        "postcode": record.postcode,
        "key": record.key,
        "odd_from": str(odd[0]),
        "odd_to": str(odd[1]),
        "even_from": str(even[0]),
        "even_to": str(even[1]),
    }


def _text(form: Format, kind: str, rows: Iterable[Mapping[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=SEPARATORS[form.separator], lineterminator=LINE_ENDS[form.line_end])
    columns = form.columns(kind)
    if form.header:
        writer.writerow([column.title for column in columns])
    writer.writerows([row.get(column.field, "") for column in columns] for row in rows)
    return out.getvalue()


def _encoded(text: str, form: Format) -> bytes:
    return text.encode(form.encoding)


def _refuse_characters(form: Format, rows: Iterable[Mapping[str, str]]) -> None:
    faults = {}
    for row in rows:
        for field in ("street", "name", "municipality_name"):
            value = row.get(field, "")
            try:
                value.encode(form.encoding)
            except UnicodeEncodeError as error:
                faults[value] = value[error.start : error.end]
    if faults:
        what = _("„{name}“ enthält „{sign}“.")
        raise InputRefused(
            _("Der Zeichensatz {encoding} kennt nicht alle Zeichen der Namen.").format(encoding=form.encoding),
            [Finding(what.format(name=name, sign=sign)) for name, sign in sorted(faults.items())],
            _("Wählen Sie einen anderen Zeichensatz, zum Beispiel utf-8, oder berichtigen Sie die Namen."),
        )
