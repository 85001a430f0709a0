"""Together: who was called sees the citizen's screen in Dutch, because the citizen chose that."""

from datetime import UTC, datetime, time

import pytest
from flask import Flask

from kiosk.records import visits
from tests.fixtures.apps import Clock
from tests.fixtures.municipality import longest_example
from tests.fixtures.pages import words
from tests.fixtures.visitors import Official, Visitor


@pytest.fixture
def together(visitor: Visitor) -> Visitor:
    """A citizen who does it together, in Arabic."""
    return visitor.arrives().speaks("ar").begins("moving", "together")


@pytest.fixture
def helper(official: Official, together: Visitor) -> Official:
    """The official who took that call."""
    return official.goes_on_duty().goes_to("/console/").presses("claim")  # type: ignore[return-value]


def test_the_official_sees_the_question_in_dutch(helper: Official, together: Visitor) -> None:
    helper.presses("along")
    assert helper.page.screen == "along"
    assert "Waar gaat u wonen?" in helper.page.text


def test_what_the_citizen_answers_is_seen(helper: Official, together: Visitor) -> None:
    helper.presses("along")
    together.answers("here")
    helper.goes_to(helper.page.path)
    assert "In Waterhoven" in helper.summary["destination"]
    assert "Waar woont u nu?" in helper.page.text


def test_the_part_that_changes_comes_alone(helper: Official, together: Visitor) -> None:
    helper.presses("along")
    answer = helper.client.get(helper.page.path, headers={"HX-Request": "true"})
    assert b"<html" not in answer.data and b"Waar gaat u wonen?" in answer.data


def test_nobody_looks_along_who_did_not_take_the_call(helper: Official, app: Flask) -> None:
    address = helper.presses("along").page.path
    hana = Official(app.test_client()).signs_in("hana")
    assert hana.goes_to(address).page.status == 404


def test_nobody_looks_along_where_the_citizen_goes_alone(visitor: Visitor, official: Official) -> None:
    official.goes_on_duty()
    visitor.arrives().begins("moving").calls()
    official.goes_to("/console/").presses("claim")
    assert not official.page.all(data_action="along")
    call = official.page.one(data_call="").get("data-call")
    assert official.goes_to(f"/console/calls/{call}/screen").page.status == 404


def test_looking_ends_with_the_call(helper: Official, together: Visitor) -> None:
    address = helper.presses("along").page.path
    together.sends("/call/cancel")
    assert helper.goes_to(address).page.status == 404


def test_looking_ends_when_the_citizen_goes_on_alone(helper: Official, together: Visitor) -> None:
    address = helper.presses("along").page.path
    together.sends("/visit/1/way", way="guided")
    assert helper.goes_to(address).page.status == 404


WHY = "Gaat eerst een maand logeren; ik heb het nagekeken."


def test_the_official_lets_the_citizen_past_a_kind_stop(helper: Official, together: Visitor) -> None:
    together.answers("elsewhere")
    assert together.page.screen == "stop"
    page = helper.presses("along").presses("let-past").page
    assert "Geef dit door aan uw nieuwe gemeente." in page.text
    helper.sends(page.path, end="other_municipality", why=WHY)
    assert helper.page.screen == "along"
    assert together.goes_to("/visit").page.screen == "step"


def test_a_reason_is_asked_for_where_it_is_missing(helper: Official, together: Visitor) -> None:
    together.answers("elsewhere")
    helper.presses("along").presses("let-past").sends(helper.page.path, end="other_municipality", why="  ")
    assert helper.page.status == 422 and helper.errors["why"]
    assert together.goes_to("/visit").page.screen == "stop"


def test_only_the_end_that_was_read_is_overruled(helper: Official, together: Visitor) -> None:
    together.answers("elsewhere")
    address = helper.presses("along").presses("let-past").page.path
    together.goes_to("/visit/1/destination").answers("unsure")
    helper.sends(address, end="other_municipality", why=WHY)
    assert together.goes_to("/visit").page.screen == "refer"


def test_a_rule_that_always_holds_is_not_offered(helper: Official, together: Visitor) -> None:
    together.answers("here", "netherlands", "no")
    along = helper.presses("along").page
    assert not along.all(data_action="let-past")
    helper.sends(along.path.replace("screen", "overrule"), end="too_young", why=WHY)
    assert together.goes_to("/visit").page.screen == "refer"


EXAMPLE = longest_example("moving")
SOON, TOO_SOON, NO_DAY = "15 4 2027", "1 8 2027", "31 2 2027"


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime.combine(EXAMPLE.today, time(9), UTC))


@pytest.fixture
def at_date(together: Visitor, helper: Official) -> str:
    """Where the official gives the citizen, who is asked when they move, a date beyond its limit."""
    while together.page.step != "date":
        together.fills_screen(EXAMPLE.answers)
    return helper.presses("along").presses("past-limit").page.path


def gives(helper: Official, address: str, date: str, why: str = WHY, key: str = "date") -> Official:
    return helper.sends(address, key=key, date=date, why=why)  # type: ignore[return-value]


def test_the_official_lets_an_answer_pass_beyond_its_limit_and_the_reason_stays(
    helper: Official, together: Visitor, at_date: str, app: Flask
) -> None:
    together.answers(TOO_SOON)
    assert together.page.status == 422
    assert gives(helper, at_date, TOO_SOON).page.screen == "along"
    assert together.goes_to("/visit").page.step not in ("", "date")
    together.fills_in(EXAMPLE.answers).confirms()
    with app.extensions["house"].database.read() as connection:
        (errand,) = visits.to_handle(connection)
    told = words(helper.goes_to(f"/console/errands/{errand.id}").page.one(data_handled="overrule"))
    assert told.startswith("Anna") and WHY in told
    assert WHY not in together.page.text


@pytest.mark.parametrize(("date", "why", "field"), [(NO_DAY, WHY, "date"), (TOO_SOON, " ", "why")])
def test_what_is_no_day_and_what_has_no_reason_is_asked_again(
    helper: Official, together: Visitor, at_date: str, date: str, why: str, field: str
) -> None:
    page = gives(helper, at_date, date, why).page
    assert (page.status, list(helper.errors)) == (422, [field])
    assert together.goes_to("/visit").page.step == "date"


def test_the_citizen_who_stays_with_it_is_let_on_and_who_changes_it_is_held_to_the_limit(
    helper: Official, together: Visitor, at_date: str
) -> None:
    gives(helper, at_date, TOO_SOON)
    assert together.goes_to("/visit/1/date").answers(TOO_SOON).page.step != "date"
    assert together.goes_to("/visit/1/date").answers("2 8 2027").page.status == 422


def test_nobody_but_the_official_reads_beyond_a_limit(
    helper: Official, together: Visitor, at_date: str, app: Flask
) -> None:
    together.sends("/visit/1/date", date=TOO_SOON, why=WHY, key="date", by="anna")
    assert together.page.status == 422
    assert gives(together, at_date, TOO_SOON).page.path.startswith("/console/sign-in")  # type: ignore[arg-type]
    hana = Official(app.test_client()).signs_in("hana")
    assert gives(hana, at_date, TOO_SOON).page.status == 403
    assert together.goes_to("/visit").page.step == "date"


def test_only_the_question_that_was_read_is_answered(
    helper: Official, together: Visitor, at_date: str
) -> None:
    together.answers(SOON)
    gives(helper, at_date, TOO_SOON)
    gives(helper, at_date, TOO_SOON, key=together.goes_to("/visit").page.step)
    assert together.goes_to("/visit/1/date").answers(SOON).page.status == 200
