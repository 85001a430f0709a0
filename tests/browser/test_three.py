"""A citizen, a host and an official in three browsers at one call: whoever dies, nothing is lost."""

import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Error, expect

from kiosk.records import visits
from kiosk.records.database import Database
from kiosk.records.tables import call as call_table
from tests.fixtures.browsers import Toucher, console
from tests.fixtures.databases import DATA_KEYS
from tests.fixtures.servers import Mortal

SOON_MS = 12_000
"""How soon a page has noticed: a stream that broke in silence is looked for, on a machine busy with tests."""
NOTE = "Vraagt of het kind mee mag."

pytestmark = pytest.mark.slow


@dataclass
class Hall:
    """The three of them, and the house they are in."""

    citizen: Toucher
    hana: Toucher
    anna: Toucher
    mortal: Mortal

    def sees(self, state: str, hana: str, anna: str) -> None:
        """The citizen's panel, and the one card of each console, say how the call stands."""
        panels = self.citizen.page.locator(f'[data-call-open][data-call-state="{state}"]')
        # A page that was opened anew says no more of a call that is over.
        expect(panels).to_have_count(0 if state == "done" else 1, timeout=SOON_MS)
        for staff, wanted in ((self.hana, hana), (self.anna, anna)):
            cards = staff.page.locator("[data-call]")
            expect(cards).to_have_count(1 if wanted else 0, timeout=SOON_MS)
            if wanted:
                expect(cards).to_have_attribute("data-call-state", wanted, timeout=SOON_MS)

    def answers(self) -> Mapping[str, object]:
        """What is kept of the citizen's errand."""
        database = Database(self.mortal.server.environment["KIOSK_DATABASE_URL"], DATA_KEYS)
        with database.read() as connection:
            (visit,) = connection.execute(call_table.select()).mappings().all()
            (errand,) = visits.errands(connection, visit["visit"])
        database.dispose()
        return errand.answers


@pytest.fixture
def hall(new_toucher: Callable[..., Toucher], browser: Browser, mortal: Mortal) -> Iterator[Hall]:
    """A citizen who moves and gave one answer; a host and an official on duty."""
    staff = [console(browser, mortal.server, name) for name in ("hana", "anna")]
    citizen = new_toucher("zuil-1", server=mortal.server).begins("moving").answers("here")
    yield Hall(citizen, *staff, mortal)
    for each in staff:
        each.page.context.close()


def crashes(person: Toucher) -> None:
    """The browser's page dies in the middle, and the device opens the same address again."""
    address = person.page.url
    with suppress(Error):
        person.page.goto("chrome://crash", timeout=3000)
    context = person.page.context
    person.page.close()
    person.page = context.new_page()
    person.page.goto(address)


def nobody(_: Hall) -> None:
    """Nothing happens."""


def the_citizens_browser(hall: Hall) -> None:
    crashes(hall.citizen)


def the_hosts_browser(hall: Hall) -> None:
    crashes(hall.hana)


def the_officials_browser(hall: Hall) -> None:
    crashes(hall.anna)


def the_server(hall: Hall) -> None:
    """Killed with -9, away for a moment, and started again; no page is loaded anew by hand."""
    hall.mortal.goes_away(signal.SIGKILL)
    hall.mortal.comes_back()


DEATHS = [nobody, the_citizens_browser, the_hosts_browser, the_officials_browser, the_server]


@pytest.mark.parametrize("dies", DEATHS)
def test_in_every_state_all_three_see_the_truth_whoever_dies(
    hall: Hall, dies: Callable[[Hall], None]
) -> None:
    citizen, hana, anna = hall.citizen, hall.hana, hall.anna
    citizen.calls()
    dies(hall)
    hall.sees("sent", "sent", "sent")
    presses(hana, "claim")
    dies(hall)
    hall.sees("coming", "coming", "coming")
    presses(hana, "here")
    dies(hall)
    hall.sees("here", "here", "here")
    hana.follows(hana.page.locator('[data-action="hand-over"]'))
    hana.taps(hana.page.locator('label:has([value="to:anna"])'))
    hana.page.locator("textarea").fill(NOTE)
    presses(hana, "hand-over")
    dies(hall)
    hall.sees("sent", "sent", "sent")
    expect(anna.page.locator("[data-call]")).to_contain_text(NOTE)
    presses(anna, "claim")
    presses(anna, "here")
    citizen.taps(citizen.page.locator('[data-level="together"]:visible'))
    expect(citizen.page.locator('[data-sharing="together"]')).to_be_visible(timeout=SOON_MS)
    dies(hall)
    hall.sees("here", "here", "here")
    fills_in_beside(hall)
    dies(hall)
    # A page that went along is at the next question; one that was opened anew shows the answer at this one.
    given = citizen.page.locator('form[data-step="sixteen"], [name="origin"][value="netherlands"]:checked')
    expect(given).to_have_count(1, timeout=SOON_MS)
    anna.goes_to("/console/")
    presses(anna, "resolve")
    dies(hall)
    hall.sees("done", "", "")
    assert hall.answers() == {"destination": "here", "origin": "netherlands"}


def presses(staff: Toucher, action: str) -> None:
    """Press it where it stands, as soon as the page has it."""
    button = staff.page.locator(f'[data-action="{action}"]:visible').first
    expect(button).to_be_visible(timeout=SOON_MS)
    staff.follows(button)


def fills_in_beside(hall: Hall) -> None:
    """Anna gives the next answer from her own desk, beside the citizen who lets her."""
    hall.anna.goes_to("/console/")
    presses(hall.anna, "along")
    hall.anna.fills("netherlands")
    presses(hall.anna, "fill")
