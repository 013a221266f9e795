"""When answers agree and when they contradict. The village (see consultation_village):

1 Altstadt A B C · 2 Nordfeld D E F g h i · 3 Mühlweiler J K L
"""

from __future__ import annotations

import pytest

from consultation_village import WRITTEN, answer, village_base
from sozialraum.base import in_language
from sozialraum.consultation import (
    Answer,
    Base,
    Comment,
    Suggestion,
    Verdict,
    compare_answers,
    make_reply,
    standing_words,
    suggestion_words,
)
from sozialraum.delineation import Edit

# answers by role -> what is said of each suggestion, and how blocks stand (C conflict, = agreement, . single)
CASES: dict[str, tuple[dict[str, list[str]], list[str], str]] = {
    "one wish alone": (
        {"Jugend": ["C > 2"]},
        ["1 Baustein von 1 nach 2 Nordfeld verschieben. | Niemand sonst äußert sich dazu."],
        "C.",
    ),
    "the same wish twice is one suggestion with two voices": (
        {"Jugend": ["C > 2"], "Planung": ["C > 2"]},
        ["1 Baustein von 1 nach 2 Nordfeld verschieben. | Übereinstimmung: Jugend, Planung"],
        "C=",
    ),
    "the same block to two areas": (
        {"Jugend": ["F > 1"], "Planung": ["F > 3"]},
        [
            "1 Baustein von 2 nach 1 Altstadt verschieben. "
            "| Widerspruch bei 1 von 1 Bausteinen. Planung: nach 3 Mühlweiler",
            "1 Baustein von 2 nach 3 Mühlweiler verschieben. "
            "| Widerspruch bei 1 von 1 Bausteinen. Jugend: nach 1 Altstadt",
        ],
        "FC",
    ),
    "part of the blocks is contested, part agreed": (
        {"Jugend": ["DE > 1"], "Planung": ["D > 1"], "Schule": ["E > 3"]},
        [
            "2 Bausteine von 2 nach 1 Altstadt verschieben. "
            "| Widerspruch bei 1 von 2 Bausteinen. Schule: nach 3 Mühlweiler",
            "1 Baustein von 2 nach 3 Mühlweiler verschieben. "
            "| Widerspruch bei 1 von 1 Bausteinen. Jugend: nach 1 Altstadt",
            "1 Baustein von 2 nach 1 Altstadt verschieben. | Übereinstimmung bei 1 von 1 Bausteinen",
        ],
        "D= EC",
    ),
    "silence is no contradiction": (
        {"Jugend": ["C > 2"], "Planung": ["J > 2"], "Schule": []},
        [
            "1 Baustein von 1 nach 2 Nordfeld verschieben. | Niemand sonst äußert sich dazu.",
            "1 Baustein von 3 nach 2 Nordfeld verschieben. | Niemand sonst äußert sich dazu.",
        ],
        "C. J.",
    ),
    "the last word of an answer counts": (
        {"Jugend": ["BC > 2", "C > 3", "B > 1"], "Planung": ["C > 2"]},
        [
            "1 Baustein von 1 nach 3 Mühlweiler verschieben. "
            "| Widerspruch bei 1 von 1 Bausteinen. Planung: nach 2 Nordfeld",
            "1 Baustein von 1 nach 2 Nordfeld verschieben. "
            "| Widerspruch bei 1 von 1 Bausteinen. Jugend: nach 3 Mühlweiler",
        ],
        "CC",
    ),
    "the same cut, each calling another part the new one": (
        {"Jugend": ["EF | 2"], "Planung": ["Dghi | 2"]},
        ["Gebiet 2 teilen: 2 Bausteine werden ein eigenes Gebiet (2a und 2b Neu). | Übereinstimmung: Jugend, Planung"],
        "E= F=",
    ),
    "two cuts that share a block": (
        {"Jugend": ["EF | 2"], "Planung": ["Fi | 2"]},
        [
            "Gebiet 2 teilen: 2 Bausteine werden ein eigenes Gebiet (2a und 2b Neu). "
            "| Übereinstimmung bei 1 von 2 Bausteinen",
            "Gebiet 2 teilen: 2 Bausteine werden ein eigenes Gebiet (2a und 2b Neu). "
            "| Übereinstimmung bei 1 von 2 Bausteinen",
        ],
        "E. F= i.",
    ),
    "a part split off against a move elsewhere": (
        {"Jugend": ["EF | 2"], "Planung": ["F > 1"]},
        [
            "1 Baustein von 2 nach 1 Altstadt verschieben. "
            "| Widerspruch bei 1 von 1 Bausteinen. Jugend: nach neuer Teil von 2",
            "Gebiet 2 teilen: 2 Bausteine werden ein eigenes Gebiet (2a und 2b Neu). "
            "| Widerspruch bei 1 von 2 Bausteinen. Planung: nach 1 Altstadt",
        ],
        "E. FC",
    ),
    "a block that joins the new part agrees with the same part of another": (
        {"Jugend": ["EF | 2", "C > ~1"], "Planung": ["EF | 2", "C > ~1"]},
        [
            "1 Baustein von 1 nach neuer Teil von 2 verschieben. | Übereinstimmung: Jugend, Planung",
            "Gebiet 2 teilen: 2 Bausteine werden ein eigenes Gebiet (2a und 2b Neu). "
            "| Übereinstimmung: Jugend, Planung",
        ],
        "C= E= F=",
    ),
    "an area merged away against one of its blocks kept apart": (
        {"Jugend": ["3 + 2"], "Planung": ["J > 1"]},
        [
            "1 Baustein von 3 nach 1 Altstadt verschieben. "
            "| Widerspruch bei 1 von 1 Bausteinen. Jugend: nach 2 Nordfeld",
            "Gebiet 3 mit Gebiet 2 Nordfeld zusammenlegen. "
            "| Widerspruch bei 1 von 3 Bausteinen. Planung: nach 1 Altstadt",
        ],
        "JC K. L.",
    ),
    "two names for one area": (
        {"Jugend": ["1 = Am Markt"], "Planung": ["1 = Kern"]},
        [
            "Gebiet 1 Altstadt soll „Am Markt“ heißen. | Widerspruch: Planung: „Kern“",
            "Gebiet 1 Altstadt soll „Kern“ heißen. | Widerspruch: Jugend: „Am Markt“",
        ],
        "",
    ),
    "one name for one area": (
        {"Jugend": ["1 = Kern"], "Planung": ["1 = Kern"]},
        ["Gebiet 1 Altstadt soll „Kern“ heißen. | Übereinstimmung: Jugend, Planung"],
        "",
    ),
}


