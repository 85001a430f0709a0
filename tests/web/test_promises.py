"""The clock starts when people ask: the day is recorded, told to them, and red at the console when near."""

from datetime import UTC, datetime, time, timedelta

import pytest
from babel.dates import format_date

from kiosk.journeys.pieces import Example
from tests.fixtures.apps import Clock
from tests.fixtures.municipality import EXAMPLES, name_of
from tests.fixtures.visitors import Official, Visitor

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


@pytest.mark.parametrize(("days", "urgency"), [(-7, ""), (0, "near"), (1, "past"), (3, "past")])
def test_the_console_says_how_near_it_is(
    visitor: Visitor, official: Official, clock: Clock, days: int, urgency: str
) -> None:
    journey, example = next(pair for pair in PROMISED if (pair[1].due - pair[1].today).days > 14)
    asks(visitor, clock, journey, example)
    clock.now = datetime.combine(example.due + timedelta(days=days), time(9), UTC)
    official.signs_in("anna")
    (row,) = official.goes_to("/console/errands").page.all(data_errand="")
    assert row.get("data-due") == urgency
    assert ("Te laat" in official.page.text) == (urgency == "past")
