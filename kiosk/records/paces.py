"""How fast calls were answered lately: what a citizen can be told of their own."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, bindparam, select

from kiosk.records.tables import call as table

MOST = 60
"""Of more times than this only the newest count."""


Times = Select[datetime, datetime]


def _times(began: ColumnElement[datetime], ended: ColumnElement[datetime]) -> Times:
    return (
        select(began, ended)
        # A host who sits beside somebody with a tablet answered before there was a call: nobody waited.
        .where(table.c.place == bindparam("place"), ended > bindparam("since"), ended > began)
        .order_by(ended.desc())
        .limit(MOST)
    )


_until_taken = _times(table.c.waiting_since, table.c.taken_at)
_until_here = _times(table.c.taken_at, table.c.here_at)


def until_taken(connection: Connection, place: str, since: datetime) -> list[int]:
    """After how many seconds calls in this place were taken since that moment, the newest first."""
    return _seconds(connection, _until_taken, place, since)


def until_here(connection: Connection, place: str, since: datetime) -> list[int]:
    """How many seconds whoever took a call in this place then needed to stand beside the citizen."""
    return _seconds(connection, _until_here, place, since)


def _seconds(connection: Connection, times: Times, place: str, since: datetime) -> list[int]:
    rows = connection.execute(times, {"place": place, "since": since})
    return [int((ended - began).total_seconds()) for began, ended in rows]
