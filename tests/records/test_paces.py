"""How fast calls were answered lately, in each place."""

from datetime import timedelta

from kiosk.records import answering, calls, paces
from kiosk.records.database import Database
from tests.fixtures.people import ANNA, HANA, NOON, a_call, a_visit, after

HERE, ELSEWHERE = "town-hall", "library"


def test_each_phase_of_a_call_has_its_own_time(database: Database) -> None:
    with database.write() as connection:
        call = a_call(connection, a_visit(connection)[0].id)
        answering.claim(connection, call.id, HANA, after(seconds=40))
        answering.here(connection, call.id, HANA, after(seconds=100))
        assert paces.until_taken(connection, HERE, NOON) == [40]
        assert paces.until_here(connection, HERE, NOON) == [60]


def test_a_call_that_nobody_took_has_no_time(database: Database) -> None:
    with database.write() as connection:
        visit, _ = a_visit(connection)
        a_call(connection, visit.id)
        calls.cancel(connection, visit.id, after(minutes=9))
        assert paces.until_taken(connection, HERE, NOON) == paces.until_here(connection, HERE, NOON) == []


def test_another_place_has_times_of_its_own(database: Database) -> None:
    with database.write() as connection:
        call = a_call(connection, a_visit(connection)[0].id)
        answering.claim(connection, call.id, HANA, after(seconds=40))
        assert paces.until_taken(connection, ELSEWHERE, NOON) == []


def test_only_what_was_answered_lately_counts(database: Database) -> None:
    with database.write() as connection:
        call = a_call(connection, a_visit(connection)[0].id)
        answering.claim(connection, call.id, HANA, after(seconds=40))
        assert paces.until_taken(connection, HERE, NOON + timedelta(minutes=1)) == []


def test_who_was_handed_over_waited_since_then(database: Database) -> None:
    with database.write() as connection:
        call = a_call(connection, a_visit(connection)[0].id)
        answering.claim(connection, call.id, HANA, after(minutes=1))
        answering.hand_over(connection, call.id, HANA, after(minutes=9))
        answering.claim(connection, call.id, ANNA, after(minutes=11))
        assert paces.until_taken(connection, HERE, NOON) == [120]


def test_only_the_newest_times_count(database: Database) -> None:
    with database.write() as connection:
        for number in range(paces.MOST + 1):
            call = a_call(connection, a_visit(connection)[0].id)
            answering.claim(connection, call.id, HANA, after(seconds=number))
        times = paces.until_taken(connection, HERE, NOON - timedelta(hours=1))
    assert times == list(range(paces.MOST, 0, -1))
