"""A visit: from the first tap to the wipe."""

import pytest

from kiosk.records import calls, print_steps, prints, visits
from kiosk.records.database import Database
from kiosk.records.tables import metadata
from tests.fixtures.people import NOON, a_call, a_visit, after, an_errand, confirmed


def test_a_browser_finds_its_visit_by_its_token(database: Database) -> None:
    with database.write() as connection:
        visit, token = a_visit(connection)
    with database.read() as connection:
        assert visits.by_token(connection, token, NOON, limit_s=60) == visit
        assert visits.by_token(connection, token + "x", NOON, limit_s=60) is None


def test_the_token_itself_is_kept_nowhere(database: Database) -> None:
    with database.write() as connection:
        _, token = a_visit(connection)
        row = connection.execute(metadata.tables["visit"].select()).one()
    assert token not in str(tuple(row))


def test_a_visit_left_alone_too_long_is_over(database: Database) -> None:
    with database.write() as connection:
        visit, token = a_visit(connection)
        assert visits.by_token(connection, token, after(seconds=60), limit_s=60)
        assert visits.by_token(connection, token, after(seconds=61), limit_s=60) is None
        assert visits.stale(connection, after(seconds=61), 60) == [visit.id]


def test_a_touch_starts_the_clock_anew(database: Database) -> None:
    with database.write() as connection:
        visit, token = a_visit(connection)
        visits.touch(connection, visit.id, after(seconds=50))
        assert visits.by_token(connection, token, after(seconds=100), limit_s=60)
        assert visits.stale(connection, after(seconds=100), 60) == []


def test_an_open_call_stops_the_clock_for_a_quarter_of_an_hour(database: Database) -> None:
    with database.write() as connection:
        visit, token = a_visit(connection)
        call = a_call(connection, visit.id)
        waiting = visits.by_token(connection, token, after(minutes=15), limit_s=60)
        assert waiting and waiting.calling == call.id
        assert visits.stale(connection, after(minutes=15), 60) == []
        assert visits.stale(connection, after(minutes=16), 60) == [visit.id]


def test_when_a_call_ends_the_clock_starts_anew(database: Database) -> None:
    with database.write() as connection:
        visit, token = a_visit(connection)
        a_call(connection, visit.id)
        calls.cancel(connection, visit.id, after(minutes=10))
        assert visits.by_token(connection, token, after(minutes=10, seconds=60), limit_s=60)


def test_language_and_preferences_are_remembered_during_the_visit(database: Database) -> None:
    with database.write() as connection:
        visit, token = a_visit(connection)
        visits.set_language(connection, visit.id, "ar")
        visits.prefer(connection, visit.id, "chosen", {"size": "200"})
        found = visits.by_token(connection, token, NOON, limit_s=60)
    assert found and (found.language, found.preferences) == ("ar", {"chosen": {"size": "200"}})


def test_a_parked_visit_goes_on_once_with_its_code_at_another_kiosk(database: Database) -> None:
    with database.write() as connection:
        errand = an_errand(connection, date="2027-04-01")
        visit = visits.Visit(errand.visit, "zuil-1", "nl", {}, NOON, NOON)
        code = visits.park(connection, visit, NOON)
        token = visits.unpark(
            connection, f" {code[:3].lower()}-{code[3:]}", kiosk="zuil-2", now=after(minutes=14)
        )
        assert token
        found = visits.by_token(connection, token, after(minutes=14), limit_s=60)
        assert found and (found.id, found.kiosk) == (visit.id, "zuil-2")
        assert visits.errands(connection, visit.id)[0].kiosk == "zuil-2"
        assert visits.unpark(connection, code, kiosk="zuil-2", now=after(minutes=14)) is None


def test_parking_ends_the_token_of_the_browser(database: Database) -> None:
    with database.write() as connection:
        visit, token = a_visit(connection)
        visits.park(connection, visit, NOON)
        assert visits.by_token(connection, token, NOON, limit_s=60) is None


