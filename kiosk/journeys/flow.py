"""Where a citizen is: the route replayed from the answers, from the first step on, every time."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from kiosk.journeys import fields
from kiosk.journeys.model import Caution, Journey, Part, Step
from kiosk.journeys.rules import Answers, Day, Rounds, compare

Ending = Literal["review", "refer", "stop"]
_END: Mapping[str, Ending] = {"refer": "refer", "stop": "stop"}


class NotOnRoute(LookupError):
    """A step that exists nowhere on the route so far."""


@dataclass(frozen=True, slots=True)
class Point:
    """A step on the route; its key is "destination" or, in a repeated part, "people.2.birth"."""

    step: Step
    part: Part
    round: int | None
    key: str

    @property
    def repeats(self) -> bool:
        """Whether this is the question after a round if there is another one."""
        return self.step is self.part.more


@dataclass(frozen=True)
class Position:
    """The route as far as the answers lead.

    `points` are the answered ones in order and then `here`: the first unanswered question, or the
    message that ends the route; None means that all is answered. `ending` is None while questions are
    left. `answers` are those on the route, by key.
    """

    points: tuple[Point, ...]
    here: Point | None
    ending: Ending | None
    answers: Answers

    @cached_property
    def known(self) -> Answers:
        """The answers by step name, as conditions outside a repeated part see them."""
        single: dict[str, Any] = {}
        rounds: dict[str, list[Any]] = {}
        for point in self.points:
            if point.key in self.answers and point.round is None:
                single[point.step.name] = self.answers[point.key]
            elif point.key in self.answers:
                rounds.setdefault(point.step.name, []).append(self.answers[point.key])
        return single | {name: Rounds(values) for name, values in rounds.items()}

    @property
    def keys(self) -> Collection[str]:
        """The keys of the points."""
        return self._index.keys()

    @cached_property
    def _index(self) -> Mapping[str, int]:
        return {point.key: number for number, point in enumerate(self.points)}

    def point(self, key: str) -> Point:
        """The point with this key; raises NotOnRoute."""
        return self.points[self._number(key)]

    def before(self, key: str) -> Point | None:
        """The point before this one; None at the first."""
        number = self._number(key)
        return self.points[number - 1] if number else None

    def after(self, key: str) -> Point | None:
        """The point after this one; None at the last, with the review behind it."""
        number = self._number(key) + 1
        return self.points[number] if number < len(self.points) else None

    def _number(self, key: str) -> int:
        if key not in self._index:
            raise NotOnRoute(key)
        return self._index[key]


def walk(journey: Journey, answers: Answers, day: Day) -> Position:
    """The position that these answers lead to; answers off the route are left out, and kept by the caller.

    An answer that no longer fits its step (a choice that is gone) counts as not given. A limit that
    moves with the day does not: it was checked when the answer came.
    """
    points: list[Point] = []
    given: dict[str, Any] = {}
    for point in course(journey, answers, day):
        points.append(point)
        if point.step.ends:
            return Position(tuple(points), point, _END[point.step.does], given)
        if not _answered(point, answers):
            return Position(tuple(points), point, None, given)
        given[point.key] = answers[point.key]
    return Position(tuple(points), None, "review", given)


def course(journey: Journey, answers: Answers, day: Day) -> Iterator[Point]:
    """The points in order, on the promise that each is answered before the next is asked for."""
    known: dict[str, Any] = {}
    for part in journey.parts:
        if part.applies(known, day):
            steps = _rounds if part.repeat else _steps
            yield from steps(part, answers, known, day)


def is_discreet(journey: Journey, position: Position) -> bool:
    """Whether what it is about must not be said where others look on or listen in."""
    return journey.discreet or any(point.step.discreet for point in position.points)


def known_at(position: Position, point: Point) -> Answers:
    """The answers by step name as this point's conditions see them: its own round's, then those outside."""
    if point.round is None:
        return position.known
    names = {step.name: f"{point.part.name}.{point.round}.{step.name}" for step in point.part.steps}
    outside = {name: value for name, value in position.known.items() if name not in names}
    return outside | {name: position.answers[key] for name, key in names.items() if key in position.answers}


def cautions(position: Position, points: Iterable[Point], day: Day) -> tuple[tuple[Point, Caution], ...]:
    """The warnings at these points that hold for the answers given there."""
    return tuple(
        (point, caution)
        for point in points
        if point.step.warn and point.key in position.answers
        for caution in point.step.warn
        if compare(position.answers[point.key], caution.comparison, day)
        and caution.applies(known_at(position, point), day)
    )


def without_round(answers: Answers, part: str, number: int) -> dict[str, Any]:
    """The answers without one round of a part; later rounds move up by one."""
    kept = {}
    for key, value in answers.items():
        owner, *rest = key.split(".")
        if owner != part or len(rest) != 2:
            kept[key] = value
        elif moved := _moved(int(rest[0]), number, more=rest[1] == "more"):
            kept[f"{part}.{moved}.{rest[1]}"] = value
    return kept


def _moved(found: int, removed: int, *, more: bool) -> int | None:
    # The answer "there is another" goes with the round it led to, so that the last "no" stays the last.
    gone = removed - 1 if more else removed
    return None if found == gone else found - (found > gone) or None


def _answered(point: Point, answers: Answers) -> bool:
    return point.key in answers and fields.fits(point.step, answers[point.key])


def _steps(
    part: Part, answers: Answers, known: dict[str, Any], day: Day, number: int | None = None
) -> Iterator[Point]:
    prefix = f"{part.name}.{number}." if number else ""
    for step in part.steps:
        if step.applies(known, day):
            key = prefix + step.name
            yield Point(step, part, number, key)
            known[step.name] = answers[key]


def _rounds(part: Part, answers: Answers, known: dict[str, Any], day: Day) -> Iterator[Point]:
    if not (part.repeat and part.more):
        return
    rounds: dict[str, list[Any]] = {}
    for number in range(1, part.repeat.up_to + 1):
        own = dict(known)
        yield from _steps(part, answers, own, day, number)
        for step in part.steps:
            if step.name in own:
                rounds.setdefault(step.name, []).append(own[step.name])
        if number < part.repeat.up_to:
            key = f"{part.name}.{number}.more"
            yield Point(part.more, part, number, key)
            if answers[key] != "yes":
                break
    known.update((name, Rounds(values)) for name, values in rounds.items())
