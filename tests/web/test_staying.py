"""The time limits of a visit: said before, asked first, and never the last word (norms TIM-01 to TIM-09)."""

from collections.abc import Callable
from datetime import UTC, datetime, time

import pytest
from flask import Flask

from kiosk import TOP
from kiosk.work import tidy
from tests.fixtures.apps import Clock
from tests.fixtures.municipality import longest_example
from tests.fixtures.pages import words
from tests.fixtures.visitors import OURS, Visitor

LIMIT_S = 120 + 60 + 15


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime.combine(longest_example("moving").today, time(9), UTC))


@pytest.fixture
def moving(visitor: Visitor) -> Visitor:
    return visitor.arrives().begins("moving")


def is_asked(visitor: Visitor) -> bool:
    """Whether the server tells the script that it is time to ask."""
    answer = visitor.client.post("/visit/touch", headers=OURS)
    assert answer.status_code in (200, 204)
    return answer.status_code == 200


def touches_for(visitor: Visitor, clock: Clock, minutes: int) -> Visitor:
    """Somebody who keeps touching the screen; the script passes that on."""
    for _ in range(minutes):
        clock.forward(minutes=1)
        visitor.client.post("/visit/touch", headers=OURS)
    return visitor


@pytest.mark.norm("TIM-01", "TIM-07")
def test_ten_times_and_more_a_tap_begins_the_time_anew(moving: Visitor, clock: Clock) -> None:
    for _ in range(12):
        clock.forward(seconds=LIMIT_S - 1)
        assert moving.client.post("/visit/stay", headers=OURS).status_code == 204
    assert moving.goes_to("/visit").page.step == "destination"


def test_who_wants_more_time_has_three_times_as_long_for_server_and_worker(
    moving: Visitor, app: Flask, clock: Clock
) -> None:
    moving.prefers(slow="yes")
    clock.forward(seconds=3 * LIMIT_S)
    tidy(app.extensions["house"])
    assert moving.goes_to("/visit").page.step == "destination"
    clock.forward(seconds=3 * LIMIT_S + 20)
    tidy(app.extensions["house"])
    assert moving.goes_to("/visit").page.screen == "start"


@pytest.mark.norm("TIM-08")
def test_the_worker_wipes_who_is_gone_though_no_browser_asks(
    moving: Visitor, app: Flask, clock: Clock
) -> None:
    clock.forward(seconds=LIMIT_S + 1)
    tidy(app.extensions["house"])
    with app.extensions["house"].database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM visit").scalar_one() == 0


@pytest.mark.norm("TIM-06")
def test_after_half_an_hour_it_is_asked_who_is_there_though_the_screen_was_touched(
    moving: Visitor, clock: Clock
) -> None:
    touches_for(moving, clock, 30)
    assert not is_asked(moving)
    assert is_asked(touches_for(moving, clock, 1))
    moving.client.post("/visit/stay", headers=OURS)
    assert not is_asked(touches_for(moving, clock, 30))


def test_without_a_script_it_is_asked_in_place_of_the_next_page_and_nothing_is_lost(
    moving: Visitor, clock: Clock
) -> None:
    touches_for(moving, clock, 31)
    asked = moving.answers("here")
    assert (asked.page.status, asked.page.screen) == (200, "still")
    onward = asked.presses("stay")
    assert onward.page.screen == "step" and onward.page.step != "destination"
    assert onward.goes_to("/visit/1/destination").page.all("input", value="here", checked="")


def test_who_asks_for_more_time_in_the_warning_has_it_from_then_on(moving: Visitor, clock: Clock) -> None:
    touches_for(moving, clock, 31)
    moving.goes_to("/visit/1/destination").presses("slow")
    assert moving.page.one("html").get("data-slow") == "yes"
    assert not is_asked(touches_for(moving, clock, 90))
    assert is_asked(touches_for(moving, clock, 1))


def test_who_stops_when_asked_is_wiped(moving: Visitor, clock: Clock) -> None:
    touches_for(moving, clock, 31)
    moving.goes_to("/visit/1/destination").presses("end-now")
    assert moving.page.screen == "ended"


