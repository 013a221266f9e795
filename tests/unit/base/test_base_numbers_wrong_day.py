from sozialraum.base.numbers import day


def test_a_text_that_is_no_day_is_shown_as_it_stands():
    assert [day("gestern"), day("2026-13-40"), day("2026-02-03")] == ["gestern", "2026-13-40", "03.02.2026"]
