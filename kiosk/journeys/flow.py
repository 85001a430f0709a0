"""Where a citizen is: the route replayed from the answers, from the first step on, every time."""

from collections.abc import Collection, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from kiosk.journeys import fields
from kiosk.journeys.model import Journey, Part, Step
from kiosk.journeys.pieces import Caution
from kiosk.journeys.rules import Answers, Day, Rounds, compare

Ending = Literal["review", "refer", "stop", "suggest"]
_END: Mapping[str, Ending] = {"refer": "refer", "stop": "stop", "suggest": "suggest"}
_Course = Generator["Point", None, bool]
"""The points of a part, and whether it has come to its end."""


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

    `points` are the answered ones and those `open`, in the order of the file. `open` are the questions
    that can be answered now: one, or one in each unfinished part where parts can be taken in any order.
    `here` is the first of them, or the message that ends the route; None means that all is answered.
    `ending` is None while questions are left. `answers` are those on the route, by key.
    """

    points: tuple[Point, ...]
    open: tuple[Point, ...]
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

    def open_in(self, part: str) -> Point | None:
        """What comes next in a part: its open question, or the end that was reached there."""
        waiting = self.open or ((self.here,) if self.here else ())
        return next((point for point in waiting if point.part.name == part), None)

    @property
    def overruled(self) -> tuple[Point, ...]:
        """The ends that an official let the citizen past; the answer there says who and why."""
        return tuple(point for point in self.points if point.step.ends and point is not self.here)

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

    def onward(self, key: str) -> Point | None:
        """The point after this one, answered or not; `here` once a part is done that has no fixed place."""
        coming, part = self.after(key), self.point(key).part
        if coming is None or (part.any_order and coming.part is not part):
            return self.here
        return coming

    def _number(self, key: str) -> int:
        if key not in self._index:
            raise NotOnRoute(key)
        return self._index[key]


def walk(journey: Journey, answers: Answers, day: Day) -> Position:
    """The position that these answers lead to; answers off the route are left out, and kept by the caller.

    An answer that no longer fits its step (a choice that is gone) counts as not given. A limit that
    moves with the day does not: it was checked when the answer came. The message that ends a route ends it
    until an official has let the citizen past.
    """
    points: list[Point] = []
    waiting: list[Point] = []
    given: dict[str, Any] = {}
    for point in course(journey, given, day):
        points.append(point)
        if point.key in answers and fields.fits(point.step, answers[point.key]):
            given[point.key] = answers[point.key]
        else:
            waiting.append(point)
    end = next((point for point in waiting if point.step.ends), None)
    if end:
        kept = tuple(point for point in points if point is end or point.key in given)
        return Position(kept, (), end, _END[end.step.does], given)
    here = waiting[0] if waiting else None
    return Position(tuple(points), tuple(waiting), here, None if here else "review", given)


def course(journey: Journey, given: Answers, day: Day) -> Iterator[Point]:
    """The points in order, each to be answered in `given` before the next is asked for.

    A point without an answer ends its part, and all that stands behind the parts that can be taken in any
    order with it.
    """
    known: dict[str, Any] = {}
    for run in journey.runs:
        finished = True
        for part in run:
            if part.applies(known, day):
                finished &= yield from (_rounds if part.repeat else _steps)(part, given, known, day)
        if not finished:
            return


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


def _steps(part: Part, given: Answers, known: dict[str, Any], day: Day, number: int | None = None) -> _Course:
    prefix = f"{part.name}.{number}." if number else ""
    for step in part.steps:
        if step.applies(known, day):
            key = prefix + step.name
            yield Point(step, part, number, key)
            if key not in given:
                return False
            known[step.name] = given[key]
    return True


def _rounds(part: Part, given: Answers, known: dict[str, Any], day: Day) -> _Course:
    rounds: list[dict[str, Any]] = []
    another: Any = "yes"
    while another == "yes":
        rounds.append(dict(known))
        if not (yield from _steps(part, given, rounds[-1], day, len(rounds))):
            return False
        another = yield from _another(part, given, len(rounds))
    for step in part.steps:
        if values := [own[step.name] for own in rounds if step.name in own]:
            known[step.name] = Rounds(values)
    return another is not None


def _another(part: Part, given: Answers, number: int) -> Generator[Point, None, Any]:
    """The question after a round whether there is another, and its answer; "no" after the last round."""
    if not (part.repeat and part.more and number < part.repeat.up_to):
        return "no"
    point = Point(part.more, part, number, f"{part.name}.{number}.more")
    yield point
    return given.get(point.key)
