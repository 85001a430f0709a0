"""Prints, step by step, to real printers: whatever breaks, nothing is lost and nothing comes twice."""

import logging
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from kiosk import printing as printroom
from kiosk.neighbours import printer as ipp
from kiosk.records import printers, prints
from kiosk.records.prints import Job
from kiosk.work import Worker
from tests.fixtures.apps import Clock
from tests.fixtures.documents import text
from tests.fixtures.errands import Confirmed
from tests.fixtures.lines import Line
from tests.fixtures.printers import (
    JAMMED,
    OUT_OF_PAPER,
    SLOW,
    VERY_SLOW,
    WELL,
    Printer,
    out_of_paper_until,
    wait_until,
)
from tests.fixtures.rasters import decoded
from tests.fixtures.servers import free_port

RUNNING = ("waiting", "rendering", "printing")
NOWHERE = "ipp://localhost:{}/ipp/print"

pytestmark = pytest.mark.either_database


@pytest.fixture
def worker(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Worker]:
    """A worker that does one thing when told to, and looks at printers often."""
    monkeypatch.setattr(printroom, "LOOK_S", 0.05)
    made = Worker(app, app.extensions["house"], threading.Event())
    yield made
    made.printing.close()


@pytest.fixture
def ends(worker: Worker, confirmed: Confirmed, clock: Clock) -> Callable[..., tuple[str, str]]:
    """Let the worker work until a print has ended, while the clock goes on; how and why it ended."""

    def end(job: Job, seconds: float = 1) -> tuple[str, str]:
        wait_until(lambda: not steps(job, seconds), "the end of the print")
        found = confirmed.print(job)
        return found.state, found.reason

    def steps(job: Job, seconds: float) -> bool:
        if confirmed.print(job).state in RUNNING:
            worker.print_one()
            clock.forward(seconds=seconds)
        return confirmed.print(job).state in RUNNING

    return end


@pytest.fixture
def shows(worker: Worker, confirmed: Confirmed) -> Callable[..., None]:
    """Let the worker work, the clock standing still, until a print shows this reason."""

    def show(job: Job, reason: str) -> None:
        wait_until(lambda: worker.print_one() and confirmed.print(job).reason == reason, reason)

    return show


def noted(confirmed: Confirmed, kiosk: str = "zuil-1") -> tuple[str, ...]:
    """What is known to ail the printer of a kiosk."""
    with confirmed.house.database.read() as connection:
        found = printers.of_kiosk(connection, kiosk)
    return found.troubles if found else ("unread",)


def is_well(worker: Worker, confirmed: Confirmed) -> bool:
    """Whether nothing ails the printer of the first kiosk when the worker looks again."""
    worker.printing.make_round()
    return noted(confirmed) == ()


def is_cancelled(printing: Printer, number: int, job: Job) -> bool:
    """Whether the printer let go of a job."""
    found = ipp.job(printing.uri, number, job.id)
    return found is not None and found.state == "canceled"


def test_paper_comes_out_of_the_printer_of_the_kiosk_just_as_it_was_made(
    worker: Worker, ends: Callable[..., tuple[str, str]], confirmed: Confirmed, printing: Printer
) -> None:
    confirmed.prints_at(printing.uri)
    job = confirmed.asks_for_paper()
    worker.print_one()
    made = confirmed.kept_pdf(job)

    assert ends(job) == ("printed", "")
    assert (printing.names, printing.pages) == ([job.id], [made])
    assert text(made or b"")


def test_a_printer_that_takes_no_pdf_gets_the_same_page_as_dots(
    ends: Callable[..., tuple[str, str]],
    worker: Worker,
    confirmed: Confirmed,
    new_printer: Callable[..., Printer],
) -> None:
    raster = new_printer("image/pwg-raster")
    confirmed.prints_at(raster.uri)
    job = confirmed.asks_for_paper()
    worker.print_one()
    made = confirmed.kept_pdf(job) or b""

    assert ends(job) == ("printed", "")
    sheets = decoded(raster.pages[0])
    form = printroom.raster.Form(300, "sgray_8")
    assert [sheet.rows for sheet in sheets] == [page.rows for page in printroom.pixels.pages(made, form)]


