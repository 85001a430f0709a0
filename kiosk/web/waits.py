"""How long people wait now: a range from today's real times, or nothing where there were too few."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from statistics import quantiles

from kiosk.records import calls, handling, staff
from kiosk.web.parts import house

LATELY = timedelta(hours=3)
FEWEST = 3
"""Times that make a range; of fewer nothing is said."""


@dataclass(frozen=True)
class Range:
    """Whole minutes between which most people waited."""

    least: int
    most: int


@dataclass(frozen=True)
class Waits:
    """What can be said now of waiting for a person, and of waiting until the ID is seen."""

    somebody: bool
    person: Range | None
    identity: Range | None


def now() -> Waits:
    """The waits of the last hours, and whether anybody is on duty at all."""
    moment = house.clock()
    with house.database.read() as connection:
        return Waits(
            bool(staff.on_duty(connection, moment)),
            spread(calls.waits(connection, moment - LATELY)),
            spread(handling.waits(connection, moment - LATELY)),
        )


def spread(seconds: Sequence[int]) -> Range | None:
    """From the first quarter to the ninth tenth, in minutes: what nine of ten people do not exceed."""
    if len(seconds) < FEWEST:
        return None
    cuts = quantiles(seconds, n=20, method="inclusive")
    least = max(1, int(cuts[4] // 60))
    return Range(least, max(least + 1, ceil(cuts[17] / 60)))
