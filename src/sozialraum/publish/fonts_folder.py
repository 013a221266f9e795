"""Where the report's own font files are; the build copies them there."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

WEIGHTS = {400: "SourceSans3-Regular.ttf", 600: "SourceSans3-Semibold.ttf", 700: "SourceSans3-Bold.ttf"}


def fonts_folder() -> Path | None:
    """The folder with the three weights of Source Sans 3, or None: then the fonts inside typst serve."""
    folder = Path(str(files("sozialraum.publish"))) / "fonts"
    return folder if all((folder / name).is_file() for name in WEIGHTS.values()) else None
