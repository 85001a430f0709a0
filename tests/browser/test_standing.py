"""Two browsers: a citizen at the last screen, and an official who goes on with the errand."""

from collections.abc import Callable

from playwright.sync_api import Browser, expect

from tests.fixtures.browsers import Toucher, console
from tests.fixtures.forms import given_of
from tests.fixtures.municipality import longest_example
from tests.fixtures.servers import Server


def test_the_last_screen_says_by_itself_that_it_was_passed_on(
    new_toucher: Callable[..., Toucher], browser: Browser, live_server: Server
) -> None:
    answers = longest_example("moving").answers
    citizen = new_toucher().begins("moving")
    while citizen.screen == "step":
        citizen.answers(given_of(answers.get(citizen.page.url.rpartition("/")[2])))
    citizen.presses("confirm")
    assert citizen.screen == "prepared"

    anna = console(browser, live_server, "anna")
    anna.goes_to(f"/console/errands?reference={citizen.page.locator('[data-reference]').inner_text()}")
    anna.presses("id-seen")
    expect(citizen.page.locator("body")).to_have_attribute("data-screen", "done", timeout=8000)
    expect(citizen.page.locator("h1")).to_have_text("Doorgegeven")
    citizen.keeps_picture("moving-nl-passed-on")
    assert not citizen.accessibility()
    assert not citizen.troubles
