"""What is counted of a journey, with nothing that points at a visit (norm PRV-17)."""

from typing import Any

from kiosk.journeys.flow import Point
from kiosk.web.languages import current_language
from kiosk.web.parts import house
from kiosk.web.visiting import Taken

AT_REVIEW = "review"


def tally(taken: Taken, point: Point | None, **counts: int) -> list[tuple[Any, ...]]:
    """The row that adds these counts to a step (or the review) of a version, way, language and day."""
    key = (taken.version.id, step_of(point), taken.errand.way, current_language().code, house.day().today)
    return [(*key, counts)]


def step_of(point: Point | None) -> str:
    """The step without its round, or the review: figures add up the people of a family."""
    return point.step.name if point else AT_REVIEW
