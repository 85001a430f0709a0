"""Before anything is asked people can read, in short words, what becomes of what they give."""

from collections.abc import Callable

import pytest

from tests.fixtures.municipality import LANGUAGES
from tests.fixtures.pages import words
from tests.fixtures.visitors import Visitor

pytestmark = pytest.mark.either_database


@pytest.mark.norm("PRV-12")
@pytest.mark.parametrize("language", LANGUAGES)
def test_before_anything_is_asked_it_says_what_becomes_of_it(visitor: Visitor, language: str) -> None:
    page = visitor.arrives().speaks(language).goes_to("/journeys/moving").presses("your-data").page
    assert (page.screen, page.one("html").get("lang")) == ("your-data", language)
    assert len(page.all("h2")) >= 4 and page.all(data_alone="")
    assert visitor.presses("back").page.screen == "journey"


def test_what_becomes_of_it_is_one_tap_from_the_panel_and_leads_back(visitor: Visitor) -> None:
    visitor.arrives().begins("moving").presses("preferences").presses("your-data")
    assert visitor.presses("back").page.screen == "preferences"
    assert visitor.presses("back").page.step == "destination"


def test_what_is_said_of_it_is_said_in_short_sentences(visitor: Visitor) -> None:
    page = visitor.arrives().goes_to("/your-data").page
    said = " ".join(words(each) for each in page.all("p")).replace("?", ".").split(".")
    assert max(len(sentence.split()) for sentence in said) <= 15


def test_a_hidden_screen_is_as_private_in_its_title(new_visitor: Callable[[], Visitor]) -> None:
    hidden = new_visitor().arrives().begins("money").prefers(hidden="yes").page
    assert words(hidden.one("title")).startswith("Uw scherm is verborgen")
