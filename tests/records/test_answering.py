"""Answering a call: handing it on, giving it back, and saying what helped."""

import pytest
from sqlalchemy import Connection

from kiosk.records import answering, calls, follow_ups, helping, staff, visits
from kiosk.records.calls import Call
from kiosk.records.database import Database
from tests.fixtures.people import ANNA, HANA, NOON, a_call, a_visit, after


def taken(connection: Connection, **more: str) -> Call:
    """A call that Hana has taken."""
    call = a_call(connection, a_visit(connection)[0].id, **more)
    answering.claim(connection, call.id, HANA, NOON)
    return the_call(connection)


def the_call(connection: Connection) -> Call:
    """The one call that is open."""
    (call,) = calls.open_calls(connection)
    return call


def test_a_call_that_is_handed_over_waits_for_a_colleague_with_a_note(database: Database) -> None:
    with database.write() as connection:
        call = taken(connection)
        later = after(minutes=3)
        assert answering.hand_over(connection, call.id, HANA, later, to="anna", note="Over het adres")
        handed = the_call(connection)
        assert (handed.state, handed.taken_by, handed.wanted) == ("sent", None, "anna")
        assert (handed.handed_by, handed.waiting_since, handed.raised_at) == ("Hana Haddad", later, NOON)
        assert answering.note_of(connection, call.id) == "Over het adres"
        assert answering.claim(connection, call.id, ANNA, later)
        assert answering.note_of(connection, call.id) == "Over het adres"


def test_a_call_that_is_handed_to_experts_is_about_what_they_know(database: Database) -> None:
    with database.write() as connection:
        call = taken(connection, expertise="money")
        answering.hand_over(connection, call.id, HANA, NOON, expertise="civil-affairs")
        assert (the_call(connection).expertise, the_call(connection).wanted) == ("civil-affairs", None)
        answering.claim(connection, call.id, ANNA, NOON)
        answering.hand_over(connection, call.id, ANNA, NOON, to="hana")
        assert the_call(connection).expertise == "civil-affairs"


@pytest.mark.parametrize("verb", ["hand over", "to the back office"])
def test_only_who_took_a_call_hands_it_on(database: Database, verb: str) -> None:
    with database.write() as connection:
        call = taken(connection)
        handed = (
            answering.hand_over(connection, call.id, ANNA, NOON)
            if verb == "hand over"
            else answering.to_back_office(connection, call, ANNA, NOON, "Uitzoeken")
        )
        assert not handed
        assert (the_call(connection).taken_by, follow_ups.to_do(connection)) == ("hana", [])


def test_a_call_that_nobody_is_at_any_more_waits_for_anybody(database: Database) -> None:
    with database.write() as connection:
        call = taken(connection)
        answering.hand_over(connection, call.id, HANA, NOON)
        answering.claim(connection, call.id, ANNA, NOON)
        assert answering.release(connection, call.id, after(minutes=5))
        free = the_call(connection)
        assert (free.state, free.taken_by, free.waiting_since) == ("sent", None, after(minutes=5))
        assert free.handed_by is None
        assert not answering.release(connection, call.id, after(minutes=6))


@pytest.fixture
def taken_on_duty(database: Database) -> Call:
    """A call taken by Hana, who went on duty at noon."""
    with database.write() as connection:
        staff.put(connection, HANA, None)
        staff.set_duty(connection, "hana", True, NOON)
        return taken(connection)


def test_a_call_whose_taker_is_not_heard_of_any_more_waits_again(
    database: Database, taken_on_duty: Call
) -> None:
    with database.write() as connection:
        staff.beat(connection, "hana", after(minutes=4))
        assert answering.release_deserted(connection, after(minutes=9)) == 0
        assert answering.release_deserted(connection, after(minutes=10)) == 1
        free = the_call(connection)
    assert (free.state, free.taken_by, free.rang) == ("sent", None, 0)
    assert free.waiting_since == after(minutes=10)


def test_who_signs_off_while_they_come_is_given_time_to_walk(database: Database, taken_on_duty: Call) -> None:
    with database.write() as connection:
        staff.set_duty(connection, "hana", False, after(minutes=2))
        assert answering.release_deserted(connection, after(minutes=7)) == 0
        assert answering.release_deserted(connection, after(minutes=8)) == 1


def test_a_call_of_somebody_who_works_here_no_more_waits_again(
    database: Database, taken_on_duty: Call
) -> None:
    with database.write() as connection:
        staff.remove(connection, "hana")
        assert answering.release_deserted(connection, after(minutes=6)) == 1


def test_who_is_with_the_citizen_is_never_called_away(database: Database, taken_on_duty: Call) -> None:
    with database.write() as connection:
        answering.here(connection, taken_on_duty.id, HANA, after(minutes=1))
        assert answering.release_deserted(connection, after(minutes=30)) == 0


def test_what_helped_is_counted_by_step_and_version(database: Database) -> None:
    with database.write() as connection:
        for _ in range(2):
            call = taken(connection, version="v1")
            answering.resolve(connection, call.id, HANA, NOON, "wording")
        answering.resolve(connection, taken(connection).id, HANA, NOON)
        (counted,) = helping.everything(connection)
    assert (counted.version, counted.step, counted.what, counted.number) == ("v1", "date", "wording", 2)


def test_the_back_office_gets_a_note_and_the_errand_and_does_it_once(database: Database) -> None:
    with database.write() as connection:
        visit, _ = a_visit(connection)
        errand = visits.begin_errand(connection, visit, "moving", "v1", "guided", NOON)
        call = a_call(connection, visit.id)
        answering.claim(connection, call.id, HANA, NOON)
        assert answering.to_back_office(connection, call, HANA, NOON, "Staat de buurman hier nog?")
        (left,) = follow_ups.to_do(connection)
        assert (left.errand, left.note, left.by) == (errand.id, "Staat de buurman hier nog?", "hana")
        assert calls.open_calls(connection) == []
        assert follow_ups.done(connection, left.id, ANNA, NOON)
        assert not follow_ups.done(connection, left.id, HANA, NOON)
        assert follow_ups.to_do(connection) == []


def test_a_follow_up_is_forgotten_after_thirty_days(database: Database) -> None:
    with database.write() as connection:
        answering.to_back_office(connection, taken(connection), HANA, NOON, "Uitzoeken")
        follow_ups.forget(connection, after(days=29))
        assert follow_ups.to_do(connection)
        follow_ups.forget(connection, after(days=31))
        assert follow_ups.to_do(connection) == []
