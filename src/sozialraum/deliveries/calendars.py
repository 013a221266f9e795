"""A due date as a calendar entry that any calendar program takes in (RFC 5545)."""

from __future__ import annotations

import re
from datetime import date, timedelta

from sozialraum.base.text import ODD

LONGEST = 75  # octets of a line, RFC 5545 section 3.1
_ESCAPED = re.compile(r"[\\;,]")


def reminder(uid: str, due: str, title: str, text: str = "", *, written: str) -> str:
    """An all-day entry on the due date with an alarm the day before, as the text of an .ics file.

    uid : stable key; a later file with the same key replaces the entry. due : ISO date.
    written : ISO date-time in UTC of the text; the same arguments give the same text.
    Raises ValueError when a date is none.
    """
    day = date.fromisoformat(due)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//sozialraum//DE",
        "CALSCALE:GREGORIAN",
        "BEGIN:VEVENT",
        f"UID:{escaped(uid)}",
        f"DTSTAMP:{_stamp(written)}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        "TRANSP:TRANSPARENT",
        f"SUMMARY:{escaped(title)}",
        *([f"DESCRIPTION:{escaped(text)}"] if text else []),
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{escaped(title)}",
        "TRIGGER:-P1D",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def escaped(text: str) -> str:
    """A text as the value of a property: backslash, semicolon, comma and ends of lines are escaped."""
    plain = ODD.sub("", "\n".join(text.splitlines()))
    return _ESCAPED.sub(r"\\\g<0>", plain).replace("\n", "\\n").replace("\t", " ")


def folded(line: str) -> list[str]:
    """A line in pieces of at most 75 octets, never cut inside a letter; all but the first begin with a blank."""
    pieces, piece, size = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > LONGEST:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + letter, size + octets
    return [*pieces, piece]


def _stamp(moment: str) -> str:
    digits = re.sub(r"\D", "", moment.partition(".")[0].partition("+")[0])
    if len(digits) not in (8, 14):
        raise ValueError(f"'{moment}' is no date-time")
    date.fromisoformat(f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}")
    return f"{digits[:8]}T{digits[8:].ljust(6, '0')}Z"
