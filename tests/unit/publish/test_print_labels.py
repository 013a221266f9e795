"""Writing on maps: nothing over another, nothing over the edge, names never upside down."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from sozialraum.publish.print_labels import Label, Room, name_along, short_street, text_width


def outline(label: Label) -> shapely.Geometry:
    wide, high = label.box
    box = shapely.box(label.x - wide / 2, label.y - high / 2, label.x + wide / 2, label.y + high / 2)
    return shapely.affinity.rotate(box, label.angle, origin=(label.x, label.y))


LABELS = st.builds(
    Label,
    st.floats(-10, 210),
    st.floats(-10, 110),
    st.sampled_from(["0123", "Bahnhofstraße", "12a"]),
    st.sampled_from([5.2, 6.6, 17.0]),
    angle=st.sampled_from([0.0, -30.0, 45.0, 90.0]),
)


@given(st.lists(LABELS, max_size=25))
def test_labels_with_room_neither_meet_nor_leave_the_field(wishes: list[Label]) -> None:
    room = Room(200, 100)
    placed = [label for label in wishes if room.place(label)]
    field = shapely.box(0, 0, 200, 100)
    for place, label in enumerate(placed):
        assert shapely.covers(field, outline(label))
        assert not any(shapely.intersects(outline(label), outline(other)) for other in placed[:place])


def test_own_place_may_be_written_again() -> None:
    room = Room(100, 50)
    room.take_box(50, 25, 20, 10, number=7)
    assert not room.free(50, 25, 10, 5)
    assert room.free(50, 25, 30, 12, own=7)
    room.take_box(68, 25, 10, 10, number=8)
    assert not room.free(50, 25, 30, 12, own=7)


@pytest.mark.parametrize("angle", range(0, 360, 15))
def test_names_follow_their_street_and_are_never_upside_down(angle: int) -> None:
    way = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    line = shapely.LineString([np.array([200, 200]) - 90 * way, np.array([200, 200]) + 90 * way])
    (label,) = name_along(line, ("Bahnhofstraße",), (6.0,), Room(400, 400))
    assert -90 < label.angle <= 90
    assert (label.angle - angle) % 180 == pytest.approx(0, abs=1e-6) or (label.angle - angle) % 180 == pytest.approx(
        180
    )
    assert (label.x, label.y) == pytest.approx((200, 200), abs=3)


def test_a_bent_street_has_its_name_on_the_straight_part() -> None:
    corner = shapely.LineString([(20, 20), (20, 40), (180, 40)])
    (label,) = name_along(corner, ("Lindenallee",), (6.0,), Room(200, 100))
    assert label.angle == pytest.approx(0, abs=1)
    assert label.y == pytest.approx(40, abs=1)


def test_no_room_no_name() -> None:
    room = Room(200, 100)
    room.take_box(100, 50, 200, 100)
    assert name_along(shapely.LineString([(10, 50), (190, 50)]), ("Weg",), (6.0,), room) == []
    assert name_along(shapely.LineString([(10, 50), (14, 50)]), ("Lindenallee",), (6.0,), Room(200, 100)) == []


def test_long_streets_are_named_again() -> None:
    line = shapely.LineString([(10, 50), (990, 50)])
    placed = name_along(line, ("Ring",), (6.0,), Room(1000, 100), every=300)
    assert len(placed) == 3
    assert min(np.diff(sorted(label.x for label in placed))) >= 200


def test_short_names_stand_in_where_long_ones_do_not_fit() -> None:
    assert short_street("Bahnhofstraße") == ("Bahnhofstraße", "Bahnhofstr.")
    assert short_street("Im Feldchen") == ("Im Feldchen",)
    wide = text_width("Bahnhofstr.", 6.0)
    line = shapely.LineString([(50, 50), (50 + wide / 1.3, 50)])
    (label,) = name_along(line, short_street("Bahnhofstraße"), (6.0,), Room(200, 100))
    assert label.words == "Bahnhofstr."


def test_width_grows_with_words_and_size() -> None:
    assert text_width("0123", 10) == pytest.approx(19.88, abs=0.1)
    assert text_width("Mm", 10) > text_width("il", 10)
    assert text_width("ab", 20) == pytest.approx(2 * text_width("ab", 10))
