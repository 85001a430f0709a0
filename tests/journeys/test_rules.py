"""Conditions, days and terms."""

from datetime import date

import pytest

from kiosk.journeys.rules import Day, Rounds, age, bound, compare, holds, shifted

EASTER = Day(date(2027, 3, 24), frozenset({date(2027, 3, 29)}))
ANSWERS = {
    "pet": "yes",
    "legs": 4,
    "price": "12.50",
    "birth": "2011-03-31",
    "likes": ["milk"],
    "none": None,
    "relation": Rounds(["self", "child"]),
}

TRUE = [
    {},
    {"pet": "yes"},
    {"pet": ["no", "yes"]},
    {"pet": "yes", "legs": 4},
    {"legs": {"above": 3, "below": 5}},
    {"price": {"above": 12}},
    {"birth": {"before": "today", "after": "2000-01-01"}},
    {"birth": {"age_below": 16}},
    {"likes": {"includes": "milk"}},
    {"none": {"answered": False}},
    {"nowhere": {"answered": False}},
    {"legs": {"answered": True}},
    {"relation": "child"},
    {"not": {"relation": "other"}},
    {"any": [{"pet": "no"}, {"legs": {"is": 4}}]},
    {"all": [{"pet": "yes"}, {"not": [{"pet": "no"}, {"legs": 4}]}]},
]
FALSE = [
    {"pet": "no"},
    {"pet": "yes", "legs": 5},
    {"legs": {"above": 4}},
    {"price": {"below": 12.5}},
    {"none": {"below": 3}},
    {"nowhere": "yes"},
    {"none": {"answered": True}},
    {"birth": {"after": "today - 10 years"}},
    {"likes": {"includes": "fish"}},
    {"any": [{"pet": "no"}, {"legs": 5}]},
    {"not": {"relation": "self"}},
]


@pytest.mark.parametrize("condition", TRUE, ids=str)
def test_a_condition_that_fits_the_answers_holds(condition):
    assert holds(condition, ANSWERS, EASTER)


@pytest.mark.parametrize("condition", FALSE, ids=str)
def test_a_condition_that_does_not_fit_fails(condition):
    assert not holds(condition, ANSWERS, EASTER)


@pytest.mark.parametrize(
    ("moved", "today", "overdue"),
    [
        ("2027-03-22", "2027-03-31", True),  # the fifth day is Saturday 27 March; Monday 29 is a holiday
        ("2027-03-22", "2027-03-30", False),
        ("2027-03-23", "2027-03-30", False),
        ("2027-04-01", "2027-04-06", False),
        ("2027-04-01", "2027-04-07", True),
    ],
)
def test_a_term_that_ends_on_a_free_day_ends_on_the_next_working_day(moved, today, overdue):
    day = Day(date.fromisoformat(today), EASTER.holidays)
    assert compare(moved, {"overdue": "5 days"}, day) is overdue


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", "2027-03-31"),
        ("today + 28 days", "2027-04-28"),
        ("today - 1 month", "2027-02-28"),
        ("today + 2 weeks", "2027-04-14"),
        ("today - 16 years", "2011-03-31"),
        ("2027-01-01", "2027-01-01"),
    ],
)
def test_a_bound_is_a_date(text, day):
    assert bound(text, date(2027, 3, 31)) == date.fromisoformat(day)


@pytest.mark.parametrize("text", ["tomorrow", "today + 5", "today +5 days", "31-3-2027", ""])
def test_anything_else_is_no_bound(text):
    with pytest.raises(ValueError, match="write"):
        bound(text, date(2027, 3, 31))


@pytest.mark.parametrize(
    ("birth", "years"), [("2011-04-01", 15), ("2011-03-31", 16), ("2008-02-29", 19), ("1960", 67)]
)
def test_age_is_counted_in_whole_years(birth, years):
    assert age(birth, date(2027, 3, 31)) == years


def test_a_leap_day_has_its_birthday_in_march():
    assert (age("2008-02-29", date(2027, 2, 28)), age("2008-02-29", date(2027, 3, 1))) == (18, 19)


def test_a_year_after_a_leap_day_is_the_last_of_february():
    assert shifted(date(2028, 2, 29), "1 year") == date(2029, 2, 28)
