"""Follow-ups: what a call left for the back office to find out, with a note."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from kiosk.records.calls import Call
from kiosk.records.events import announce
from kiosk.records.sealing import open_, seal
from kiosk.records.staff import Staff
from kiosk.records.tables import errand
from kiosk.records.tables import follow_up as table
from kiosk.records.tokens import new_id

KEPT = timedelta(days=30)
"""How long a follow-up is kept that nobody did, and one that was done."""


@dataclass(frozen=True)
class FollowUp:
    """What somebody should find out after a call; `errand` is the errand it came from, while that is kept."""

    id: str
    errand: str | None
    kiosk: str
    journey: str
    language: str
    expertise: str
    discreet: bool
    by: str
    at: datetime
    note: str


_columns = [table.c[name] for name in FollowUp.__dataclass_fields__ if name != "note"]
_todo = select(*_columns, table.c.note).where(table.c.done_at.is_(None)).order_by(table.c.at)
_done = (
    update(table)
    .where(table.c.id == bindparam("this"), table.c.done_at.is_(None))
    .values(done_by=bindparam("who"), done_at=bindparam("now"))
)
_newest_errand = (
    select(errand.c.id).where(errand.c.visit == bindparam("of")).order_by(errand.c.number.desc()).limit(1)
)


def leave(connection: Connection, call: Call, staff: Staff, now: datetime, note: str) -> None:
    """Leave what this call was about to the back office."""
    identity = new_id()
    row = {name: getattr(call, name) for name in ("kiosk", "journey", "language", "expertise", "discreet")}
    about = connection.execute(_newest_errand, {"of": call.visit}).scalar()
    sealed = seal(connection, note, "follow_up", "note", identity)
    made = {"id": identity, "errand": about, "note": sealed, "by": staff.name, "at": now}
    connection.execute(insert(table), {**row, **made})
    announce(connection, "errands")


def to_do(connection: Connection) -> list[FollowUp]:
    """What nobody has done yet, the oldest first."""
    return [
        FollowUp(**{**row._mapping, "note": open_(connection, row.note, "follow_up", "note", row.id)})
        for row in connection.execute(_todo)
    ]


def done(connection: Connection, follow_up: str, staff: Staff, now: datetime) -> bool:
    """Somebody did it; False for whoever comes second."""
    changed = connection.execute(_done, {"this": follow_up, "who": staff.name, "now": now}).rowcount > 0
    if changed:
        announce(connection, "errands")
    return changed


def forget(connection: Connection, now: datetime) -> None:
    """Delete follow-ups of more than thirty days ago."""
    last = func.coalesce(table.c.done_at, table.c.at)
    connection.execute(delete(table).where(last < now - KEPT))
