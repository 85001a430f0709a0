"""What a visit leaves behind: nothing in addresses, titles, logs or caches, and in the browser nothing."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, time

import pytest
from flask import Flask
from sqlalchemy import select

from kiosk.records.tables import visit
from tests.fixtures.apps import Clock
from tests.fixtures.municipality import longest_example
from tests.fixtures.pages import words
from tests.fixtures.visitors import Visitor

EXAMPLE = longest_example("moving")
FILES = {"static", "looks.tokens"}
"""What browsers may keep: files of the house, the same for everybody."""


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime.combine(EXAMPLE.today, time(9), UTC))


def personal() -> Iterator[str]:
    """What a citizen typed: names, addresses, numbers."""
    for given in EXAMPLE.answers.values():
        for text in given.values() if isinstance(given, dict) else [given]:
            if isinstance(text, str) and (" " in text or "@" in text or text[:1].isdigit()):
                yield text


@pytest.mark.norm("PRV-08")
def test_what_people_type_is_in_no_address_title_or_log(
    visitor: Visitor, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    seen: list[str] = []
    visitor.arrives().begins("moving")
    while visitor.page.screen == "step":
        seen += [visitor.page.path, words(visitor.page.one("title"))]
        visitor.fills_screen(EXAMPLE.answers)
    visitor.confirms().presses("print")
    seen += [visitor.page.path, words(visitor.page.one("title")), caplog.text]
    typed = set(personal())
    assert len(typed) >= 5
    assert [text for text in typed if any(text in each for each in seen)] == []


@pytest.mark.norm("PRV-19")
def test_a_screen_that_nobody_touched_begins_no_visit(visitor: Visitor, app: Flask) -> None:
    visitor.arrives().goes_to("/journeys/moving").goes_to("/language")
    assert visitor.client.get_cookie("visit") is None
    with app.extensions["house"].database.read() as connection:
        assert connection.execute(select(visit)).all() == []
    visitor.begins("moving")
    assert visitor.client.get_cookie("visit")


@pytest.mark.norm("PRV-04")
def test_the_end_clears_what_the_browser_keeps(visitor: Visitor) -> None:
    visitor.arrives().begins("moving").presses("end")
    ended = visitor.client.post("/visit/end", headers={"Origin": "http://localhost"})
    assert ended.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert visitor.client.get_cookie("visit") is None


@pytest.mark.norm("PRV-05", "HEA-06", "MOT-29")
def test_no_answer_may_be_kept_and_none_opens_camera_or_microphone(app: Flask) -> None:
    client = app.test_client()
    filled = {"journey": "moving", "number": 1, "kiosk": "zuil-1", "filename": "css/base.css"}
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint == "live.live":
            continue
        built = rule.build({name: filled.get(name, "1") for name in rule.arguments})
        assert built, rule
        path = built[1]
        headers = client.get(path).headers
        assert (
            "camera=()" in headers["Permissions-Policy"] and "microphone=()" in headers["Permissions-Policy"]
        )
        assert headers["Cache-Control"] == "no-store" or rule.endpoint in FILES, path
