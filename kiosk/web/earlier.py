"""What another errand of the visit was told, filled in where it is asked again (WCAG 2.2, 3.3.7)."""

from collections.abc import Collection, Iterator
from typing import Any

from kiosk.journeys.fields import fits, is_lasting
from kiosk.journeys.flow import Point
from kiosk.records import visits
from kiosk.web import visiting
from kiosk.web.parts import house
from kiosk.web.visiting import Taken


def answers(taken: Taken, points: Collection[Point]) -> dict[str, Any]:
    """What to fill in at these points, by their keys; what was answered last comes first.

    Only how people are called and reached is the same in every errand. Of whom a round is, nobody knows; and
    what may stay empty is for the citizen to give.
    """
    asked = [point for point in points if is_new(taken, point)]
    if not asked or taken.errand.visit is None:
        return {}
    with house.database.read() as connection:
        errands = visits.errands(connection, taken.errand.visit)
    others = [visiting.taken(each) for each in reversed(errands) if each.number != taken.errand.number]
    found = ((point.key, next(given(point, others), None)) for point in asked)
    return {key: value for key, value in found if value is not None}


def is_new(taken: Taken, point: Point) -> bool:
    """Whether this errand asks here for the first time what is needed and the same in every errand."""
    needed = is_lasting(point.step) and not point.step.optional
    return needed and point.round is None and point.key not in taken.errand.answers


def given(point: Point, others: Collection[Taken]) -> Iterator[Any]:
    """The answers that these errands gave to the same question: of the same name and kind."""
    for other in others:
        step = other.version.journey.step_at(point.key)
        value = other.errand.answers.get(point.key)
        if step and step.field == point.step.field and value is not None and fits(point.step, value):
            yield value
