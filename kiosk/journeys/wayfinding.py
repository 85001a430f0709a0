"""Whether a journey that helps to find another one does that and nothing more."""

from collections.abc import Iterator
from datetime import timedelta

from kiosk.journeys.located import Fault
from kiosk.journeys.model import Journey, Step
from kiosk.journeys.pieces import Path

_IMPERSONAL = ("choice", "choices", "yes_no")


def wayfinder_faults(journey: Journey) -> Iterator[Fault]:
    """What a wayfinder must not do, and what only a wayfinder may do."""
    if journey.wayfinder and journey.identity != "none":
        yield Fault(("identity",), "finding the way needs no identity", 'write "identity: none"')
    if journey.wayfinder and journey.keep > timedelta(0):
        yield Fault(("keep",), "of finding the way nothing is kept", 'write "keep: 0 days"')
    for number, part in enumerate(journey.parts):
        for index, step in enumerate(part.steps):
            yield from _step(step, ("parts", number, "steps", index), wayfinder=journey.wayfinder)


def _step(step: Step, path: Path, *, wayfinder: bool) -> Iterator[Fault]:
    if step.does == "suggest" and not wayfinder:
        yield Fault(
            (*path, "suggest"),
            "only a wayfinder suggests other journeys",
            'use "refer" or "stop", or write "wayfinder: true" above',
        )
    if step.does == "suggest" and not step.journeys:
        yield Fault(path, "no journey is suggested", 'add "journeys:" with their names')
    if wayfinder and step.does == "ask" and step.field not in _IMPERSONAL:
        yield Fault(
            path,
            "a wayfinder asks nothing personal",
            f"let people choose: use one of {', '.join(_IMPERSONAL)}",
        )
