"""Numbers as people write them behind an option."""

from __future__ import annotations

import re

from sozialraum.base import UsageError, _


def areas_wanted(text: str) -> int | tuple[int, int] | None:
    """'14' -> 14, '12-15' -> (12, 15), '' or '0' -> None (as agreed). Raises UsageError for anything else."""
    if text.strip() in ("", "0"):
        return None
    found = re.fullmatch(r"\s*(\d+)\s*(?:[-–]\s*(\d+)\s*)?", text)
    if not found:
        raise UsageError(
            _("„{text}“ ist keine Zahl von Gebieten; erwartet wird eine Zahl oder eine Spanne wie 12-15.").format(
                text=text
            )
        )
    fewest, most = found.groups()
    return int(fewest) if most is None else (int(fewest), int(most))
