"""Text of bytes, by rule and never by statistics: mark, strict UTF-8, else the old page that makes German words."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterable

from sozialraum.base import _
from sozialraum.deliveries.collector import refuse

OLD_PAGES = ("cp1252", "cp850", "mac_roman")  # the first wins where nothing tells them apart
_NAMES = {"cp1252": "Windows-1252", "cp850": "DOS (Codepage 850)", "mac_roman": "Mac Roman"}
_WEIGHED = 400_000  # bytes; more cannot change the answer
_FOREIGN = re.compile(rb"[\x80-\xff]")
_LOWER, _UPPER = frozenset("äöüß"), frozenset("ÄÖÜ")
_QUOTES_AND_SIGNS = frozenset("„“”‚‘’–—…•·§€°²³½¼¾±×«»®©\u00a0")
_OTHER_LETTERS = frozenset("éèêëáàâåãçñóòôõíìîïúùûýÿæøœÉÈÊÁÀÂÅÇÑÓÒÔÍÎÚÛÆØŒšžŠŽ")
_CONTROLS = frozenset(chr(code) for code in range(32)) - frozenset("\t\r\n\x0b\x0c\x1a")


def decode(name: str, data: bytes) -> tuple[str, str]:
    """Text and the name of its encoding.

    Byte-order mark, strict UTF-8, else Windows-1252, DOS 850 or Mac Roman, whichever makes the more plausible German
    text. Raises InputRefused when it is no text.
    """
    encoding = encoding_of(name, data)
    return data.decode(encoding), encoding


def encoding_of(name: str, data: bytes) -> str:
    """The encoding of a whole text; InputRefused when it is none."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _checked(name, data, ("utf-16",))
    if b"\0" in data[:_WEIGHED]:
        raise no_text(name)
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return old_page(name, data)
    return _checked(name, data, ("utf-8-sig",))


def old_page(name: str, data: bytes) -> str:
    """The page of one byte per letter that makes the most plausible German text of the bytes."""
    sample = _around_foreign(data[:_WEIGHED])
    rated = [(plausibility(page, sample), -place, page) for place, page in enumerate(OLD_PAGES) if _fits(page, data)]
    if not rated:
        raise no_text(name)
    return _checked(name, data, (max(rated)[2],))


def _fits(page: str, data: bytes) -> bool:
    try:
        data.decode(page)
    except UnicodeDecodeError:
        return False
    return True


def _around_foreign(data: bytes) -> Counter[bytes]:
    """Every byte above 127 with its neighbours, and how often it stands there."""
    padded = b" " + data + b" "
    return Counter(padded[found.start() - 1 : found.end() + 1] for found in _FOREIGN.finditer(padded))


def plausibility(page: str, sample: Counter[bytes]) -> float:
    """How German the bytes above 127 look on this page; higher is likelier. Neighbours decide, not frequency alone."""
    total = 0.0
    for three, number in sample.items():
        text = three.decode(page, errors="replace")
        total += number * _rating(text[0], text[1], text[2])
    return total


def _rating(left: str, sign: str, right: str) -> float:
    inside = left.isalpha() or right.isalpha()
    if sign in _LOWER:
        return 2.0 if inside and not left.isdigit() else 0.1
    if sign in _UPPER:
        return 2.0 if right.isalpha() and not left.islower() else (1.0 if left.isupper() or right.isupper() else 0.1)
    if sign in _QUOTES_AND_SIGNS:
        return -2.0 if left.isalpha() and right.isalpha() and sign not in "’·" else 0.6
    if sign in _OTHER_LETTERS:
        return 0.3 if left.isalpha() and right.isalpha() else -0.4
    return -2.0  # frames, blocks, Greek and other signs no table has


def _checked(name: str, data: bytes, candidates: Iterable[str]) -> str:
    for encoding in candidates:
        try:
            beginning = (
                data[:20_000].decode(encoding, errors="ignore") if encoding != "utf-16" else data.decode(encoding)
            )
        except UnicodeError:
            continue
        if not is_binary(beginning):
            return encoding
    raise no_text(name)


def is_binary(text: str) -> bool:
    """Whether signs stand at the beginning that no text has."""
    return not _CONTROLS.isdisjoint(text[:20_000])


def no_text(name: str) -> Exception:
    return refuse(name, _("Die Datei ist keine Textdatei."), _(
        "Bitte prüfen, ob die richtige Datei geliefert wurde (erwartet: CSV, ZIP mit CSV oder Excel)."))  # fmt: skip


def encoding_sentence(encoding: str) -> str:
    """What a person should know of the encoding; '' for the usual ones."""
    if encoding not in _NAMES:
        return ""
    return _("Die Datei ist nicht in UTF-8 geschrieben; sie wurde als {encoding} gelesen.").format(
        encoding=_NAMES[encoding]
    )
