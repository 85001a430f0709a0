"""What this visit began, for its start screen: nobody has to remember a number or find the way back."""

from dataclasses import dataclass

from kiosk.journeys.summaries import NEUTRAL_TITLE
from kiosk.web import visiting
from kiosk.web.languages import say_for
from kiosk.web.visiting import Taken


@dataclass(frozen=True)
class Onward:
    """The way on to an errand: its title and picture, its address, and its number once it has one.

    Of one that is discreet neither says what it is about.
    """

    journey: str
    title: str
    picture: str | None
    url: str
    reference: str


def ways_on() -> list[Onward]:
    """The way on to each errand of this visit that has one, the last one first."""
    visit = visiting.current()
    found = reversed(visiting.taken_in(visit.id)) if visit else ()
    return [way_on(taken) for taken in found if goes_on(taken)]


def goes_on(taken: Taken) -> bool:
    """Whether there is something to go on with, or a number to keep."""
    answered = bool(taken.errand.state == "open" and taken.errand.answers)
    asks = answered and taken.position.ending in (None, "review")
    return not taken.version.journey.wayfinder and (asks or taken.errand.reference is not None)


def way_on(taken: Taken) -> Onward:
    """The way on to this errand, in the words of the page."""
    journey, say = taken.version.journey, say_for(taken.version)
    title = say(NEUTRAL_TITLE) if taken.discreet else say(journey.title, journey.name)
    picture = None if taken.discreet else journey.picture
    return Onward(journey.name, title, picture, taken.url, taken.errand.reference or "")
