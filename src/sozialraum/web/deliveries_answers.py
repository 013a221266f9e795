"""What the pages "Daten" and "Lieferung prüfen" show, as JSON: reviews, findings, previews, deliveries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

from sozialraum.base import Finding, _
from sozialraum.deliveries import Recipe
from sozialraum.deliveries.corrections import Corrections
from sozialraum.deliveries.preview import Preview
from sozialraum.project.delivered import About
from sozialraum.web.jobs import finding_json
from sozialraum.web.tables import plain
from sozialraum.workflow.review_record import Affected, Review, ReviewFinding, Taken

Titles = Mapping[str, str]


def review_row(review: Review) -> dict[str, Any]:
    """A review as the list shows it: what it is and how much is open."""
    open_ = [one.finding.severity for one in review.findings if one.is_open]
    return {
        "review_id": review.review_id,
        "file_name": review.file_name,
        "title": _(review.recipe_title) if review.recipe_title else "",
        "received_at": review.received_at,
        "state": review.state,
        "headline": review.headline,
        "errors": open_.count("error"),
        "warnings": open_.count("warning"),
        "questions": sum(not one.default for one in review.questions),
    }


def review_json(review: Review, recipe: Recipe | None, titles: Titles, sources: Mapping[str, Any]) -> dict[str, Any]:
    """The whole review. titles : what keys stand for. sources : data sets to choose from, and the holder."""
    columns = {} if recipe is None else {name: column.shown for name, column in recipe.columns.items()}
    return review_row(review) | {
        "recipe": review.recipe,
        "recipe_known": review.recipe_known,
        "known_recipes": [{"value": code, "title": _(title)} for code, title in review.known_recipes],
        "chosen": review.recipe_chosen,
        "drafting": review.drafting,
        "date_form": review.date_form,
        "columns_read": [asdict(one) for one in review.columns_read],
        "answered": [{"name": name, "sentence": sentence} for name, sentence in review.answered.items()],
        "columns": [{"value": name, "title": title} for name, title in columns.items()],
        # the file of a delivery with one row per person is never written into the project
        "kept": not (recipe is not None and recipe.records),
        "questions_open": [question_json(question) for question in review.questions],
        "said": list(review.said),
        "findings": [review_finding(one, {**columns, **titles}, review.preview) for one in review.findings],
        "differences": [difference_json(one) for one in review.differences],
        "earlier": review.earlier,
        "preview": preview_json(review.preview),
        "periods": list(review.periods),
        "rows_read": review.rows_read,
        "sentences": list(review.sentences),
        "corrections": corrections_json(review.corrections),
        "titles": {**columns, **titles},
        "about": about_json(review.about),
        "data_sets": sources["data_sets"],
        "holder": sources["holder"],
        "replaces": review.replaces,
        "answers_to": review.answers_to,
        "answers_file": review.answers_file,
    }


def review_finding(one: ReviewFinding, titles: Titles, preview: Preview | None) -> dict[str, Any]:
    """A finding with its place in words and what was decided about it."""
    finding = located(one.finding, preview)
    return {
        "id": one.id,
        "severity": finding.severity,
        "code": finding.code,
        "title": headline(finding),
        "place": place(finding),
        "what": finding.what,
        "todo": finding.todo,
        "sheet": finding.sheet,
        "row": finding.row,
        "cell": finding.cell,
        "found": finding.found,
        "offer": finding.offer,
        "offer_title": titles.get(finding.offer, ""),
        "decision": one.decision,
        "reason": one.reason,
        "asked": one.asked,
    }


def located(finding: Finding, preview: Preview | None) -> Finding:
    """A finding about a column with the cell of the head that may be meant, so that it can be shown."""
    if finding.cell or finding.code != "missing_column" or not finding.found or preview is None:
        return finding
    heads, rows = heads_of(preview), [row.number for row in preview.rows if "head" in row.roles]
    if finding.found not in heads:
        return finding
    letter = preview.letters[heads.index(finding.found)]
    return replace(finding, row=rows[-1], cell=f"{letter}{rows[-1]}", sheet=finding.sheet or preview.sheet)


def place(finding: Finding) -> str:
    """'Zelle E12', else row or column; '' for a finding about the whole file."""
    if finding.cell:
        return _("Zelle {cell}").format(cell=finding.cell)
    if finding.row is not None:
        return _("Zeile {row}").format(row=finding.row)
    return _("Spalte „{column}“").format(column=finding.column) if finding.column else ""


def headline(finding: Finding) -> str:
    """A few words on what kind of finding it is, for its heading."""
    headlines = {
        "unknown_key": _("Schlüssel unbekannt"),
        "lost_zeros": _("Schlüssel ohne führende Null"),
        "duplicate": _("Zeile doppelt"),
        "sum": _("Summe passt nicht"),
        "unknown_sign": _("Unbekanntes Zeichen"),
        "unexplained_sign": _("Zeichen ohne Erklärung"),
        "missing_column": _("Spalte fehlt"),
        "unexpected_row": _("Unerwartete Zeile"),
        "impossible_share": _("Teil größer als das Ganze"),
        "jump": _("Sprung zum Vorjahr"),
        "cases_as_persons": _("Fälle statt Personen"),
        "date": _("Stichtag passt nicht"),
        "truncated": _("Datei abgeschnitten"),
        "incomplete": _("Gebiete ohne Zeile"),
        "empty": _("Keine Werte"),
        "ambiguous": _("Nicht eindeutig"),
        "note": _("Anmerkung zur Methode"),
        "name_contradicts": _("Name und Schlüssel passen nicht zusammen"),
    }
    if finding.code == "sum":
        return _sum_headline(finding)
    if finding.code == "date" and finding.severity == "error" and not finding.found:
        return _("Stichtag fehlt")
    if finding.code == "unexplained_sign" and finding.found == "*":
        return _("Stern ohne Erklärung")
    return headlines.get(finding.code) or (_("Fehler") if finding.severity == "error" else _("Zu prüfen"))


def _sum_headline(finding: Finding) -> str:
    """By how much a sum is off, where both numbers are known."""
    try:
        off = int(finding.found.replace(".", "")) - int(finding.offer.replace(".", ""))
    except ValueError:
        return _("Summe passt nicht")
    if off < 0:
        return _("Summe passt nicht: {count} zu wenig").format(count=-off)
    return _("Summe passt nicht: {count} zu viel").format(count=off)


def question_json(question: Any) -> dict[str, Any]:
    """A question with its options."""
    options = [{"value": option.value, "title": option.title} for option in question.options]
    return {
        "id": question.id,
        "sentence": question.sentence,
        "options": options,
        "cell": question.cell,
        "usual": question.default,
        "typed": question.typed,
    }


def difference_json(one: Any) -> dict[str, Any]:
    """A difference to the file before."""
    names = ("kind", "where", "sentence", "found", "offer", "severity")
    return {name: getattr(one, name) for name in names}


def preview_json(preview: Preview | None) -> dict[str, Any] | None:
    """A sheet with the role of each cell and what stands above each column."""
    if preview is None:
        return None
    return {
        "sheet": preview.sheet,
        "sheets": list(preview.sheets),
        "letters": list(preview.letters),
        "rows": [{"number": row.number, "texts": list(row.texts), "roles": list(row.roles)} for row in preview.rows],
        "left_out": preview.left_out,
        "heads": heads_of(preview),
    }


def heads_of(preview: Preview) -> list[str]:
    """The head of each column as a recipe names it; [] where no row was read as the head."""
    from sozialraum.deliveries.files import Sheet
    from sozialraum.deliveries.table import head_texts

    rows = [row.texts for row in preview.rows if "head" in row.roles]
    return list(head_texts(Sheet("", rows), 0, len(rows))) if rows else []


def corrections_json(corrections: Corrections | Mapping[str, Any]) -> dict[str, Any]:
    """Corrections as a page sends them back."""
    return dict(corrections.content()) if isinstance(corrections, Corrections) else _complete(corrections)


def _complete(content: Mapping[str, Any]) -> dict[str, Any]:
    return {"heads": {}, "keys": {}, "rows": {}, "signs": [], "period": "", "sheet": "", **content}


def about_json(about: About | Mapping[str, Any]) -> dict[str, str]:
    """How a delivery may be used."""
    given = asdict(about) if isinstance(about, About) else about
    names = ("protection", "purpose", "legal_basis", "delete_on", "data_set")
    return {name: str(given.get(name, "")) for name in names}


def affected_json(affected: Affected) -> dict[str, Any]:
    """What rests on a delivery."""
    return {
        "indicators": [{"id": key, "title": _(title)} for key, title in affected.indicators],
        "index": bool(affected.index),
        "need": bool(affected.need),
        "pages": int(affected.pages),
        "report": bool(affected.report),
    }


def taken_json(review_id: str, title: str, when: str, taken: Taken) -> dict[str, Any]:
    """What was taken over, and what is to be computed again."""
    return {
        "review_id": review_id,
        "delivery_id": taken.delivery_id,
        "title": title,
        "when": when,
        "sentences": list(taken.sentences),
        "replaced": list(taken.replaced),
        "affected": affected_json(taken.affected),
    }


def delivery_json(row: Mapping[str, Any], recipe: Recipe | None) -> dict[str, Any]:
    """A delivery of the list: what was read, decided and corrected, and whether it is in force."""
    names = (
        "delivery_id", "file_name", "received_at", "periods", "rows_read", "rows_skipped", "assumed", "sentences",
        "withdrawn_on", "withdrawn_why", "withdrawn_by", "replaced_by", "deleted_on",
    )  # fmt: skip
    shown = {name: plain(row.get(name, "")) for name in names}
    findings: Iterable[Finding] = row.get("findings", ())
    return shown | {
        "title": "" if recipe is None else _(recipe.title),
        "titles": {} if recipe is None else {name: column.shown for name, column in recipe.columns.items()},
        "findings": [finding_json(finding) for finding in findings],
        "state": "withdrawn" if row.get("withdrawn_on") else "replaced" if row.get("replaced_by") else "in_force",
        "decisions": [decision_json(one) for one in row.get("decisions", ())],
        "corrections": _complete(row.get("corrections", {})),
        "about": about_json(row),
    }


def decision_json(one: Mapping[str, str]) -> dict[str, str]:
    """A decision on a finding, kept with the delivery."""
    return {"sentence": one.get("what", ""), "reason": one.get("reason", ""), "role": one.get("role", "")}
