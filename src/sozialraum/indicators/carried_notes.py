"""The note of a carried value: `carried=<kind>/<class>/<error>`, its reading, and its sentence.

kind : 'key', 'points', 'addresses', 'dwellings', 'inhabitants', 'area': by what divided units were shared out.
class : 'A', 'B', 'C'. error : the estimated standard error in whole percent of the value, '' where there is none to
say: a hidden value, a sum of carried ones, no bound. It is rounded so far that nobody computes the counts of the
source back from it. A bare `carried` (older results; blocks divided later) says only that a value was carried.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import hypot, isfinite

from sozialraum.base import _
from sozialraum.base.numbers import NARROW_SPACE
from sozialraum.carrying import KINDS, class_name, method_name

CODE = "carried"
FINE_BELOW = 20  # percent; above, steps of 5
LARGEST = 100


@dataclass(frozen=True, slots=True)
class CarriedNote:
    """kind, error_class : see the module, '' of a bare note. error : percent of the value, None = nothing to say."""

    kind: str = ""
    error_class: str = ""
    error: int | None = None

    def code(self) -> str:
        """As it stands in a note."""
        if not self.kind:
            return CODE
        return f"{CODE}={self.kind}/{self.error_class}/{'' if self.error is None else self.error}"

    def words(self) -> str:
        """'übertragen nach Einwohnerzahl, Abweichung etwa 3 %'."""
        if not self.kind:
            return _("übertragen, geschätzt")
        text = _("übertragen {method}").format(method=method_name(self.kind))
        if self.error is None:
            return text
        if self.error >= LARGEST:
            return text + ", " + _("Abweichung so groß wie der Wert")
        return text + ", " + _("Abweichung etwa {error}").format(error=f"{self.error}{NARROW_SPACE}%")

    def sentence(self) -> str:
        """The same as a whole sentence, with the meaning of the class."""
        text = self.words()
        said = text[:1].upper() + text[1:]
        return f"{said} ({class_name(self.error_class)})." if self.error_class else f"{said}."


def percent(error: float, value: float) -> int | None:
    """A standard error as percent of its value: whole up to 20, in steps of 5 above, at most 100; None = unknown."""
    if not (isfinite(error) and isfinite(value)):
        return None
    if error <= 0:
        return 0
    if value <= 0:
        return None
    return _coarse(100 * error / value)


def _coarse(part: float) -> int:
    step = 1 if part <= FINE_BELOW else 5
    return min(max(step * round(part / step), 1), LARGEST)


def carried_of(note: str) -> CarriedNote | None:
    """What a note says about carrying, None when it says nothing. Raises ValueError for a code that is not whole."""
    found = [_read(code) for code in note.split(";") if code.partition("=")[0] == CODE]
    return _weakest(found) if found else None


def _read(code: str) -> CarriedNote:
    _name, sign, rest = code.partition("=")
    if not sign:
        return CarriedNote()
    kind, error_class, error = rest.split("/")
    if kind not in KINDS or error_class not in ("A", "B", "C"):
        raise ValueError(f"no note of a carried value: {code}")
    return CarriedNote(kind, error_class, int(error) if error else None)


def carried_sentence(note: str) -> str:
    """What a note says about carrying as a sentence, '' when it says nothing."""
    found = carried_of(note)
    return found.sentence() if found else ""


def without_error(note: str) -> str:
    """The note without the error of carrying: in a sum of several values it is no longer that of the value."""
    found = carried_of(note)
    if found is None:
        return note
    return ";".join(sorted(filter(None, (*without_carried(note).split(";"), _without_error(found).code()))))


def without_carried(note: str) -> str:
    """The note without what it says about carrying."""
    return ";".join(code for code in note.split(";") if code and code.partition("=")[0] != CODE)


def summed(notes: Iterable[CarriedNote]) -> CarriedNote | None:
    """What a sum of values says: the weakest kind and class, no error, as parts of a unit err against each other.

    None when nothing was carried.
    """
    found = list(notes)
    return None if not found else _without_error(_weakest(found))


def join_notes(notes: Iterable[str]) -> str:
    """Codes of several notes, each once, sorted; of carried parts the weakest kind and class, and no error of a sum."""
    found = list(notes)
    carried = [one for one in map(carried_of, found) if one is not None]
    codes = {code for note in set(found) for code in without_carried(note).split(";") if code}
    whole = carried[0] if len(carried) == 1 else summed(carried)
    return ";".join(sorted(codes | ({whole.code()} if whole else set())))


def ratio(count: CarriedNote | None, base: CarriedNote | None) -> CarriedNote | None:
    """What a share says: the weaker kind and class; errors as if both had nothing to do with each other.

    In percent of the share the errors of both add up squared: (e/x)² + (f/y)². Unknown when one of both is unknown.
    """
    if count is None or base is None:
        return count or base
    weak = _weakest([count, base])
    if count.error is None or base.error is None:
        return _without_error(weak)
    both = hypot(count.error, base.error)
    return CarriedNote(weak.kind, weak.error_class, _coarse(both) if both else 0)


def _without_error(note: CarriedNote) -> CarriedNote:
    return CarriedNote(note.kind, note.error_class)


def _weakest(notes: list[CarriedNote]) -> CarriedNote:
    """The one of the least preferred kind, with the weakest class; the error only where all agree on it."""
    named = [note for note in notes if note.kind]
    if not named:
        return CarriedNote()
    order: list[str] = [*KINDS]
    kind = max((note.kind for note in named), key=order.index)
    errors = {note.error for note in notes}
    error = errors.pop() if len(errors) == 1 and len(named) == len(notes) else None
    return CarriedNote(kind, max(note.error_class for note in named), error)
