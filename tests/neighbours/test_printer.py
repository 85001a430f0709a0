from pathlib import Path

import pytest

from kiosk.neighbours import printer
from kiosk.neighbours.printer import PrinterError
from tests.fixtures.printers import JAMMED, OUT_OF_PAPER, SLOW, Printer, wait_until
from tests.fixtures.servers import free_port

DOCUMENT = b"%PDF-1.7\n" + bytes(range(256)) * 500


def test_what_is_printed_is_what_was_sent(printing: Printer) -> None:
    job = printer.send(printing.uri, DOCUMENT, name="job-1")

    wait_until(lambda: printer.state(printing.uri, job).state == "completed")
    assert printing.pages == [DOCUMENT]


def test_a_printer_says_what_it_is(printing: Printer) -> None:
    assert "application/pdf" in printer.attributes(printing.uri)["document-format-supported"]


def test_a_printer_that_takes_no_pdf_is_never_sent_one(new_printer) -> None:  # type: ignore[no-untyped-def]
    raster = new_printer("image/pwg-raster")

    with pytest.raises(PrinterError) as error:
        printer.send(raster.uri, DOCUMENT, name="job-1")
    assert (error.value.reason, error.value.permanent) == ("refused", True)


def test_a_printer_that_is_off_is_worth_another_try() -> None:
    with pytest.raises(PrinterError) as error:
        printer.send(f"ipp://localhost:{free_port()}/ipp/print", DOCUMENT, name="job-1")
    assert (error.value.reason, error.value.permanent) == ("off", False)


def test_a_printer_without_paper_says_so(printing: Printer) -> None:
    printing.does(OUT_OF_PAPER)

    job = printer.send(printing.uri, DOCUMENT, name="job-1")

    wait_until(lambda: printer.state(printing.uri, job) == ("processing", ("out-of-paper",)))


def test_a_jam_ends_the_job(printing: Printer) -> None:
    printing.does(JAMMED)

    job = printer.send(printing.uri, DOCUMENT, name="job-1")

    wait_until(lambda: printer.state(printing.uri, job) == ("aborted", ("jam",)))


def test_a_job_can_be_taken_back(printing: Printer) -> None:
    printing.does(SLOW)
    job = printer.send(printing.uri, DOCUMENT, name="job-1")

    printer.cancel(printing.uri, job)

    wait_until(lambda: printer.state(printing.uri, job).state == "canceled")


def test_a_job_that_a_printer_does_not_know_is_refused(printing: Printer) -> None:
    with pytest.raises(PrinterError, match="refused"):
        printer.state(printing.uri, 4711)


def test_a_folder_stands_in_for_a_printer(tmp_path: Path) -> None:
    file = printer.to_folder(tmp_path / "paper", DOCUMENT, name="job-1")

    assert file.read_bytes() == DOCUMENT
    assert list(file.parent.iterdir()) == [file]
