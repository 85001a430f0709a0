"""The worker: paper and parcels get where they must, whatever breaks on the way."""

import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from kiosk import TOP, work
from kiosk.records import calls, kiosks, prints, visits
from kiosk.records.database import last_beat
from kiosk.work import PRINT_AGAIN_S, Worker, tidy
from tests.fixtures.apps import Clock
from tests.fixtures.errands import REFERENCE, Confirmed
from tests.fixtures.printers import JAMMED, OUT_OF_PAPER, Printer, wait_until
from tests.fixtures.servers import environment_for, free_port


@pytest.fixture
def worker(app: Flask) -> Worker:
    """A worker that does one thing when told to."""
    return Worker(app, app.extensions["house"], threading.Event())


@pytest.fixture
def set_printer(confirmed: Confirmed) -> Any:
    """Give the kiosk of the errand a printer."""

    def set_to(uri: str) -> None:
        with confirmed.house.database.write() as connection:
            kiosks.set_printer(connection, "zuil-1", uri)

    return set_to


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


def test_paper_comes_out_of_the_printer_of_the_kiosk(
    worker: Worker, confirmed: Confirmed, printing: Printer, set_printer: Any
) -> None:
    set_printer(printing.uri)
    job = confirmed.asks_for_paper()
    worker.print_one()

    assert confirmed.print(job).state == "printed"
    assert [page[:5] for page in printing.pages] == [b"%PDF-"]


def test_paper_goes_on_when_the_visit_is_wiped(worker: Worker, confirmed: Confirmed, tmp_path: Path) -> None:
    confirmed.asks_for_paper()
    with confirmed.house.database.write() as connection:
        visits.wipe(connection, confirmed.errand.visit or "")

    worker.print_one()
    assert len(paper_in(tmp_path)) == 1


def test_a_printer_that_is_off_is_tried_again_and_then_told(
    worker: Worker, confirmed: Confirmed, clock: Clock, set_printer: Any
) -> None:
    set_printer(f"ipp://localhost:{free_port()}/ipp/print")
    job = confirmed.asks_for_paper()
    states = []
    for wait in (*PRINT_AGAIN_S, 0):
        worker.print_one()
        states.append((confirmed.print(job).state, confirmed.print(job).reason))
        clock.forward(seconds=wait)

    assert states == [("waiting", "off")] * len(PRINT_AGAIN_S) + [("failed", "off")]
    assert confirmed.kept_pdf(job)


def test_a_printer_that_comes_on_prints_after_all(
    worker: Worker, confirmed: Confirmed, clock: Clock, printing: Printer, set_printer: Any
) -> None:
    set_printer(f"ipp://localhost:{free_port()}/ipp/print")
    job = confirmed.asks_for_paper()
    worker.print_one()
    kept = confirmed.kept_pdf(job)

    set_printer(printing.uri)
    clock.forward(seconds=PRINT_AGAIN_S[0])
    worker.print_one()
    assert printing.pages == [kept]


@pytest.mark.parametrize(("does", "reason"), [(OUT_OF_PAPER, "out-of-paper"), (JAMMED, "jam")])
def test_a_printer_in_trouble_is_told_by_its_reason(
    worker: Worker,
    confirmed: Confirmed,
    printing: Printer,
    set_printer: Any,
    monkeypatch: pytest.MonkeyPatch,
    does: str,
    reason: str,
) -> None:
    monkeypatch.setattr(work, "IN_TROUBLE_S", 1)
    printing.does(does)
    set_printer(printing.uri)
    job = confirmed.asks_for_paper()
    worker.print_one()

    assert (confirmed.print(job).state, confirmed.print(job).reason) == ("failed", reason)


def test_a_printer_that_takes_no_pdf_fails_at_once(
    worker: Worker, confirmed: Confirmed, new_printer: Any, set_printer: Any
) -> None:
    set_printer(new_printer("image/pwg-raster").uri)
    job = confirmed.asks_for_paper()
    worker.print_one()

    assert (confirmed.print(job).state, confirmed.print(job).reason) == ("failed", "refused")


def test_a_page_that_cannot_be_made_stops_nobody_else(
    worker: Worker, confirmed: Confirmed, caplog: pytest.LogCaptureFixture
) -> None:
    with confirmed.house.database.write() as connection:
        broken = {"version": "none", "answers": {}}
        now = confirmed.house.clock()
        prints.ask(connection, confirmed.errand.id, "zuil-1", "roll", "nl", "printer", now, broken)
    good = confirmed.asks_for_paper()

    with caplog.at_level(logging.CRITICAL, "kiosk.work"):
        assert [worker.print_one() for _ in range(3)] == [True, True, False]
    assert confirmed.print(good).state == "printed"


def test_what_a_dead_worker_had_taken_is_taken_up_again(
    worker: Worker, confirmed: Confirmed, clock: Clock
) -> None:
    job = confirmed.asks_for_paper()
    with confirmed.house.database.write() as connection:
        prints.claim(connection, "a worker that died", clock())

    assert not worker.print_one()
    clock.forward(minutes=3)
    assert worker.print_one()
    assert confirmed.print(job).state == "printed"


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


@pytest.mark.slow
def test_a_killed_worker_loses_no_paper(
    confirmed: Confirmed, printing: Printer, set_printer: Any, database_url: str, tmp_path: Path, clock: Clock
) -> None:
    printing.does(OUT_OF_PAPER)
    set_printer(printing.uri)
    job = confirmed.asks_for_paper()

    first = start_worker(tmp_path, database_url, clock)
    wait_until(lambda: confirmed.print(job).state == "printing", seconds=30)
    first.send_signal(signal.SIGKILL)
    first.wait(5)
    printing.off()

    set_printer("")
    clock.forward(minutes=3)
    second = start_worker(tmp_path, database_url, clock)
    wait_until(lambda: confirmed.print(job).state == "printed", seconds=30)
    began = time.monotonic()
    second.send_signal(signal.SIGTERM)
    second.wait(10)
    assert time.monotonic() - began < 5
    assert len(paper_in(tmp_path)) == 1


def start_worker(folder: Path, database_url: str, clock: Clock) -> subprocess.Popen[bytes]:
    """A worker as a process of its own, at the moment the test is at."""
    environment = environment_for(folder, database_url, KIOSK_NOW=clock.now.isoformat())
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "work"]
    return subprocess.Popen(command, cwd=TOP, env=os.environ | environment, stderr=subprocess.DEVNULL)
