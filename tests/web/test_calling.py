"""Calling a person, from the citizen's side."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from kiosk.records import calls, figures
from kiosk.records.tables import outbox, print_, version
from tests.fixtures.apps import Clock
from tests.fixtures.municipality import longest_example
from tests.fixtures.pages import words
from tests.fixtures.visitors import OURS, Official, Visitor


def fragment(visitor: Visitor, path: str = "/call") -> str:
    return visitor.client.get(path, headers={"HX-Request": "true"}).text


@pytest.mark.norm("HLP-05")
def test_one_tap_calls_and_shows_it_where_you_were(visitor: Visitor, hana: Official) -> None:
    visitor.arrives().begins("moving").answers("here")
    before = visitor.page.path
    visitor.calls()
    assert (visitor.page.path, visitor.call_state) == (before, "sent")


def test_a_call_from_the_start_screen_begins_a_visit_without_an_errand(
    visitor: Visitor, hana: Official
) -> None:
    visitor.arrives().calls()
    assert (visitor.page.screen, visitor.call_state) == ("start", "sent")


def test_a_call_works_from_an_error_page(visitor: Visitor, hana: Official) -> None:
    visitor.arrives().goes_to("/nothing").calls()
    assert visitor.goes_to("/").call_state == "sent"


@pytest.mark.norm("HLP-12")
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
    assert visitor.call_state == "coming"
    assert "Hana komt naar u toe" in words(visitor.page.one(data_call_state="coming"))


def test_the_citizen_reads_that_somebody_is_there(visitor: Visitor, hana: Official) -> None:
    visitor.arrives().calls()
    hana.goes_to("/console/").presses("claim").presses("here")
    assert visitor.goes_to("/").call_state == "here"


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


@pytest.mark.norm("HLP-05")
def test_a_call_is_cancelled_from_the_panel(visitor: Visitor, hana: Official) -> None:
    visitor.arrives().begins("moving").calls().presses("cancel-call")
    assert visitor.call_state in ("", "cancelled")
    assert visitor.page.step == "destination"
    assert not hana.goes_to("/console/").page.all(data_call="")


def test_when_nobody_is_on_duty_the_panel_says_where_to_go(visitor: Visitor) -> None:
    visitor.arrives().calls()
    assert visitor.call_state == "nobody"
    assert "receptie" in words(visitor.page.one(data_call_state="nobody"))


@pytest.mark.norm("HLP-08", "TIM-05")
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


@pytest.mark.norm("HLP-01")
@pytest.mark.parametrize(
    "path", ["/nothing", "/visit/1/nothing", "/visit/1/summary.pdf?paper=a4", "/visit/7/hub"]
)
def test_a_call_works_from_every_page_that_failed(visitor: Visitor, hana: Official, path: str) -> None:
    visitor.arrives().begins("moving").goes_to(path)
    assert visitor.page.status >= 400
    assert visitor.calls().call_state == "sent"


def test_a_call_works_where_a_journey_file_is_broken(own_site: Path, make_app: Callable[..., Flask]) -> None:
    (own_site / "journeys/moving.yaml").write_text("journey: [", encoding="utf-8")
    visitor = Visitor(make_app(site=own_site).test_client()).arrives().goes_to("/journeys/moving")
    assert visitor.page.screen == "error"
    assert visitor.calls().page.all(data_call_open="")


def test_a_call_works_where_what_was_kept_of_a_journey_cannot_be_read(
    own_site: Path, make_app: Callable[..., Flask]
) -> None:
    app = make_app(site=own_site)
    visitor = Visitor(app.test_client()).arrives().begins("moving")
    (own_site / "journeys/moving.yaml").unlink()
    with app.extensions["house"].database.write() as connection:
        connection.execute(update(version).values(text="{"))
    app.extensions["house"].shelf.refresh()
    assert visitor.goes_to("/visit/1/destination").page.status == 500
    from_there = {**OURS, "Referer": "http://localhost/visit/1/destination"}
    assert visitor.client.post("/call", headers=from_there).status_code == 303
    assert visitor.goes_to("/").page.all(data_call_open="")


def test_a_call_works_while_printing_and_delivering_fail(visitor: Visitor, clock: Clock, app: Flask) -> None:
    example = longest_example("moving")
    clock.now = datetime.combine(example.today, time(9), UTC)
    visitor.arrives().begins("moving").fills_in(example.answers).confirms().presses("print")
    with app.extensions["house"].database.write() as connection:
        connection.execute(update(print_).values(state="failed"))
        connection.execute(update(outbox).values(attempts=9, reason="the case system is away"))
    assert "Printen lukt nu niet" in visitor.goes_to("/visit").page.text
    assert visitor.calls().page.all(data_call_open="")
