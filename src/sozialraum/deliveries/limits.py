"""How much of a file is read: enough for every Kreis, too little to fill a desk's memory."""

from __future__ import annotations

from sozialraum.base import InputRefused, _
from sozialraum.base.numbers import count
from sozialraum.deliveries.collector import refuse

MEBIBYTE = 1 << 20
MOST_PACKED = 400 * MEBIBYTE  # a file as it lies there
MOST_WORKBOOK = 100 * MEBIBYTE
MOST_TEXT = 3072 * MEBIBYTE  # a text that is only passed through, line by line
WHOLE_TEXT = 160 * MEBIBYTE  # a text whose rows are all kept
MOST_CELLS = 4_000_000  # of one workbook
CHILD_SECONDS = 120
CHILD_MEMORY = 900 * MEBIBYTE


def too_large(name: str, size: int, most: int) -> InputRefused:
    """The file is larger than what is read; says both in MB."""
    return refuse(
        name,
        _("Die Datei ist mit {size} MB zu groß; gelesen werden bis zu {most} MB.").format(
            size=count(size // MEBIBYTE), most=count(most // MEBIBYTE)
        ),
        _("Bitte nur die Zeilen des Kreises oder nur das benötigte Blatt liefern lassen."),
    )
