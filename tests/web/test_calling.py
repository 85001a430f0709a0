"""Calling a person, from the citizen's side."""

from collections.abc import Callable

import pytest
from flask import Flask

from kiosk.records import calls, figures
from tests.fixtures.apps import Clock
from tests.fixtures.pages import words
from tests.fixtures.visitors import OURS, Official, Visitor


@pytest.fixture
def hana(app: Flask) -> Official:
    """A host who is on duty."""
    return Official(app.test_client()).signs_in("hana").goes_on_duty()


def state(visitor: Visitor) -> str:
    """What the panel on the page says of the call; nothing without a panel."""
    panels = visitor.page.all(data_call_state="")
    return panels[0].get("data-call-state", "") if panels else ""


def fragment(visitor: Visitor, path: str = "/call") -> str:
    return visitor.client.get(path, headers={"HX-Request": "true"}).text


def test_one_tap_calls_and_shows_it_where_you_were(visitor: Visitor, hana: Official) -> None:
    visitor.arrives().begins("moving").answers("here")
    before = visitor.page.path
    visitor.calls()
    assert (visitor.page.path, state(visitor)) == (before, "sent")


def test_a_call_from_the_start_screen_begins_a_visit_without_an_errand(
    visitor: Visitor, hana: Official
) -> None:
    visitor.arrives().calls()
    assert (visitor.page.screen, state(visitor)) == ("start", "sent")


def test_a_call_works_from_an_error_page(visitor: Visitor, hana: Official) -> None:
    visitor.arrives().goes_to("/nothing").calls()
    assert state(visitor.goes_to("/")) == "sent"


def test_a_second_tap_makes_no_second_call(visitor: Visitor, hana: Official) -> None:
    visitor.arrives().calls().calls()
    assert len(hana.goes_to("/console/").page.all(data_call="")) == 1


def test_the_call_knows_at_which_question_it_was_raised(visitor: Visitor, app: Flask) -> None:
    visitor.arrives().begins("moving").answers("here")
    key = visitor.page.path.rpartition("/")[2]
    visitor.calls()
    with app.extensions["house"].database.read() as connection:
        (call,) = calls.open_calls(connection)
    assert (call.journey, call.step, call.place) == ("moving", key, "stadhuis")


def test_a_call_before_beginning_knows_the_journey(visitor: Visitor, app: Flask) -> None:
    visitor.arrives().goes_to("/journeys/moving").calls()
    with app.extensions["house"].database.read() as connection:
        (call,) = calls.open_calls(connection)
    assert (call.journey, call.step) == ("moving", "")


def test_the_browser_is_believed_before_a_panel_that_knows_only_its_own_address(
    visitor: Visitor, app: Flask
) -> None:
    visitor.arrives().begins("moving").calls()
    headers = {**OURS, "Referer": "http://localhost/visit/1/destination"}
    answer = visitor.client.post("/call/cancel", data={"next": "/call"}, headers=headers)
    assert answer.location == "/visit/1/destination"


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"]
)
def test_a_call_never_leads_to_another_site(visitor: Visitor, elsewhere: str) -> None:
    visitor.arrives()
    headers = {**OURS, "Referer": "https://elsewhere.example/page"}
    answer = visitor.client.post("/call", data={"next": elsewhere}, headers=headers)
    assert answer.location == "/"


def test_a_call_at_a_private_question_is_private(visitor: Visitor, app: Flask) -> None:
    visitor.arrives().begins("moving").answers("here", "netherlands", "yes", "1-4-2027", "private").calls()
    with app.extensions["house"].database.read() as connection:
        (call,) = calls.open_calls(connection)
    assert call.discreet


def test_only_the_first_tap_is_counted(visitor: Visitor, app: Flask) -> None:
    visitor.arrives().begins("moving").calls().calls()
    with app.extensions["house"].database.read() as connection:
        counted = {each.step: each.called for each in figures.everything(connection)}
    assert counted["destination"] == 1


def test_the_citizen_reads_who_comes(visitor: Visitor, hana: Official) -> None:
    visitor.arrives().calls()
    hana.goes_to("/console/").presses("claim")
    visitor.goes_to("/")
    assert state(visitor) == "coming"
    assert "Hana komt naar u toe" in words(visitor.page.one(data_call_state="coming"))


def test_the_citizen_reads_that_somebody_is_there(visitor: Visitor, hana: Official) -> None:
    visitor.arrives().calls()
    hana.goes_to("/console/").presses("claim").presses("here")
    assert state(visitor.goes_to("/")) == "here"


def test_how_a_call_ended_is_said_for_a_minute(visitor: Visitor, hana: Official, clock: Clock) -> None:
    visitor.arrives().calls()
    hana.goes_to("/console/").presses("claim").presses("resolve")
    assert 'data-call-state="done"' in fragment(visitor)
    clock.forward(seconds=61)
    assert "data-call-state" not in fragment(visitor)


def test_the_panel_that_htmx_fetches_is_the_panel_of_the_page(visitor: Visitor, hana: Official) -> None:
    visitor.arrives().calls()
    page = visitor.goes_to("/call").page.html
    panel = fragment(visitor).partition("</section>")[0]
    assert "".join(panel.split()) in "".join(page.split())


def test_a_call_is_cancelled_from_the_panel(visitor: Visitor, hana: Official) -> None:
    visitor.arrives().begins("moving").calls().presses("cancel-call")
    assert state(visitor) in ("", "cancelled")
    assert visitor.page.step == "destination"
    assert not hana.goes_to("/console/").page.all(data_call="")


def test_when_nobody_is_on_duty_the_panel_says_where_to_go(visitor: Visitor) -> None:
    visitor.arrives().calls()
    assert state(visitor) == "nobody"
    assert "receptie" in words(visitor.page.one(data_call_state="nobody"))


def test_a_call_keeps_the_answers_longer_than_the_idle_time(
    visitor: Visitor, hana: Official, clock: Clock
) -> None:
    visitor.arrives().begins("moving").answers("here")
    where = visitor.calls().page.path
    clock.forward(minutes=10)
    assert visitor.goes_to("/visit").page.path == where


def test_without_a_call_the_same_wait_ends_the_visit(visitor: Visitor, clock: Clock) -> None:
    visitor.arrives().begins("moving").answers("here")
    clock.forward(minutes=10)
    assert visitor.goes_to("/visit").page.screen == "start"


def test_a_device_that_is_no_kiosk_cannot_call(make_app: Callable[..., Flask]) -> None:
    app = make_app(demo=False)
    answer = app.test_client().post("/call", headers=OURS)
    assert answer.status_code == 404
