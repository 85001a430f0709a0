"""A call as staff read it: who waits where, at what, for how long, and who of them fits the reader best."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from kiosk.journeys.files import UnknownJourney
from kiosk.journeys.model import Journey, Step
from kiosk.journeys.wording import fill
from kiosk.records import answering, calls
from kiosk.records.calls import Call
from kiosk.records.staff import Staff
from kiosk.records.visits import Handled
from kiosk.site import Language
from kiosk.web.fitting import fit
from kiosk.web.languages import language
from kiosk.web.parts import house
from kiosk.web.ringing import hears
from kiosk.web.visiting import known_kiosk

PRIVATE = "Privé"
EXPERTISE = {"civil-affairs": "burgerzaken", "money": "geld en schulden"}
"""How staff read the expertise that journeys and `site.toml` name; any other is shown as it stands there."""
NO_JOURNEY = "Nog geen vraag gekozen"
WHYS = {"confused": "Snapt het niet", "wrong": "Er gaat iets mis", "talk": "Wil praten", "private": PRIVATE}
WISHES = {
    "sign": "Gebarentaal",
    "write": "Schrijf het op",
    "lips": "Leest lippen",
    "language": "Spreek de eigen taal",
}
LEVELS = {"explain": "Wil alleen praten", "along": "Laat u meekijken", "together": "Wil samen invullen"}
HELPED = {
    "wording": "Andere woorden",
    "rule": "Uitleg van een regel",
    "technique": "Het apparaat",
    "person": "Wilde een mens spreken",
}
"""What helped, as staff say it with the last of three taps; the back office has a page of its own."""


@dataclass(frozen=True)
class Waiting:
    """One open call as one member of staff may read it; when it is private, only who took it reads more.

    `fit` says in seconds how well it fits the reader. `rings` is whether they hear it now.
    """

    id: str
    kiosk: str
    place: str
    about: str
    question: str
    language: Language
    seconds: int
    expertise: str
    why: str
    wishes: tuple[str, ...]
    level: str
    state: str
    taken_name: str
    handed_by: str
    note: str
    advice: str
    mine: bool
    wanted: bool
    along: bool
    """Whether the citizen lets the reader see their screen."""
    rings: bool
    fit: float
    errand: Handled | None

    @property
    def clock(self) -> str:
        """How long the citizen has waited, as minutes and seconds: 0:48."""
        minutes, seconds = divmod(self.seconds, 60)
        return f"{minutes}:{seconds:02}"


def everyone(
    connection: Connection, reader: Staff, now: datetime, errands: Mapping[str | None, Handled]
) -> list[Waiting]:
    """All open calls as this member of staff reads them: their own first, then those that fit them best.

    `errands` are what visits left to be handled (visit -> errand).
    """
    found = calls.open_calls(connection)
    wishes = calls.wishes(connection, [call.id for call in found])
    notes = {call.id: answering.note_of(connection, call.id) for call in found if may_read(call, reader)}
    read = [waiting(call, reader, now, errands, wishes, notes) for call in found]
    return sorted(read, key=lambda call: (not call.mine, call.state != "sent", -call.fit))


def may_read(call: Call, reader: Staff) -> bool:
    """Whether a note that went with the call is for the reader: they took it, or it waits for them.

    One that was handed to all with an expertise waits for each of them.
    """
    if call.taken_by or call.wanted:
        return reader.name in (call.taken_by, call.wanted)
    return call.expertise in reader.expertise


def waiting(
    call: Call,
    reader: Staff,
    now: datetime,
    errands: Mapping[str | None, Handled],
    wishes: Mapping[str, Sequence[str]],
    notes: Mapping[str, str],
) -> Waiting:
    """The call as this member of staff reads it now."""
    kiosk, mine = known_kiosk(call.kiosk), call.taken_by == reader.name
    secret = call.discreet and not mine
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
        why="" if call.discreet else WHYS.get(call.reason, ""),
        wishes=() if secret else tuple(WISHES[each] for each in wishes.get(call.id, ())),
        level=LEVELS[call.level],
        state=call.state,
        taken_name=call.taken_name or "",
        handed_by=call.handed_by or "",
        note=notes.get(call.id, ""),
        advice=advice(call.journey, call.step) if mine else "",
        mine=mine,
        wanted=call.wanted == reader.name,
        along=mine and call.level != "explain",
        rings=hears(call, reader, now),
        fit=fit(call, reader, now),
        errand=errands.get(call.visit) if call.visit else None,
    )


def subject(journey_name: str, key: str) -> tuple[str, str]:
    """The title of the journey and the question at which the call was raised, as they were written."""
    if not journey_name:
        return NO_JOURNEY, ""
    journey, step = raised_at(journey_name, key)
    return in_dutch(journey.title) if journey else journey_name, in_dutch(step.text) if step else ""


def advice(journey_name: str, key: str) -> str:
    """What the journey tells officials about the question at which the call was raised."""
    step = raised_at(journey_name, key)[1]
    return in_dutch(step.official) if step and step.official else ""


def raised_at(journey_name: str, key: str) -> tuple[Journey | None, Step | None]:
    """The journey and the question of a call, as far as the shelf knows them."""
    try:
        journey = house.shelf.version(journey_name).journey
    except UnknownJourney:
        return None, None
    return journey, journey.step_at(key)


def in_dutch(text: str) -> str:
    """A text of a journey as it was written, with the facts of the municipality."""
    return fill(text, house.site.facts(house.site.locale))
