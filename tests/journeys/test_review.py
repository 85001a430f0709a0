"""The author's checks."""

import pytest

from kiosk.journeys.files import Version, parse
from kiosk.journeys.phrases import phrases
from kiosk.journeys.review import review
from tests.fixtures.journeys import EVERY, tiny, version_of


def changed(name, old, new):
    """The problems that the review finds in a tiny journey after a change, without its warnings."""
    version = tiny(name)
    assert old in version.text
    text = version.text.replace(old, new)
    found = review(Version(text, "nl", {}, parse(text)))
    return [str(problem) for problem in found if not problem.warning]


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_every_journey_passes_its_own_review(path):
    assert [str(problem) for problem in review(version_of(path)) if not problem.warning] == []


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


def warned(name, text=None):
    """What the review advises about a tiny journey."""
    version = tiny(name)
    text = text or version.text
    found = review(Version(text, "nl", {}, parse(text)))
    return [problem.what for problem in found if problem.warning]


def test_a_live_journey_says_why_it_asks_and_a_draft_need_not_yet():
    assert "nobody hears why we ask this" in warned("plain")
    assert "nobody hears why we ask this" not in warned("plain", "state: draft\n" + tiny("plain").text)


def test_an_explained_word_that_nobody_meets_is_warned_about():
    explained = "explained: [{word: kleur, means: Rood of blauw.}, {word: voogd, means: Een mens.}]\n"
    assert '"voogd" stands in no text' in warned("plain", explained + tiny("plain").text)
    assert '"kleur" stands in no text' not in warned("plain", explained + tiny("plain").text)


def test_many_choices_on_one_screen_are_warned_about():
    many = ", ".join(f"c{number}: Kleur {number}" for number in range(6))
    text = tiny("plain").text.replace("{red: Rood", f"{{{many}, red: Rood")
    assert "8 choices stand on one screen" in warned("plain", text)


@pytest.mark.norm("MOT-26")
def test_much_typing_in_one_journey_is_warned_about():
    def asking(count):
        more = "".join(
            f"      - {{step: more_{number}, ask: Wat nog meer?, field: text}}\n" for number in range(count)
        )
        return tiny("plain").text.replace("      - step: colour", f"{more}      - step: colour")

    typing = "4 questions are answered by typing words"
    assert typing in warned("plain", asking(4))
    assert not [what for what in warned("plain", asking(3)) if "typing" in what]


def test_a_translation_that_is_missing_is_found():
    version = tiny("plain")
    found = review(Version(version.text, "nl", {"ar": {}}, version.journey))
    missing = [problem.what for problem in found if not problem.warning]
    assert missing == ["this has no ar translation"] * 7


def test_a_text_that_lacks_several_translations_is_named_once():
    version = tiny("plain")
    found = review(Version(version.text, "nl", {"ar": {}, "en": {}}, version.journey))
    assert [problem.what for problem in found].count("this has no ar or en translation") == 7


def test_a_translation_with_other_names_between_braces_is_found():
    version = tiny("referral")
    words = {(context, str(text)): text.replace("{", "{x") for context, text, *_ in phrases(version.journey)}
    found = review(Version(version.text, "nl", {"ar": words}, version.journey))
    assert [problem.what for problem in found if not problem.warning] == [
        "the ar translation has other {names}"
    ] * 2


def test_what_a_draft_lacks_in_translation_is_only_a_warning():
    text = "state: draft\n" + tiny("plain").text
    found = review(Version(text, "nl", {"ar": {}}, parse(text)))
    assert "this has no ar translation" in [problem.what for problem in found if problem.warning]
    assert all(problem.warning for problem in found)
