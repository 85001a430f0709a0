"""Keeping what was answered, and counting it."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from kiosk.journeys.flow import Point
from kiosk.records import figures, visits
from kiosk.records.database import announce
from kiosk.web import visiting
from kiosk.web.counting import tally
from kiosk.web.parts import house
from kiosk.web.visiting import Taken


def keep(
    taken: Taken, then: Taken, given: Sequence[Point], coming: Point | None, by: str = visits.CITIZEN
) -> None:
    """Keep the answers that `then` has at these points; `coming` is what is shown next.

    The seconds since the last answer count for the first point. While somebody is called, whoever looks along
    hears of it, and `Overtaken` is raised where the other side gave one of these answers meanwhile.
    """
    shared = by != visits.CITIZEN or visiting.is_calling()
    now = house.clock()
    values = {point.key: then.errand.answers[point.key] for point in given}
    seconds = _seconds_since(taken, now)
    rows = [
        row
        for number, point in enumerate(given)
        for row in tally(taken, point, answered=1, seconds=0 if number else seconds)
    ]
    with house.database.write() as connection:
        visits.save_answers(connection, taken.errand, values, now, by, shared=shared)
        figures.count(connection, rows + tally(then, coming, shown=1))
        if shared:
            announce(connection, f"visit:{taken.errand.visit}")


def keep_aside(taken: Taken, key: str, value: Any, by: str = visits.CITIZEN) -> None:
    """Keep an answer to a question that the other side took off the route meanwhile: it waits there.

    Nothing where nobody else can have done so, nor in the place of an answer that waits there already.
    """
    shared = by != visits.CITIZEN or visiting.is_calling()
    if shared and taken.version.journey.holds(key) and key not in taken.errand.answers:
        with suppress(visits.Overtaken), house.database.write() as connection:
            visits.save_answers(connection, taken.errand, {key: value}, house.clock(), by, shared=True)


def _seconds_since(taken: Taken, now: datetime) -> int:
    return max(0, round((now - taken.errand.shown_at).total_seconds()))