def test_a_printer_that_takes_nothing_of_ours_is_told_at_once(
    ends: Callable[..., tuple[str, str]], confirmed: Confirmed, new_printer: Callable[..., Printer]
) -> None:
    other = new_printer("image/jpeg")
    confirmed.prints_at(other.uri)

    assert ends(confirmed.asks_for_paper()) == ("failed", "format")
    assert (noted(confirmed), other.pages) == (("format",), [])


def test_of_what_is_printed_nothing_is_kept(
    ends: Callable[..., tuple[str, str]], confirmed: Confirmed, printing: Printer, tmp_path: Path
) -> None:
    confirmed.prints_at(printing.uri)
    job = confirmed.asks_for_paper()
    ends(job)

    with confirmed.house.database.read() as connection:
        assert (prints.pdf(connection, job.id), prints.payload(connection, job.id)) == (None, None)
    assert not (tmp_path / "paper").exists()


def test_a_printer_that_is_off_is_tried_again_and_then_told(
    worker: Worker, ends: Callable[..., tuple[str, str]], confirmed: Confirmed, clock: Clock
) -> None:
    confirmed.prints_at(NOWHERE.format(free_port()))
    job, began = confirmed.asks_for_paper(), clock()
    worker.print_one()
    assert (confirmed.print(job).state, confirmed.print(job).reason) == ("waiting", "off")

    assert ends(job, seconds=10) == ("failed", "off")
    assert printroom.GIVE_UP < clock() - began < printroom.GIVE_UP + timedelta(seconds=60)
    assert confirmed.print(job).attempts < 15
    assert confirmed.kept_pdf(job) is None


def test_a_printer_that_comes_on_prints_after_all(
    worker: Worker,
    ends: Callable[..., tuple[str, str]],
    confirmed: Confirmed,
    printing: Printer,
) -> None:
    confirmed.prints_at(NOWHERE.format(free_port()))
    job = confirmed.asks_for_paper()
    worker.print_one()
    assert noted(confirmed) == ("off",)

    confirmed.prints_at(printing.uri)
    assert ends(job) == ("printed", "")
    assert (printing.names, noted(confirmed)) == ([job.id], ())


def test_out_of_paper_is_shown_and_after_a_refill_it_comes_out_once(
    worker: Worker,
    shows: Callable[..., None],
    ends: Callable[..., tuple[str, str]],
    confirmed: Confirmed,
    printing: Printer,
    tmp_path: Path,
) -> None:
    refilled = tmp_path / "refilled"
    printing.does(out_of_paper_until(refilled))
    confirmed.prints_at(printing.uri)
    job = confirmed.asks_for_paper()

    shows(job, "out-of-paper")
    assert (confirmed.print(job).state, noted(confirmed)) == ("printing", ("out-of-paper",))
    refilled.touch()
    assert ends(job) == ("printed", "")
    assert printing.names == [job.id]
    # The printer may still name what ailed it while it says that the page is out.
    wait_until(lambda: is_well(worker, confirmed), "a printer without trouble")


def test_a_jam_is_shown_and_the_page_comes_after_it_is_cleared(
    worker: Worker,
    shows: Callable[..., None],
    ends: Callable[..., tuple[str, str]],
    confirmed: Confirmed,
    printing: Printer,
) -> None:
    printing.does(JAMMED)
    confirmed.prints_at(printing.uri)
    job = confirmed.asks_for_paper()

    shows(job, "jam")
    assert (confirmed.print(job).state, noted(confirmed)) == ("waiting", ("jam",))
    printing.does(WELL)
    assert ends(job) == ("printed", "")
    worker.printing.make_round()
    assert noted(confirmed) == ()


def test_a_printer_in_trouble_to_the_end_is_told_by_its_reason_and_keeps_nothing(
    shows: Callable[..., None],
    ends: Callable[..., tuple[str, str]],
    confirmed: Confirmed,
    printing: Printer,
    clock: Clock,
    tmp_path: Path,
) -> None:
    refilled = tmp_path / "refilled"
    printing.does(out_of_paper_until(refilled))
    confirmed.prints_at(printing.uri)
    job = confirmed.asks_for_paper()
    shows(job, "out-of-paper")
    number = confirmed.print(job).number or 0
    clock.now += printroom.GIVE_UP

    assert ends(job) == ("failed", "out-of-paper")
    refilled.touch()
    wait_until(lambda: is_cancelled(printing, number, job))


