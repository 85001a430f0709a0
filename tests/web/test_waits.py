"""How long somebody still waits: from the times of others, corrected before it lapses, and never made up."""

import pytest

from kiosk.web.waits import BEFORE_S, FEWEST, Range, Wait, spread, wait

USUAL = [30, 50, 60, 75, 90, 100, 120, 140, 150, 170]
SLOW = [*USUAL, 400, 420, 450, 600]
"""Among the usual times a few that took much longer."""


def test_of_too_few_times_nothing_is_promised() -> None:
    few = USUAL[: FEWEST - 1]
    assert spread(few) is None
    assert {wait(few, waited) for waited in (0, 60, 6000)} == {Wait()}


def test_a_range_holds_what_nine_of_ten_do_not_exceed() -> None:
    assert spread(USUAL) == Range(1, 3)


@pytest.mark.parametrize("times", [[1, 1, 1], [0, 0, 0], [59, 60, 61], [3600, 3600, 3600]])
def test_a_range_is_at_least_a_minute_wide(times: list[int]) -> None:
    found = spread(times)
    assert found and 1 <= found.least < found.most


@pytest.mark.parametrize(
    ("waited", "left"),
    [(0, Range(1, 3)), (59, Range(1, 3)), (60, Range(1, 2)), (119, Range(1, 2)), (120, Range(1, 1))],
)
def test_what_is_left_shrinks_while_somebody_waits(waited: int, left: Range) -> None:
    assert wait(USUAL, waited) == Wait(left)


def test_a_range_is_corrected_before_it_lapses_from_those_who_waited_longer() -> None:
    told = spread(SLOW)
    assert told
    lapses = told.most * 60 - BEFORE_S
    before, after = wait(SLOW, lapses).left, wait(SLOW, lapses + 1).left
    assert before and before.most == 1
    assert after is None or after.most > before.most


def test_who_waits_longer_than_all_others_is_told_so() -> None:
    assert wait(USUAL, 151) == Wait(late=True)
    assert wait(SLOW, 3600) == Wait(late=True)


@pytest.mark.parametrize("times", [USUAL, SLOW, [30] * 20, [60 * each for each in range(1, 30)]])
def test_no_promise_is_ever_broken(times: list[int]) -> None:
    """At every second the latest moment that was named is still to come, unless it was corrected before."""
    latest, most = 0, 0
    for waited in range(3600):
        told = wait(times, waited)
        if told.left is None:
            assert told.late and waited < latest
            return
        assert 1 <= told.left.least <= told.left.most
        ends = waited + told.left.most * 60
        latest = ends if told.left.most > most else min(latest, ends)
        most = told.left.most
        assert waited < latest
