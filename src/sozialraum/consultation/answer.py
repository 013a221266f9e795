"""The answer of one expert: read from a small file, refused with every reason at once."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sozialraum.base import Finding, InputRefused, UsageError, _
from sozialraum.base.numbers import day
from sozialraum.consultation.answer_file import content_of, damaged, name_of
from sozialraum.consultation.board import Base
from sozialraum.delineation import Edit

FORMAT = "sozialraum-answer"
VERSION = 1
KINDS = ("move", "split", "merge", "rename")  # what an expert may propose
TEXTS = ("answer_id", "package_id", "plan_id", "state_id", "ags", "role", "written")
LONGEST = 200  # characters of each of those; a role is an office
WRITTEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark pinned to an area or a place. x, y : in the project's coordinates; None = pinned to the area."""

    number: int
    text: str
    area_id: str = ""
    block_id: str = ""
    x: float | None = None
    y: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What one expert proposes. answer_id : made in the expert's browser, the same for later files of the same work.

    edits : in the order they were made; their new areas have keys of the expert's own. written : ISO date-time.
    """

    answer_id: str
    package_id: str
    plan_id: str
    state_id: str
    ags: str
    role: str
    written: str
    edits: tuple[Edit, ...] = ()
    comments: tuple[Comment, ...] = ()

    @property
    def moment(self) -> datetime:
        """When it was written; the earliest time where that is not known."""
        return moment_of(self.written) or datetime.min.replace(tzinfo=UTC)

    def to_json(self) -> dict[str, Any]:
        """The content as it stands in the file."""
        return {
            "format": FORMAT,
            "version": VERSION,
            **{name: getattr(self, name) for name in TEXTS},
            "edits": [edit.to_json() for edit in self.edits],
            "comments": [
                {name: getattr(one, name) for name in ("number", "text", "area_id", "block_id", "x", "y")}
                for one in self.comments
            ],
        }


def read_answer(file: Path, package_of: Callable[[str], Base | None]) -> Answer:
    """Read an answer and try its proposals on the state the package was made from.

    package_of : package_id -> base of that package, None when the project does not know it.
    Raises InputRefused: not readable, no answer, newer version, foreign package, proposals that cannot be.
    """
    file = Path(file)
    content = content_of(file)
    _refuse_other_format(file, content)
    answer, findings = _parsed(name_of(file), content)
    if answer is None:
        raise damaged(file, findings)
    base = package_of(answer.package_id)
    if base is None or base.ags != answer.ags:
        raise foreign(file)
    findings += tried(answer, base, name_of(file))
    if findings:
        raise damaged(file, findings)
    return answer


def from_content(content: Mapping[str, Any]) -> Answer:
    """An answer that was checked and kept before."""
    answer, _findings = _parsed("", content)
    if answer is None:
        raise ValueError("a kept answer is not readable")
    return answer


def moment_of(written: str) -> datetime | None:
    """The time of an ISO date-time with its zone, '2026-11-28T09:00:00Z'; None for any other text."""
    if not WRITTEN.fullmatch(written):
        return None
    try:
        return datetime.fromisoformat(written).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def foreign(file: Path) -> InputRefused:
    """The file answers a package this project has not made."""
    return InputRefused(
        _("„{file}“ gehört nicht zu diesem Projekt.").format(file=name_of(file)),
        [
            Finding(
                _("Das Abstimmungspaket, auf das die Datei antwortet, wurde nicht mit diesem Projekt erstellt."),
                file=name_of(file),
            )
        ],
        _("Prüfen Sie, ob Sie das richtige Projekt geöffnet haben. Es wurde nichts übernommen."),
    )


def outdated(file: Path, old: str, new: str) -> InputRefused:
    """The file answers an earlier package. old, new : when the two packages were written (ISO)."""
    return InputRefused(
        _("„{file}“ antwortet auf ein früheres Abstimmungspaket.").format(file=name_of(file)),
        [
            Finding(
                _("Die Datei antwortet auf das Paket vom {old}; seit dem {new} gilt ein neues.").format(
                    old=day(old[:10]), new=day(new[:10])
                ),
                file=name_of(file),
            )
        ],
        _("Senden Sie das neue Paket mit der Bitte, die Vorschläge dort noch einmal einzutragen."),
    )


def as_finding(refused: InputRefused) -> Finding:
    """A refused file as one finding among those of others."""
    why = " ".join(finding.sentence() for finding in refused.findings[:3])
    return Finding(" ".join(part for part in (refused.headline, why) if part), todo=refused.todo)


def tried(answer: Answer, base: Base, file: str = "") -> list[Finding]:
    """What in the proposals cannot be, one finding each; tried in order, a proposal that fails changes nothing."""
    board, findings = base.board(), []
    for number, edit in enumerate(answer.edits, start=1):
        try:
            board.apply(edit)
        except UsageError as error:
            where = _("Vorschlag {number}: {reason}").format(number=number, reason=error)
            findings.append(Finding(where, file=file))
    known_areas = {area_id for area_id, _code, _name in base.areas} | set(board.areas)
    for comment in answer.comments:
        if (comment.area_id and comment.area_id not in known_areas) or (
            comment.block_id and comment.block_id not in base.blocks
        ):
            text = _("Anmerkung {number}: Den Ort, zu dem sie gehört, gibt es im Paket nicht.")
            findings.append(Finding(text.format(number=comment.number), file=file))
    return findings


def _refuse_other_format(file: Path, content: Any) -> None:
    found = content.get("format") if isinstance(content, dict) else None
    if found != FORMAT:
        raise InputRefused(
            _("„{file}“ ist keine Antwort auf ein Abstimmungspaket.").format(file=name_of(file)),
            [Finding(_("Erwartet wird eine Datei „antwort-….json“, wie das Paket sie speichert."), file=name_of(file))],
            _("Bitten Sie um die Datei, die im Paket mit „Antwort speichern“ entsteht."),
        )
    version = content.get("version")
    # true is 1 for Python, but no number of a version
    if type(version) is not int or version < 1:
        raise damaged(file, [Finding(_("Die Angabe „version“ ist keine Versionsnummer."), file=name_of(file))])
    if version > VERSION:
        raise InputRefused(
            _("„{file}“ wurde mit einer neueren Fassung des Programms geschrieben.").format(file=name_of(file)),
            [],
            _("Aktualisieren Sie das Programm und lesen Sie die Datei erneut ein."),
        )


def _parsed(file: str, content: Mapping[str, Any]) -> tuple[Answer | None, list[Finding]]:
    """The answer as far as it can be read, and what cannot."""
    lacking = [name for name in TEXTS if not isinstance(content.get(name), str) or not content[name].strip()]
    findings = [Finding(_("Die Angabe „{name}“ fehlt.").format(name=name), file=file) for name in lacking]
    for name in TEXTS:
        if name not in lacking and len(content[name]) > LONGEST:
            text = _("Die Angabe „{name}“ hat {length} Zeichen, möglich sind höchstens {most}.")
            findings.append(Finding(text.format(name=name, length=len(content[name]), most=LONGEST), file=file))
    if "written" not in lacking and moment_of(content["written"].strip()) is None:
        findings.append(Finding(_("Die Angabe „written“ ist kein Zeitpunkt."), file=file))
    edits = _edits(file, content.get("edits"), findings)
    comments = _comments(file, content.get("comments"), findings)
    if lacking or edits is None or comments is None:
        return None, findings
    return Answer(**{name: content[name].strip() for name in TEXTS}, edits=edits, comments=comments), findings


def _edits(file: str, rows: Any, findings: list[Finding]) -> tuple[Edit, ...] | None:
    if not isinstance(rows, list):
        findings.append(Finding(_("Die Liste der Vorschläge fehlt."), file=file))
        return None
    edits: list[Edit] = []
    for number, row in enumerate(rows, start=1):
        try:
            edit = Edit.from_json(row)
            if edit.kind not in KINDS:
                raise UsageError(_("So etwas kann im Paket nicht vorgeschlagen werden."))
            edits.append(edit)
        except UsageError as error:
            where = _("Vorschlag {number}: {reason}").format(number=number, reason=error)
            findings.append(Finding(where, file=file))
    return tuple(edits)


def _comments(file: str, rows: Any, findings: list[Finding]) -> tuple[Comment, ...] | None:
    if not isinstance(rows, list):
        findings.append(Finding(_("Die Liste der Anmerkungen fehlt."), file=file))
        return None
    comments: list[Comment] = []
    for number, row in enumerate(rows, start=1):
        comment = _comment(number, row)
        if comment is None:
            text = _("Anmerkung {number} ist nicht lesbar.").format(number=number)
            findings.append(Finding(text, file=file))
        else:
            comments.append(comment)
    return tuple(comments)


def _comment(number: int, row: Any) -> Comment | None:
    if not isinstance(row, dict) or not isinstance(row.get("text"), str) or not row["text"].strip():
        return None
    places = [row.get("x"), row.get("y")]
    if not all(place is None or _is_coordinate(place) for place in places):
        return None
    x, y = (None if place is None else float(place) for place in places)
    texts = [row.get(name, "") for name in ("area_id", "block_id")]
    if not all(isinstance(text, str) for text in texts):
        return None
    return Comment(number, row["text"].strip(), texts[0], texts[1], x, y)


def _is_coordinate(place: Any) -> bool:
    # a bool is an int for Python, and 1e400 is read as infinite
    return not isinstance(place, bool) and isinstance(place, int | float) and math.isfinite(place)