def test_nothing_comes_out_later_for_somebody_who_is_gone(
    shows: Callable[..., None],
    ends: Callable[..., tuple[str, str]],
    confirmed: Confirmed,
    printing: Printer,
    clock: Clock,
    tmp_path: Path,
) -> None:
    refilled = tmp_path / "refilled"
    printing.does(out_of_paper_until(refilled))
    confirmed.prints_at(printing.uri)
    job = confirmed.asks_for_paper()
    shows(job, "out-of-paper")
    number = confirmed.print(job).number or 0
    confirmed.is_left()
    clock.now += printroom.LEFT

    assert ends(job) == ("failed", "out-of-paper")
    refilled.touch()
    wait_until(lambda: is_cancelled(printing, number, job))


def test_paper_that_is_on_its_way_still_comes_when_the_citizen_says_goodbye(
    worker: Worker, ends: Callable[..., tuple[str, str]], confirmed: Confirmed, printing: Printer
) -> None:
    printing.does(SLOW)
    confirmed.prints_at(printing.uri)
    job = confirmed.asks_for_paper()
    worker.print_one()
    confirmed.is_left()

    assert ends(job) == ("printed", "")
    assert printing.names == [job.id]


def test_a_print_of_long_ago_is_not_begun_for_nobody(
    ends: Callable[..., tuple[str, str]], confirmed: Confirmed, printing: Printer, clock: Clock
) -> None:
    confirmed.prints_at(printing.uri)
    job = confirmed.asks_for_paper()
    confirmed.is_left()
    clock.forward(minutes=6)

    assert ends(job) == ("failed", "late")
    assert printing.names == []


def test_a_slow_printer_is_said_to_be_slow_and_is_waited_for(
    worker: Worker,
    shows: Callable[..., None],
    ends: Callable[..., tuple[str, str]],
    confirmed: Confirmed,
    printing: Printer,
    clock: Clock,
) -> None:
    printing.does(SLOW)
    confirmed.prints_at(printing.uri)
    job = confirmed.asks_for_paper()
    worker.print_one()
    assert confirmed.print(job).state == "printing"
    clock.now += printroom.SLOW + timedelta(seconds=1)

    shows(job, "slow")
    assert ends(job) == ("printed", "")


def test_a_printer_that_goes_off_with_the_page_in_it_prints_it_when_it_is_back(
    worker: Worker,
    shows: Callable[..., None],
    ends: Callable[..., tuple[str, str]],
    confirmed: Confirmed,
    printing: Printer,
    new_printer: Callable[..., Printer],
    clock: Clock,
) -> None:
    printing.does(OUT_OF_PAPER)
    confirmed.prints_at(printing.uri)
    job = confirmed.asks_for_paper()
    shows(job, "out-of-paper")
    printing.off()
    shows(job, "off")
    assert (confirmed.print(job).state, noted(confirmed)) == ("printing", ("off",))

    back = new_printer()
    confirmed.prints_at(back.uri)
    clock.forward(seconds=30)
    assert ends(job) == ("printed", "")
    assert (back.names, len(back.pages)) == ([job.id], 1)


def test_a_page_that_the_printer_finished_and_forgot_is_not_printed_again(
    worker: Worker,
    ends: Callable[..., tuple[str, str]],
    confirmed: Confirmed,
    printing: Printer,
    new_printer: Callable[..., Printer],
) -> None:
    confirmed.prints_at(printing.uri)
    job = confirmed.asks_for_paper()
    worker.print_one()

    # One that knows nothing of the job, though it was on all the time.
    other = new_printer()
    wait_until(lambda: ipp.read(other.uri).up_s > 0)
    confirmed.prints_at(other.uri)
    assert ends(job) == ("printed", "")
    assert other.names == []


