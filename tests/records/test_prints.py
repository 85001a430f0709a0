"""Paper: asked for, rendered, printed or fetched."""

from typing import Any

from sqlalchemy import Connection

from kiosk.records import prints, visits
from kiosk.records.database import Database, beat
from kiosk.records.prints import Job
from kiosk.records.tables import print_
from tests.fixtures.people import NOON, after, confirmed


def ask(connection: Connection, errand_id: str, target: str = "printer") -> Job:
    """A tap on the print button."""
    return prints.ask(connection, errand_id, "zuil-1", "a4", "nl", target, NOON)


def asked_at(connection: Connection, kiosk: str, second: int) -> Job:
    """A print of somebody's errand at a kiosk, so many seconds after noon."""
    errand = confirmed(connection)
    return prints.ask(connection, errand.id, kiosk, "a4", "nl", "printer", after(seconds=second))


def tap(
    connection: Connection, errand_id: str, *, seen: str | None = None, paper: str = "a4", told: Any = None
) -> Job:
    """A tap on a button of a page that showed this print."""
    return prints.ask(connection, errand_id, "zuil-1", paper, "nl", "printer", NOON, told, seen)


def ahead(connection: Connection, job: Job) -> int:
    """How many come before it now."""
    found = prints.job(connection, job.id)
    return found.ahead if found else -1


def state_of(connection: Connection, job: Job) -> str:
    """How far that print is now."""
    found = prints.job(connection, job.id)
    return found.state if found else ""


def test_a_second_tap_gives_the_print_that_is_running(database: Database) -> None:
    with database.write() as connection:
        errand = confirmed(connection)
        job = ask(connection, errand.id)
        prints.claim(connection, "worker", NOON)
        again = ask(connection, errand.id)
    assert (again.id, again.state) == (job.id, "rendering")


def test_after_a_print_has_ended_another_can_be_asked_for(database: Database) -> None:
    with database.write() as connection:
        errand = confirmed(connection)
        job = ask(connection, errand.id)
        prints.finish(connection, job.id)
        assert ask(connection, errand.id).id != job.id


def test_a_print_goes_from_waiting_by_way_of_the_printer_to_the_tray(database: Database) -> None:
    with database.write() as connection:
        errand = confirmed(connection)
        job = ask(connection, errand.id)
        prints.claim(connection, "worker", NOON)
        states = [job.state, state_of(connection, job)]
        for go_on in (prints.printing, prints.finish):
            go_on(connection, job.id)
            states.append(state_of(connection, job))
    assert states == ["waiting", "rendering", "printing", "printed"]


def test_a_file_is_ready_and_not_printed(database: Database) -> None:
    with database.write() as connection:
        errand = confirmed(connection)
        prints.finish(connection, ask(connection, errand.id, "file").id)
        found = prints.of_errand(connection, errand.id, "file")
        assert found and found.state == "ready"
        assert prints.of_errand(connection, errand.id) is None


def test_the_paper_is_kept_sealed(database: Database) -> None:
    with database.write() as connection:
        job = ask(connection, confirmed(connection).id)
        assert prints.pdf(connection, job.id) is None
        prints.store_pdf(connection, job.id, b"%PDF Jansen")
        assert prints.pdf(connection, job.id) == b"%PDF Jansen"
        assert b"Jansen" not in connection.execute(print_.select()).one().pdf
        prints.drop_pdf(connection, job.id)
        assert prints.pdf(connection, job.id) is None


def test_a_printer_that_is_off_is_tried_again_and_then_told(database: Database) -> None:
    with database.write() as connection:
        job = ask(connection, confirmed(connection).id)
        prints.claim(connection, "worker", NOON)
        prints.fail(connection, job.id, "off", after(seconds=10))
        assert prints.claim(connection, "worker", after(seconds=9)) is None
        again = prints.claim(connection, "worker", after(seconds=10))
        assert again and (again.attempts, again.reason) == (2, "off")
        prints.fail(connection, job.id, "still off", None)
        told = prints.job(connection, job.id)
        assert told and (told.state, told.reason) == ("failed", "still off")
        assert [each.id for each in prints.failed(connection, NOON.replace(hour=0))] == [job.id]
        assert prints.failed(connection, after(seconds=1)) == []


