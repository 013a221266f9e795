"""Printed sheets set by typst: accessible (PDF/UA-1), the same content gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import typst

from sozialraum.publish.fonts_folder import fonts_folder


def compile_sheets(template: str, data: Mapping[str, Any]) -> bytes:
    """The bytes of the PDF that a template of this folder makes of prepared data."""
    folder = fonts_folder()
    place = files("sozialraum.publish")
    return typst.compile(  # type: ignore[call-overload]  # the stubs do not know several named inputs
        {
            "main": (place / template).read_bytes(),
            "print.typ": (place / "print.typ").read_bytes(),
            "data.json": json.dumps(data, ensure_ascii=False).encode(),
        },
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        font_paths=[str(folder)] if folder else [],
    )
