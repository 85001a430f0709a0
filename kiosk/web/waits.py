"""How long people wait now: a range from today's real times, or nothing where there were too few."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from statistics import quantiles

from kiosk.records import handling, paces, staff
from kiosk.web import visiting
from kiosk.web.parts import house

LATELY = timedelta(hours=3)
FEWEST = 3
"""Times that make a range; of fewer nothing is said."""
BEFORE_S = 30
"""A range is corrected this long before it lapses."""


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


@dataclass(frozen=True)
class Wait:
    """How much longer somebody waits; `late` when it already takes longer than it did for the others."""

    left: Range | None = None
    late: bool = False


def now() -> Waits:
    """The waits of the last hours in this place, and whether anybody there is on duty at all."""
    moment, place = house.clock(), visiting.current_place().name
    with house.database.read() as connection:
        return Waits(
            any(member.place == place for member in staff.on_duty(connection, moment)),
            spread(paces.until_taken(connection, place, moment - LATELY)),
            spread(handling.waits(connection, moment - LATELY)),
        )


def spread(seconds: Sequence[int]) -> Range | None:
    """From the first quarter to the ninth tenth, in minutes: what nine of ten people do not exceed."""
    if len(seconds) < FEWEST:
        return None
    cuts = quantiles(seconds, n=20, method="inclusive")
    least = max(1, int(cuts[4] // 60))
    return Range(least, max(least + 1, ceil(cuts[17] / 60)))


def wait(seconds: Sequence[int], waited: int) -> Wait:
    """What to tell somebody who has waited so long, from the times of those before them.

    A range holds until just before it lapses; the next one is of those who waited longer than that.
    """
    since, told = 0, spread(seconds)
    if told is None:
        return Wait()
    while told and waited > since + told.most * 60 - BEFORE_S:
        since += told.most * 60 - BEFORE_S
        told = spread([each - since for each in seconds if each > since])
    if told is None:
        return Wait(late=True)
    return Wait(shortened(told, waited - since))


def shortened(told: Range, waited: int) -> Range:
    """What is left of a range after this many seconds of it: at least about a minute."""
    gone = waited // 60
    return Range(max(1, told.least - gone), told.most - gone)
