"""The three ways over one file: the same questions, the same summary, changed at any step."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any

import pytest

from kiosk.journeys.files import Version
from kiosk.journeys.pieces import Example
from tests.fixtures.apps import Clock
from tests.fixtures.municipality import EXAMPLES, VERSIONS, longest_example, name_of
from tests.fixtures.visitors import Official, Visitor

pytestmark = pytest.mark.either_database

REVIEWED = [each for each in EXAMPLES if each[1].ends in ("prepared", "arranged")]
EXPRESS = [each for each in VERSIONS if "express" in each.journey.ways]
TOGETHER = [each for each in VERSIONS if "together" in each.journey.ways]


def on_the_day(clock: Clock, example: Example) -> None:
    clock.now = datetime.combine(example.today, time(9), UTC)


def ways_of(journey: str) -> tuple[str, ...]:
    return next(each.journey.ways for each in VERSIONS if each.journey.name == journey)


@pytest.mark.parametrize(("journey", "example"), REVIEWED, ids=name_of)
def test_every_way_leads_to_the_same_summary(
    new_visitor: Callable[[], Visitor], clock: Clock, journey: str, example: Example
) -> None:
    on_the_day(clock, example)
    told = {}
    for way in ways_of(journey):
        visitor = new_visitor().arrives().begins(journey, way).fills_in(example.answers)
        assert visitor.page.screen == "review", (way, visitor.page.path, visitor.errors)
        told[way] = visitor.summary
    assert len({tuple(each.items()) for each in told.values()}) == 1


@pytest.mark.parametrize("version", EXPRESS, ids=name_of)
def test_express_takes_at_most_half_the_screens(visitor: Visitor, clock: Clock, version: Version) -> None:
    example = longest_example(version.journey.name)
    on_the_day(clock, example)

    def screens(way: str) -> int:
        visitor.arrives().begins(version.journey.name, way)
        seen = 0
        while visitor.page.screen in ("step", "part"):
            visitor.fills_screen(example.answers)
            seen += 1
        visitor.stops()
        return seen

    assert screens("express") <= screens("guided") / 2


@pytest.mark.parametrize("version", EXPRESS, ids=name_of)
def test_the_way_can_be_changed_at_every_screen(visitor: Visitor, clock: Clock, version: Version) -> None:
    example = longest_example(version.journey.name)
    on_the_day(clock, example)
    visitor.arrives().begins(version.journey.name, "guided")
    ways = ["express", "guided"] * 100
    while visitor.page.screen in ("step", "part"):
        visitor.fills_screen(example.answers)
        if visitor.page.screen in ("step", "part"):
            visitor.sends("/visit/1/way", way=ways.pop(0))
    assert visitor.page.screen == "review"
    guided = visitor.summary
    visitor.stops().arrives().begins(version.journey.name, "guided").fills_in(example.answers)
    assert visitor.summary == guided


@pytest.mark.parametrize("version", TOGETHER, ids=name_of)
def test_together_calls_a_person_at_once(visitor: Visitor, official: Official, version: Version) -> None:
    official.goes_on_duty()
    visitor.arrives().begins(version.journey.name, "together")
    assert visitor.page.one(data_call_state="sent") is not None
    assert official.goes_to("/console/").page.all(data_call="")


def test_turning_to_together_calls_once(visitor: Visitor, official: Official) -> None:
    official.goes_on_duty()
    visitor.arrives().begins("moving", "guided").answers("here")
    for _ in range(2):
        visitor.sends("/visit/1/way", way="together")
    assert len(official.goes_to("/console/").page.all(data_call="")) == 1


def test_a_way_that_is_not_offered_is_no_way(visitor: Visitor) -> None:
    visitor.arrives().begins("moving")
    assert visitor.sends("/visit/1/way", way="flying").page.status == 404
    assert visitor.sends("/visits", journey="wayfinder", way="express").page.status == 404


def test_what_is_right_on_a_part_is_kept_when_something_else_is_not(visitor: Visitor) -> None:
    visitor.arrives().begins("moving", "express").sends(
        "/visit/1/house", destination="here", origin="nonsense"
    )
    assert visitor.page.status == 422 and visitor.errors
    checked = [
        each.get("value")
        for each in visitor.goes_to("/visit/1/house").page.all("input")
        if each.get("checked") is not None
    ]
    assert checked == ["here"]


@pytest.mark.parametrize("key", ["people.7", "people", "new_address.2", "people.0", "house.x"])
def test_a_part_that_is_not_at_hand_sends_you_to_where_you_are(visitor: Visitor, key: str) -> None:
    first = visitor.arrives().begins("moving", "express").page.path
    page = visitor.goes_to(f"/visit/1/{key}").page
    assert page.path == first or page.status == 404


@pytest.mark.norm("COG-14")
def test_the_overview_shows_every_answer_and_each_can_be_changed(visitor: Visitor) -> None:
    visitor.arrives().begins("moving").answers("here", "netherlands").presses("overview")
    assert visitor.page.screen == "hub"
    assert set(visitor.summary) == {"destination", "origin"}
    visitor.changes("destination").answers("elsewhere")
    assert visitor.page.screen == "stop"


def test_the_overview_leads_to_a_part(visitor: Visitor) -> None:
    visitor.arrives().begins("moving").answers("here").presses("overview").presses("part")
    assert visitor.page.path == "/visit/1/origin"


def test_a_way_says_how_long_people_wait(visitor: Visitor, official: Official, clock: Clock) -> None:
    visitor.arrives()
    assert "Er is nu niemand vrij" in visitor.goes_to("/journeys/moving").page.text
    official.goes_on_duty()
    assert "Er is nu iemand" in visitor.goes_to("/journeys/moving").page.text


def test_the_wait_is_told_from_real_times(
    new_visitor: Callable[[], Visitor], official: Official, clock: Clock
) -> None:
    official.goes_on_duty()
    for seconds in (60, 90, 120, 170):
        citizen = new_visitor().arrives().begins("moving").calls()
        clock.forward(seconds=seconds)
        official.goes_to("/console/").presses("claim").presses("resolve")
        citizen.stops()
    assert "Wachten duurt nu 1 tot 3 minuten" in new_visitor().arrives().goes_to("/journeys/moving").page.text


@pytest.mark.norm("W 2.4.5")
def test_search_finds_and_says_when_it_does_not(visitor: Visitor) -> None:
    page = visitor.arrives().sends("/search", words="ik ben verhuisd").page
    assert page.all(data_journey="moving")
    page = visitor.sends("/search", words="xyzzy").page
    assert page.all(data_journey="wayfinder") and page.all(data_action="talk")


@pytest.mark.parametrize("words", ["", "x" * 5000, "\x00", "<b>", "🎉", "\u202e"])
def test_any_words_get_an_answer(visitor: Visitor, words: Any) -> None:
    assert visitor.arrives().sends("/search", words=words).page.status == 200


def test_at_a_kind_stop_every_answer_can_still_be_changed(visitor: Visitor) -> None:
    visitor.arrives().begins("moving").answers("elsewhere").goes_to("/visit/1/hub")
    visitor.changes("destination").answers("here")
    assert visitor.page.path == "/visit/1/origin"
