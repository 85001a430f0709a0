"""Steady touch: for a hand that shakes, a target acts when it is held, and by nothing less."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.fixtures.browsers import Toucher

HOLD_MS = 600
LONG_ENOUGH_MS = HOLD_MS + 300
TOO_SHORT_MS = 150


@pytest.fixture
def steady(new_toucher: Callable[..., Toucher]) -> Toucher:
    """Somebody before the first question, who wants to hold a button before it works."""
    toucher = new_toucher().presses("preferences")
    toucher.follows(toucher.page.locator(f'[data-prefer="steady"][value="{HOLD_MS}"]'))
    return toucher.goes_to("/journeys/moving")


def holds(toucher: Toucher, target: Locator, for_ms: int, slides: int = 0) -> None:
    """Put a finger on the middle of the target, perhaps slide it down, and lift it after this long."""
    box = target.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    toucher.page.mouse.move(x, y)
    toucher.page.mouse.down()
    if slides:
        toucher.page.mouse.move(x, y + slides, steps=4)
    toucher.page.wait_for_timeout(for_ms)
    toucher.page.mouse.up()
    toucher.page.wait_for_timeout(TOO_SHORT_MS)


@pytest.mark.norm("MOT-06", "MOT-07")
@pytest.mark.slow
def test_a_target_acts_once_it_was_held_and_not_by_a_tap(steady: Toucher) -> None:
    begin = steady.page.locator('[data-action="begin"][data-way="guided"]')
    holds(steady, begin, TOO_SHORT_MS)
    assert steady.screen == "journey"
    with steady.page.expect_navigation():
        holds(steady, begin, LONG_ENOUGH_MS)
    choice = steady.page.locator('label:has([value="here"])')
    holds(steady, choice, TOO_SHORT_MS)
    expect(choice.locator("input")).not_to_be_checked()
    holds(steady, choice, LONG_ENOUGH_MS)
    expect(choice.locator("input")).to_be_checked()
    link = steady.page.locator('[data-action="back"]')
    holds(steady, link, TOO_SHORT_MS)
    assert steady.step == "destination"
    with steady.page.expect_navigation():
        holds(steady, link, LONG_ENOUGH_MS)


@pytest.mark.norm("MOT-05", "MOT-06", "HLP-02")
@pytest.mark.slow
def test_sliding_off_lets_go_a_small_drift_does_not_and_keys_work_at_once(steady: Toucher) -> None:
    begin = steady.page.locator('[data-action="begin"][data-way="guided"]')
    holds(steady, begin, LONG_ENOUGH_MS, slides=400)
    assert steady.screen == "journey"
    with steady.page.expect_navigation():
        holds(steady, begin, LONG_ENOUGH_MS, slides=30)
    steady.page.locator('[name="destination"][value="here"]').focus()
    steady.page.keyboard.press("Space")
    steady.page.locator('[data-action="next"]').focus()
    with steady.page.expect_navigation():
        steady.page.keyboard.press("Enter")
    assert steady.step == "origin"


@pytest.mark.slow
def test_what_is_held_shows_it(steady: Toucher) -> None:
    begin = steady.page.locator('[data-action="begin"][data-way="guided"]')
    begin.hover()
    steady.page.mouse.down()
    expect(begin).to_have_attribute("data-held", "")
    steady.page.mouse.move(5, 5, steps=3)
    expect(begin).not_to_have_attribute("data-held", "")
    steady.page.mouse.up()
