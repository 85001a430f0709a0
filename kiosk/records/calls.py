"""Calls: requests for a person, from raised to resolved, cancelled or expired."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from kiosk.records.events import announce
from kiosk.records.staff import Staff
from kiosk.records.tables import call as table
from kiosk.records.tables import visit as visit_table
from kiosk.records.tokens import new_id

STILL_SHOWN = timedelta(minutes=1)
"""How long a citizen still sees how their call ended."""
KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Call:
    """A request for a person; staff sign in with `taken_by`, citizens read `taken_name`."""

    id: str
    visit: str | None
    kiosk: str
    place: str
    journey: str
    step: str
    language: str
    expertise: str
    reason: str
    discreet: bool
    state: str
    raised_at: datetime
    taken_by: str | None
    taken_name: str | None
    taken_at: datetime | None
    here_at: datetime | None
    ended_at: datetime | None


_columns = [table.c[name] for name in Call.__dataclass_fields__]
_this = table.c.id == bindparam("this")
_not_ended = table.c.ended_at.is_(None)
_new = insert(table)
_raise = _new.on_conflict_do_update(
    index_elements=["visit"],
    index_where=_not_ended,
    set_={
        "discreet": or_(table.c.discreet, _new.excluded.discreet),
        **{name: _new.excluded[name] for name in ("journey", "step", "language", "expertise")},
    },
    where=or_(table.c.journey != _new.excluded.journey, table.c.step != _new.excluded.step),
).returning(*_columns)
_of_visit = (
    select(*_columns)
    .where(table.c.visit == bindparam("of"), or_(_not_ended, table.c.ended_at > bindparam("since")))
    .order_by(table.c.ended_at.is_(None).desc(), table.c.raised_at.desc())
    .limit(1)
)
_open = select(*_columns).where(_not_ended).order_by(table.c.raised_at)
_waits = select(table.c.raised_at, table.c.taken_at).where(
    table.c.raised_at > bindparam("since"), table.c.taken_at.is_not(None)
)
_claim = (
    update(table)
    .where(_this, table.c.state == "sent")
    .values(
        state="coming", taken_by=bindparam("who"), taken_name=bindparam("shown"), taken_at=bindparam("now")
    )
    .returning(table.c.visit)
)
_here = (
    update(table)
    .where(_this, table.c.state == "coming", table.c.taken_by == bindparam("who"))
    .values(state="here", here_at=bindparam("now"))
    .returning(table.c.visit)
)
_resolve = (
    update(table)
    .where(_this, _not_ended, table.c.taken_by == bindparam("who"))
    .values(state="done", ended_at=bindparam("now"))
    .returning(table.c.visit)
)
_cancel = (
    update(table)
    .where(table.c.visit == bindparam("of"), _not_ended)
    .values(state="cancelled", ended_at=bindparam("now"))
    .returning(table.c.visit)
)
_expire = (
    update(table)
    .where(
        _not_ended, func.coalesce(table.c.here_at, table.c.taken_at, table.c.raised_at) < bindparam("since")
    )
    .values(state="expired", ended_at=bindparam("now"))
    .returning(table.c.visit)
)
_touch_visit = update(visit_table).where(visit_table.c.id == bindparam("of")).values(touched=bindparam("now"))


def raise_call(
    connection: Connection,
    *,
    visit: str,
    kiosk: str,
    place: str,
    journey: str,
    step: str,
    language: str,
    now: datetime,
    expertise: str = "",
    reason: str = "",
    discreet: bool = False,
) -> Call:
    """A new call of this visit, or the one it has open, which is about this now: there is never a second."""
    row = {
        "id": new_id(),
        "visit": visit,
        "kiosk": kiosk,
        "place": place,
        "journey": journey,
        "step": step,
        "language": language,
        "expertise": expertise,
        "reason": reason,
        "discreet": discreet,
        "state": "sent",
        "raised_at": now,
    }
    changed = connection.execute(_raise, row).first()
    if changed is None:
        return Call(*connection.execute(_of_visit, {"of": visit, "since": now}).one())
    _tell(connection, visit)
    return Call(*changed)


def of_visit(connection: Connection, visit_id: str, now: datetime) -> Call | None:
    """The visit's open call, else the one that ended in the last minute."""
    row = connection.execute(_of_visit, {"of": visit_id, "since": now - STILL_SHOWN}).first()
    return Call(*row) if row else None


def open_calls(connection: Connection) -> list[Call]:
    """All open calls, the one that waits longest first."""
    return [Call(*row) for row in connection.execute(_open)]


def taken_by(connection: Connection, call_id: str, staff: Staff) -> Call | None:
    """The open call with this id, if this member of staff has taken it."""
    row = connection.execute(_open.where(_this, table.c.taken_by == staff.name), {"this": call_id}).first()
    return Call(*row) if row else None


def waits(connection: Connection, since: datetime) -> list[int]:
    """After how many seconds each call raised since that moment was taken; calls nobody took are left out."""
    return [(taken - raised).seconds for raised, taken in connection.execute(_waits, {"since": since})]


def claim(connection: Connection, call_id: str, staff: Staff, now: datetime) -> bool:
    """Take a call that nobody has taken; False for whoever comes second."""
    return _change(connection, _claim, this=call_id, who=staff.name, shown=staff.shown, now=now)


def here(connection: Connection, call_id: str, staff: Staff, now: datetime) -> bool:
    """The one who took the call stands beside the citizen."""
    return _change(connection, _here, this=call_id, who=staff.name, now=now)


def resolve(connection: Connection, call_id: str, staff: Staff, now: datetime) -> bool:
    """The one who took the call has helped; the visit's clock starts anew."""
    return _end(connection, _resolve, this=call_id, who=staff.name, now=now)


def cancel(connection: Connection, visit_id: str, now: datetime | None = None) -> bool:
    """The citizen needs nobody after all; the visit's clock starts anew."""
    return _end(connection, _cancel, of=visit_id, now=now or datetime.now(UTC))


def expire(connection: Connection, now: datetime, after_s: int) -> int:
    """End the calls in which nothing happened for this many seconds; gives how many."""
    visits = (
        connection.execute(_expire, {"since": now - timedelta(seconds=after_s), "now": now}).scalars().all()
    )
    for visit_id in visits:
        _tell_ended(connection, visit_id, now)
    return len(visits)


def _change(connection: Connection, statement: Any, **values: Any) -> bool:
    row = connection.execute(statement, values).first()
    if row:
        _tell(connection, row.visit)
    return row is not None


def _end(connection: Connection, statement: Any, *, now: datetime, **values: Any) -> bool:
    row = connection.execute(statement, {"now": now, **values}).first()
    if row:
        _tell_ended(connection, row.visit, now)
    return row is not None


def _tell_ended(connection: Connection, visit_id: str | None, now: datetime) -> None:
    connection.execute(_touch_visit, {"of": visit_id, "now": now})
    _tell(connection, visit_id)


def _tell(connection: Connection, visit_id: str | None) -> None:
    announce(connection, "calls")
    if visit_id:
        announce(connection, f"visit:{visit_id}")


def forget(connection: Connection, now: datetime) -> None:
    """Delete the calls that ended more than a day ago."""
    connection.execute(delete(table).where(table.c.ended_at < now - KEPT))
