"""Received files as the workflow tells of them, made by hand: every state a page has to show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sozialraum.base import Finding, InputRefused, UsageError
from sozialraum.deliveries.corrections import Corrections
from sozialraum.deliveries.differences import Difference
from sozialraum.deliveries.drafting.questions import Option, Question
from sozialraum.deliveries.preview import Preview, PreviewRow
from sozialraum.project.delivered import About
from sozialraum.workflow.review_record import Affected, Review, ReviewFinding, Taken

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ROLES = {"k": "key", "n": "name", "h": "head", "v": "value", "x": "hidden", "t": "total", "-": "text", ".": "unread"}


def sheet(rows: list[tuple[str, str]], name: str = "Tabelle 1", sheets: tuple[str, ...] = ()) -> Preview:
    """A preview of rows 'a|b|c' with a letter for the role of each cell ('kvv')."""
    made = [
        PreviewRow(number, tuple(text.split("|")), tuple(ROLES[letter] for letter in roles))  # type: ignore[misc]
        for number, (text, roles) in enumerate(rows, 1)
    ]
    return Preview(name, sheets or (name,), tuple(LETTERS[: len(made[0].texts)]), tuple(made), 0)


def kita_places() -> Review:
    """The file of the design: a renamed column, a key without its zero, an unexplained star, a total 12 too low."""
    numbers = [
        ("05399012-01", "Nordfeld", 214, 201, 208, 196), ("05399012-02", "Westheide", 139, 128, 135, 131),
        ("05399012-03a", "Am Markt", 47, 43, 60, 55), ("5399012-03b", "Bahnhof-Ost", 76, 54, 54, 54),
        ("05399012-04", "Siedlung", 131, 112, 120, 104), ("05399012-05", "Lindenhof", 128, 119, 125, 121),
        ("05399012-06", "Südstadt", 131, 118, 130, 118),
    ]  # fmt: skip
    preview = sheet(
        [
            ("Jugendamt Musterstadt, Kita-Statistik|||||", "------"),
            ("Gebiet|Name|Kinder 3 bis u. 6||Plätze|", "hhhhhh"),
            ("||zusammen|in Betreuung|genehmigt|belegbar 1)", "hhhhhh"),
            *[("|".join(map(str, row)), "knvvvv") for row in numbers],
            ("ohne Angabe||9|*||", "knvx.."),
            ("Summe||875|*|820|779", "tttxtt"),
            ("1) mit dem vorhandenen Personal|||||", "------"),
        ]
    )
    file = {"file": "Kita_Plaetze_2027.xlsx", "sheet": "Tabelle 1"}
    findings = (
        Finding("Die Summenzeile nennt 820 genehmigte Plätze. Die sieben Gebiete ergeben zusammen 832.", **file,
                row=12, column="genehmigt", code="sum", cell="E12", found="820", offer="832"),
        Finding("Dieser Schlüssel ist nur mit führender Null bekannt.", **file, row=7, column="Gebiet",
                severity="warning", code="lost_zeros", cell="A7", found="5399012-03b", offer="05999004-02a"),
        Finding("Die Datei sagt nicht, was * bedeutet. Im Vorjahr: „weniger als 3“.", **file, row=11,
                column="in Betreuung", severity="warning", code="unexplained_sign", cell="D11", found="*"),
    )  # fmt: skip
    differences = (
        Difference("column_renamed", "Spalte F", "heißt jetzt „belegbar“, vorher „Plätze tatsächlich“", "belegbar",
                   "care", "warning"),
        Difference("rows_new", "Zeilen 6 und 7", "neu: Gebiete 3a und 3b, vorher zusammen Gebiet 3"),
        Difference("note_new", "Zeile 13", "neue Fußnote, kein Einfluss auf die Werte"),
    )  # fmt: skip
    return Review(
        "r1", "Kita_Plaetze_2027.xlsx", "2027-11-15T09:31:00", "findings", "3 Befunde sind zu klären.",
        recipe="youth_office", recipe_title="Kita-Plätze 2027", recipe_known=True,
        findings=tuple(ReviewFinding(f"f{place}", one) for place, one in enumerate(findings, 1)),
        differences=differences, earlier="d0", preview=preview, periods=("2027-03-01",), rows_read=7,
        about=About(purpose="Bedarfsplanung", delete_on="2030-12-31"),
    )  # fmt: skip


def long_list(review_id: str) -> Review:
    """A file of 300 rows and 20 columns with 40 unknown keys; for every second one an area is proposed."""
    heads = ["Sozialraum", "Name", *(f"Arbeitslose insgesamt, {place}. Altersgruppe" for place in range(18))]
    rows = [("|".join(heads), "h" * 20)]
    for row in range(2, 301):
        cells = [
            f"0599908{row % 9}-{row:03d}",
            "Kornelimünster/Walheim",
            *(str(row * 7 + place) for place in range(18)),
        ]
        rows.append(("|".join(cells), "kn" + "v" * 18))
    whole = sheet(rows, sheets=("Tabelle 1", "Erläuterungen"))
    preview = replace(whole, rows=(*whole.rows[:60], *whole.rows[-15:]), left_out=225)
    file = {"file": "a.xlsx", "sheet": "Tabelle 1", "column": "Sozialraum", "code": "unknown_key"}
    findings = tuple(
        ReviewFinding(
            f"k{row}",
            Finding("Dieser Schlüssel ist nicht bekannt.", **file, row=row, cell=f"A{row}",
                    found=f"0599908{row % 9}-{row:03d}", offer=f"0599908{row % 9}-{row:02d}" if row % 2 else ""),
        )
        for row in (*range(3, 42), 300)
    )  # fmt: skip
    return replace(
        kita_places(), review_id=review_id, preview=preview, findings=findings, differences=(),
        file_name="Bundesagentur_Arbeitsmarkt_kleinräumig_Städteregion_2026_12.xlsx",
        recipe_title="Arbeitslose der Bundesagentur, kleinräumig",
    )  # fmt: skip


def several_questions(review_id: str) -> Review:
    """A file nobody knows: two things to be read in two ways, one with an answer that usually holds."""
    preview = kita_places().preview
    assert preview is not None
    unread = tuple(replace(row, roles=("unread",) * len(row.roles)) for row in preview.rows)
    questions = (
        Question("date", "Zelle B2 „03/04“: Was ist das?", (Option("a", "3. April"), Option("b", "März 2004")), "B2"),
        Question("decimal", "Zelle C5 „1.234“: Wie ist diese Zahl zu lesen?",
                 (Option("t", "eintausendzweihundertvierunddreißig"), Option("d", "1,234 mit Komma")), "C5"),
        Question("title", "Wie soll die Quelle heißen?", (Option("file", "Sprachstand 2026"),), default="file"),
    )  # fmt: skip
    return Review(
        review_id, "Sprachstand_2026.xlsx", "2027-11-15T09:31:00", "questions", "2 Fragen sind zu klären.",
        known_recipes=(("youth_office", "Tagesbetreuung und Hilfen"), ("new", "Neue Einleseregel")),
        questions=questions, said=("Die Kopfzeilen sind die Zeilen 2 und 3.",), preview=replace(preview, rows=unread),
    )  # fmt: skip


@dataclass
class Desk:
    """Stands in for the receiving functions of sozialraum.workflow: reviews in memory, every call noted."""

    waiting: dict[str, Review] = field(default_factory=dict)
    incoming: list[Review] = field(default_factory=list)
    calls: list[tuple[Any, ...]] = field(default_factory=list)
    rests: Affected = field(default_factory=lambda: Affected((("care_03_06", "Kinder in Betreuung"),), True, True, 14))

    def receive(self, project: Any, file: Path, role: str = "Planung", progress: Any = None) -> Review:
        self.calls.append(("receive", file.name, file.read_bytes()))
        if not self.incoming:
            raise InputRefused("Diese Datei lässt sich nicht öffnen.", (), "Bitte neu anfordern.")
        found = self.incoming.pop(0)
        self.waiting[found.review_id] = found
        return found

    def reviews(self, project: Any) -> list[Review]:
        return list(self.waiting.values())

    def review(self, project: Any, review_id: str) -> Review:
        return self.waiting[review_id]

    def _set(self, review_id: str, *call: Any, **changes: Any) -> Review:
        self.calls.append(call)
        self.waiting[review_id] = replace(self.waiting[review_id], **changes)
        return self.waiting[review_id]

    def correct(self, project: Any, review_id: str, change: Corrections) -> Review:
        """Adds the correction; a finding goes with the key, sign or row that was corrected."""
        before = self.waiting[review_id]
        made = before.corrections
        merged = Corrections(
            {**made.heads, **change.heads},
            {**made.keys, **change.keys},
            {**made.rows, **change.rows},
            (*made.signs, *change.signs),
        )
        settled = {*merged.heads, *merged.keys, *merged.signs}
        left = tuple(
            one
            for one in before.findings
            if (one.finding.code == "sum" or one.finding.found not in settled) and one.finding.row not in merged.rows
        )
        same = tuple(one for one in before.differences if one.found not in settled)
        return self._set(review_id, "correct", change, corrections=merged, findings=left, differences=same)

    def undo_corrections(self, project: Any, review_id: str) -> Review:
        return self._set(review_id, "undo", corrections=Corrections(), findings=kita_places().findings)

    def decide(self, project: Any, review_id: str, finding: str, decision: str, reason: str, role: str) -> Review:
        before = self.waiting[review_id].findings
        decided = tuple(replace(one, decision=decision, reason=reason) if one.id == finding else one for one in before)
        return self._set(review_id, "decide", finding, decision, reason, role, findings=decided)

    def answer(self, project: Any, review_id: str, answers: Mapping[str, str]) -> Review:
        left = tuple(one for one in self.waiting[review_id].questions if one.id not in answers)
        return self._set(review_id, "answer", dict(answers), questions=left)

    def choose_recipe(self, project: Any, review_id: str, code: str) -> Review:
        return self._set(review_id, "choose_recipe", code, recipe=code, questions=())

    def describe(self, project: Any, review_id: str, **about: str) -> Review:
        return self._set(review_id, "describe", about, about=About(**about))

    def take_over(self, project: Any, review_id: str, role: str) -> Taken:
        self.calls.append(("take_over", review_id, role))
        if any(one.finding.severity == "error" for one in self.waiting[review_id].findings):
            raise InputRefused("Es ist noch ein Befund offen.")
        del self.waiting[review_id]
        return Taken("d1", ("Gelesen: 7 Gebiete.",), (), self.rests)

    def put_back(self, project: Any, review_id: str) -> None:
        self.calls.append(("put_back", review_id))
        del self.waiting[review_id]

    def put_back_all(self, project: Any, review_ids: Sequence[str]) -> None:
        self.calls.append(("put_back_all", *review_ids))
        if not set(review_ids) <= self.waiting.keys():
            raise UsageError("Diese Datei wurde schon übernommen oder ersetzt.")
        for review_id in review_ids:
            del self.waiting[review_id]

    def affected(self, project: Any, delivery_id: str) -> Affected:
        return self.rests

    def withdraw(self, project: Any, delivery_id: str, why: str, role: str) -> Affected:
        self.calls.append(("withdraw", delivery_id, why, role))
        return self.rests
