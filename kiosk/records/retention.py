"""Nothing is kept longer than its time: what the worker runs now and then."""

from datetime import datetime

from sqlalchemy import Connection

from kiosk.records import attempts, calls, errands, events, kiosks, outbox, prints, staff


def forget(connection: Connection, now: datetime) -> None:
    """Delete everything whose time is over, in every table that has one. Visits are wiped by `visits.wipe`."""
    for room in (errands, prints, outbox, calls, staff, kiosks, attempts):
        room.forget(connection, now)
    events.forget(connection)
