"""An edit of a plan: what is done to areas and blocks, by which role and why - data that needs nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any

from sozialraum.base import UsageError, _
from sozialraum.base.text import is_plain, line_fault, shown

KINDS = ("move", "split", "merge", "rename", "rekey", "lock", "unlock", "adopt")
# What does not belong to the state of a plan: the same step with another reason leads to the same areas.
BESIDE_THE_STATE = frozenset({"why", "effect", "public"})
# Names and numbers of areas stand in tables, on maps and in files of others. Characters; the pages know them too.
LONGEST_NAME, LONGEST_CODE = 80, 12
# Texts of one line; only a reason may have several.
LINES = ("area", "into", "role", "case", "person", "when", "body", "decided_on")


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided on the areas of a municipality, and when.

    body : 'Rat der Stadt Merzenrath'. date : ISO date.
    """

    body: str
    date: str


@dataclass(frozen=True, slots=True)
class Edit:
    """One step of a revision; the same names in JSON and in `web/src/editor/edit.ts`.

    kind : one of KINDS. area : area_id, target of a move; the area that is split, merged away, renamed,
        rekeyed, locked or unlocked ('' for single blocks); for adopt the AGS of the municipality.
    into : split, the area_id of the new part; merge, the area that stays; else ''.
    blocks : move, the moved blocks (from one or several areas); split, the blocks of the new part;
        lock and unlock, the blocks, or none for the whole area. Kept sorted, each once.
    code, name : split, of the new part; rename, the new name; rekey, the new code; else ''.
    rest_code, rest_name : split, of the part that stays ('3a'); '' = unchanged.
    why : the reason, internal until `public`. role : who, by office; required. case : file number.
    person : a name, only where the project allows names. when : ISO date-time text.
    effect : what the step did, JSON of `plans.Effect`; {} before. public : the reason may be printed.
    body, decided_on : adopt only, who decided and the ISO date.
    """

    kind: str
    area: str = ""
    into: str = ""
    blocks: tuple[str, ...] = ()
    code: str = ""
    name: str = ""
    rest_code: str = ""
    rest_name: str = ""
    why: str = ""
    role: str = ""
    case: str = ""
    person: str = ""
    when: str = ""
    effect: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    public: bool = False
    body: str = ""
    decided_on: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "blocks", tuple(sorted(set(self.blocks))))

    def to_json(self) -> dict[str, Any]:
        """The edit as a plain object: field names as keys, blocks as a list."""
        found = {one.name: getattr(self, one.name) for one in fields(self)}
        return found | {"blocks": list(self.blocks), "effect": dict(self.effect)}

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Edit:
        """The edit from a plain object; fields left out are empty.

        Raises UsageError: unknown kind, no role, a field that does not exist or has another type, a name or code that
        is too long, a text with characters that cannot be kept.
        """
        if not isinstance(content, Mapping):
            raise UsageError(_("Ein Schritt der Überarbeitung ist kein Verzeichnis von Angaben."))
        _refuse_unreadable(content)
        if content.get("kind") not in KINDS:
            raise UsageError(
                _("Den Schritt „{kind}“ gibt es nicht; es gibt {known}.").format(
                    kind=shown(str(content.get("kind", ""))), known=", ".join(KINDS)
                )
            )
        if not str(content.get("role", "")).strip():
            raise UsageError(_("Geben Sie an, in welcher Rolle Sie den Plan ändern."))
        given = dict(content)
        edit = cls(**{**given, "blocks": tuple(given.get("blocks", ()))})
        refuse_texts(edit)
        return edit

    def core(self) -> dict[str, Any]:
        """What the areas after the edit depend on, with who did it and when, without reason and effect."""
        return {name: value for name, value in self.to_json().items() if name not in BESIDE_THE_STATE}


def refuse_texts(edit: Edit) -> None:
    """Raise UsageError for names and codes that are too long or not of one line, and for unreadable characters."""
    for text in (edit.name, edit.rest_name):
        fault = line_fault(text, LONGEST_NAME)
        if fault:
            raise UsageError(_("Der Name „{name}“ {fault}").format(name=shown(text), fault=fault))
    for text in (edit.code, edit.rest_code):
        fault = line_fault(text, LONGEST_CODE)
        if fault:
            raise UsageError(_("Die Nummer „{code}“ {fault}").format(code=shown(text), fault=fault))
    lines = "".join([*(getattr(edit, name) for name in LINES), *edit.blocks])
    if not (is_plain(lines) and is_plain(edit.why, lines=True)):
        raise UsageError(_("Ein Schritt der Überarbeitung enthält Steuerzeichen oder unlesbare Zeichen."))


def _refuse_unreadable(content: Mapping[str, Any]) -> None:
    kinds: dict[str, Any] = {one.name: str for one in fields(Edit)}
    kinds |= {"blocks": (list, tuple), "effect": Mapping, "public": bool}
    strange = sorted(str(name) for name in content if name not in kinds)
    if strange:
        text = _("Ein Schritt der Überarbeitung hat unbekannte Angaben: {names}.")
        raise UsageError(text.format(names=", ".join(map(shown, strange))))
    wrong = sorted(name for name, value in content.items() if not isinstance(value, kinds[name]))
    if "blocks" not in wrong and not all(isinstance(block, str) for block in content.get("blocks", ())):
        wrong.append("blocks")
    if wrong:
        text = _("Ein Schritt der Überarbeitung ist nicht lesbar: {names}.")
        raise UsageError(text.format(names=", ".join(wrong)))


def municipality_of_key(area_id: str) -> str:
    """The AGS in an area key, fixed or provisional: '05999004-03a' and '05999004~2' -> '05999004'."""
    return area_id.partition("~")[0].partition("-")[0]
