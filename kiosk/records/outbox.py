"""What must be delivered to other systems: sealed at confirm, deleted once it has arrived."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, delete, exists, insert, or_, select, update

from kiosk.records.events import announce
from kiosk.records.sealing import open_, seal
from kiosk.records.tables import outbox as table
from kiosk.records.tokens import new_id

PATIENCE = timedelta(minutes=2)
"""After this a parcel that a worker took and did not finish may be taken again."""
FAILED_KEPT, LETTER_KEPT = timedelta(days=30), timedelta(hours=1)
MAIL = "@mail"
"""The delivery that is a letter to a citizen's own mailbox; no site can name one so."""


@dataclass(frozen=True)
class Parcel:
    """Something to deliver; `counts_from` is the moment that counts for it: confirmed, or the ID seen."""

    id: str
    errand: str | None
    delivery: str
    payload: Any
    counts_from: datetime | None
    attempts: int


_columns = [table.c[name] for name in Parcel.__dataclass_fields__]
_first = table.alias("first")
_goes_before = exists().where(
    _first.c.errand == table.c.errand,
    _first.c.delivery == table.c.delivery,
    _first.c.made_at < table.c.made_at,
    _first.c.state.in_(("due", "sending")),
)
_due = and_(
    or_(
        (table.c.state == "due") & (table.c.due_at <= bindparam("now")),
        (table.c.state == "sending") & (table.c.claimed_at < bindparam("given_up")),
    ),
    ~_goes_before,
)
_this = table.c.id == bindparam("this")
_next = select(table.c.id).where(_due).order_by(table.c.due_at).limit(1)
_claim = (
    update(table)
    .where(_this, _due)
    .values(
        state="sending", worker=bindparam("by"), claimed_at=bindparam("now"), attempts=table.c.attempts + 1
    )
    .returning(*_columns)
)
_again = update(table).where(_this).values(state="due", reason=bindparam("why"), due_at=bindparam("at"))
_give_up = update(table).where(_this).values(state="failed", reason=bindparam("why"))
_unsent = (
    delete(table)
    .where(table.c.errand == bindparam("of"), table.c.state.in_(("held", "due")), table.c.attempts == 0)
    .returning(table.c.delivery)
)
_release = (
    update(table)
    .where(table.c.errand == bindparam("of"), table.c.state == "held")
    .values(state="due", due_at=bindparam("now"), counts_from=bindparam("now"))
)


def put(
    connection: Connection, errand_id: str | None, delivery: str, payload: Any, *, held: bool, now: datetime
) -> None:
    """Add a parcel (a JSON value) for one delivery, held back until `release` or due at once.

    Of an errand, unless it is about something else.
    """
    identity = new_id()
    row = {
        "id": identity,
        "errand": errand_id,
        "delivery": delivery,
        "payload": seal(connection, payload, "outbox", "payload", identity),
        "state": "held" if held else "due",
        "counts_from": None if held else now,
        "made_at": now,
        "due_at": now,
        "attempts": 0,
        "reason": "",
    }
    connection.execute(insert(table), row)
    if not held:
        announce(connection, "outbox")


def release(connection: Connection, errand_id: str, now: datetime) -> None:
    """Pass on what was held back for this errand: it counts from now on."""
    if connection.execute(_release, {"of": errand_id, "now": now}).rowcount:
        announce(connection, "outbox")


def take_back(connection: Connection, errand_id: str, withdrawals: Mapping[str, Any], now: datetime) -> None:
    """Delete what was not sent yet of this errand; after what was, send a withdrawal (by delivery)."""
    unsent = set(connection.execute(_unsent, {"of": errand_id}).scalars())
    for delivery, payload in withdrawals.items():
        if delivery not in unsent:
            put(connection, errand_id, delivery, payload, held=False, now=now)


def claim(connection: Connection, worker: str, now: datetime) -> Parcel | None:
    """The parcel that is due first, for this worker alone; nothing when none is due.

    Of one errand and delivery the parcels go in order: nothing is withdrawn before it has come.
    """
    moments = {"now": now, "given_up": now - PATIENCE}
    while (found := connection.execute(_next, moments).scalar()) is not None:
        row = connection.execute(_claim, {"this": found, "by": worker, **moments}).first()
        if row:
            return Parcel(
                **{**row._mapping, "payload": open_(connection, row.payload, "outbox", "payload", row.id)}
            )
    return None


def done(connection: Connection, parcel_id: str) -> None:
    """It has arrived: nothing of it is kept."""
    connection.execute(delete(table).where(table.c.id == parcel_id))


def retry(connection: Connection, parcel_id: str, reason: str, again_at: datetime | None) -> None:
    """It did not arrive: try again at that moment, or never (`None`)."""
    statement = _again if again_at else _give_up
    moment = {"at": again_at} if again_at else {}
    connection.execute(statement, {"this": parcel_id, "why": reason, **moment})


def standing(connection: Connection, errand_id: str, delivery: str) -> str:
    """How the newest parcel of this errand stands: held, due, sending or failed; "sent" when it has left."""
    newest = select(table.c.state).where(table.c.errand == errand_id, table.c.delivery == delivery)
    return connection.execute(newest.order_by(table.c.made_at.desc()).limit(1)).scalar() or "sent"


def drop_held(connection: Connection, errand_ids: Select[Any]) -> None:
    """Delete what was held back for these errands."""
    connection.execute(delete(table).where(table.c.errand.in_(errand_ids), table.c.state == "held"))


def forget(connection: Connection, now: datetime) -> None:
    """Delete what could not be delivered: a letter, with its address, after an hour, else after a month."""
    failed, letters = delete(table).where(table.c.state == "failed"), table.c.delivery == MAIL
    connection.execute(failed.where(table.c.made_at < now - FAILED_KEPT))
    connection.execute(failed.where(letters, table.c.made_at < now - LETTER_KEPT))
