"""The author's checks."""

import pytest

from kiosk.journeys.files import Version, parse
from kiosk.journeys.review import reachable, review
from tests.fixtures.journeys import EVERY, tiny, version_of


def changed(name, old, new):
    """What the review says of a tiny journey after a change."""
    version = tiny(name)
    assert old in version.text
    text = version.text.replace(old, new)
    return [str(problem) for problem in review(Version(text, "nl", {}, parse(text)))]


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_every_journey_passes_its_own_review(path):
    assert [str(problem) for problem in review(version_of(path)) if not problem.warning] == []


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_every_step_can_be_reached(path):
    journey = version_of(path).journey
    assert journey.steps.keys() <= reachable(journey)


def test_an_example_that_ends_elsewhere_is_found():
    found = changed("plain", "ends: arranged", "ends: prepared")
    assert [problem.partition(": ")[2] for problem in found] == [
        "journey: this ends arranged, not prepared: all questions have an answer"
    ]


def test_an_example_with_another_route_is_found():
    found = changed("kind_stop", "answers: {where: no}", "answers: {where: no}, route: [where]")
    assert "the route is where, elsewhere" in found[0]


def test_an_answer_that_an_example_never_needs_is_found():
    assert '"more" is not on this route' in changed("plain", "{colour: red}", "{colour: red, more: yes}")[0]


def test_an_example_with_another_deadline_is_found():
    assert (
        "this is due 2027-04-28, not 2027-04-27"
        in changed("deadlines", "due: 2027-04-28}\n  - {name: Vier", "due: 2027-04-27}\n  - {name: Vier")[0]
    )


def test_an_example_cannot_overrule_what_nobody_may():
    found = changed(
        "overrule", "answers: {adult: no}", "answers: {adult: no, too_young: {by: anna, reason: Ja}}"
    )
    assert "nobody gets past this step" in found[0]


def test_an_answer_that_is_refused_is_found():
    assert '"colour" is refused' in changed("plain", "{colour: red}", "{colour: green}")[0]


def test_a_step_that_nobody_reaches_is_warned_about():
    found = changed("condition", "when: {walks: {above: 3}}", "when: {walks: {above: 3, below: 2}}")
    assert any("nobody was seen to get here" in problem for problem in found)


def test_a_long_sentence_is_warned_about():
    assert "a sentence has 20 words" in changed("plain", "Welke kleur kiest u?", " ".join(["woord"] * 20))[0]


def test_a_translation_that_is_missing_is_found():
    version = tiny("plain")
    found = review(Version(version.text, "nl", {"ar": {}}, version.journey))
    assert len(found) == 7 and found[0].what == "this has no ar translation"
