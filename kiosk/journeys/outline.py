"""A journey in a few lines of text, for who wants to see it whole."""

from collections.abc import Iterator, Mapping
from typing import Any

from kiosk.journeys.model import Journey, Part, Step
from kiosk.journeys.pieces import Condition
from kiosk.journeys.rules import JOINS

_COMPARED: Mapping[str, str] = {
    "is": "is",
    "below": "is below",
    "above": "is above",
    "before": "is before",
    "after": "is after",
    "includes": "includes",
    "age_below": "gives an age below",
    "overdue": "is longer ago than",
}


def outline(journey: Journey) -> Iterator[str]:
    """The lines: each part with its steps, what they do, and when."""
    yield f"{journey.name}: {journey.title} ({journey.state}, identity {journey.identity})"
    for number, part in enumerate(journey.parts, start=1):
        yield ""
        yield f"{number}. {part.name}: {part.title}{_after(part_notes(part))}"
        for step in part.steps:
            yield f"   {step.name}: {step.does}{_after(step_notes(step))}: {step.text}"
            if step.when:
                yield f"      when {in_words(step.when)}"


def _after(notes: list[str]) -> str:
    return f" ({', '.join(notes)})" if notes else ""


def part_notes(part: Part) -> list[str]:
    """What is special about a part."""
    notes = ["in any order"] if part.any_order else []
    notes += [f"up to {part.repeat.up_to} times"] if part.repeat else []
    return notes + ([f"when {in_words(part.when)}"] if part.when else [])


def step_notes(step: Step) -> list[str]:
    """What is special about a step: its choices or its kind of field, and what it leads to."""
    notes = [" | ".join(step.choices) or step.field] if step.field else []
    notes += ["optional"] if step.optional else []
    notes += [" | ".join(step.journeys)] if step.journeys else []
    return notes + (["never overruled"] if step.overrule else [])


def in_words(condition: Condition) -> str:
    """A condition as a sentence says it: destination is abroad or unsure."""
    return " and ".join(_term(name, wanted) for name, wanted in condition.items())


def _term(name: str, wanted: Any) -> str:
    if name in JOINS:
        parts = [in_words(part) for part in (wanted if isinstance(wanted, list) else [wanted])]
        joined = (" or " if name == "any" else " and ").join(parts)
        return f"not ({joined})" if name == "not" else f"({joined})" if len(parts) > 1 else joined
    comparison = wanted if isinstance(wanted, dict) else {"is": wanted}
    return " and ".join(_compared(name, operator, limit) for operator, limit in comparison.items())


def _compared(name: str, operator: str, limit: Any) -> str:
    if operator == "answered":
        return f"{name} has {'an' if limit else 'no'} answer"
    said = " or ".join(map(str, limit)) if isinstance(limit, list) else limit
    return f"{name} {_COMPARED[operator]} {said}"
