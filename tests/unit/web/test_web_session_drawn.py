"""What the server keeps of what it drew: never what a change overtook."""

from pathlib import Path

from sozialraum.web.session import Session


def session(tmp_path: Path) -> Session:
    return Session(tmp_path, None, lambda folder: None)


def test_what_is_drawn_once_is_kept_until_its_name_is_forgotten(tmp_path: Path) -> None:
    here, drawings = session(tmp_path), iter(range(9))
    assert [here.drawn(("reviews", "de"), lambda: next(drawings)) for _time in range(2)] == [0, 0]
    here.forget("project")
    assert here.drawn(("reviews", "de"), lambda: next(drawings)) == 0
    here.forget("reviews")
    assert here.drawn(("reviews", "de"), lambda: next(drawings)) == 1
    here.forget()
    assert here.drawn(("reviews", "de"), lambda: next(drawings)) == 2


def test_what_a_change_overtook_is_not_kept(tmp_path: Path) -> None:
    for names in ((), ("reviews",)):
        here = session(tmp_path)

        def overtaken(here: Session = here, names: tuple[str, ...] = names) -> str:
            here.forget(*names)
            return "before the change"

        assert here.drawn(("reviews",), overtaken) == "before the change"
        assert here.drawn(("reviews",), lambda: "after it") == "after it"


def test_a_change_of_something_else_does_not_matter(tmp_path: Path) -> None:
    here = session(tmp_path)
    assert here.drawn(("reviews",), lambda: here.forget("project") or "drawn") == "drawn"
    assert here.drawn(("reviews",), lambda: "again") == "drawn"
