"""The worker: paper and parcels get where they must, whatever breaks on the way."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from kiosk import work
from kiosk.records import calls, visits
from kiosk.records.database import last_beat
from kiosk.work import Worker, tidy
from tests.fixtures.apps import Clock
from tests.fixtures.errands import REFERENCE, Confirmed
from tests.fixtures.printers import wait_until


@pytest.fixture
def worker(app: Flask) -> Worker:
    """A worker that does one thing when told to."""
    return Worker(app, app.extensions["house"], threading.Event())


def paper_in(folder: Path) -> list[bytes]:
    return [file.read_bytes() for file in (folder / "paper").glob("*.pdf")]


def test_without_a_printer_paper_lands_in_the_folder(
    worker: Worker, confirmed: Confirmed, tmp_path: Path
) -> None:
    job = confirmed.asks_for_paper()

    assert worker.print_one()
    assert confirmed.print(job).state == "printed"
    assert [page[:5] for page in paper_in(tmp_path)] == [b"%PDF-"]


def test_nothing_of_what_was_printed_is_kept(worker: Worker, confirmed: Confirmed) -> None:
    job = confirmed.asks_for_paper()
    worker.print_one()

    assert confirmed.kept_pdf(job) is None


def test_a_file_waits_until_it_is_fetched(worker: Worker, confirmed: Confirmed) -> None:
    job = confirmed.asks_for_paper(target="file")
    worker.print_one()

    assert confirmed.print(job).state == "ready"
    assert (confirmed.kept_pdf(job) or b"").startswith(b"%PDF-")


def test_a_confirmed_errand_is_delivered_once(worker: Worker, confirmed: Confirmed, tmp_path: Path) -> None:
    assert [worker.deliver_one(), worker.deliver_one()] == [True, False]

    (parcel,) = [json.loads(file.read_text()) for file in (tmp_path / "delivered").iterdir()]
    assert parcel["reference"] == REFERENCE
    assert parcel["counts_from"] == confirmed.house.clock().isoformat()


def test_what_cannot_be_delivered_is_tried_again_later(
    worker: Worker, confirmed: Confirmed, clock: Clock, tmp_path: Path
) -> None:
    (tmp_path / "delivered").write_text("a file stands in the way")
    assert [worker.deliver_one(), worker.deliver_one()] == [True, False]

    (tmp_path / "delivered").unlink()
    clock.forward(minutes=1)
    assert worker.deliver_one()
    assert len(list((tmp_path / "delivered").iterdir())) == 1


@pytest.mark.norm("TIM-08")
def test_a_visit_that_was_left_is_wiped(worker: Worker, confirmed: Confirmed, clock: Clock) -> None:
    house, visit = confirmed.house, confirmed.errand.visit or ""
    clock.forward(minutes=10)
    tidy(house)

    with house.database.read() as connection:
        assert visits.errands(connection, visit) == []


def test_a_call_that_nobody_answers_ends(confirmed: Confirmed, clock: Clock) -> None:
    house = confirmed.house
    with house.database.write() as connection:
        calls.raise_call(
            connection,
            visit=confirmed.errand.visit or "",
            kiosk="zuil-1",
            place="stadhuis",
            journey="",
            step="",
            language="nl",
            now=clock(),
        )
    clock.forward(minutes=20)
    tidy(house)

    with house.database.read() as connection:
        assert calls.open_calls(connection) == []


@pytest.fixture
def at_work(app: Flask) -> Iterator[threading.Event]:
    """The whole worker, running beside the test; the event stops it."""
    stop = threading.Event()
    thread = threading.Thread(target=work.work, args=(app, stop))
    thread.start()
    yield stop
    stop.set()
    thread.join(10)
    assert not thread.is_alive()


def test_the_worker_wakes_for_paper_and_parcels(
    at_work: threading.Event, confirmed: Confirmed, tmp_path: Path
) -> None:
    job = confirmed.asks_for_paper()

    wait_until(lambda: confirmed.print(job).state == "printed")
    wait_until(lambda: list((tmp_path / "delivered").glob("*.json")))


def test_the_worker_shows_that_it_is_alive(at_work: threading.Event, app: Flask, clock: Clock) -> None:
    def beaten() -> bool:
        with app.extensions["house"].database.read() as connection:
            return last_beat(connection) == clock.now

    wait_until(beaten)
