"""A package as one HTML file: the built page with the data and the words inside."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any

from sozialraum.base import ProjectRefused, _
from sozialraum.base.language import catalogue
from sozialraum.consultation.package import Package

TEMPLATE = "package.html"
PLACES = {"data": "{}", "words": "{}"}  # ids of the two data elements of the template and what stands there before


def page_template(name: str = TEMPLATE) -> str:
    """A built page without data; ProjectRefused when the program was installed without pages.

    name : of the page of the package, or of another page that is handed out as one file.
    """
    file = files("sozialraum.consultation") / "static" / name
    if not file.is_file():
        raise ProjectRefused(
            _(
                "Die Seiten zum Weitergeben wurden nicht mit eingebaut (Installation ohne Netzzugang). "
                "Installieren Sie das Programm mit Netzzugang erneut."
            )
        )
    return file.read_text(encoding="utf-8")


def package_page(package: Package, template: str, english: Mapping[str, Any] | None = None) -> str:
    """The whole file.

    template : from `page_template`. english : further German texts -> English, for words that stand in the data.
    """
    words = {**words_in(template, english_catalogue()), **(english or {})}
    page = filled(template, "data", package.to_json())
    page = filled(page, "words", json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":")))
    title = _("Abstimmung: {name}").format(name=package.name)
    return page.replace("<title></title>", f"<title>{_text(title)}</title>", 1)


def filled(template: str, place: str, content: str) -> str:
    """The template with JSON in one of its data elements; nothing in the JSON can end the element."""
    start = re.search(rf'<script[^>]*\bid="{place}"[^>]*>', template)
    if start is None:
        raise ValueError(f"the template has no place '{place}'")
    end = template.index("</script>", start.end())
    safe = content.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return template[: start.end()] + safe + template[end:]


def english_catalogue() -> dict[str, str | list[str]]:
    """All English texts by their German one; a list for texts with a plural."""
    entries: Mapping[Any, str] = getattr(catalogue("en"), "_catalog", {})
    found: dict[str, str | list[str]] = {}
    for key, text in entries.items():
        if isinstance(key, tuple):
            german, number = key
            forms = found.setdefault(german, ["", ""])
            if isinstance(forms, list):
                forms[number] = text
        elif key and text:
            found[key] = text
    return found


def words_in(template: str, english: Mapping[str, Any]) -> dict[str, Any]:
    """The texts that the page uses: those whose German stands literally in the template."""
    return {german: text for german, text in english.items() if len(german) > 1 and german in template}


def in_both(texts: Callable[[], tuple[str, ...]]) -> dict[str, str]:
    """Texts that are made in the current language, German -> English."""
    from sozialraum.base import in_language

    with in_language("de"):
        german = texts()
    with in_language("en"):
        return dict(zip(german, texts(), strict=True))


def _text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
