"""What holds for every journey of Waterhoven: words for everybody, pictures, and a site that fits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from kiosk import TOP
from kiosk.authoring import words_of
from kiosk.journeys.easier import easier_faults, is_easy
from kiosk.journeys.express import page, page_key
from kiosk.journeys.files import Version
from kiosk.journeys.flow import walk
from kiosk.journeys.model import Journey, Step
from kiosk.journeys.phrases import phrases
from kiosk.journeys.pieces import Example
from kiosk.journeys.plain import plain_faults
from kiosk.journeys.review import MOST_CHOICES, play, review
from kiosk.journeys.rules import Day
from kiosk.journeys.wording import sentences
from tests.fixtures.municipality import SITE, VERSIONS, name_of

PICTURES = sorted((SITE.folder / "pictures").glob("*.svg"))
OURS = sorted((TOP / "static/pictures").glob("*.svg"))
WORDS = words_of(SITE)


@pytest.fixture(params=VERSIONS, ids=name_of)
def version(request: pytest.FixtureRequest) -> Version:
    found: Version = request.param
    return found


@pytest.fixture
def journey(version: Version) -> Journey:
    return version.journey


def test_the_author_has_nothing_to_mend(version: Version) -> None:
    assert [str(problem) for problem in review(version) if not problem.warning] == []


def test_each_end_has_an_example(journey: Journey) -> None:
    ends = [step.name for step in journey.steps.values() if step.ends]
    reached = {key.split(".")[-1] for example in journey.examples for key in example.route or ()}
    assert [name for name in ends if name not in reached] == []


def test_the_express_way_takes_at_most_half_the_screens(journey: Journey) -> None:
    if "express" in journey.ways:
        taken = {example.name: screens(journey, example) for example in journey.examples}
        assert {name: each for name, each in taken.items() if each.express > each.guided / 2} == {}


# Words


@pytest.mark.norm("COG-02", "COG-04")
def test_the_author_is_advised_nothing_about_words(version: Version) -> None:
    faults = (*plain_faults(version.journey, "nl", WORDS), *easier_faults(version.journey, "nl", WORDS))
    assert [fault for fault in faults if "reading level" not in fault.what] == []


@pytest.mark.norm("COG-23")
def test_in_simple_words_every_text_is_easy(version: Version) -> None:
    say = version.say("nl", simple=True)
    said = [say(each.text, each.context) for each in phrases(version.journey) if each.path[-1] != "word"]
    assert [text for text in said if not is_easy(text, "nl", WORDS)] == []


@pytest.mark.norm("HLP-09")
def test_each_step_is_explained(journey: Journey) -> None:
    assert [step.name for step in journey.steps.values() if not step.explain] == []


def test_each_question_says_why_it_is_asked(journey: Journey) -> None:
    assert [step.name for step in questions(journey) if not step.why] == []


def test_each_hard_word_is_explained_where_somebody_meets_it(version: Version) -> None:
    assert [fault.what for fault in review(version) if "stands in no text" in fault.what] == []


def test_each_choice_of_the_first_question_has_a_picture(journey: Journey) -> None:
    first = next(iter(journey.steps.values()))
    assert [key for key, option in first.choices.items() if not option.picture] == []
    assert journey.picture


def test_each_question_has_short_words_for_paper(journey: Journey) -> None:
    labels = {step.name: step.label for step in questions(journey)}
    assert [name for name, label in labels.items() if not label or len(label.split()) > 6] == []


@pytest.mark.norm("COG-01")
def test_a_screen_asks_one_thing_with_at_most_five_choices(journey: Journey) -> None:
    assert [step.name for step in journey.steps.values() if len(step.choices) > MOST_CHOICES] == []
    assert [step.name for step in journey.steps.values() if str(step.text).count("?") > 1] == []


@pytest.mark.norm("COG-03")
def test_dutch_sentences_are_short(journey: Journey) -> None:
    lengths = [len(one.split()) for _, text, *_ in phrases(journey) for one in sentences(text)]
    assert max(lengths) <= 15
    assert sum(lengths) / len(lengths) <= 10


@pytest.mark.norm("COG-06")
def test_the_words_are_complete_in_every_language_of_the_site(version: Version) -> None:
    assert set(version.languages) == {language.code for language in SITE.languages}


def test_arabic_is_written_in_arabic(version: Version) -> None:
    arabic = version.words["ar"].values()
    assert [text for text in arabic if not any("\u0600" <= letter <= "\u06ff" for letter in text)] == []


def test_each_source_was_read_at_an_address(journey: Journey) -> None:
    assert journey.sources or journey.identity == "none"
    assert all(source.address for source in journey.sources)


# Pictures


def test_every_picture_named_is_there(journey: Journey) -> None:
    assert named(journey) - {path.stem for path in (*PICTURES, *OURS)} == set()


@pytest.mark.parametrize("picture", PICTURES, ids=lambda path: path.stem)
def test_a_picture_is_drawn_as_the_others_and_says_nothing(picture: Path) -> None:
    drawn = picture.read_text()
    assert 'viewBox="0 0 64 64" fill="none" stroke="currentColor" stroke-width="4"' in drawn
    assert set(re.findall(r"<(\w+)", drawn)) <= {"svg", "path", "circle", "rect"}


# The site


def test_somebody_on_the_staff_knows_the_matter(journey: Journey) -> None:
    asked = {journey.expertise, *(step.expertise for step in journey.steps.values())} - {None}
    assert asked <= {known for member in SITE.staff for known in member.expertise}


def test_it_is_delivered_where_the_site_says(journey: Journey) -> None:
    assert set(journey.deliver) <= set(SITE.deliveries)


def test_every_journey_on_the_start_screen_has_a_file() -> None:
    assert set(SITE.journeys) <= {version.journey.name for version in VERSIONS}


class Screens(NamedTuple):
    """How many screens an example takes, without its end."""

    guided: int
    express: int


def screens(journey: Journey, example: Example) -> Screens:
    """The screens of an example that ends with all questions answered; none of another."""
    day = Day(example.today, frozenset(example.holidays))
    whole = play(journey, example)[0]
    answers: dict[str, Any] = {}
    pages = 0
    while whole.ending == "review" and (position := walk(journey, answers, day)).here:
        shown = page(position, page_key(position.here.part, position.here.round), answers, day)
        answers |= {point.key: whole.answers[point.key] for point in shown.points}
        pages += 1
    return Screens(len(whole.points), pages)


def questions(journey: Journey) -> Iterator[Step]:
    return (step for step in journey.steps.values() if step.does == "ask")


def named(journey: Journey) -> set[str]:
    """The pictures that a journey asks for."""
    options = (option for step in journey.steps.values() for option in step.choices.values())
    return {name for name in (journey.picture, *(option.picture for option in options)) if name}