def test_a_page_whose_receipt_got_lost_is_not_sent_again(
    worker: Worker,
    ends: Callable[..., tuple[str, str]],
    confirmed: Confirmed,
    printing: Printer,
    line: Callable[..., Line],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kiosk.neighbours.ipp.TAKES_DOCUMENT_S", 1)
    lost = line(printing, holds_answer=True)
    confirmed.prints_at(lost.uri)
    job = confirmed.asks_for_paper()
    worker.print_one()
    assert (confirmed.print(job).state, confirmed.print(job).reason) == ("waiting", "off")

    assert ends(job) == ("printed", "")
    assert printing.names == [job.id]


def test_a_line_that_breaks_in_the_middle_gives_one_whole_page(
    ends: Callable[..., tuple[str, str]],
    confirmed: Confirmed,
    printing: Printer,
    line: Callable[..., Line],
) -> None:
    cut = line(printing, breaks_after=6000)
    confirmed.prints_at(cut.uri)
    job = confirmed.asks_for_paper()

    assert ends(job) == ("printed", "")
    whole = [page for page in printing.pages if page.rstrip().endswith(b"%%EOF")]
    assert cut.held.is_set()
    assert len(whole) == 1


def test_a_print_that_was_cancelled_at_the_printer_is_not_sent_again(
    worker: Worker, ends: Callable[..., tuple[str, str]], confirmed: Confirmed, printing: Printer
) -> None:
    printing.does(VERY_SLOW)
    confirmed.prints_at(printing.uri)
    job = confirmed.asks_for_paper()
    worker.print_one()
    ipp.cancel(printing.uri, confirmed.print(job).number or 0)

    assert ends(job) == ("failed", "canceled")


def test_two_kiosks_can_share_a_printer(
    ends: Callable[..., tuple[str, str]], confirmed: Confirmed, printing: Printer
) -> None:
    printing.does("sleep 0.3")
    for kiosk in ("zuil-1", "zuil-2"):
        confirmed.prints_at(printing.uri, kiosk)
    here = confirmed.asks_for_paper()
    with confirmed.house.database.write() as connection:
        prints.ask_test(connection, "zuil-2", "a4", confirmed.house.clock())
        there = prints.test_pages(connection)["zuil-2"]

    assert [ends(job) for job in (here, there)] == [("printed", "")] * 2
    assert sorted(printing.names) == sorted([here.id, there.id])


def test_a_page_that_cannot_be_made_stops_nobody_else(
    ends: Callable[..., tuple[str, str]],
    worker: Worker,
    confirmed: Confirmed,
    caplog: pytest.LogCaptureFixture,
    clock: Clock,
) -> None:
    with confirmed.house.database.write() as connection:
        broken = {"version": "none", "answers": {}}
        bad = prints.ask(connection, confirmed.errand.id, "zuil-1", "roll", "nl", "printer", clock(), broken)
    clock.forward(seconds=1)
    good = confirmed.asks_for_paper()

    with caplog.at_level(logging.CRITICAL, "kiosk.printing"):
        assert ends(good) == ("printed", "")
    assert (confirmed.print(bad).state, confirmed.print(bad).attempts) == ("failed", printroom.TRIES)


def test_a_test_page_has_a_line_in_every_language_and_names_its_kiosk(
    ends: Callable[..., tuple[str, str]], confirmed: Confirmed, printing: Printer
) -> None:
    confirmed.prints_at(printing.uri, "zuil-2")
    with confirmed.house.database.write() as connection:
        prints.ask_test(connection, "zuil-2", "a4", confirmed.house.clock())
        job = prints.test_pages(connection)["zuil-2"]

    assert ends(job) == ("printed", "")
    words = text(printing.pages[0])
    for said in ("Zuil 2", "woensdag 31 maart 2027", "Kunt u deze zin", "Can you read", "الطابعة"):
        assert said in words
    with confirmed.house.database.read() as connection:
        found = printers.of_kiosk(connection, "zuil-2")
    assert found and found.printed_at


def test_a_round_reads_all_printers_and_forgets_those_that_are_gone(
    worker: Worker, confirmed: Confirmed, printing: Printer
) -> None:
    confirmed.prints_at(printing.uri)
    confirmed.prints_at(NOWHERE.format(free_port()), "zuil-2")
    worker.printing.make_round()
    assert [noted(confirmed, kiosk) for kiosk in ("zuil-1", "zuil-2", "tablet-1")] == [
        (),
        ("off",),
        ("unread",),
    ]

    confirmed.prints_at(None, "zuil-2")
    worker.printing.make_round()
    assert noted(confirmed, "zuil-2") == ("unread",)
