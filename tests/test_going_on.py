"""The server is stopped and started in the middle: people go on where they were, whichever way they took."""

from collections.abc import Callable

import pytest

from tests.bench.driver import Browser
from tests.fixtures.forms import form_of
from tests.fixtures.municipality import longest_example
from tests.fixtures.servers import Server, start

pytestmark = pytest.mark.slow
MOVING = longest_example("moving")
NOW = f"{MOVING.today}T09:00:00+00:00"


def again(server: Server) -> Server:
    """The same house after a stop."""
    server.stop()
    return start(server.environment, server.port)


def answers(browser: Browser) -> None:
    key = browser.path.rpartition("/")[2]
    browser.post(browser.path, form_of(key, MOVING.answers.get(key)))


def comes_back(browser: Browser, server: Server) -> Browser:
    fresh = Browser(server.port)
    fresh.cookies = browser.cookies
    fresh.get("/visit")
    return fresh


def test_a_restart_in_the_middle_of_guided_loses_nothing(start_server: Callable[..., Server]) -> None:
    server = start_server(KIOSK_NOW=NOW)
    browser = Browser(server.port)
    browser.post("/visits", {"journey": "moving", "way": "guided"})
    answers(browser)
    answers(browser)
    there = browser.path
    server = again(server)
    browser = comes_back(browser, server)
    assert browser.path == there
    while "/review" not in browser.path:
        answers(browser)
    server.stop()


def test_a_restart_in_the_middle_of_express_loses_nothing(start_server: Callable[..., Server]) -> None:
    server = start_server(KIOSK_NOW=NOW)
    browser = Browser(server.port)
    browser.post("/visits", {"journey": "moving", "way": "express"})
    first = {
        key: value
        for each in ("destination", "origin", "sixteen", "date")
        for key, value in form_of(each, MOVING.answers.get(each)).items()
    }
    browser.post(browser.path, first)
    there = browser.path
    server = again(server)
    browser = comes_back(browser, server)
    assert browser.path == there
    browser.get("/visit/1/hub")
    assert 'data-answer="destination"' in browser.body
    server.stop()


def test_a_restart_after_confirming_keeps_where_it_stands(start_server: Callable[..., Server]) -> None:
    server = start_server(KIOSK_NOW=NOW)
    browser = Browser(server.port)
    browser.post("/visits", {"journey": "moving", "way": "guided"})
    while "/review" not in browser.path:
        answers(browser)
    browser.post(browser.path.replace("review", "confirm"), {})
    assert browser.path.endswith("/done")
    server = again(server)
    assert comes_back(browser, server).path.endswith("/done")
    server.stop()
