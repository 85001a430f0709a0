"""The citizen's own last screen and paper, once staff went on with the errand."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from kiosk.work import Worker
from tests.fixtures.apps import Clock
from tests.fixtures.documents import text
from tests.fixtures.municipality import longest_example
from tests.fixtures.pages import words
from tests.fixtures.visitors import Official, Visitor

pytestmark = pytest.mark.either_database

EXAMPLE = longest_example("moving")
PAST_MIDNIGHT = 150
"""Minutes from ten in the evening to a new day in the town hall, which is not one in UTC yet."""
REASON = "Het adres bestaat niet"


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime.combine(EXAMPLE.today, time(20), UTC))


@pytest.fixture
def prepared(visitor: Visitor) -> Visitor:
    """Somebody who stands at the last screen of what they prepared."""
    visitor.arrives().begins("moving").fills_in(EXAMPLE.answers).confirms()
    assert visitor.page.screen == "prepared"
    return visitor


@pytest.fixture
def anna(app: Flask, prepared: Visitor) -> Official:
    """The official who has its sheet open."""
    reference = words(prepared.page.one(data_reference=""))
    official = Official(app.test_client()).signs_in("anna")
    return official.goes_to(f"/console/errands?reference={reference}")  # type: ignore[return-value]


def refuses(official: Official) -> None:
    official.sends(f"{official.page.path}/refuse", reason=REASON)


def looks_again(visitor: Visitor) -> TestResponse:
    """What the open page hears when it asks whether anything changed, as it does by itself."""
    address = visitor.page.one(hx_swap="none").get("hx-get", "")
    return visitor.client.get(address, headers={"HX-Request": "true"})


def test_once_the_id_was_seen_the_last_screen_says_passed_on_and_which_day_counts(
    prepared: Visitor, anna: Official, clock: Clock
) -> None:
    clock.forward(minutes=PAST_MIDNIGHT)
    anna.presses("id-seen")
    clock.forward(minutes=-PAST_MIDNIGHT)
    page = prepared.goes_to("/visit/1/done").page
    assert (page.screen, page.heading) == ("done", "Doorgegeven")
    assert "U gaf dit door op donderdag 1 april 2027. Die dag telt." in page.text
    assert "brief van de gemeente" in page.text
    for gone in ("nog niet doorgegeven", "Ga nu naar", "Neem mee", "Kom op tijd terug"):
        assert gone not in page.text


def test_what_is_processed_says_so(prepared: Visitor, anna: Official) -> None:
    anna.presses("id-seen").presses("process")
    page = prepared.goes_to("/visit/1/done").page
    assert (page.screen, page.heading) == ("done", "Verwerkt")
    assert "U gaf dit door op woensdag 31 maart 2027. Die dag telt." in page.text


def test_what_is_refused_says_where_to_hear_why_and_never_why(prepared: Visitor, anna: Official) -> None:
    refuses(anna)
    page = prepared.goes_to("/visit/1/done").page
    assert (page.screen, page.heading) == ("done", "Dit kon niet doorgaan")
    assert "Ga naar balie 2. Daar hoort u waarom" in page.text
    assert REASON not in page.html


def test_an_open_page_is_loaded_anew_once_staff_went_on(prepared: Visitor, anna: Official) -> None:
    assert (looks_again(prepared).status_code, "HX-Refresh" in looks_again(prepared).headers) == (204, False)
    anna.presses("id-seen")
    assert looks_again(prepared).headers["HX-Refresh"] == "true"
    prepared.goes_to("/visit/1/done")
    assert "HX-Refresh" not in looks_again(prepared).headers


def test_a_page_that_is_left_open_keeps_no_visit_alive(prepared: Visitor, clock: Clock) -> None:
    for _ in range(20):
        clock.forward(seconds=10)
        answer = looks_again(prepared)
    assert answer.status_code == 404


def test_a_page_that_will_not_change_any_more_stops_looking(prepared: Visitor, anna: Official) -> None:
    refuses(anna)
    assert prepared.goes_to("/visit/1/done").page.all(hx_swap="none") == []


def test_without_htmx_the_same_address_is_the_page(prepared: Visitor) -> None:
    assert prepared.goes_to("/visit/1/done/standing?shown=prepared").page.screen == "prepared"


def test_a_stream_of_the_visit_hears_of_it_too(prepared: Visitor, anna: Official, app: Flask) -> None:
    house = app.extensions["house"]
    with house.watcher.subscribe("visit") as mine:
        anna.presses("id-seen")
        assert [each.topic.partition(":")[0] for each in mine.wait(2)] == ["visit"]


@pytest.mark.parametrize(
    ("acts", "said"),
    [
        (
            lambda anna: anna.presses("id-seen"),
            ("Doorgegeven", "U gaf dit door op woensdag 31 maart 2027. Die dag telt."),
        ),
        (lambda anna: anna.presses("id-seen").presses("process"), ("Verwerkt",)),
        (refuses, ("Dit kon niet doorgaan", "Daar hoort u waarom")),
    ],
    ids=["seen", "processed", "refused"],
)
def test_paper_printed_afterwards_agrees(
    prepared: Visitor,
    anna: Official,
    app: Flask,
    tmp_path: Path,
    acts: Callable[[Official], object],
    said: tuple[str, ...],
) -> None:
    acts(anna)
    prepared.goes_to("/visit/1/done").presses("print")
    assert Worker(app, app.extensions["house"], threading.Event()).print_one()
    (paper,) = (tmp_path / "paper").glob("*.pdf")
    on_paper = text(paper.read_bytes())
    assert [each for each in said if each not in on_paper] == []
    assert "nog niet doorgegeven" not in on_paper
    assert REASON not in on_paper


def test_what_was_handed_over_and_is_processed_says_so(visitor: Visitor, app: Flask) -> None:
    visitor.arrives().begins("moving").answers("unsure").presses("refer")
    anna = Official(app.test_client()).signs_in("anna")
    anna.presses("open").presses("process")
    page = visitor.goes_to("/visit/1/done").page
    assert page.heading == "Verwerkt"
    assert "Vertel de medewerker" not in page.text
