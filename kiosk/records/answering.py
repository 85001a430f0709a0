"""Answering a call: taking it, standing beside the citizen, handing it on, and saying what helped."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, exists, func, select, update

from kiosk.records import follow_ups, helping
from kiosk.records.calls import Call, tell, tell_ended
from kiosk.records.sealing import open_, seal
from kiosk.records.staff import Staff
from kiosk.records.tables import call as table
from kiosk.records.tables import staff as staff_table

HELPED = ("wording", "rule", "technique", "person", "back-office")
"""What a call needed, says who answered it: other words, a rule, a device, somebody to talk to, more time."""

GONE = timedelta(minutes=5)
"""Whoever was to come and is not heard of for this long is not on the way: no hall takes as long to cross."""

_this = table.c.id == bindparam("this")
_not_ended = table.c.ended_at.is_(None)
_mine = (_this, _not_ended, table.c.taken_by == bindparam("who"))
_untaken = {"state": "sent", "taken_by": None, "taken_name": None, "taken_at": None, "here_at": None}
_freed: dict[str, Any] = {**_untaken, "waiting_since": bindparam("now"), "rang": 0, "wanted": None}
_claim = (
    update(table)
    .where(_this, table.c.state == "sent")
    .values(
        state="coming",
        taken_by=bindparam("who"),
        taken_name=bindparam("shown"),
        taken_at=bindparam("now"),
        wanted=None,
    )
    .returning(table.c.visit)
)
_here = (
    update(table)
    .where(*_mine, table.c.state == "coming")
    .values(state="here", here_at=bindparam("now"))
    .returning(table.c.visit)
)
_resolve = (
    update(table)
    .where(*_mine)
    .values(state="done", ended_at=bindparam("now"), helped=bindparam("what"), wishes=None, note=None)
    .returning(table.c.visit)
)
_hand_over = (
    update(table)
    .where(*_mine)
    .values(
        **_untaken,
        waiting_since=bindparam("now"),
        rang=0,
        wanted=bindparam("whom"),
        handed_by=bindparam("shown"),
        note=bindparam("sealed"),
        expertise=func.coalesce(bindparam("skill"), table.c.expertise),
    )
    .returning(table.c.visit)
)
_release = (
    update(table)
    .where(_this, _not_ended, table.c.state != "sent")
    .values(**_freed, handed_by=None)
    .returning(table.c.visit)
)
_heard = exists().where(staff_table.c.name == table.c.taken_by, staff_table.c.beat_at >= bindparam("gone"))
_release_deserted = (
    update(table)
    .where(table.c.state == "coming", table.c.taken_at < bindparam("gone"), ~_heard)
    .values(**_freed, handed_by=None)
    .returning(table.c.visit)
)
_note = select(table.c.note).where(_this)


def claim(connection: Connection, call_id: str, staff: Staff, now: datetime) -> bool:
    """Take a call that nobody has taken; False for whoever comes second."""
    return _change(connection, _claim, this=call_id, who=staff.name, shown=staff.shown, now=now)


def here(connection: Connection, call_id: str, staff: Staff, now: datetime) -> bool:
    """The one who took the call stands beside the citizen."""
    return _change(connection, _here, this=call_id, who=staff.name, now=now)


def sit_down(connection: Connection, call: Call, staff: Staff, now: datetime) -> None:
    """Sit with the citizen of this call, whoever had it before."""
    if call.taken_by != staff.name:
        release(connection, call.id, now)
        claim(connection, call.id, staff, now)
    here(connection, call.id, staff, now)


def resolve(connection: Connection, call_id: str, staff: Staff, now: datetime, helped: str = "") -> bool:
    """The one who took the call has helped, by one of `HELPED`, which is counted."""
    ended = {"this": call_id, "who": staff.name, "what": helped or None, "now": now}
    row = connection.execute(_resolve, ended).first()
    if row is None:
        return False
    if helped:
        helping.count(connection, call_id, helped, now)
    tell_ended(connection, row.visit, now)
    return True


def hand_over(
    connection: Connection,
    call_id: str,
    staff: Staff,
    now: datetime,
    *,
    to: str | None = None,
    expertise: str | None = None,
    note: str = "",
) -> bool:
    """Let the call wait for a colleague (`to`, a sign-in name), or for all with an expertise.

    The note is for whoever comes. False when the call is not, or no longer, this member of staff's.
    """
    sealed = seal(connection, note, "call", "note", call_id) if note else None
    asked = {"this": call_id, "who": staff.name, "shown": staff.shown, "now": now}
    return _change(connection, _hand_over, **asked, whom=to, skill=expertise, sealed=sealed)


def to_back_office(connection: Connection, call: Call, staff: Staff, now: datetime, note: str) -> bool:
    """End the call and leave it, with a note, to those who know about it; False when it is not theirs."""
    if not resolve(connection, call.id, staff, now, "back-office"):
        return False
    follow_ups.leave(connection, call, staff, now, note)
    return True


def release(connection: Connection, call_id: str, now: datetime) -> bool:
    """Let a call that was taken wait for anybody again: a supervisor, or because who took it is gone."""
    return _change(connection, _release, this=call_id, now=now)


def release_deserted(connection: Connection, now: datetime) -> int:
    """Let the calls wait again whose taker went away before they came; gives how many."""
    visits = connection.execute(_release_deserted, {"gone": now - GONE, "now": now}).scalars().all()
    for visit_id in visits:
        tell(connection, visit_id)
    return len(visits)


def note_of(connection: Connection, call_id: str) -> str:
    """What a colleague wrote when they handed the call over; empty when nothing."""
    sealed = connection.execute(_note, {"this": call_id}).scalar()
    return str(open_(connection, sealed, "call", "note", call_id)) if sealed else ""


def _change(connection: Connection, statement: Any, **values: Any) -> bool:
    row = connection.execute(statement, values).first()
    if row:
        tell(connection, row.visit)
    return row is not None
