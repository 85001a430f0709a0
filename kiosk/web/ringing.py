"""Who hears a call: first the host in the hall, then more and more people, until somebody comes."""

from collections.abc import Sequence
from datetime import datetime

from kiosk.records.calls import Call
from kiosk.records.staff import Staff
from kiosk.site import Rings
from kiosk.web.parts import house

HOST, EXPERTS, PLACE, SUPERVISORS, WEBHOOK = range(5)
"""The circles, one around the other; who stands at another place cannot come, and hears nothing."""


def hears(call: Call, member: Staff, now: datetime) -> bool:
    """Whether this call rings for this member of staff now; quietly while they are busy."""
    if call.state != "sent" or not member.on_duty:
        return False
    reached = circle(call, house.site.rings, now)
    return any(belongs(member, call, each) for each in range(reached + 1))


def circle(call: Call, rings: Rings, now: datetime) -> int:
    """The widest circle that hears the call: the one it rang in, or by the clock if no worker is there."""
    waited = waited_s(call, now)
    return max(call.rang, sum(waited >= after for after in (rings.expertise, rings.place, rings.supervisor)))


def due(call: Call, rings: Rings, on_duty: Sequence[Staff], now: datetime) -> int:
    """The circle in which the call must ring now.

    One in which nobody is on duty and free is passed over, so that a call never waits for nobody.
    """
    reached = circle(call, rings, now)
    free = [member for member in on_duty if not member.busy]
    while reached < SUPERVISORS and not any(belongs(member, call, reached) for member in free):
        reached += 1
    return WEBHOOK if alarm_is_due(call, rings, on_duty, now) else reached


def alarm_is_due(call: Call, rings: Rings, on_duty: Sequence[Staff], now: datetime) -> bool:
    """Whether another system must hear of the call: it waited too long, or nobody will ever hear it."""
    if rings.webhook is None:
        return False
    circles = range(WEBHOOK)
    somebody = any(belongs(member, call, each) for member in on_duty for each in circles)
    return waited_s(call, now) >= rings.webhook.after or not somebody


def belongs(member: Staff, call: Call, which: int) -> bool:
    """Whether this member of staff is in that circle of the call.

    A call that was handed over is for one person first, or at once for those who know about it.
    """
    if which == HOST and call.handed_by:
        return member.name == call.wanted
    if which == SUPERVISORS:
        return "supervisor" in member.roles
    fits = {HOST: "host" in member.roles, EXPERTS: call.expertise in member.expertise, PLACE: True}
    return member.place == call.place and fits.get(which, False)


def waited_s(call: Call, now: datetime) -> float:
    """How many seconds the call waits for somebody: since it was raised, handed over or given back."""
    return (now - call.waiting_since).total_seconds()
