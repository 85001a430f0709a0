"""How it went: a face, then why. Counted once, tied to a version and a last step, and to no visit."""

from collections.abc import Callable
from datetime import UTC, datetime, time

import pytest
from flask import Flask
from sqlalchemy import select

from kiosk.records import figures, opinions
from kiosk.records.tables import metadata
from kiosk.web.asking import AFTER
from kiosk.web.opinions import FACES, MOST, REASONS
from tests.fixtures.apps import Clock
from tests.fixtures.municipality import longest_example
from tests.fixtures.visitors import OURS, Visitor

EXAMPLE = longest_example("moving")
Counted = list[tuple[str, str, str, str, int]]


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime.combine(EXAMPLE.today, time(9), UTC))


@pytest.fixture
def prepared(visitor: Visitor) -> Visitor:
    visitor.arrives().begins("moving").fills_in(EXAMPLE.answers).confirms()
    assert visitor.page.screen == "prepared"
    return visitor


@pytest.fixture
def counted(app: Flask) -> Callable[[], Counted]:
    """What was counted so far: step, outcome, face, reason and number."""

    def read() -> Counted:
        with app.extensions["house"].database.read() as connection:
            found = opinions.everything(connection)
        return [(each.step, each.outcome, each.face, each.why, each.number) for each in found]

    return read


def taps(visitor: Visitor, **given: str) -> Visitor:
    """Tap a face or a reason; each is a button of the page."""
    ((name, value),) = given.items()
    (button,) = visitor.page.all("button", name=name, value=value)
    form = next(each for each in visitor.page.all("form") if button in list(each.iter()))
    return visitor.sends(form.get("action", ""), **given)


# At the last screen


def test_a_face_and_a_reason_are_counted_each_once_and_then_nothing_more_is_asked(
    prepared: Visitor, counted: Callable[[], Counted]
) -> None:
    taps(prepared, face="sad")
    assert (prepared.page.screen, prepared.page.heading) == ("opinion", "Waarom vindt u dat?")
    taps(prepared, why="words")
    assert prepared.page.screen == "prepared"
    assert prepared.page.one(data_opinion="thanks") is not None
    assert prepared.page.all(data_opinion="face") == []
    assert counted() == [
        ("review", "finished", "sad", "", 1),
        ("review", "finished", "sad", "words", 1),
    ]


def test_loading_anew_or_sending_twice_counts_once(prepared: Visitor, counted: Callable[[], Counted]) -> None:
    for _ in range(2):
        prepared.sends("/visit/1/opinion", face="happy")
        prepared.goes_to(prepared.page.path)
    assert prepared.page.screen == "opinion"
    for _ in range(2):
        prepared.sends("/visit/1/opinion", why="clear")
        prepared.goes_to(prepared.page.path)
    assert [row[-1] for row in counted()] == [1, 1]


def test_whoever_skips_the_reason_is_thanked_all_the_same(
    prepared: Visitor, counted: Callable[[], Counted]
) -> None:
    taps(prepared, face="neutral").presses("skip")
    assert prepared.page.one(data_opinion="thanks") is not None
    assert [row[2:4] for row in counted()] == [("neutral", "")]


def test_whoever_says_nothing_finishes_as_before_and_is_asked_after_the_wipe(
    prepared: Visitor, counted: Callable[[], Counted]
) -> None:
    prepared.presses("finish").presses("end")
    assert prepared.page.screen == "ended"
    assert counted() == []
    taps(prepared, face="happy")
    taps(prepared, why="quick")
    assert {row[:2] for row in counted()} == {("review", "finished")}


def test_whoever_was_asked_is_not_asked_again_after_the_wipe(prepared: Visitor) -> None:
    taps(prepared, face="happy").presses("skip").stops()
    assert (prepared.page.screen, prepared.page.all(data_opinion="")) == ("ended", [])


def test_each_errand_of_a_visit_is_asked_about_by_itself(
    prepared: Visitor, counted: Callable[[], Counted]
) -> None:
    taps(prepared, face="happy").presses("skip")
    prepared.presses("more").begins("moving").answers("unsure").presses("refer")
    taps(prepared, face="happy").presses("skip")
    assert {row[0] for row in counted()} == {"review", "destination_unsure"}


def test_what_was_said_keeps_the_other_preferences_and_goes_with_the_visit(
    prepared: Visitor, app: Flask
) -> None:
    taps(prepared, face="sad")
    prepared.stops()
    with app.extensions["house"].database.read() as connection:
        assert connection.execute(select(metadata.tables["visit"])).all() == []


@pytest.mark.parametrize("form", [{"face": "angry"}, {"why": "long"}, {}])
def test_what_is_no_face_is_refused(
    prepared: Visitor, counted: Callable[[], Counted], form: dict[str, str]
) -> None:
    assert prepared.sends("/visit/1/opinion", **form).page.status == 404
    assert counted() == []


def test_a_reason_that_does_not_go_with_the_face_is_refused(prepared: Visitor) -> None:
    assert taps(prepared, face="happy").sends("/visit/1/opinion", why="words").page.status == 404