def test_what_a_stuck_worker_had_taken_is_taken_over(database: Database) -> None:
    with database.write() as connection:
        ask(connection, confirmed(connection).id)
        prints.claim(connection, "stuck", NOON)
        assert prints.claim(connection, "other", after(minutes=1)) is None
        assert prints.claim(connection, "other", after(minutes=3))


def test_what_a_dead_worker_had_taken_is_taken_over_once_it_shows_no_sign_of_life(database: Database) -> None:
    with database.write() as connection:
        ask(connection, confirmed(connection).id)
        beat(connection, NOON, "dead")
        prints.claim(connection, "dead", NOON)
        assert prints.claim(connection, "other", after(seconds=19)) is None
        assert prints.claim(connection, "other", after(seconds=21))


def test_a_worker_that_was_paused_and_shows_itself_again_keeps_what_it_took(database: Database) -> None:
    with database.write() as connection:
        ask(connection, confirmed(connection).id)
        prints.claim(connection, "busy", NOON)
        beat(connection, after(seconds=20), "busy")
        assert prints.claim(connection, "other", after(seconds=39)) is None


def test_a_step_that_is_done_leaves_the_next_one_to_any_worker(database: Database) -> None:
    with database.write() as connection:
        job = ask(connection, confirmed(connection).id)
        prints.claim(connection, "one", NOON)
        prints.sent(connection, job.id, 7, NOON)
        looks = prints.claim(connection, "other", NOON)
        assert looks and (looks.number, looks.attempts, looks.sent_at) == (7, 1, NOON)
        prints.look_again(connection, job.id, "jam", after(seconds=2))
        assert prints.claim(connection, "one", after(seconds=1)) is None
        assert prints.claim(connection, "one", after(seconds=2))


def test_prints_of_one_kiosk_come_in_the_order_in_which_they_were_asked_for(database: Database) -> None:
    with database.write() as connection:
        first, second = (asked_at(connection, "zuil-1", second) for second in (0, 1))
        elsewhere = asked_at(connection, "zuil-2", 2)
        claimed = [prints.claim(connection, "worker", after(minutes=1)) for _ in range(3)]
        assert [job and job.id for job in claimed] == [first.id, elsewhere.id, None]
        prints.fail(connection, first.id, "off", after(minutes=2))
        assert prints.claim(connection, "worker", after(minutes=1)) is None
        prints.fail(connection, first.id, "off", None)
        then = prints.claim(connection, "worker", after(minutes=1))
        assert then and then.id == second.id


def test_a_print_knows_how_many_come_before_it(database: Database) -> None:
    with database.write() as connection:
        jobs = [asked_at(connection, "zuil-1", second) for second in range(3)]
        asked_at(connection, "zuil-2", 0)
        assert [ahead(connection, job) for job in jobs] == [0, 1, 2]
        prints.finish(connection, jobs[0].id)
        assert [ahead(connection, job) for job in jobs[1:]] == [0, 1]


def test_a_file_waits_for_no_printer(database: Database) -> None:
    with database.write() as connection:
        asked_at(connection, "zuil-1", 0)
        file = ask(connection, confirmed(connection).id, "file")
        claimed = [prints.claim(connection, "worker", after(minutes=1)) for _ in range(2)]
        assert file.id in [job.id for job in claimed if job]


def test_a_second_tap_on_the_same_page_finds_what_the_first_one_printed(database: Database) -> None:
    with database.write() as connection:
        errand = confirmed(connection)
        first = tap(connection, errand.id, seen="")
        prints.finish(connection, first.id)
        assert tap(connection, errand.id, seen="").id == first.id
        assert tap(connection, errand.id, seen=first.id).id != first.id


def test_another_paper_on_the_same_page_is_another_wish(database: Database) -> None:
    with database.write() as connection:
        errand = confirmed(connection)
        first = tap(connection, errand.id, seen="")
        prints.finish(connection, first.id)
        assert tap(connection, errand.id, seen="", paper="large").id != first.id


def test_until_a_print_is_made_the_last_wish_is_what_will_be_on_it(database: Database) -> None:
    with database.write() as connection:
        errand = confirmed(connection)
        job = tap(connection, errand.id, told="with names")
        tap(connection, errand.id, told="without names")
        assert prints.payload(connection, job.id) == "without names"
        prints.claim(connection, "worker", NOON)
        tap(connection, errand.id, told="with names")
        assert prints.payload(connection, job.id) == "without names"


