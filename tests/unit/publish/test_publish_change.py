"""Words and bar of a change, breaks of a line and carried points."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import invented_report
from sozialraum.indicators import definitions
from sozialraum.indicators.change_parts import Also, Ratio, split_change
from sozialraum.publish.change_table import change_table
from sozialraum.publish.change_words import Change, change_notes, change_sentence, labelled, total_points
from sozialraum.publish.document import Columns, Picture, Text
from sozialraum.publish.facts import Facts
from sozialraum.publish.model import prepare
from sozialraum.publish.profile_pictures import leading
from sozialraum.publish.series_breaks import break_note, breaks_in, is_carried
from sozialraum.publish.svg_change import change_bar
from sozialraum.publish.svg_charts import Dot
from sozialraum.publish.svg_profile import change as lines
from sozialraum.publish.svg_profile import dumbbell

SHARE = next(one for one in definitions() if one.id == "single_parent_share")
RATE = next(one for one in definitions() if one.id == "family_aid_rate")


def made(before, after, **known):
    def share(state):
        return None if state.count is None else (state.count[0] / state.base[1], state.count[1] / state.base[0])

    parts = split_change(before, after, **known)
    return Change("x", "area", "1", "2023-12-31", "2025-12-31", share(before), share(after), parts)


BEFORE, AFTER = Ratio.of(40, 400), Ratio.of(66, 550)


def test_what_cannot_be_told_apart_is_named_together():
    reason = "Die Fälle sind nur für alte Gebiete bekannt."
    change = made(BEFORE, AFTER, on_new_boundaries=Ratio(None, (500, 500), reason))
    assert change_sentence(change, SHARE) == (
        "Der Wert stieg von 10,0\u202f% (2023) auf 12,0\u202f% (2025), das sind +2,0\u00a0Prozentpunkte: "
        "andere Grenzen und veränderte Fälle, nicht trennbar\u00a0+3,0; andere Zahl der Haushalte\u00a0−1,0."
    )
    assert change_notes(change, SHARE)[0] == reason


def test_a_rate_is_told_per_100():
    assert "das sind +2,0\u00a0je 100" in change_sentence(made(BEFORE, AFTER), RATE)
    assert "andere Bevölkerung" in change_sentence(made(BEFORE, AFTER), RATE)


def test_a_fall_and_a_standstill_have_words_of_their_own():
    assert change_sentence(made(AFTER, BEFORE), SHARE).startswith("Der Wert sank von 12,0")
    assert change_sentence(made(BEFORE, BEFORE), SHARE) == "Der Wert blieb bei 10,0\u202f% (2023 und 2025)."
    same = made(BEFORE, Ratio.of(50, 500))
    assert change_sentence(same, SHARE).startswith("Der Wert blieb bei 10,0\u202f% (2023 und 2025): andere Zahl")


def test_without_a_value_the_sentence_says_why():
    change = made(Ratio(None, None, "Der Wert fehlt."), AFTER)
    assert change_sentence(change, SHARE).endswith("lässt sich nicht sagen. Der Wert fehlt.")
    assert labelled(change, SHARE) == ()


@given(st.tuples(*[st.integers(0, 900), st.integers(900, 2000)] * 4))
def test_printed_parts_add_up_to_the_printed_change(numbers):
    states = [Ratio.of(*numbers[place : place + 2]) for place in (0, 2, 4, 6)]
    change = made(states[0], states[3], on_new_boundaries=states[1], in_new_definition=states[2])
    printed = labelled(change, SHARE)
    assert round(sum(part.low for part in printed), 1) == total_points(change, SHARE)
    for part, true in zip(printed, change.parts.parts, strict=True):
        assert abs(part.low - 100 * true.low) < 0.2  # at most one step of a tenth from what it is


def test_the_bar_names_every_part_and_marks_what_is_not_sure():
    unsure = made(BEFORE, AFTER, on_new_boundaries=Ratio((57, 63), (500, 500)))
    mixed = made(BEFORE, AFTER, also=Also(count=("boundaries",), reason="Übertragen."))
    for change in (unsure, mixed, made(BEFORE, AFTER)):
        parts = labelled(change, SHARE)
        drawn = change_bar(parts, total_points(change, SHARE), 1, 240)
        assert all(part.label in drawn and part.text in drawn for part in parts)
        assert "zusammen +2,0" in drawn
    hatched = "#6b757d"
    assert hatched in change_bar(labelled(unsure, SHARE), 2.0, 1, 240)
    assert hatched in change_bar(labelled(mixed, SHARE), 2.0, 1, 240)
    assert hatched not in change_bar(labelled(made(BEFORE, AFTER), SHARE), 2.0, 1, 240)


def row(note="", level="area", status="observed"):
    return SimpleNamespace(note=note, level=level, status=status)


CARRIED = "carried=inhabitants/B/5"


@pytest.mark.parametrize(
    ("rows", "after"),
    [
        ([row(), row(), row()], ()),
        ([row(CARRIED), row(CARRIED), row()], (1,)),  # the areas changed before the third date
        ([row("year_sum"), row(), row()], (0,)),  # another kind of count
        ([row("estimated_base"), None, row()], ()),  # a gap is a gap
        ([row(CARRIED, "municipality"), row(level="municipality")], ()),  # totals are not touched by moved areas
        ([row(CARRIED, "region", "estimated"), row(level="region")], (0,)),
        ([row("other_date=2024-06-30"), row()], ()),  # another day is told, but no break
    ],
)
def test_where_a_line_is_cut(rows, after):
    assert breaks_in(rows) == after


def test_sources_that_differ_at_the_last_step_cut_the_line():
    change = made(BEFORE, AFTER, also=Also(base=("definition",), reason="Andere Quelle."))
    assert breaks_in([row(), row(), row()], change) == (1,)
    assert breaks_in([row(), row(), row()], made(BEFORE, AFTER)) == ()


def test_carried_points_are_hollow_diamonds_and_breaks_are_dashed():
    dots = [Dot("", 10, 9, 11, carried=is_carried(row(CARRIED))), Dot("", 12, 11, 13)]
    drawn = lines(["2023", "2025"], [("A", dots, "#0e4a5b")], "%", 240, 120, [(0,)])
    whole = lines(["2023", "2025"], [("A", dots[1:] * 2, "#0e4a5b")], "%", 240, 120)
    assert drawn.count("<circle") == 1
    assert "l3 3 -3 3 -3 -3z" in drawn
    assert "stroke-dasharray" in drawn
    assert whole.count("<circle") == 2
    assert "stroke-dasharray" not in whole
    assert 'stroke-width="1.4"' in whole  # the line between two points
    assert 'stroke-width="1.4"' not in drawn


def test_an_old_value_that_was_carried_is_a_diamond_in_the_comparison_too():
    rows = [("A", 10.0, 12.0, "+2,0", True), ("B", 9.0, 9.5, "+0,5", False)]
    assert dumbbell(rows, 10.0, "%", 240).count("<circle") == 4
    drawn = dumbbell(rows, 10.0, "%", 240, ["B"])
    assert drawn.count("<circle") == 3
    assert "l2.8 2.8 -2.8 2.8 -2.8 -2.8z" in drawn


def test_what_is_drawn_is_explained():
    assert break_note(carried=False, broken=False) == ""
    assert "Rauten" in break_note(carried=True, broken=False)
    assert "Bruch" in break_note(carried=False, broken=True)


def flat(parts):
    for part in parts:
        if isinstance(part, Columns):
            yield from flat(inner for column in part.parts for inner in column)
        else:
            yield part


def test_a_report_tells_it_of_the_region_and_of_every_area():
    content = invented_report.small()
    first = leading(Facts(content))
    area = content.areas["area_id"].iloc[0]
    told = made(BEFORE, AFTER)
    content = replace(content, changes={(first.id, "region", "region"): told, (first.id, "area", area): told})
    report = prepare(content)
    pages = {page.key: list(flat(page.parts)) for page in report.pages}
    with_bar = [
        name for name, parts in pages.items()
        if any(isinstance(part, Picture) and part.picture.startswith("why-") for part in parts)
    ]  # fmt: skip
    assert len(with_bar) == 2
    assert any(isinstance(part, Text) and "Kitagawa" in part.text for part in pages["wie-gerechnet"])
    assert f"indikator-{first.id}" in with_bar
    for name in with_bar:
        assert any(isinstance(part, Text) and part.text == change_sentence(told, first) for part in pages[name])
        (bar,) = (part for part in pages[name] if isinstance(part, Picture) and part.picture.startswith("why-"))
        assert 30 <= len(bar.alt.split()) <= 60
        assert bar.picture in report.pictures


def test_the_table_of_all_areas_has_numbers_and_names_what_cannot_be_told_apart():
    content = invented_report.small()
    first = leading(Facts(content))
    areas = [area.id for area in Facts(content).areas]
    reason = "Die Fälle sind nur für alte Gebiete bekannt."
    told = [
        made(BEFORE, AFTER),
        made(BEFORE, AFTER, on_new_boundaries=Ratio(None, (500, 500), reason)),
        made(BEFORE, AFTER, on_new_boundaries=Ratio((57, 63), (500, 500))),
        made(Ratio(None, None, "Verborgen."), AFTER),
    ]
    keys = [(first.id, "area", area) for area in areas]
    table = change_table(Facts(replace(content, changes=dict(zip(keys, told, strict=False)))), first)
    cells = [[cell.text for cell in row.cells[2:]] for row in table.rows]
    assert cells == [
        # change, boundaries, definition, population, cases, not separable
        ["+2,0", "0,0", "0,0", "−3,6", "+5,6", ""],
        ["+2,0", "", "0,0", "−1,0", "", "andere Grenzen und veränderte Fälle +3,0"],
        # (57 or 63 + 66) / 2 * (1/550 - 1/500)
        ["+2,0", "+1,4 bis +2,6", "0,0", "−1,2 bis −1,1", "+0,6 bis +1,7", ""],
    ]
    assert [cell.number for cell in table.rows[0].cells[2:7]] == [2.0, 0.0, 0.0, -3.6, 5.6]
    assert change_table(Facts(content), first) is None
