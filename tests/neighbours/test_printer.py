from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.neighbours import printer
from kiosk.neighbours.printer import Condition, PrinterError
from tests.fixtures.lines import Line
from tests.fixtures.printers import JAMMED, OUT_OF_PAPER, SLOW, Printer, wait_until
from tests.fixtures.servers import free_port

DOCUMENT = b"%PDF-1.7\n" + bytes(range(256)) * 500


def send(to: Printer | str, name: str = "job-1", document: bytes = DOCUMENT) -> int:
    uri = to if isinstance(to, str) else to.uri
    on = printer.read(uri)
    return printer.send(uri, document, name=name, kind=on.takes, on=on)


def state(of: Printer, job: int, name: str = "job-1") -> str:
    found = printer.job(of.uri, job, name)
    return found.state if found else "unknown"


def test_what_is_printed_is_what_was_sent(printing: Printer) -> None:
    job = send(printing)

    wait_until(lambda: state(printing, job) == "completed")
    assert printing.pages == [DOCUMENT]


def test_a_printer_says_what_it_takes(new_printer: Callable[..., Printer]) -> None:
    both, raster, neither = (
        printer.read(new_printer(formats).uri)
        for formats in ("application/pdf,image/pwg-raster", "image/pwg-raster", "image/jpeg")
    )

    assert [each.takes for each in (both, raster, neither)] == ["application/pdf", "image/pwg-raster", ""]
    assert [each.troubles for each in (both, raster, neither)] == [(), (), ("format",)]
    assert (raster.resolutions, raster.types) == (("300x300", "600x600"), ("black_1", "sgray_8"))
    assert (both.roll, both.stopped) == (False, False)


def test_a_printer_that_is_off_is_worth_another_try() -> None:
    with pytest.raises(PrinterError) as error:
        send(f"ipp://localhost:{free_port()}/ipp/print")
    assert (error.value.reason, error.value.permanent) == ("off", False)


def test_a_printer_without_paper_says_so(printing: Printer) -> None:
    printing.does(OUT_OF_PAPER)

    job = send(printing)

    wait_until(lambda: printer.read(printing.uri).troubles == ("out-of-paper",))
    assert state(printing, job) == "processing"


def test_a_jam_ends_the_job(printing: Printer) -> None:
    printing.does(JAMMED)

    job = send(printing)

    wait_until(lambda: state(printing, job) == "aborted")
    assert printer.read(printing.uri).trouble == "jam"


def test_a_printer_that_is_busy_says_so_and_is_worth_another_try(printing: Printer) -> None:
    printing.does(SLOW)
    send(printing)

    with pytest.raises(PrinterError) as error:
        send(printing, "job-2")
    assert (error.value.reason, error.value.permanent) == ("busy", False)


def test_a_job_can_be_taken_back(printing: Printer) -> None:
    printing.does(SLOW)
    job = send(printing)

    printer.cancel(printing.uri, job)

    wait_until(lambda: state(printing, job) == "canceled")


def test_a_job_that_a_printer_does_not_know_is_none(printing: Printer) -> None:
    assert printer.job(printing.uri, 4711, "job-1") is None


def test_a_number_that_the_printer_gave_to_another_job_is_not_ours(printing: Printer) -> None:
    job = send(printing, "somebody else's")

    assert printer.job(printing.uri, job, "job-1") is None


def test_a_job_that_need_not_be_sent_again_is_found_by_its_name(printing: Printer) -> None:
    assert printer.find(printing.uri, "job-1") is None
    done = send(printing)
    wait_until(lambda: state(printing, done) == "completed")
    printing.does(SLOW)
    busy = send(printing, "job-2")

    found = [printer.find(printing.uri, name) for name in ("job-1", "job-2", "job-3")]
    assert [job and job.number for job in found] == [done, busy, None]


def test_a_job_that_was_aborted_must_be_sent_again(printing: Printer) -> None:
    printing.does(JAMMED)
    job = send(printing)
    wait_until(lambda: state(printing, job) == "aborted")

    assert printer.find(printing.uri, "job-1") is None


def test_half_a_document_never_passes_for_a_whole_one(printing: Printer, line: Callable[..., Line]) -> None:
    cut = line(printing, breaks_after=len(DOCUMENT) // 2)
    with pytest.raises(PrinterError):
        send(cut.uri)

    wait_until(lambda: state(printing, 1) == "aborted")
    assert printer.find(printing.uri, "job-1") is None


@pytest.mark.parametrize(
    ("medium", "width"),
    [
        ("iso_a4_210x297mm", 210),
        ("na_letter_8.5x11in", 215.9),
        ("om_small-photo_100x150mm", 100),
        ("custom_max_80x3000mm", 80),
        ("stationery", 0),
    ],
)
def test_a_medium_is_as_wide_as_its_name_says(medium: str, width: float) -> None:
    assert printer.width_mm(medium) == pytest.approx(width)


@pytest.mark.parametrize(
    ("media", "roll"),
    [
        (("custom_min_50x50mm", "custom_max_80x3000mm"), True),
        (("iso_a4_210x297mm", "iso_a6_105x148mm"), False),
        ((), False),
    ],
)
def test_a_printer_that_takes_nothing_wide_has_a_roll(media: tuple[str, ...], roll: bool) -> None:
    assert Condition((), False, 0, (), media, (), (), ()).roll == roll


def test_a_folder_stands_in_for_a_printer(tmp_path: Path) -> None:
    file = printer.to_folder(tmp_path / "paper", DOCUMENT, name="job-1")

    assert file.read_bytes() == DOCUMENT
    assert list(file.parent.iterdir()) == [file]
