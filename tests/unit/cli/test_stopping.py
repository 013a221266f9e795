import signal

import pytest

from sozialraum.cli.output import STOP, Lines, Stop, run_guarded


def test_the_first_request_waits_for_the_next_step_and_the_second_stops_at_once():
    stop = Stop()
    stop.heed()
    stop.ask(signal.SIGINT, None)
    with pytest.raises(KeyboardInterrupt):
        stop.heed()
    with pytest.raises(KeyboardInterrupt):
        stop.ask(signal.SIGINT, None)


def test_a_request_swallowed_on_its_way_still_ends_the_work_with_130(capsys):
    reached = []

    def work():
        signal.raise_signal(signal.SIGTERM)  # remembered, not raised here
        reached.append("after the signal")
        Lines(quiet=True).stage("next")
        reached.append("never")

    assert run_guarded(work, False) == 130
    assert reached == ["after the signal"]
    assert "Stand ist erhalten" in capsys.readouterr().err


def test_a_later_command_starts_unasked():
    STOP.asked = True
    assert run_guarded(lambda: Lines(quiet=True).stage("anything"), False) == 0
