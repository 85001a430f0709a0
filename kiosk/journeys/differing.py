"""The answers to each question that the rules of a journey tell apart."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from typing import Any

from kiosk.journeys import fields
from kiosk.journeys.fields import FieldError
from kiosk.journeys.kinds.kind import input_name
from kiosk.journeys.model import Journey, Step
from kiosk.journeys.pieces import Condition
from kiosk.journeys.rules import JOINS, Day, bound, compare, iso_date, last_day, shifted

Comparison = Mapping[str, Any]
TRIED_ON = Day(iso_date("2027-03-31"))
"""The day on which journeys are tried out."""

_MOST_PICKED = 8


def answers_that_differ(journey: Journey, day: Day = TRIED_ON) -> dict[str, tuple[Any, ...]]:
    """By step name one answer for each way in which the rules can judge it, on this day."""
    compared: defaultdict[str, list[Comparison]] = defaultdict(list)
    for name, comparison in _comparisons(journey):
        compared[name] += [{operator: limit} for operator, limit in comparison.items()]
    return {name: _differing(step, compared[name], day) for name, step in journey.steps.items()}


def _differing(step: Step, compared: Sequence[Comparison], day: Day) -> tuple[Any, ...]:
    found: dict[tuple[bool, ...], Any] = {}
    for value in _candidates(step, compared, day):
        found.setdefault(tuple(compare(value, comparison, day) for comparison in compared), value)
    return tuple(found.values())


def _candidates(step: Step, compared: Sequence[Comparison], day: Day) -> Iterator[Any]:
    kind = fields.kind_of(step)
    if kind is None:
        yield True
        return
    yield from kind.try_out(step, day)
    near = (
        value
        for each in compared
        for operator, limit in each.items()
        for value in _near(operator, limit, day)
    )
    yield from (value for value in map(_kept(step), near) if _accepted(step, value, day))
    if step.field == "choices":
        yield from _picked({each["includes"] for each in compared if "includes" in each}, step)
    if step.optional:
        yield None


def _near(operator: str, limit: Any, day: Day) -> Iterable[Any]:
    """Values on both sides of a limit."""
    return _NEAR[operator](limit, day) if operator in _NEAR else ()


def _kept(step: Step) -> Callable[[Any], Any]:
    """How a kind of field keeps a value."""
    if step.field == "money":
        return lambda value: f"{value:.2f}"
    if step.field == "number":
        return int
    return str


def _picked(keys: Collection[str], step: Step) -> Iterator[list[str]]:
    """Every way to tick some of these, and no other."""
    looked_at = [key for key in step.choices if key in keys][:_MOST_PICKED]
    for count in range(2, len(looked_at) + 1):
        yield from map(list, combinations(looked_at, count))


def _accepted(step: Step, value: Any, day: Day) -> bool:
    kind = fields.kind_of(step)
    if kind is None or not kind.fits(step, value):
        return False
    form = {input_name(step, part): [text] for part, text in kind.typed(step, value).items()}
    try:
        return bool(fields.read(step, form, day) == value)
    except FieldError:
        return False


def _comparisons(journey: Journey) -> Iterator[tuple[str, Comparison]]:
    """Every comparison of the journey with the name of its step."""
    for part in journey.parts:
        yield from _terms(part.when)
        for step in part.steps:
            yield from _terms(step.when)
            for caution in step.warn:
                yield step.name, caution.comparison
                yield from _terms(caution.when)
    for remark in (*journey.bring, *journey.next, *journey.deadlines):
        yield from _terms(remark.when)


def _terms(condition: Condition) -> Iterator[tuple[str, Comparison]]:
    for name, wanted in condition.items():
        if name in JOINS:
            for part in wanted if isinstance(wanted, list) else [wanted]:
                yield from _terms(part)
        else:
            yield name, wanted if isinstance(wanted, dict) else {"is": wanted}


def _around(day: date) -> Iterator[date]:
    return (day + timedelta(days=offset) for offset in (0, 1, -1))


def _beside(limit: Any) -> Iterator[Decimal]:
    return (Decimal(str(limit)) + Decimal(step) for step in ("0", "1", "-1", "0.01", "-0.01"))


def _begun(term: str, day: Day) -> tuple[date, date]:
    """The last day from which a term has passed, and the day after it."""
    begun = shifted(day.today, term.replace("working ", ""), -1)
    while last_day(begun, term, day) >= day.today:
        begun -= timedelta(days=1)
    return begun, begun + timedelta(days=1)


_NEAR: Mapping[str, Callable[[Any, Day], Iterable[Any]]] = {
    "is": lambda wanted, _: wanted if isinstance(wanted, list) else [wanted],
    "below": lambda limit, _: _beside(limit),
    "above": lambda limit, _: _beside(limit),
    "before": lambda limit, day: _around(bound(limit, day.today)),
    "after": lambda limit, day: _around(bound(limit, day.today)),
    "age_below": lambda years, day: _around(shifted(day.today, f"{int(years)} years", -1)),
    "overdue": _begun,
}
