"""What a citizen gives stays between them and the officials, and they can read so before they give it."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, time

import pytest
from flask import Flask, Response, request
from sqlalchemy import select

from kiosk.records.tables import visit
from tests.fixtures.apps import Clock
from tests.fixtures.municipality import LANGUAGES, longest_example
from tests.fixtures.pages import words
from tests.fixtures.visitors import OURS, Visitor, is_ready

GIVEN = ("4321", "visser", "bakker", "noor", "voorbeeld.example", "1990")


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime.combine(longest_example("moving").today, time(9), UTC))


def test_what_is_given_is_in_no_address_no_title_and_no_log(
    app: Flask, visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[str] = []

    def look(response: Response) -> Response:
        title = response.get_data(as_text=True).partition("<title>")[2].partition("</title>")[0]
        seen.extend((request.full_path, response.headers.get("Location", ""), title))
        return response

    app.after_request(look)
    with caplog.at_level(logging.DEBUG):
        is_ready(visitor).goes_to("/visit/1/summary")
        visitor.presses("print").goes_to("/visit/1/done").calls().stops()
    told = " ".join((*seen, caplog.text)).lower()
    assert "/visit/1/review" in told
    assert [word for word in GIVEN if word in told] == []


def test_whoever_only_looks_begins_no_visit(app: Flask, visitor: Visitor) -> None:
    for path in ("/", "/journeys/moving", "/language", "/preferences", "/your-data", "/search", "/visit/end"):
        visitor.goes_to(path)
    with app.extensions["house"].database.read() as connection:
        assert connection.execute(select(visit)).all() == []
    assert visitor.client.get_cookie("visit") is None


def test_the_end_empties_the_browser_too(visitor: Visitor) -> None:
    visitor.arrives().begins("moving").answers("here")
    ended = visitor.client.post("/visit/end", headers=OURS)
    assert ended.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert visitor.client.get_cookie("visit") is None


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
