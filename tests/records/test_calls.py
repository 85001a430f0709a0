"""A call: from raised to ended."""

import pytest

from kiosk.records import answering, calls
from kiosk.records.database import Database
from kiosk.records.tables import call as call_table
from tests.fixtures.people import ANNA, HANA, NOON, a_call, a_visit, after


def test_a_second_tap_finds_the_call_that_is_there(database: Database) -> None:
    with database.write() as connection:
        visit, _ = a_visit(connection)
        assert a_call(connection, visit.id) == a_call(connection, visit.id)
        assert len(calls.open_calls(connection)) == 1


def test_an_open_call_that_is_raised_again_is_about_what_is_asked_now(database: Database) -> None:
    with database.write() as connection:
        visit, _ = a_visit(connection)
        first = a_call(connection, visit.id)
        answering.claim(connection, first.id, HANA, NOON)
        now = a_call(connection, visit.id, step="leaving", expertise="civil-affairs", discreet=True)
        assert (now.id, now.state, now.raised_at) == (first.id, "coming", first.raised_at)
        assert (now.step, now.expertise, now.discreet) == ("leaving", "civil-affairs", True)
        assert a_call(connection, visit.id).discreet  # once private, private it stays
        assert [each.step for each in calls.open_calls(connection)] == ["date"]


def test_after_a_call_has_ended_another_can_be_raised(database: Database) -> None:
    with database.write() as connection:
        visit, _ = a_visit(connection)
        first = a_call(connection, visit.id)
        calls.cancel(connection, visit.id, NOON)
        second = a_call(connection, visit.id)
        assert second.id != first.id
        assert calls.of_visit(connection, visit.id, NOON) == second


def test_of_two_who_claim_one_goes_and_the_citizen_reads_who(database: Database) -> None:
    with database.write() as connection:
        visit, _ = a_visit(connection)
        call = a_call(connection, visit.id)
        assert answering.claim(connection, call.id, HANA, after(seconds=5))
        assert not answering.claim(connection, call.id, ANNA, after(seconds=6))
        found = calls.of_visit(connection, visit.id, NOON)
    assert found and (found.state, found.taken_name, found.taken_at) == (
        "coming",
        "Hana Haddad",
        after(seconds=5),
    )


def test_only_who_took_the_call_says_that_they_are_there_and_that_it_is_done(database: Database) -> None:
    with database.write() as connection:
        visit, _ = a_visit(connection)
        call = a_call(connection, visit.id)
        answering.claim(connection, call.id, HANA, NOON)
        assert not answering.here(connection, call.id, ANNA, NOON)
        assert answering.here(connection, call.id, HANA, NOON)
        assert not answering.resolve(connection, call.id, ANNA, NOON)
        assert answering.resolve(connection, call.id, HANA, NOON)
        assert calls.open_calls(connection) == []


def test_who_took_a_call_is_a_taker_until_it_ends(database: Database) -> None:
    with database.write() as connection:
        a_call(connection, a_visit(connection, kiosk="elsewhere")[0].id)
        taken = a_call(connection, a_visit(connection)[0].id)
        answering.claim(connection, taken.id, HANA, NOON)
        assert calls.takers(connection) == {HANA.name}
        calls.cancel(connection, str(taken.visit), NOON)
        assert calls.takers(connection) == set()


def test_how_a_call_ended_is_shown_for_a_minute(database: Database) -> None:
    with database.write() as connection:
        visit, _ = a_visit(connection)
        a_call(connection, visit.id)
        calls.cancel(connection, visit.id, NOON)
        shown = calls.of_visit(connection, visit.id, after(seconds=59))
        assert shown and shown.state == "cancelled"
        assert calls.of_visit(connection, visit.id, after(seconds=61)) is None


def test_the_call_that_waits_longest_stands_first(database: Database) -> None:
    with database.write() as connection:
        young, old = (a_call(connection, a_visit(connection)[0].id) for _ in range(2))
        earlier = call_table.update().where(call_table.c.id == old.id).values(raised_at=after(minutes=-5))
        connection.execute(earlier)
        assert [call.id for call in calls.open_calls(connection)] == [old.id, young.id]


def test_a_call_rings_in_the_next_circle_once(database: Database) -> None:
    with database.write() as connection:
        call = a_call(connection, a_visit(connection)[0].id)
        assert calls.ring(connection, call, 2)
        assert not calls.ring(connection, call, 2)
        assert [each.rang for each in calls.open_calls(connection)] == [2]


def test_a_call_that_was_taken_or_handed_over_meanwhile_does_not_ring(database: Database) -> None:
    with database.write() as connection:
        call = a_call(connection, a_visit(connection)[0].id)
        answering.claim(connection, call.id, HANA, NOON)
        assert not calls.ring(connection, call, 1)
        answering.hand_over(connection, call.id, HANA, after(minutes=1), to="anna")
        assert not calls.ring(connection, call, 1)


def test_a_second_tap_says_why_and_a_private_one_is_discreet(database: Database) -> None:
    with database.write() as connection:
        visit, _ = a_visit(connection)
        a_call(connection, visit.id)
        calls.tell_why(connection, visit.id, "wrong")
        (said,) = calls.open_calls(connection)
        calls.tell_why(connection, visit.id, "private")
        (private,) = calls.open_calls(connection)
    assert (said.reason, said.discreet) == ("wrong", False)
    assert (private.reason, private.discreet) == ("private", True)


@pytest.mark.norm("PRV-21")
def test_how_to_talk_with_somebody_is_forgotten_when_the_call_ends(database: Database) -> None:
    with database.write() as connection:
        visit, _ = a_visit(connection)
        call = a_call(connection, visit.id)
        calls.wish(connection, visit.id, ["sign", "language"])
        assert calls.wishes(connection, [call.id]) == {call.id: ["sign", "language"]}
        calls.cancel(connection, visit.id, NOON)
        assert calls.wishes(connection, [call.id]) == {}


def test_the_citizen_says_how_far_help_goes_and_takes_it_back(database: Database) -> None:
    with database.write() as connection:
        visit, _ = a_visit(connection)
        assert a_call(connection, visit.id).level == "explain"
        assert calls.let(connection, visit.id, "along")
        assert not calls.let(connection, visit.id, "along")
        assert calls.let(connection, visit.id, "explain")
        calls.cancel(connection, visit.id, NOON)
        assert not calls.let(connection, visit.id, "together")
