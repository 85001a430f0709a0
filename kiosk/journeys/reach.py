"""Who gets where: the routes of a journey, found by trying every answer that its rules tell apart."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kiosk.journeys.differing import TRIED_ON, answers_that_differ
from kiosk.journeys.ends import dead_ends
from kiosk.journeys.flow import Point, Position, cautions, course, walk
from kiosk.journeys.located import Fault
from kiosk.journeys.model import Journey, Part, Step
from kiosk.journeys.pieces import Caution, Condition, Conditional, Path
from kiosk.journeys.rules import names

_ROUTES = 1500
_TRIES = 3000
_PROBE = "review"
"""The name of a step that no author can give one."""

Answers = Mapping[str, Any]
Worth = Mapping[str, Sequence[Any]]
"""By step name the answers that are worth trying, the first for when nothing depends on it."""


@dataclass(frozen=True)
class Rule:
    """Something with a condition: its place in the file, and how many parts and steps stand before it."""

    path: Path
    item: Conditional
    part: int
    step: int = 0


def reach_faults(journey: Journey, seeds: Sequence[Answers] = ()) -> Iterator[Fault]:
    """Rules that no answers make true, steps that nobody was seen to reach, and routes that lead nowhere."""
    worth = answers_that_differ(journey)
    found = list(routes(journey, worth, seeds))
    yield from _unmet(journey, found, worth)
    yield from dead_ends(journey, found)


def _unmet(journey: Journey, found: Sequence[Position], worth: Worth) -> Iterator[Fault]:
    met = {id(item) for position in found for item in _met(journey, position)}
    dead: set[int] = set()
    for rule in rules_of(journey):
        if id(rule.item) in met or rule.part in dead:
            continue
        answers = answers_for(journey, rule, worth)
        if answers is None:
            dead |= {rule.part} if isinstance(rule.item, Part) else set()
            yield Fault((*rule.path, "when"), "no answers make this true", _NEVER)
        elif isinstance(rule.item, Step) and not _arrives(journey, rule.item, worth, answers):
            yield Fault(rule.path, "nobody was seen to get here", _UNSEEN, warning=True)


_NEVER = "change the condition, or leave this out"
_UNSEEN = 'look at its "when", or add an example that gets here'


def _arrives(journey: Journey, step: Step, worth: Worth, answers: Answers) -> bool:
    found = routes(journey, worth, [answers])
    return any(point.step is step for position in found for point in position.points)


def rules_of(journey: Journey) -> Iterator[Rule]:
    """Everything that can have a condition, in the order of the file."""
    for number, part in enumerate(journey.parts):
        path: Path = ("parts", number)
        yield Rule(path, part, number)
        for index, step in enumerate(part.steps):
            yield Rule((*path, "steps", index), step, number, index)
            for at, caution in enumerate(step.warn):
                yield Rule((*path, "steps", index, "warn", at), caution, number, index + 1)
    for key in ("bring", "next", "deadlines"):
        for number, remark in enumerate(getattr(journey, key)):
            yield Rule((key, number), remark, len(journey.parts))


def _met(journey: Journey, position: Position) -> Iterator[object]:
    """All whose condition holds at the end of a route."""
    for point in position.points:
        yield from (point.part, point.step)
    yield from (caution for _, caution in cautions(position, position.points, TRIED_ON))
    for remark in (*journey.bring, *journey.next, *journey.deadlines):
        if remark.applies(position.known, TRIED_ON):
            yield remark


def routes(journey: Journey, worth: Worth, seeds: Sequence[Answers] = ()) -> Iterator[Position]:
    """Whole routes that together give every answer worth trying where it first matters."""
    queue: list[Answers] = [{}, *seeds]
    seen: set[tuple[str, str]] = set()
    for tries, answers in enumerate(queue):
        if tries == _ROUTES:
            return
        given = _completed(journey, worth, answers)
        position = walk(journey, given, TRIED_ON)
        yield position
        fresh = {(point.step.name, repr(given.get(point.key))) for point in position.points} - seen
        seen |= fresh
        if fresh:
            queue.extend(_changed(position, worth))


def _completed(journey: Journey, worth: Worth, answers: Answers) -> Answers:
    """Answers with what is missing added, up to an end."""
    given = dict(answers)
    for point in course(journey, given, TRIED_ON):
        if not point.step.ends:
            given.setdefault(point.key, _values(point, worth)[0])
    return given


def _changed(position: Position, worth: Worth) -> Iterator[Answers]:
    """The same answers with one changed, for every answer worth trying."""
    for point in position.points:
        for other in _values(point, worth) if not point.step.ends else ():
            if other != position.answers[point.key]:
                yield {**position.answers, point.key: other}


def _values(point: Point, worth: Worth) -> Sequence[Any]:
    return ("no", "yes") if point.repeats else worth[point.step.name]


def answers_for(journey: Journey, rule: Rule, worth: Worth) -> Answers | None:
    """Answers that make a condition true; None when all that it depends on was tried in vain.

    Only the questions count that the condition looks at, and those that they depend on in turn. Where these
    are too many to try, no answers at all.
    """
    probe = _probed(journey, rule)
    pending: list[Answers] = [{}]
    for _ in range(_TRIES):
        if not pending:
            return None
        answers = pending.pop()
        position = walk(probe, answers, TRIED_ON)
        if any(point.step.name == _PROBE for point in position.points):
            return position.answers
        if position.here:
            pending.extend({**answers, position.here.key: value} for value in _values(position.here, worth))
    return {}


def _probed(journey: Journey, rule: Rule) -> Journey:
    """A journey of only what a rule depends on, with a message in the place of that rule."""
    condition = _condition(journey, rule)
    probe = Step.model_validate({"step": _PROBE, "tell": "?", "when": condition})
    alone = isinstance(rule.item, Part) or rule.part == len(journey.parts)
    needed = _needed(journey, names(condition) | names({} if alone else journey.parts[rule.part].when))
    parts = []
    for number, part in enumerate(journey.parts):
        steps = [step for step in part.steps if step.name in needed]
        if number == rule.part and not alone:
            steps.insert(sum(step.name in needed for step in part.steps[: rule.step]), probe)
        parts += [_thinned(part, steps)] if steps else []
    if alone:
        parts.append({"part": _PROBE, "title": "?", "steps": [probe]})
    return Journey.model_validate(
        {
            "journey": "probe",
            "question": "?",
            "title": "?",
            "identity": "none",
            "keep": "1 day",
            "parts": parts,
        }
    )


def _condition(journey: Journey, rule: Rule) -> Condition:
    if not isinstance(rule.item, Caution):
        return rule.item.when
    own = journey.parts[rule.part].steps[rule.step - 1].name
    return {"all": [{own: rule.item.comparison}, rule.item.when]}


def _needed(journey: Journey, wanted: frozenset[str]) -> frozenset[str]:
    """These steps, and all that it depends on whether they are asked."""
    asked = ((part, step) for part in journey.parts for step in part.steps if step.name in wanted)
    more = wanted.union(*(names(part.when) | names(step.when) for part, step in asked))
    return wanted if more == wanted else _needed(journey, more)


def _thinned(part: Part, steps: Sequence[Step]) -> Mapping[str, Any]:
    """A part with a few of its steps, taken twice at most."""
    repeat = {"up to": 2, "more": part.repeat.more} if part.repeat else None
    return {"part": part.name, "title": "?", "when": part.when, "repeat": repeat, "steps": list(steps)}
