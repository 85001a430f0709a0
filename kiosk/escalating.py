"""Letting more people hear a call, the longer it waits; at last another system, once."""

from datetime import datetime
from typing import Any

from kiosk.records import calls, outbox, staff
from kiosk.records.calls import Call
from kiosk.web import ringing
from kiosk.web.parts import House


def ring_one(house: House) -> bool:
    """Let one call ring in the circle whose time has come; False when there is none.

    One call a transaction, so that workers never wait for each other in a ring.
    """
    now, rings = house.clock(), house.site.rings
    with house.database.read() as connection:
        waiting, on_duty = calls.open_calls(connection), staff.on_duty(connection, now)
    for call in waiting:
        due = ringing.due(call, rings, on_duty, now)
        if call.state == "sent" and due > call.rang:
            ring(house, call, due, now)
            return True
    return False


def ring(house: House, call: Call, circle: int, now: datetime) -> None:
    """Let the call ring in this circle, unless it was taken or another worker did so meanwhile."""
    alarm = house.site.rings.webhook
    with house.database.write(durable=True) as connection:
        rung = calls.ring(connection, call, circle)
        if rung and alarm and circle == ringing.WEBHOOK:
            outbox.put(connection, None, alarm.delivery, told(house, call, now), held=False, now=now)


def told(house: House, call: Call, now: datetime) -> dict[str, Any]:
    """What another system hears of a call that waits: where and how long, never who or about what."""
    kiosk = house.site.kiosk(call.kiosk)
    return {
        "kind": "call",
        "kiosk": kiosk.title if kiosk else call.kiosk,
        "place": call.place,
        "waiting": int(ringing.waited_s(call, now)),
        "since": call.waiting_since.isoformat(),
        "language": call.language,
        "discreet": call.discreet,
    }
