"""The express way: the questions of one part on one screen, read together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kiosk.journeys import fields
from kiosk.journeys.fields import FieldError
from kiosk.journeys.flow import NotOnRoute, Point, Position
from kiosk.journeys.model import Part, Step
from kiosk.journeys.rules import Answers, Day, names

Form = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Page:
    """What one part, or one round of it, asks at once; its key is "house" or, in a repeated part, "people.2".

    A question that depends on another one of the page joins it when that has its answer. A message that
    ends the route is no part of a page: it has a screen to itself.
    """

    part: Part
    round: int | None
    points: tuple[Point, ...]
    known: Answers
    """The answers outside the page by step name, as its conditions see them."""

    @property
    def key(self) -> str:
        """How the page is named in an address."""
        return page_key(self.part, self.round)


@dataclass(frozen=True)
class Received:
    """What a page brought: the new answers and, for what was refused, the errors; both by key."""

    answers: Answers
    errors: Mapping[str, FieldError]


def page_key(part: Part, number: int | None) -> str:
    """The key of the page of a part, or of one round of it."""
    return f"{part.name}.{number}" if number else part.name


def page(position: Position, key: str, answers: Answers, day: Day) -> Page:
    """The page of that key with all that can be asked there now; raises NotOnRoute.

    `answers` are all that were given: those that wait behind a question that has just become needed count.
    """
    first = next((point for point in position.points if page_key(point.part, point.round) == key), None)
    if first is None:
        raise NotOnRoute(key)
    own = {step.name for step in first.part.steps}
    known = {name: value for name, value in position.known.items() if name not in own}
    points = tuple(_together(first.part, first.round, answers, known, day))
    return Page(first.part, first.round, points, known)


def receive(shown: Page, answers: Answers, form: Form, day: Day) -> Received:
    """What was filled in on a page that was shown, read in order.

    A question that an answer on the same page has made needless is left alone; one that it has made needed
    was not shown yet, and is no error.
    """
    keys = {point.key for point in shown.points}
    given, errors = dict(answers), {}
    for point in _together(shown.part, shown.round, given, shown.known, day):
        if point.key in keys:
            try:
                given[point.key] = fields.read(point.step, form, day, answers.get(point.key))
            except FieldError as error:
                errors[point.key] = error
                given.pop(point.key, None)
    new = {key: given[key] for key in keys if key in given and given[key] != answers.get(key, _NOTHING)}
    return Received(new, errors)


_NOTHING = object()


def _together(part: Part, number: int | None, given: Answers, outside: Answers, day: Day) -> Iterator[Point]:
    """The points whose condition can be decided, in order; an answer put into `given` meanwhile counts."""
    known: dict[str, Any] = dict(outside)
    waiting: set[str] = set()
    for step in part.steps:
        if waiting & names(step.when):
            waiting.add(step.name)
        elif step.applies(known, day):
            point = Point(step, part, number, _key(part, number, step))
            if step.ends:
                if _answered(point, given):
                    continue
                return
            yield point
            if _answered(point, given):
                known[step.name] = given[point.key]
            else:
                waiting.add(step.name)
    if part.repeat and part.more and number and number < part.repeat.up_to:
        yield Point(part.more, part, number, f"{page_key(part, number)}.more")


def _key(part: Part, number: int | None, step: Step) -> str:
    return f"{page_key(part, number)}.{step.name}" if number else step.name


def _answered(point: Point, given: Answers) -> bool:
    return point.key in given and fields.fits(point.step, given[point.key])
