"""The database: one engine for SQLite or PostgreSQL, short reads and writes, and what wakes the watcher."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    bindparam,
    create_engine,
    delete,
    event,
    func,
    inspect,
    make_url,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError

from kiosk.records.events import CHANNEL, IDLE_S, POLL_S, Event, Lost, Subscription, Watcher, announce
from kiosk.records.migrations import HEAD, upgrade
from kiosk.records.sealing import CannotOpen, Keys, open_, rotate, seal
from kiosk.records.tables import worker

__all__ = [
    "CannotOpen",
    "Database",
    "Event",
    "Subscription",
    "Watcher",
    "announce",
    "beat",
    "last_beat",
    "open_",
    "rotate",
    "seal",
]

_revision = text("SELECT version_num FROM alembic_version")
FORGOTTEN = timedelta(days=1)
PRAGMAS = ("busy_timeout=5000", "journal_mode=wal", "synchronous=normal", "foreign_keys=on")


class Database:
    """Where everything is remembered. Opens nothing until it is used, so it may be made before a fork."""

    def __init__(self, url: str, data_keys: Sequence[tuple[str, bytes]]) -> None:
        self._url = make_url(url)
        self._keys = Keys(data_keys)
        self._sqlite = self._url.get_backend_name() == "sqlite"
        # Who waits to write queues here, in order, instead of asking SQLite over and over.
        self._turn: AbstractContextManager[Any] = threading.Lock() if self._sqlite else nullcontext()

    @cached_property
    def engine(self) -> Engine:
        """The engine and its pool."""
        make = _sqlite_engine if self._sqlite else _postgresql_engine
        return make(self._url, execution_options={"keys": self._keys})

    @cached_property
    def _readers(self) -> Engine:
        # SQLite's transactions see one state by themselves.
        return (
            self.engine if self._sqlite else self.engine.execution_options(isolation_level="REPEATABLE READ")
        )

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the database; what it changes is not kept."""
        with self._readers.connect() as connection:
            if self._sqlite:
                _raw(connection).execute("BEGIN")
            yield connection

    @contextmanager
    def write(self, durable: bool = False) -> Iterator[Connection]:
        """A connection whose changes are kept together, or not at all when the block raises.

        Durable changes survive a power cut; others may lose the last second, but never come apart.
        """
        with self._turn, self.engine.connect() as connection:
            begin = self._begin_sqlite if self._sqlite else self._begin_postgresql
            with begin(connection, durable):
                yield connection
                connection.commit()

    @contextmanager
    def _begin_sqlite(self, connection: Connection, durable: bool) -> Iterator[None]:
        if durable:
            _raw(connection).execute("PRAGMA synchronous=FULL")
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield
        finally:
            connection.rollback()
            if durable:
                _raw(connection).execute("PRAGMA synchronous=NORMAL")

    @contextmanager
    def _begin_postgresql(self, connection: Connection, durable: bool) -> Iterator[None]:
        if durable:
            connection.exec_driver_sql("SET LOCAL synchronous_commit = on")
        yield

    def migrate(self) -> None:
        """Bring the tables to the shape this version of the program needs; harmless when they have it."""
        if self._sqlite and self._url.database:
            Path(self._url.database).parent.mkdir(parents=True, exist_ok=True)
        with self._turn, self.engine.connect() as connection:
            upgrade(connection)

    def check(self) -> str:
        """What is wrong with the database, in words for an administrator; empty when nothing is."""
        try:
            with self.read() as connection:
                known = inspect(connection).has_table("alembic_version")
                revision = connection.execute(_revision).scalar() if known else None
        except DBAPIError as error:
            return f"the database cannot be used: {str(error.orig).splitlines()[0]}"
        return "" if revision == HEAD else f"the database has shape {revision}, not {HEAD}: migrate it first"

    def dispose(self) -> None:
        """Close all connections; the next use opens new ones."""
        if "engine" in self.__dict__:
            self.engine.dispose()

    @contextmanager
    def changes(self) -> Iterator[Iterator[None]]:
        """Endless: yields soon after any process commits, and once a second anyway; raises `Lost`."""
        try:
            with self.engine.connect() as connection:
                raw = _raw(connection)
                connection.detach()
                yield _sqlite_changes(raw) if self._sqlite else _postgresql_changes(raw)
        except (DBAPIError, self.engine.dialect.loaded_dbapi.Error) as error:
            raise Lost(type(error).__name__) from error


def _raw(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _sqlite_engine(url: Any, **options: Any) -> Engine:
    """Few connections stay open, and the one used last is used next: its cache is warm."""
    engine = create_engine(url, pool_size=8, max_overflow=-1, pool_use_lifo=True, **options)

    @event.listens_for(engine, "connect")
    def prepare(raw: Any, _record: Any) -> None:
        raw.isolation_level = None
        for pragma in PRAGMAS:
            raw.execute(f"PRAGMA {pragma}")

    return engine


def _postgresql_engine(url: Any, **options: Any) -> Engine:
    """Commits wait for the disk only when durable; a connection that died is replaced unnoticed."""
    arguments = {"options": "-c synchronous_commit=off", "connect_timeout": 5}
    return create_engine(
        url,
        pool_size=8,
        max_overflow=8,
        pool_use_lifo=True,
        pool_pre_ping=True,
        connect_args=arguments,
        **options,
    )


def _sqlite_changes(raw: Any) -> Iterator[None]:
    seen, quiet_since = None, time.monotonic()
    while True:
        version = raw.execute("PRAGMA data_version").fetchone()
        if version != seen or time.monotonic() - quiet_since > IDLE_S:
            seen, quiet_since = version, time.monotonic()
            yield
        time.sleep(POLL_S)


def _postgresql_changes(raw: Any) -> Iterator[None]:
    raw.autocommit = True
    raw.execute(f"LISTEN {CHANNEL}")
    while True:
        yield
        for _ in raw.notifies(timeout=IDLE_S, stop_after=1):
            pass


_beat = insert(worker).values(name=bindparam("name"), beat_at=bindparam("beat_at"))
_beat = _beat.on_conflict_do_update(index_elements=["name"], set_={"beat_at": _beat.excluded.beat_at})


def beat(connection: Connection, now: datetime, name: str = "worker") -> None:
    """Note that the background worker is alive, and forget workers of more than a day ago."""
    connection.execute(delete(worker).where(worker.c.beat_at < now - FORGOTTEN))
    connection.execute(_beat, {"name": name, "beat_at": now})


def last_beat(connection: Connection) -> datetime | None:
    """When a background worker was last alive; nothing before the first."""
    return connection.execute(select(func.max(worker.c.beat_at))).scalar()
