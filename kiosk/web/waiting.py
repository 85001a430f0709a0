"""A call as staff read it: who waits where, at what, and for how long."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.journeys.files import UnknownJourney
from kiosk.journeys.wording import fill
from kiosk.records.calls import Call
from kiosk.records.staff import Staff
from kiosk.site import Language
from kiosk.web.languages import language
from kiosk.web.parts import house
from kiosk.web.visiting import known_kiosk

PRIVATE = "Privé"
NO_JOURNEY = "Nog geen vraag gekozen"
ACTIONS = {"sent": ("claim",), "coming": ("here", "resolve"), "here": ("resolve",)}


@dataclass(frozen=True)
class Waiting:
    """One open call; `about` and `question` say nothing when the call is private."""

    id: str
    kiosk: str
    place: str
    about: str
    question: str
    language: Language
    seconds: int
    state: str
    taken_name: str
    mine: bool

    @property
    def clock(self) -> str:
        """How long the citizen has waited, as minutes and seconds: 0:48."""
        minutes, seconds = divmod(self.seconds, 60)
        return f"{minutes}:{seconds:02}"

    @property
    def actions(self) -> tuple[str, ...]:
        """What the reader may do with it: take it when nobody has, go on with it when it is theirs."""
        return ACTIONS[self.state] if self.mine or self.state == "sent" else ()


def waiting(call: Call, reader: Staff, now: datetime) -> Waiting:
    """The call as this member of staff reads it now."""
    kiosk = known_kiosk(call.kiosk)
    about, question = (PRIVATE, "") if call.discreet else subject(call.journey, call.step)
    return Waiting(
        id=call.id,
        kiosk=kiosk.title,
        place=kiosk.place.title,
        about=about,
        question=question,
        language=language(call.language),
        seconds=max(0, int((now - call.raised_at).total_seconds())),
        state=call.state,
        taken_name=call.taken_name or "",
        mine=call.taken_by == reader.name,
    )


def first_of(calls: Sequence[Waiting]) -> Waiting | None:
    """The call to act on first: the reader's own, else the one that waits longest for somebody."""
    free = (call for call in calls if call.state == "sent")
    return next((call for call in calls if call.mine), next(free, None))


def subject(journey_name: str, key: str) -> tuple[str, str]:
    """The title of the journey and the question at which the call was raised, as they were written."""
    if not journey_name:
        return NO_JOURNEY, ""
    try:
        journey = house.shelf.version(journey_name).journey
    except UnknownJourney:
        return journey_name, ""
    step = journey.step_at(key)
    texts = (journey.title, step.text if step else "")
    title, question = (fill(text, house.site.facts(house.site.locale)) for text in texts)
    return title, question
