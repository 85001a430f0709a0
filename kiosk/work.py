"""The background worker: makes and prints paper, delivers, rings for calls, and throws away what is over.

Prints and parcels are claimed one by one, so any number of workers may run. What a killed worker had
claimed is taken up again after two minutes; a page that was on its way to the printer may then come out
twice, never not at all.
"""

import logging
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from threading import Event, Thread
from typing import Any, cast

from flask import Flask

from kiosk.escalating import ring_one
from kiosk.journeys.files import Version
from kiosk.neighbours import delivery, mail, printer
from kiosk.neighbours.delivery import DeliveryError
from kiosk.neighbours.mail import MailError
from kiosk.neighbours.pdf import Kind, Press
from kiosk.neighbours.printer import PrinterError
from kiosk.records import answering, kiosks, outbox, patience, prints, retention, versions, visits
from kiosk.records.database import beat
from kiosk.records.outbox import Parcel
from kiosk.records.prints import Job
from kiosk.settings import TOP
from kiosk.shelving import keep_newest
from kiosk.web import printout
from kiosk.web.parts import House
from kiosk.web.visiting import GRACE_S

log = logging.getLogger(__name__)

STYLES, FONTS = TOP / "static/css", TOP / "static/vendor"
PRINTERS_AT_ONCE = 3
"""So that a kiosk whose printer does not answer keeps no other waiting."""
IDLE_S, BEAT_S, TIDY_S = 1, 3, 30
PRINT_AGAIN_S = (2, 5, 10)
"""Waits before a print is tried again; after the last a citizen is told that it does not work now."""
DELIVER_AGAIN_S, DELIVER_AGAIN_MOST_S = 5, 3600
LETTER_TRIES = 8
"""With the waits doubling: about ten minutes, as long as somebody may still be in the hall to hear of it."""
ASK_PRINTER_S, IN_TROUBLE_S, TOO_LONG_S = 0.3, 10, 60
"""How often a printer is asked for a job, and when it is taken back: in trouble, and for no reason given."""


def work(app: Flask, stop: Event) -> None:
    """Work until told to stop; ends within a second or so of that."""
    worker = Worker(app, app.extensions["house"], stop)
    loops = [("prints", worker.print_one)] * PRINTERS_AT_ONCE + [
        ("outbox", worker.deliver_one),
        ("calls", lambda: ring_one(worker.house)),
    ]
    threads = [Thread(target=worker.keep_on, args=loop, name=loop[0]) for loop in loops]
    worker.warm_up()
    for thread in threads:
        thread.start()
    worker.keep_house()
    for thread in threads:
        thread.join()
    worker.close()


def tidy(house: House) -> None:
    """Wipe visits that were left, and forget what is past its time.

    A call whose taker is gone waits for anybody again; one that everybody left ends.
    """
    now, settings = house.clock(), house.settings
    with house.database.write() as connection:
        for visit in visits.stale(connection, now, settings.idle_s + settings.warn_s + GRACE_S):
            visits.wipe(connection, visit, now)
    for over in (answering.release_deserted, patience.expire, retention.forget):
        with house.database.write() as connection:
            over(connection, now)


