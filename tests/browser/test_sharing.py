"""Two browsers at one errand: a citizen in Arabic, and the official who looks along and fills in."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.fixtures.browsers import Toucher, console
from tests.fixtures.servers import Server
from tests.fixtures.sharing import offer

SOON = 2000
"""Milliseconds in which the other side must have followed: a second, on a machine that is busy with tests."""
NUMBER = "NL91 ABNA 0417 1643 00"
Beside = tuple[Toucher, Toucher]


def beside(citizen: Toucher, anna: Toucher, title: str) -> Beside:
    """Anna takes the call of the citizen at the kiosk with this title, and looks along."""
    anna.goes_to("/console/")
    card = anna.page.locator("[data-call]").filter(has_text=title)
    anna.follows(card.locator('[data-action="claim"]'))
    anna.follows(card.locator('[data-action="along"]'))
    return citizen, anna


@pytest.fixture
def sharing(new_toucher: Callable[..., Toucher], browser: Browser, live_server: Server) -> Iterator[Beside]:
    """A citizen who does it together, in Arabic, and Anna beside them; the citizen leaves when it is over."""
    citizen = new_toucher("zuil-2").speaks("ar").begins("moving", "together")
    yield beside(citizen, console(browser, live_server, "anna"), "Zuil 2")
    citizen.goes_to("/visit/end").presses("end")


def form(staff: Toucher) -> Locator:
    return staff.page.locator("form[data-step]")


def is_at(person: Toucher, step: str) -> None:
    expect(person.page.locator(f'form[data-step="{step}"]')).to_be_visible(timeout=SOON)


def enters(anna: Toucher, answer: str) -> None:
    anna.fills(answer)
    anna.presses("fill")


def test_each_side_goes_along_with_the_other(sharing: Beside) -> None:
    citizen, anna = sharing
    enters(anna, "here")
    is_at(citizen, "origin")
    citizen.answers("netherlands")
    is_at(anna, "sixteen")
    expect(anna.page.locator('[data-answer="destination"]')).to_contain_text("Ingevuld door Anna")
    expect(anna.page.locator('[data-asked="sixteen"][lang="ar"]')).to_have_attribute("dir", "rtl")
    anna.keeps_picture("console-together")
    assert not anna.accessibility()
    assert not citizen.troubles and not anna.troubles


def test_nobody_is_taken_away_from_what_they_did_not_send(sharing: Beside) -> None:
    citizen, anna = sharing
    citizen.fills("abroad")
    enters(anna, "here")
    notice = citizen.page.locator("[data-moved]")
    expect(notice).to_be_visible(timeout=SOON)
    assert citizen.step == "destination"
    citizen.keeps_picture("moved-ar")
    assert not citizen.accessibility()
    anna.fills("abroad")
    citizen.follows(notice.locator("a"))
    citizen.answers("netherlands")
    expect(anna.page.locator("[data-moved]")).to_be_visible(timeout=SOON)
    expect(form(anna).locator('[value="abroad"]')).to_be_checked()
    anna.follows(anna.page.locator("[data-moved] a"))
    is_at(anna, "sixteen")


def test_of_two_answers_the_second_writer_chooses(sharing: Beside) -> None:
    citizen, anna = sharing
    citizen.fills("abroad")
    enters(anna, "here")
    citizen.presses("next")
    assert citizen.screen == "both"
    citizen.keeps_picture("both-ar")
    assert not citizen.accessibility() and not citizen.overflows()
    citizen.follows(citizen.page.locator('[data-keep="mine"]'))
    is_at(citizen, "time_abroad")
    is_at(anna, "time_abroad")


def test_the_page_closes_by_itself_when_the_citizen_ends_it_and_comes_back_too(sharing: Beside) -> None:
    citizen, anna = sharing
    enters(anna, "here")
    is_at(citizen, "origin")
    citizen.taps(citizen.page.locator('[data-action="stop-sharing"]'))
    expect(citizen.page.locator("[data-sharing]")).to_have_count(0, timeout=SOON)
    expect(anna.page.locator('[data-level="explain"]')).to_be_visible(timeout=SOON)
    assert "In Waterhoven" not in anna.source
    anna.keeps_picture("console-not-shared")
    assert not anna.accessibility()
    citizen.taps(citizen.page.locator('[data-action="level"][data-level="together"]'))
    is_at(anna, "origin")


def test_with_scripting_off_the_next_tap_leads_to_where_the_other_is(
    new_toucher: Callable[..., Toucher], browser: Browser, live_server: Server
) -> None:
    plain = new_toucher("unscripted", scripting=False).begins("moving", "together")
    citizen, anna = beside(plain, console(browser, live_server, "anna"), "unscripted")
    enters(anna, "here")
    citizen.answers("here")
    assert citizen.step == "origin"
    citizen.presses("end").presses("end")


@pytest.mark.either_database
def test_a_covered_answer_is_not_in_the_page_until_it_is_opened(
    new_toucher: Callable[..., Toucher],
    browser: Browser,
    own_site: Path,
    start_server: Callable[..., Server],
) -> None:
    offer(own_site, "covered")
    server = start_server(KIOSK_SITE=str(own_site))
    visitor = new_toucher(server=server).goes_to("/journeys/covered")
    visitor.follows(visitor.page.locator('[data-action="begin"][data-way="together"]'))
    citizen, anna = beside(visitor, console(browser, server, "anna"), "Zuil 1")
    citizen.answers("Noor", NUMBER)
    covered = anna.page.locator('[data-covered="account"]')
    is_at(anna, "letter")
    expect(covered).to_be_visible(timeout=SOON)
    assert "0417" not in anna.source
    anna.keeps_picture("console-covered")
    anna.follows(covered.locator('[data-action="open-answer"]'))
    expect(anna.page.locator('[data-answer="account"]')).to_contain_text(NUMBER)
    chris = console(browser, server, "chris").goes_to("/console/disclosures")
    expect(chris.page.locator("[data-disclosure]")).to_contain_text("Rekening")
    assert "0417" not in chris.source and not chris.accessibility()
