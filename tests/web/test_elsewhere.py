"""Going on elsewhere: any step, any device, with a code and a number that the citizen chose."""

from collections.abc import Callable
from datetime import UTC, datetime, time

import pytest
from flask import Flask

from kiosk.records import calls, kiosks
from tests.fixtures.apps import Clock
from tests.fixtures.municipality import LANGUAGES, VERSIONS, longest_example
from tests.fixtures.pages import words
from tests.fixtures.visitors import OURS, Visitor

NUMBER = "5073"
EXAMPLE = longest_example("moving")


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime.combine(EXAMPLE.today, time(9), UTC))


@pytest.fixture
def moving(visitor: Visitor) -> Visitor:
    return visitor.arrives("zuil-1").begins("moving").answers("here")


def leaves(visitor: Visitor, number: str = NUMBER) -> str:
    """Stop, choose to go on later, and read the code off the screen."""
    visitor.presses("end").presses("later").sends("/visit/later", number=number)
    assert visitor.page.screen == "later-code"
    return words(visitor.page.one(data_code=""))


def comes_back(visitor: Visitor, code: str, number: str = NUMBER) -> Visitor:
    """Type the code at a kiosk, and then the number it asks for."""
    visitor.presses("resume").sends("/visit/resume", code=code)
    assert visitor.page.screen == "later-number"
    return types_number(visitor, number)


def types_number(visitor: Visitor, number: str = NUMBER) -> Visitor:
    """Type the number on the page that asks for it."""
    form = visitor.page.one("form", id="step")
    inputs = (each for each in form.iter() if each.get("name"))
    hidden = {each.get("name", ""): each.get("value", "") for each in inputs}
    return visitor.sends(form.get("action", ""), **{**hidden, "number": number})


@pytest.fixture
def phone(make_app: Callable[..., Flask], app: Flask) -> Callable[[], Visitor]:
    """A new browser that is no kiosk, in a town hall where kiosks are enrolled."""
    real = make_app(demo=False)
    return lambda: Visitor(real.test_client())


@pytest.fixture
def enrolled(make_app: Callable[..., Flask]) -> Callable[[str], Visitor]:
    """A browser that is an enrolled kiosk, for real."""
    real = make_app(demo=False)

    def at(name: str) -> Visitor:
        house = real.extensions["house"]
        with house.database.write() as connection:
            token = kiosks.enrol(connection, name, house.clock())
        visitor = Visitor(real.test_client())
        visitor.client.set_cookie("kiosk", token)
        return visitor.arrives()

    return at


def test_who_leaves_goes_on_at_another_kiosk_where_they_were(
    moving: Visitor, new_visitor: Callable[[], Visitor]
) -> None:
    where = moving.page.path
    code = leaves(moving)
    assert moving.goes_to("/visit").page.screen == "start"
    other = new_visitor().arrives("zuil-2")
    assert comes_back(other, code).page.path == where


@pytest.mark.parametrize("name", [version.journey.name for version in VERSIONS])
def test_every_screen_of_every_journey_can_be_left_and_taken_up(
    visitor: Visitor, clock: Clock, name: str
) -> None:
    example = longest_example(name)
    clock.now = datetime.combine(example.today, time(9), UTC)
    visitor.arrives("zuil-1").begins(name)
    while visitor.page.screen == "step":
        where = visitor.page.path
        code = leaves(visitor)
        comes_back(visitor.arrives(), code)
        assert visitor.page.path == where
        visitor.fills_screen(example.answers)
    assert visitor.page.screen in ("review", "refer", "stop", "suggest", "done")


def test_a_code_works_once(moving: Visitor, new_visitor: Callable[[], Visitor]) -> None:
    code = leaves(moving)
    comes_back(new_visitor().arrives(), code)
    again = comes_back(new_visitor().arrives(), code)
    assert (again.page.status, again.page.screen) == (422, "later-number")


def test_a_wrong_number_reads_like_a_code_that_does_not_exist(
    moving: Visitor, new_visitor: Callable[[], Visitor]
) -> None:
    code = leaves(moving)
    wrong = comes_back(new_visitor().arrives(), code, "0000").page
    unknown = comes_back(new_visitor().arrives(), "2222 2222").page
    assert wrong.status == unknown.status == 422
    assert words(wrong.one("main")) == words(unknown.one("main"))


@pytest.mark.parametrize("number", ["", "123", "12345", "abcd", "١٢٣٤"])
def test_another_number_than_four_digits_is_asked_again_and_nothing_is_lost(
    moving: Visitor, number: str
) -> None:
    page = moving.presses("end").presses("later").sends("/visit/later", number=number).page
    assert (page.status, page.screen) == (422, "later")
    assert moving.goes_to("/visit").page.step


