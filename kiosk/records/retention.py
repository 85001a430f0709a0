"""Nothing is kept longer than its time: what the worker runs now and then."""

from datetime import datetime

from sqlalchemy import Connection

from kiosk.records import (
    attempts,
    calls,
    disclosures,
    errands,
    events,
    follow_ups,
    handouts,
    kiosks,
    outbox,
    prints,
    remarks,
    staff,
)


def forget(connection: Connection, now: datetime) -> None:
    """Delete what has outlived its time, in every table. Visits are wiped by `visits.wipe`."""
    for room in (
        errands,
        prints,
        outbox,
        calls,
        staff,
        kiosks,
        attempts,
        remarks,
        follow_ups,
        disclosures,
        handouts,
    ):
        room.forget(connection, now)
    events.forget(connection)
