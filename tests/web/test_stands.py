"""Kiosks from the staff's side and from the citizen's: locked, offered a journey, ended."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.fixtures.apps import Clock
from tests.fixtures.municipality import SITE
from tests.fixtures.pages import words
from tests.fixtures.visitors import Official, Visitor


def states(official: Official) -> dict[str, str]:
    page = official.goes_to("/console/kiosks/").page
    return {each.get("data-kiosk", ""): each.get("data-kiosk-state", "") for each in page.all(data_kiosk="")}


def reloads(visitor: Visitor, page: str) -> bool:
    """Whether this screen, as it was made, loads itself anew now."""
    start = page.index("/standing?")
    address = page[start : page.index('"', start)].replace("&amp;", "&")
    return "HX-Refresh" in visitor.client.get(address, headers={"HX-Request": "true"}).headers


def test_every_kiosk_says_whether_somebody_is_there_and_calls(
    new_visitor: Callable[[], Visitor], hana: Official
) -> None:
    assert set(states(hana).values()) == {"free"}
    new_visitor().arrives("zuil-1").begins("moving")
    new_visitor().arrives("zuil-2").calls()
    assert states(hana) == {**dict.fromkeys((each.name for each in SITE.kiosks), "free")} | {
        "zuil-1": "busy",
        "zuil-2": "calling",
    }


def test_the_list_never_says_what_somebody_is_busy_with(visitor: Visitor, hana: Official) -> None:
    visitor.arrives().begins("money")
    assert "schulden" not in hana.goes_to("/console/kiosks/").page.text.lower()


REASONS = {
    "cleaning": "We are cleaning this screen.",
    "broken": "This screen is broken.",
    "helping": "We are helping someone here.",
    "other": "This screen is closed now",
}


@pytest.mark.parametrize("why", REASONS)
def test_a_locked_kiosk_says_why_in_the_citizens_language_and_where_to_go(
    why: str, visitor: Visitor, hana: Official
) -> None:
    visitor.arrives("zuil-2")
    hana.goes_to("/console/kiosks/zuil-2").presses("lock", why=why)
    assert states(hana)["zuil-2"] == "locked"
    visitor.goes_to("/").speaks("en")
    assert visitor.page.screen == "locked"
    assert REASONS[why] in visitor.page.text
    assert SITE.places[0].reception.spoken("en") in visitor.page.text


def test_nothing_begins_at_a_locked_kiosk(visitor: Visitor, hana: Official) -> None:
    visitor.arrives("zuil-2")
    hana.goes_to("/console/kiosks/zuil-2").presses("lock", why="broken")
    assert visitor.sends("/visits", journey="moving").page.screen == "locked"
    assert visitor.sends("/visit/resume", code="ABCDEF").page.screen == "locked"
    assert states(hana)["zuil-2"] == "locked"


def test_a_locked_kiosk_still_calls_a_person(visitor: Visitor, hana: Official) -> None:
    visitor.arrives("zuil-2")
    hana.goes_to("/console/kiosks/zuil-2").presses("lock", why="broken")
    visitor.goes_to("/").calls()
    assert visitor.call_state == "sent"
    assert visitor.page.screen == "locked"


def test_locking_ends_the_visit_there_and_unlocking_lets_the_next_begin(
    visitor: Visitor, hana: Official
) -> None:
    visitor.arrives("zuil-2").begins("moving")
    hana.goes_to("/console/kiosks/zuil-2").presses("lock", why="cleaning")
    assert visitor.goes_to(visitor.page.path).page.status >= 400
    hana.presses("unlock")
    assert visitor.goes_to("/").page.screen == "start"


def test_a_screen_that_stands_idle_notices_a_lock_and_an_offer_by_itself(
    visitor: Visitor, hana: Official
) -> None:
    idle = visitor.arrives("zuil-2").page.html
    assert not reloads(visitor, idle)
    hana.goes_to("/console/kiosks/zuil-2").presses("lock", why="broken")
    assert reloads(visitor, idle)
    locked = visitor.goes_to("/").page.html
    hana.presses("unlock")
    assert reloads(visitor, locked)
    hana.presses("offer", journey="moving")
    assert reloads(visitor, idle)


def test_an_unknown_reason_locks_nothing(hana: Official) -> None:
    hana.sends("/console/kiosks/zuil-2/lock", why="because")
    assert hana.page.status == 404
    assert states(hana)["zuil-2"] == "free"


def test_an_offered_journey_opens_by_the_citizens_own_tap_and_is_then_gone(
    visitor: Visitor, hana: Official
) -> None:
    visitor.arrives("zuil-2")
    hana.goes_to("/console/kiosks/zuil-2").presses("offer", journey="moving")
    page = visitor.goes_to("/").page
    assert "Hana" in words(page.one(data_offer="moving"))
    visitor.presses("offered").presses("begin", way="guided")
    assert visitor.page.screen == "step"
    assert not visitor.goes_to("/").page.all(data_offer="")


def test_an_offer_is_declined_taken_back_and_over_after_ten_minutes(
    visitor: Visitor, hana: Official, clock: Clock
) -> None:
    def offered() -> bool:
        return bool(visitor.goes_to("/").page.all(data_offer=""))

    visitor.arrives("zuil-2")
    hana.goes_to("/console/kiosks/zuil-2").presses("offer", journey="moving")
    assert offered()
    visitor.presses("decline")
    assert not offered()
    hana.goes_to("/console/kiosks/zuil-2").presses("offer", journey="money").presses("withdraw")
    assert not offered()
    hana.presses("offer", journey="money")
    clock.forward(minutes=11)
    assert not offered()


def test_during_a_visit_an_offer_waits_for_the_start_screen(visitor: Visitor, hana: Official) -> None:
    visitor.arrives("zuil-2").begins("moving")
    path = visitor.page.path
    hana.goes_to("/console/kiosks/zuil-2").presses("offer", journey="money")
    assert visitor.goes_to(path).page.path == path
    assert visitor.goes_to("/").page.all(data_offer="money")


def test_whoever_is_with_the_citizen_offers_a_journey_that_they_open_themselves(
    visitor: Visitor, hana: Official
) -> None:
    visitor.arrives("zuil-2").begins("moving").calls()
    hana.goes_to("/console/kiosks/zuil-2").presses("offer", journey="extract")
    path = visitor.page.path
    assert not visitor.goes_to(path).page.all(data_action="offered")
    hana.goes_to("/console/").presses("claim")
    assert visitor.goes_to(path).page.path == path
    assert visitor.presses("offered", journey="extract").page.path == "/journeys/extract"


def test_a_draft_is_not_offered(hana: Official) -> None:
    hana.sends("/console/kiosks/zuil-2/offer", journey="nothing")
    assert hana.page.status == 404


def test_ending_a_visit_asks_first_and_erases_what_was_not_confirmed(
    visitor: Visitor, hana: Official
) -> None:
    visitor.arrives("zuil-2").begins("moving")
    hana.goes_to("/console/kiosks/zuil-2").presses("end-visit")
    assert states(hana)["zuil-2"] == "busy"
    hana.goes_to("/console/kiosks/zuil-2").presses("end-visit").presses("end-visit")
    assert states(hana)["zuil-2"] == "free"
    assert visitor.goes_to(visitor.page.path).page.status >= 400


def test_a_kiosk_that_does_not_exist_is_not_there(hana: Official) -> None:
    assert hana.goes_to("/console/kiosks/zuil-99").page.status == 404


@pytest.mark.parametrize("path", ["/console/kiosks/", "/console/kiosks/zuil-1", "/tablet/"])
def test_only_staff_see_the_kiosks(visitor: Visitor, path: str) -> None:
    assert visitor.goes_to(path).page.screen == "sign-in"


def test_a_kiosk_is_not_locked_from_another_site(app: Flask, hana: Official) -> None:
    answer = hana.client.post(
        "/console/kiosks/zuil-1/lock", data={"why": "other"}, headers={"Origin": "https://elsewhere.example"}
    )
    assert answer.status_code == 403
