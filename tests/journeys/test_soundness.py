"""What an author gets to read when a journey does not fit together."""

import pytest

from kiosk.journeys.files import BrokenJourney, parse
from tests.fixtures.journeys import HEAD

START = HEAD.format(name="trial")
PART = "parts:\n  - part: one\n    title: Eén\n    steps:\n"
CHOICE = "step: colour, ask: Welke?, field: choice, choices: {red: Rood, blue: Blauw}"
LATER = "step: later, ask: Later?, field: yes_no"
ASK = "step: then, ask: En dan?"


def written(*steps):
    """A journey file with these steps, one a line."""
    return START + PART + "".join(f"      - {{{step}}}\n" for step in steps)


def problems(text):
    """The problems of a journey file, as the author reads them."""
    with pytest.raises(BrokenJourney) as broken:
        parse(text, "trial.yaml")
    return [str(problem) for problem in broken.value.problems]


def after(more):
    """A file in which a question of yes or no follows a choice, with something more to it."""
    return written(CHOICE, f"{ASK}, field: yes_no, {more}", LATER)


def test_a_problem_names_its_step():
    assert problems(written(f"{ASK}, field: slider"))[0].startswith(
        "trial.yaml:10:36: then: there is no field"
    )


def test_every_problem_is_reported_at_once():
    assert len(problems(after("when: {color: red}, latest: today, explain: '{x}'"))) == 3


def test_missing_keys_are_asked_for():
    assert problems("journey: trial\nparts: [{part: one, title: Eén, steps: []}]")[:2] == [
        'trial.yaml:1:1: journey: "identity" is missing: add a line "identity: ..."',
        'trial.yaml:1:1: journey: "keep" is missing: add a line "keep: ..."',
    ]


@pytest.mark.parametrize("text", ["", "just text", "- a list", "\x00", "a: [", "a: " + "[" * 500 + "]" * 500])
def test_a_file_that_is_no_journey_is_refused_calmly(text):
    with pytest.raises(BrokenJourney):
        parse(text)


def test_words_that_look_like_booleans_and_dates_stay_text():
    asked = "step: no, ask: 12:30, label: 2027-03-31, field: choice, choices: {yes: on, off: No}"
    found = parse(written(asked)).steps["no"]
    assert (found.ask, found.label) == ("12:30", "2027-03-31")
    assert {key: option.say for key, option in found.choices.items()} == {"yes": "on", "off": "No"}
