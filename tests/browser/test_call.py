"""Two browsers: a citizen who calls, and staff who see it and come."""

from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Browser, Locator, expect
from sqlalchemy import update

from kiosk.records import staff
from kiosk.records.database import Database
from kiosk.records.tables import staff as staff_table
from tests.fixtures.browsers import Toucher, console, demonstration
from tests.fixtures.databases import DATA_KEYS
from tests.fixtures.servers import Server

TARGET_MM = 20


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
    hana.page.locator("[data-call]").filter(has_text="Zuil 2").locator('[data-helped="wording"]').tap()
    expect(citizen.page.locator('[data-call-state="here"]')).to_have_count(0, timeout=3000)


def test_a_claim_has_one_winner(
    new_toucher: Callable[..., Toucher], browser: Browser, live_server: Server
) -> None:
    hana, anna = console(browser, live_server, "hana"), console(browser, live_server, "anna")
    new_toucher("zuil-1").calls()
    cards = [each.page.locator("[data-call]").filter(has_text="Zuil 1") for each in (hana, anna)]
    for card in cards:
        expect(card).to_be_visible(timeout=2000)
    # Both at once: the second may not wait for a button that the first has just taken away.
    for button in [card.locator('[data-action="claim"]').element_handle() for card in cards]:
        button.evaluate("button => button.click()")
    expect(anna.page.locator("[data-call]").filter(has_text="Hana")).to_be_visible(timeout=3000)


@pytest.mark.norm("HLP-04")
def test_a_citizen_calls_and_cancels_with_scripting_off(new_toucher: Callable[..., Toucher]) -> None:
    citizen = new_toucher(scripting=False).begins("moving").calls()
    assert citizen.page.locator("[data-call-state]").count()
    citizen.presses("cancel-call")
    assert citizen.step == "destination"


def on_duty_at(server: Server, name: str, place: str) -> None:
    """Let somebody be on duty in a place, on the day of the server."""
    now = datetime.fromisoformat(server.environment["KIOSK_NOW"])
    database = Database(server.environment["KIOSK_DATABASE_URL"], DATA_KEYS)
    with database.write() as connection:
        connection.execute(update(staff_table).where(staff_table.c.name == name).values(place=place))
        staff.set_duty(connection, name, True, now)
    database.dispose()


def misfits(citizen: Toucher, kiosk: str) -> list[str]:
    """What is wrong with this screen: a target too small, too wide a page, a next button out of sight."""
    profile = demonstration.kiosk(kiosk).profile  # type: ignore[union-attr]
    found = citizen.small_targets(TARGET_MM, profile.px_per_mm) + citizen.accessibility()
    next_ = citizen.page.locator('[data-action="next"]').bounding_box()
    if not next_ or next_["y"] + next_["height"] > profile.height_px:
        found.append("the next button is off the screen")
    return found + citizen.overflows()


def opens(citizen: Toucher, block: str, of: str) -> Locator:
    """These small answers, opened first where they are not shown unasked."""
    answers = citizen.page.locator(f"[data-call-state] [data-{of}]:visible")
    if not answers.count():
        citizen.taps(citizen.page.locator(f'[data-show="{block}"]:visible'))
    expect(answers.first).to_be_visible()
    return answers


SCREENS = [("zuil-1", "nl", "hana"), ("zuil-2", "ar", "hana"), ("tablet-1", "en", "chris")]


@pytest.mark.parametrize(("kiosk", "language", "helper"), SCREENS)
def test_what_a_second_tap_says_swaps_the_panel_and_nothing_else(
    new_toucher: Callable[..., Toucher], live_server: Server, kiosk: str, language: str, helper: str
) -> None:
    kiosk_of = demonstration.kiosk(kiosk)
    on_duty_at(live_server, helper, kiosk_of.place.name)  # type: ignore[union-attr]
    citizen = new_toucher(kiosk).speaks(language).begins("moving").calls()
    chosen = citizen.taps(citizen.page.locator("label.choice")).page.locator("label.choice input").first
    found = {"sent": misfits(citizen, kiosk)}
    citizen.keeps_picture(f"call-{kiosk}-sent")
    citizen.taps(opens(citizen, "why", "why").nth(1))
    expect(citizen.page.locator('[data-call-state] [name="why"]')).to_have_count(0)
    wishes = opens(citizen, "wishes", "wish")
    citizen.taps(wishes.nth(0))
    expect(wishes.nth(0)).to_have_attribute("aria-pressed", "true")
    citizen.taps(wishes.nth(3))
    expect(wishes.nth(3)).to_have_attribute("aria-pressed", "true")
    found["wishes"] = misfits(citizen, kiosk)
    citizen.keeps_picture(f"call-{kiosk}-wishes")
    citizen.taps(citizen.page.locator('[data-action="close"]'))
    expect(wishes).to_have_count(0)
    found["said"] = misfits(citizen, kiosk)
    expect(chosen).to_be_checked()
    citizen.taps(citizen.page.locator('[data-action="cancel-call"]'))
    expect(citizen.page.locator("[data-call-state]")).to_have_attribute("data-call-state", "cancelled")
    expect(chosen).to_be_checked()
    assert not {name: lines for name, lines in found.items() if lines}
    assert not citizen.troubles


