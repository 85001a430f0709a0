"""A call as staff read it: who waits where, at what, and for how long."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.journeys.files import UnknownJourney
from kiosk.journeys.wording import fill
from kiosk.records.calls import Call
from kiosk.records.staff import Staff
from kiosk.records.visits import Handled
from kiosk.site import Language
from kiosk.web.languages import language
from kiosk.web.parts import house
from kiosk.web.visiting import known_kiosk

PRIVATE = "Privé"
EXPERTISE = {"civil-affairs": "burgerzaken", "money": "geld en schulden"}
"""How staff read the expertise that journeys and `site.toml` name; any other is shown as it stands there."""
NO_JOURNEY = "Nog geen vraag gekozen"
ACTIONS = {"sent": ("claim",), "coming": ("here", "resolve"), "here": ("resolve",)}


@dataclass(frozen=True)
class Waiting:
    """One open call; `about`, `question` and `expertise` say nothing when the call is private."""

    id: str
    kiosk: str
    place: str
    about: str
    question: str
    language: Language
    seconds: int
    expertise: str
    state: str
    taken_name: str
    mine: bool
    along: bool
    """Whether the citizen lets the reader see their screen."""
    errand: Handled | None

    @property
    def clock(self) -> str:
        """How long the citizen has waited, as minutes and seconds: 0:48."""
        minutes, seconds = divmod(self.seconds, 60)
        return f"{minutes}:{seconds:02}"

    @property
    def actions(self) -> tuple[str, ...]:
        """What the reader may do with it: take it when nobody has, go on with it when it is theirs."""
        return ACTIONS[self.state] if self.mine or self.state == "sent" else ()


def waiting(call: Call, reader: Staff, now: datetime, errands: Mapping[str | None, Handled]) -> Waiting:
    """The call as this member of staff reads it now, with what its visit left for them (visit -> errand)."""
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
        expertise="" if call.discreet else EXPERTISE.get(call.expertise, call.expertise),
        state=call.state,
        taken_name=call.taken_name or "",
        mine=call.taken_by == reader.name,
        along=call.taken_by == reader.name and call.level != "explain",
        errand=errands.get(call.visit) if call.visit else None,
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
