"""Whether a column holds numbers to take over, and which decimal sign they have; asked where texts show neither."""

from __future__ import annotations

from sozialraum.base import _
from sozialraum.deliveries.drafting.columns import DraftColumn
from sozialraum.deliveries.drafting.head_dates import ValueGroup
from sozialraum.deliveries.drafting.numerals import Numerals, numerals
from sozialraum.deliveries.drafting.questions import Asking, Option
from sozialraum.deliveries.drafting.sign_choice import SKIP
from sozialraum.deliveries.drafting.words import unit_of_head

_YEARLIKE = ("year", "month_end", "compact")


def is_number_column(column: DraftColumn, asking: Asking) -> bool:
    """Whether a column holds numbers to take over; asked where texts or a date are as likely."""
    if column.said:
        return True
    if column.use == "number":
        odd = next((text for text in column.texts if text and not numerals([text]).whole), "")
        answer = asking.ask(
            f"column:{column.letter}",
            _("In Spalte {letter} „{head}“ stehen neben Zahlen Texte wie „{text}“. Soll sie gelesen werden?").format(
                letter=column.letter, head=column.head, text=odd),
            [Option("read", _("ja; was keine Zahl ist, wird zum Befund")), Option(SKIP, _("nein"))],
            f"{column.letter}{column.texts.get(odd, 0) + 1}",
        )  # fmt: skip
        return answer == "read"
    if not column.head:
        answer = asking.ask(
            f"column:{column.letter}",
            _("Spalte {letter} hat keine Überschrift. Soll sie gelesen werden?").format(letter=column.letter),
            [Option("read", _("ja")), Option(SKIP, _("nein"))],
            f"{column.letter}{min(column.texts.values()) + 1}",
        )
        return answer == "read"
    if _looks_like_codes(column):
        answer = asking.ask(
            f"column:{column.letter}",
            _("Stehen in Spalte {letter} „{head}“ Schlüssel oder Anzahlen?").format(
                letter=column.letter, head=column.head),
            [Option("read", _("Anzahlen")), Option(SKIP, _("Schlüssel; die Spalte wird nicht gelesen"))],
            f"{column.letter}{min(column.texts.values()) + 1}",
        )  # fmt: skip
        return answer == "read"
    if column.form in _YEARLIKE and unit_of_head(column.head) is None:
        answer = asking.ask(
            f"column:{column.letter}",
            _("Stehen in Spalte {letter} „{head}“ Jahre oder Anzahlen?").format(
                letter=column.letter, head=column.head),
            [Option("read", _("Anzahlen")), Option(SKIP, _("Zeitangaben; die Spalte wird nicht gelesen"))],
            f"{column.letter}{min(column.texts.values()) + 1}",
        )  # fmt: skip
        return answer == "read"
    return True


def _looks_like_codes(column: DraftColumn) -> bool:
    """Whether all texts are digits of one length, too long for a count of a small area."""
    texts = [text for text in column.texts if text]
    same_length = len(texts) > 1 and len({len(text) for text in texts}) == 1
    return same_length and len(texts[0]) > 6 and all(map(str.isdigit, texts)) and unit_of_head(column.head) is None


def least_settled(group: ValueGroup, seen: Numerals) -> Numerals:
    """The numbers of the column that shows least; a column is settled by its own texts alone."""
    each = [numerals(column.texts) for column in group.columns]
    return next((one for one in each if one.settled() not in (",", ".")), seen)


def decimal_sign(column: DraftColumn, seen: Numerals, texts: dict[str, str], asking: Asking) -> str:
    """',', '.', or 'skip' when a person leaves the column out. texts : each with the cell of its first appearance."""
    settled = seen.settled()
    if settled in (",", "."):
        return settled
    shown = _("Spalte {letter} „{head}“").format(letter=column.letter, head=column.head)
    name = f"decimal:{column.letter}"
    if settled == "ask_point":
        text = seen.kinds["either_point"]
        return asking.ask(
            name,
            _("{column}: Ist „{text}“ {whole} oder {fraction}?").format(
                column=shown, text=text, whole=text.replace(".", ""), fraction=text.replace(".", ",")),
            [
                Option(",", _("{whole} (der Punkt trennt Tausender)").format(whole=text.replace(".", ""))),
                Option(".", _("{fraction} (der Punkt ist das Komma)").format(fraction=text.replace(".", ","))),
            ],
            texts[text],
        )  # fmt: skip
    if settled == "ask_comma":
        text = seen.kinds["either_comma"]
        return asking.ask(
            name,
            _("{column}: Ist „{text}“ {whole} oder {fraction}?").format(
                column=shown, text=text, whole=text.replace(",", ""), fraction=text),
            [
                Option(",", _("{fraction} (Dezimalkomma)").format(fraction=text)),
                Option(SKIP, _("{whole}: Kommas zwischen Tausendern werden nicht gelesen").format(
                    whole=text.replace(",", ""))),
            ],
            texts[text],
        )  # fmt: skip
    first = next(text for text in seen.kinds.values())
    return asking.ask(
        name,
        _("{column}: Punkt und Komma werden verschieden gebraucht, etwa in „{text}“. Soll sie gelesen werden?").format(
            column=shown, text=first),
        [Option(",", _("ja; was nicht dazu passt, wird zum Befund")), Option(SKIP, _("nein"))],
        texts[first],
    )  # fmt: skip


def has_fractions(seen: Numerals, decimal: str) -> bool:
    """Whether some number has decimals, read with this decimal sign."""
    return seen.fractions() or ("either_point" if decimal == "." else "either_comma") in seen.kinds