@pytest.mark.parametrize(("kiosk", "language", "helper"), SCREENS)
def test_while_somebody_sees_the_screen_it_says_so_within_reach(
    new_toucher: Callable[..., Toucher],
    browser: Browser,
    live_server: Server,
    kiosk: str,
    language: str,
    helper: str,
) -> None:
    kiosk_of = demonstration.kiosk(kiosk)
    assert kiosk_of
    on_duty_at(live_server, helper, kiosk_of.place.name)
    citizen = new_toucher(kiosk).speaks(language).begins("moving").calls()
    staff_page = console(browser, live_server, helper).page
    staff_page.locator("[data-call]").filter(has_text=kiosk_of.title).locator('[data-action="claim"]').tap()
    expect(citizen.page.locator('[data-call-state="coming"]')).to_be_visible(timeout=7000)
    found = {}
    for level in ("along", "together"):
        levels = opens(citizen, "level", "level")
        found[f"before {level}"] = misfits(citizen, kiosk)
        citizen.keeps_picture(f"call-{kiosk}-before-{level}")
        citizen.taps(levels.first)
        expect(citizen.page.locator(f'[data-sharing="{level}"]')).to_be_visible()
        found[level] = misfits(citizen, kiosk)
        citizen.keeps_picture(f"call-{kiosk}-{level}")
    stop = citizen.page.locator('[data-action="stop-sharing"]')
    box, profile = stop.bounding_box(), kiosk_of.profile
    assert box and box["y"] >= profile.height_px * (1 - profile.reach_share)
    citizen.taps(stop)
    expect(citizen.page.locator("[data-sharing]")).to_have_count(0)
    expect(citizen.page.locator('[data-call-state="coming"]')).to_be_visible()
    citizen.taps(citizen.page.locator('[data-action="cancel-call"]'))
    expect(citizen.page.locator("[data-call-state]")).to_have_attribute("data-call-state", "cancelled")
    assert not {name: lines for name, lines in found.items() if lines}
    assert not citizen.troubles


def test_second_taps_work_with_scripting_off(
    new_toucher: Callable[..., Toucher], live_server: Server
) -> None:
    on_duty_at(live_server, "hana", "stadhuis")
    citizen = new_toucher("zuil-1", scripting=False).begins("moving").calls()
    citizen.follows(citizen.page.locator('[data-why="confused"]'))
    assert (citizen.step, citizen.page.locator('[data-why="confused"]').count()) == ("destination", 0)
    citizen.follows(citizen.page.locator('[data-show="wishes"]'))
    citizen.follows(citizen.page.locator('[data-wish="sign"]'))
    assert citizen.page.locator('[data-wish="sign"][aria-pressed="true"]').count()
    citizen.presses("close").presses("renew").presses("cancel-call")
    expect(citizen.page.locator("[data-call-state]")).to_have_attribute("data-call-state", "cancelled")
    assert citizen.presses("back").step == "destination"


@pytest.mark.norm("HLP-08", "TIM-05")
def test_the_idle_time_stands_still_while_a_call_is_open(new_toucher: Callable[..., Toucher]) -> None:
    citizen = new_toucher()
    citizen.page.clock.install()
    citizen.begins("moving").calls()
    warning = citizen.page.locator("#idle[open]")
    citizen.page.clock.run_for(300_000)
    expect(warning).to_have_count(0)
    assert citizen.step == "destination"
    citizen.taps(citizen.page.locator('[data-action="cancel-call"]'))
    expect(citizen.page.locator('[data-call-state="cancelled"]')).to_be_visible()
    citizen.page.clock.run_for(130_000)
    expect(warning).to_be_visible()
