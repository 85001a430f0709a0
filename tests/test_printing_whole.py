"""Whole workers and real printers: killed with -9 in every phase, and many prints at once."""

import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk import TOP, work
from kiosk.neighbours import printer as ipp
from kiosk.records import prints
from kiosk.records.prints import Job
from tests.fixtures.apps import Clock, app_of, settings_for
from tests.fixtures.errands import Confirmed
from tests.fixtures.lines import Line
from tests.fixtures.printers import Printer, out_of_paper_until, wait_until
from tests.fixtures.rasters import decoded
from tests.fixtures.servers import environment_for

PDF, PWG = "application/pdf", "image/pwg-raster"
SEEMS_DEAD_S = 30
AT_ONCE, LONG_S = 50, 120
FONTS = (b"wOF2", b"OTTO", b"\0\1\0\0")
"""How the files of fonts begin."""

pytestmark = [pytest.mark.slow, pytest.mark.either_database]


@pytest.fixture
def start_worker(
    tmp_path: Path, database_url: str, clock: Clock
) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Start a worker as a process of its own, at the moment the test is at."""
    started: list[subprocess.Popen[bytes]] = []

    def start(**changes: str) -> subprocess.Popen[bytes]:
        settings = environment_for(tmp_path, database_url, KIOSK_NOW=clock.now.isoformat(), **changes)
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "work"]
        started.append(subprocess.Popen(command, cwd=TOP, env=settings, stderr=subprocess.DEVNULL))
        return started[-1]

    yield start
    for each in started:
        each.kill()
        each.wait(10)


def kill(worker: subprocess.Popen[bytes]) -> None:
    """Kill it with -9."""
    worker.send_signal(signal.SIGKILL)
    worker.wait(5)


def is_whole(page: bytes, kind: str) -> bool:
    """Whether all of a document came out."""
    return len(decoded(page)) >= 1 if kind == PWG else page.rstrip().endswith(b"%%EOF")


@pytest.mark.parametrize("kind", [PDF, PWG])
@pytest.mark.parametrize(
    "phase", ["making", "sending begins", "sending is half done", "sent but not heard", "printing"]
)
def test_of_a_worker_that_is_killed_the_paper_comes_out_once(
    phase: str,
    kind: str,
    start_worker: Callable[..., subprocess.Popen[bytes]],
    confirmed: Confirmed,
    new_printer: Callable[..., Printer],
    line: Callable[..., Line],
    clock: Clock,
    tmp_path: Path,
) -> None:
    printer, refilled = new_printer(kind), tmp_path / "refilled"
    goes_wrong = {
        "sending begins": {"holds_after": 1},
        "sending is half done": {"holds_after": 6000},
        "sent but not heard": {"holds_answer": True},
    }.get(phase, {})
    to = line(printer, **goes_wrong)
    if phase == "printing":
        printer.does(out_of_paper_until(refilled))
    confirmed.prints_at(to.uri)
    job = confirmed.asks_for_paper()

    first = start_worker()
    if phase == "making":
        wait_until(lambda: confirmed.print(job).state == "rendering", phase, LONG_S)
    elif phase == "printing":
        wait_until(lambda: confirmed.print(job).reason == "out-of-paper", phase, LONG_S)
    else:
        assert to.held.wait(LONG_S)
    kill(first)
    made = confirmed.kept_pdf(job)
    assert (made is None) == (phase == "making")
    assert confirmed.print(job).state in ("rendering", "printing")

    refilled.touch()
    clock.forward(seconds=SEEMS_DEAD_S)
    start_worker()
    wait_until(lambda: confirmed.print(job).state == "printed", phase, LONG_S)
    assert (printer.names, [is_whole(page, kind) for page in printer.pages]) == ([job.id], [True])
    if made and kind == PDF:
        assert printer.pages == [made]


def test_a_worker_that_must_stop_does_so_while_a_printer_holds_it_up(
    start_worker: Callable[..., subprocess.Popen[bytes]],
    confirmed: Confirmed,
    printing: Printer,
    line: Callable[..., Line],
) -> None:
    held = line(printing, holds_after=1)
    confirmed.prints_at(held.uri)
    confirmed.asks_for_paper()
    worker = start_worker()
    assert held.held.wait(LONG_S)

    began = datetime.now(UTC)
    worker.send_signal(signal.SIGTERM)
    worker.wait(10)
    assert datetime.now(UTC) - began < timedelta(seconds=5)


@pytest.mark.norm("PRV-13")
def test_nothing_stays_on_disk_or_in_the_spool(
    start_worker: Callable[..., subprocess.Popen[bytes]],
    confirmed: Confirmed,
    new_printer: Callable[..., Printer],
    tmp_path: Path,
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    start_worker(TMPDIR=str(scratch), XDG_CACHE_HOME=str(scratch / "cache"))
    printers = {"zuil-1": new_printer(PDF, keeps=False), "zuil-2": new_printer(PWG, keeps=False)}
    for kiosk, printer in printers.items():
        confirmed.prints_at(printer.uri, kiosk)
        job = ask(confirmed, kiosk, confirmed.house.clock())
        wait_until(lambda job=job: confirmed.print(job).state == "printed", kiosk, LONG_S)

    assert not (tmp_path / "paper").exists()
    assert documents(scratch) == []
    # This printer lets go of a page a minute after it is out.
    for printer in printers.values():
        wait_until(lambda printer=printer: not documents(printer.tray), "an empty spool", LONG_S)


def documents(folder: Path) -> list[Path]:
    """Whatever in a folder may be a page: any file that is not empty, no font and no cache of fonts."""
    return [
        file
        for file in folder.rglob("*")
        if file.is_file() and "fontconfig" not in file.parts and file.read_bytes()[:4] not in (b"", *FONTS)
    ]


def ask(confirmed: Confirmed, kiosk: str, now: datetime) -> Job:
    """One more paper of the errand, at any kiosk."""
    with confirmed.house.database.write() as connection:
        return prints.ask(connection, None, kiosk, "a4", "nl", "printer", now, confirmed.told)


@pytest.fixture
def at_work(tmp_path: Path, database_url: str) -> Iterator[None]:
    """The whole worker beside the test, by the real clock."""
    stop = threading.Event()
    app = app_of(settings_for(tmp_path, database_url))
    thread = threading.Thread(target=work.work, args=(app, stop))
    thread.start()
    yield
    stop.set()
    thread.join(10)


def test_fifty_prints_at_once_come_out_in_order_and_equal(
    confirmed: Confirmed,
    new_printer: Callable[..., Printer],
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    sent: dict[str, bytes] = {}
    send = ipp.send

    def remembers(uri: str, document: bytes, *, name: str, **more: object) -> int:
        sent[name] = document
        return send(uri, document, name=name, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(ipp, "send", remembers)
    kinds = {"zuil-1": PDF, "zuil-2": PWG, "tablet-1": PDF, "zuil-4": f"{PDF},{PWG}"}
    printers = {kiosk: new_printer(kind) for kiosk, kind in kinds.items()}
    for kiosk, printer in printers.items():
        confirmed.prints_at(printer.uri, kiosk)
    printers["tablet-1"].does("sleep 0.4")
    began, names = datetime.now(UTC), list(printers)
    asked = [
        ask(confirmed, names[each % len(names)], began + timedelta(microseconds=each))
        for each in range(AT_ONCE)
    ]

    request.getfixturevalue("at_work")
    wait_until(lambda: all(confirmed.print(job).state == "printed" for job in asked), "all", 2 * LONG_S)
    for kiosk, printer in printers.items():
        in_order = [job.id for job in asked if job.kiosk == kiosk]
        assert (printer.names, printer.pages) == (in_order, [sent[name] for name in in_order])
