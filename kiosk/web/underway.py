"""What this visit began, for its start screen: nobody has to remember a number or find the way back."""

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.records import visits
from kiosk.web import visiting
from kiosk.web.languages import say_for
from kiosk.web.parts import house
from kiosk.web.visiting import Taken


@dataclass(frozen=True)
class Begun:
    """An errand by title and picture, the address where it goes on, and its number once it has one."""

    journey: str
    title: str
    picture: str | None
    url: str
    reference: str


def errands() -> list[Begun]:
    """The errands of this visit, the last one first."""
    visit = visiting.current()
    if visit is None:
        return []
    with house.database.read() as connection:
        found = visits.errands(connection, visit.id)
    return list(told(map(visiting.taken, reversed(found))))


def told(found: Iterator[Taken]) -> Iterator[Begun]:
    """Those in which there is something to go on with, or a number to keep."""
    for taken in found:
        journey, errand = taken.version.journey, taken.errand
        under_way = errand.state == "open" and errand.answers and taken.position.ending in (None, "review")
        if not journey.wayfinder and (under_way or errand.reference):
            title = say_for(taken.version)(journey.title, journey.name)
            yield Begun(journey.name, title, journey.picture, taken.url, errand.reference or "")
