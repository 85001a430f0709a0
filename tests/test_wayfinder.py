"""Finding the way: a few questions, a person on every screen, and every journey of the site at the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from kiosk.journeys.files import read_version
from kiosk.journeys.flow import Position, walk
from kiosk.journeys.rules import Day
from kiosk.site import load_site

CONTENT = Path(__file__).parent.parent / "kiosk" / "content"
SITE = load_site(CONTENT)
WAYFINDER = read_version(CONTENT / "journeys" / "wayfinder.yaml", CONTENT / "translations", "nl").journey
TODAY = Day(date(2027, 3, 31), SITE.holidays)


def ends(answers: Mapping[str, Any]) -> Iterator[Position]:
    """Every end that can be reached from some answers."""
    found = walk(WAYFINDER, answers, TODAY)
    if found.ending or not found.here:
        yield found
        return
    for choice in found.here.step.choices:
        yield from ends({**answers, found.here.key: choice})


ENDS = tuple(ends({}))


def test_every_route_ends_with_a_suggestion_or_a_person_after_three_questions_at_most() -> None:
    assert {end.ending for end in ENDS} == {"suggest", "refer"}
    assert max(len(end.answers) for end in ENDS) == 3


def test_a_suggestion_takes_two_questions_at_least() -> None:
    assert min(len(end.answers) for end in ENDS if end.ending == "suggest") == 2


def test_the_first_choice_of_every_question_is_a_person() -> None:
    questions = [step for step in WAYFINDER.steps.values() if step.does == "ask"]
    assert {next(iter(step.choices)) for step in questions} == {"person"}
    chose = [end for end in ENDS if "person" in end.answers.values()]
    assert {end.ending for end in chose} == {"refer"}


def test_every_journey_on_the_start_screen_is_found() -> None:
    suggested = {name for end in ENDS if end.here for name in end.here.step.journeys}
    assert suggested == {*SITE.journeys}


def test_every_suggestion_says_why() -> None:
    assert [step.name for step in WAYFINDER.steps.values() if step.journeys and not step.explain] == []


def test_only_choices_are_asked_and_nothing_is_kept() -> None:
    assert {step.field for step in WAYFINDER.steps.values() if step.does == "ask"} == {"choice"}
    assert not WAYFINDER.keep
