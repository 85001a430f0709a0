"""Going on elsewhere: a code for the visit, a number that the citizen chose, and nothing for who guesses."""

from collections import Counter

import pytest

from kiosk.records import attempts, parking, visits
from kiosk.records.database import Database
from kiosk.records.tables import visit as table
from tests.fixtures.people import NOON, a_visit, after, an_errand

LIMIT = {"limit_s": 90}


def kept(database: Database, number: str = "4711") -> str:
    """The code of a visit that was put aside for a week."""
    with database.write() as connection:
        return parking.keep(connection, a_visit(connection)[0], number, NOON)


def test_code_and_number_together_go_on_once_within_a_week(database: Database) -> None:
    code = kept(database)
    with database.write() as connection:
        late = after(days=6, hours=23)
        token = parking.unpark(connection, code.lower(), kiosk="zuil-2", now=late, number="4711")
        assert token
        visit = visits.by_token(connection, token, late, **LIMIT)
        assert visit and visit.kiosk == "zuil-2"
        assert parking.unpark(connection, code, kiosk="zuil-2", now=late, number="4711") is None


@pytest.mark.parametrize("number", ["", "4712", "47110", "471"])
def test_the_code_alone_or_with_another_number_opens_nothing(database: Database, number: str) -> None:
    code = kept(database)
    with database.write() as connection:
        assert parking.unpark(connection, code, kiosk="zuil-1", now=NOON, number=number) is None
        assert parking.unpark(connection, code, kiosk="zuil-1", now=NOON, number="4711")


def test_after_a_week_it_is_over(database: Database) -> None:
    code = kept(database)
    with database.write() as connection:
        too_late = after(days=7, seconds=1)
        assert parking.unpark(connection, code, kiosk="zuil-1", now=too_late, number="4711") is None
        assert visits.stale(connection, too_late, 90)


def test_a_number_of_another_visit_does_not_open_this_one(database: Database) -> None:
    first, _ = kept(database, "1111"), kept(database, "2222")
    with database.write() as connection:
        assert parking.unpark(connection, first, kiosk="zuil-1", now=NOON, number="2222") is None


def test_five_wrong_numbers_make_a_code_worthless_wherever_they_are_tried(database: Database) -> None:
    code = kept(database)
    for place in range(parking.MOST_WRONG):
        with database.write() as connection:
            assert parking.unpark(connection, code, kiosk=f"zuil-{place}", now=NOON, number="0000") is None
    with database.write() as connection:
        assert parking.unpark(connection, code, kiosk="zuil-9", now=NOON, number="4711") is None


def test_on_an_own_device_a_visit_is_held_for_a_day_and_stays_where_it_was(database: Database) -> None:
    with database.write() as connection:
        errand = an_errand(connection, date="2027-04-01")
        visit, _ = a_visit(connection, "zuil-2")
        code = parking.keep(connection, visit, "4711", NOON)
        token = parking.unpark(
            connection, code, kiosk="", now=NOON, number="4711", who="phone", own_device=True
        )
        assert token
        found = visits.by_token(connection, token, after(hours=19), **LIMIT)
        assert found and (found.kiosk, found.own_device) == ("zuil-2", True)
        assert visits.by_token(connection, token, after(hours=21), **LIMIT) is None
        assert visits.stale(connection, after(hours=19), 90) == [errand.visit]


def test_who_guesses_learns_nothing_from_the_work_it_takes(database: Database) -> None:
    code = kept(database)
    done = [statements(database, tried, number) for tried, number in ((code, "0000"), ("22222222", "4711"))]
    assert done[0] == done[1]


def statements(database: Database, code: str, number: str) -> Counter[str]:
    """How often each kind of statement was run for one wrong try."""
    from sqlalchemy import event

    seen: Counter[str] = Counter()

    def note(*args: object) -> None:
        seen[str(args[2]).split()[0]] += 1

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        with database.write() as connection:
            assert parking.unpark(connection, code, kiosk="zuil-1", now=NOON, number=number) is None
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
    return seen


@pytest.mark.slow
@pytest.mark.either_database
def test_a_hundred_thousand_guesses_fail_and_lock(database: Database) -> None:
    code = kept(database)
    with database.write() as connection:
        for number in range(100_000):
            guess = f"{number % 10_000:04}"
            assert parking.unpark(connection, code, kiosk="zuil-1", now=NOON, number=guess) is None
        assert attempts.recent(connection, "parking", "zuil-1", after(seconds=-1)) == parking.TRIES
        assert connection.execute(table.select()).one().code_hash is None
        assert parking.unpark(connection, code, kiosk="zuil-2", now=NOON, number="4711") is None


def test_staff_look_with_code_and_number_and_the_citizen_still_goes_on(database: Database) -> None:
    code = kept(database)
    with database.write() as connection:
        for _ in range(2):
            seen = parking.look(connection, code.lower(), "4711", who="staff anna", now=NOON)
            assert seen and (seen.kiosk, seen.language) == ("zuil-1", "nl")
        assert parking.unpark(connection, code, kiosk="zuil-2", now=NOON, number="4711")
        assert parking.look(connection, code, "4711", who="staff anna", now=NOON) is None


def test_the_short_code_without_a_number_lets_no_staff_look(database: Database) -> None:
    with database.write() as connection:
        code = parking.park(connection, a_visit(connection)[0], NOON)
        assert parking.look(connection, code, "", who="staff anna", now=NOON) is None


def test_staff_who_guess_lock_the_code_and_are_heard_ten_times_a_minute(database: Database) -> None:
    first, second = kept(database), kept(database)
    with database.write() as connection:
        for code in (first, "22222222"):
            for _ in range(parking.MOST_WRONG):
                assert parking.look(connection, code, "0000", who="staff anna", now=NOON) is None
        assert parking.look(connection, second, "4711", who="staff anna", now=NOON) is None
        assert parking.look(connection, first, "4711", who="staff bram", now=NOON) is None
        assert parking.look(connection, second, "4711", who="staff bram", now=NOON)
        assert parking.look(connection, second, "4711", who="staff anna", now=after(minutes=1, seconds=1))