def test_an_errand_under_way_is_not_asked_about(visitor: Visitor) -> None:
    visitor.arrives().begins("moving")
    assert visitor.goes_to("/visit/1/opinion").page.status == 404
    assert visitor.sends("/visit/1/opinion", face="sad").page.status == 404


# Stopped


def test_whoever_stops_is_asked_after_the_wipe_about_the_step_they_left(
    visitor: Visitor, app: Flask, counted: Callable[[], Counted]
) -> None:
    visitor.arrives().begins("moving").stops()
    taps(visitor, face="sad")
    assert (visitor.page.screen, visitor.page.heading) == ("opinion", "Waarom stopt u?")
    taps(visitor, why="hard")
    assert visitor.page.screen == "ended"
    assert visitor.page.one(data_opinion="thanks") is not None
    with app.extensions["house"].database.read() as connection:
        (stopped,) = {each.step for each in figures.everything(connection) if each.stopped}
    assert counted() == [(stopped, "stopped", "sad", "", 1), (stopped, "stopped", "sad", "hard", 1)]


def test_after_the_wipe_too_sending_twice_counts_once(
    visitor: Visitor, counted: Callable[[], Counted]
) -> None:
    visitor.arrives().begins("moving").stops()
    for form in ({"face": "sad"}, {"face": "sad"}, {"why": "long"}, {"why": "long"}, {"face": "sad"}):
        visitor.sends("/ended/opinion", **form)
    assert [row[-1] for row in counted()] == [1, 1]


def test_it_is_asked_in_the_language_of_the_visit(visitor: Visitor) -> None:
    visitor.arrives().speaks("ar").begins("moving").stops()
    assert "كيف كانت التجربة؟" in visitor.page.text
    taps(visitor, face="happy")
    assert (visitor.page.heading, visitor.page.one("html").get("lang")) == ("لماذا تتوقف؟", "ar")
    assert taps(visitor, why="enough").page.one("html").get("lang") == "ar"


def test_a_kind_stop_asks_on_its_own_page_and_not_again_after_the_wipe(
    visitor: Visitor, counted: Callable[[], Counted]
) -> None:
    visitor.arrives().begins("moving").answers("elsewhere")
    assert visitor.page.screen == "stop"
    taps(visitor, face="happy")
    taps(visitor, why="enough")
    assert visitor.page.screen == "stop"
    assert {row[1] for row in counted()} == {"stopped"}
    assert visitor.stops().page.all(data_opinion="") == []


def test_nothing_of_the_visit_is_left_to_ask_with(visitor: Visitor, app: Flask) -> None:
    visitor.arrives().begins("moving")
    with app.extensions["house"].database.read() as connection:
        ids = connection.execute(select(metadata.tables["visit"].c.id)).scalars().all()
        errands = connection.execute(select(metadata.tables["errand"].c.id)).scalars().all()
    visitor.stops()
    cookie = visitor.client.get_cookie(AFTER)
    assert cookie is not None
    assert cookie.http_only
    assert not [each for each in (*ids, *errands) if each in cookie.value + visitor.page.html]


@pytest.mark.parametrize(
    "told",
    [
        "0123456789abcdef:review:stopped:ask",
        "{version}:nowhere:stopped:ask",
        "{version}:review:lost:ask",
        "{version}:review:stopped:x",
    ],
)
def test_a_version_step_or_stage_that_does_not_exist_is_refused(
    visitor: Visitor, counted: Callable[[], Counted], told: str
) -> None:
    visitor.arrives().begins("moving").stops()
    cookie = visitor.client.get_cookie(AFTER)
    assert cookie is not None
    version = cookie.decoded_value.partition(":")[0]
    visitor.client.set_cookie(AFTER, told.format(version=version))
    assert visitor.sends("/ended/opinion", face="sad").page.status == 404
    assert counted() == []


def test_without_anything_stopped_there_is_nothing_to_say(visitor: Visitor) -> None:
    visitor.arrives()
    assert visitor.goes_to("/ended").page.all(data_opinion="") == []
    assert visitor.goes_to("/ended/opinion").page.screen == "ended"
    assert visitor.sends("/ended/opinion", face="sad").page.status == 404


def test_one_kiosk_cannot_be_stuffed(visitor: Visitor, counted: Callable[[], Counted], clock: Clock) -> None:
    visitor.arrives().begins("moving").stops()
    cookie = visitor.client.get_cookie(AFTER)
    assert cookie is not None

    def stuff(times: int) -> int:
        for _ in range(times):
            visitor.client.set_cookie(AFTER, cookie.decoded_value)
            assert (
                visitor.client.post("/ended/opinion", data={"face": "sad"}, headers=OURS).status_code == 303
            )
        return sum(row[-1] for row in counted())

    assert stuff(MOST + 3) == MOST
    clock.forward(minutes=11)
    assert stuff(1) == MOST + 1


# The table


def test_every_face_of_every_outcome_has_four_or_five_reasons() -> None:
    numbers = {(outcome, face): len(REASONS[outcome][face]) for outcome in REASONS for face in FACES}
    assert set(numbers.values()) <= {4, 5}
