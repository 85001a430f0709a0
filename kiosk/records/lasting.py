"""How long a visit lasts by itself, and when to ask whether somebody is still there."""

from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, func, or_

from kiosk.records import patience
from kiosk.records.tables import call
from kiosk.records.tables import visit as table

TIMES = 3
"""How many times as long everything lasts for who wants more time (WCAG 2.2, 2.2.1; EN 301 549, 4.2.10)."""
ASKED_AFTER = timedelta(minutes=30)
"""However often the screen is touched: a touch may be a bag that leans on it (ASVS 5, 7.3.2)."""
OWN_DEVICE_HOLDS = timedelta(hours=20)
"""How long a visit on a citizen's own device is held; longer than that needs no warning (WCAG 2.2, 2.2.1)."""

stayed = func.coalesce(table.c.stayed, table.c.started)
"""When the citizen last said to be there: with a tap on that question, else by beginning."""
_soon = and_(table.c.touched >= bindparam("touched_since"), stayed >= bindparam("stayed_since"))
_slowly = and_(
    table.c.slow,
    table.c.touched >= bindparam("slowly_touched_since"),
    stayed >= bindparam("slowly_stayed_since"),
)
_own = and_(table.c.own_device, table.c.touched >= bindparam("own_since"))
in_use = or_(_soon, _slowly, _own, and_(call.c.id.is_not(None), patience.lasts))
"""A visit that was touched lately, or for which a call still goes on; for statements given `moments`."""


def moments(now: datetime, limit_s: int) -> dict[str, datetime]:
    """Since when something must have happened in a visit that lasts, untouched, `limit_s` seconds.

    Whoever is asked at the last moment has as long to answer as for any other tap.
    """
    limit = timedelta(seconds=limit_s)
    held = ASKED_AFTER + 2 * limit
    return {
        "touched_since": now - limit,
        "stayed_since": now - held,
        "slowly_touched_since": now - TIMES * limit,
        "slowly_stayed_since": now - TIMES * held,
        "own_since": now - OWN_DEVICE_HOLDS,
        **patience.moments(now),
    }


def times(slow: bool) -> int:
    """How many times the usual time somebody has."""
    return TIMES if slow else 1
