"""Routes that leave a citizen without knowing what comes next."""

from collections.abc import Iterable, Iterator

from kiosk.journeys.differing import TRIED_ON
from kiosk.journeys.flow import Position
from kiosk.journeys.located import Fault
from kiosk.journeys.model import Journey, steps_of
from kiosk.journeys.rules import names


def dead_ends(journey: Journey, found: Iterable[Position]) -> Iterator[Fault]:
    """Ends that say nothing of what to do now, and whole routes that nothing comes after."""
    for path, step in steps_of(journey):
        if step.does in ("refer", "stop") and not step.do:
            yield Fault(path, "nobody hears what to do now", 'add "do:" with a list', warning=True)
    whole = (position for position in found if position.ending == "review")
    last = next((_unguided if journey.wayfinder else _unfinished)(journey, whole), None)
    if last:
        yield last


def _unguided(journey: Journey, whole: Iterable[Position]) -> Iterator[Fault]:
    for position in whole:
        what = f"who answers {_told(position, journey.steps.keys())} gets no suggestion"
        yield Fault(("parts",), what, 'end each route in a "suggest", or in a "refer"')


def _unfinished(journey: Journey, whole: Iterable[Position]) -> Iterator[Fault]:
    looked_at = frozenset().union(*(names(each.when) for each in journey.next))
    for position in whole:
        if not any(each.applies(position.known, TRIED_ON) for each in journey.next):
            what = f"who answers {_told(position, looked_at)} does not hear what happens next"
            yield Fault(("next",), what, 'add what fits to "next:"', warning=True)


def _told(position: Position, looked_at: Iterable[str]) -> str:
    given = (f"{name}: {position.known[name]}" for name in looked_at if name in position.known)
    return ", ".join(given) or "anything"
