"""Whether the conditions of a journey can be judged: known names, earlier steps, possible values."""

import json
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from types import MappingProxyType
from typing import Any

from kiosk.journeys import rules
from kiosk.journeys.fields import KINDS
from kiosk.journeys.located import Fault
from kiosk.journeys.model import Journey, Part, Step
from kiosk.journeys.pieces import Path
from kiosk.journeys.rules import JOINS, Day

_DATES = ("date", "partial_date")
_NUMBERS = ("number", "money")
_PICKED = ("choice", "yes_no", "consent", "country", "nationality")

KINDS_OF_OPERATOR: Mapping[str, tuple[str, ...]] = {
    "is": (*_PICKED, "number", "text", "time"),
    "below": _NUMBERS,
    "above": _NUMBERS,
    "before": _DATES,
    "after": _DATES,
    "age_below": _DATES,
    "overdue": _DATES,
    "includes": ("choices",),
    "answered": tuple(KINDS),
}
"""The kinds of field that an operator can compare."""

Unseen = Mapping[str, tuple[str, str]]
"""By name what is wrong with looking at a step, and what to do instead."""

_LATER = ("is only asked later", "use an earlier step, or move this one down")
_HERE = ("is asked here", "use an earlier step, or leave this out")
_BESIDE = ("is in a part that may come later", "use a step before the parts in any order")

_SOME_DAY = rules.iso_date("2027-03-31")


def condition_faults(journey: Journey) -> Iterator[Fault]:
    """The faults of all conditions; each sees the steps before it, inside a repeat and out."""
    earlier: dict[str, Step] = {}
    later = dict.fromkeys(journey.steps, _LATER)
    numbers = count()
    for run in journey.runs:
        beside = dict.fromkeys((step.name for part in run for step in part.steps), _BESIDE)
        for part in run:
            unseen = later | beside if part.any_order else later
            yield from _part_faults(part, ("parts", next(numbers)), earlier, unseen)
        earlier |= {step.name: step for part in run for step in part.steps}
    for key in ("bring", "next", "deadlines"):
        for number, remark in enumerate(getattr(journey, key)):
            yield from term_faults(remark.when, (key, number, "when"), earlier)


def _part_faults(part: Part, path: Path, before: Mapping[str, Step], unseen: Unseen) -> Iterator[Fault]:
    earlier, unseen = dict(before), {**unseen, **dict.fromkeys((step.name for step in part.steps), _LATER)}
    yield from term_faults(part.when, (*path, "when"), earlier, unseen)
    for index, step in enumerate(part.steps):
        where, around = (*path, "steps", index), {**unseen, step.name: _HERE}
        yield from term_faults(step.when, (*where, "when"), earlier, around)
        for at, caution in enumerate(step.warn):
            yield from term_faults(caution.when, (*where, "warn", at, "when"), earlier, around)
        earlier[step.name] = step


def term_faults(
    condition: Mapping[str, Any],
    path: Path,
    earlier: Mapping[str, Step],
    unseen: Unseen = MappingProxyType({}),
    *,
    own: bool = False,
) -> Iterator[Fault]:
    for name, wanted in condition.items():
        where = path if own else (*path, name)
        if name in JOINS:
            yield from _joined(wanted, where, earlier, unseen)
        elif name in earlier:
            yield from _comparison(earlier[name], wanted, where)
        elif name in unseen:
            what, todo = unseen[name]
            yield Fault(where, f'"{name}" {what}', todo)
        else:
            yield Fault(where, f'there is no step "{name}" before this', "use the name of an earlier step")


def _joined(wanted: Any, path: Path, earlier: Mapping[str, Step], unseen: Unseen) -> Iterator[Fault]:
    parts = (
        [((), wanted)] if isinstance(wanted, dict) else [((number,), one) for number, one in _listed(wanted)]
    )
    if not parts:
        yield Fault(path, "this must be a list of conditions", "begin each with a dash")
    for at, part in parts:
        if isinstance(part, dict):
            yield from term_faults(part, (*path, *at), earlier, unseen)
        else:
            yield Fault((*path, *at), "this is no condition", 'write "name of a step: answer"')


def _listed(wanted: Any) -> list[tuple[int, Any]]:
    return list(enumerate(wanted)) if isinstance(wanted, list) else []


def _comparison(step: Step, wanted: Any, path: Path) -> Iterator[Fault]:
    if step.does != "ask":
        yield Fault(path, f'"{step.name}" asks nothing', "use the name of a question")
        return
    comparison = wanted if isinstance(wanted, dict) else {"is": wanted}
    if not comparison:
        yield Fault(path, "nothing is compared", f"use one of {', '.join(KINDS_OF_OPERATOR)}")
    for operator, limit in comparison.items():
        where = (*path, operator) if comparison is wanted else path
        yield from _operation(step, operator, limit, where)


def _operation(step: Step, operator: str, limit: Any, path: Path) -> Iterator[Fault]:
    if operator not in KINDS_OF_OPERATOR:
        yield Fault(path, f'"{operator}" compares nothing', f"use one of {', '.join(KINDS_OF_OPERATOR)}")
    elif step.field in KINDS and step.field not in KINDS_OF_OPERATOR[operator]:
        fitting = [known for known, kinds in KINDS_OF_OPERATOR.items() if step.field in kinds]
        yield Fault(path, f'"{operator}" cannot compare a {step.field}', f"use one of {', '.join(fitting)}")
    elif operator in ("is", "includes"):
        yield from _values(step, limit, path)
    else:
        yield from refused(lambda: _LIMITS[operator](limit), path)


def _values(step: Step, wanted: Any, path: Path) -> Iterator[Fault]:
    if step.field not in KINDS:
        return
    one_of = isinstance(wanted, list) and step.field != "choices"
    for at, value in [((number,), one) for number, one in enumerate(wanted)] if one_of else [((), wanted)]:
        answer = [value] if step.field == "choices" else value
        if not KINDS[step.field].fits(step, answer):
            yield Fault((*path, *at), f'"{step.name}" is never {_written(value)}', f"use {_offered(step)}")


def _written(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else json.dumps(value)


def _offered(step: Step) -> str:
    keys = step.choices or {"yes_no": ("yes", "no", *(["unknown"] * step.unknown)), "consent": ("yes",)}.get(
        step.field or "", ()
    )
    return f"one of {', '.join(keys)}" if keys else "a value that can be given there"


def _number(limit: Any) -> float:
    if isinstance(limit, bool) or not isinstance(limit, int | float):
        raise ValueError(f'"{limit}" is not a number: write digits')
    return limit


def _truth(limit: Any) -> bool:
    if not isinstance(limit, bool):
        raise ValueError(f'"{limit}" is not true or false: write true or false')
    return limit


_LIMITS: Mapping[str, Callable[[Any], object]] = {
    "below": _number,
    "above": _number,
    "age_below": _number,
    "before": lambda limit: rules.bound(str(limit), _SOME_DAY),
    "after": lambda limit: rules.bound(str(limit), _SOME_DAY),
    "overdue": lambda limit: rules.last_day(_SOME_DAY, str(limit), Day(_SOME_DAY)),
    "answered": _truth,
}


def refused(attempt: Callable[[], object], path: Path) -> Iterator[Fault]:
    try:
        attempt()
    except (ValueError, OverflowError) as error:
        what, _, todo = str(error).partition(": ")
        yield Fault(path, what, todo or "use a smaller number")
