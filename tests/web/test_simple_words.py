"""Simple words: what a citizen who chose them reads, on screen and on paper, and what staff go on reading."""

import pytest
from flask import Flask

from kiosk.journeys.screens import Taken
from kiosk.web import printout
from kiosk.web.languages import language
from tests.fixtures.municipality import MOVING, SITE
from tests.fixtures.pages import words
from tests.fixtures.sharing import comes, lets, looks
from tests.fixtures.visitors import Official, Visitor

pytestmark = pytest.mark.either_database

ORDINARY, SIMPLE = "Wat moet er op het papier staan?", "Welk papier wilt u?"


@pytest.fixture
def simple(visitor: Visitor) -> Visitor:
    """A citizen who chose simple words."""
    return visitor.arrives().prefers(simple="yes")


@pytest.mark.norm("COG-23")
def test_a_question_is_asked_in_simple_words_and_again_as_it_was(simple: Visitor) -> None:
    assert simple.begins("extract").page.heading == SIMPLE
    assert simple.page.one("html").get("lang") == "nl"
    simple.prefers(simple="")
    assert simple.goes_to("/visit/1/kind").page.heading == ORDINARY


def test_who_chose_nothing_reads_it_as_it_is_written(visitor: Visitor) -> None:
    assert visitor.arrives().begins("extract").page.heading == ORDINARY


def test_the_words_of_the_interface_are_simple_too(simple: Visitor) -> None:
    assert "Daarna kijkt iemand naar uw paspoort of ID-kaart." in simple.goes_to("/journeys/moving").page.text


def test_another_language_has_simple_words_as_well(simple: Visitor) -> None:
    assert simple.speaks("en").begins("extract").page.heading == "Which paper do you want?"
    assert simple.page.one("html").get("lang") == "en"


def test_an_answer_reads_in_the_review_as_it_was_chosen(simple: Visitor) -> None:
    simple.begins("extract").answers("more")
    simple.goes_to("/visit/1/hub")
    assert "Op het papier" in simple.page.text


def test_who_helps_reads_the_ordinary_words(simple: Visitor, official: Official) -> None:
    simple.begins("extract", "together")
    looks(comes(official))
    lets(simple, "along")
    assert ORDINARY in looks(official).page.text


@pytest.mark.parametrize(("tag", "tags"), [("nl@simple", ["nl@simple"]), ("ar@simple", ["ar@simple", "nl"])])
def test_paper_is_in_the_words_that_the_citizen_chose(app: Flask, tag: str, tags: list[str]) -> None:
    with app.app_context():
        told = printout.telling(Taken(MOVING, {}, "prepared"), tag)
    assert [each.language.tag for each in told] == tags
    assert ("ID-kaart" in told[-1].summary.bring[0]) == (tag == "nl@simple")


def test_a_language_knows_whether_it_is_simple(app: Flask) -> None:
    with app.app_context():
        spoken = language("nl@simple")
    assert (spoken.tag, spoken.code, spoken.simply()) == ("nl@simple", "nl", spoken)
    assert (SITE.languages[0].tag, SITE.languages[0].is_simple) == ("nl", False)


# Hard words, reasons and pictures


def test_a_hard_word_of_a_question_is_explained_below_it(visitor: Visitor) -> None:
    visitor.arrives().begins("extract").answers("address", "netherlands")
    assert "curator" in words(visitor.page.one("summary", data_action="meaning"))
    assert "De rechter kiest de curator." in words(visitor.page.one("div", data_word="curator"))


def test_a_hard_word_is_explained_in_the_language_of_the_page(visitor: Visitor) -> None:
    visitor.arrives().speaks("en").begins("extract").answers("address", "netherlands")
    assert "A court chooses the guardian." in visitor.page.text


def test_a_hard_word_is_explained_before_the_journey_begins(visitor: Visitor) -> None:
    visitor.goes_to("/journeys/extract")
    assert visitor.page.one("div", data_word="uittreksel")


def test_a_page_without_hard_words_offers_no_meanings(visitor: Visitor) -> None:
    assert not visitor.arrives().begins("moving").page.all("summary", data_action="meaning")


@pytest.mark.norm("PRV-10")
def test_each_question_of_a_screen_says_why_it_is_asked(visitor: Visitor) -> None:
    assert visitor.arrives().begins("moving").page.one("summary", data_action="why")


def test_yes_no_and_unknown_each_have_their_own_picture(visitor: Visitor) -> None:
    visitor.arrives().begins("extract").answers("alive")
    visitor.answers("netherlands", "self")
    labels = [each for each in visitor.page.all("label") if each.find("{*}svg") is not None]
    assert [words(each) for each in labels] == ["Ja", "Nee", "Dat weet ik niet"]
