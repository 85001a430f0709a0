"""By when staff must have acted."""

from datetime import date

import pytest

from kiosk.journeys.deadlines import due
from kiosk.journeys.rules import Day, last_day
from tests.fixtures.journeys import WEDNESDAY, at, tiny

EASTER = Day(date(2027, 3, 25), frozenset({date(2027, 3, 26), date(2027, 3, 29)}))


def due_for(**answers):
    """The day that is promised to somebody who asked on Wednesday 31 March 2027."""
    version = tiny("deadlines")
    return due(version.journey, at(version, **answers), WEDNESDAY.today, WEDNESDAY)


@pytest.mark.parametrize(
    ("asked", "term", "last"),
    [
        ("2027-03-22", "3 working days", "2027-03-25"),
        ("2027-03-25", "1 working day", "2027-03-30"),
        ("2027-03-20", "1 working day", "2027-03-22"),
        ("2027-03-19", "3 working days", "2027-03-24"),
        ("2027-03-01", "4 weeks", "2027-03-30"),
        ("2027-03-22", "10 days", "2027-04-01"),
    ],
)
def test_a_term_ends_on_a_day_that_is_open(asked, term, last):
    assert last_day(date.fromisoformat(asked), term, EASTER) == date.fromisoformat(last)


def test_the_first_deadline_that_holds_counts():
    assert due_for(urgent="yes") == date(2027, 4, 5)
    assert due_for(urgent="no") == date(2027, 4, 28)


def test_somebody_who_is_referred_has_a_deadline_too():
    assert due_for(urgent="unknown") == date(2027, 4, 28)


def test_nothing_is_promised_before_all_is_answered():
    assert due_for() is None


def test_a_journey_without_deadlines_promises_no_day():
    version = tiny("plain")
    assert due(version.journey, at(version, colour="red"), WEDNESDAY.today, WEDNESDAY) is None