def test_after_a_week_the_answers_are_gone(
    moving: Visitor, new_visitor: Callable[[], Visitor], clock: Clock
) -> None:
    code = leaves(moving)
    clock.forward(days=7, minutes=1)
    assert comes_back(new_visitor().arrives(), code).page.status == 422


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_day_until_which_it_waits_is_said_in_every_language(moving: Visitor, language: str) -> None:
    moving.speaks(language).presses("end").presses("later")
    assert {"nl": "woensdag 7 april", "en": "Wednesday 7 April"}.get(language, "أبريل") in words(
        moving.page.one("main")
    )


def test_the_code_leaves_the_screen_with_a_tap(moving: Visitor) -> None:
    code = leaves(moving)
    moving.presses("cover")
    assert code not in words(moving.page.one("body"))
    assert moving.goes_to("/visit/later/code").page.screen == "start"


@pytest.mark.parametrize("leave", ["park", "later"])
def test_a_code_that_is_left_on_the_screen_leaves_it_by_itself(moving: Visitor, leave: str) -> None:
    code = leaves(moving) if leave == "later" else words(moving.presses("park").page.one(data_code=""))
    seconds = int(moving.page.headers["Refresh"])
    assert 60 < seconds < 600
    for cookie in ("parked", "later"):
        moving.client.delete_cookie(cookie)  # as the browser does by then
    assert code not in words(moving.goes_to(moving.page.path).page.one("body"))


# On a phone


def test_a_phone_goes_on_with_the_number_and_is_no_kiosk(
    enrolled: Callable[[str], Visitor], phone: Callable[[], Visitor], clock: Clock
) -> None:
    kiosk = enrolled("zuil-1").begins("moving").answers("here")
    code = leaves(kiosk).replace(" ", "")
    theirs = phone().goes_to(f"/later/{code}")
    assert types_number(theirs).page.step
    clock.forward(minutes=90)
    enrolled("zuil-1").begins("money")  # the next citizen at that kiosk
    assert theirs.goes_to("/visit").page.step
    assert not theirs.page.all(id="idle")
    assert not theirs.page.all(data_action="call")
    assert theirs.page.one(data_action="ring").get("href", "").startswith("tel:")


def test_a_phone_offers_nothing_for_which_somebody_must_come(
    enrolled: Callable[[str], Visitor], phone: Callable[[], Visitor]
) -> None:
    code = leaves(enrolled("zuil-1").begins("moving").answers("here")).replace(" ", "")
    theirs = types_number(phone().goes_to(f"/later/{code}"))
    assert not theirs.goes_to("/").page.all(data_action="talk")
    for path in ("/journeys/extract", "/visit/1/hub"):
        ways = {each.get("data-way") for each in theirs.goes_to(path).page.all(data_way="")}
        assert ways and "together" not in ways
    assert theirs.sends("/visit/1/way", way="together").page.status == 404


@pytest.mark.parametrize("path", ["/", "/visit/1/origin"])
def test_a_kiosk_never_shows_a_page_that_was_made_for_a_phone(
    visitor: Visitor, new_visitor: Callable[[], Visitor], path: str
) -> None:
    code = leaves(visitor.arrives().begins("moving").answers("here")).replace(" ", "")
    theirs, here = new_visitor(), new_visitor().arrives().begins("moving").answers("here")
    types_number(theirs.goes_to(f"/later/{code}")).goes_to(path)
    here.goes_to(path)
    assert theirs.page.path == here.page.path == path
    assert theirs.page.all(data_action="ring") and not theirs.page.all(id="idle")
    assert here.page.all(data_action="call") and here.page.all(id="idle")


def test_nobody_is_sent_to_a_kiosk_that_the_citizen_has_left(
    enrolled: Callable[[str], Visitor], phone: Callable[[], Visitor], app: Flask
) -> None:
    code = leaves(enrolled("zuil-1").begins("moving").answers("here")).replace(" ", "")
    theirs = types_number(phone().goes_to(f"/later/{code}"))
    theirs.client.post("/call", headers=OURS)
    with app.extensions["house"].database.read() as connection:
        assert calls.open_calls(connection) == []


def test_a_kiosk_that_opens_the_address_of_a_phone_stays_a_kiosk(enrolled: Callable[[str], Visitor]) -> None:
    code = leaves(enrolled("zuil-1").begins("moving").answers("here")).replace(" ", "")
    other = types_number(enrolled("zuil-2").goes_to(f"/later/{code}"))
    assert other.page.all(data_action="call")


def test_a_phone_is_asked_for_a_number_whether_there_is_such_a_code_or_not(
    enrolled: Callable[[str], Visitor], phone: Callable[[], Visitor]
) -> None:
    code = leaves(enrolled("zuil-1").begins("moving").answers("here")).replace(" ", "")
    known, unknown = (phone().goes_to(f"/later/{each}").page for each in (code, "22222222"))
    assert words(known.one("main")) == words(unknown.one("main"))


def test_the_picture_for_the_phone_says_an_address_without_anything_personal(moving: Visitor) -> None:
    code = leaves(moving)
    assert 'class="qr"' in moving.page.html
    assert code.replace(" ", "") not in moving.page.path
