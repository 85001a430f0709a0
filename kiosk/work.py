"""The background worker: makes and prints paper, delivers, rings for calls, and throws away what is over.

Prints and parcels are claimed one by one, so any number of workers may run, and any of them may be killed.
"""

import logging
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from threading import Event, Thread
from typing import Any

from flask import Flask

from kiosk.escalating import ring_one
from kiosk.neighbours import delivery, mail, speech
from kiosk.neighbours.delivery import DeliveryError
from kiosk.neighbours.pdf import Press
from kiosk.printing import Printing
from kiosk.records import answering, outbox, patience, retention, visits
from kiosk.records.database import beat
from kiosk.records.outbox import Parcel
from kiosk.records.tokens import new_id
from kiosk.settings import TOP
from kiosk.shelving import keep_newest
from kiosk.web.parts import House
from kiosk.web.visiting import GRACE_S

log = logging.getLogger(__name__)

STYLES, FONTS = TOP / "static/css", TOP / "static/vendor"
PRINTERS_AT_ONCE = 4
"""So that a kiosk whose printer does not answer keeps no other waiting."""
IDLE_S, BEAT_S, ROUND_S, TIDY_S = 1, 3, 10, 30
STOPS_IN_S = 3
"""How long one that must stop waits for what it is busy with; whoever comes after it goes on with that."""
RING_S = 0.5
"""The least time between two looks at all calls that wait: a burst of calls is one look."""
DELIVER_AGAIN_S, DELIVER_AGAIN_MOST_S = 5, 3600
LETTER_TRIES = 8
"""With the waits doubling: about ten minutes, as long as somebody may still be in the hall to hear of it."""


def work(app: Flask, stop: Event) -> None:
    """Work until told to stop; ends within a second or so of that."""
    worker = Worker(app, app.extensions["house"], stop)
    loops = [("prints", worker.print_one)] * PRINTERS_AT_ONCE + [
        ("outbox", worker.deliver_one),
        ("calls", worker.ring_one),
    ]
    # Before it claims anything: what a worker without a sign of life holds may be taken from it.
    worker.safely(worker.show_alive)
    threads = [Thread(target=worker.keep_on, args=loop, name=loop[0], daemon=True) for loop in loops]
    threads.append(Thread(target=worker.make_rounds, name="rounds", daemon=True))
    for thread in threads:
        thread.start()
    worker.keep_house()
    stopped = time.monotonic()
    for thread in threads:
        thread.join(max(0, stopped + STOPS_IN_S - time.monotonic()))
    worker.printing.close()


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
    speech.forget(settings.instance / speech.FOLDER, time.time() - speech.KEPT_S)


@dataclass(frozen=True)
class Worker:
    """One worker's part in everything; all it knows is in the records."""

    app: Flask
    house: House
    stop: Event

    @cached_property
    def name(self) -> str:
        """How its claims are marked: not as those of one that died, should it get the same number."""
        return f"worker-{os.getpid()}-{new_id()}"

    @cached_property
    def printing(self) -> Printing:
        """Its part in prints."""
        return Printing(self.app, self.house, self.name, self.stop, self._press)

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
        """Take the print that waits longest one step on; False when none waits."""
        return self.printing.print_one()

    def make_rounds(self) -> None:
        """Read all printers every few seconds, so that staff know how they are."""
        while not self.stop.is_set():
            self.safely(self.printing.make_round)
            self.stop.wait(ROUND_S)

    def deliver_one(self) -> bool:
        """Deliver the parcel that is due first; False when none is."""
        with self.house.database.write() as connection:
            parcel = outbox.claim(connection, self.name, self.house.clock())
        if parcel is None:
            return False
        try:
            self._deliver(parcel)
        except DeliveryError as error:
            self._not_delivered(parcel, error)
        else:
            with self.house.database.write(durable=True) as connection:
                outbox.done(connection, parcel.id)
        return True

    def ring_one(self) -> bool:
        """Let one call ring further; False, after a rest, when none has to."""
        return ring_one(self.house) or self.stop.wait(RING_S)

    def _deliver(self, parcel: Parcel) -> None:
        if parcel.delivery == outbox.MAIL:
            self._post_letter(parcel)
        else:
            self._pass_on(parcel)

    def _post_letter(self, parcel: Parcel) -> None:
        known = self.house.site.mail
        if known is None:
            raise DeliveryError("the site has no mail server", permanent=True)
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

    def _not_delivered(self, parcel: Parcel, error: DeliveryError) -> None:
        log.warning("parcel %s for %s: %s (try %d)", parcel.id, parcel.delivery, error, parcel.attempts)
        wait_s = min(DELIVER_AGAIN_S * 2 ** min(parcel.attempts - 1, 20), DELIVER_AGAIN_MOST_S)
        over = error.permanent or (parcel.delivery == outbox.MAIL and parcel.attempts >= LETTER_TRIES)
        again_at = None if over else self.house.clock() + timedelta(seconds=wait_s)
        with self.house.database.write(durable=True) as connection:
            outbox.retry(connection, parcel.id, str(error), again_at)
