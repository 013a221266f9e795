"""The street grid (Straßenraster) of the employment agency: written from a plan, checked wherever it comes from."""

from sozialraum.street_grid.checking import check_files
from sozialraum.street_grid.form_file import form_text, read_form
from sozialraum.street_grid.format import (
    ENCODINGS,
    RA_FIELDS,
    SEPARATORS,
    ZU_FIELDS,
    Column,
    Format,
    field_labels,
    format_from,
    guessed_format,
)
from sozialraum.street_grid.grid import StreetGrid, make_street_grid, unit_labels
from sozialraum.street_grid.groups import (
    AT_LEAST,
    Likeness,
    make_likeness,
    partners,
    propose_groups,
    refuse_groups,
    too_small,
)
from sozialraum.street_grid.levels import GROUP_JOINER, Unit, area_labels, group_unit, make_keys, make_units
from sozialraum.street_grid.numbers import OPEN_EVEN, OPEN_ODD, Range, close_side, close_street
from sozialraum.street_grid.records import Record, find_records, make_records
from sozialraum.street_grid.writing import file_bytes

__all__ = [
    "AT_LEAST",
    "ENCODINGS",
    "GROUP_JOINER",
    "OPEN_EVEN",
    "OPEN_ODD",
    "RA_FIELDS",
    "SEPARATORS",
    "ZU_FIELDS",
    "Column",
    "Format",
    "Likeness",
    "Range",
    "Record",
    "StreetGrid",
    "Unit",
    "area_labels",
    "check_files",
    "close_side",
    "close_street",
    "field_labels",
    "file_bytes",
    "find_records",
    "form_text",
    "format_from",
    "group_unit",
    "guessed_format",
    "make_keys",
    "make_likeness",
    "make_records",
    "make_street_grid",
    "make_units",
    "partners",
    "propose_groups",
    "read_form",
    "refuse_groups",
    "too_small",
    "unit_labels",
]
