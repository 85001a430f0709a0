"""How long a call lasts by itself: help may take its time, but a call that everybody has left ends."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, bindparam, exists, func, or_, select, update

from kiosk.records.calls import tell_ended
from kiosk.records.staff import BEAT_LAPSES
from kiosk.records.tables import call, staff, visit

QUIET = timedelta(minutes=15)
"""After this long without a touch, or a step of whoever comes, everybody has left."""
HELP_LASTS = timedelta(minutes=60)
"""While somebody is there whose own screen is alive: people may talk long without touching the kiosk."""

_changed = func.coalesce(call.c.here_at, call.c.taken_at, call.c.waiting_since)
_helper_is_alive = exists().where(staff.c.name == call.c.taken_by, staff.c.beat_at > bindparam("heard_since"))


def _happened(since: str) -> Any:
    """Something happened in the call since then. A visit that is gone was touched by nobody."""
    touched = and_(visit.c.touched.is_not(None), visit.c.touched >= bindparam(since))
    return or_(_changed >= bindparam(since), touched)


lasts = or_(
    _happened("quiet_since"),
    and_(call.c.state == "here", _helper_is_alive, _happened("helped_since")),
)
"""Whether an open call, joined with its visit, still goes on; for statements that are given `moments`."""
_over = select(call.c.id).outerjoin(visit).where(call.c.ended_at.is_(None), ~lasts)
_expire = (
    update(call)
    .where(call.c.ended_at.is_(None), _changed < bindparam("quiet_since"), call.c.id.in_(_over))
    .values(state="expired", ended_at=bindparam("now"), wishes=None, note=None)
    .returning(call.c.visit)
)


def moments(now: datetime) -> dict[str, datetime]:
    """Since when something must have happened in a call that lasts."""
    return {
        "quiet_since": now - QUIET,
        "helped_since": now - HELP_LASTS,
        "heard_since": now - BEAT_LAPSES,
    }


def expire(connection: Connection, now: datetime) -> int:
    """End the calls that everybody has left; gives how many."""
    visits = connection.execute(_expire, {**moments(now), "now": now}).scalars().all()
    for visit_id in visits:
        tell_ended(connection, visit_id, now)
    return len(visits)