@pytest.mark.parametrize("path", ["/visit/touch", "/visit/stay"])
def test_whose_visit_is_over_reads_that_it_is(moving: Visitor, clock: Clock, path: str) -> None:
    clock.forward(seconds=LIMIT_S + 1)
    assert moving.sends(path).page.screen == "ended"


@pytest.mark.norm("TIM-03")
@pytest.mark.parametrize(("idle_s", "warn_s", "minutes"), [(120, 60, "3"), (240, 90, "5"), (30, 20, "1")])
def test_before_they_begin_people_read_how_long_the_screen_waits_and_what_is_lost(
    make_app: Callable[..., Flask], idle_s: int, warn_s: int, minutes: str
) -> None:
    visitor = Visitor(make_app(idle_s=idle_s, warn_s=warn_s).test_client()).arrives()
    told = visitor.goes_to("/journeys/moving").page.one(data_alone="")
    assert told.get("data-alone") == minutes
    assert words(told).startswith(f"Doet u {minutes} minu") and "Dan wissen wij uw antwoorden." in words(told)


def test_who_has_more_time_reads_that_too(visitor: Visitor) -> None:
    visitor.arrives().prefers(slow="yes").goes_to("/journeys/moving")
    assert visitor.page.one(data_alone="").get("data-alone") == "9"


def test_who_has_more_time_may_be_away_longer(visitor: Visitor, clock: Clock) -> None:
    code = visitor.arrives().begins("moving").presses("park").page.one(data_code="")
    assert "15 minuten" in visitor.page.text
    visitor.sends("/visit/resume", code=words(code)).prefers(slow="yes").presses("park")
    assert "45 minuten" in visitor.page.text
    code = visitor.page.one(data_code="")
    clock.forward(minutes=44)
    assert visitor.sends("/visit/resume", code=words(code)).page.step == "destination"


def test_the_warning_can_be_read_and_answered_and_says_now_and_then_how_long_is_left(moving: Visitor) -> None:
    warning = moving.page.one("dialog", id="idle")
    assert int(warning.get("data-warn", "0")) >= 20
    assert [each.get("data-at") for each in warning.iter() if each.get("data-at")] == [
        "180",
        "120",
        "60",
        "30",
        "10",
    ]


@pytest.mark.norm("TIM-10")
def test_the_last_screen_stays_a_minute_and_more_and_can_be_held(ready: Visitor, clock: Clock) -> None:
    assert int(ready.page.one("dialog", id="idle").get("data-idle", "0")) >= 60
    for _ in range(3):
        clock.forward(seconds=LIMIT_S - 1)
        ready.client.post("/visit/stay", headers=OURS)
    assert ready.goes_to("/visit/1/done").page.screen == "prepared"


def test_no_page_goes_on_by_itself(ready: Visitor) -> None:
    assert not [file for file in TOP.glob("templates/**/*.html") if "http-equiv" in file.read_text("utf-8")]
    for path in ("/", "/journeys/moving", "/visit/1/done", "/visit/1/summary", "/visit/end", "/ended"):
        assert "Refresh" not in ready.goes_to(path).page.headers


@pytest.mark.norm("VIS-36")
def test_a_hidden_screen_shows_and_says_nothing_of_its_page(visitor: Visitor) -> None:
    visitor.arrives().begins("moving").answers("here").prefers(hidden="yes")
    page = visitor.page
    assert (page.status, page.screen) == (200, "hidden")
    assert "verhui" not in page.html.lower() and not page.all("form", data_step="")
    assert page.all(data_action="call") and page.all(data_action="end")
    assert not visitor.presses("show").page.all("html", data_hidden="")


def test_every_page_is_hidden_at_its_own_address_and_shown_there_again(ready: Visitor) -> None:
    for path in ("/visit/1/done", "/visit/1/summary", "/preferences", "/"):
        heading = ready.goes_to(path).page.heading
        ready.prefers(hidden="yes").goes_to(path)
        assert (ready.page.screen, ready.page.heading) == ("hidden", "Uw scherm is verborgen")
        assert (ready.presses("show").page.path, ready.page.heading) == (path, heading)


def test_who_called_keeps_their_time_behind_a_hidden_screen(moving: Visitor) -> None:
    moving.calls().prefers(hidden="yes")
    assert moving.page.all(data_call_open="")
