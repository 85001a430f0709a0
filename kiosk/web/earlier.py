"""What another errand of the visit was told, filled in where it is asked again (WCAG 2.2, 3.3.7)."""

from collections.abc import Collection, Iterator
from typing import Any

from kiosk.journeys.fields import fits, is_lasting
from kiosk.journeys.flow import Point
from kiosk.web import visiting
from kiosk.web.visiting import Taken


def answers(taken: Taken, points: Collection[Point]) -> dict[str, Any]:
    """What to fill in at these points, by their keys: what another errand was told last.

    Only how people are reached is the same in every errand. Of whom a round is, nobody knows; what may stay
    empty is for the citizen to give; and for a discreet question another number may be the safe one.
    """
    asked = [point for point in points if is_new(taken, point)]
    if not asked or taken.errand.visit is None:
        return {}
    others = [each for each in reversed(visiting.taken_in(taken.errand.visit)) if is_other(each, taken)]
    found = ((point.key, next(given(point, others), None)) for point in asked)
    return {key: value for key, value in found if value is not None}


def is_new(taken: Taken, point: Point) -> bool:
    """Whether this errand asks here for the first time what is needed and the same in every errand."""
    needed = is_lasting(point.step) and not point.step.optional and point.round is None
    quiet = taken.version.journey.discreet or point.step.discreet
    return needed and not quiet and point.key not in taken.errand.answers


def is_other(one: Taken, taken: Taken) -> bool:
    """Whether this is another errand, and one that may be read of: none that is discreet."""
    return one.errand.number != taken.errand.number and not one.version.journey.discreet


def given(point: Point, others: Collection[Taken]) -> Iterator[Any]:
    """What these errands answered to the same question: of the same name and kind, and not discreet."""
    for other in others:
        step, value = other.version.journey.step_at(point.key), other.errand.answers.get(point.key)
        same = step is not None and step.field == point.step.field and not step.discreet
        if same and value is not None and fits(point.step, value):
            yield value