@dataclass(frozen=True)
class Worker:
    """One worker's part in everything; all it knows is in the records."""

    app: Flask
    house: House
    stop: Event

    @property
    def name(self) -> str:
        """How its claims are marked."""
        return f"worker-{os.getpid()}"

    def warm_up(self) -> None:
        """Read styles and fonts, so that the first citizen does not wait for it."""
        self._desk.submit(lambda: self._press)

    def close(self) -> None:
        """Let go of the press."""
        self._desk.shutdown()

    @cached_property
    def _desk(self) -> ThreadPoolExecutor:
        # One thread lays out all paper: the layout engine and its fonts are not made for more.
        return ThreadPoolExecutor(1, "press")

    @cached_property
    def _press(self) -> Press:
        return Press(STYLES, (FONTS, self.house.site.folder))

    def keep_on(self, topic: str, one: Callable[[], bool]) -> None:
        """Do one thing after another; when there is nothing, wait for news of it."""
        with self.house.watcher.subscribe(topic) as news:
            while not self.stop.is_set():
                if not self.safely(one):
                    news.wait(IDLE_S)

    def keep_house(self) -> None:
        """Show that the worker is alive, keep new versions, and now and then throw away what is over."""
        tidied = 0.0
        while not self.stop.is_set():
            self.safely(self.show_alive)
            self.safely(lambda: keep_newest(self.house))
            if time.monotonic() - tidied > TIDY_S:
                self.safely(lambda: tidy(self.house))
                tidied = time.monotonic()
            self.stop.wait(BEAT_S)

    def safely(self, one: Callable[[], Any]) -> Any:
        """What it gives; nothing when it fails, for one failure must not end the others."""
        try:
            return one()
        # Anything may go wrong in one of them, and the rest must go on.
        except Exception:
            log.exception("one turn of the worker failed")
            return None

    def show_alive(self) -> None:
        """Tell /health that a worker is at work."""
        with self.house.database.write() as connection:
            beat(connection, self.house.clock(), self.name)

    def print_one(self) -> bool:
        """Take the print that waits longest through to paper; False when none waits."""
        with self.house.database.write() as connection:
            job = prints.claim(connection, self.name, self.house.clock())
        if job is None:
            return False
        try:
            self._carry(job, self._rendered(job))
        except PrinterError as error:
            self._not_printed(job, error.reason, permanent=error.permanent)
        # A page that cannot be made must not be tried for ever, and not stop the next one.
        except Exception:
            log.exception("print %s failed", job.id)
            self._not_printed(job, "failed", permanent=False)
        return True

    def _rendered(self, job: Job) -> bytes:
        """The paper, made now unless an earlier try left it."""
        with self.house.database.read() as connection:
            kept = prints.pdf(connection, job.id)
            told = prints.payload(connection, job.id)
            text = versions.text(connection, told["version"])
        if kept:
            return kept
        content = self._desk.submit(self._lay_out, job, told, Version.from_text(text or "")).result()
        with self.house.database.write() as connection:
            prints.store_pdf(connection, job.id, content)
        return content

    def _lay_out(self, job: Job, told: dict[str, Any], version: Version) -> bytes:
        with self.app.app_context():
            page = printout.page(printout.taken_from(told, version), job.language, self.house.clock())
        return self._press.render(page, kind=cast(Kind, job.paper))

    def _carry(self, job: Job, document: bytes) -> None:
        """Bring the paper where it must go: a file waits in the records, a print goes to a printer."""
        if job.target == "printer":
            self._to_printer(job, document)
        with self.house.database.write() as connection:
            prints.finish(connection, job.id)
            if job.target == "printer":
                prints.drop_pdf(connection, job.id)

    def _to_printer(self, job: Job, document: bytes) -> None:
        uri = self.printer_of(job.kiosk)
        with self.house.database.write() as connection:
            prints.printing(connection, job.id)
        if uri is None:
            printer.to_folder(self.house.settings.instance / "paper", document, name=job.id)
        else:
            self._follow(uri, printer.send(uri, document, name=job.id))

    def printer_of(self, kiosk: str) -> str | None:
        """The IPP address that an administrator set for a kiosk, else the site; nothing means a folder."""
        with self.house.database.read() as connection:
            uri = kiosks.printer(connection, kiosk)
        known = self.house.site.kiosk(kiosk)
        return uri or (known.printer if known else None)

    def _follow(self, uri: str, number: int) -> None:
        """Wait until the paper is out. Raises `PrinterError`; the printer keeps nothing then.

        A worker that must stop leaves it to the printer, which has the whole page.
        """
        began = time.monotonic()
        while not self.stop.wait(ASK_PRINTER_S):
            state, reasons = printer.state(uri, number)
            reason = next(iter(reasons), "failed")
            if state == "completed":
                return
            if state in ("canceled", "aborted"):
                raise PrinterError(reason, state, permanent=True)
            if time.monotonic() - began > (IN_TROUBLE_S if reasons else TOO_LONG_S):
                printer.cancel(uri, number)
                raise PrinterError(reason, permanent=True)

    def _not_printed(self, job: Job, reason: str, *, permanent: bool) -> None:
        log.warning("print %s at %s: %s (try %d)", job.id, job.kiosk, reason, job.attempts)
        tries = job.attempts - 1
        over = permanent or tries >= len(PRINT_AGAIN_S)
        again_at = None if over else self.house.clock() + timedelta(seconds=PRINT_AGAIN_S[tries])
        with self.house.database.write() as connection:
            prints.fail(connection, job.id, reason, again_at)

    def deliver_one(self) -> bool:
        """Deliver the parcel that is due first; False when none is."""
        with self.house.database.write() as connection:
            parcel = outbox.claim(connection, self.name, self.house.clock())
        if parcel is None:
            return False
        try:
            self._deliver(parcel)
        except (DeliveryError, MailError) as error:
            self._not_delivered(parcel, error)
        else:
            with self.house.database.write(durable=True) as connection:
                outbox.done(connection, parcel.id)
        return True

    def _deliver(self, parcel: Parcel) -> None:
        if parcel.delivery == outbox.MAIL:
            self._post_letter(parcel)
        else:
            self._pass_on(parcel)

    def _post_letter(self, parcel: Parcel) -> None:
        known = self.house.site.mail
        if known is None:
            raise MailError("the site has no mail server", permanent=True)
        password = os.environ.get(known.password_env, "")
        server = mail.Server(known.host, known.port, known.sender, known.secure, known.user, password)
        mail.send(server, **parcel.payload, key=parcel.id)

    def _pass_on(self, parcel: Parcel) -> None:
        counts_from = parcel.counts_from and parcel.counts_from.isoformat()
        content = {**parcel.payload, "id": parcel.id, "counts_from": counts_from}
        where = self.house.site.deliveries.get(parcel.delivery)
        if where is None:
            raise DeliveryError(f"the site has no delivery {parcel.delivery!r}")
        if where.kind == "folder":
            delivery.to_folder(self.house.settings.instance / "delivered", parcel.id, content)
        elif secret := os.environ.get(where.secret_env):
            delivery.to_webhook(where.url, secret, parcel.id, content)
        else:
            raise DeliveryError(f"{where.secret_env} is not set")

    def _not_delivered(self, parcel: Parcel, error: DeliveryError | MailError) -> None:
        log.warning("parcel %s for %s: %s (try %d)", parcel.id, parcel.delivery, error, parcel.attempts)
        wait_s = min(DELIVER_AGAIN_S * 2 ** min(parcel.attempts - 1, 20), DELIVER_AGAIN_MOST_S)
        over = error.permanent or (parcel.delivery == outbox.MAIL and parcel.attempts >= LETTER_TRIES)
        again_at = None if over else self.house.clock() + timedelta(seconds=wait_s)
        with self.house.database.write(durable=True) as connection:
            outbox.retry(connection, parcel.id, str(error), again_at)
