"""The clock starts when people ask: the day is recorded, told to them, and red at the console when near."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from babel.dates import format_date

from kiosk.journeys.pieces import Example
from kiosk.journeys.rules import Day
from kiosk.web import promises
from tests.fixtures.apps import Clock
from tests.fixtures.municipality import EXAMPLES, name_of
from tests.fixtures.pages import words
from tests.fixtures.visitors import Official, Visitor

pytestmark = pytest.mark.either_database

PROMISED = [(journey, each) for journey, each in EXAMPLES if each.due]


def asks(visitor: Visitor, clock: Clock, journey: str, example: Example) -> None:
    clock.now = datetime.combine(example.today, time(9), UTC)
    visitor.arrives().begins(journey).fills_in(example.answers)
    visitor.presses("refer" if visitor.page.screen == "refer" else "confirm")


@pytest.mark.parametrize(("journey", "example"), PROMISED, ids=name_of)
def test_the_day_is_told_to_both(
    visitor: Visitor, official: Official, clock: Clock, journey: str, example: Example
) -> None:
    asks(visitor, clock, journey, example)
    day = format_date(example.due, "d MMMM", locale="nl")
    assert day in visitor.page.text
    official.signs_in("anna")
    assert day in official.goes_to("/console/errands").page.text


LATER = next(pair for pair in PROMISED if (pair[1].due - pair[1].today).days > 14)


@pytest.mark.parametrize(
    ("days", "urgency", "said"),
    [(-7, "", "Uiterlijk"), (-1, "near", "Morgen:"), (0, "near", "Vandaag:"), (1, "past", "Te laat:")],
)
def test_the_console_says_in_words_how_near_it_is(
    visitor: Visitor, official: Official, clock: Clock, days: int, urgency: str, said: str
) -> None:
    _, example = LATER
    asks(visitor, clock, *LATER)
    clock.now = datetime.combine(example.due + timedelta(days=days), time(9), UTC)
    row = official.signs_in("anna").goes_to("/console/errands").page.one(data_errand="")
    assert (row.get("data-due"), said in words(row)) == (urgency, True)
    sheet = official.presses("open").page.one("p", data_due=urgency)
    assert words(sheet).startswith(said)


def test_what_is_done_with_presses_no_longer(visitor: Visitor, official: Official, clock: Clock) -> None:
    _, example = LATER
    asks(visitor, clock, *LATER)
    clock.now = datetime.combine(example.due + timedelta(days=1), time(9), UTC)
    official.signs_in("anna").goes_to("/console/errands").presses("open").presses("process")
    assert words(official.page.one("p", data_due="")).startswith("Uiterlijk")


def test_an_arranged_errand_stays_in_the_list_until_it_is_processed(
    visitor: Visitor, official: Official, clock: Clock
) -> None:
    asks(visitor, clock, *next(pair for pair in PROMISED if pair[1].ends == "arranged"))
    official.signs_in("anna").goes_to("/console/errands")
    assert official.page.one("li", data_errand="").get("data-errand-state") == "arranged"
    official.presses("open").presses("process")
    assert not official.goes_to("/console/errands").page.all("li", data_errand="")


def test_a_friday_is_near_to_the_monday_after_it_and_to_tuesday_when_that_is_a_holiday() -> None:
    friday, monday, tuesday = date(2027, 3, 5), date(2027, 3, 8), date(2027, 3, 9)
    assert [promises.urgency(each, Day(friday)) for each in (monday, tuesday)] == ["near", ""]
    assert promises.urgency(tuesday, Day(friday, frozenset({monday}))) == "near"
