"""The last screen is listened to: begun, stopped and heard again by large buttons; time stands still."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.fixtures.browsers import Toucher
from tests.fixtures.forms import given_of
from tests.fixtures.municipality import longest_example


@pytest.mark.norm("TIM-05")
def test_who_listens_begins_stops_and_hears_it_again_while_no_time_runs(
    new_toucher: Callable[..., Toucher],
) -> None:
    citizen = new_toucher().begins("moving")
    answers = longest_example("moving").answers
    while citizen.screen == "step":
        citizen.answers(given_of(answers.get(citizen.page.url.rpartition("/")[2])))
    citizen.presses("confirm")
    page = citizen.page
    page.clock.install()
    citizen.presses("listen")
    play, hush, replay = (page.locator(f"[data-action={name}]") for name in ("play", "hush", "replay"))
    sounding, warning = page.locator("body[data-sounding]"), page.locator("#idle")

    expect(play).to_be_visible()
    expect(sounding).to_have_count(0)
    citizen.keeps_picture("listen-nl")
    assert not citizen.accessibility()

    citizen.taps(play)
    expect(hush).to_be_visible()
    expect(sounding).to_have_count(1)
    page.clock.fast_forward(300_000)
    expect(warning).not_to_be_visible()

    citizen.taps(hush)
    expect(sounding).to_have_count(0)
    citizen.taps(replay)
    expect(sounding).to_have_count(1)
    citizen.taps(hush)
    expect(sounding).to_have_count(0)
    page.clock.fast_forward(130_000)
    expect(warning).to_be_visible()
    assert not citizen.troubles
