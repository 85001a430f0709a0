"""By when staff must have acted, counted from the moment at which a citizen asked."""

from datetime import date

from kiosk.journeys.flow import Position
from kiosk.journeys.model import Journey
from kiosk.journeys.pieces import Deadline
from kiosk.journeys.rules import Day, last_day


def due(journey: Journey, position: Position, asked: date, day: Day) -> date | None:
    """The day by which staff must have acted for who asked on a date; None where nothing is promised."""
    deadline = deadline_of(journey, position, day)
    return last_day(asked, deadline.within, day) if deadline else None


def deadline_of(journey: Journey, position: Position, day: Day) -> Deadline | None:
    """The first deadline that holds for what a citizen confirmed, or was referred with."""
    if position.ending not in ("review", "refer"):
        return None
    known = position.known
    return next((deadline for deadline in journey.deadlines if deadline.applies(known, day)), None)
