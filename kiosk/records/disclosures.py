"""Disclosures: who opened which covered answer, where and when; never what it says."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from kiosk.records.errands import Errand
from kiosk.records.handling import Handled
from kiosk.records.staff import Staff
from kiosk.records.tables import disclosure as table
from kiosk.records.tokens import new_id

KEPT = timedelta(days=180)
WHOLE = ""
"""In place of a key: the errand was looked at by code and number, with covered answers still covered."""


@dataclass(frozen=True)
class Disclosure:
    """An answer that a member of staff (by sign-in name) opened."""

    id: str
    errand: str
    journey: str
    key: str
    kiosk: str
    by: str
    at: datetime


_newest_first = select(table).order_by(table.c.at.desc())


def note(connection: Connection, errand: Errand | Handled, key: str, staff: Staff, now: datetime) -> None:
    """Note that this member of staff opened this answer."""
    about = {"errand": errand.id, "journey": errand.journey, "kiosk": errand.kiosk}
    row = {"id": new_id(), **about, "key": key, "by": staff.name, "at": now}
    connection.execute(insert(table), row)


def everything(connection: Connection) -> list[Disclosure]:
    """Every disclosure, the newest first."""
    return [Disclosure(*row) for row in connection.execute(_newest_first)]


def opened_by(connection: Connection, errand: Errand | Handled, staff: Staff, since: datetime) -> set[str]:
    """The keys of the answers of this errand that this member of staff has opened since that moment."""
    theirs = (table.c.errand == errand.id, table.c.by == staff.name, table.c.at >= since)
    return set(connection.execute(select(table.c.key).where(*theirs)).scalars())


def forget(connection: Connection, now: datetime) -> None:
    """Delete disclosures of more than half a year ago."""
    connection.execute(delete(table).where(table.c.at < now - KEPT))
