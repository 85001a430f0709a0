"""Several people at once: nobody loses anything, and one of them wins."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest
from sqlalchemy import Connection

from kiosk.records import answering, calls, figures, outbox, prints, visits
from kiosk.records.database import Database, announce
from kiosk.records.staff import Staff
from kiosk.records.tables import event
from kiosk.records.visits import Errand
from tests.fixtures.people import NOON, a_call, a_visit, an_errand, confirmed
from tests.records.test_figures import DATE, LIVING

AT_ONCE = 8
T = TypeVar("T")


def at_once(action: Callable[[int], T], times: int = AT_ONCE) -> list[T]:
    """What each of so many threads got, all of which began at the same moment."""
    together = threading.Barrier(times)

    def begin(number: int) -> T:
        together.wait()
        return action(number)

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(begin, range(times)))


def test_of_eight_who_claim_a_call_one_wins(database: Database) -> None:
    with database.write() as connection:
        call = a_call(connection, a_visit(connection)[0].id)

    def claim(number: int) -> bool:
        with database.write(durable=True) as connection:
            member = Staff(f"host-{number}", f"Host {number}", ("host",), (), (), "town-hall")
            return answering.claim(connection, call.id, member, NOON)

    assert sum(at_once(claim)) == 1


def test_of_eight_who_let_a_citizen_past_one_does(database: Database) -> None:
    with database.write() as connection:
        referred = visits.handled(connection, confirmed(connection, "referred").id)

    def overrule(number: int) -> bool:
        with database.write(durable=True) as connection:
            member = Staff(f"official-{number}", "", ("official",), (), (), "town-hall")
            return referred is not None and visits.overrule(connection, referred, "end", member, "Mag", NOON)

    assert sum(at_once(overrule)) == 1


def test_of_eight_workers_one_lets_a_call_ring_further(database: Database) -> None:
    with database.write() as connection:
        call = a_call(connection, a_visit(connection)[0].id)

    def ring(_: int) -> bool:
        with database.write(durable=True) as connection:
            return calls.ring(connection, call, 1)

    assert sum(at_once(ring)) == 1


@pytest.mark.norm("HLP-12")
def test_eight_taps_on_the_call_button_raise_one_call(database: Database) -> None:
    with database.write() as connection:
        visit, _ = a_visit(connection)

    def tap(_: int) -> str:
        with database.write(durable=True) as connection:
            return a_call(connection, visit.id).id

    assert len(set(at_once(tap))) == 1


def test_eight_taps_on_begin_begin_one_errand(database: Database) -> None:
    with database.write() as connection:
        visit, _ = a_visit(connection)

    def tap(_: int) -> str:
        with database.write() as connection:
            found = visits.open_errand(connection, visit, "moving", NOON)
            return (found or visits.begin_errand(connection, visit, "moving", "v1", "guided", NOON)).id

    assert len(set(at_once(tap))) == 1


def test_answers_given_at_once_are_all_kept(database: Database) -> None:
    with database.write() as connection:
        errand = an_errand(connection)

    def give(number: int) -> bool:
        with database.write() as connection:
            return visits.save_answers(connection, errand, {f"step-{number}": number}, NOON)

    assert all(at_once(give))
    with database.read() as connection:
        found = visits.errand(connection, errand.visit, 1)
    assert found and found.answers == {f"step-{number}": number for number in range(AT_ONCE)}


def test_of_eight_who_answer_one_question_at_once_seven_are_told(database: Database) -> None:
    with database.write() as connection:
        errand = an_errand(connection)

    def give(number: int) -> bool:
        try:
            with database.write() as connection:
                return visits.save_answers(
                    connection, errand, {"date": number}, NOON, f"official-{number}", shared=True
                )
        except visits.Overtaken:
            return False

    told = at_once(give)
    assert sum(told) == 1
    with database.read() as connection:
        found = visits.errand(connection, errand.visit, 1)
    first = told.index(True)
    assert found and (found.answers, found.entered_by) == ({"date": first}, {"date": f"official-{first}"})


def test_who_confirms_while_another_answers_confirms_what_they_read_or_nothing(database: Database) -> None:
    with database.write() as connection:
        errand = an_errand(connection, date="2027-04-01")

    def confirm_or_answer(number: int) -> bool:
        try:
            with database.write(durable=True) as connection:
                if number:
                    return visits.save_answers(
                        connection, errand, {f"step-{number}": number}, NOON, "anna", shared=True
                    )
                return end(connection, errand)
        except visits.Overtaken:
            return False

    confirmed, *kept = at_once(confirm_or_answer)
    with database.read() as connection:
        found = visits.errand(connection, errand.visit, 1)
    assert found and found.state == ("arranged" if confirmed else "open")
    given = {f"step-{number}": number for number, was in enumerate(kept, 1) if was}
    assert found.answers == {"date": "2027-04-01"} | given


def end(connection: Connection, errand: Errand) -> bool:
    """Confirm it with the answers that were read."""
    return visits.confirm(
        connection,
        errand,
        state="arranged",
        reference="V47 KD",
        answers=errand.answers,
        until=None,
        keep_until=NOON,
        deliveries={},
        now=NOON,
    )


def test_eight_taps_on_confirm_confirm_once(database: Database) -> None:
    with database.write() as connection:
        errand = an_errand(connection, date="2027-04-01")

    def confirm(number: int) -> bool:
        with database.write(durable=True) as connection:
            return visits.confirm(
                connection,
                errand,
                state="arranged",
                reference=f"V{number}7 KD",
                answers=errand.answers,
                until=None,
                keep_until=NOON,
                deliveries={"webhook": {}},
                now=NOON,
            )

    assert sum(at_once(confirm)) == 1
    with database.write() as connection:
        parcels = [outbox.claim(connection, "worker", NOON) for _ in range(2)]
    assert parcels[0] and parcels[1] is None


def test_eight_journeys_begun_at_once_get_eight_numbers(database: Database) -> None:
    with database.write() as connection:
        visit, _ = a_visit(connection)

    def begin(_: int) -> int:
        with database.write() as connection:
            return visits.begin_errand(connection, visit, "moving", "v1", "guided", NOON).number

    assert sorted(at_once(begin)) == list(range(1, AT_ONCE + 1))


def test_a_parcel_and_a_print_go_to_one_worker(database: Database) -> None:
    with database.write() as connection:
        errand = confirmed(connection, "arranged")
        prints.ask(connection, errand.id, "zuil-1", "a4", "nl", "printer", NOON)

    def take(number: int) -> tuple[bool, bool]:
        with database.write(durable=True) as connection:
            parcel = outbox.claim(connection, str(number), NOON)
        with database.write(durable=True) as connection:
            return parcel is not None, prints.claim(connection, str(number), NOON) is not None

    parcels, papers = zip(*at_once(take), strict=True)
    assert (sum(parcels), sum(papers)) == (1, 1)


def test_eight_taps_on_print_print_once(database: Database) -> None:
    with database.write() as connection:
        errand = confirmed(connection)

    def tap(_: int) -> str:
        with database.write() as connection:
            return prints.ask(connection, errand.id, "zuil-1", "a4", "nl", "printer", NOON).id

    assert len(set(at_once(tap))) == 1


def test_a_parked_visit_is_taken_up_once(database: Database) -> None:
    with database.write() as connection:
        code = visits.park(connection, a_visit(connection)[0], NOON)

    def resume(_: int) -> bool:
        with database.write() as connection:
            return visits.unpark(connection, code, kiosk="zuil-1", now=NOON) is not None

    assert sum(at_once(resume)) == 1


def test_figures_counted_at_once_all_count(database: Database) -> None:
    def count(number: int) -> None:
        rows = [(*DATE, {"shown": 1}), (*LIVING, {"shown": 1})]
        with database.write() as connection:
            figures.count(connection, rows if number % 2 else rows[::-1])

    at_once(count)
    with database.read() as connection:
        assert [row.shown for row in figures.everything(connection)] == [AT_ONCE, AT_ONCE]


def test_a_wipe_and_an_answer_at_once_leave_nothing_and_break_nothing(database: Database) -> None:
    with database.write() as connection:
        errand = an_errand(connection, date="2027-04-01")

    def wipe_or_answer(number: int) -> None:
        with database.write() as connection:
            if number == 0:
                visits.wipe(connection, errand.visit)
            else:
                visits.save_answers(connection, errand, {"date": number}, NOON)

    at_once(wipe_or_answer)
    with database.read() as connection:
        assert visits.errand(connection, errand.visit, 1) is None


def test_events_appear_in_the_order_of_their_ids(database: Database) -> None:
    seen: list[int] = []
    over = threading.Event()

    def look() -> None:
        while not over.is_set():
            with database.read() as connection:
                ids = [row.id for row in connection.execute(event.select().order_by(event.c.id))]
            assert ids[: len(seen)] == seen
            seen[:] = ids

    with ThreadPoolExecutor(1) as pool:
        looking = pool.submit(look)
        at_once(lambda _: [_announce(database) for _ in range(5)])
        over.set()
        looking.result()


def _announce(database: Database) -> None:
    with database.write() as connection:
        announce(connection, "calls")
