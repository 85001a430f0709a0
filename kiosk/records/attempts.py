"""Counting failed tries, so that nobody can go on guessing a password or a code."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select

from kiosk.records.tables import attempt


def note(connection: Connection, what: str, who: str, now: datetime) -> None:
    """Note a failed try: of what, and by whom."""
    connection.execute(insert(attempt), {"what": what, "who": who, "at": now})


def recent(connection: Connection, what: str, who: str, since: datetime) -> int:
    """How many tries failed since then."""
    same = (attempt.c.what == what, attempt.c.who == who, attempt.c.at > since)
    return int(connection.execute(select(func.count()).where(*same)).scalar_one())


def forget(connection: Connection, now: datetime) -> None:
    """Delete the tries of more than a day ago."""
    connection.execute(delete(attempt).where(attempt.c.at < now - timedelta(days=1)))
