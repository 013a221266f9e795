"""Text that people or other programs hand in: which characters can be kept, shown and written to every file."""

from __future__ import annotations

import re

from sozialraum.base.language import _

# Control characters, halves of a surrogate pair, and two numbers that are no characters: neither the project file nor
# XML, and with it .xlsx, can hold them all. Tab and ends of lines are told apart.
ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
SEVERAL_LINES = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
ODD_IN_LINE = re.compile(f"{ODD.pattern[:-1]}\t\n\r\u2028\u2029]")


def is_plain(text: str, *, lines: bool = False) -> bool:
    """Whether text can be kept and written anywhere: no control characters and no halves of a surrogate pair.

    lines : True = may have several lines and tabs.
    """
    return (ODD if lines else ODD_IN_LINE).search(text) is None


def shown(text: str, most: int = 60) -> str:
    """Text for a message: one line that can be printed anywhere, not longer than `most` characters."""
    plain = ODD_IN_LINE.sub("\ufffd", text[:most])
    return plain if len(text) <= most else plain[: most - 1] + "…"


def line_fault(text: str, most: int) -> str:
    """What is wrong with a short text of one line, as the end of a sentence; '' when nothing is."""
    if SEVERAL_LINES.search(text):
        return _("hat mehr als eine Zeile.")
    if not is_plain(text):
        return _("enthält Steuerzeichen.")
    if len(text) > most:
        return _("hat {length} Zeichen, möglich sind höchstens {most}.").format(length=len(text), most=most)
    return ""
