"""Paper: asked for, rendered, printed or fetched."""

from sqlalchemy import Connection

from kiosk.records import prints
from kiosk.records.database import Database
from kiosk.records.prints import Job
from kiosk.records.tables import print_
from tests.fixtures.people import NOON, after, confirmed


def ask(connection: Connection, errand_id: str, target: str = "printer") -> Job:
    """A tap on the print button."""
    return prints.ask(connection, errand_id, "zuil-1", "a4", "nl", target, NOON)


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
        assert prints.in_trouble(connection, NOON.replace(hour=0)) == {"zuil-1": 1}


def test_a_print_of_a_worker_that_died_is_taken_over(database: Database) -> None:
    with database.write() as connection:
        ask(connection, confirmed(connection).id)
        prints.claim(connection, "dead", NOON)
        assert prints.claim(connection, "other", after(minutes=1)) is None
        assert prints.claim(connection, "other", after(minutes=3))


def test_paper_that_was_printed_is_forgotten_in_an_hour_and_any_paper_in_a_day(database: Database) -> None:
    with database.write() as connection:
        printed, waiting = (ask(connection, confirmed(connection).id) for _ in range(2))
        prints.finish(connection, printed.id)
        prints.forget(connection, after(minutes=61))
        assert prints.job(connection, printed.id) is None
        assert prints.job(connection, waiting.id)
        prints.forget(connection, after(hours=25))
        assert prints.job(connection, waiting.id) is None
