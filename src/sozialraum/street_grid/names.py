"""When two spellings mean the same street."""

from __future__ import annotations

import re

SPACES = re.compile(r"[\s-]+")
STREET = re.compile(r" ?str(\.|asse)?$")


def plain_street(name: str) -> str:
    """A street name for comparing: 'Haupt Str.', 'Haupt-Straße' and 'HAUPTSTRASSE' are the same."""
    return STREET.sub("strasse", SPACES.sub(" ", name).strip().casefold())
