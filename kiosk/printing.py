"""What the worker does with prints: make the paper, bring it to the printer, and follow it until it is out.

Every step is one claim in the records, so any number of workers may run and any of them may die. Before a
page is sent again the printer is asked whether it has it already: the print's id is the name of its job.
"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Any, cast

from flask import Flask

from kiosk.journeys.files import Version
from kiosk.neighbours import pixels, printer, raster
from kiosk.neighbours.pdf import Kind, Press
from kiosk.neighbours.printer import Condition, PrinterError
from kiosk.records import kiosks, printers, prints, versions
from kiosk.records.prints import Job
from kiosk.web import codepage, printout, testpage
from kiosk.web.parts import House

log = logging.getLogger(__name__)

AGAIN_S = (2, 5, 10, 20, 30)
"""Waits before a print is sent again; the last one over and over."""
LOOK_S, UNREACHABLE_S = 0.5, 2
"""How long until a printer is asked for a job once more."""
SLOW, GIVE_UP = timedelta(seconds=20), timedelta(minutes=5)
"""When a citizen is told that it takes long, and when it is taken back."""
LEFT = timedelta(seconds=30)
"""After this a page is taken back from a printer in trouble when nobody waits: a stranger would find it."""
TRIES = 3
"""How often a page is tried that fails without any trouble of the printer."""
NO_TROUBLE = ("", "slow", "busy")


class Printing:
    """Prints, a step at a time. All it knows is in the records, but for the press."""

    def __init__(self, app: Flask, house: House, name: str, stop: Event, press: Callable[[], Press]) -> None:
        self._app, self._house, self._name, self._stop = app, house, name, stop
        # One thread lays out all paper: neither layout engine nor renderer is made for more.
        self._desk = ThreadPoolExecutor(1, "press")
        self._press = self._desk.submit(press)

    def close(self) -> None:
        """Let go of the press."""
        self._desk.shutdown(wait=False, cancel_futures=True)

    def print_one(self) -> bool:
        """Take the print that waits longest one step on; False when none waits."""
        with self._house.database.write() as connection:
            job = prints.claim(connection, self._name, self._house.clock())
        if job is None:
            return False
        try:
            self._go_on_with(job)
        except PrinterError as error:
            self._not_printed(job, error)
        # A page that cannot be made must not be tried for ever, and not stop the next one.
        except Exception:
            log.exception("print %s failed", job.id)
            self._not_printed(job, PrinterError("failed"))
        return True

    def _go_on_with(self, job: Job) -> None:
        uri = self.printer_of(job.kiosk) if job.target == "printer" else None
        if uri is None:
            self._without_printer(job)
        elif job.number is not None:
            self._look(job, uri, job.number)
        elif self._age(job.asked_at) > GIVE_UP and not self._is_awaited(job):
            raise PrinterError("late", permanent=True)
        else:
            self._send(job, uri)

    def printer_of(self, kiosk: str) -> str | None:
        """The IPP address that an administrator set for a kiosk, else the site; nothing means a folder."""
        with self._house.database.read() as connection:
            uri = kiosks.printer(connection, kiosk)
        known = self._house.site.kiosk(kiosk)
        return uri or (known.printer if known else None)

    def _without_printer(self, job: Job) -> None:
        """A file waits in the records; a print goes into the folder that stands in for a printer."""
        document = self._made(job, roll=job.paper == "roll")
        if job.target == "printer":
            printer.to_folder(self._house.settings.instance / "paper", document, name=job.id)
        self._out(job)

    def _send(self, job: Job, uri: str) -> None:
        on = self.read(job.kiosk, uri)
        if on.stopped:
            raise PrinterError(on.trouble)
        if not on.takes:
            raise PrinterError("format", f"it takes {', '.join(on.formats)}", permanent=True)
        document = self._as_wanted(self._made(job, on.roll), on)
        with self._house.database.write() as connection:
            prints.printing(connection, job.id)
        known = printer.find(uri, job.id) if job.attempts > 1 else None
        number = (
            known.number
            if known
            else printer.send(uri, document, name=job.id, kind=on.takes, on=on, roll=on.roll)
        )
        with self._house.database.write() as connection:
            prints.sent(connection, job.id, number, self._house.clock())

    def _made(self, job: Job, roll: bool) -> bytes:
        """The paper as a PDF, made now unless an earlier try left it."""
        with self._house.database.read() as connection:
            kept = prints.pdf(connection, job.id)
        if kept:
            return kept
        # A sheet on a roll would be cut off, a strip on a sheet is lost on it.
        kind = "roll" if roll else "a4" if job.paper == "roll" else job.paper
        content = self._desk.submit(self._lay_out, job, cast(Kind, kind)).result()
        with self._house.database.write() as connection:
            prints.store_pdf(connection, job.id, content)
        return content

    def _lay_out(self, job: Job, kind: Kind) -> bytes:
        with self._app.app_context():
            page = {"test": self._test, "code": self._code}.get(job.what, self._summary)(job)
        return self._press.result().render(page, kind=kind)

    def _test(self, job: Job) -> str:
        return testpage.page(job.kiosk, self._house.clock())

    def _code(self, job: Job) -> str:
        with self._house.database.read() as connection:
            told = prints.payload(connection, job.id)
        return codepage.page(told, job.language, self._house.clock())

    def _summary(self, job: Job) -> str:
        with self._house.database.read() as connection:
            kept = printout.errands_in(prints.payload(connection, job.id))
            texts = [versions.text(connection, each["version"]) or "" for each in kept]
        errands = [
            printout.taken_from(told, Version.from_text(text)) for told, text in zip(kept, texts, strict=True)
        ]
        return printout.page(errands, job.language, self._house.clock())

    def _as_wanted(self, document: bytes, on: Condition) -> bytes:
        """The document as the printer takes it: as it is, or as dots."""
        if on.takes == printer.PDF:
            return document
        form = raster.form_for(on.resolutions, on.types)
        return self._desk.submit(pixels.as_raster, document, form).result()

    def _look(self, job: Job, uri: str, number: int) -> None:
        """See how far the printer is with what it has."""
        self._stop.wait(LOOK_S)
        try:
            on, found = self.read(job.kiosk, uri), printer.job(uri, number, job.id)
        except PrinterError as error:
            self._wait_on(job, uri, number, error.reason, UNREACHABLE_S)
            return
        state = found.state if found else self._when_forgotten(job, on)
        if state == "completed":
            self._out(job)
        elif state == "canceled":
            raise PrinterError("canceled", permanent=True)
        elif state in ("aborted", "lost"):
            raise PrinterError(on.trouble or "failed", state)
        else:
            self._wait_on(job, uri, number, on.trouble or self._slow(job))

    def _when_forgotten(self, job: Job, on: Condition) -> str:
        """What became of a job that the printer knows no more: long done, or gone when it went off."""
        was_on = job.sent_at is None or on.up_s >= self._age(job.sent_at).total_seconds()
        return "completed" if was_on else "lost"

    def _slow(self, job: Job) -> str:
        return "slow" if job.sent_at and self._age(job.sent_at) > SLOW else ""

    def _wait_on(self, job: Job, uri: str, number: int, reason: str, seconds: float = 0) -> None:
        """Leave it to the printer, which has the page; or take it back, when that has lasted too long."""
        if self._is_over(job, reason):
            with suppress(PrinterError):
                printer.cancel(uri, number)
            raise PrinterError(reason or "slow", "taken back", permanent=True)
        at = self._house.clock() + timedelta(seconds=seconds)
        with self._house.database.write() as connection:
            prints.look_again(connection, job.id, reason, at)

    def _out(self, job: Job) -> None:
        with self._house.database.write() as connection:
            prints.finish(connection, job.id)
            printers.printed(connection, job.kiosk, self._house.clock())

    def _not_printed(self, job: Job, error: PrinterError) -> None:
        log.warning("print %s at %s: %s (try %d)", job.id, job.kiosk, error, job.attempts)
        hopeless = error.permanent or (error.reason == "failed" and job.attempts >= TRIES)
        wait = AGAIN_S[min(job.attempts, len(AGAIN_S)) - 1]
        over = hopeless or self._is_over(job, error.reason)
        again_at = None if over else self._house.clock() + timedelta(seconds=wait)
        with self._house.database.write() as connection:
            prints.fail(connection, job.id, error.reason, again_at)

    def _is_over(self, job: Job, reason: str) -> bool:
        age = self._age(job.began_at or job.asked_at)
        return age > GIVE_UP or (age > LEFT and reason not in NO_TROUBLE and not self._is_awaited(job))

    def _is_awaited(self, job: Job) -> bool:
        with self._house.database.read() as connection:
            return prints.is_awaited(connection, job)

    def _age(self, moment: datetime) -> timedelta:
        return self._house.clock() - moment

    def read(self, kiosk: str, uri: str) -> Condition:
        """How a kiosk's printer is now, and a note of it. Raises `PrinterError`."""
        try:
            on = printer.read(uri)
        except PrinterError as error:
            self._note(kiosk, (error.reason,))
            raise
        self._note(kiosk, on.troubles, on.formats, on.roll)
        return on

    def _note(self, kiosk: str, *found: Any) -> None:
        with self._house.database.write() as connection:
            printers.note(connection, kiosk, self._house.clock(), *found)

    def make_round(self) -> None:
        """Read every printer, none waiting for another, so that staff know of trouble before citizens do."""
        with self._house.database.read() as connection:
            enrolled = {each.name for each in kiosks.all_(connection)}
        names = enrolled | {each.name for each in self._house.site.kiosks}
        found = {name: uri for name in names if (uri := self.printer_of(name))}
        with self._house.database.write() as connection:
            printers.keep_only(connection, found)
        readers = [Thread(target=self._read_quietly, args=each, daemon=True) for each in found.items()]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()

    def _read_quietly(self, kiosk: str, uri: str) -> None:
        with suppress(PrinterError):
            self.read(kiosk, uri)
