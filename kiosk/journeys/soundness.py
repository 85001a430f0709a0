"""Whether a journey makes sense as a whole: checked when it is read, so that nothing can go wrong later."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from kiosk.journeys import rules
from kiosk.journeys.conditions import condition_faults, refused, term_faults
from kiosk.journeys.fields import KINDS, has_limits
from kiosk.journeys.located import Fault
from kiosk.journeys.model import RESERVED, Journey, Part, Step
from kiosk.journeys.phrases import phrases
from kiosk.journeys.pieces import Path
from kiosk.journeys.wayfinding import wayfinder_faults
from kiosk.journeys.wording import FACTS, PRICE, placeholders

_NUMBERS = ("number", "money")
_SOME_DAY = rules.iso_date("2027-03-31")

_ONLY_FOR: Mapping[str, tuple[str, Callable[[Step], bool]]] = {
    "field": ("a question", lambda step: step.does == "ask"),
    "choices": ('a "choice" or "choices" field', lambda step: step.field in ("choice", "choices")),
    "optional": ("a question", lambda step: step.does == "ask"),
    "warn": ("a question", lambda step: step.does == "ask"),
    "at least": ("a number or money", lambda step: step.field in _NUMBERS),
    "at most": ("a number or money", lambda step: step.field in _NUMBERS),
    "earliest": ("a date", lambda step: step.field == "date"),
    "latest": ("a date", lambda step: step.field == "date"),
    "do": ('a "refer" or "stop" step', lambda step: step.does in ("refer", "stop")),
    "overrule": (
        'a "refer" or "stop" step, or one with limits',
        lambda step: step.does in ("refer", "stop") or has_limits(step),
    ),
    "journeys": ('a "suggest" step', lambda step: step.does == "suggest"),
    "expertise": ('a "refer" step', lambda step: step.does == "refer"),
}


def faults(journey: Journey) -> Iterator[Fault]:
    """Everything that does not fit together in a journey."""
    yield from _names(journey)
    for number, part in enumerate(journey.parts):
        yield from _part(part, ("parts", number))
    yield from condition_faults(journey)
    yield from _dates(journey)
    yield from _promises(journey)
    yield from wayfinder_faults(journey)
    yield from _placeholders(journey)


def _names(journey: Journey) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for kind, name, path in _named(journey):
        if name in RESERVED:
            yield Fault(path, f'the name "{name}" has a meaning of its own', "choose another name")
        if name in seen:
            yield Fault(
                path,
                f'there already is a {seen[name]} named "{name}"',
                "give each part and step its own name",
            )
        seen.setdefault(name, kind)


def _named(journey: Journey) -> Iterator[tuple[str, str, Path]]:
    for number, part in enumerate(journey.parts):
        yield "part", part.name, ("parts", number, "part")
        for index, step in enumerate(part.steps):
            yield "step", step.name, ("parts", number, "steps", index, "step")


def _promises(journey: Journey) -> Iterator[Fault]:
    """What is said of ways, order and deadlines and cannot be kept."""
    if journey.suggest and journey.suggest.way not in journey.ways:
        yield Fault(
            ("suggest", "way"),
            f'"{journey.suggest.way}" is not one of the ways',
            'add it to "ways", or suggest another',
        )
    for run in journey.runs:
        if len(run) == 1 and run[0].any_order:
            path = ("parts", journey.parts.index(run[0]), "any order")
            yield Fault(path, "one part alone has no order", "mark its neighbour too, or leave it out")
    yield from _deadlines(journey)


def _deadlines(journey: Journey) -> Iterator[Fault]:
    for number, deadline in enumerate(journey.deadlines):
        path: Path = ("deadlines", number)
        yield from _term(deadline.within, (*path, "within"))
        if "date" not in placeholders(deadline.say):
            yield Fault((*path, "say"), "this does not say by when", "write {date} where the day must stand")
        if not deadline.when and number + 1 < len(journey.deadlines):
            yield Fault(path, "no deadline after this one is ever used", 'give it a "when", or move it down')


def _part(part: Part, path: Path) -> Iterator[Fault]:
    if part.repeat and not any(step.does == "ask" for step in part.steps):
        yield Fault((*path, "repeat"), "a part without a question cannot repeat", "leave out the repeat")
    ended = ""
    for index, step in enumerate(part.steps):
        where = (*path, "steps", index)
        if ended:
            yield Fault(
                where,
                f'nobody gets here: "{ended}" always ends the route',
                f'give "{ended}" a "when", or move it',
            )
        yield from _step(step, where)
        ended = step.name if step.ends and not step.when else ""


def _step(step: Step, path: Path) -> Iterator[Fault]:
    given = {
        field.alias or name for name, field in Step.model_fields.items() if name in step.model_fields_set
    }
    for key in sorted(given & _ONLY_FOR.keys()):
        owner, allowed = _ONLY_FOR[key]
        if not allowed(step):
            yield Fault((*path, key), f'"{key}" is only for {owner}', "leave it out")
    if step.does == "ask":
        yield from _field(step, path)
    for key in ("earliest", "latest"):
        yield from _bound(getattr(step, key), (*path, key))
    for number, caution in enumerate(step.warn):
        comparison = {step.name: caution.comparison}
        yield from term_faults(comparison, (*path, "warn", number), {step.name: step}, own=True)


def _field(step: Step, path: Path) -> Iterator[Fault]:
    if step.field is None:
        yield Fault(path, "the question has no field", f'add "field:" with one of {", ".join(KINDS)}')
    elif step.field not in KINDS:
        yield Fault(
            (*path, "field"), f'there is no field "{step.field}"', f"choose one of {', '.join(KINDS)}"
        )
    elif step.field in ("choice", "choices") and not step.choices:
        yield Fault(path, "there is nothing to choose", 'add "choices:" with a key and a text for each')


def _bound(found: Any, path: Path) -> Iterator[Fault]:
    if found:
        yield from refused(lambda: rules.bound(found.at, _SOME_DAY), path)


def _dates(journey: Journey) -> Iterator[Fault]:
    asked_once = [step for part in journey.parts if not part.repeat for step in part.steps]
    dates = [step.name for step in asked_once if step.field == "date"]
    for name, term in journey.dates.items():
        if name in FACTS:
            yield Fault(("dates", name), f'"{name}" is a fact of the site', "choose another name")
        if term.of not in dates:
            todo = f"use one of {', '.join(dates)}" if dates else 'add a step with "field: date"'
            yield Fault(("dates", name, "of"), f'"{term.of}" does not ask for one date', todo)
        yield from _term(term.within, ("dates", name, "within"))


def _term(term: str, path: Path) -> Iterator[Fault]:
    yield from refused(lambda: rules.last_day(_SOME_DAY, term, rules.Day(_SOME_DAY)), path)


def _placeholders(journey: Journey) -> Iterator[Fault]:
    for _, text, path, of in phrases(journey):
        if of and placeholders(of) != placeholders(text):
            yield Fault(path, "the easier wording has other {names}", "give both the same")
            continue
        known = FACTS | _known_beside(journey, path)
        for name in sorted(placeholders(text) - known):
            if not name.startswith(PRICE):
                todo = f"use one of {', '.join(sorted(known))}, or {PRICE} and the name of a price"
                yield Fault(path, f'nothing is known as "{{{name}}}"', todo)


def _known_beside(journey: Journey, path: Path) -> set[str]:
    """What a text at this place may name beside the facts of the site."""
    if path[-1] == "else":
        return {"day", "from"}
    if path[0] == "deadlines":
        return {"date"}
    return set(journey.dates) if path[0] in ("bring", "next") or "do" in path else set()
