"""Telling every process that something changed: one append-only table, and one watcher a process."""

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Condition, Lock, Thread, current_thread
from typing import TYPE_CHECKING

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from kiosk.records.tables import event

if TYPE_CHECKING:
    from kiosk.records.database import Database

log = logging.getLogger(__name__)

AGAIN = "again"
"""The topic that reaches every subscriber: some changes may have been missed, so fetch again."""
CHANNEL = "kiosk"
IN_ORDER = 7_061_905
"""The PostgreSQL lock under which events are written, so that their ids appear in order."""
POLL_S = 0.004
IDLE_S = 1.0
RETRY_S = 0.5
KEPT = timedelta(days=1)
BACKLOG = 500
"""After this many unread events a subscriber is told to fetch again instead."""

_insert = insert(event)
_take_turn = select(func.pg_advisory_xact_lock(IN_ORDER))
_notify = select(func.pg_notify(CHANNEL, ""))
_newest = select(func.coalesce(func.max(event.c.id), 0))
_oldest = select(func.coalesce(func.min(event.c.id), 0))
_later = (
    select(event.c.id, event.c.topic, event.c.ref).where(event.c.id > bindparam("last")).order_by(event.c.id)
)


class Lost(Exception):
    """The watcher's own connection to the database broke."""


@dataclass(frozen=True)
class Event:
    """Something changed: on which topic, and what row it is about."""

    id: int
    topic: str
    ref: str


def announce(connection: Connection, topic: str, ref: str = "") -> None:
    """Tell all processes once this transaction commits. Make it the last thing the transaction does.

    Events carry the machine's clock, not the house's: they only say that there is something to fetch.
    """
    on_postgresql = connection.dialect.name == "postgresql"
    if on_postgresql:
        connection.execute(_take_turn)
    connection.execute(_insert, {"topic": topic, "ref": ref, "at": datetime.now(UTC)})
    if on_postgresql:
        connection.execute(_notify)


def forget(connection: Connection) -> None:
    """Delete the events of more than a day ago, except the newest: its id must stay known."""
    newest = connection.execute(_newest).scalar_one()
    old = event.c.at < datetime.now(UTC) - KEPT
    connection.execute(delete(event).where(old, event.c.id < newest))


class Subscription:
    """What one listener has not read; topics are whole (`calls`) or a first part (`visit` of `visit:12`)."""

    def __init__(self, topics: Sequence[str]) -> None:
        self._topics = (*topics, AGAIN)
        self._waiting: list[Event] = []
        self._changed = Condition()

    def wants(self, found: Event) -> bool:
        """Whether this listener asked for the event's topic."""
        return found.topic in self._topics or found.topic.partition(":")[0] in self._topics

    def offer(self, found: Sequence[Event]) -> None:
        """Add the events this listener asked for, and wake it."""
        wanted = [each for each in found if self.wants(each)]
        if wanted:
            with self._changed:
                self._waiting += wanted
                if len(self._waiting) > BACKLOG:
                    self._waiting = [Event(wanted[-1].id, AGAIN, "")]
                self._changed.notify_all()

    def wait(self, timeout_s: float) -> list[Event]:
        """All unread events, oldest first; waits this long for the first, then gives an empty list."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting, timeout_s)
            events, self._waiting = self._waiting, []
            return events


class Watcher:
    """Hears what any process announces, for all listeners of this process.

    Its one thread starts with the first subscription and ends after the last, so making a watcher before a
    fork is safe.
    """

    def __init__(self, database: "Database") -> None:
        self._database = database
        self._lock = Lock()
        self._subscriptions: set[Subscription] = set()
        self._thread: Thread | None = None
        self._last = 0
        self._missed = False

    @contextmanager
    def subscribe(self, *topics: str) -> Iterator[Subscription]:
        """Hear these topics from now on, until the context ends."""
        subscription = Subscription(topics)
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._last = self.newest()
                self._thread = Thread(target=self._run, name="watcher", daemon=True)
                self._thread.start()
            self._subscriptions.add(subscription)
        try:
            yield subscription
        finally:
            with self._lock:
                self._subscriptions.discard(subscription)

    def newest(self) -> int:
        """The id of the newest event; 0 before the first."""
        with self._database.read() as connection:
            return int(connection.execute(_newest).scalar_one())

    def since(self, last: int, *topics: str) -> list[Event]:
        """What came after this event; one `again` when that is no longer known."""
        with self._database.read() as connection:
            oldest = connection.execute(_oldest).scalar_one()
            newest = connection.execute(_newest).scalar_one()
            if not oldest - 1 <= last <= newest:
                return [Event(newest, AGAIN, "")]
            wanted = Subscription(topics).wants
            return [found for found in _after(connection, last) if wanted(found)]

    def _run(self) -> None:
        while self._wanted():
            try:
                with self._database.changes() as changes:
                    self._follow(changes)
            except Lost as error:
                log.warning("the watcher lost the database: %s", error)
                self._missed = True
                time.sleep(RETRY_S)

    def _wanted(self) -> bool:
        with self._lock:
            mine = self._thread is current_thread()
            if mine and not self._subscriptions:
                self._thread = None
            return mine and self._thread is not None

    def _follow(self, changes: Iterator[None]) -> None:
        for _ in changes:
            self._pass_on()
            if not self._wanted():
                return

    def _pass_on(self) -> None:
        with self._database.read() as connection:
            found = _after(connection, self._last)
        self._last = found[-1].id if found else self._last
        if self._missed:
            found, self._missed = [Event(self._last, AGAIN, "")], False
        with self._lock:
            listeners = list(self._subscriptions) if found else []
        for each in listeners:
            each.offer(found)


def _after(connection: Connection, last: int) -> list[Event]:
    return [Event(*row) for row in connection.execute(_later, {"last": last})]
