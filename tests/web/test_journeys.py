"""Every journey of the site, walked by every one of its examples, in every language."""

from datetime import UTC, datetime, time

import pytest

from kiosk.journeys.files import Version
from kiosk.journeys.pieces import Example
from tests.fixtures.apps import Clock
from tests.fixtures.municipality import EXAMPLES, LANGUAGES, VERSIONS, longest_example, name_of
from tests.fixtures.visitors import Visitor

pytestmark = pytest.mark.either_database

SCREENS = {
    "prepared": "prepared",
    "arranged": "done",
    "referred": "refer",
    "stopped": "stop",
    "suggested": "suggest",
    "open": "step",
    "refused": "step",
}


def walk(visitor: Visitor, clock: Clock, journey: str, example: Example, language: str = "nl") -> None:
    """Walk the example, and confirm where it comes to a review."""
    clock.now = datetime.combine(example.today, time(9), UTC)
    visitor.arrives().speaks(language).begins(journey).fills_in(example.answers)
    if visitor.page.screen == "review":
        visitor.confirms()


@pytest.mark.parametrize(("journey", "example"), EXAMPLES, ids=name_of)
def test_every_example_ends_as_its_file_says(
    visitor: Visitor, clock: Clock, journey: str, example: Example
) -> None:
    walk(visitor, clock, journey, example)
    assert visitor.page.screen == SCREENS[example.ends], visitor.page.text


@pytest.mark.parametrize(
    ("journey", "example"), [each for each in EXAMPLES if each[1].ends == "referred"], ids=name_of
)
def test_every_referral_can_be_handed_over(
    visitor: Visitor, clock: Clock, journey: str, example: Example
) -> None:
    walk(visitor, clock, journey, example, "ar")
    assert "لم يُرسَل أي شيء بعد" in visitor.page.text
    visitor.presses("refer")
    assert visitor.page.screen == "done"
    assert visitor.page.one(data_reference="") is not None
    assert visitor.page.one("html").get("lang") == "ar"


@pytest.mark.norm("COG-14")
@pytest.mark.parametrize("version", [each for each in VERSIONS if not each.journey.wayfinder], ids=name_of)
def test_every_answer_is_read_once_more_and_can_be_changed(
    visitor: Visitor, clock: Clock, version: Version
) -> None:
    example = longest_example(version.journey.name)
    clock.now = datetime.combine(example.today, time(9), UTC)
    review = visitor.arrives().begins(version.journey.name).fills_in(example.answers).page.path
    for key in visitor.summary:
        assert visitor.goes_to(review).changes(key).page.one(data_key=key) is not None
    assert visitor.goes_to(review).page.screen == "review" and len(visitor.summary) > 5


@pytest.mark.norm("VIS-06", "VIS-32", "VIS-33", "COG-07", "COG-11", "COG-18", "COG-19", "COG-29", "HLP-01")
@pytest.mark.norm("PRV-02", "TIM-11", "COG-25", "EN 9.4.1.1")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("version", VERSIONS, ids=name_of)
def test_every_journey_can_be_walked_in_every_language(
    visitor: Visitor, clock: Clock, version, language: str
) -> None:  # type: ignore[no-untyped-def]
    example = longest_example(version.journey.name)
    walk(visitor, clock, version.journey.name, example, language)
    assert visitor.page.screen in ("prepared", "done", "suggest")
    assert visitor.page.one("html").get("lang") == language


@pytest.mark.parametrize("version", VERSIONS, ids=name_of)
def test_nothing_is_sent_is_said_until_it_is_confirmed(visitor: Visitor, clock: Clock, version) -> None:  # type: ignore[no-untyped-def]
    visitor.arrives().begins(version.journey.name)
    assert "nog niets verstuurd" in visitor.page.text


@pytest.mark.norm("MOT-27", "TIM-04")
def test_who_takes_two_and_a_half_minutes_for_every_tap_comes_to_the_end(
    visitor: Visitor, clock: Clock
) -> None:
    example = longest_example("moving")
    clock.now = datetime.combine(example.today, time(9), UTC)
    visitor.arrives().begins("moving")
    asked = 0
    while visitor.page.screen in ("step", "still"):
        clock.forward(seconds=150)
        if visitor.page.screen == "still":
            asked += 1
            visitor.presses("stay")
        else:
            visitor.fills_screen(example.answers)
    clock.forward(seconds=150)
    assert visitor.confirms().page.screen == "prepared"
    assert asked, "after half an hour it is asked who is there, and nothing is lost"


@pytest.mark.norm("COG-28")
def test_fields_about_somebody_themselves_say_what_they_are_for(visitor: Visitor, clock: Clock) -> None:
    example = longest_example("moving")
    clock.now = datetime.combine(example.today, time(9), UTC)
    visitor.arrives().begins("moving")
    found: dict[str, str] = {}
    while visitor.page.screen == "step":
        for each in visitor.page.all("input", autocomplete=""):
            found[each.get("name", "").rpartition(".")[2]] = each.get("autocomplete", "")
        visitor.fills_screen(example.answers)
    wanted = {"phone": "tel", "email": "email", "postcode": "postal-code", "street": "address-line1"}
    assert {name: found[name] for name in wanted} == wanted
