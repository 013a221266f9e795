"""Edits as data, and what cannot be done to a plan."""

import pytest

from plan_edits import AGS, WHEN, blocks, move, plain_plan
from sozialraum.base import UsageError
from sozialraum.delineation import Decision, Edit, begin_revision, make_plan, next_area_id, split_codes

FIRST = f"{AGS}-01"


def test_an_edit_is_plain_json_and_sorts_its_blocks():
    edit = move(FIRST, "FEE", why="Bahnlinie", effect={"hard": False})
    assert edit.blocks == blocks("EF")
    content = edit.to_json()
    assert content["blocks"] == list(blocks("EF"))
    assert content["effect"] == {"hard": False}
    assert Edit.from_json(content) == edit
    assert Edit.from_json({"kind": "lock", "role": "Planung"}) == Edit("lock", role="Planung")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ({"kind": "paint", "role": "Planung"}, "„paint“ gibt es nicht"),
        ({"role": "Planung"}, "gibt es nicht"),
        ({"kind": "move"}, "in welcher Rolle"),
        ({"kind": "move", "role": "  "}, "in welcher Rolle"),
        ({"kind": "move", "role": "P", "colour": "red"}, "unbekannte Angaben: colour"),
        ({"kind": "move", "role": "P", "blocks": "A"}, "nicht lesbar: blocks"),
        ({"kind": "move", "role": "P", "blocks": [1]}, "nicht lesbar: blocks"),
        ({"kind": "move", "role": "P", "blocks": True}, "nicht lesbar: blocks"),
        ({"kind": "move", "role": "P", "public": "ja"}, "nicht lesbar: public"),
        ({"kind": 3, "role": "P"}, "nicht lesbar: kind"),
        (["move"], "kein Verzeichnis"),
        ({"kind": "rename", "role": "P", "name": "A" * 81}, "Der Name „A+…“ hat 81 Zeichen, möglich sind höchstens 80"),
        ({"kind": "rename", "role": "P", "name": "Nord\nSüd"}, "Der Name „Nord.Süd“ hat mehr als eine Zeile"),
        ({"kind": "split", "role": "P", "rest_name": "Nord\x07"}, "Der Name „Nord.“ enthält Steuerzeichen"),
        ({"kind": "rekey", "role": "P", "code": "1234567890123"}, "Die Nummer „1234567890123“ hat 13 Zeichen"),
        ({"kind": "split", "role": "P", "rest_code": "3\t"}, "Die Nummer „3.“ enthält Steuerzeichen"),
        ({"kind": "move", "role": "P\ud800"}, "unlesbare Zeichen"),
        ({"kind": "move", "role": "P", "blocks": ["\udfff"]}, "unlesbare Zeichen"),
        ({"kind": "move", "role": "P", "why": "eins\x00zwei"}, "unlesbare Zeichen"),
        ({"kind": "\ud800", "role": "P"}, "gibt es nicht"),
        ({"kind": "move", "role": "P", "\ud800": "x"}, "unbekannte Angaben: \ufffd"),
    ],
)
def test_an_unreadable_edit_says_what_is_wrong(content, says):
    with pytest.raises(UsageError, match=says) as refused:
        Edit.from_json(content)
    # whatever was wrong, it can be shown
    assert str(refused.value).encode()


def test_names_and_codes_may_be_as_long_as_a_table_bears_and_a_reason_may_have_lines():
    Edit.from_json({"kind": "rename", "role": "P", "name": "Ä" * 80, "code": "1" * 12, "why": "eins\n\tzwei"})


def test_a_plan_takes_no_name_that_would_break_its_tables():
    for fields in ({"kind": "rename", "name": "Nord\rSüd"}, {"kind": "rekey", "code": "1" * 13}):
        with pytest.raises(UsageError, match=r"Zeile|Zeichen"):
            plain_plan().apply(Edit(area=FIRST, role="P", **fields))


