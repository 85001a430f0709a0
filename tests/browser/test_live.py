"""Pages that keep themselves up to date, whatever happens to the stream or to the server."""

from collections.abc import Callable

from playwright.sync_api import Browser, Locator, Route, expect

from tests.fixtures.browsers import Toucher, console
from tests.fixtures.servers import Mortal, Server

HIDE = """hidden => {
  Object.defineProperty(document, "hidden", {value: hidden, configurable: true});
  document.dispatchEvent(new Event("visibilitychange"));
}"""
SOON_MS, SECOND_MS = 5000, 1000


def panel(citizen: Toucher, state: str) -> Locator:
    return citizen.page.locator(f'[data-call-state="{state}"]')


def card(staff: Toucher, kiosk: str) -> Locator:
    return staff.page.locator("[data-call]").filter(has_text=kiosk)


def needs_nobody(citizen: Toucher) -> None:
    citizen.taps(citizen.page.locator('[data-action="cancel-call"]:visible'))
    expect(panel(citizen, "cancelled")).to_be_visible(timeout=SOON_MS)


def hides(toucher: Toucher, hidden: bool = True) -> None:
    """Another window is before this one, or no longer is."""
    toucher.page.evaluate(HIDE, hidden)


def fetches(toucher: Toucher) -> list[str]:
    """What the page asks the server for from now on."""
    asked: list[str] = []
    toucher.page.on("request", lambda request: asked.append(request.url))
    return asked


def test_a_page_that_nobody_sees_rests_and_catches_up_when_it_is_seen_again(
    new_toucher: Callable[..., Toucher], browser: Browser, live_server: Server
) -> None:
    hana = console(browser, live_server, "hana")
    citizen = new_toucher("rests").begins("moving").calls()
    hides(citizen)
    asked = fetches(citizen)
    card(hana, "rests").locator('[data-action="claim"]').tap()
    citizen.page.wait_for_timeout(SOON_MS)
    assert asked == []
    hides(citizen, False)
    expect(panel(citizen, "coming")).to_be_visible(timeout=1500)
    needs_nobody(citizen)


def test_a_console_on_duty_hears_a_call_while_nobody_sees_it(
    new_toucher: Callable[..., Toucher], browser: Browser, live_server: Server
) -> None:
    hana = console(browser, live_server, "hana")
    hides(hana)
    before = hana.page.title()
    citizen = new_toucher("heard").calls()
    expect(hana.page).not_to_have_title(before, timeout=2000)
    needs_nobody(citizen)


def test_where_the_stream_is_refused_the_panel_asks_instead(
    new_toucher: Callable[..., Toucher], browser: Browser, live_server: Server
) -> None:
    hana = console(browser, live_server, "hana")
    citizen = new_toucher("refused")
    citizen.page.route("**/live", lambda route: route.fulfill(status=503))
    citizen.begins("moving").calls()
    card(hana, "refused").locator('[data-action="claim"]').tap()
    expect(panel(citizen, "coming")).to_be_visible(timeout=SOON_MS)
    needs_nobody(citizen)


def test_a_page_waits_out_a_server_that_is_away_and_keeps_what_was_typed(
    new_toucher: Callable[..., Toucher], browser: Browser, mortal: Mortal
) -> None:
    hana = console(browser, mortal.server, "hana")
    citizen = (
        new_toucher("zuil-1", server=mortal.server)
        .begins("moving")
        .answers("here", "netherlands", "yes")
        .calls()
    )
    citizen.page.locator("[data-field] input").first.fill("31")
    mortal.goes_away()
    away = citizen.page.locator("#away")
    expect(away).to_be_visible(timeout=2 * SOON_MS)
    expect(away).to_contain_text("U vindt mensen bij")
    expect(hana.page.locator("#away")).to_be_visible(timeout=2 * SOON_MS)
    assert hana.accessibility() == []
    hana.keeps_picture("away-console")
    mortal.comes_back()
    expect(away).to_be_hidden(timeout=2 * SOON_MS)
    assert citizen.page.locator("[data-field] input").first.input_value() == "31"
    card(hana, "Zuil 1").locator('[data-action="claim"]').tap()
    expect(panel(citizen, "coming")).to_be_visible(timeout=SOON_MS)


def test_a_tap_on_call_while_the_server_is_away_is_answered_and_done_later(
    new_toucher: Callable[..., Toucher], mortal: Mortal
) -> None:
    citizen = new_toucher(server=mortal.server).speaks("ar").begins("moving")
    mortal.goes_away()
    citizen.taps(citizen.page.locator('[data-action="call"]'))
    away = citizen.page.locator("#away")
    expect(away).to_be_visible(timeout=SOON_MS)
    expect(away).to_contain_text("النظام لا يعمل الآن")
    assert citizen.accessibility() == []
    citizen.keeps_picture("away-ar")
    mortal.comes_back()
    expect(citizen.page.locator("[data-call-state]")).to_be_visible(timeout=2 * SOON_MS)
    assert citizen.step == "destination"


def test_a_link_tapped_while_the_server_is_away_leads_on_once_it_is_back(
    new_toucher: Callable[..., Toucher], mortal: Mortal
) -> None:
    citizen = new_toucher(server=mortal.server)
    mortal.goes_away()
    citizen.taps(citizen.page.locator('[data-journey="moving"]'))
    expect(citizen.page.locator("#away")).to_be_visible(timeout=SOON_MS)
    mortal.comes_back()
    expect(citizen.page.locator("body")).to_have_attribute("data-screen", "journey", timeout=2 * SOON_MS)


def test_a_tap_that_changes_only_a_part_is_done_later_too(
    new_toucher: Callable[..., Toucher], browser: Browser, mortal: Mortal
) -> None:
    console(browser, mortal.server, "hana")
    citizen = new_toucher(server=mortal.server).begins("moving").calls()
    mortal.goes_away()
    citizen.page.locator('[data-action="show"][data-show="wishes"]').evaluate("link => link.click()")
    expect(citizen.page.locator("#away")).to_be_visible(timeout=SOON_MS)
    mortal.comes_back()
    expect(citizen.page.locator('[data-action="close"]')).to_be_visible(timeout=2 * SOON_MS)
    assert citizen.step == "destination"


def test_a_proxy_that_finds_no_server_leads_nobody_to_its_own_page(
    new_toucher: Callable[..., Toucher],
) -> None:
    citizen = new_toucher()
    citizen.page.route("**/*", lambda route: route.fulfill(status=502))
    citizen.taps(citizen.page.locator('[data-journey="moving"]'))
    expect(citizen.page.locator("#away")).to_be_visible(timeout=SOON_MS)
    assert citizen.screen == "start"


def test_news_does_not_undo_a_tap_that_is_on_its_way(
    new_toucher: Callable[..., Toucher], browser: Browser, live_server: Server
) -> None:
    hana = console(browser, live_server, "hana")
    citizen = new_toucher("zuil-1").begins("moving").calls()
    tapped: list[Route] = []
    citizen.page.route("**/call?show=wishes", lambda route: tapped.append(route))
    citizen.taps(citizen.page.locator('[data-action="show"][data-show="wishes"]'))
    while not tapped:
        citizen.page.wait_for_timeout(20)
    card(hana, "Zuil 1").locator('[data-action="claim"]').last.tap()
    citizen.page.wait_for_timeout(2 * SECOND_MS)
    for route in tapped:
        route.continue_()
    expect(panel(citizen, "coming").locator(".block:not(.offered)")).to_be_visible()
    needs_nobody(citizen)