def test_a_test_page_is_asked_for_once_until_it_is_out(database: Database) -> None:
    with database.write() as connection:
        for _ in range(2):
            prints.ask_test(connection, "zuil-1", "a4", NOON)
        prints.ask_test(connection, "zuil-2", "roll", NOON)
        assert {name: job.paper for name, job in prints.test_pages(connection).items()} == {
            "zuil-1": "a4",
            "zuil-2": "roll",
        }
        prints.finish(connection, prints.test_pages(connection)["zuil-1"].id)
        prints.ask_test(connection, "zuil-1", "a4", after(minutes=1))
        assert prints.test_pages(connection)["zuil-1"].state == "waiting"


def test_nothing_is_kept_of_what_was_printed_or_given_up(database: Database) -> None:
    with database.write() as connection:
        for end in (prints.finish, lambda connection, job: prints.fail(connection, job, "off", None)):
            job = tap(connection, confirmed(connection).id, told={"answers": "Jansen"})
            prints.store_pdf(connection, job.id, b"%PDF Jansen")
            end(connection, job.id)
            assert (prints.payload(connection, job.id), prints.pdf(connection, job.id)) == (None, None)


def test_somebody_waits_for_a_print_until_the_visit_ends_or_is_put_aside(database: Database) -> None:
    with database.write() as connection:
        errand, parked = confirmed(connection), confirmed(connection)
        here, away = (ask(connection, each.id) for each in (errand, parked))
        assert prints.is_awaited(connection, here)
        visit = visits.Visit(parked.visit or "", "zuil-1", "nl", {}, NOON, NOON)
        visits.park(connection, visit, NOON)
        visits.wipe(connection, errand.visit or "")
        assert not prints.is_awaited(connection, here)
        assert not prints.is_awaited(connection, away)


def test_of_a_print_that_failed_staff_read_that_it_did_after_the_visit_is_gone(database: Database) -> None:
    with database.write() as connection:
        errand = confirmed(connection)
        failed, printed = ask(connection, errand.id), tap(connection, errand.id, paper="large")
        prints.fail(connection, failed.id, "jam", None)
        prints.finish(connection, printed.id)
        visits.wipe(connection, errand.visit or "")
        assert [(job.errand, job.reason) for job in prints.failed(connection, NOON)] == [(None, "jam")]
        assert prints.job(connection, printed.id) is None
        prints.forget(connection, after(hours=25))
        assert prints.failed(connection, NOON) == []


def test_paper_that_was_printed_is_forgotten_in_an_hour_and_any_paper_in_a_day(database: Database) -> None:
    with database.write() as connection:
        printed, waiting = (ask(connection, confirmed(connection).id) for _ in range(2))
        prints.finish(connection, printed.id)
        prints.forget(connection, after(minutes=61))
        assert prints.job(connection, printed.id) is None
        assert prints.job(connection, waiting.id)
        prints.forget(connection, after(hours=25))
        assert prints.job(connection, waiting.id) is None


def ask_code(connection: Connection, code: str) -> None:
    """A tap on the button that prints a code."""
    prints.ask_code(connection, code, "zuil-1", "nl", NOON, {"code": code})


def test_a_code_is_printed_once_however_often_it_is_tapped(database: Database) -> None:
    with database.write() as connection:
        ask_code(connection, "CFGH2345")
        first = prints.of_code(connection, "CFGH2345")
        assert first and prints.payload(connection, first.id) == {"code": "CFGH2345"}
        prints.finish(connection, first.id)
        ask_code(connection, "CFGH2345")
        again = prints.of_code(connection, "CFGH2345")
        assert again and (again.id, again.state, again.what) == (first.id, "printed", "code")
        assert prints.payload(connection, first.id) is None


def test_two_codes_at_one_kiosk_are_two_prints_that_do_not_tell_their_code(database: Database) -> None:
    with database.write() as connection:
        for code in ("CFGH2345", "JMPQ6789"):
            ask_code(connection, code)
        found = [prints.of_code(connection, code) for code in ("CFGH2345", "JMPQ6789", "RVWX2345")]
    first, second, unknown = found
    assert first and second and unknown is None
    assert first.id != second.id and "CFGH2345" not in first.id
    assert second.ahead == 1
