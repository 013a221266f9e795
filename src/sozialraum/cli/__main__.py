"""Entry point: find the language, then build the commands in it and run the one asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def language_of(arguments: Sequence[str], environment: dict[str, str]) -> str:
    """'de' or 'en': from --lang, else from the locale; German where nothing is said."""
    for position, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return _known(argument.partition("=")[2])
        if argument == "--lang" and position + 1 < len(arguments):
            return _known(arguments[position + 1])
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return "en" if environment[name].startswith("en") else "de"
    return "de"


def _known(language: str) -> str:
    return language if language in ("de", "en") else "de"


def main() -> None:
    """Run `sozialraum ...`; ends the process with the documented exit code."""
    from sozialraum.base.language import set_language

    set_language(language_of(sys.argv[1:], dict(os.environ)))
    from sozialraum.cli.commands import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
