"""A visit that was put aside is opened at the desk: by code and number, to look along and no more."""

from collections.abc import Callable

import pytest
from flask import Flask

from kiosk.records import calls
from kiosk.records.calls import Call
from tests.fixtures.pages import words
from tests.fixtures.visitors import Official, Visitor

NUMBER = "5073"


@pytest.fixture
def away(visitor: Visitor) -> Visitor:
    """Somebody who speaks Arabic, gave one answer, and left with a code."""
    visitor.arrives("zuil-1").speaks("ar").begins("moving").answers("here")
    visitor.presses("end").presses("later").sends("/visit/later", number=NUMBER)
    return visitor


@pytest.fixture
def code(away: Visitor) -> str:
    return words(away.page.one(data_code=""))


@pytest.fixture
def staff_of(app: Flask) -> Callable[[str], Official]:
    return lambda name: Official(app.test_client()).signs_in(name)  # type: ignore[return-value]


def opens(official: Official, code: str, number: str = NUMBER) -> Official:
    """Type what the citizen says."""
    official.goes_to("/console/errands").presses("by-code")
    official.sends("/console/visits/", code=code, number=number)
    return official


def open_calls(app: Flask) -> list[Call]:
    with app.extensions["house"].database.read() as connection:
        return calls.open_calls(connection)


def goes_on(visitor: Visitor, code: str) -> Visitor:
    return visitor.sends("/visit/resume", code=code, number=NUMBER)


def test_the_official_sees_in_both_languages_how_far_the_citizen_is(official: Official, code: str) -> None:
    opens(official, code)
    assert official.page.screen == "along" and official.page.one(data_level="along") is not None
    assert "In Waterhoven" in official.summary["destination"]
    assert [each.get("lang") for each in official.page.all("section", data_asked="")] == ["ar", "nl"]
    assert not official.page.all("form", data_step="")


def test_the_citizen_goes_on_with_the_same_code_sees_who_looks_along_and_ends_it(
    official: Official, code: str, new_visitor: Callable[[], Visitor]
) -> None:
    address = opens(official, code).page.path
    citizen = goes_on(new_visitor().arrives("zuil-2"), code)
    assert citizen.page.step and citizen.page.one(data_sharing="along") is not None
    citizen.presses("stop-sharing")
    assert not official.goes_to(address).summary


def test_nobody_is_sent_to_the_kiosk(official: Official, code: str, app: Flask) -> None:
    opens(official, code)
    (call,) = open_calls(app)
    assert (call.state, call.taken_by, call.rang) == ("here", "anna", 0)


def test_it_ends_when_the_official_is_done_and_the_code_stays_good(
    official: Official, code: str, new_visitor: Callable[[], Visitor]
) -> None:
    address = opens(official, code).page.path
    official.goes_to("/console/").presses("resolve")
    assert official.goes_to(address).page.status == 404
    assert goes_on(new_visitor().arrives(), code).page.step


def test_who_was_given_the_code_last_sees_it(
    official: Official, code: str, staff_of: Callable[[str], Official], app: Flask
) -> None:
    address = opens(official, code).page.path
    opens(official, code)
    assert official.page.path == address
    assert opens(staff_of("bram"), code).summary
    assert official.goes_to(address).page.status == 404
    assert len(open_calls(app)) == 1


def test_a_wrong_number_reads_like_a_code_that_does_not_exist(
    official: Official, code: str, app: Flask
) -> None:
    wrong, unknown = opens(official, code, "0000").page, opens(official, "2222 2222").page
    assert wrong.status == unknown.status == 422
    assert official.errors.keys() == {"code"}
    assert words(wrong.one("main")) == words(unknown.one("main"))
    assert NUMBER not in wrong.html and open_calls(app) == []


def test_after_five_wrong_numbers_the_right_one_opens_nothing(official: Official, code: str) -> None:
    for _ in range(5):
        opens(official, code, "0000")
    assert opens(official, code).page.status == 422


def test_a_supervisor_reads_who_looked_along(
    official: Official, code: str, staff_of: Callable[[str], Official]
) -> None:
    opens(official, code)
    (row,) = staff_of("chris").goes_to("/console/disclosures").page.all(data_disclosure="")
    assert "Anna" in words(row) and "Meegekeken met code en getal" in words(row)


@pytest.mark.parametrize("name", ["hana", "chris"])
def test_only_an_official_opens(staff_of: Callable[[str], Official], code: str, name: str) -> None:
    member = staff_of(name)
    assert not member.goes_to("/console/errands").page.all(data_action="by-code")
    assert member.sends("/console/visits/", code=code, number=NUMBER).page.status == 403


def test_a_visit_without_a_question_is_opened_too(official: Official, visitor: Visitor) -> None:
    visitor.arrives("zuil-1").speaks("en").presses("end").presses("later")
    visitor.sends("/visit/later", number=NUMBER)
    opens(official, words(visitor.page.one(data_code="")))
    assert "De burger heeft nog geen vraag gekozen." in official.page.text
