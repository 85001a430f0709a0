"""What happened today, and what calls left to find out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from statistics import median

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from kiosk.records import calls, follow_ups
from kiosk.records.calls import Call
from kiosk.site import Language
from kiosk.web import console, staffing
from kiosk.web.languages import language
from kiosk.web.parts import house
from kiosk.web.visiting import known_kiosk
from kiosk.web.waiting import HELPED, NO_JOURNEY, PRIVATE, subject

blueprint = Blueprint("today", __name__, url_prefix="/console")
blueprint.before_request(staffing.send_to_sign_in)
blueprint.context_processor(console.of_every_page)

ENDS = {"cancelled": "Niet meer nodig", "expired": "Er kwam niemand"}
MINUTE = timedelta(minutes=1)
LEFT = "Wordt uitgezocht"


@dataclass(frozen=True)
class Ended:
    """A call that ended today, as staff read it afterwards; a private one does not say what it was about."""

    id: str
    at: datetime
    kiosk: str
    about: str
    language: Language
    who: str
    mine: bool
    how: str


@dataclass(frozen=True)
class Day:
    """The calls of today: how many, how many were helped, and how long people waited, in whole minutes."""

    calls: tuple[Ended, ...]
    helped: int
    mine: int
    unanswered: int
    waited_minutes: int | None


@blueprint.get("/today")
def today() -> str:
    """What happened today, and what you did yourself."""
    with house.database.read() as connection:
        found = calls.ended_since(connection, midnight())
    return render_template("console/today.html", day=day(found, staffing.signed_in().name))


@blueprint.get("/follow-ups")
def to_find_out() -> str:
    """What calls left to find out, the oldest first."""
    with house.database.read() as connection:
        todo = follow_ups.to_do(connection)
    return render_template("console/follow_ups.html", todo=todo, about=about)


@blueprint.post("/follow-ups/<follow_up>/done")
def found_out(follow_up: str) -> Response:
    """It was found out."""
    with house.database.write(durable=True) as connection:
        follow_ups.done(connection, follow_up, staffing.signed_in(), house.clock())
    return redirect(url_for("today.to_find_out"), 303)


def midnight() -> datetime:
    """When today began in the municipality."""
    zone = house.site.timezone
    return datetime.combine(house.clock().astimezone(zone), time(), zone)


def day(found: Sequence[Call], reader: str) -> Day:
    """These calls as one day; `reader` is the name they sign in with."""
    helped = [call for call in found if call.state == "done"]
    # Who was sat with from the start had not waited.
    waited = [call.taken_at - call.raised_at for call in helped if call.taken_at]
    minutes = [wait / MINUTE for wait in waited if wait]
    return Day(
        calls=tuple(ended(call, reader) for call in found),
        helped=len(helped),
        mine=sum(call.taken_by == reader for call in helped),
        unanswered=sum(call.state == "expired" for call in found),
        waited_minutes=round(median(minutes)) if minutes else None,
    )


def ended(call: Call, reader: str) -> Ended:
    """One call that ended, in words."""
    helped = LEFT if call.helped == "back-office" else HELPED.get(call.helped or "", "Klaar")
    return Ended(
        id=call.id,
        at=call.ended_at or call.raised_at,
        kiosk=known_kiosk(call.kiosk).title,
        about=PRIVATE if call.discreet else about(call.journey),
        language=language(call.language),
        who=call.taken_name or "",
        mine=call.taken_by == reader,
        how=ENDS.get(call.state, helped),
    )


def about(journey: str) -> str:
    """The title of a journey, in the words of the site."""
    return subject(journey, "")[0] if journey else NO_JOURNEY
