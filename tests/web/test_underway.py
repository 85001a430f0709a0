"""Nobody has to remember anything: what was answered, begun and prepared stands where it is needed."""

from datetime import UTC, datetime, time

import pytest

from kiosk.journeys.files import Version
from tests.fixtures.apps import Clock
from tests.fixtures.municipality import LANGUAGES, VERSIONS, longest_example, name_of
from tests.fixtures.pages import words
from tests.fixtures.visitors import Visitor, is_ready

pytestmark = pytest.mark.either_database

KEPT = [version for version in VERSIONS if not version.journey.wayfinder]


@pytest.mark.norm("COG-16")
@pytest.mark.parametrize("version", KEPT, ids=name_of)
def test_all_answers_so_far_are_one_tap_from_each_question(
    visitor: Visitor, clock: Clock, version: Version
) -> None:
    example = longest_example(version.journey.name)
    clock.now = datetime.combine(example.today, time(9), UTC)
    visitor.arrives().begins(version.journey.name)
    answered: list[str] = []
    while visitor.page.screen == "step":
        asked = visitor.page.path
        visitor.presses("overview")
        assert [key for key in answered if key not in visitor.summary] == []
        visitor.goes_to(asked)
        key = visitor.page.one("form", data_step="").get("data-key", "")
        if visitor.page.all(data_field="") and not key.endswith(".more"):
            answered.append(key)
        visitor.fills_screen(example.answers)
    assert len(answered) > 5


@pytest.mark.norm("COG-16")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_number_of_what_is_prepared_stands_on_the_start_screen(
    visitor: Visitor, clock: Clock, language: str
) -> None:
    clock.now = datetime.combine(longest_example("moving").today, time(9), UTC)
    reference = words(is_ready(visitor, language).page.one(data_reference=""))
    visitor.presses("more")
    began = visitor.page.one(data_began="moving")
    assert visitor.page.screen == "start" and reference in words(began)
    assert visitor.goes_to(began.get("href", "")).page.one(data_reference="") is not None


def test_what_was_begun_goes_on_from_the_start_screen(visitor: Visitor) -> None:
    asked = visitor.arrives().begins("moving").answers("here").page.path
    began = visitor.goes_to("/").page.one(data_began="moving")
    assert visitor.goes_to(began.get("href", "")).page.path == asked


def test_what_is_discreet_is_not_named_where_others_look_on(visitor: Visitor) -> None:
    visitor.arrives().begins("money").fills_screen(longest_example("money").answers)
    began = visitor.goes_to("/").page.one(data_began="money")
    assert words(began) == "Uw vraag aan de gemeente"
    assert not [each for each in began.iter() if str(each.tag).endswith("}svg")]


def test_what_was_done_last_stands_first(visitor: Visitor) -> None:
    visitor.arrives().begins("moving").answers("here").begins("money").fills_screen(
        longest_example("money").answers
    )
    assert [each.get("data-began") for each in visitor.goes_to("/").page.all(data_began="")] == [
        "money",
        "moving",
    ]


@pytest.mark.parametrize("journey", ["moving", "wayfinder"])
def test_what_has_nothing_to_go_on_with_does_not_stand_there(visitor: Visitor, journey: str) -> None:
    visitor.arrives().begins(journey).goes_to("/")
    assert visitor.page.all(data_began="") == []


def test_who_comes_next_sees_nothing_of_it(visitor: Visitor) -> None:
    visitor.arrives().begins("moving").answers("here").stops().arrives()
    assert visitor.page.all(data_began="") == []
