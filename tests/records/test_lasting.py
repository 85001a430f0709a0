"""How long a visit lasts: as long as it is touched, and somebody says now and then to be there."""

import pytest
from sqlalchemy import Connection

from kiosk.records import calls, visits
from kiosk.records.database import Database
from tests.fixtures.people import NOON, a_call, a_visit, after

LIMIT_S = 60


def lasts(connection: Connection, token: str, **until: float) -> bool:
    """Whether its browser and the worker both take the visit for one that lasts."""
    now = after(**until)
    found = visits.by_token(connection, token, now, limit_s=LIMIT_S)
    assert bool(found) != bool(visits.stale(connection, now, LIMIT_S))
    return found is not None


@pytest.mark.norm("TIM-07")
def test_who_wants_more_time_has_three_times_as_long(database: Database) -> None:
    with database.write() as connection:
        visit, token = a_visit(connection)
        visits.take_time(connection, visit.id, True)
        assert lasts(connection, token, seconds=3 * LIMIT_S)
        assert not lasts(connection, token, seconds=3 * LIMIT_S + 1)
        visits.take_time(connection, visit.id, False)
        assert not lasts(connection, token, seconds=LIMIT_S + 1)


@pytest.mark.norm("TIM-06")
@pytest.mark.parametrize(("slow", "minutes"), [(False, 32), (True, 96)])
def test_touches_alone_keep_no_visit_for_ever(database: Database, slow: bool, minutes: int) -> None:
    with database.write() as connection:
        visit, token = a_visit(connection)
        visits.take_time(connection, visit.id, slow)
        visits.touch(connection, visit.id, after(minutes=minutes))
        assert lasts(connection, token, minutes=minutes)
        visits.touch(connection, visit.id, after(minutes=minutes, seconds=1))
        assert not lasts(connection, token, minutes=minutes, seconds=1)


def test_who_says_to_be_there_stays_as_often_as_they_like(database: Database) -> None:
    with database.write() as connection:
        visit, token = a_visit(connection)
        for minutes in range(30, 600, 30):
            visits.touch(connection, visit.id, after(minutes=minutes))
            found = visits.by_token(connection, token, after(minutes=minutes, seconds=1), limit_s=LIMIT_S)
            assert found and found.is_to_be_asked(after(minutes=minutes, seconds=1))
            visits.stay(connection, visit.id, after(minutes=minutes))
        assert lasts(connection, token, minutes=570, seconds=LIMIT_S)


def test_nobody_is_asked_while_a_call_is_open_and_half_an_hour_begins_after_it(database: Database) -> None:
    with database.write() as connection:
        visit, token = a_visit(connection)
        a_call(connection, visit.id)
        visits.touch(connection, visit.id, after(minutes=40))
        found = visits.by_token(connection, token, after(minutes=40), limit_s=LIMIT_S)
        assert found and not found.is_to_be_asked(after(minutes=40))
        calls.cancel(connection, visit.id, after(minutes=41))
        found = visits.by_token(connection, token, after(minutes=42), limit_s=LIMIT_S)
        assert found and not found.is_to_be_asked(after(minutes=42))


def test_a_visit_that_waited_begins_its_time_anew(database: Database) -> None:
    with database.write() as connection:
        visit, _ = a_visit(connection)
        code = visits.park(connection, visit, after(minutes=29))
        token = visits.unpark(connection, code, kiosk="zuil-1", now=after(minutes=40))
        found = visits.by_token(connection, token or "", after(minutes=41), limit_s=LIMIT_S)
        assert found and not found.is_to_be_asked(after(minutes=41))


def test_a_visit_waits_three_times_as_long_for_who_wants_more_time(database: Database) -> None:
    with database.write() as connection:
        visit, token = a_visit(connection)
        visits.take_time(connection, visit.id, True)
        slow = visits.by_token(connection, token, NOON, limit_s=LIMIT_S)
        assert slow
        code = visits.park(connection, slow, NOON)
        assert visits.unpark(connection, code, kiosk="zuil-1", now=after(minutes=45))


def test_nobody_is_asked_on_a_device_of_their_own(database: Database) -> None:
    with database.write() as connection:
        visit, _ = a_visit(connection)
        code = visits.park(connection, visit, NOON)
        token = visits.unpark(connection, code, kiosk="", now=NOON, own_device=True)
        found = visits.by_token(connection, token or "", after(minutes=90), limit_s=LIMIT_S)
        assert found and not found.is_to_be_asked(after(minutes=90))