def test_a_parked_visit_waits_its_quarter_of_an_hour_and_no_longer(database: Database) -> None:
    with database.write() as connection:
        visit, _ = a_visit(connection)
        code = visits.park(connection, visit, NOON)
        assert visits.stale(connection, after(minutes=15), 60) == []
        assert visits.stale(connection, after(minutes=15, seconds=1), 60) == [visit.id]
        assert visits.unpark(connection, code, kiosk="zuil-1", now=after(minutes=15, seconds=1)) is None


def test_after_ten_wrong_codes_even_the_right_one_waits_a_minute_at_that_kiosk(database: Database) -> None:
    with database.write() as connection:
        visit, _ = a_visit(connection)
        code = visits.park(connection, visit, NOON)
        for _ in range(10):
            assert visits.unpark(connection, "222222", kiosk="zuil-1", now=NOON) is None
        assert visits.unpark(connection, code, kiosk="zuil-1", now=after(seconds=59)) is None
        assert visits.unpark(connection, code, kiosk="zuil-1", now=after(seconds=61))


@pytest.mark.norm("PRV-03")
def test_the_wipe_leaves_nothing_of_a_visit_that_confirmed_nothing(database: Database) -> None:
    with database.write() as connection:
        errand = an_errand(connection, date="2027-04-01", name="Jansen")
        prints.ask(connection, errand.id, "zuil-1", "a4", "nl", "printer", NOON)
        visits.wipe(connection, errand.visit)
        left = [
            name
            for name in ("visit", "errand", "answer", "print", "outbox")
            if connection.execute(metadata.tables[name].select()).first()
        ]
    assert left == []


def test_a_confirmed_errand_outlives_its_visit_with_the_answers_on_its_route(database: Database) -> None:
    with database.write() as connection:
        errand = confirmed(connection, date="2027-04-01")
        visits.wipe(connection, errand.visit)
        kept = visits.handled(connection, errand.id)
        assert kept and kept.answers == {"date": "2027-04-01"}
        assert visits.errand(connection, errand.visit, errand.number) is None


def test_an_unfinished_print_and_an_undelivered_parcel_outlive_the_wipe(database: Database) -> None:
    with database.write() as connection:
        errand = confirmed(connection, "arranged", date="2027-04-01")
        prints.ask(connection, errand.id, "zuil-1", "a4", "nl", "printer", NOON)
        visits.wipe(connection, errand.visit)
        assert prints.claim(connection, "worker", NOON)
        assert connection.execute(metadata.tables["outbox"].select()).first()


def test_a_print_with_its_own_payload_outlives_even_its_errand(database: Database) -> None:
    with database.write() as connection:
        errand = an_errand(connection)
        job = prints.ask(connection, errand.id, "zuil-1", "a4", "nl", "printer", NOON, told={"x": 1})
        visits.wipe(connection, errand.visit)
        assert print_steps.payload(connection, job.id) == {"x": 1}


def test_the_wipe_cancels_the_open_call(database: Database) -> None:
    with database.write() as connection:
        visit, _ = a_visit(connection)
        a_call(connection, visit.id)
        visits.wipe(connection, visit.id)
        assert calls.open_calls(connection) == []


def test_a_new_visit_wipes_what_was_left_at_its_kiosk_but_not_what_was_parked(database: Database) -> None:
    with database.write() as connection:
        _, left_token = a_visit(connection)
        parked, _ = a_visit(connection)
        code = visits.park(connection, parked, NOON)
        elsewhere, elsewhere_token = a_visit(connection, "zuil-2")
        visits.wipe_kiosk(connection, "zuil-1")
        assert visits.by_token(connection, left_token, NOON, limit_s=60) is None
        assert visits.by_token(connection, elsewhere_token, NOON, limit_s=60) == elsewhere
        assert visits.unpark(connection, code, kiosk="zuil-1", now=NOON)


def test_what_a_block_that_fails_wrote_is_gone(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.write() as connection:
        _, token = a_visit(connection)
        raise ZeroDivisionError
    with database.read() as connection:
        assert visits.by_token(connection, token, NOON, limit_s=60) is None
