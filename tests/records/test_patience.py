"""How long a call lasts by itself, and with it the visit it is in."""

import pytest
from sqlalchemy import Connection

from kiosk.records import answering, calls, patience, staff, visits
from kiosk.records.database import Database
from tests.fixtures.people import HANA, NOON, a_call, a_visit, after

LIMIT_S = 60


@pytest.fixture
def hana_on_duty(database: Database) -> None:
    with database.write() as connection:
        staff.put(connection, HANA, None)
        staff.set_duty(connection, "hana", True, NOON)


def beats(connection: Connection, *, until: int) -> None:
    """Hana's screen is alive until so many minutes after noon."""
    staff.beat(connection, "hana", after(minutes=until))


def ends(connection: Connection, minute: int) -> bool:
    """Whether the one call ends so many minutes after noon; its visit may go then, and only then."""
    (call,) = calls.open_calls(connection)
    left = visits.stale(connection, after(minutes=minute), LIMIT_S)
    over = patience.expire(connection, after(minutes=minute)) == 1
    assert left == ([call.visit] if over else [])
    return over


def test_a_call_that_nobody_takes_ends_when_the_citizen_has_left(database: Database) -> None:
    with database.write() as connection:
        a_call(connection, a_visit(connection)[0].id)
        assert not ends(connection, 15)
        assert ends(connection, 16)


def test_a_call_is_not_lost_while_the_citizen_goes_on(database: Database) -> None:
    with database.write() as connection:
        visit, token = a_visit(connection)
        call = a_call(connection, visit.id)
        visits.touch(connection, visit.id, after(minutes=14))
        assert not ends(connection, 29)
        found = visits.by_token(connection, token, after(minutes=29), limit_s=LIMIT_S)
        assert found and found.calling == call.id
        assert ends(connection, 30)


def test_a_call_that_was_handed_over_waits_anew(database: Database) -> None:
    with database.write() as connection:
        call = a_call(connection, a_visit(connection)[0].id)
        answering.claim(connection, call.id, HANA, after(minutes=5))
        answering.hand_over(connection, call.id, HANA, after(minutes=12), to="anna")
        assert not ends(connection, 27)
        assert ends(connection, 28)


def test_a_call_that_was_taken_ends_when_nobody_comes_and_nobody_is_there(
    database: Database, hana_on_duty: None
) -> None:
    with database.write() as connection:
        call = a_call(connection, a_visit(connection)[0].id)
        answering.claim(connection, call.id, HANA, after(minutes=5))
        beats(connection, until=21)
        assert not ends(connection, 20)
        assert ends(connection, 21)
        assert not answering.resolve(connection, call.id, HANA, after(minutes=22))


def test_two_people_may_talk_for_forty_minutes_without_a_touch(
    database: Database, hana_on_duty: None
) -> None:
    with database.write() as connection:
        call = a_call(connection, a_visit(connection)[0].id)
        answering.claim(connection, call.id, HANA, after(minutes=1))
        answering.here(connection, call.id, HANA, after(minutes=2))
        beats(connection, until=42)
        assert not ends(connection, 42)
        assert answering.resolve(connection, call.id, HANA, after(minutes=42))


def test_help_ends_when_the_screens_of_both_are_silent(database: Database, hana_on_duty: None) -> None:
    with database.write() as connection:
        call = a_call(connection, a_visit(connection)[0].id)
        answering.claim(connection, call.id, HANA, after(minutes=1))
        answering.here(connection, call.id, HANA, after(minutes=2))
        beats(connection, until=20)
        assert not ends(connection, 22)
        assert ends(connection, 23)


def test_help_that_was_never_closed_ends_within_the_hour(database: Database, hana_on_duty: None) -> None:
    with database.write() as connection:
        call = a_call(connection, a_visit(connection)[0].id)
        answering.claim(connection, call.id, HANA, after(minutes=1))
        answering.here(connection, call.id, HANA, after(minutes=2))
        beats(connection, until=63)
        assert not ends(connection, 62)
        assert ends(connection, 63)


@pytest.mark.norm("PRV-21")
def test_what_a_citizen_wished_is_forgotten_when_the_call_ends_by_itself(database: Database) -> None:
    with database.write() as connection:
        visit, _ = a_visit(connection)
        call = a_call(connection, visit.id)
        calls.wish(connection, visit.id, ["sign"])
        patience.expire(connection, after(minutes=20))
        assert calls.wishes(connection, [call.id]) == {}
        shown = calls.of_visit(connection, visit.id, after(minutes=20))
    assert shown and shown.state == "expired"
