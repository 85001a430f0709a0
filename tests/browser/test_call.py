"""Two browsers: a citizen who calls, and staff who see it and come."""

from collections.abc import Callable

from playwright.sync_api import Browser, expect

from tests.fixtures.browsers import Toucher, console
from tests.fixtures.servers import Server


def test_a_call_is_seen_within_a_second_and_answered(
    new_toucher: Callable[..., Toucher], browser: Browser, live_server: Server
) -> None:
    hana = console(browser, live_server, "hana")
    citizen = new_toucher("zuil-2").speaks("ar").begins("moving").answers("here")
    citizen.calls()
    card = hana.page.locator("[data-call]").filter(has_text="Zuil 2")
    expect(card).to_be_visible(timeout=1000)
    expect(card).to_contain_text("العربية")
    card.locator('[data-action="claim"]').tap()
    panel = citizen.page.locator("[data-call-state]").first
    expect(panel).to_have_attribute("data-call-state", "coming", timeout=3000)
    expect(panel).to_contain_text("Hana")
    hana.page.locator("[data-call]").filter(has_text="Zuil 2").locator('[data-action="here"]').tap()
    expect(citizen.page.locator("[data-call-state]").first).to_have_attribute(
        "data-call-state", "here", timeout=3000
    )
    hana.page.locator("[data-call]").filter(has_text="Zuil 2").locator('[data-action="resolve"]').tap()
    expect(citizen.page.locator('[data-call-state="here"]')).to_have_count(0, timeout=3000)


def test_a_claim_has_one_winner(
    new_toucher: Callable[..., Toucher], browser: Browser, live_server: Server
) -> None:
    hana, anna = console(browser, live_server, "hana"), console(browser, live_server, "anna")
    new_toucher("zuil-1").calls()
    cards = [each.page.locator("[data-call]").filter(has_text="Zuil 1") for each in (hana, anna)]
    for card in cards:
        expect(card).to_be_visible(timeout=2000)
    for card in cards:
        card.locator('[data-action="claim"]').evaluate("button => button.click()")
    expect(anna.page.locator("[data-call]").filter(has_text="Hana")).to_be_visible(timeout=3000)


def test_a_citizen_calls_and_cancels_with_scripting_off(new_toucher: Callable[..., Toucher]) -> None:
    citizen = new_toucher(scripting=False).begins("moving").calls()
    assert citizen.page.locator("[data-call-state]").count()
    citizen.presses("cancel-call")
    assert citizen.step == "destination"
