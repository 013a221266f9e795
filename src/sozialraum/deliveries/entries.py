"""Take a declared table apart; what is missing, of the wrong kind or not known is collected."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from sozialraum.base import _


class Entry:
    """A declared table that collects what is missing, of the wrong kind, or not known."""

    def __init__(
        self, declared: Mapping[str, Any], place: str, problems: list[str], signs: Collection[str] = ()
    ) -> None:
        """signs : codes of the sign profiles it may name."""
        self.left, self.place, self.problems, self.signs = dict(declared), place, problems, signs

    def problem(self, name: str, text: str) -> None:
        self.problems.append(f"{self.place}{name}: {text}")

    def take(self, name: str, kind: type, default: Any = ...) -> Any:
        """The entry `name`, which must be of this kind; `default` when it may be absent."""
        if name not in self.left:
            if default is ...:
                self.problem(name, _("fehlt."))
                return kind()
            return default
        value = self.left.pop(name)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.problem(name, _("ist nicht von der Art {kind}.").format(kind=kind.__name__))
            return kind()
        return value

    def text(self, name: str, default: Any = ...) -> str:
        return self.take(name, str, default)

    def texts(self, name: str, default: Any = ...) -> tuple[str, ...]:
        return tuple(str(item) for item in self.take(name, list, default))

    def codes(self, name: str, default: Any = ...) -> dict[str, str]:
        return {str(key): str(value) for key, value in self.take(name, dict, default).items()}

    def choice(self, name: str, allowed: Iterable[str], default: Any = ...) -> Any:
        value, allowed = self.text(name, default), tuple(allowed)
        if value not in allowed:
            self.problem(name, _("„{value}“ gibt es nicht; es gibt {allowed}.").format(
                value=value, allowed=", ".join(allowed)))  # fmt: skip
        return value

    def pattern(self, name: str) -> re.Pattern[str] | None:
        text = self.text(name, None)
        try:
            return None if text is None else re.compile(text)
        except re.error as error:
            self.problem(name, _("ist kein gültiges Muster ({error}).").format(error=error))
            return None

    def part(self, name: str) -> Entry | None:
        if name not in self.left:
            return None
        return self.under(self.take(name, dict), name)

    def parts(self, name: str) -> list[Entry]:
        items = self.take(name, list, [])
        if not all(isinstance(item, dict) for item in items):
            self.problem(name, _("ist nicht von der Art {kind}.").format(kind=dict.__name__))
            return []
        return [self.under(item, name) for item in items]

    def under(self, declared: Mapping[str, Any], name: str) -> Entry:
        """An entry below this one."""
        return Entry(declared, f"{self.place}{name}.", self.problems, self.signs)

    def made(self, make: Callable[[Entry], Any]) -> Any:
        """What `make` makes of the entry; whatever it did not ask for is not known."""
        result = make(self)
        for name in sorted(self.left):
            self.problem(name, _("ist keine bekannte Angabe."))
        return result
