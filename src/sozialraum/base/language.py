"""German is written in the code, other languages come from gettext catalogues.

German texts are the message keys, so a German reader can never meet a raw key.
The language is a context variable: a report in English and a page in German can be
made in one process.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files

LANGUAGES = ("de", "en")
_language: ContextVar[str] = ContextVar("language", default="de")


def current_language() -> str:
    return _language.get()


def set_language(language: str) -> None:
    """Set the language of all texts from here on: 'de' or 'en'."""
    if language not in LANGUAGES:
        raise ValueError(f"no texts in '{language}'; there are {', '.join(LANGUAGES)}")
    _language.set(language)


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Speak another language inside a with block."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The catalogue of a language; German needs none."""
    if language == "de":
        return gettext.NullTranslations()
    path = files("sozialraum") / "locale" / language / "LC_MESSAGES" / "sozialraum.mo"
    if not path.is_file():
        return gettext.NullTranslations()
    with path.open("rb") as file:
        return gettext.GNUTranslations(file)


def _(text: str) -> str:
    """The text in the current language; `text` is the German sentence.

    A text that is a singular elsewhere stands in the catalogue with its plural and is found there.
    """
    words = catalogue(_language.get())
    found = words.gettext(text)
    return words.ngettext(text, text, 1) if found == text else found


def quoted(text: str) -> str:
    """The text in the quotation marks of the current language."""
    return _("„{text}“").format(text=text)


def plural(one: str, many: str, count: float) -> str:
    """Singular or plural German text in the current language, by count."""
    return catalogue(_language.get()).ngettext(one, many, 1 if count == 1 else 2)
