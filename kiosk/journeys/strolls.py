"""Walks at random through a journey, with every screen and summary made in every language."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from kiosk.journeys.differing import answers_that_differ
from kiosk.journeys.fields import kind_of
from kiosk.journeys.files import Version
from kiosk.journeys.flow import Point, Position, known_at, walk
from kiosk.journeys.rules import Answers, Day
from kiosk.journeys.screens import Screen, step_screen
from kiosk.journeys.summaries import Taken, answered, summary
from kiosk.journeys.wording import Say, placeholders

Choose = Callable[[Sequence[Any]], Any]
_LONGEST = 2000
"""Answers after which a walk has lost its way."""


@dataclass(frozen=True)
class Tongue:
    """A language to try: how it says things, its locale, and what its texts may name between braces."""

    code: str
    say: Say
    locale: str
    facts: Mapping[str, str]


class Broken(Exception):
    """A walk that went wrong; `answers` are those with which it did."""

    def __init__(self, what: str, answers: Answers) -> None:
        super().__init__(what)
        self.answers = answers


def stroll(version: Version, tongues: Sequence[Tongue], day: Day, choose: Choose) -> Position:
    """Where a walk with answers chosen at random ends; raises Broken.

    Every other walk shuns the ends for as long as it can, or few would get far.
    """
    answers: dict[str, Any] = {}
    shuns_ends = choose((True, False))
    worth = answers_that_differ(version.journey, day)
    for _ in range(_LONGEST):
        position = walk(version.journey, answers, day)
        _look(version, position, answers, day, tongues)
        if not position.open:
            return position
        point = choose(position.open)
        values = _values(point, worth, day)
        going_on = [
            value for value in values if shuns_ends and _goes_on(version, {**answers, point.key: value}, day)
        ]
        answers[point.key] = choose(going_on or values)
    raise Broken("it does not end", answers)


def _goes_on(version: Version, answers: Answers, day: Day) -> bool:
    here = walk(version.journey, answers, day).here
    return here is None or not here.step.ends


def _values(point: Point, worth: Mapping[str, Sequence[Any]], day: Day) -> Sequence[Any]:
    kind = kind_of(point.step)
    return [*(kind.try_out(point.step, day) if kind else ()), *worth.get(point.step.name, ())]


def _look(
    version: Version, position: Position, answers: Answers, day: Day, tongues: Sequence[Tongue]
) -> None:
    """Make what can be seen here in every language; raises Broken when it cannot be made, or is not whole."""
    for point in position.open:
        if not (point.repeats or point.step.applies(known_at(position, point), day)):
            raise Broken(f"{point.key} is asked against its condition", answers)
    for tongue in tongues:
        try:
            _listen(version, position, answers, day, tongue)
        except Exception as error:
            raise Broken(f"in {tongue.code}: {type(error).__name__}: {error}", answers) from error


def _listen(version: Version, position: Position, answers: Answers, day: Day, tongue: Tongue) -> None:
    for point in position.open or ((position.here,) if position.here else ()):
        _whole(_screen(version, point, answers, day, tongue))
    if not position.open:
        _summed_up(version, position, answers, day, tongue)


def _screen(version: Version, point: Point, answers: Answers, day: Day, tongue: Tongue) -> Screen:
    return step_screen(version, point, answers, day, tongue.say, locale=tongue.locale, facts=tongue.facts)


def _summed_up(version: Version, position: Position, answers: Answers, day: Day, tongue: Tongue) -> None:
    taken = Taken(version, answers, "open")
    told = summary(taken, day, tongue.say, locale=tongue.locale, facts=tongue.facts)
    _whole(told)
    if [row.key for row in told.rows] != [point.key for point in answered(position)]:
        raise ValueError("the summary is not the answers on the route")


def _whole(shown: Any) -> None:
    for text in _texts(shown):
        if text and placeholders(text):
            raise ValueError(f"nothing was filled in: {text}")


def _texts(shown: Any) -> Iterator[str]:
    if isinstance(shown, str):
        yield shown
    elif isinstance(shown, tuple):
        for each in shown:
            yield from _texts(each)
    elif hasattr(shown, "__dataclass_fields__"):
        for field in fields(shown):
            yield from _texts(getattr(shown, field.name))