@pytest.mark.parametrize("status", ["submitted", "adopted", "superseded"])
def test_a_plan_that_stands_refuses_edits(status):
    with pytest.raises(UsageError, match="Beginnen Sie eine neue Fassung"):
        plain_plan(status=status).apply(move(FIRST, "E"))


@pytest.mark.parametrize("kind", ["move", "split", "merge", "rename", "rekey", "lock", "unlock", "adopt"])
def test_a_decided_municipality_refuses_every_edit(kind):
    plan = plain_plan(status="in_revision", decisions={AGS: Decision("Rat der Stadt", "2026-03-31")})
    fields = {
        "move": {"area": FIRST, "blocks": blocks("E")},
        "split": {"area": FIRST, "into": f"{AGS}~1", "blocks": blocks("A"), "code": "9"},
        "merge": {"area": FIRST, "into": f"{AGS}-02"},
        "rename": {"area": FIRST, "name": "Nord"},
        "rekey": {"area": FIRST, "code": "9"},
        "lock": {"area": FIRST},
        "unlock": {"area": FIRST},
        "adopt": {"area": AGS, "body": "Rat", "decided_on": "2026-04-01"},
    }[kind]
    with pytest.raises(UsageError, match=r"beschlossen \(Rat der Stadt, 31\.03\.2026\)"):
        plan.apply(Edit(kind, role="Planung", **fields))
    begin_revision(plan, AGS, WHEN).apply(Edit(kind, role="Planung", **fields))  # a new draft may


def two_towns():
    areas = plain_plan().areas.assign(
        area_id=["05999004-01", "05999004-02", "05999008-01"], municipality=["05999004", "05999004", "05999008"]
    )
    assignment = plain_plan().assignment.replace("05999004-03", "05999008-01")
    return make_plan(assignment, areas, title="Vorschlag", created=WHEN)


def test_areas_do_not_reach_over_the_border_of_a_municipality():
    with pytest.raises(UsageError, match=r"andere[nr] Gemeinde"):
        two_towns().apply(move("05999004-01", "I"))
    with pytest.raises(UsageError, match="verschiedenen Gemeinden"):
        two_towns().apply(Edit("merge", area="05999008-01", into="05999004-01", role="P"))


def test_adopting_needs_body_and_date():
    for fields in ({"body": "Rat"}, {"decided_on": "2026-03-31"}, {}):
        with pytest.raises(UsageError, match="wer den Plan wann beschlossen hat"):
            plain_plan().apply(Edit("adopt", area=AGS, role="P", **fields))
    plan = plain_plan().apply(Edit("adopt", area=AGS, role="P", body="Rat", decided_on="2026-03-31"))
    assert plan.decisions == {AGS: Decision("Rat", "2026-03-31")}


def test_an_edit_makes_a_revision_whose_parent_is_the_proposal():
    plan = plain_plan()
    once = plan.apply(move(FIRST, "E"))
    twice = once.apply(move(FIRST, "F"))
    assert (once.status, once.parent, twice.parent) == ("in_revision", plan.plan_id, plan.plan_id)
    assert len({plan.plan_id, once.plan_id, twice.plan_id}) == 3
    assert [len(one.edits) for one in (plan, once, twice)] == [0, 1, 2]
    assert plan.apply(move(FIRST, "E")).plan_id == once.plan_id
    assert once.areas["origin"].tolist() == ["revised", "revised", "proposal"]


def test_a_new_area_gets_a_key_that_no_step_used():
    plan = plain_plan()
    assert next_area_id(plan, AGS) == f"{AGS}~1"
    gone = Edit("split", area=FIRST, into=f"{AGS}~4", blocks=blocks("A"), code="9", role="P")
    assert next_area_id(plan, AGS, [gone]) == f"{AGS}~5"
    after = plan.apply(gone).apply(Edit("merge", area=f"{AGS}~4", into=FIRST, role="P"))
    assert next_area_id(after, AGS) == f"{AGS}~5"


def test_letters_can_run_out():
    with pytest.raises(UsageError, match="alle Buchstaben vergeben"):
        split_codes("3", [f"3{letter}" for letter in "abcdefghijklmnopqrstuvwxy"])
