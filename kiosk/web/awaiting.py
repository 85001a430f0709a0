"""A call as its citizen reads it: who comes, how soon, and what to do when nobody does."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection

from kiosk.records import calls, paces, staff
from kiosk.records.calls import LEVELS, Call
from kiosk.records.staff import Staff
from kiosk.site import Place
from kiosk.web import offering
from kiosk.web.languages import current_language
from kiosk.web.offering import Offer
from kiosk.web.parts import house
from kiosk.web.printout import in_words
from kiosk.web.ringing import waited_s
from kiosk.web.visiting import known_kiosk
from kiosk.web.waits import LATELY, Wait, wait

CLOSING_SOON = timedelta(minutes=15)
OPEN = ("sent", "coming", "here")
TAKEN = ("coming", "here")
BLOCKS = {"sent": ("why", "wishes"), "coming": ("level", "wishes"), "here": ("level",)}
"""What a citizen may say with a second tap, by the state of the call."""
NOBODY = ("closed", "elsewhere", "nobody", "silent", "expired")
"""Truths that mean: count on nobody. Whoever comes all the same still finds the call while it is open."""


@dataclass(frozen=True)
class Awaited:
    """One call; its `state` is `nobody` when nobody comes, and then `truth` says why, one of `NOBODY`.

    `truth` is `busy` when all who could come help somebody else. `closes` and `opens` are the hours of the
    desks in words, where they matter now. `again`: somebody had taken it before.
    """

    state: str
    open: bool
    again: bool
    truth: str
    name: str
    handed_by: str
    reason: str
    discreet: bool
    level: str
    helped: str
    wishes: tuple[str, ...]
    wait: Wait
    closes: str
    opens: str
    offer: Offer | None
    """A journey that whoever took the call offers here: it opens by the citizen's own tap."""

    @property
    def sharing(self) -> str:
        """How far somebody sees this screen now: `along`, `together`, or nothing."""
        return self.level if self.state in TAKEN and self.level != "explain" else ""

    @property
    def further(self) -> tuple[str, ...]:
        """How much further the citizen may let whoever took the call."""
        return LEVELS[LEVELS.index(self.level) + 1 :] if self.state in TAKEN else ()

    @property
    def blocks(self) -> tuple[str, ...]:
        """What else the citizen may say now: why, how to talk with them, how far help may go."""
        return tuple(each for each in BLOCKS.get(self.state, ()) if each != "level" or self.further)

    @property
    def offered(self) -> str:
        """The one of these that is shown unasked, if any."""
        unsaid = ("level",) if self.reason else ("level", "why")
        return next((each for each in self.blocks if each in unsaid), "")

    @property
    def pressing(self) -> bool:
        """Whether the citizen should know what else they can do than wait."""
        return bool(self.wait.late or self.closes or self.truth)

    @property
    def seen(self) -> str:
        """What tells one reading from the next: the same as long as nothing on the screen would change."""
        return sha256(repr(self).encode()).hexdigest()[:12]


def of_visit(visit: str) -> Awaited | None:
    """The visit's open call, or the one that ended in the last minute, as its citizen reads it now."""
    now = house.clock()
    with house.database.read() as connection:
        call = calls.of_visit(connection, visit, now)
        return awaited(connection, call, now) if call else None


def awaited(connection: Connection, call: Call, now: datetime) -> Awaited:
    """This call as its citizen reads it now."""
    place = known_kiosk(call.kiosk).place
    truth = truth_of(connection, call, place, now)
    return Awaited(
        state="nobody" if truth in NOBODY else call.state,
        open=call.state in OPEN,
        again=call.waiting_since > call.raised_at,
        truth=truth,
        name=call.taken_name or "",
        handed_by=call.handed_by or "",
        reason=call.reason,
        discreet=call.discreet,
        level=call.level,
        helped=call.helped or "",
        wishes=tuple(calls.wishes(connection, [call.id]).get(call.id, ())),
        wait=Wait() if truth else wait_of(connection, call, now),
        closes=closing(place, now) if call.state == "sent" and truth not in NOBODY else "",
        opens=opening(place, now) if truth == "closed" else "",
        offer=offering.offer() if call.state in TAKEN else None,
    )


def truth_of(connection: Connection, call: Call, place: Place, now: datetime) -> str:
    """What the citizen must know while nobody has taken this call; nothing when all is as it should be."""
    if call.state != "sent":
        return "expired" if call.state == "expired" else ""
    on_duty, helping = staff.on_duty(connection, now), calls.takers(connection)
    silent = waited_s(call, now) >= house.site.rings.nobody
    return truth(place.name, house.site.open_at(now, place), on_duty, helping, silent)


def truth(place: str, is_open: bool, on_duty: Sequence[Staff], helping: Collection[str], silent: bool) -> str:
    """What to say of a call from this place, by who is on duty, who `helping` and whether nobody answers."""
    near = [member for member in on_duty if member.place == place]
    if not near and not is_open:
        return "closed"
    if not near:
        return "elsewhere" if on_duty else "nobody"
    if silent:
        return "silent"
    return "busy" if all(member.busy or member.name in helping for member in near) else ""


def wait_of(connection: Connection, call: Call, now: datetime) -> Wait:
    """How much longer it takes until somebody answers, or until who answered is there."""
    if call.state == "sent":
        times = paces.until_taken(connection, call.place, now - LATELY)
        return wait(times, int(waited_s(call, now)))
    if call.state == "coming" and call.taken_at:
        times = paces.until_here(connection, call.place, now - LATELY)
        return wait(times, int((now - call.taken_at).total_seconds()))
    return Wait()


def closing(place: Place, now: datetime) -> str:
    """At what time the desks close, when that is soon."""
    closes = house.site.closes(now, place)
    soon = closes is not None and closes - now <= CLOSING_SOON
    return in_words(closes, current_language(), "HH:mm") if closes and soon else ""


def opening(place: Place, now: datetime) -> str:
    """The day and time at which the desks open again."""
    opens = house.site.next_opening(now, place)
    return in_words(opens, current_language(), "EEEE d MMMM, HH:mm") if opens else ""
