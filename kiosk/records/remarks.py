"""Remarks: what staff would change in a journey, in their own words; citizens never write free text here."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, insert, select

from kiosk.records.sealing import open_, seal
from kiosk.records.staff import Staff
from kiosk.records.tables import remark as table
from kiosk.records.tokens import new_id

KEPT = timedelta(days=365)


@dataclass(frozen=True)
class Remark:
    """What a member of staff, by the name they sign in with, would change in a version of a journey."""

    id: str
    version: str
    by: str
    at: datetime
    text: str


_newest_first = select(table).order_by(table.c.at.desc())


def write(connection: Connection, version: str, text: str, staff: Staff, now: datetime) -> None:
    """Keep a remark for a year; sealed, for people forget to leave names out."""
    identity = new_id()
    sealed = seal(connection, text, "remark", "text", identity)
    row = {"id": identity, "version": version, "by": staff.name, "at": now, "text": sealed}
    connection.execute(insert(table), row)


def everything(connection: Connection) -> list[Remark]:
    """Every remark, the newest first."""
    return [
        Remark(row.id, row.version, row.by, row.at, open_(connection, row.text, "remark", "text", row.id))
        for row in connection.execute(_newest_first)
    ]


def forget(connection: Connection, now: datetime) -> None:
    """Delete remarks that are older than a year."""
    connection.execute(delete(table).where(table.c.at < bindparam("since")), {"since": now - KEPT})
