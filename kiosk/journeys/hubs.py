"""The hub: the parts of an errand side by side, each done, open or not yet at hand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from kiosk.journeys.files import Version
from kiosk.journeys.flow import Position
from kiosk.journeys.model import Journey, Part
from kiosk.journeys.rules import Day, names
from kiosk.journeys.speaking import Speaker
from kiosk.journeys.wording import Say


@dataclass(frozen=True)
class Entry:
    """One part in the hub; `at` is the key of the step to go to: the open one, or else the first."""

    key: str
    title: str
    state: Literal["done", "open", "later"]
    at: str | None


def hub(
    version: Version,
    position: Position,
    day: Day,
    say: Say,
    *,
    locale: str,
    facts: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Entry, ...]:
    """The parts that apply, in the order of the file and in final words."""
    speaker = Speaker(version.journey, say, locale, facts)
    return tuple(
        _entry(part, speaker.own(part.title), position) for part in _parts(version.journey, position, day)
    )


def place(journey: Journey, position: Position, day: Day, part: Part) -> tuple[int, int]:
    """Which part this is, counted from 1, and of how many that apply as far as is known (WCAG 2.4.8)."""
    parts = [each.name for each in _parts(journey, position, day)]
    return parts.index(part.name) + 1, len(parts)


def in_any_order(journey: Journey, part: Part) -> tuple[Part, ...]:
    """The parts that can be taken in any order with this one; none for a part that has its own place."""
    return next(run for run in journey.runs if part in run) if part.any_order else ()


def _parts(journey: Journey, position: Position, day: Day) -> Iterator[Part]:
    """The parts on the route, and those behind it of which it is certain that they will come."""
    reached = {point.part.name for point in position.points}
    undecided = _to_come(journey, position)
    for part in journey.parts:
        certain = part.steps[0].name in undecided and not undecided & names(part.when)
        if part.name in reached or (certain and part.applies(position.known, day)):
            yield part


def _to_come(journey: Journey, position: Position) -> frozenset[str]:
    """The steps of the parts that are open, and of those in the runs behind them."""
    if position.here is None:
        return frozenset()
    waiting = {point.part.name for point in (position.here, *position.open)}
    at = next(number for number, run in enumerate(journey.runs) if position.here.part in run)
    parts = [part for part in journey.runs[at] if part.name in waiting]
    parts += [part for run in journey.runs[at + 1 :] for part in run]
    return frozenset(step.name for part in parts for step in part.steps)


def _entry(part: Part, title: str, position: Position) -> Entry:
    own = [point.key for point in position.points if point.part is part]
    waiting = position.open_in(part.name)
    if waiting:
        return Entry(part.name, title, "open", waiting.key)
    return Entry(part.name, title, "done" if own else "later", own[0] if own else None)