@pytest.mark.parametrize(("said", "expected", "blocks"), CASES.values(), ids=CASES.keys())
def test_what_answers_say_together(said: dict[str, list[str]], expected: list[str], blocks: str) -> None:
    suggestions, views = compare_answers(village_base(), [answer(role, *steps) for role, steps in said.items()])
    with in_language("de"):
        assert sorted(map(line, suggestions)) == sorted(expected)
    signs = {"conflict": "C", "agreement": "=", "single": "."}
    assert " ".join(f"{view.block_id[-1]}{signs[view.state]}" for view in views) == blocks


def line(one: Suggestion) -> str:
    return f"{suggestion_words(one, village_base())} | {standing_words(one, village_base())}"


def test_conflicts_stand_first_and_name_each_other() -> None:
    suggestions, _views = compare_answers(
        village_base(), [answer("Jugend", "C > 2", "F > 1"), answer("Planung", "F > 3")]
    )
    assert [one.state for one in suggestions] == ["conflict", "conflict", "single"]
    first, second, _third = suggestions
    assert (first.against, second.against) == ((second.key,), (first.key,))


def test_what_is_wanted_of_a_block_names_everybody() -> None:
    answers = [answer("Jugend", "F > 1"), answer("Planung", "F > 3"), answer("Schule", "F > 3")]
    _suggestions, (view,) = compare_answers(village_base(), answers)
    assert dict(view.targets) == {"05999004-01": ("Jugend",), "05999004-03": ("Planung", "Schule")}


def test_codes_stand_in_the_order_people_count() -> None:
    """7 before 10 before 11, in the sentence and in what is wished of one block."""
    base = Base(
        "05999004",
        (("a7", "7", "Sieben"), ("a10", "10", "Zehn"), ("a11", "11", "Elf"), ("a2", "2", "Zwei")),
        {"p": "a11", "q": "a10", "r": "a7", "s": "a2"},
    )
    given = [
        Answer(
            "J", "a1", "p1", "p1", base.ags, "J", WRITTEN, (Edit("move", area="a2", blocks=("p", "q", "r"), role="J"),)
        ),
        Answer("P", "a1", "p1", "p1", base.ags, "P", WRITTEN, (Edit("move", area="a10", blocks=("p",), role="P"),)),
    ]
    suggestions, blocks = compare_answers(base, given)
    with in_language("de"):
        said = [suggestion_words(one, base) for one in suggestions]
    assert "3 Bausteine von 7, 10, 11 nach 2 Zwei verschieben." in said
    assert list(blocks[0].targets) == ["a2", "a10"]


def test_a_remark_is_taken_into_account_and_not_accepted() -> None:
    base = village_base()
    remarks = (Comment(1, "Neubau", area_id="05999004-01"), Comment(2, "Friedhof", area_id="05999004-02"))
    given = answer("Jugend", "C > 2", comments=remarks)
    suggestions, _blocks = compare_answers(base, [given])
    verdicts = [
        Verdict("Jugend", item, decision, "gut", "Amt 58", WRITTEN)
        for item, decision in (("e1", "accepted"), ("c1", "accepted"), ("c2", "rejected"))
    ]
    with in_language("de"):
        reply = make_reply("M", base, [given], suggestions, verdicts, written=WRITTEN, package_written=WRITTEN)
    assert [row.decision.split(",")[0] for row in reply.rows] == [
        "angenommen", "berücksichtigt", "nicht berücksichtigt",
    ]  # fmt: skip
