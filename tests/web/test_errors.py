"""What a citizen sees while something of ours is off."""

from pathlib import Path

import pytest

from tests.fixtures.apps import Clock, app_of, settings_for
from tests.fixtures.municipality import SITE
from tests.fixtures.pages import words
from tests.fixtures.visitors import Visitor


@pytest.fixture
def unlucky(tmp_path: Path, clock: Clock) -> Visitor:
    """A citizen in the middle of a visit, with the database switched off."""
    visitor = Visitor(
        app_of(settings_for(tmp_path, f"sqlite:///{tmp_path}/off/kiosk.db"), clock).test_client()
    )
    visitor.client.set_cookie("visit", "a token")
    return visitor


def test_with_the_database_off_a_page_says_so_and_where_to_go(unlucky: Visitor) -> None:
    page = unlucky.goes_to("/visit").page
    assert (page.status, page.screen) == (503, "error")
    assert SITE.phone in page.text
    assert page.all(data_action="call")


@pytest.mark.norm("HLP-04")
def test_a_call_with_the_database_off_says_where_people_are(unlucky: Visitor) -> None:
    page = unlucky.sends("/call").page
    assert page.status == 503
    assert SITE.reception in page.text


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_each_page_knows_where_people_are_for_when_the_server_is_away(
    visitor: Visitor, language: str
) -> None:
    for page in (visitor.arrives().speaks(language).page, visitor.begins("moving").page):
        told = words(page.one(id="away"))
        assert SITE.phone in told
        assert SITE.kiosks[0].place.reception.spoken(language) in told


def test_health_says_that_the_database_is_off(unlucky: Visitor) -> None:
    answer = unlucky.client.get("/health")
    assert (answer.status_code, answer.get_json()["ok"]) == (503, False)


def test_health_says_that_no_worker_was_ever_seen(visitor: Visitor) -> None:
    answer = visitor.client.get("/health")
    assert (answer.status_code, answer.get_json()) == (
        503,
        {"ok": False, "database": "ok", "worker": "never seen"},
    )
