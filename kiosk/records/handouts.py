"""Handouts: a look, on one's own phone, at where an errand stands. Opened once, and soon over."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from kiosk.records.tables import handout as table
from kiosk.records.tokens import hash_of, new_token

TO_OPEN = timedelta(minutes=15)
TO_READ = timedelta(hours=1)
"""How long the phone that opened it can read it; time enough to keep the file."""

_open = (
    update(table)
    .where(table.c.token_hash == bindparam("known"), ~table.c.opened, table.c.until >= bindparam("now"))
    .values(token_hash=bindparam("another"), opened=True, until=bindparam("last"))
)
_waits = select(table.c.errand).where(
    table.c.token_hash == bindparam("known"), ~table.c.opened, table.c.until >= bindparam("now")
)
_read = select(table.c.errand, table.c.language).where(
    table.c.token_hash == bindparam("known"), table.c.opened, table.c.until >= bindparam("now")
)


def make(connection: Connection, errand_id: str, language: str, now: datetime) -> str:
    """The token for the address that one phone may open, within a quarter of an hour."""
    token = new_token()
    row = {"token_hash": hash_of(token), "errand": errand_id, "language": language, "opened": False}
    connection.execute(insert(table), {**row, "until": now + TO_OPEN})
    return token


def waits(connection: Connection, token: str, errand_id: str, now: datetime) -> bool:
    """Whether this is the token of this errand and nobody has opened it yet."""
    row = connection.execute(_waits, {"known": hash_of(token), "now": now}).first()
    return row is not None and row.errand == errand_id


def open_(connection: Connection, token: str, now: datetime) -> str | None:
    """The token with which this phone alone can read it for an hour; nothing for all who come later."""
    another = new_token()
    ours = {"known": hash_of(token), "another": hash_of(another), "now": now, "last": now + TO_READ}
    return another if connection.execute(_open, ours).rowcount else None


def read(connection: Connection, token: str, now: datetime) -> tuple[str, str] | None:
    """The errand and the language of what this phone has opened; nothing when that is over."""
    row = connection.execute(_read, {"known": hash_of(token), "now": now}).first()
    return (row.errand, row.language) if row else None


def forget(connection: Connection, now: datetime) -> None:
    """Delete what can be opened or read no longer."""
    connection.execute(delete(table).where(table.c.until < now))
